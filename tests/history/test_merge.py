"""Two people's versions of one record: field by field, item by item, passage by passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.history.conflict import Choice, Conflict
from site_builder.history.merge import Merged, Unsure, merge, merge_lines
from tests.history.merging import CASES, Case, read_case


@pytest.mark.parametrize("folder", CASES, ids=lambda each: each.name)
def test_case(folder: Path) -> None:
    """A folder holds base, ours, theirs and what comes of them; marks stand where only a person can decide."""
    case = read_case(folder)
    case.same(shown(case))


def shown(case: Case) -> str:
    try:
        return merge(case.path, case.base, case.ours, case.theirs).content.decode()
    except Unsure:
        return "unsure\n"


OBJECTIVE = b"""\
statement: Read one book a month
status: on-track   # seen in October
steps:
  - {what: Choose five books}
  - {what: Read the first one}
"""


def changed(old: str, new: str, text: bytes = OBJECTIVE) -> bytes:
    assert old.encode() in text
    return text.replace(old.encode(), new.encode())


def merged(ours: bytes, theirs: bytes, *, path: str = "a.yaml", base: bytes | None = OBJECTIVE) -> Merged:
    return merge(path, base, ours, theirs)


def test_a_side_that_changed_nothing_passes_the_other_through_byte_for_byte() -> None:
    odd = b"\xef\xbb\xbfstatement:   Read\r\n\r\n\r\nstatus:  met"
    assert merged(OBJECTIVE, odd).content == odd
    assert merged(odd, OBJECTIVE).content == odd
    assert merged(odd, odd).content == odd


def test_two_fields_changed_by_two_people_both_stand() -> None:
    made = merged(changed("one book", "two books"), changed("on-track", "met"))
    assert made == Merged(changed("one book", "two books", changed("on-track", "met")))


def test_one_field_changed_by_two_people_is_a_conflict_with_both_in_it() -> None:
    made = merged(changed("on-track", "met"), changed("on-track", "needs-help"))
    assert made.conflicts == (Conflict(("status",), "on-track", "met", "needs-help", can_keep_both=True),)
    assert b"<<<<<<< yours\nstatus: met   # seen in October\n=======\nstatus: needs-help" in made.content


@pytest.mark.parametrize(
    ("choice", "status"),
    [(Choice.MINE, b"met"), (Choice.THEIRS, b"needs-help"), (Choice.BOTH, b'"met needs-help"')],
)
def test_the_choice_is_what_stands(choice: Choice, status: bytes) -> None:
    ours, theirs = changed("on-track", "met"), changed("on-track", "needs-help")
    made = merge("a.yaml", OBJECTIVE, ours, theirs, lambda _: choice)
    assert made == Merged(OBJECTIVE.replace(b"on-track", status))


def test_of_a_deleted_and_a_changed_item_one_is_chosen() -> None:
    ours = changed("  - {what: Read the first one}\n", "")
    theirs = changed("{what: Read the first one}", "{what: Read the first one, done: true}")
    made = merged(ours, theirs)
    assert [(each.path, each.ours) for each in made.conflicts] == [(("steps", "Read the first one"), None)]
    assert merge("a.yaml", OBJECTIVE, ours, theirs, lambda _: Choice.MINE).content == ours
    assert merge("a.yaml", OBJECTIVE, ours, theirs, lambda _: Choice.THEIRS).content == theirs


def test_both_are_not_kept_where_that_makes_no_sense() -> None:
    ours, theirs = (changed("status: on-track", f"status: {each}") for each in ("1", "2"))
    with pytest.raises(ValueError, match="only one"):
        merge("a.yaml", OBJECTIVE, ours, theirs, lambda _: Choice.BOTH)


def test_windows_line_ends_stay_where_both_have_them() -> None:
    windows = OBJECTIVE.replace(b"\n", b"\r\n")
    made = merge("a.yaml", windows, changed("one book", "two", windows), changed("on-track", "met", windows))
    assert made.content == changed("one book", "two", changed("on-track", "met", windows))
    mixed = merge("a.yaml", OBJECTIVE, changed("one book", "two", windows), changed("on-track", "met"))
    assert mixed.content == changed("one book", "two", changed("on-track", "met"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", b"status: [\n"),
        ("a.yaml", b"\xff\xfe"),
        ("a.yaml", b"status: met\nstatus: on-track\n"),
        ("a.yaml", b"- status\n"),
        ("a.yaml", b"{status: met, x: 1}\n"),
        ("a.md", b"no fields here\n"),
    ],
)
def test_what_cannot_be_read_is_left_to_a_merge_of_lines(path: str, text: bytes) -> None:
    with pytest.raises(Unsure):
        merge(path, text + b"#\n", text, text + b"# more\n")


def test_a_merge_of_lines_keeps_both_versions_between_marks() -> None:
    made = merge_lines(b"a\nb\nc\n", b"a\nx\nc\n", b"a\ny\nc\n")
    assert made.content == b"a\n<<<<<<< yours\nx\n=======\ny\n>>>>>>> theirs\nc\n"
    assert made.conflicts == (Conflict((), "b\n", "x\n", "y\n", can_keep_both=True),)
    assert merge_lines(b"a\nb\nc\n", b"x\nb\nc\n", b"a\nb\ny\n").content == b"x\nb\ny\n"
    assert merge_lines(b"a\n", b"x\n", b"y\n", lambda _: Choice.BOTH).content == b"x\ny\n"
