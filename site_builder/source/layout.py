"""Which file stands where in a store: one table, read by the checker, the model and the scaffolds."""

from __future__ import annotations

import re
from dataclasses import dataclass

YEAR = r"\d{4}-\d{2}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name (also its schema's), where it stands, and whether it is Markdown with front matter.

    In `pattern`, `{student}`, `{year}` and `{id}` stand for one path part each; `also` is a second place for it.
    """

    name: str
    pattern: str
    title: str
    also: str = ""

    @property
    def patterns(self) -> tuple[str, ...]:
        """Return every place where files of this kind stand."""
        return (self.pattern, self.also) if self.also else (self.pattern,)

    @property
    def markdown(self) -> bool:
        """Tell whether files of this kind are Markdown with YAML front matter."""
        return self.pattern.endswith(".md")


@dataclass(frozen=True, slots=True)
class Location:
    """What the path of a file says about it; `student` and `year` are empty where they do not apply."""

    kind: Kind
    id: str
    student: str = ""
    year: str = ""


PROGRAM = "template/program.yaml"
"""Where the edition of the template stands that holds today; earlier ones stand beside it, in `earlier`."""

KINDS: tuple[Kind, ...] = (
    Kind("school", "school.yaml", "School"),
    Kind("staff", "staff.yaml", "Staff directory"),
    Kind("courses", "courses.yaml", "Course catalogue"),
    Kind("program", PROGRAM, "Template SEP: the minimum standard program", also="template/earlier/{id}.yaml"),
    Kind("guidelines", "template/guidelines.md", "Template SEP: guidelines"),
    Kind("group", "groups/{id}.yaml", "Small group"),
    Kind("training", "training/{id}.yaml", "Training"),
    Kind("partnership", "partnerships/{id}.yaml", "Partnership"),
    Kind("working-plan", "inventory/{id}.md", "Working plan from the State Board's inventory"),
    Kind("consultation", "consultations/{id}.md", "Consultation on the policy"),
    Kind("authorization", "authorizations/{id}.yaml", "Authorization of time"),
    Kind("contribution", "reports/{id}.md", "Contribution to the annual report"),
    Kind("district", "district.yaml", "District, in a folder above its schools"),
    Kind("student", "students/{student}/student.yaml", "Student"),
    Kind("participant", "students/{student}/participants/{id}.yaml", "Participant"),
    Kind("consent", "students/{student}/consents/{id}.yaml", "Consent"),
    Kind("disclosure", "students/{student}/disclosures/{id}.yaml", "Disclosure"),
    Kind("plan", "students/{student}/{year}/plan.yaml", "Plan of a school year"),
    Kind("strengths", "students/{student}/{year}/strengths.md", "Strengths and achievements"),
    Kind("objective", "students/{student}/{year}/objectives/{id}.yaml", "Objective"),
    Kind("progress", "students/{student}/{year}/progress/{id}.md", "Progress note"),
    Kind("registration", "students/{student}/{year}/registration/{id}.yaml", "Registration for a term"),
    Kind("report-card", "students/{student}/{year}/report-card/{id}.yaml", "Report card of a term"),
    Kind("test-result", "students/{student}/{year}/tests/{id}.yaml", "Test result"),
    Kind("conference", "students/{student}/{year}/conferences/{id}.md", "Conference"),
    Kind("request", "students/{student}/{year}/requests/{id}.yaml", "Request for a resource"),
    Kind("document", "students/{student}/{year}/documents/{id}.yaml", "Description of a supporting document"),
)

_DEEPEST = max(pattern.count("/") for kind in KINDS for pattern in kind.patterns)
_PARTS = {"student": r"(?P<student>[^/]+)", "year": rf"(?P<year>{YEAR})", "id": r"(?P<id>[^/]+)"}


def _compiled(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(r"\{", "{").replace(r"\}", "}")
    return re.compile(escaped.format(**_PARTS))


_TABLE = {
    depth: tuple((kind, _compiled(each)) for kind in KINDS for each in kind.patterns if each.count("/") == depth)
    for depth in range(_DEEPEST + 1)
}
"""The kinds of file with the form of their paths, by the number of folders on the way."""
_ATTACHMENT = re.compile(rf"students/(?P<student>[^/]+)/(?P<year>{YEAR})/documents/(?P<name>[^/]+)")


def locate(path: str) -> Location | None:
    """Return what `path` (relative to the store) is, or `None` where no record stands at such a path."""
    for kind, pattern in _TABLE.get(path.count("/"), ()):
        match = pattern.fullmatch(path)
        if match:
            found = match.groupdict()
            stem = path.rpartition("/")[2].rpartition(".")[0]
            return Location(kind, found.get("id") or stem, found.get("student", ""), found.get("year", ""))
    return None


def kind_named(name: str) -> Kind:
    """Return the kind called `name`; raises `KeyError` where there is none."""
    return _BY_NAME[name]


_BY_NAME = {kind.name: kind for kind in KINDS}


def attachment_owner(path: str) -> tuple[str, str, str] | None:
    """Return student, year and file name where `path` is a supporting document itself (not its description)."""
    match = _ATTACHMENT.fullmatch(path)
    if match is None or path.endswith(".yaml"):
        return None
    return match["student"], match["year"], match["name"]


def student_of(path: str) -> str:
    """Return the student whose folder holds `path`, or an empty text for a school-wide file."""
    top, _, rest = path.partition("/")
    return rest.partition("/")[0] if top == "students" else ""
