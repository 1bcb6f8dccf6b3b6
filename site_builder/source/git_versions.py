"""Saved versions of one folder: read with their authors and days, and written anew into a repository.

Reading asks for nothing but commits, trees and files; writing goes through `git fast-import`, which runs no program
that a repository names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.base.errors import WrongUse
from site_builder.source.git import Plumbing

NOBODY = ("School staff", "staff@sep.invalid")
"""The name and the address that stand for an author who is not to be named."""

PLAIN = "100644"
"""The mode of a plain file."""

_AT = re.compile(r"-?[0-9]{1,15} [+-][0-9]{4}")
_PLAIN_FILES = (b"100644", b"100755", b"100664")


@dataclass(frozen=True, slots=True)
class Version:
    """A saved version of a folder: its files by path in the folder, who saved it, and when.

    `parents` are places in the sequence of versions that holds this one, each before it. `at` is as git writes it:
    seconds since 1970 and the time zone.
    """

    parents: tuple[int, ...]
    files: Mapping[str, bytes] = field(repr=False)
    author: str
    email: str
    at: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A commit that changed something below the paths asked for; `parents` are those among such commits."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    at: str


def saved_below(git: Plumbing, paths: Sequence[str] = ()) -> tuple[Saved, ...]:
    """Return the versions that changed something below `paths` (from the top of the repository), the oldest first.

    Lines of work that were brought together stay apart; what did not change the paths is left out. Without `paths`
    every version is returned.
    """
    output = git.run(
        "rev-list",
        "--topo-order",
        "--reverse",
        "--full-history",
        "--simplify-merges",
        "--parents",
        "--encoding=UTF-8",
        "--date=raw",
        "--format=%aN%x00%aE%x00%ad",
        "HEAD",
        *(("--", *(f":(top,literal){path}" for path in paths)) if paths else ()),
    ).decode("utf-8", "replace")
    lines = output.split("\n")
    found = []
    for head, about in zip(lines[::2], lines[1::2], strict=False):
        _, commit, *parents = head.split(" ")
        author, email, at = (*about.split("\0"), "", "", "")[:3]
        found.append(Saved(commit, tuple(parents), author, email, at if _AT.fullmatch(at) else "0 +0000"))
    return tuple(found)


def listed(git: Plumbing, commit: str, folder: str = "") -> dict[str, tuple[str, str]]:
    """Return mode and object id of every entry below `folder` (from the top, without `/` at its end) at a commit.

    The mode of every plain file is `100644`. A name that is not UTF-8 is one that cannot be printed.
    """
    found = {}
    where = ("--", f"{folder}/") if folder else ()
    output = git.run("ls-tree", "-r", "-z", "--full-tree", commit, *where)
    for line in output.split(b"\0"):
        about, _, name = line.partition(b"\t")
        parts = about.split()
        path = name.decode("utf-8", "surrogateescape").removeprefix(f"{folder}/" if folder else "")
        if len(parts) == 3:
            mode = PLAIN if parts[0] in _PLAIN_FILES else parts[0].decode("ascii")
            found[path] = (mode, parts[2].decode("ascii"))
    return found


def changed_at(git: Plumbing, pattern: str, *tips: str) -> frozenset[tuple[str, str]]:
    """Return path and object of every file that any version made or changed and whose path fits `pattern`.

    In `pattern`, from the top of the repository, `*` stands for any name, `**` for any way down. `tips` are the
    versions to begin with, such as `--all` for every name there is; the last version if left out.
    """
    where = f":(top,glob){pattern}"
    commits = git.run("rev-list", "--full-history", *(tips or ("HEAD",)), "--", where)
    output = git.feed(
        commits, "diff-tree", "--stdin", "-r", "-m", "-z", "--root", "--raw", "--no-commit-id", "--no-abbrev",
        "--no-renames", "--no-ext-diff", "--no-textconv", "--diff-filter=AM", "--", where,
    ).split(b"\0")  # fmt: skip
    return frozenset(
        (path.decode("utf-8", "surrogateescape"), about.split()[3].decode("ascii"))
        for about, path in zip(output[::2], output[1::2], strict=False)
    )


def without_idle(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return the versions without those that hold nothing, or that differ in nothing from the one before them.

    A version that brings lines of work together stays where more than one of them is left.
    """
    kept: list[Version] = []
    place: dict[int, int | None] = {}
    before: list[frozenset[int]] = []
    for number, each in enumerate(versions):
        parents = tuple(dict.fromkeys(found for old in each.parents if (found := place[old]) is not None))
        parents = tuple(one for one in parents if not any(one in before[other] for other in parents if other != one))
        if not each.files and not parents:
            place[number] = None
        elif len(parents) == 1 and kept[parents[0]].files == each.files:
            place[number] = parents[0]
        else:
            place[number] = len(kept)
            kept.append(
                Version(parents, each.files, author=each.author, email=each.email, at=each.at, message=each.message)
            )
            before.append(frozenset(parents).union(*(before[one] for one in parents)))
    return tuple(kept)


def write_versions(git: Plumbing, versions: Sequence[Version], ref: str, below: str = "") -> str:
    """Write the versions as commits that hold nothing else, let `ref` name the last, and return its id.

    `below` is the folder in which their files stand, with `/` at the end. The same versions give the same ids.
    """
    git.feed(b"".join(_stream(versions, ref, below)), "fast-import", "--quiet", "--done", "--force")
    return git.run("rev-parse", "--verify", ref).decode("ascii").strip()


def _stream(versions: Sequence[Version], ref: str, below: str) -> Iterator[bytes]:
    yield b"feature done\n"
    marks: dict[bytes, int] = {}
    first = 1_000_000_000  # marks of commits, beyond those of files
    for number, each in enumerate(versions):
        for content in each.files.values():
            if content not in marks:
                marks[content] = len(marks) + 1
                yield b"blob\nmark :%d\n" % marks[content] + _data(content)
        who = f"{_name(each.author)} <{_name(each.email)}> {each.at}".encode()
        yield b"reset %s\n" % ref.encode() if not each.parents and number else b""
        yield b"commit %s\nmark :%d\n" % (ref.encode(), first + number)
        yield b"author " + who + b"\ncommitter " + who + b"\n" + _data(each.message.encode())
        for position, parent in enumerate(each.parents):
            yield b"%s :%d\n" % (b"merge" if position else b"from", first + parent)
        yield b"deleteall\n"
        for path, content in sorted(each.files.items()):
            yield b"M 100644 :%d %s\n" % (marks[content], _quoted(below + path))
        yield b"\n"
    yield b"done\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"


def _name(text: str) -> str:
    return " ".join("".join(each for each in text if each.isprintable() and each not in "<>").split())


def _quoted(path: str) -> bytes:
    if not path.isprintable():
        raise WrongUse(f"{path!r} cannot be the name of a file", "give the file another name")
    return b'"' + path.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'
