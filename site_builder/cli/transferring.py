"""What `sep transfer` rests on: whose consents or which law, what goes along, and what stays (policy: P35, P36, U3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.access.excerpts import without_spelling
from site_builder.access.release import Choice, Ground, ground, third_parties
from site_builder.access.view_release import DOCUMENTS, SECTIONS
from site_builder.base.errors import Refused, WrongUse
from site_builder.base.plain import plain
from site_builder.cli.context import Context
from site_builder.cli.students import names
from site_builder.exchange.transfer import NAMES_ANOTHER, Boundary, Leaving, Names, leaving
from site_builder.model.identity import folded, is_family
from site_builder.model.records import Consent, ThirdParty
from site_builder.model.store import Store, StudentFile
from site_builder.source.git import Plumbing
from site_builder.source.git_versions import NOBODY, listed
from site_builder.source.layout import student_of

LAW = "34 CFR 99.31(a)(2): officials of a school to which the student transfers"
"""The provision by which a file may follow a student who enrolls elsewhere; its condition is in 34 CFR 99.34."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Why the file may go: the consents, or the law with the day on which the family was told."""

    party: ThirdParty
    consents: tuple[Consent, ...] = ()
    told_on: dt.date | None = None


def find_basis(
    store: Store, file: StudentFile, to: str, enrolling: bool, told_on: dt.date | None, on: dt.date
) -> Basis:
    """Return what the transfer rests on; raises `Refused` with what is missing where it rests on nothing.

    The file is private, so the student and, for a minor, a parent consent to each part of it (policy: P35). Where the
    student enrolls at the other school a law lets the file follow without; then the family has been told before.
    """
    named = next((each for each in third_parties(file) if folded(to) in (folded(each.id), folded(each.name))), None)
    party = named or ThirdParty(id=_id(to), name=to)
    if enrolling:
        if told_on is None:
            raise WrongUse(
                "the day on which the family was told is missing",
                "`--told DATE` gives it: the law lets a file follow the student when the family knows (34 CFR 99.34)",
            )
        if told_on > on:
            raise WrongUse("the family has not been told yet on that day", "transfer the file after they were told")
        return Basis(party, told_on=told_on)
    choice = Choice(tuple(each.id for each in file.years), SECTIONS, ())
    found = ground(store, file, party, choice, on)
    if found.missing:
        raise Refused(
            f"the file of {file.student.name} may not be given to {to}",
            "\n".join(
                [
                    "what is missing:",
                    *_by_reason(found.missing),
                    f'`sep consent {file.id} file --third-party "{to}" --signer ...` records a consent; its parts are',
                    ",".join((*SECTIONS, DOCUMENTS)),
                    "where the student enrolls there, the file may follow without, once the family was told:",
                    "`--enrolling --told DATE`",
                ]
            ),
        )
    return Basis(party, found.consents)


def _by_reason(missing: Sequence[str]) -> Iterator[str]:
    """Give what is missing once each, with the parts of the file for which it is, or without where it is for all."""
    parts: dict[str, list[str]] = {}
    for each in missing:
        part, _, reason = each.removeprefix("for ").partition(": ")
        parts.setdefault(reason, []).append(part)
    for reason, named in parts.items():
        yield reason if len(named) == len(SECTIONS) else f"{reason}, for {', '.join(named)}"


def documents(store: Store, file: StudentFile, basis: Basis, on: dt.date) -> dict[str, Ground]:
    """Return for each document of the file, by key, on what it goes along, or what keeps it from the other school.

    By law an open document goes with the file; consents to the file cover one where they name documents among its
    parts. A confidential one needs its custodian and those whom it affects in any case (policy: P36).
    """
    by_law = basis.told_on is not None
    keys = [f"{year.id}/{each.id}" for year in file.years for each in year.documents]
    return {key: ground(store, file, basis.party, Choice((), (), (key,)), on, by_law=by_law) for key in keys}


def find_leaving(
    context: Context, git: Plumbing, store: Store, file: StudentFile, going: frozenset[str], *, seen: bool
) -> Leaving:
    """Return what goes; raises `Refused` where entries of today name another student and nobody has looked at them.

    Raises `WrongUse` where the file is not saved as it stands: only what was saved goes.
    """
    prefix = git.prefix()
    _make_sure_saved(context, git, prefix, file)
    folder = f"students/{file.id}/"
    own = [entry.path.removeprefix(folder) for entry in context.tree.entries() if student_of(entry.path) == file.id]
    boundary = Boundary(
        student=file.student,
        folder=file.id,
        documents=going,
        others=Names(_others(context, store, file), _own(file)),
        people=dict(_people(file)),
        reads=without_spelling,
        seen=frozenset(own) if seen else frozenset(),
    )
    found = leaving(git, prefix, boundary)
    naming = [f"{folder}{each.path}" for each in found.stays if each.why == NAMES_ANOTHER]
    if naming:
        raise Refused(
            "another student is named in this file",
            "\n".join(
                [
                    "look at these, and take out what is about somebody else:",
                    *naming,
                    "where it may stay (a brother, a namesake), `--names-seen` says that you have looked",
                ]
            ),
        )
    return found


def _make_sure_saved(context: Context, git: Plumbing, prefix: str, file: StudentFile) -> None:
    if git.head() is None:
        raise WrongUse(
            "nothing has been saved here yet, so there is no history to hand over", "`sep save` saves the records"
        )
    saved = listed(git, "HEAD", f"{prefix}students/{file.id}")
    there = {}
    for entry in context.tree.entries():
        if student_of(entry.path) == file.id:
            there[entry.path.removeprefix(f"students/{file.id}/")] = entry.path
    changed = sorted(set(there) ^ {path for path in saved if not any(p.startswith(".") for p in path.split("/"))})
    for path, whole in there.items():
        if path in saved and git.blob(saved[path][1]).replace(b"\r\n", b"\n") != _read(context, whole):
            changed.append(path)
    # What this command itself has written down about an earlier package need not go along.
    changed = [each for each in changed if not each.startswith("disclosures/")]
    if changed:
        raise WrongUse(
            f"the file of {file.student.name} is not saved as it stands, and only what was saved goes",
            "\n".join(["`sep save` saves these:", *(f"students/{file.id}/{each}" for each in sorted(changed))]),
        )


def _read(context: Context, path: str) -> bytes:
    try:
        return context.tree.read(path).replace(b"\r\n", b"\n")
    except OSError:
        return b""


def _others(context: Context, store: Store, file: StudentFile) -> Iterator[str]:
    """Give all by which other students of the school and their families are known: names, numbers, ids."""
    for each in store.students:
        if each.id != file.id:
            yield from (*names(each), each.id, each.student.participant, each.student.student_number)
            yield from (one.name for one in each.participants if is_family(one))
    for entries in store.strays.values():
        yield from (name for each in entries if each.role == "student" for name in (each.name, each.id))
    folders = {student_of(entry.path) for entry in context.tree.entries()} - {"", file.id}
    yield from folders


def _own(file: StudentFile) -> Iterator[str]:
    """Give all by which people of this file are known: a brother can have his father's name."""
    yield from (*names(file), file.id, file.student.participant, file.student.student_number)
    for each in file.participants:
        yield from (each.name, each.id)


def _people(file: StudentFile) -> Iterator[tuple[str, tuple[str, str]]]:
    for each in file.participants:
        who = (each.name, each.email or NOBODY[1])
        yield plain(each.name), who
        if each.email:
            yield each.email.casefold(), who


def _id(to: str) -> str:
    return "-".join(plain(to).split())[:60].strip("-") or "school"
