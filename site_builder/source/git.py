"""The one place that calls git, with everything off by which a repository's settings run programs."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Any, BinaryIO

from site_builder.base.errors import MissingTool, SepError, WrongUse

if TYPE_CHECKING:
    from git import Git

_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.pager=cat",
    "core.useReplaceRefs=false",
    "core.alternateRefsCommand=",
    "diff.external=",
    "gc.recentObjectsHook=",
    "gc.auto=0",
    "maintenance.auto=false",
    "log.showSignature=false",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # unlike `protocol.allow`, no setting of a repository comes before it
    "GIT_PAGER": "cat",
}
_REVISION = re.compile(r"(?!.*(?:\.\.|//|@\{|\.lock))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}(?:[~^][0-9]{0,4}){0,8}")
_LOCK = re.compile(r"'(?:[^']*/)?(\.git/[^']+\.lock)'")
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_WRITING_THE_LIST = frozenset({"update-index", "read-tree", "write-tree"})
"""Commands that write git's list of files: of one that was changed in the same moment they compare the content, and so
would run the filters (`filter.*.clean`) that the repository names."""
_environment_lock = threading.Lock()


class Plumbing:
    """Reads and writes objects of the repository that holds `folder`; raises a `SepError` where that cannot be done."""

    def __init__(self, folder: Path) -> None:
        self._git = _git(folder)
        self._lock = threading.Lock()

    def prefix(self) -> str:
        """Return the folder's place in its repository, with `/` at the end, or an empty text for the top."""
        return self._run("rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").removesuffix("\n")

    def commit(self, revision: str) -> str:
        """Return the id of the commit that `revision` names."""
        if not _REVISION.fullmatch(revision):
            raise WrongUse(
                f"`{revision}` is no name of a saved version", "`sep undo --choose` lists the last saves with their ids"
            )
        try:
            found = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode("ascii").strip()
        except WrongUse as error:
            raise WrongUse(
                f"there is no saved version called `{revision}` here",
                "`sep undo --choose` lists the last saves with their ids",
            ) from error
        if not _OBJECT.fullmatch(found):
            raise WrongUse(f"`{revision}` names more than one saved version", "Use more letters of the version's id")
        return found

    def tree(self, commit: str, prefix: str) -> bytes:
        """Return every entry below `prefix` at `commit`: mode, type, id, size and path, each ended by a null."""
        if not _OBJECT.fullmatch(commit):
            raise ValueError(f"not the id of a commit: {commit!r}")
        return self._run("ls-tree", "-r", "-l", "-z", "--full-tree", f"{commit}:{prefix}")

    def blob(self, object_id: str) -> bytes:
        """Return the bytes of the object `object_id`; raises `OSError` where the repository lacks it."""
        if not _OBJECT.fullmatch(object_id):
            raise ValueError(f"not the id of an object: {object_id!r}")
        with self._lock, _without_git_variables():  # one process answers all questions, one after the other
            try:
                return bytes(self._git.get_object_data(object_id)[3])
            except (ValueError, EOFError) as error:
                raise OSError("the repository lacks this file's content") from error

    def head(self) -> str | None:
        """Return the id of the last saved version, or nothing where none has been saved yet."""
        try:
            return self.commit("HEAD")
        except WrongUse:
            return None

    def write(self, content: bytes) -> str:
        """Put `content` into the repository as it is, past all filters, and return its id."""
        return self.feed(content, "hash-object", "-w", "-t", "blob", "--no-filters", "--stdin").decode("ascii").strip()

    def run(self, command: str, *arguments: str, **environment: str) -> bytes:
        """Return what a command of git's plumbing prints; `environment` is added to that of the program."""
        return self._run(command, *arguments, env=environment or None)

    def feed(self, content: bytes, command: str, *arguments: str, **environment: str) -> bytes:
        """Return what a command of git's plumbing prints that reads `content`; otherwise as `run`."""
        with tempfile.TemporaryFile() as stream:  # it has no name: no other program can read along
            stream.write(content)
            stream.seek(0)
            return self._run(command, *arguments, istream=stream, env=environment or None)

    def pour(self, stream: BinaryIO, command: str, *arguments: str) -> None:
        """Write what a command of git's plumbing prints into `stream`, however much it is."""
        self._run(command, *arguments, output_stream=stream)

    def filter_repo(self, *arguments: str) -> None:
        """Run git-filter-repo in the repository, with the same settings off; raises `MissingTool` where there is none.

        It starts git itself, so the settings go along as variables; and it is told that there are no files beside the
        repository, because it would take them out through filters that the repository names. `-P` keeps Python from
        looking for modules in the folder where it runs.
        """
        from git.exc import GitCommandError

        need_filter_repo()
        pairs = [each.partition("=") for each in (*_SETTINGS, "core.bare=true")]
        settings = {"GIT_CONFIG_COUNT": str(len(pairs))}
        for number, (key, _, value) in enumerate(pairs):
            settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        try:
            with _without_git_variables():
                self._git.execute(
                    [sys.executable, "-P", "-m", "git_filter_repo", *arguments],
                    env=settings,
                    istream=DEVNULL,
                )
        except GitCommandError as error:
            raise SepError(
                "git-filter-repo could not rewrite the history",
                "call the command again; what was begun is finished then",
            ) from error

    @cached_property
    def _without_filters(self) -> Mapping[str, str]:
        """Return the variables that switch every filter off which the settings name."""
        try:
            listed = self._run("config", "--null", "--name-only", "--get-regexp", r"^filter\.")
        except WrongUse:  # there is none
            return {}
        names = {each.rpartition(".")[0] for each in listed.decode("utf-8", "surrogateescape").split("\0") if each}
        off = [(f"{name}.{key}", "") for name in sorted(names) for key in ("clean", "smudge", "process")]
        off += [(f"{name}.required", "false") for name in sorted(names)]
        made = {"GIT_CONFIG_COUNT": str(len(off))}
        for number, (name, value) in enumerate(off):
            made |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        return made

    def _run(self, command: str, *arguments: str, **how: Any) -> bytes:
        from git.exc import GitCommandError, GitCommandNotFound

        if command in _WRITING_THE_LIST:
            how["env"] = {**(how.get("env") or {}), **self._without_filters}
        try:
            with _without_git_variables():
                output = self._git._call_process(
                    command, *arguments, stdout_as_string=False, strip_newline_in_stdout=False, **how
                )
        except GitCommandNotFound as error:
            raise _no_git() from error
        except GitCommandError as error:
            raise _explained(str(error.stderr)) from error
        if "output_stream" in how:
            return b""
        if not isinstance(output, bytes):
            raise TypeError("git's answer was asked for in bytes")
        return output


