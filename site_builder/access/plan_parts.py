"""The parts of a plan to which participants add their own, each with a hash of how it stands (policy: P5, P18, P19).

A form that is handed out carries these hashes, and what comes back is held against them: where a part has changed
since, nothing is taken over it unseen. They are computed from what the reader of the form may see and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from site_builder.access.view import ObjectiveView, PlanView, StrengthsView, StudentView

FAMILY_ROLES = ("student", "parent", "guardian")


def role_of(file: StudentView, person: str) -> str:
    """Return the role of `person` among the student's participants, or an empty text."""
    return next((each.role for each in file.people if person and each.id == person), "")


def may_write(file: StudentView, person: str) -> bool:
    """Tell whether `person` writes a part of this plan at home: the student, a parent or a guardian (policy: P5)."""
    return role_of(file, person) in FAMILY_ROLES


def base_of(file: StudentView) -> dict[str, str]:
    """Return the SHA-256 of each part of the newest year's plan, by its key, such as `objective-learn-to-weld`."""
    year = file.years[0]
    parts = {
        "aspiration": _aspiration(year.plan),
        "strengths": _strengths(year.strengths),
        "careers": [[each.title, each.soc] for each in year.plan.careers] if year.plan else [],
        "programs": [[each.institution, each.program] for each in year.plan.post_secondary] if year.plan else [],
        "courses": [[each.grade, each.course, each.term] for each in year.plan.course_plan] if year.plan else [],
    }
    parts |= {f"objective-{each.id}": _objective(each) for each in year.objectives}
    return {key: _hash(content) for key, content in parts.items()}


def _aspiration(plan: PlanView | None) -> Any:
    return [plan.aspiration, plan.language] if plan is not None and plan.aspiration else []


def _strengths(strengths: StrengthsView | None) -> Any:
    if strengths is None:
        return []
    return [
        strengths.words.markdown,
        [each.what for each in strengths.achievements],
        [[each.by.id, each.words] for each in strengths.added],
    ]


def _objective(objective: ObjectiveView) -> Any:
    return [
        objective.statement,
        objective.kind,
        objective.status,
        [[each.what, each.source] for each in objective.means],
        [[each.what, each.who.id if each.who else "", _day(each.due), _day(each.done_on)] for each in objective.steps],
    ]


def _day(day: Any) -> str:
    return "" if day is None else str(day)


def _hash(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
