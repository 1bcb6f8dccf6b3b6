from __future__ import annotations

import json
import math
import pickle
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.base.diagnostics import Position
from site_builder.source.codes import CODES, SURROGATE
from site_builder.source.document import Document, Value
from site_builder.source.file_codes import TOO_LARGE
from site_builder.source.yaml_reader import LARGEST, read_yaml
from tests.source import cases


@pytest.mark.parametrize("path", cases.files("bad"), ids=lambda path: path.name)
def test_each_bad_file_is_refused_as_told_beside_it(path: Path) -> None:
    _, findings = cases.read(path)
    assert findings
    cases.same_as_file(cases.told(findings), path.with_name(path.name + ".findings"))


@pytest.mark.parametrize("path", cases.files("good"), ids=lambda path: path.name)
def test_each_good_file_means_what_stands_beside_it(path: Path) -> None:
    document, findings = cases.read(path)
    assert findings == ()
    cases.same_as_file(cases.shown(document), path.with_name(path.name + ".json"))


def test_no_words_of_the_parser_reach_anybody() -> None:
    everything = "".join(cases.told(cases.read(path)[1]) for path in cases.files("bad"))
    for word in ("token", "scalar", "mapping", "flow", "block ", "stream", "did not find", "expected key", "context"):
        assert word not in everything


def test_every_code_of_this_file_has_a_case() -> None:
    found = {finding.code for path in cases.files("bad") for finding in cases.read(path)[1]}
    of_files = {"SEP113", "SEP150", "SEP153"} | {f"SEP16{digit}" for digit in range(7)}
    assert {code.code for code in CODES} - of_files == found


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    plain = "a: 1\nb: |\n  x\n  y\nc: 2\nc: 3\n"
    expected = read_yaml("x.yaml", plain)
    assert read_yaml("x.yaml", "\ufeff" + plain.replace("\n", "\r\n")) == expected
    assert read_yaml("x.yaml", plain.replace("\n", "\r")) == expected


def test_a_document_stands_beside_findings_where_every_value_is_known() -> None:
    document, findings = read_yaml("x.yaml", "a: 1\nb: &x 2\na: 3\n5: 4\n")
    assert [finding.code for finding in findings] == ["SEP103", "SEP102", "SEP117"]
    assert document is not None
    assert document.data == {"a": 1, "b": 2, "5": 4}
    assert document.key_span(("a",)).start == Position(1, 1)


@pytest.mark.parametrize("text", ["a: *x\n", "a: .inf\n", "a: !t 1\n", "<<: {}\n", "a: 1\n---\nb: 1\n", "? [x]\n: 1\n"])
def test_there_is_no_document_where_a_value_is_not_known(text: str) -> None:
    document, findings = read_yaml("x.yaml", text)
    assert document is None
    assert findings


def test_a_half_character_in_the_text_is_found_at_its_place() -> None:
    _, findings = read_yaml("x.yaml", "a: 1\nb: x\ud800y\n")
    assert [(finding.code, finding.span.start) for finding in findings] == [(SURROGATE.code, Position(2, 5))]


def test_places_are_those_of_the_file_where_the_text_begins_further_down() -> None:
    document, _ = read_yaml("x.md", "a:\n  b: word\n", first_line=7)
    assert document is not None
    assert document.span(("a", "b")).start == Position(8, 6)
    assert document.key_span(("a", "b")).start == Position(8, 3)
    assert document.span(("a", "missing")) == document.span(("a",))


def test_a_document_can_be_handed_to_another_process() -> None:
    document, _ = read_yaml("x.yaml", "a: {b: 1}\n")
    assert document is not None
    assert pickle.loads(pickle.dumps(document)) == document


