"""Whole stores made wrong at random: checked and built, they give findings and pages, and never a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.access.sites import copy_for, site_for, viewers
from site_builder.check.checker import check_store
from site_builder.model.due import due
from site_builder.render.binder import render_binder
from site_builder.render.site import render_site
from site_builder.source.tree import Entry, EntryKind
from tests.exchange.handed_in import KEY
from tests.fuzz.mutator import wrong_record
from tests.stores import SMALL_SCHOOL, TODAY

FILES = {
    path.relative_to(SMALL_SCHOOL).as_posix(): path.read_bytes()
    for path in sorted(SMALL_SCHOOL.rglob("*"))
    if path.is_file()
}
RECORDS = sorted(path for path in FILES if path.endswith((".yaml", ".md")))
DAYS = [TODAY, dt.date(2025, 1, 1), dt.date(2026, 10, 7), dt.date(2027, 5, 29), dt.date(2040, 2, 29)]
IDS = ["lopez-sam", "ward-ivy", "rosa-lopez", "park", "reyes", "nobody", "2026-27", "2019-20", "fall", "read-more"]
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)).map(str),
    st.sampled_from(IDS),
    st.text(max_size=30),
    st.lists(st.sampled_from(IDS), max_size=3),
    st.dictionaries(st.sampled_from(["name", "id", "date", "kind", *IDS]), st.sampled_from(IDS), max_size=3),
)


@dataclass(frozen=True)
class InMemory:
    """A store that is nowhere on a disk."""

    files: Mapping[str, bytes]
    version: str = ""

    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(path, EntryKind.FILE, len(self.files[path])) for path in sorted(self.files))

    def read(self, path: str) -> bytes:
        try:
            return self.files[path]
        except KeyError:
            raise FileNotFoundError(path) from None


@dataclass
class Changing:
    """The small school while it is made wrong, a step at a time."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))

    def put_beside(self, path: str, name: str) -> None:
        folder, _, last = path.rpartition("/")
        self.files[f"{folder}/{name}.{last.rpartition('.')[2]}".lstrip("/")] = self.files.get(path, b"")

    def set_value(self, path: str, step: int, value: Any, *, take_out: bool) -> None:
        """Give one of a file's fields another value, or take it out; a file that cannot be read stays as it is."""
        text = self.files.get(path, b"").decode("utf-8", "replace")
        front, body = (text, "") if path.endswith(".yaml") else ("".join(text.split("---\n")[1:2]), text[-40:])
        try:
            data = yaml.safe_load(front)
        except (yaml.YAMLError, ValueError):
            return
        places = list(_places(data))
        if not places:
            return
        holder, key = places[step % len(places)]
        if take_out:
            del holder[key]
        else:
            holder[key] = value
        made = yaml.safe_dump(data, allow_unicode=True)
        self.files[path] = (made if path.endswith(".yaml") else f"---\n{made}---\n{body}").encode("utf-8", "replace")


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    pairs = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for key, each in pairs:
        yield data, key
        yield from _places(each)


@st.composite
def wrong_stores(draw: st.DrawFn) -> InMemory:
    made = Changing()
    paths = st.sampled_from(RECORDS)
    for _ in range(draw(st.integers(1, 6))):
        step = draw(st.integers(0, 9))
        if step == 0:
            made.files.pop(draw(st.sampled_from(sorted(FILES))), None)
        elif step == 1:
            made.files[draw(paths)] = made.files.get(draw(paths), b"")
        elif step == 2:
            made.put_beside(draw(paths), draw(st.sampled_from([*IDS, "CON", "Über", "a b"])))
        elif step == 3:
            made.files[draw(paths)] = wrong_record(draw(st.integers(0, 10**6)))[1]
        else:
            made.set_value(draw(paths), draw(st.integers(0, 200)), draw(VALUES), take_out=step == 4)
    return InMemory(made.files)


@given(store=wrong_stores(), on=st.sampled_from(DAYS), chosen=st.integers(0, 100))
@settings(suppress_health_check=list(HealthCheck), max_examples=max(40, settings().max_examples // 5))
def test_a_wrong_store_gives_findings_and_pages(store: InMemory, on: dt.date, chosen: int) -> None:
    result = check_store(store, on)
    assert all(each.message and each.redacted for each in result.findings)
    if result.store is None:
        assert result.has_errors
        return
    due(result.store, on)
    readers = viewers(result.store, on)
    for viewer in {readers[chosen % len(readers)], readers[chosen // 2 % len(readers)]} if readers else ():
        site = site_for(result.store, viewer, on)
        assert list(render_site(site, KEY))
        assert not {each.id for each in site.files} & result.store.broken
        for file in site.files[:1]:
            assert render_binder(copy_for(result.store, file.id, viewer, on))


def test_the_store_in_memory_is_the_one_on_the_disk() -> None:
    result = check_store(InMemory(FILES), TODAY)
    assert not result.has_errors
    assert result.store is not None
    assert len(viewers(result.store, TODAY)) == 8
