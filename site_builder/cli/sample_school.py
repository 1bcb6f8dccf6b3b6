"""The sample school with a past: its records as the people in them would have saved them, day by day.

Everything is taken from the records themselves, so that the same sample gives the same history. An objective is saved
when it was suggested and again as each step is done; a request, when it was made and when it was decided.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.base.resources import folder
from site_builder.history.compare import Delta, changes_of, version_of
from site_builder.history.sentences import message
from site_builder.source.document import Value
from site_builder.source.git import blob_id
from site_builder.source.git_begin import PastSave
from site_builder.source.layout import attachment_owner, locate
from site_builder.source.reader import read_content
from site_builder.source.working_tree import WorkingTree

DAY = dt.date(2026, 11, 24)
"""The day on which the sample is as it stands."""
_DAYS = {
    "student": "enrolled_on",
    "participant": "assigned_on since",
    "consent": "signed_on",
    "disclosure": "on",
    "plan": "prepared_on",
    "strengths": "date",
    "objective": "suggested_on",
    "progress": "date",
    "registration": "registered_on",
    "report-card": "issued_on",
    "test-result": "date",
    "conference": "held_on declined_on offered_on requested_on",
    "request": "referred_on",
    "document": "date",
    "group": "date",
    "training": "date",
    "consultation": "date",
    "authorization": "authorized_on date",
    "partnership": "since",
    "program": "adopted_on",
}
"""Which day of a record is the one on which somebody wrote it."""
_PEOPLE = ("by", "signer", "assigned_by", "requested_by", "suggested_by", "prepared_by")
_OFFICE = frozenset({"registration", "report-card", "test-result", "student"})
_DONE_ON = re.compile(r", done_on: (\d{4}-\d{2}-\d{2})")
_AFTER_SCHOOL = dt.time(15, 40)


@dataclass(frozen=True, slots=True)
class _Written:
    """A file as somebody saved it on a day."""

    path: str
    content: bytes
    on: dt.date
    by: str


def sample_files() -> dict[str, bytes]:
    """Return the sample school's files by path in the store."""
    tree = WorkingTree(folder("records"))
    return {entry.path: tree.whole(entry.path) for entry in tree.entries()}


def sample_past(files: Mapping[str, bytes], top: Mapping[str, bytes], prefix: str) -> Iterator[PastSave]:
    """Give the saves that lead to `files`, in order; the first one begins the store with the files of `top`.

    `prefix` leads from the top of the repository to the store.
    """
    sample = _Sample(files)
    zone = zoneinfo.ZoneInfo(str(sample.school.get("time_zone", "UTC")))
    saved: dict[str, bytes] = {}
    for number, (on, by, writings) in enumerate(sample.saves()):
        new = {each.path: each.content for each in writings}
        name, email = sample.person(by)
        yield PastSave(
            name=name,
            email=email,
            at=dt.datetime.combine(on, _AFTER_SCHOOL, zone) + dt.timedelta(minutes=number % 70),
            message=_message(saved, new),
            files={**(top if not number else {}), **{prefix + path: content for path, content in new.items()}},
        )
        saved |= new


