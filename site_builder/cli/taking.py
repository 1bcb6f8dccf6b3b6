"""What is taken from a proposal, as changes of the student's files: comments and order of what stands are kept."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from site_builder.base.errors import WrongUse
from site_builder.cli.console import ascii_text
from site_builder.cli.edits import add_fields, append_entry, append_item, replace_words
from site_builder.cli.people import free_id
from site_builder.cli.scaffold import scaffold, scalar, value_of
from site_builder.cli.writing import Change
from site_builder.exchange.proposal import Additions, NewObjective, Note, Proposal
from site_builder.model.records import Plan, Strengths
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.source.document import Document
from site_builder.source.front_matter import read_markdown
from site_builder.source.tree import SourceTree
from site_builder.source.yaml_reader import read_yaml

_WIDEST = 110
_LONGEST_NAME = 40
_ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What is taken: the parts `keys` of a proposal, into a year of a student's file, on the day `today`."""

    store: Store
    tree: SourceTree
    file: StudentFile
    year: YearSection
    proposal: Proposal
    keys: Collection[str]
    today: dt.date

    @property
    def person(self) -> str:
        """Return the id of the person whose words they are."""
        return self.proposal.handed_out.participant

    @property
    def proposed_on(self) -> dt.date:
        """Return the day on which it was written; a device whose clock is off is not believed."""
        proposal = self.proposal
        return proposal.made_on if proposal.handed_out.on <= proposal.made_on <= self.today else self.today


@dataclass(slots=True)
class _Drafts:
    """Files as they become, edit by edit; a file that does not stand yet begins with the text given."""

    tree: SourceTree
    now: dict[str, Document] = field(default_factory=dict)
    old: dict[str, Document | None] = field(default_factory=dict)

    def open(self, document: Document) -> Document:
        """Return the document as it is after the edits so far."""
        self.old.setdefault(document.path, document)
        return self.now.setdefault(document.path, document)

    def begin(self, path: str, text: str) -> Document:
        """Return a new file as it is after the edits so far."""
        self.old.setdefault(path, None)
        return self.now.setdefault(path, _read(path, text))

    def edit(self, path: str, change: Callable[[Document], str]) -> None:
        """Change the file at `path`; of a Markdown file, its fields."""
        document = self.now[path]
        text = _in_front(document, change) if path.endswith(".md") else change(document)
        self.now[path] = _read(path, text)

    def changes(self) -> list[Change]:
        """Return what is to be written."""
        made = []
        for path, document in self.now.items():
            before = self.old[path]
            made.append(Change(path, document.text) if before is None else Change.of(self.tree, before, document.text))
        return made


def changes_of(taking: Taking) -> list[Change]:
    """Return the changes that put the taken parts into the files, and into the year's list of proposals.

    Raises `WrongUse`, with what to add by hand, where a file is written in a way that cannot be added to safely.
    """
    proposal, keys, drafts = taking.proposal, taking.keys, _Drafts(taking.tree)
    plan = _plan(taking, drafts)
    if "aspiration" in keys:
        _aspiration(taking, drafts, plan)
    if "strengths" in keys:
        _strengths(taking, drafts)
    for added in proposal.additions:
        if f"objective-{added.id}" in keys:
            _additions(taking, drafts, added)
    taken = {each.id for each in taking.year.objectives}
    taken |= taking.store.unread_ids("objective", taking.file.id, taking.year.id)
    for number, new in enumerate(proposal.objectives, start=1):
        if f"new-objective-{number}" in keys:
            taken.add(_objective(taking, drafts, new, taken))
    _lists(taking, drafts, plan)
    if "progress" in keys and proposal.note is not None:
        _note(taking, drafts, proposal.note)
    entry = {
        "by": taking.person,
        "proposed_on": taking.proposed_on,
        "taken_on": taking.today,
        "parts": sorted(keys),
        "sha256": proposal.sha256,
    }
    _add_items(drafts, plan, "proposals", [entry])
    return drafts.changes()


def _folder(taking: Taking) -> str:
    return f"students/{taking.file.id}/{taking.year.id}"


def _plan(taking: Taking, drafts: _Drafts) -> str:
    """Open the year's plan, or begin one that nobody has prepared yet; return its path."""
    plan = taking.year.plan
    if plan is not None:
        return drafts.open(plan.origin).path
    grade = taking.file.student.grades[taking.year.id]
    version = taking.store.program.version if taking.store.program else None
    text = f"# The plan for {taking.year.id}.\ngrade: {grade}\n"
    text += f"template_version: {scalar(version)}\n" if version else ""
    return drafts.begin(f"{_folder(taking)}/plan.yaml", text).path