@pytest.mark.parametrize(("extra", "refused"), [(0, False), (1, True)])
def test_size_is_counted_in_bytes(extra: int, refused: bool) -> None:
    letters = "é" * ((LARGEST - 4) // 2) + "x" * extra
    _, findings = read_yaml("x.yaml", f"a: {letters}\n")
    assert [finding.code for finding in findings] == ([TOO_LARGE.code] if refused else [])


def test_a_file_of_nothing_but_mistakes_ends_after_a_hundred() -> None:
    document, findings = read_yaml("x.yaml", "a: 1\n" * 40_000)
    assert document is None
    assert len(findings) == 100


def _is_plain(text: str) -> bool:
    document, findings = read_yaml("x.yaml", json.dumps([text], ensure_ascii=False))
    return document is not None and not findings


_words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), exclude_characters="\ufffe\uffff"))
_numbers = st.integers(-(10**60), 10**60) | st.floats(allow_nan=False, allow_infinity=False)
_trees = st.recursive(
    st.none() | st.booleans() | _numbers | _words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_words, inner, max_size=4),
    max_leaves=20,
)
_trees_of_words = st.recursive(
    _words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_words, inner, max_size=4), max_leaves=20
)
_records = st.dictionaries(_words, _trees, min_size=1, max_size=5)
_near_yaml = st.text(
    st.sampled_from("ab01: \n-[]{}'\"#&*!|>%@`?,.~<=\t\\x\ud800\u202e\u2028\x85\x00\ufeff"), max_size=60
)


@given(st.text() | _near_yaml)
@example("[?a, #b\n]")
@example("? - : -\n")
@example("a: |\n\n\n")
@example('"\\')
def test_any_text_gives_a_document_or_findings(text: str) -> None:
    document, findings = read_yaml("x.yaml", text)
    assert document is not None or findings
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in findings:
        for where in (finding.span, *(related.span for related in finding.related)):
            assert where.start <= where.end
            for position in (where.start, where.end):
                assert 1 <= position.line <= len(lines)
                assert 1 <= position.column <= len(lines[position.line - 1]) + 1
    if document is not None:
        _check_places(document)


@given(_records)
def test_a_record_written_as_json_reads_back_equal(record: dict[str, Value]) -> None:
    document, findings = read_yaml("x.yaml", json.dumps(record, ensure_ascii=False))
    assert findings == ()
    assert document is not None
    assert _same(document.data, record)
    _check_places(document)


@given(st.dictionaries(_words, _trees_of_words, min_size=1, max_size=5))
def test_a_record_written_as_yaml_with_quotes_reads_back_equal(record: dict[str, Value]) -> None:
    text = yaml.safe_dump(record, default_style='"', allow_unicode=True, width=40, default_flow_style=False)
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert document.data == record
    _check_places(document)


@given(st.lists(st.from_regex(r"[a-zA-Z]([a-zA-Z0-9 .:/-]{0,20}[a-zA-Z0-9])?", fullmatch=True), min_size=1, max_size=6))
def test_places_point_at_the_words_they_claim(words: list[str]) -> None:
    plain = [word for word in words if ": " not in word]
    text = "first:\n" + "".join(f"  - {word}\n" for word in plain) + "second: {a: [x, 'y']}\n"
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    for index, word in enumerate(plain):
        assert _slice(document, ("first", index)) == word
    assert _slice(document, ("second", "a", 0)) == "x"
    assert _slice(document, ("second", "a", 1)) == "'y'"
    assert _slice(document, ("second", "a")) == "[x, 'y']"
    assert _slice(document, ("second",)) == "{a: [x, 'y']}"


def _slice(document: Document, pointer: tuple[str | int, ...]) -> str:
    span = document.span(pointer)
    assert span.start.line == span.end.line
    return document.text.split("\n")[span.start.line - 1][span.start.column - 1 : span.end.column - 1]


def _check_places(document: Document) -> None:
    """Each value has its own place, each place its own value, and a part lies inside the whole."""
    assert set(document.places) == _pointers(document.data, ())
    for pointer, found in document.places.items():
        start, end = found.value
        assert start <= end
        assert (found.key is not None) == (bool(pointer) and isinstance(pointer[-1], str))
        if pointer:
            outer = document.places[pointer[:-1]].value
            assert outer[0] <= (found.key or found.value)[0] or found.value[0] == found.value[1]


def _pointers(value: Value, above: tuple[str | int, ...]) -> set[tuple[str | int, ...]]:
    found = {above}
    if isinstance(value, dict):
        for key, each in value.items():
            found |= _pointers(each, (*above, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            found |= _pointers(each, (*above, index))
    return found


def _same(left: Value, right: Value) -> bool:
    """Compare types too: in Python 1, 1.0 and True are equal."""
    if isinstance(left, dict) and isinstance(right, dict):
        return list(left) == list(right) and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, float) and isinstance(right, float):
        return math.copysign(1, left) == math.copysign(1, right) and left == right
    return type(left) is type(right) and left == right


def test_what_the_random_records_leave_out_is_refused() -> None:
    assert _is_plain("fine")
    assert not _is_plain("\x7f")
    assert not _is_plain("\u202e")