def _message(saved: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    contents = {blob_id(each): each for each in (*saved.values(), *new.values())}
    deltas = [Delta(path, blob_id(saved[path]) if path in saved else None, blob_id(new[path])) for path in sorted(new)]
    return message(changes_of(deltas, lambda path, content: version_of(path, contents[content])))


class _Sample:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self.school = self._data("school.yaml")
        self._staff = {str(each["id"]): each for each in _mappings(self._data("staff.yaml").get("staff"))}
        manager = self.school.get("school_manager")
        self._manager = str(manager.get("person")) if isinstance(manager, dict) else ""
        years = _mappings(self.school.get("school_years"))
        self._years = {str(each["id"]): _day(each["starts"]) or DAY for each in years}
        self._counselors = {student: self._counselor(student) for student in self._students()}

    def person(self, id: str) -> tuple[str, str]:
        """Return name and e-mail address of a member of the staff."""
        member = self._staff.get(id) or self._staff[self._manager]
        return str(member["name"]), str(member.get("email", ""))

    def saves(self) -> Iterator[tuple[dt.date, str, list[_Written]]]:
        """Give what was saved, by day and then by person; the school's own files come first."""
        by_day: dict[tuple[dt.date, str], dict[str, _Written]] = defaultdict(dict)
        for path, content in self._files.items():
            for each in self._written(path, content):
                by_day[each.on, each.by][path] = each
        for (on, by), writings in sorted(by_day.items(), key=lambda item: (item[0][0], item[0][1])):
            yield on, by, [writings[path] for path in sorted(writings)]

    def _written(self, path: str, content: bytes) -> Iterator[_Written]:
        location, owner = locate(path), attachment_owner(path)
        described = path.rpartition(".")[0] + ".yaml" if owner else path
        data = self._data(described)
        kind = location.kind.name if location else "document"
        student = location.student if location else owner[0] if owner else ""
        on = self._on(kind, data, student, location.year if location else owner[1] if owner else "")
        by = self._by(kind, data, student)
        versions = {on: content}
        if kind == "objective":
            versions = _objective(content, on)
        elif kind == "request":
            versions = _request(content, data, on)
        for day, text in versions.items():
            yield _Written(path, text, min(day, DAY), by)

    def _on(self, kind: str, data: Mapping[str, Value], student: str, year: str) -> dt.date:
        begun = min(self._years.values()) - dt.timedelta(days=14)
        for name in _DAYS.get(kind, "").split():
            found = _day(data.get(name))
            if found is not None and found <= DAY:
                return max(found, begun, self._enrolled(student) if student else begun)
        return max(self._years.get(year) or begun, self._enrolled(student) if student else begun)

    def _enrolled(self, student: str) -> dt.date:
        begun = min(self._years.values()) - dt.timedelta(days=7)
        return max(_day(self._data(f"students/{student}/student.yaml").get("enrolled_on")) or begun, begun)

    def _by(self, kind: str, data: Mapping[str, Value], student: str) -> str:
        """Return the member of the staff who saved it: who is named in it, else the student's counselor."""
        named = [data[name] for name in _PEOPLE if name in data]
        people = [str(each[0] if isinstance(each, list) and each else each) for each in named]
        if kind not in _OFFICE:
            for each in people:
                if each in self._staff:
                    return each
        return self._counselors.get(student) or self._manager

    def _students(self) -> set[str]:
        return {path.split("/")[1] for path in self._files if path.startswith("students/")}

    def _counselor(self, student: str) -> str:
        place = f"students/{student}/participants/"
        people = [path for path in sorted(self._files) if path.startswith(place)]
        own = [path for path in people if self._data(path).get("role") == "counselor"]
        return own[0].removeprefix(place).removesuffix(".yaml") if own else self._manager

    def _data(self, path: str) -> Mapping[str, Value]:
        document, _ = read_content(path, self._files.get(path, b""))
        return document.data if document is not None and isinstance(document.data, dict) else {}


def _objective(content: bytes, begun: dt.date) -> dict[dt.date, bytes]:
    """Return an objective as it stood when it was suggested, and after each day on which a step was done."""
    text = content.decode()
    done = sorted({dt.date.fromisoformat(each) for each in _DONE_ON.findall(text)})
    days = [each for each in done if begun < each <= DAY]
    if not days:
        return {begun: content}
    versions = {}
    for day in (begun, *days[:-1]):
        made = _DONE_ON.sub(lambda match, day=day: match[0] if dt.date.fromisoformat(match[1]) <= day else "", text)  # type: ignore[misc]
        versions[day] = re.sub(r"(?m)^status: (met|needs-help|set-aside)$", "status: on-track", made).encode()
    return {**versions, days[-1]: content}


def _request(content: bytes, data: Mapping[str, Value], begun: dt.date) -> dict[dt.date, bytes]:
    """Return a request as it was made, and as it was decided, where that is one line which can be taken out."""
    decision = data.get("decision")
    decided = _day(decision.get("on")) if isinstance(decision, dict) else None
    lines = content.decode().split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith("decision:")), None)
    if decided is None or at is None or not begun < decided <= DAY or "later_decisions" in data:
        return {begun: content}
    end = next((number for number in range(at + 1, len(lines)) if not lines[number].startswith(" ")), len(lines))
    return {begun: "\n".join(lines[:at] + lines[end:]).encode(), decided: content}


def _mappings(value: Value) -> list[dict[str, Value]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _day(value: Value) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None
