"""Taking a folder with its own saved versions into a store: beside the store's own, brought together with them.

Objects come first, the files second, the new version last: whatever is interrupted, calling again does the rest.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_builder.base.errors import WrongUse
from site_builder.source.git import Plumbing
from site_builder.source.git_apart import BEGINNING, git_folder
from site_builder.source.git_save import Saving
from site_builder.source.git_versions import PLAIN, Version, listed, write_versions

_REF = "refs/sep/arriving"
_TRAILER = "Sep-Received: "
_SAID = re.compile(r"receive: (?P<student>[a-z0-9-]{2,63}) from another school", re.ASCII)


class TakingIn:
    """Takes a folder into the store in `store`; raises a `SepError` where no git repository holds it."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self.git = Plumbing(store)
        self._prefix = self.git.prefix()

    def make_sure_settled(self) -> None:
        """Raise `WrongUse` while two versions are being brought together: nobody's half is saved along."""
        place = git_folder(self.git)
        if any((place / name).exists() for name in ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge")):
            raise WrongUse(
                "two versions of the records are being brought together just now",
                "finish that and save, then start again",
            )

    def identity(self) -> tuple[str, str, str]:
        """Return name, address and time of whoever saves; raises `WrongUse` where git does not know who that is."""
        Saving(self._store).identity()
        said = self.git.run("var", "GIT_AUTHOR_IDENT").decode("utf-8", "replace").strip()
        name, _, rest = said.rpartition(" <")
        email, _, at = rest.partition("> ")
        return name, email, at

    def received(self, version: str) -> tuple[str, str] | None:
        """Return the save with which a package came in that ends with `version`, and the student's id in it."""
        if self.git.head() is None:
            return None
        found = self.git.run(
            "rev-list", "--max-count=1", "--fixed-strings", f"--grep={_TRAILER}{version}", "--format=%s", "HEAD"
        )
        lines = found.decode("utf-8", "replace").splitlines()
        said = _SAID.fullmatch(lines[1]) if len(lines) > 1 else None
        return (lines[0].removeprefix("commit "), said["student"]) if said is not None else None

    def holds(self, folder: str) -> bool:
        """Tell whether the last saved version has something in `folder` of the store."""
        return self.git.head() is not None and bool(listed(self.git, "HEAD", self._prefix + folder))

    def take_in(self, student: str, versions: Sequence[Version], version: str) -> str:
        """Save the versions of a student's folder, bring them together with the store's own and return the save's id.

        `version` is the id by which `received` finds it again.
        """
        folder = f"students/{student}"
        head = self.git.head()
        tip = write_versions(self.git, versions, _REF, f"{self._prefix}{folder}/")
        try:
            with tempfile.TemporaryDirectory(prefix=BEGINNING, dir=git_folder(self.git)) as beside:
                index = {"GIT_INDEX_FILE": str(Path(beside) / "index")}
                if head is not None:
                    self.git.run("read-tree", head, **index)
                self.git.run("read-tree", f"--prefix={self._prefix}{folder}/", f"{tip}:{self._prefix}{folder}", **index)
                tree = self.git.run("write-tree", **index).decode("ascii").strip()
            parents = [part for each in (head, tip) if each is not None for part in ("-p", each)]
            text = f"receive: {student} from another school\n\n{_TRAILER}{version}"
            made = self.git.run("commit-tree", tree, *parents, "-m", text).decode("ascii").strip()
            self._put_files(folder, versions[-1].files)
            self._let_stand(made, head)
        finally:
            self.git.run("update-ref", "-d", _REF)
        self.note(folder)
        return made

    def note(self, folder: str) -> None:
        """Let git know the files of the folder as saved; what else it knows of stays as it is.

        When git writes its list it compares files that were changed in the same moment, through the filters that the
        repository names. So it is told to look for the files in an empty folder: it then compares none.
        """
        saved = listed(self.git, "HEAD", self._prefix + folder)
        lines = (f"{PLAIN} {blob}\t{self._prefix}{folder}/{path}\0" for path, (_, blob) in sorted(saved.items()))
        content = "".join(lines).encode("utf-8", "surrogateescape")
        with tempfile.TemporaryDirectory(prefix="sep-") as nowhere:
            where = {"GIT_DIR": str(git_folder(self.git)), "GIT_WORK_TREE": nowhere}
            self.git.feed(content, "update-index", "-z", "--add", "--index-info", **where)

    def _let_stand(self, made: str, head: str | None) -> None:
        try:
            self.git.run("update-ref", "-m", "sep receive", "HEAD", made, head or "0" * len(made))
        except WrongUse as fault:
            raise WrongUse("somebody saved a version at the same time", "call the command again") from fault

    def _put_files(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Put the files in their place, all of them or none; where the same stand there already, nothing is done."""
        target = self._store / folder
        if os.path.lexists(target):
            if same_files(target, files):
                return
            raise WrongUse(f"`{folder}` stands here already", "take the file in under another id with `--id`")
        target.parent.mkdir(exist_ok=True)
        staging = target.with_name(f".{target.name}.new")
        shutil.rmtree(staging, ignore_errors=True)
        try:
            for path, content in files.items():
                place = staging / path
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("xb") as stream:
                    stream.write(content)
            staging.rename(target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def same_files(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether `folder` is a real folder that holds exactly these files."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    there = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*") if not each.is_dir()}
    return set(there) == set(files) and all(
        not each.is_symlink() and each.is_file() and each.read_bytes() == files[path] for path, each in there.items()
    )
