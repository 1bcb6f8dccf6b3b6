"""The findings about what stands in a file: fields, choices, dates and their forms."""

from __future__ import annotations

from site_builder.base.codes import HERE, Code, Example
from site_builder.base.diagnostics import Severity

_OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"
_CARD = "students/lopez-sam/2025-26/report-card/fall.yaml"
_PARTICIPANT = "students/lopez-sam/participants/rosa-lopez.yaml"
_TEACHER = "students/lopez-sam/participants/park.yaml"

_ROSA = "name: Rosa Lopez\nrole: parent\nrelation: mother\nsince: 2025-08-20\nphones: [{number: 435-555-0111}]\n"


def _objective(*lines: str) -> tuple[Example, ...]:
    """Return an example of an objective; a line given here takes the place of the sound one with the same key."""
    fields = {
        "statement": "statement: Read one book a month",
        "kind": "kind: academic",
        "status": "status: on-track",
        "suggested_by": "suggested_by: park",
    }
    fields.update({line.partition(":")[0]: line for line in lines})
    return (Example(_OBJECTIVE, "\n".join(line for line in fields.values() if line) + "\n"),)


def _card(grade: str) -> tuple[Example, ...]:
    lines = ("term: fall", "issued_on: 2025-12-19", "grades:", "  - course: ENG-09", "    title: English 9")
    return (Example(_CARD, "\n".join((*lines, f"    grade: {grade}", "    credits_earned: 0.5")) + "\n"),)


def _teacher(*lines: str) -> tuple[Example, ...]:
    first = ("name: Sun Park", "since: 2025-08-20", "phones: [{kind: work, number: 435-555-0103}]")
    return (Example(_TEACHER, "\n".join((*first, *lines)) + "\n"),)


UNKNOWN_FIELD = Code(
    code="SEP120",
    severity=Severity.ERROR,
    title="a field that this file does not have",
    why="A field whose name is misspelled would be passed over in silence, and what it says would be missing from the "
    "student's pages. So every name that the file does not have is named.",
    fails=_objective(f"sugested_on: 2026-09-15  {HERE}"),
    passes=_objective("suggested_on: 2026-09-15"),
)

MISSING_FIELD = Code(
    code="SEP121",
    severity=Severity.ERROR,
    title="a field that is always needed is missing",
    why="Without this field the entry cannot be shown or counted: an objective without a status, a class without its "
    "teacher's telephone number. Fields that can wait are not asked for here.",
    fails=(Example(_OBJECTIVE, f"statement: Read one book a month  {HERE}\nkind: academic\nsuggested_by: park\n"),),
    passes=_objective(),
)

MISSING_WITH = Code(
    code="SEP122",
    severity=Severity.ERROR,
    title="what stands here needs another field",
    why="Some words bring a question with them: who assigned this teacher to the student, and until when? Which court "
    "order takes a parent's rights? What did the school answer, and on which day?",
    fails=_teacher(f"role: teacher  {HERE}", "assigned_by: principal-stone", "assigned_on: 2025-08-20"),
    passes=_teacher("role: teacher", "until: 2027-05-28", "assigned_by: principal-stone", "assigned_on: 2025-08-20"),
)

NO_CHOICE = Code(
    code="SEP123",
    severity=Severity.ERROR,
    title="a word that is not among the choices",
    why="Lists, counts and pages in other languages rest on a few fixed words. Any other word would fall out of all "
    "of them.",
    fails=_objective(f"status: ontrack  {HERE}"),
    passes=_objective("status: on-track"),
)

NEEDS_QUOTES = Code(
    code="SEP124",
    severity=Severity.ERROR,
    title="a number, true or false where text is needed",
    why="A value of digits alone is read as a number, which has no leading zeros: room 012 would become 12. "
    "In quotes it stays as it was written.",
    fails=_card(f"93  {HERE}"),
    passes=_card('"93"'),
)

WRONG_SHAPE = Code(
    code="SEP125",
    severity=Severity.ERROR,
    title="another kind of value is needed here",
    why="A field holds text, a number, true or false, a list, or fields of its own. Where it holds something else, "
    "nobody can tell what was meant.",
    fails=_objective(f"beyond_school_means: yes  {HERE}"),
    passes=_objective("beyond_school_means: true"),
)

NO_VALUE = Code(
    code="SEP126",
    severity=Severity.ERROR,
    title="a field without a value",
    why="A name with nothing behind it may be forgotten or may mean `none`; the pages cannot tell. A field that can be "
    "left out says `none` best by not being there.",
    fails=_objective(f"suggested_on:  {HERE}"),
    passes=_objective("suggested_on: 2026-09-15"),
)

