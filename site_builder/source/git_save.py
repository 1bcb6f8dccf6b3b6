"""Saving files of a store as a commit, with everything off by which a repository's settings run programs.

`git add` and `git commit` would run filters and hooks that the repository names. Here the bytes go into the repository
as they are, on top of the last saved version, and nothing else that stands there unsaved goes along.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.errors import WrongUse
from site_builder.source.git import Plumbing, blob_id
from site_builder.source.git_apart import git_folder
from site_builder.source.git_locks import noted
from site_builder.source.layout import attachment_owner, locate
from site_builder.source.tree import EntryKind
from site_builder.source.working_tree import WorkingTree

_PLAIN_FILE = "100644"
_WHO = "git config --global user.name 'Your Name'\ngit config --global user.email you@school.example"
_NOT_GUESSED = {
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "user.useConfigOnly",
    "GIT_CONFIG_VALUE_0": "true",
}
"""Git must not make a name up out of that of the computer: a save says who was responsible for it."""
SETTINGS = (".gitattributes", ".gitignore", ".vscode/settings.json")
"""Settings that everybody's copy of a store has: of git and of the editor, in the store or at the top around it."""
_OWN_SIGNS = (b"merge=sep", b".vscode/sep/")
"""Words in settings that this program wrote; others are saved only where somebody has saved them before."""
_BESIDE = "sep-save-"
_LEFT_BEHIND = 3600
"""Seconds after which nobody is at work any more on what stands beside."""
_FEW = 40
_LARGEST_STREAM = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A file that differs from the last version: its present bytes (`None`: it is gone), and the id of what was saved.

    `saved` is `None` for a file that the last version does not hold.
    """

    path: str
    content: bytes | None
    saved: str | None


@dataclass(frozen=True, slots=True)
class Differing:
    """What a store holds beside its last version `on`: files to save, and paths that no save takes along.

    `strange` are files of which no record is known to stand at such a place, `unread` links and what cannot be read.
    """

    on: str | None
    files: tuple[Unsaved, ...]
    strange: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Saving:
    """Saves files of the store in `folder`; raises a `SepError` where no git repository holds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._git = Plumbing(folder)
        self._prefix = self._git.prefix()

    def keeps(self, path: str) -> bool:
        """Tell whether the last saved version holds the file at `path`, or nothing has been saved yet."""
        head = self._git.head()
        return head is None or self._saved(head, path) is not None

    def unsaved(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return which of these files (path in the store -> present bytes) differ from the last saved version."""
        head = self._git.head()
        if head is None:
            return ()
        saved = {path: self._saved(head, path) for path in files}
        return tuple(path for path, content in files.items() if _plain(content) != _plain(saved[path] or b"\0"))

    def differing(self, tree: WorkingTree, *, strange: bool = False) -> Differing:
        """Return what differs between the files of the store and its last version; line ends alone do not count.

        Files at places where no record is known are taken along where they were saved before, or with `strange`.
        """
        on = self._git.head()
        saved = self._ids(on)
        length = len(next(iter(saved.values()), on or ""))
        known = self._not_ignored()
        files: list[Unsaved] = []
        unread: list[str] = []
        left: list[str] = []
        there = set()
        for entry in tree.entries():
            there.add(entry.path)
            if entry.kind is not EntryKind.FILE:
                unread.append(entry.path)
                continue
            if entry.path not in saved:
                if entry.path not in known:
                    continue
                if not strange and locate(entry.path) is None and attachment_owner(entry.path) is None:
                    left.append(entry.path)
                    continue
            try:
                content = tree.whole(entry.path)
            except OSError:
                unread.append(entry.path)
                continue
            if saved.get(entry.path) not in {blob_id(each, length) for each in _forms(entry.path, content)}:
                files.append(Unsaved(entry.path, content, saved.get(entry.path)))
        behind = tuple(f"{each}/" for each in unread)
        gone = set(saved) - there
        absent = self._left_out() if gone else frozenset()
        files += [Unsaved(path, None, saved[path]) for path in gone - absent if not path.startswith(behind)]
        return Differing(on, tuple(sorted(files, key=lambda each: each.path)), tuple(left), tuple(unread))

    def settings(self) -> tuple[Unsaved, ...]:
        """Return the settings that differ from the last version; a path with `/` before it begins at the top.

        Somebody's own, which neither this program wrote nor anybody saved before, are not among them.
        """
        head = self._git.head()
        top = WorkingTree(self._top())
        found = []
        for path in self._places_of_settings():
            try:
                content = top.whole(path)
            except OSError:  # there are none, or a link stands there
                continue
            before = self._id(head, path)
            forms = {blob_id(each, len(before or "")) for each in _forms(path, content)} if before else set()
            if (before or self._is_own(path, content)) and before not in forms:
                found.append(Unsaved(f"/{path}", content, before))
        return tuple(found)

    def settings_gone(self) -> tuple[Unsaved, ...]:
        """Return the settings of the last version that stand here no longer; their paths are as in `settings`.

        Those that this copy of the store leaves out on purpose are not among them.
        """
        head = self._git.head()
        left_out = self._tagged("ls-files", "-t", "--full-name", "-z", ":(top)", tag=b"S ")
        found = []
        for path in self._places_of_settings():
            before = self._id(head, path)
            if before and not os.path.lexists(self._top() / path) and path not in left_out:
                found.append(Unsaved(f"/{path}", None, before))
        return tuple(found)

    def _top(self) -> Path:
        """Return the folder in which the repository begins; the store may lie deeper in it."""
        return self._folder.joinpath(*[".."] * self._prefix.count("/"))

    def _places_of_settings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(where + name for where in ("", self._prefix) for name in SETTINGS))

    def _id(self, head: str | None, path: str) -> str | None:
        lines = self._git.run("ls-tree", "-z", "--full-tree", head, "--", path) if head is not None else b""
        about = lines.partition(b"\t")[0].split()
        return about[2].decode("ascii") if len(about) == 3 and about[0].startswith(b"100") else None

    def _is_own(self, path: str, content: bytes) -> bool:
        where = f":(top,literal){path}"
        return any(each in content for each in _OWN_SIGNS) and bool(
            self._git.run("ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", where)
        )

    def on_a_line(self) -> bool:
        """Tell whether saves go onto a line that has a name, and not onto an earlier version that was looked up."""
        try:
            return bool(self._git.run("symbolic-ref", "--quiet", "HEAD").strip())
        except WrongUse:
            return False

    def identity(self) -> None:
        """Make sure that git knows who saves; raises `WrongUse` else."""
        try:
            self._git.run("var", "GIT_AUTHOR_IDENT", **_NOT_GUESSED)
        except WrongUse as error:
            raise WrongUse(
                "git does not know yet who you are, so nothing can be saved", f"tell it once:\n{_WHO}"
            ) from error

    def save(
        self,
        files: Mapping[str, bytes | None],
        message: str,
        *,
        on: str | None = None,
        joined: Sequence[str] = (),
        by: str = "sep propose",
    ) -> str:
        """Save `files` on top of the last version and return the new version's id; `message` names ids alone.

        A file of which there is nothing goes. `on` is the version that these files were held against, and `joined` are
        the lines of saves that this one brings together with it. Raises `WrongUse` where somebody saved meanwhile.
        """
        with noted(self._git):
            return self._save(files, message, on, joined, by)

    def _save(
        self, files: Mapping[str, bytes | None], message: str, on: str | None, joined: Sequence[str], by: str
    ) -> str:
        head = self._git.head()
        if on is not None and on != head:
            raise _meanwhile()
        ids = self._ids(head)
        files = {
            path: content if content is None else self.as_saved(path, content, ids.get(path))
            for path, content in files.items()
        }
        self.stage(files)
        lines = self._lines(files)
        with self._beside() as folder:
            beside = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            if joined:
                beside = {}  # what was joined stands among the files of git's next save
            elif head is not None:
                self._git.run("read-tree", head, **beside)
            self._git.feed(lines, "update-index", "-z", "--index-info", **beside)
            tree = self._git.run("write-tree", "--missing-ok", **beside).decode("ascii").strip()
        parents = [word for each in ([head] if head else []) + list(joined) for word in ("-p", each)]
        made = self._git.feed(message.encode(), "commit-tree", tree, *parents).decode("ascii").strip()
        try:
            self._git.run("update-ref", "-m", by, "HEAD", made, head or "0" * len(made))
        except WrongUse as error:
            if self._git.head() == head:  # another program holds git's lock
                raise
            raise _meanwhile() from error
        return made

    def stage(self, files: Mapping[str, bytes | None]) -> None:
        """Put these files among those of git's next save, and take out those of which there is nothing.

        This comes before the save itself: one that is stopped between the two leaves what `git add` would.
        """
        self._write([content for content in files.values() if content is not None])
        self._git.feed(self._lines(files), "update-index", "-z", "--index-info")

    def as_saved(self, path: str, content: bytes, saved: str | None) -> bytes:
        """Return the bytes to save: a record with the line ends that its last version has, else those of all computers.

        Windows editors may write others; the words are the same.
        """
        if not _is_text(path) or b"\r\n" not in content:
            return content
        try:
            before = self._git.blob(saved) if saved is not None else b""
        except OSError:  # this copy of the repository lacks it
            before = b""
        return content if b"\r\n" in before else _plain(content)

    @contextmanager
    def _beside(self) -> Iterator[str]:
        """Give a folder in the repository's own; names of students' files stand in it, and a save may be killed."""
        with tempfile.TemporaryDirectory(prefix=_BESIDE, dir=git_folder(self._git)) as folder:
            own = Path(folder)
            for left in own.parent.glob(f"{_BESIDE}*"):
                with suppress(OSError):
                    if left.stat().st_mtime < own.stat().st_mtime - _LEFT_BEHIND:
                        shutil.rmtree(left)
            yield folder

    def _lines(self, files: Mapping[str, bytes | None]) -> bytes:
        """Return these files as `update-index` reads them: mode, id and path from the top of the repository."""
        length = self._length()
        lines = b""
        for path, content in files.items():
            place = path[1:] if path.startswith("/") else self._prefix + path
            name = place.encode("utf-8", "surrogateescape")
            what = f"0 {'0' * length}" if content is None else f"{_PLAIN_FILE} {blob_id(content, length)}"
            lines += what.encode("ascii") + b"\t" + name + b"\0"
        return lines

    def _write(self, contents: Sequence[bytes]) -> None:
        """Put contents into the repository as they are; many of them in one go."""
        if len(contents) <= _FEW:
            for each in contents:
                self._git.write(each)
            return
        stream = bytearray()
        for each in contents:
            stream += b"blob\ndata %d\n" % len(each) + each + b"\n"
            if len(stream) > _LARGEST_STREAM:
                self._git.feed(bytes(stream), "fast-import", "--quiet")
                stream.clear()
        if stream:
            self._git.feed(bytes(stream), "fast-import", "--quiet")

    def _length(self) -> int:
        head = self._git.head()
        if head is not None:
            return len(head)
        return 64 if self._git.run("rev-parse", "--show-object-format").strip() == b"sha256" else 40

    def _ids(self, head: str | None) -> dict[str, str]:
        """Return the ids of the store's plain files in the last version, hidden ones left out."""
        if head is None:
            return {}
        try:
            lines = self._git.tree(head, self._prefix).split(b"\0")
        except WrongUse:  # the last version is older than the store's folder
            return {}
        found = {}
        for line in lines:
            about, _, name = line.partition(b"\t")
            path = name.decode("utf-8", "surrogateescape")
            if about.startswith(b"100") and not any(part.startswith(".") for part in path.split("/")):
                found[path] = about.split()[2].decode("ascii")
        return found

    def _not_ignored(self) -> frozenset[str]:
        """Return the paths in the store of which git has not been told to leave them alone."""
        return self._names("ls-files", "--cached", "--others", "--exclude-standard", "--full-name", "-z", ".")

    def _left_out(self) -> frozenset[str]:
        """Return the files that this copy of the store does not hold on purpose (a part of it was checked out)."""
        return self._names("ls-files", "-t", "--full-name", "-z", ".", tag=b"S ")

    def _names(self, *command: str, tag: bytes = b"") -> frozenset[str]:
        return frozenset(each.removeprefix(self._prefix) for each in self._tagged(*command, tag=tag))

    def _tagged(self, *command: str, tag: bytes) -> frozenset[str]:
        lines = [each.removeprefix(tag) for each in self._git.run(*command).split(b"\0") if each.startswith(tag)]
        return frozenset(each.decode("utf-8", "surrogateescape") for each in lines if each)

    def _saved(self, head: str, path: str) -> bytes | None:
        """Return the bytes of a file in the last version, or nothing where it is not in it."""
        lines = self._git.run("ls-tree", "-z", "--full-tree", head, "--", self._prefix + path).split(b"\0")
        about = lines[0].partition(b"\t")[0].split()
        return self._git.blob(about[2].decode("ascii")) if len(about) == 3 and about[1] == b"blob" else None


def _meanwhile() -> WrongUse:
    return WrongUse(
        "somebody saved a version at the same time; the files are written, but not saved", "`sep save` saves them"
    )


def _is_text(path: str) -> bool:
    return path.endswith((".yaml", ".md", *SETTINGS))


def _forms(path: str, content: bytes) -> tuple[bytes, ...]:
    """Return a file as it is and, for a record, with the line ends of other computers."""
    if not _is_text(path) or b"\n" not in content:
        return (content,)
    plain = _plain(content)
    return (content, plain, plain.replace(b"\n", b"\r\n"))


def _plain(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
