"""Saving files of a store as a commit, with everything off by which a repository's settings run programs.

`git add` and `git commit` would run filters and hooks that the repository names. Here the bytes go into the repository
as they are, on top of the last saved version, and nothing else that stands there unsaved goes along.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from site_builder.base.errors import WrongUse
from site_builder.source.git import Plumbing

_PLAIN_FILE = "100644"
_WHO = "git config --global user.name 'Your Name'\ngit config --global user.email you@school.example"


class Saving:
    """Saves files of the store in `folder`; raises a `SepError` where no git repository holds it."""

    def __init__(self, folder: Path) -> None:
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

    def identity(self) -> None:
        """Make sure that git knows who saves; raises `WrongUse` else."""
        try:
            self._git.run("var", "GIT_AUTHOR_IDENT")
        except WrongUse as error:
            raise WrongUse(
                "git does not know yet who you are, so nothing can be saved", f"tell it once:\n{_WHO}"
            ) from error

    def save(self, files: Mapping[str, bytes], message: str) -> str:
        """Save `files` on top of the last version and return the new version's id; `message` names ids alone.

        Raises `WrongUse` where somebody saved at the same time.
        """
        head = self._git.head()
        blobs = {self._prefix + path: self._git.write(self._as_saved(head, path, files[path])) for path in files}
        with tempfile.TemporaryDirectory(prefix="sep-") as folder:
            beside = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            if head is not None:
                self._git.run("read-tree", head, **beside)
            for path, blob in blobs.items():
                self._git.run("update-index", "--add", "--cacheinfo", f"{_PLAIN_FILE},{blob},{path}", **beside)
            tree = self._git.run("write-tree", **beside).decode("ascii").strip()
        parents = ("-p", head) if head is not None else ()
        made = self._git.run("commit-tree", tree, *parents, "-m", message).decode("ascii").strip()
        try:
            self._git.run("update-ref", "-m", "sep propose", "HEAD", made, head or "0" * len(made))
        except WrongUse as error:
            raise WrongUse(
                "somebody saved a version at the same time; the files are written, but not saved",
                "save them with `git add` and `git commit`",
            ) from error
        for path, blob in blobs.items():
            self._git.run("update-index", "--add", "--cacheinfo", f"{_PLAIN_FILE},{blob},{path}")
        return made

    def _saved(self, head: str, path: str) -> bytes | None:
        """Return the bytes of a file in the last version, or nothing where it is not in it."""
        lines = self._git.run("ls-tree", "-z", "--full-tree", head, "--", self._prefix + path).split(b"\0")
        about = lines[0].partition(b"\t")[0].split()
        return self._git.blob(about[2].decode("ascii")) if len(about) == 3 and about[1] == b"blob" else None

    def _as_saved(self, head: str | None, path: str, content: bytes) -> bytes:
        """Return the bytes to save: with the line ends that the last version has, whatever this computer writes."""
        before = self._saved(head, path) if head is not None else None
        return _plain(content) if before is not None and b"\r\n" not in before else content


def _plain(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
