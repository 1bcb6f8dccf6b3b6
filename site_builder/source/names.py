"""The names of a store's files and folders, and what kind of thing stands under each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Related, Span
from site_builder.source.characters import named
from site_builder.source.file_codes import (
    BAD_NAME,
    HARD_LINK,
    LINK,
    RESERVED_NAME,
    SAME_NAME,
    SPECIAL_FILE,
    STRAY_FILE,
)
from site_builder.source.ids import ID, LONGEST, RESERVED, good_name
from site_builder.source.layout import attachment_owner, locate
from site_builder.source.nearest import Nearest
from site_builder.source.positions import shown
from site_builder.source.tree import Entry, EntryKind

_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
_LEFT_ALONE = frozenset(("README", "README.md", "README.txt", "Thumbs.db", "desktop.ini"))


def check_names(entries: Iterable[Entry]) -> tuple[Diagnostic, ...]:
    """Return the findings about the names and kinds of `entries`, in their order; no file is opened."""
    every = tuple(entries)
    nearest = Nearest(entry.path for entry in every)
    findings: list[Diagnostic] = []
    taken: dict[tuple[str, str], str] = {}
    seen: set[str] = set()
    for entry in every:
        parts = entry.path.split("/")
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            if path in seen:
                continue
            seen.add(path)
            findings.extend(_name(path, is_file=depth == len(parts)))
            first = taken.setdefault(("/".join(parts[: depth - 1]), _folded(parts[depth - 1])), path)
            if first != path:
                findings.append(_same(path, first))
        findings.extend(_kind(entry) or _place(entry, nearest))
    return tuple(findings)


def portable(path: str) -> bool:
    """Tell whether every system can hold a file at the relative `path`, and no part of it hides or leads elsewhere."""
    return all(
        part.isprintable()
        and not part.startswith(".")
        and not part.endswith((".", " "))
        and not _FORBIDDEN.search(part)
        and not RESERVED.fullmatch(part)
        and 0 < len(part.encode()) <= 255
        for part in path.split("/")
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _name(path: str, *, is_file: bool) -> Iterator[Diagnostic]:
    name = path.rpartition("/")[2]
    attachment = is_file and attachment_owner(path) is not None
    if RESERVED.fullmatch(name):
        sentence = f"Windows keeps the name {shown(name)} for itself"
        yield _at(RESERVED_NAME, path, sentence, "Choose another name, such as one with a second word")
    elif attachment:
        yield from _attachment_name(path, name)
    elif not is_file or (name not in _LEFT_ALONE and locate(path) is not None):
        stem, dot, suffix = name.rpartition(".") if is_file and "." in name else (name, "", "")
        if not ID.fullmatch(stem):
            kind = "file" if is_file else "folder"
            yield _at(
                BAD_NAME,
                path,
                f"{shown(name)} cannot be the name of a {kind}: {_fault(stem)}",
                *_better(stem, dot, suffix),
            )


def _better(stem: str, dot: str, suffix: str) -> tuple[str, ...]:
    better = good_name(stem)
    if not better:
        return ("Use small letters a-z, digits and hyphens, at least two of them",)
    return (f"Rename it to `{better}{dot}{suffix.lower()}`",)


def _fault(stem: str) -> str:
    if len(stem) < 2 and stem.isascii():
        return "it is shorter than two letters"
    if re.fullmatch(r"[a-z0-9-]+", stem):
        return "it begins with a hyphen" if stem.startswith("-") else f"it has more than {LONGEST} letters"
    faults = (
        ("capital letters", any(sign.isupper() for sign in stem)),
        ("spaces", " " in stem),
        (
            "letters other than a-z",
            any(sign.isalpha() and not sign.isascii() for sign in unicodedata.normalize("NFC", stem)),
        ),
        ("signs other than hyphens", bool(re.search(r"[^\w\s-]|_", stem)) or not all(map(str.isprintable, stem))),
    )
    *rest, last = [words for words, holds in faults if holds] or ["signs that cannot be seen"]
    return f"it holds {', '.join(rest)} and {last}" if rest else f"it holds {last}"


def _attachment_name(path: str, name: str) -> Iterator[Diagnostic]:
    good = "".join(sign if _may_stand(sign) else "-" for sign in name)
    good = re.sub(r" *-[- ]+| +-", "-", good).lstrip(".- ").rstrip(". ")
    good = re.sub(r"-+(?=\.[^.]*$)", "", good)
    if good == name or (all(map(_may_stand, name)) and name[0] not in ". " and name[-1] not in ". "):
        return
    bad = [sign for sign in name if not _may_stand(sign)]
    sign = (shown(bad[0]) if bad[0].isprintable() else f"an invisible sign ({named(bad[0])})") if bad else ""
    fault = f"{sign} cannot stand in it" if bad else "it begins or ends with a point or a space"
    help = f"Rename it to `{good}`, here and in the description beside it" if good else "Give it a name of letters"
    yield _at(BAD_NAME, path, f"{shown(name)} cannot be the name of a document: {fault}", help)


def _may_stand(sign: str) -> bool:
    return sign in " .-_" or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"


def _same(path: str, first: str) -> Diagnostic:
    name, other = path.rpartition("/")[2], first.rpartition("/")[2]
    if unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other):
        sentence = f"{shown(name)} stands here twice, its accents stored in two ways"
    else:
        sentence = f"{shown(name)} and {shown(other)} are one name on Windows and macOS"
    related = (Related(Span.whole_file(first), "the other one"),)
    return SAME_NAME.at(
        Span.whole_file(path), sentence, "Rename one of the two, or delete the older one", related=related
    )


def _kind(entry: Entry) -> tuple[Diagnostic, ...]:
    match entry.kind:
        case EntryKind.FILE:
            return ()
        case EntryKind.LINK:
            help = "Delete the link, and put a copy of the file here"
            return (
                _at(LINK, entry.path, "this is a link to another place, so the student's file is not complete", help),
            )
        case EntryKind.HARD_LINK:
            help = "Copy the file to a new name, delete this one, and rename the copy"
            return (_at(HARD_LINK, entry.path, "this file also stands elsewhere under another name", help),)
        case EntryKind.SPECIAL:
            help = "Move it out of the store; if it is a folder, ask whoever keeps it for the right to open it"
            return (_at(SPECIAL_FILE, entry.path, "this is neither a file nor a folder that can be opened", help),)


def _place(entry: Entry, nearest: Nearest) -> tuple[Diagnostic, ...]:
    name = entry.path.rpartition("/")[2]
    known = locate(entry.path) is not None or attachment_owner(entry.path) is not None
    if known or name in _LEFT_ALONE or name.startswith("."):
        return ()
    meant = nearest.to(entry.path)
    help = f"Did you mean `{meant}`?" if meant else "Move it to the folder where it belongs, or out of the store"
    return (_at(STRAY_FILE, entry.path, "no record belongs at this place, so nobody reads this file", help),)


def _at(code: Code, path: str, sentence: str, *help: str) -> Diagnostic:
    return code.at(Span.whole_file(path), sentence, *help)
