"""Taking something out of every saved version of a repository: a backup, the rewriting, and a look at what is left.

Each step can be done twice: whatever is interrupted, doing all of them again ends as if nothing had been.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from site_builder.base.errors import MissingTool, WrongUse
from site_builder.source.git import Plumbing
from site_builder.source.git_apart import git_folder

_LEFTOVERS = ("ORIG_HEAD", "FETCH_HEAD", "COMMIT_EDITMSG", "MERGE_MSG", "SQUASH_MSG", "AUTO_MERGE")
_FOLDERS = ("filter-repo", "rr-cache", "lost-found", "objects/info/commit-graphs")
_STASHES = "refs/sep/stash/"
_REMOVED = "[taken out]"


class Rewriting:
    """The repository that holds the folder `store`; raises a `SepError` where there is none."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self.git = Plumbing(store)
        self.folder = git_folder(self.git)
        self.prefix = self.git.prefix()
        self.top = Path(self.git.run("rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))

    def make_sure_alone(self) -> None:
        """Raise `WrongUse` where versions also lie elsewhere, or not all of them here: not all would be gone then."""
        common = Path(self.git.run("rev-parse", "--git-common-dir").decode("utf-8", "surrogateescape").rstrip("\n"))
        worktrees = self.folder / "worktrees"
        if (self._store / common).resolve() != self.folder.resolve() or (
            worktrees.is_dir() and any(worktrees.iterdir())
        ):
            raise WrongUse(
                "several work folders share this history (`git worktree list`)",
                "save and remove the others, then start again in the one that is left",
            )
        if (self.folder / "shallow").exists():
            raise WrongUse(
                "this copy lacks the older versions, so nothing could be taken out of those",
                "do it in a copy that has all of them",
            )
        if self._is_partial():
            raise WrongUse(
                "this copy leaves older contents with another one and fetches them when they are asked for",
                "do it in a copy that has all of them: git clone without --filter",
            )
        if (self.folder / "objects/info/alternates").exists():
            raise WrongUse(
                "this repository borrows from another one (`objects/info/alternates`), where everything would stay",
                "do it in a full copy: git clone --no-local ...",
            )
        if self.git.run("diff-index", "--cached", "--name-only", "--no-ext-diff", "HEAD").strip():
            raise WrongUse(
                "something is marked to be saved and is not saved yet", "`sep save` saves it; then start again"
            )

    def _is_partial(self) -> bool:
        try:
            return bool(self.git.run("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"))
        except WrongUse:  # git says so when there is no such setting
            return False

    def remotes(self) -> tuple[str, ...]:
        """Return the names of other places with which versions are exchanged."""
        return tuple(self.git.run("remote").decode("utf-8", "replace").split())

    def refs(self) -> tuple[str, ...]:
        """Return every name that stands for a version: branches, tags, notes, stashes."""
        return tuple(self.git.run("for-each-ref", "--format=%(refname)").decode("utf-8", "replace").splitlines())

    def back_up(self, target: Path) -> None:
        """Write all versions, under all names, into the bundle `target`, readable by its owner alone.

        Raises `WrongUse` where something stands there and `MissingTool` where the disk does not take it.
        """
        for number, stash in enumerate(self._stashes()):
            self.git.run("update-ref", f"{_STASHES}{number}", stash)
        beside = target.with_name(f".{target.name}.new")
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.path.lexists(target):
                raise WrongUse(f"`{target}` stands already", "give another place with `--backup`")
            beside.unlink(missing_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                Plumbing(self.top).pour(stream, "bundle", "create", "--quiet", "-", "--all", "HEAD")
                stream.flush()
                os.fsync(stream.fileno())
            self.git.run("bundle", "verify", "--quiet", str(beside.resolve()))
            beside.rename(target)
        except OSError as fault:
            raise MissingTool(
                f"the backup cannot be written to `{target}`: {fault.strerror or 'the disk gave no reason'}",
                "name another place with `--backup`; nothing was changed",
            ) from fault
        finally:
            with contextlib.suppress(OSError):
                beside.unlink()
            for each in self.refs():
                if each.startswith(_STASHES):
                    self.git.run("update-ref", "-d", each)

    def rewrite(self, paths: Sequence[str], words: Collection[str], notes: Path, *, lines_too: bool = False) -> None:
        """Take `paths` (from the top; a folder ends in `/`) out of all versions, and `words` out of their messages.

        Messages of tags and of stashes count as such; with `lines_too` every line of one goes that holds a word.
        `notes` is a folder of ours in which two lists are written for the length of the call.
        """
        lists = {"paths": [], "words": []}  # type: dict[str, list[bytes]]
        for path in paths:
            if "==>" in path or "\n" in path:
                raise WrongUse(
                    f"`{path}` has a name that cannot be told to git-filter-repo", "rename it and save first"
                )
            lists["paths"].append(b"literal:" + path.encode("utf-8", "surrogateescape"))
        for word in sorted(words, key=len, reverse=True):
            # A hyphen ends a word: the id of a consent holds that of its document.
            pattern = rb"(?<![^\W_])" + re.escape(word.encode("utf-8", "surrogateescape")) + rb"(?![^\W_])"
            pattern = rb"(?im)^.*" + pattern + rb".*$" if lines_too else rb"(?i)" + pattern
            lists["words"].append(rb"regex:" + pattern + rb"==>" + _REMOVED.encode())
        stashes = self._stash_log()
        shutil.rmtree(self.folder / "filter-repo", ignore_errors=True)
        for name, lines in lists.items():
            _write_private(notes / name, b"\n".join(lines) + b"\n")
        try:
            self.plain().filter_repo(
                "--invert-paths",
                "--paths-from-file",
                str((notes / "paths").resolve()),
                "--replace-message",
                str((notes / "words").resolve()),
                "--force",
                "--quiet",
                "--no-gc",
                "--replace-refs",
                "delete-no-add",
            )
            self._write_stash_log(
                stashes, [line.removeprefix(b"regex:").partition(b"==>")[0] for line in lists["words"]]
            )
        finally:
            for name in lists:
                (notes / name).unlink(missing_ok=True)

    def plain(self) -> Plumbing:
        """Return git's plumbing as it stands in the repository's own folder."""
        return Plumbing(self.folder)

    def settle(self) -> None:
        """Let the list of files be that of the last version, and throw away whatever no version holds any more."""
        if self.git.head() is not None:
            self.git.run("read-tree", "HEAD")
        else:
            (self.folder / "index").unlink(missing_ok=True)
        stashes = self._stash_log()
        self.git.run("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
        _write_lines(self.folder / "logs/refs/stash", stashes)
        for name in _LEFTOVERS:
            (self.folder / name).unlink(missing_ok=True)
        for name in _FOLDERS:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for each in self.folder.glob("fast_import_crash_*"):
            each.unlink(missing_ok=True)
        for pattern in ("objects/info/commit-graph", "objects/pack/*.keep", "objects/pack/multi-pack-index"):
            for each in self.folder.glob(pattern):
                each.unlink(missing_ok=True)
        self.git.run("repack", "-a", "-d", "-q", "--no-write-bitmap-index")
        self.git.run("prune", "--expire=now")

    def objects(self) -> dict[str, str]:
        """Return the kind of every object that the repository has, whether a version holds it or not, by id."""
        lines = self.git.run("cat-file", "--batch-all-objects", "--batch-check").decode("ascii").splitlines()
        return {name: kind for name, kind, _ in map(str.split, lines)}

    def held(self) -> dict[str, str]:
        """Return every object that some version, tag, note or stash holds, with one of the paths where it stands."""
        tips = ("--all", "--reflog", *(("HEAD",) if self.git.head() is not None else ()))
        lines = self.git.run("rev-list", "--objects", *tips).decode("utf-8", "surrogateescape").splitlines()
        return {name: path for name, _, path in (line.partition(" ") for line in lines)}

    def own_files(self) -> Iterator[Path]:
        """Give every file in which git keeps something else than objects: logs, messages, lists, settings."""
        for each in sorted(self.folder.rglob("*")):
            if each.is_file() and not each.is_symlink() and "objects" not in each.relative_to(self.folder).parts[:1]:
                yield each

    def _stash_log(self) -> list[bytes]:
        log = self.folder / "logs/refs/stash"
        return log.read_bytes().splitlines() if log.is_file() else []

    def _stashes(self) -> list[str]:
        return [line.split(b" ", 2)[1].decode("ascii", "replace") for line in self._stash_log()]

    def _write_stash_log(self, lines: Sequence[bytes], patterns: Sequence[bytes]) -> None:
        """Let the list of stashes name the new versions, without the words; those that hold nothing any more go."""
        renamed = dict(self._renamed())
        new, last = [], b""
        for line in lines:
            _, stash, rest = line.split(b" ", 2)
            now = renamed.get(stash, stash)
            who, tab, said = rest.partition(b"\t")
            for pattern in patterns:
                said = re.sub(pattern, _REMOVED.encode(), said)
            rest = who + tab + said
            if now.strip(b"0"):
                new.append(b" ".join((last or b"0" * len(now), now, rest)))
                last = now
        _write_lines(self.folder / "logs/refs/stash", new if "refs/stash" in self.refs() else [])

    def _renamed(self) -> Iterator[tuple[bytes, bytes]]:
        path = self.folder / "filter-repo/commit-map"
        for line in path.read_bytes().splitlines()[1:] if path.is_file() else ():
            old, _, new = line.partition(b" ")
            yield old.strip(), new.strip()


def _write_lines(path: Path, lines: Sequence[bytes]) -> None:
    if lines:
        path.write_bytes(b"\n".join(lines) + b"\n")
    else:
        path.unlink(missing_ok=True)


def _write_private(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
