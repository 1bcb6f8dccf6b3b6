"""What `sep release` is asked for: to whom, which years, sections and documents (policy: P35)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from site_builder.access.release import Choice, in_order, third_parties
from site_builder.access.view_release import SECTIONS
from site_builder.base.errors import Refused, WrongUse
from site_builder.base.plain import plain
from site_builder.model.identity import folded
from site_builder.model.records import ThirdParty
from site_builder.model.store import StudentFile

ALL = "all"


def package_name(file: StudentFile, record: str) -> str:
    """Return the name of the package that the disclosure with the id `record` tells of."""
    return f"{file.id}-{record}"


def find_party(file: StudentFile, text: str) -> ThirdParty:
    """Return the third party whom `text` means, as the consents name them.

    Raises `WrongUse` for somebody of the plan, and `Refused` where no consent names such a third party.
    """
    for each in file.participants:
        if folded(text) in (folded(each.id), folded(each.name)):
            raise WrongUse(
                f"{each.name} takes part in this plan, and needs no release",
                f"`sep binder {file.id} --for {each.id}` makes their copy",
            )
    known = third_parties(file)
    exact = [each for each in known if folded(text) in (folded(each.id), folded(each.name))]
    if exact:
        return exact[0]
    said = set(plain(text).split())
    found = [each for each in known if said and said <= set(plain(each.name).split())]
    if len(found) == 1:
        return found[0]
    listed = "\n".join(f"{each.name} - {each.id}" for each in found or known)
    if found:
        raise WrongUse(f"{len(found)} third parties fit `{text}`", f"name one in full, or by the id:\n{listed}")
    named = f"\nconsents of this file name:\n{listed}" if listed else ""
    raise Refused(
        f"no consent in the file of {file.student.name} names `{text}`",
        f'`sep consent {file.id} file --third-party "{text}" --signer ...` records those of student and parents{named}',
    )


def find_choice(
    file: StudentFile, current: str, years: Sequence[str], sections: Sequence[str], documents: Sequence[str]
) -> Choice:
    """Return what is to be given; raises `WrongUse` where it is nothing, or where something does not exist."""
    chosen = _words(sections)
    wanted = _words(documents)
    if not chosen and not wanted:
        raise WrongUse(
            "what is to be given is missing",
            f"`--sections` names parts of the file ({', '.join(SECTIONS)}, or {ALL}), `--documents` documents",
        )
    for each in chosen:
        if each not in (*SECTIONS, ALL):
            near = difflib.get_close_matches(each, SECTIONS, n=1)
            hint = f"did you mean `{near[0]}`?\n" if near else ""
            raise WrongUse(f"there is no section `{each}`", f"{hint}there are: {', '.join(SECTIONS)}, {ALL}")
    there = [each.id for each in file.years]
    for each in years:
        if each not in there:
            raise WrongUse(f"the file has no year `{each}`", f"it has: {', '.join(there)}")
    usual = [current] if current in there else there[-1:]
    return Choice(
        years=tuple(sorted(years or usual)),
        sections=in_order(SECTIONS if ALL in chosen else chosen),
        documents=tuple(dict.fromkeys(find_document(file, each) for each in wanted)),
    )


def titles(file: StudentFile, choice: Choice) -> list[str]:
    """Return the titles of the chosen documents, with their keys."""
    by_key = {f"{year.id}/{each.id}": each.title for year in file.years for each in year.documents}
    return [f"{by_key[key]} ({key})" for key in choice.documents]


def find_document(file: StudentFile, text: str) -> str:
    """Return the key (`2026-27/psych-letter`) of the one document that `text` means; raises `WrongUse` else."""
    every = [(year.id, each) for year in reversed(file.years) for each in year.documents]
    keys = {f"{year}/{each.id}": each.title for year, each in every}
    found = [
        key
        for (year, each), key in zip(every, keys, strict=True)
        if text in (key, each.id, each.file) or plain(text) == plain(each.title)
    ]
    if len(found) == 1:
        return found[0]
    listed = "\n".join(f"{key} - {keys[key]}" for key in found or keys) or "it holds none"
    if found:
        raise WrongUse(f"{len(found)} documents fit `{text}`", f"name one by year and id:\n{listed}")
    raise WrongUse(f"there is no document `{text}` in the file of {file.student.name}", f"there are:\n{listed}")


def _words(given: Sequence[str]) -> list[str]:
    """Return what was given, once each; several can stand in one option, with commas."""
    return list(dict.fromkeys(word.strip() for each in given for word in each.split(",") if word.strip()))