def _aspiration(taking: Taking, drafts: _Drafts, path: str) -> None:
    words, plan = taking.proposal.aspiration, taking.year.plan
    if plan is not None and plan.aspiration is not None:
        drafts.edit(path, lambda document: replace_words(document, ("aspiration",), words, value_of(words, 0)))
    else:
        drafts.edit(path, lambda document: add_fields(document, f"aspiration: {value_of(words, 0)}\n"))
    if speaks_otherwise(taking.proposal, plan) and not _other_words(plan):
        _speak(drafts, path, taking.proposal.language, stands="language" in _fields(drafts.now[path]))


def speaks_otherwise(proposal: Proposal, plan: Plan | None) -> bool:
    """Tell whether the words are in another language than the plan says of its own."""
    return proposal.language != (plan.language if plan is not None else _ENGLISH)


def _other_words(plan: Plan | None) -> bool:
    """Tell whether the plan has words besides the aspiration, whose language must stay as it is."""
    return plan is not None and bool(plan.careers or plan.post_secondary)


def _speak(drafts: _Drafts, path: str, language: str, *, stands: bool) -> None:
    if stands:
        drafts.edit(path, lambda document: replace_words(document, ("language",), language, scalar(language)))
    else:
        drafts.edit(path, lambda document: add_fields(document, f"language: {scalar(language)}\n"))


def _strengths(taking: Taking, drafts: _Drafts) -> None:
    strengths, proposal = taking.year.strengths, taking.proposal
    path = f"{_folder(taking)}/strengths.md"
    if strengths is None:
        drafts.begin(path, _markdown(taking, proposal.strengths))
    elif _awaits(strengths, taking.person):
        drafts.open(strengths.origin)
        day = taking.proposed_on.isoformat()
        drafts.edit(path, lambda document: replace_words(document, ("date",), day, day))
        if proposal.language != strengths.language:
            _speak(drafts, path, proposal.language, stands="language" in _fields(strengths.origin))
        drafts.now[path] = _read(path, f"{drafts.now[path].text.rstrip()}\n{proposal.strengths}\n")
    else:
        drafts.open(strengths.origin)
        entry = {"by": taking.person, "proposed_on": taking.proposed_on, "words": proposal.strengths}
        entry |= {"language": proposal.language} if proposal.language != _ENGLISH else {}
        _add_items(drafts, path, "added", [entry])


def _awaits(strengths: Strengths, person: str) -> bool:
    """Tell whether the file waits for this person's words: it was begun for them and has none."""
    return strengths.by == person and not strengths.origin.body.strip() and not strengths.added


def _additions(taking: Taking, drafts: _Drafts, added: Additions) -> None:
    objective = next(each for each in taking.year.objectives if each.id == added.id)
    path = drafts.open(objective.origin).path
    for done in added.done:
        step, day = done.number - 1, done.done_on.isoformat()
        if objective.steps[step].done_on is None:
            drafts.edit(path, _appended(("steps", step), "done_on", day))
    there = {" ".join(each.what.split()).casefold() for each in objective.steps}
    fresh = [each for each in added.steps if each.what.casefold() not in there]
    _add_items(drafts, path, "steps", [_step(taking, each.what, each.due) for each in fresh])


def _appended(pointer: tuple[str | int, ...], key: str, value: str) -> Callable[[Document], str]:
    return lambda document: append_entry(document, pointer, key, value)


def _step(taking: Taking, what: str, due: dt.date | None) -> dict[str, object]:
    """Return a step as an entry; what students set themselves is theirs to do."""
    own = {"who": taking.person} if taking.person == taking.file.student.participant else {}
    return {"what": what, **own, **({"due": due} if due else {})}


def _objective(taking: Taking, drafts: _Drafts, new: NewObjective, taken: Collection[str]) -> str:
    """Begin the file of a new objective and return its id."""
    id = free_id(_name_of(new.statement, "objective"), taken)
    text = scaffold(
        "objective.yaml",
        statement=new.statement,
        kind=new.kind,
        status="not-started",
        suggested_by=taking.person,
        suggested_on=taking.proposed_on,
        language=taking.proposal.language,
        means=new.means,
        steps=new.steps,
        who=taking.person if taking.person == taking.file.student.participant else None,
    )
    drafts.begin(f"{_folder(taking)}/objectives/{id}.yaml", text)
    return id


