"""Writing into a store: all or nothing as far as can be foreseen, nothing overwritten, and read back afterwards."""

from __future__ import annotations

import difflib
import errno
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import click

from site_builder.base.diagnostics import Severity
from site_builder.base.disk import reason
from site_builder.base.errors import MissingTool, WrongUse
from site_builder.check.checker import check_store
from site_builder.cli.console import visible
from site_builder.cli.context import Context
from site_builder.cli.reporters.full import described
from site_builder.cli.reporters.sources import Sources
from site_builder.source.document import Document
from site_builder.source.tree import Entry, EntryKind, SourceTree

_BOM = b"\xef\xbb\xbf"
_WEIGHT = {Severity.ADVICE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it is to be: a new one, or, where `before` holds its present bytes, an edited one."""

    path: str
    text: str
    before: bytes | None = None

    @classmethod
    def of(cls, tree: SourceTree, document: Document, text: str) -> Change:
        """Return the change of `document` to `text`."""
        return cls(document.path, text, tree.read(document.path))

    @property
    def content(self) -> bytes:
        """Return the bytes to write; an edited file keeps its byte order mark and its line ends."""
        content = self.text.encode()
        if self.before is None:
            return content
        if b"\r\n" in self.before:
            content = content.replace(b"\n", b"\r\n")
        return _BOM + content if self.before.startswith(_BOM) else content

    def shown(self) -> str:
        """Return the new text, or the lines that change."""
        if self.before is None:
            return self.text
        old = self.before.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        lines = difflib.unified_diff(old.splitlines(keepends=True), self.text.splitlines(keepends=True), n=2)
        return "".join(line if line.endswith("\n") else line + "\n" for line in list(lines)[2:])


@dataclass(frozen=True, slots=True)
class Exact:
    """A file as it is to be, byte for byte; `before` as in a `Change`. Without `content` the file goes."""

    path: str
    content: bytes | None
    before: bytes | None = None

    def shown(self) -> str:
        """Return what can be said of bytes."""
        return f"({len(self.content or b''):,} bytes, as they are)\n"


@dataclass(frozen=True, slots=True)
class Overlay:
    """A store as it would be with some changes made; a path without content is that of a file which goes."""

    below: SourceTree
    changes: Mapping[str, bytes | None]

    @property
    def version(self) -> str:
        """Return an empty text: it is no commit."""
        return ""

    def entries(self) -> tuple[Entry, ...]:
        """Return the entries of both, in order of path."""
        kept = [each for each in self.below.entries() if each.path not in self.changes]
        laid = [
            Entry(path, EntryKind.FILE, len(content)) for path, content in self.changes.items() if content is not None
        ]
        return tuple(sorted([*kept, *laid], key=lambda each: each.path))

    def read(self, path: str) -> bytes:
        """Return the bytes of the file at `path` as it would be."""
        if path not in self.changes:
            return self.below.read(path)
        content = self.changes[path]
        if content is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return content


def carry_out(
    context: Context, changes: Sequence[Change | Exact], *, dry_run: bool, least: Severity = Severity.WARNING
) -> None:
    """Write the changes (or print them with `dry_run`), read the store back, and show what is found in them.

    Of what is found, that of the severity `least` or more is shown, the rest with `-v`.
    Ends the program with exit code 1 where a written file has errors. Raises `WrongUse` before anything is written
    where a file already stands or has been changed meanwhile.
    """
    if dry_run:
        for change in changes:
            context.put(click.style(f"# {change.path}", bold=True))
            context.put(visible_lines(change.shown()))
    else:
        write(context.store, changes)
        for change in changes:
            context.put(f"{'wrote' if change.before is None else 'added to'} {change.path}")
    tree: SourceTree = context.tree
    if dry_run:
        tree = Overlay(tree, {each.path: each.content for each in changes})
    paths = {each.path for each in changes}
    findings = [each for each in check_store(tree, context.today).findings if each.span.file in paths]
    sources = Sources(tree)
    for finding in findings:
        if _WEIGHT[finding.severity] < _WEIGHT[least]:
            context.detail("\n" + described(finding, sources))
        else:
            context.say("\n" + described(finding, sources))
    if any(each.severity is Severity.ERROR for each in findings):
        click.get_current_context().exit(1)


def visible_lines(text: str) -> str:
    """Return `text` with control characters written out, its lines kept."""
    return "\n".join(visible(each) for each in text.split("\n"))


def write(root: Path, changes: Sequence[Change | Exact]) -> None:
    """Write the changes below `root`, after making sure that each can be made; raises `WrongUse` else.

    Raises `MissingTool` where the disk does not take one.
    """
    for change in changes:
        _make_sure(root, change)
    for number, change in enumerate(changes):
        try:
            _write_one(root / PurePosixPath(change.path), change)
        except OSError as fault:
            done = "\n".join(each.path for each in changes[:number])
            raise MissingTool(
                f"`{change.path}` cannot be written: {reason(fault)}",
                f"these have been written before it:\n{done}"
                if done
                else "nothing was written; see to that, then start again",
            ) from fault


def _make_sure(root: Path, change: Change | Exact) -> None:
    target = root / PurePosixPath(change.path)
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise WrongUse(
            f"the folder of `{change.path}` is a link that leads out of the store", "put a real folder there"
        )
    if change.before is None:
        if os.path.lexists(target):
            raise WrongUse(f"`{change.path}` stands already, and nothing is ever overwritten", "edit that file by hand")
    elif target.is_symlink() or not target.is_file() or target.read_bytes() != change.before:
        raise WrongUse(f"`{change.path}` was changed by somebody meanwhile", "call the command again")


def _write_one(target: Path, change: Change | Exact) -> None:
    """Put the new file in its place whole or not at all, also when the program is killed meanwhile.

    It is first written beside its place, under a hidden name that the next call takes again.
    """
    if change.content is None:
        target.unlink(missing_ok=True)
        return
    if change.before is None:
        target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.unlink(missing_ok=True)
    try:
        with beside.open("xb") as stream:
            stream.write(change.content)
        if change.before is None:
            _move_to_free_place(beside, target)
        else:
            beside.chmod(target.stat().st_mode & 0o7777)
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _move_to_free_place(beside: Path, target: Path) -> None:
    """Give the file its name unless a file has it by now; raises `FileExistsError` then."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:
        # Some drives know no second name for a file.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        beside.rename(target)
