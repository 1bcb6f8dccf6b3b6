"""Whatever two people write: no sentence of either is lost, and it does not matter whose computer merges."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.yaml_text import yaml_text
from site_builder.history.conflict import Choice, Conflict
from site_builder.history.merge import Merged, Unsure, merge
from site_builder.source.document import Value
from site_builder.source.front_matter import read_markdown

WORDS = st.text("abé #:'-{[,\n", min_size=1, max_size=8).filter(
    lambda text: text.strip() == text and text.isprintable()
)
KEYS = st.sampled_from(["id", "what", "status", "note", "steps", "means", "title"])
LISTS = st.one_of(
    st.lists(WORDS, max_size=4),
    st.lists(st.fixed_dictionaries({"what": WORDS}, optional={"note": WORDS, "on": WORDS}), max_size=4),
)
RECORDS = st.dictionaries(KEYS, st.one_of(WORDS, LISTS, st.dictionaries(KEYS, WORDS, max_size=3)), min_size=1)
BODIES: st.SearchStrategy[list[str]] = st.lists(st.text("ab .", min_size=1, max_size=6).filter(str.strip), max_size=5)


@st.composite
def edited(draw: st.DrawFn, record: dict[str, Any]) -> dict[str, Any]:
    """Give a record as somebody leaves it after a change or two."""
    made = copy.deepcopy(record)
    for _ in range(draw(st.integers(0, 3))):
        key = draw(st.sampled_from(sorted(made)) if made else KEYS)
        value = made.get(key)
        what = draw(st.sampled_from(["new", "word", "go", "item"]))
        if what == "new":
            made[draw(KEYS)] = draw(WORDS)
        elif what == "go" and len(made) > 1:
            made.pop(key, None)
        elif what == "item" and isinstance(value, list):
            if draw(st.booleans()) and value:
                value.pop(draw(st.integers(0, len(value) - 1)))
            else:
                value.insert(draw(st.integers(0, len(value))), draw(st.one_of(WORDS, st.just({"what": draw(WORDS)}))))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            value[0]["note"] = draw(WORDS)
        else:
            made[key] = draw(WORDS)
    return made


@st.composite
def versions(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """Give three texts: what both began with, and what each made of it, in fields and in words below."""
    base, words = draw(RECORDS), draw(BODIES)
    texts = [markdown(base, words, remark="# as agreed\n")]
    for _ in range(2):
        body = list(words)
        if draw(st.booleans()):
            body.insert(draw(st.integers(0, len(body))), draw(st.text("xy", min_size=2, max_size=4)))
        if draw(st.booleans()) and body:
            body[draw(st.integers(0, len(body) - 1))] = draw(st.text("zw", min_size=2, max_size=4))
        remark = draw(st.sampled_from(["# as agreed\n", "", "# as agreed\n# and more\n"]))
        texts.append(markdown(draw(edited(base)), body, remark=remark))
    return texts[0], texts[1], texts[2]


def markdown(record: dict[str, Any], body: list[str], *, remark: str) -> bytes:
    words = "\n\n".join(body)
    return f"---\n{remark}{yaml_text(record)}---\n{words}\n".encode()


def merged(base: bytes, ours: bytes, theirs: bytes, choice: Choice | None = None) -> Merged | None:
    def choose(conflict: Conflict) -> Choice | None:
        return choice

    try:
        return merge("note.md", base, ours, theirs, choose)
    except Unsure:
        return None


def texts(content: bytes) -> set[str]:
    """Return every text of a sound file: keys, values and paragraphs."""
    document, findings = read_markdown("note.md", content.decode())
    assert document is not None
    assert not findings
    return {*_texts(document.data), *filter(None, (each.strip() for each in document.body.split("\n\n")))}


def _texts(data: Value) -> set[str]:
    if isinstance(data, dict):
        return set(data) | {text for each in data.values() for text in _texts(each)}
    if isinstance(data, list):
        return {text for each in data for text in _texts(each)}
    return {str(data)}


def in_any_order(data: Value) -> object:
    if isinstance(data, dict):
        return sorted((key, in_any_order(value)) for key, value in data.items())
    return sorted(map(repr, map(in_any_order, data))) if isinstance(data, list) else repr(data)


@given(versions())
def test_no_sentence_of_either_is_lost(three: tuple[bytes, bytes, bytes]) -> None:
    """What one has written stands in the merge, or between marks, where both have changed the same thing."""
    made = merged(*three)
    if made is None:
        return
    if not made.conflicts:
        new = (texts(three[1]) | texts(three[2])) - texts(three[0])
        assert new <= texts(made.content)
    for number, choice in ((1, Choice.MINE), (2, Choice.THEIRS)):
        chosen = merged(*three, choice)
        assert chosen is not None
        assert not chosen.conflicts
        assert texts(three[number]) - texts(three[0]) <= texts(chosen.content)


@given(versions())
def test_it_does_not_matter_whose_computer_merges(three: tuple[bytes, bytes, bytes]) -> None:
    base, ours, theirs = three
    made, other = merged(base, ours, theirs), merged(base, theirs, ours)
    assert (made is None) == (other is None)
    if made is None or other is None:
        return
    assert {each.path for each in made.conflicts} == {each.path for each in other.conflicts}
    if not made.conflicts:
        one, two = (read_markdown("note.md", each.content.decode())[0] for each in (made, other))
        assert one is not None
        assert two is not None
        assert in_any_order(one.data) == in_any_order(two.data)
        assert sorted(filter(None, one.body.split("\n\n"))) == sorted(filter(None, two.body.split("\n\n"))) or (
            {each.strip() for each in one.body.split("\n\n")} == {each.strip() for each in two.body.split("\n\n")}
        )


@given(versions())
def test_a_side_without_changes_gives_the_other(three: tuple[bytes, bytes, bytes]) -> None:
    base, ours, theirs = three
    assert merged(base, ours, base) == Merged(ours)
    assert merged(base, base, theirs) == Merged(theirs)
    assert merged(base, ours, ours) == Merged(ours)


@given(versions())
def test_with_marks_in_it_both_versions_can_be_read(three: tuple[bytes, bytes, bytes]) -> None:
    made = merged(*three)
    if made is None or not made.conflicts:
        return
    lines = made.content.decode().split("\n")
    assert lines.count("<<<<<<< yours") == lines.count("=======") == lines.count(">>>>>>> theirs") > 0
    for number in (1, 2):
        new = {each for each in texts(three[number]) - texts(three[0]) if "\n" not in each}
        text = made.content.decode()
        assert all(each in text or repr(each)[1:-1] in text or each.replace("'", "''") in text for each in new)