def _lists(taking: Taking, drafts: _Drafts, path: str) -> None:
    """Add careers, programs and courses to the plan, those that do not stand there yet."""
    proposal, plan = taking.proposal, taking.year.plan
    careers = {each.title.casefold() for each in plan.careers} if plan else set()
    programs = {(each.institution.casefold(), each.program.casefold()) for each in plan.post_secondary} if plan else ()
    courses = {(each.course, each.grade) for each in plan.course_plan} if plan else set()
    known = {each.code: each for each in taking.store.courses.courses}
    if "careers" in taking.keys:
        fresh = [each for each in proposal.careers if each.title.casefold() not in careers]
        _add_items(drafts, path, "careers", [_filled({"title": each.title, "note": each.note}) for each in fresh])
    if "programs" in taking.keys:
        looked_at = [
            _filled({"institution": each.institution, "program": each.program, "note": each.note})
            for each in proposal.programs
            if (each.institution.casefold(), each.program.casefold()) not in programs
        ]
        _add_items(drafts, path, "post_secondary", looked_at)
    if "courses" in taking.keys:
        wishes = [
            {
                "grade": each.grade,
                "course": each.course,
                "title": known[each.course].title,
                "subject": known[each.course].subject,
                "credits": known[each.course].credits,
            }
            for each in proposal.courses
            if (each.course, each.grade) not in courses
        ]
        _add_items(drafts, path, "course_plan", wishes)


def _filled(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value}


def _note(taking: Taking, drafts: _Drafts, note: Note) -> None:
    name = f"{taking.proposed_on}-{_name_of(note.title or note.words, 'note')}"
    taken = {each.id for each in taking.year.progress}
    taken |= taking.store.unread_ids("progress", taking.file.id, taking.year.id)
    text = _markdown(taking, note.words, title=note.title, objective=note.objective)
    drafts.begin(f"{_folder(taking)}/progress/{free_id(name, taken)}.md", text)


def _markdown(taking: Taking, words: str, *, title: str = "", objective: str = "") -> str:
    head = scaffold(
        "words.md",
        by=taking.person,
        date=taking.proposed_on,
        title=title,
        objective=objective,
        language=taking.proposal.language,
    )
    return f"{head}{words}\n"


def _name_of(words: str, otherwise: str) -> str:
    """Return a file's name of the first words, or `otherwise` where they have no letters a-z."""
    name = ""
    for word in re.findall(r"[a-z0-9]+", ascii_text(words.replace("’", "").replace("'", "")).lower()):
        if len(name) + 1 + len(word) > _LONGEST_NAME:
            break
        name = f"{name}-{word}".lstrip("-")
    return name if len(name) > 1 else otherwise


# --- YAML and Markdown ------------------------------------------------------------------------------------------------


def _add_items(drafts: _Drafts, path: str, key: str, entries: list[dict[str, object]]) -> None:
    """Add entries to the list `key`, or begin it at the end of the fields."""
    for entry in entries:
        if key in _fields(drafts.now[path]):
            drafts.edit(path, _item_added(key, entry))
        else:
            lines = textwrap.indent(_item(entry), "  ")
            drafts.edit(path, _fields_added(f"{key}:\n{lines}"))


def _item_added(key: str, entry: dict[str, object]) -> Callable[[Document], str]:
    return lambda document: append_item(document, (key,), _item(entry))


def _fields_added(fields: str) -> Callable[[Document], str]:
    return lambda document: add_fields(document, fields)


def _item(entry: Mapping[str, object]) -> str:
    """Return an entry of a list: on one line where it fits, else a line a field."""
    line = "- {" + ", ".join(f"{key}: {_value(value)}" for key, value in entry.items()) + "}"
    if len(line) <= _WIDEST:
        return f"{line}\n"
    fields = [(key, value_of(value, 2) if isinstance(value, str) else _value(value)) for key, value in entry.items()]
    return "".join(f"{'- ' if place == 0 else '  '}{key}: {value}\n" for place, (key, value) in enumerate(fields))


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(scalar(each) for each in value) + "]"
    return scalar(value)


def _fields(document: Document) -> Collection[str]:
    return document.data.keys() if isinstance(document.data, dict) else ()


def _in_front(document: Document, change: Callable[[Document], str]) -> str:
    """Return the text of a Markdown file whose fields were changed; its words stay as they are."""
    lines = document.text.split("\n")
    end = document.body_line - 2
    fields = _read(document.path.removesuffix(".md") + ".yaml", "\n".join(lines[1:end]) + "\n")
    return "\n".join([lines[0], *change(fields).rstrip("\n").split("\n"), *lines[end:]])


def _read(path: str, text: str) -> Document:
    document, findings = (read_markdown if path.endswith(".md") else read_yaml)(path, text)
    if document is None:
        reason = findings[0].message if findings else "nothing would be in it"
        raise WrongUse(f"`{path}` cannot be written so: {reason}", "enter this part by hand")
    return document