NO_DATE = Code(
    code="SEP127",
    severity=Severity.ERROR,
    title="this is not a date",
    why="Who may see a file, which conference is due and which consent has expired all follow from dates. Written as "
    "year-month-day, a date means one day everywhere; 3/4/2026 means two.",
    fails=_objective(f"suggested_on: 9/15/2026  {HERE}"),
    passes=_objective("suggested_on: 2026-09-15"),
)

WRONG_FORM = Code(
    code="SEP128",
    severity=Severity.ERROR,
    title="this is not written in the form that is needed here",
    why="Ids, course codes, telephone numbers, times and e-mail addresses have a form of their own. Other entries "
    "point at the ids, and people call the numbers, so a slip is best found here.",
    fails=_objective(f"suggested_by: Sun Park  {HERE}"),
    passes=_objective("suggested_by: park"),
)

TEXT_LENGTH = Code(
    code="SEP129",
    severity=Severity.ERROR,
    title="the text is empty or too long",
    why="An empty text says nothing on a page, and a text that is too long for its place breaks the page. Longer words "
    "belong in a note.",
    fails=(Example(_PARTICIPANT, _ROSA.replace("relation: mother", f'relation: ""  {HERE}')),),
    passes=(Example(_PARTICIPANT, _ROSA),),
)

NUMBER_RANGE = Code(
    code="SEP130",
    severity=Severity.ERROR,
    title="the number is too small or too large",
    why="Grades go from 7 to 12, and no class earns 50 credits: a number out of bounds is a slip of the finger.",
    fails=(
        Example(
            "students/lopez-sam/2026-27/plan.yaml",
            f"grade: 13  {HERE}\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\n",
        ),
    ),
    passes=(
        Example(
            "students/lopez-sam/2026-27/plan.yaml",
            "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\n",
        ),
    ),
)

LIST_LENGTH = Code(
    code="SEP131",
    severity=Severity.ERROR,
    title="the list has too few or too many entries",
    why="A report card without grades or a plan prepared by nobody says nothing. A list that may be empty "
    "can be left out.",
    fails=(Example(_CARD, f"term: fall\nissued_on: 2025-12-19\ngrades: []  {HERE}\n"),),
    passes=_card("A-"),
)

TWICE = Code(
    code="SEP132",
    severity=Severity.ERROR,
    title="the same entry stands twice in a list",
    why="A person invited twice would be counted twice.",
    fails=(
        Example(
            "students/lopez-sam/2026-27/plan.yaml",
            f"grade: 10\nprepared_by:\n  - sam-lopez\n  - sam-lopez  {HERE}\nprepared_on: 2026-09-10\n",
        ),
    ),
    passes=(
        Example(
            "students/lopez-sam/2026-27/plan.yaml",
            "grade: 10\nprepared_by:\n  - sam-lopez\nprepared_on: 2026-09-10\n",
        ),
    ),
)

_SCHOOL = """\
format: {format}
name: Small School
district: Small District
address: 1 Main Street, Smallville, UT 84001
phone: 435-555-0100
time_zone: America/Denver
principal: principal-stone
school_manager: {{person: reyes, appointed_by: principal-stone, appointed_on: 2026-08-03}}
current_year: 2026-27
school_years:
  - id: 2025-26
    starts: 2025-08-20
    ends: 2026-05-29
    terms:
      - {{id: fall, title: Fall 2025, starts: 2025-08-20, ends: 2025-12-19}}
      - {{id: spring, title: Spring 2026, starts: 2026-01-05, ends: 2026-05-29}}
  - id: 2026-27
    starts: 2026-08-19
    ends: 2027-05-28
    terms:
      - {{id: fall, title: Fall 2026, starts: 2026-08-19, ends: 2026-12-18}}
      - {{id: spring, title: Spring 2027, starts: 2027-01-04, ends: 2027-05-28}}
"""

OTHER_FORMAT = Code(
    code="SEP133",
    severity=Severity.ERROR,
    title="these records are in a format that this program does not know",
    why="The format number tells which version of the program the records were written for. A newer one may hold "
    "fields that this version would pass over.",
    fails=(Example("school.yaml", _SCHOOL.format(format=f"2  {HERE}")),),
    passes=(Example("school.yaml", _SCHOOL.format(format=1)),),
)

CODES: tuple[Code, ...] = (
    UNKNOWN_FIELD,
    MISSING_FIELD,
    MISSING_WITH,
    NO_CHOICE,
    NEEDS_QUOTES,
    WRONG_SHAPE,
    NO_VALUE,
    NO_DATE,
    WRONG_FORM,
    TEXT_LENGTH,
    NUMBER_RANGE,
    LIST_LENGTH,
    TWICE,
    OTHER_FORMAT,
)
