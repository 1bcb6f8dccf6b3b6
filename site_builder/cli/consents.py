"""What `sep consent` shows: the documents of a file, who can see each and why not, now and afterwards."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import click

from site_builder.access.consents import WHOLE_FILE
from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Deny, Item
from site_builder.access.readers import readers
from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.cli.console import visible, width
from site_builder.cli.students import Chooser
from site_builder.model.records import Consent, SupportingDocument
from site_builder.model.store import Attachment, Store, StudentFile


@dataclass(frozen=True, slots=True)
class Paper:
    """A supporting document of a file: its school year, description, and the file itself."""

    year: str
    document: SupportingDocument
    attachment: Attachment | None

    @property
    def key(self) -> str:
        """Return what consents call it: `2026-27/psych-letter`."""
        return f"{self.year}/{self.document.id}"

    @property
    def described(self) -> str:
        """Return one line that tells it from another."""
        return f"{self.document.title} - {self.key}"


def papers(file: StudentFile) -> tuple[Paper, ...]:
    """Return the confidential documents of a file, the newest year first."""
    return tuple(
        Paper(year.id, each, year.attachment(each.file))
        for year in reversed(file.years)
        for each in year.documents
        if each.level != "open"
    )


def find_paper(file: StudentFile, text: str, choose: Chooser | None = None) -> Paper:
    """Return the confidential document that `text` means: year and id, id, file name, or words of the title."""
    everything = papers(file)
    wanted = set(plain(text).split())
    found = (
        [each for each in everything if text in (each.key, each.document.id, each.document.file)]
        or [each for each in everything if plain(each.document.title) == plain(text)]
        or [each for each in everything if wanted and wanted <= set(plain(each.document.title).split())]
    )
    if len(found) == 1:
        return found[0]
    if found and choose is not None:
        return found[choose("Which document", [each.described for each in found])]
    listed = "\n".join(each.described for each in found or everything)
    if found:
        raise WrongUse(f"{len(found)} documents fit `{text}`", f"name one by year and id:\n{listed}")
    _not_open(file, text)
    way_out = f"these are:\n{listed}" if everything else "the file holds no confidential document"
    raise WrongUse(f"there is no confidential document `{text}` in the file of {file.student.name}", way_out)


def _not_open(file: StudentFile, text: str) -> None:
    for year in file.years:
        for each in year.documents:
            if each.level == "open" and text in (each.id, f"{year.id}/{each.id}", each.file):
                raise WrongUse(
                    f"“{each.title}” is open: everyone who takes part sees it, and no consent is needed",
                    "`level: confidential` in its description would change that",
                )


def with_changes(
    store: Store, file: StudentFile, consents: Iterable[Consent], described: tuple[str, SupportingDocument] | None
) -> Store:
    """Return the store as it would be with these consents, and this description of a document in its school year."""
    new = {each.id: each for each in consents}
    kept = tuple(each for each in file.consents if each.id not in new)
    years = file.years
    if described is not None:
        year_id, document = described
        years = tuple(
            replace(year, documents=tuple(document if each.id == document.id else each for each in year.documents))
            if year.id == year_id
            else year
            for year in years
        )
    changed = replace(file, consents=(*kept, *new.values()), years=years)
    return replace(store, students=tuple(changed if each.id == file.id else each for each in store.students))


def before_and_after(before: Store, after: Store, student: str, key: str, on: dt.date) -> Iterator[str]:
    """Give a line for each person in the plan: whether they can see the document now, and will then, or why not."""
    file = before.student(student)
    if file is None:
        return
    everyone = [each.id for each in file.participants] if key == WHOLE_FILE else readers(before, student, on)
    names = {person: visible(_name(file, person)) for person in everyone}
    widest = max((width(each) for each in names.values()), default=0)
    reasons: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for person, name in names.items():
        old, new = (decide(store, person, _item(student, key), on) for store in (before, after))
        words = f"{_seen(old is ALLOW)} -> {_seen(new is ALLOW)}"
        if (old is ALLOW) != (new is ALLOW):
            words = click.style(words, bold=True)
        yield f"  {name}{' ' * (widest - width(name))}  {words}".rstrip()
        if isinstance(new, Deny):
            reasons[tuple(each.sentence for each in new.reasons)].append(name)
    yield from _not_seen(reasons)


def still_missing(store: Store, file: StudentFile, paper: Paper, on: dt.date) -> Iterator[str]:
    """Give, for one document, who can see it, and for those who cannot what is missing."""
    yield click.style(f"{paper.key}  {visible(paper.document.title)}", bold=True)
    allowed = []
    by_reasons: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for person in readers(store, file.id, on):
        decision = decide(store, person, _item(file.id, paper.key), on)
        if isinstance(decision, Deny):
            by_reasons[tuple(each.sentence for each in decision.reasons)].append(_name(file, person))
        else:
            allowed.append(_name(file, person))
    if allowed:
        yield f"  seen by {visible(', '.join(allowed))}"
    yield from _not_seen(by_reasons)


def _not_seen(reasons: Mapping[tuple[str, ...], Sequence[str]]) -> Iterator[str]:
    """Give who cannot see a document, and below what is in the way."""
    for sentences, people in reasons.items():
        yield f"  not seen by {visible(', '.join(people))}:"
        yield from (f"    {visible(each)}" for each in sentences)


def _item(student: str, key: str) -> Item:
    if key == WHOLE_FILE:
        return Item(student)
    year, _, document = key.partition("/")
    return Item(student, "document", year, document)


def _seen(allowed: bool) -> str:
    return "yes" if allowed else "no "


def _name(file: StudentFile, person: str) -> str:
    participant = file.participant(person)
    return participant.name if participant is not None else person