def need_filter_repo() -> None:
    """Raise `MissingTool` where git-filter-repo is not installed."""
    if importlib.util.find_spec("git_filter_repo") is None:
        raise MissingTool(
            "git-filter-repo is not on this computer, and taking something out of a history needs it",
            "install it with: pip install 'sepfile[expunge]'",
        )


def _git(folder: Path) -> Git:
    try:
        from git import Git
    except ImportError as error:  # GitPython looks for git when it is imported
        raise _no_git() from error
    found = Git(folder)
    found.set_persistent_git_options(c=list(_SETTINGS), no_pager=True)
    found.update_environment(**_ENVIRONMENT)
    return found


def _no_git() -> MissingTool:
    return MissingTool("git is not on this computer", "Install git from https://git-scm.com and open a new window")


def _explained(words: str) -> SepError:
    if "dubious ownership" in words:
        return WrongUse(
            "this folder belongs to another account of this computer, so git does not open it",
            "If you trust it, tell git once: git config --global --add safe.directory FOLDER",
        )
    if "not a git repository" in words:
        return WrongUse(
            "this folder has no saved versions", "Run the command in the folder that the school keeps in git"
        )
    if ".lock'" in words or "cannot lock ref" in words:
        lock = _LOCK.search(words)
        return WrongUse(
            "another program is saving in this folder at the same time",
            "Wait until it has ended, then start again. "
            f"Where none is at work, delete `{lock[1] if lock else '.git/index.lock'}`",
        )
    if any(each in words for each in ("unable to write", "insufficient permission", "No space left", "Read-only")):
        return MissingTool("git cannot write on this disk", "Look whether it is full or only to be read")
    return WrongUse(
        "that version does not hold this folder", "Choose a version that was saved after the folder was made"
    )


def blob_id(content: bytes, length: int = 40) -> str:
    """Return the id that git gives to `content`, in a repository whose ids have so many digits (40 or 64)."""
    made = hashlib.sha256() if length == 64 else hashlib.sha1(usedforsecurity=False)
    made.update(b"blob %d\0" % len(content) + content)
    return made.hexdigest()


@contextmanager
def _without_git_variables() -> Iterator[None]:
    """Take every `GIT_…` variable away while git starts: they could point it at another repository or program.

    GitPython hands its own process's environment on, and can add to it but not take away.
    """
    with _environment_lock:
        kept = {name: os.environ.pop(name) for name in tuple(os.environ) if name.upper().startswith("GIT_")}
        try:
            yield
        finally:
            os.environ.update(kept)
