"""One student's way into a new school year: the grade, the staff who go on, the objectives and the plan (policy: U3).

Every change is worked out from the records alone. The plan is the last file of a section: where it stands, the section
has been begun, and nothing more is carried into it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from site_builder.cli.edits import add_fields, append_entry, replace_scalar
from site_builder.cli.new_files import plan_file
from site_builder.cli.writing import Change
from site_builder.cli.yaml_text import yaml_text
from site_builder.model.identity import is_family
from site_builder.model.records import Objective, Participant, SchoolYear
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.source.document import Value
from site_builder.source.tree import SourceTree

LAST_GRADE = 12
OVER = frozenset({"met", "set-aside"})
"""Objectives of this status do not go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The turn of a school year, and what the school has decided about it.

    `there` are the paths of all files. `keep` are the roles of staff who go on with the same students, `repeats` the
    folders of students who stay in their grade, `graduated_on` the last day of those who finish grade 12.
    """

    store: Store
    tree: SourceTree
    there: frozenset[str]
    before: SchoolYear
    new: SchoolYear
    today: dt.date
    keep: Collection[str] = ()
    repeats: Collection[str] = ()
    graduated_on: dt.date | None = None

    def goes_on(self, file: StudentFile) -> bool:
        """Tell whether the student is here in the new year."""
        left = file.student.left_on
        if left is not None and left < self.new.starts:
            return False
        return self.new.id in file.student.grades or self.grade(file) is not None

    def graduates(self, file: StudentFile) -> bool:
        """Tell whether the student finishes grade 12 with the year before and has no last day yet."""
        student = file.student
        finishes = student.grades.get(self.before.id) == LAST_GRADE and file.id not in self.repeats
        return finishes and student.left_on is None and self.new.id not in student.grades

    def grade(self, file: StudentFile) -> int | None:
        """Return the grade in the new year: as it stands there, or the next one; `None` after grade 12."""
        grades = file.student.grades
        if self.new.id in grades:
            return grades[self.new.id]
        if self.before.id not in grades:
            return None
        grade = grades[self.before.id] + (file.id not in self.repeats)
        return grade if grade <= LAST_GRADE else None

    def unreadable(self, file: StudentFile) -> bool:
        """Tell whether something of the year before cannot be read, which would then be left behind unseen."""
        return any(self.store.unread_ids(kind, file.id, self.before.id) for kind in ("plan", "objective"))

    def staff_in_turn(self, file: StudentFile) -> Iterator[Participant]:
        """Give the staff whose part ends with the year before, and who are still at the school in the new one."""
        for each in file.participants:
            if is_family(each) or each.until is None or not self.before.ends <= each.until < self.new.starts:
                continue
            member = self.store.staff_member(each.id)
            if member is not None and (member.until is None or member.until >= self.new.starts):
                yield each

    def changes(self, file: StudentFile) -> list[Change]:
        """Return what is still to be done in one student's file, in the order of writing."""
        if self.graduates(file):
            return self._last_day(file) if self.graduated_on is not None else []
        grade = self.grade(file)
        if not self.goes_on(file) or grade is None or self.unreadable(file):
            return []
        return [*self._grade(file, grade), *self._staff(file), *self._section(file, grade)]

    def _last_day(self, file: StudentFile) -> list[Change]:
        origin = file.student.origin
        return [Change.of(self.tree, origin, add_fields(origin, f"left_on: {self.graduated_on}\n"))]

    def _grade(self, file: StudentFile, grade: int) -> Iterator[Change]:
        student = file.student
        if self.new.id not in student.grades:
            text = append_entry(student.origin, ("grades",), self.new.id, grade)
            yield Change.of(self.tree, student.origin, text)

    def _staff(self, file: StudentFile) -> Iterator[Change]:
        for each in self.staff_in_turn(file):
            if each.role in self.keep:
                member = self.store.staff_member(each.id)
                leaves = member.until if member is not None else None
                until = self.new.ends if leaves is None else min(leaves, self.new.ends)
                yield Change.of(self.tree, each.origin, replace_scalar(each.origin, ("until",), until.isoformat()))

    def _section(self, file: StudentFile, grade: int) -> Iterator[Change]:
        folder = f"students/{file.id}/{self.new.id}"
        if f"{folder}/plan.yaml" in self.there:
            return
        before = file.year(self.before.id) or YearSection(id=self.before.id)
        going_on = [each for each in before.objectives if each.status not in OVER]
        for each in going_on:
            path = f"{folder}/objectives/{each.id}.yaml"
            if path not in self.there:
                yield Change(path, yaml_text(_carried(each, self.before.id)))
        carried = _carried_plan(before, grade, {each.id for each in going_on})
        yield plan_file(
            self.store,
            file.id,
            file.student.participant,
            self.new.id,
            grade,
            self.today,
            carried=yaml_text(carried) if carried else "",
            before=self.before.id,
        )


def _carried(objective: Objective, before: str) -> dict[str, Value]:
    """Return an objective for the new year: all that stands there but the steps that are done."""
    data = dict(objective.origin.data) if isinstance(objective.origin.data, dict) else {}
    steps = data.pop("steps", None)
    open_steps = (
        [each for each in steps if isinstance(each, dict) and "done_on" not in each] if isinstance(steps, list) else []
    )
    if open_steps:
        data["steps"] = list(open_steps)
    return {**data, "carried_from": before}


def _carried_plan(before: YearSection, grade: int, objectives: Collection[str]) -> dict[str, Value]:
    """Return what a new plan begins with: the courses still to come, and the ways after graduation.

    Their ties to objectives that do not go on are left out: those stand in the year before.
    """
    data = before.plan.origin.data if before.plan is not None else None
    if not isinstance(data, dict):
        return {}
    found: dict[str, Value] = {}
    courses = data.get("course_plan")
    if isinstance(courses, list):
        coming = [each for each in courses if isinstance(each, dict) and _at_least(each.get("grade"), grade)]
        found |= {"course_plan": list(coming)} if coming else {}
    for field in ("post_secondary", "careers"):
        entries = data.get(field)
        if isinstance(entries, list) and entries:
            found[field] = [_with_ties(each, objectives) for each in entries]
    return found


def _at_least(value: Value, grade: int) -> bool:
    return isinstance(value, int) and value >= grade


def _with_ties(entry: Value, objectives: Collection[str]) -> Value:
    if not isinstance(entry, dict) or not isinstance(entry.get("objectives"), list):
        return entry
    ties = entry["objectives"]
    kept = [each for each in ties if each in objectives] if isinstance(ties, list) else []
    return {key: kept if key == "objectives" else value for key, value in entry.items() if key != "objectives" or kept}
