"""When a binder need not be made again: never, where anything that goes into it is another (policy: P35)."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from site_builder.access.printed import remembered, since
from site_builder.access.view import Copy
from site_builder.base import resources
from site_builder.publish import binder_keys
from site_builder.publish.binder_keys import LIBRARIES, Made, key_of, program, read_made, stands, written
from site_builder.publish.binding import digests_of
from site_builder.publish.ledger import LEDGER
from site_builder.publish.typeset import Paper
from tests.render.example_site import copy_for_everyone, copy_for_parent

FULL = replace(copy_for_parent(), since=since(copy_for_parent(), remembered(copy_for_everyone(), "5a" * 16)))


def key(copy: Copy = FULL, paper: Paper = Paper(), kind: str = "pdf") -> str:  # noqa: B008 - it is frozen
    return key_of(copy, digests_of(copy), paper, kind)


def other(value: object) -> object:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=1)
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, tuple):
        return value[1:] if value and is_dataclass(value[0]) else (*value, "x")
    if isinstance(value, dict):
        return {**value, "x": "x"}
    return "x"


def ways(value: object) -> Iterator[tuple[str, object]]:
    """Give each way of changing one field somewhere in `value`, one level of one kind once."""
    if not is_dataclass(value) or isinstance(value, type):
        return
    for each in fields(value):
        held = getattr(value, each.name)
        name = f"{type(value).__name__}.{each.name}"
        if callable(held):
            yield name, replace(value, **{each.name: lambda: b"other"})
            continue
        changed = other(held)
        if not is_dataclass(held) and changed != held:
            yield name, replace(value, **{each.name: changed})
        inner = [(0, held)] if is_dataclass(held) else list(enumerate(held)) if isinstance(held, tuple) else []
        for place, one in inner:
            for path, changed in ways(one):
                new = (*held[:place], changed, *held[place + 1 :]) if isinstance(held, tuple) else changed
                yield path, replace(value, **{each.name: new})


def every_change() -> dict[str, Copy]:
    """Return a copy for each field of each class in the view, with that field changed where it first stands."""
    found: dict[str, Copy] = {}
    for name, changed in ways(FULL):
        assert isinstance(changed, Copy)
        found.setdefault(name, changed)
    return found


def test_each_field_of_a_view_is_in_the_key() -> None:
    changes = every_change()
    assert len(changes) > 150
    assert "PaperView.load" in changes
    first = key()
    assert [name for name, copy in changes.items() if key(copy) == first] == []


def test_the_same_view_made_twice_has_the_same_key() -> None:
    again = replace(copy_for_parent(), since=since(copy_for_parent(), remembered(copy_for_everyone(), "5a" * 16)))
    assert key(again) == key()
    assert " at 0x" not in repr(FULL), "a value without words of its own would have another key in each run"


@pytest.mark.parametrize("field", [each.name for each in fields(Paper)])
def test_each_choice_of_paper_is_in_the_key(field: str) -> None:
    changed = replace(Paper(), **{field: other(getattr(Paper(), field))})  # type: ignore[arg-type]
    assert key(paper=changed) != key()


def test_the_kind_is_in_the_key() -> None:
    assert key(kind="html") != key()


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_is_in_the_key(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = program()
    real = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: real(name) + ("x" * (name == library)))
    program.cache_clear()
    try:
        assert program() != before
    finally:
        program.cache_clear()


@pytest.mark.parametrize("name", ["templates", "data"])
def test_templates_and_fonts_are_in_the_key(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = program()
    real = resources.folder(name)
    made = tmp_path / name
    made.mkdir()
    for each in real.iterdir():
        (made / each.name).symlink_to(each)
    (made / "binder-another.typ").write_text("// one file more", "utf-8")
    monkeypatch.setattr(binder_keys, "folder", lambda other: made if other == name else resources.folder(other))
    program.cache_clear()
    try:
        assert program() != before
    finally:
        program.cache_clear()


def test_a_binder_stands_only_where_key_and_bytes_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "ana.pdf").write_bytes(b"a binder")
    made = {"ana.pdf": Made("key", "6c1bde5ec3e2ff1d12c5a2ea92c4cf7a8d2d9e36", 3)}
    assert not stands(tmp_path, "ana.pdf", made, "key"), "its bytes are others"
    made = {"ana.pdf": Made("key", hashlib.sha256(b"a binder").hexdigest(), 3)}
    assert stands(tmp_path, "ana.pdf", made, "key")
    assert not stands(tmp_path, "ana.pdf", made, "other")
    assert not stands(tmp_path, "mia.pdf", made, "key")
    (tmp_path / "real.pdf").write_bytes(b"a binder")
    (tmp_path / "ana.pdf").unlink()
    assert not stands(tmp_path, "ana.pdf", made, "key")
    (tmp_path / "ana.pdf").symlink_to(tmp_path / "real.pdf")
    assert not stands(tmp_path, "ana.pdf", made, "key"), "a link is not what was made"


def test_what_is_known_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = {"ana.pdf": Made("k", "s", 3, (("2026-27/documents/a.pdf", "is damaged"),)), "mia.html": Made("k", "t")}
    (tmp_path / LEDGER).write_bytes(written(made))
    assert read_made(tmp_path) == made


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"a": 1}', json.dumps({"a": {"key": "k"}}).encode(), b"[" * 100_000]
)
def test_a_damaged_note_is_no_knowledge(content: bytes, tmp_path: Path) -> None:
    assert read_made(tmp_path) == {}
    (tmp_path / LEDGER).write_bytes(content)
    assert read_made(tmp_path) == {}
