"""A repository whose settings, files and surroundings try to run a program: none does, whatever is read or saved.

Each trap is first seen to spring under git itself, so that it is one; then a marker file shows that reading a version
and saving one leave it alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from site_builder.history.compare import compare_trees
from site_builder.history.history import History
from site_builder.source.commit_tree import open_commit
from site_builder.source.git_save import Saving
from site_builder.source.tree import EntryKind
from site_builder.source.version import descends_from, saved_version, student_files
from site_builder.source.working_tree import WorkingTree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")


@dataclass(frozen=True)
class Place:
    """A repository with a store in it, a program that leaves a mark, and the mark."""

    root: Path
    trap: Path
    mark: Path

    @property
    def store(self) -> Path:
        return self.root / "records"

    def git(self, *arguments: str, env: dict[str, str] | None = None) -> int:
        """Run git as anybody would; the trap may spring."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**clean, **(env or {})},
            capture_output=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode

    def config(self, name: str, value: str) -> None:
        with (self.root / ".git/config").open("a", encoding="utf-8") as file:
            section, _, key = name.rpartition(".")
            first, _, rest = section.partition(".")
            head = f'[{first} "{rest}"]' if rest else f"[{first}]"
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            file.write(f'{head}\n\t{key} = "{escaped}"\n')


@pytest.fixture
def place(tmp_path: Path) -> Place:
    root, trap, mark = tmp_path / "school", tmp_path / "trap", tmp_path / "mark"
    (root / "records").mkdir(parents=True)
    trap.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat 2>/dev/null\nexit 0\n")
    trap.chmod(0o755)
    silent = tmp_path / "silent"  # one that nobody waits for
    silent.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n")
    silent.chmod(0o755)
    made = Place(root, trap, mark)
    (root / "records/school.yaml").write_bytes(b"format: 1\n")
    for command in (
        ("init", "-q", "-b", "main"),
        ("config", "user.name", "Rae"),
        ("config", "user.email", "rae@school.example"),
        ("add", "-A"),
        ("commit", "-q", "-m", "start"),
    ):
        assert made.git(*command) == 0
    return made


def _setting(name: str, *more: str) -> Callable[[Place], None]:
    def set_it(place: Place) -> None:
        for each in (name, *more):
            place.config(each, str(place.trap))

    return set_it


def _ssh(place: Place) -> None:
    place.config("core.sshCommand", str(place.trap.with_name("silent")))


def _attribute(setting: str, attribute: str, *, in_tree: bool = False) -> Callable[[Place], None]:
    def set_it(place: Place) -> None:
        place.config(setting, str(place.trap))
        where = place.root / (".gitattributes" if in_tree else ".git/info/attributes")
        where.parent.mkdir(exist_ok=True)
        where.write_text(f"* {attribute}\n")

    return set_it


def _hook(*names: str, folder: str = "") -> Callable[[Place], None]:
    def set_it(place: Place) -> None:
        hooks = place.root / (folder or ".git/hooks")
        hooks.mkdir(exist_ok=True, parents=True)
        for name in names:
            shutil.copy(place.trap, hooks / name)
        if folder:
            place.config("core.hooksPath", str(hooks))

    return set_it


def _included(place: Place) -> None:
    (place.root / ".git/more").write_text(f"[core]\n\tfsmonitor = {place.trap}\n")
    place.config("include.path", "more")


def _included_if(place: Place) -> None:
    (place.root / ".git/more").write_text(f"[core]\n\tfsmonitor = {place.trap}\n")
    place.config(f"includeIf.gitdir:{place.root}/.path", str(place.root / ".git/more"))


def _worktree_settings(place: Place) -> None:
    place.config("extensions.worktreeConfig", "true")
    (place.root / ".git/config.worktree").write_text(f"[core]\n\tfsmonitor = {place.trap}\n")


def _alternates(place: Place) -> None:
    """Objects lie in another repository, whose settings trap too."""
    other = place.root.parent / "other"
    shutil.copytree(place.root / ".git", other / ".git")
    (other / ".git/config").write_text(
        (place.root / ".git/config").read_text() + f"[core]\n\tfsmonitor = {place.trap}\n"
    )
    shutil.rmtree(place.root / ".git/objects")
    (place.root / ".git/objects/info").mkdir(parents=True)
    (place.root / ".git/objects/pack").mkdir()
    (place.root / ".git/objects/info/alternates").write_text(f"{other / '.git/objects'}\n")
    place.config("core.alternateRefsCommand", str(place.trap))
    place.config("core.fsmonitor", str(place.trap))


def _promises(place: Place) -> None:
    """A file's bytes are missing, and another repository, reached by a program, has promised them."""

    def made(*arguments: str, content: bytes = b"") -> str:
        done = subprocess.run(["git", *arguments], cwd=place.root, input=content, capture_output=True, check=True)
        return done.stdout.decode().strip()

    missing = made("hash-object", "--stdin", content=b"format: 9\n")  # named, and not written
    folder = made("mktree", "--missing", content=f"100644 blob {missing}\tmissing.yaml\n".encode())
    made("read-tree", "--prefix=records/students/", folder)
    commit = made("commit-tree", made("write-tree", "--missing-ok"), "-p", "HEAD", "-m", "promised")
    made("update-ref", "HEAD", commit)
    place.config("core.repositoryFormatVersion", "1")
    place.config("extensions.partialClone", "origin")
    place.config("remote.origin.promisor", "true")
    place.config("remote.origin.url", f"ext::{place.trap.with_name('silent')} %S")
    place.config("protocol.ext.allow", "always")


def _file_for_a_folder(place: Place) -> None:
    """`.git` is a file that leads to a folder elsewhere, with its own settings."""
    elsewhere = place.root.parent / "elsewhere"
    (place.root / ".git").rename(elsewhere)
    (elsewhere / "config").write_text((elsewhere / "config").read_text() + f"[core]\n\tfsmonitor = {place.trap}\n")
    (place.root / ".git").write_text(f"gitdir: {elsewhere}\n")


CHANGE_AND_ADD = (("status",), ("add", "-A"))
TRAPS: dict[str, tuple[Callable[[Place], None], tuple[tuple[str, ...], ...]]] = {
    "core.fsmonitor": (_setting("core.fsmonitor"), (("status",),)),
    "filter clean": (_attribute("filter.f.clean", "filter=f"), CHANGE_AND_ADD),
    "filter clean named in the store": (_attribute("filter.f.clean", "filter=f", in_tree=True), CHANGE_AND_ADD),
    "filter smudge": (_attribute("filter.f.smudge", "filter=f"), (("checkout", "-f", "HEAD", "--", "."),)),
    "filter process": (_attribute("filter.f.process", "filter=f"), CHANGE_AND_ADD),
    "external diff": (_setting("diff.external"), (("diff",),)),
    "diff driver": (_attribute("diff.d.command", "diff=d"), (("diff",),)),
    "textconv": (_attribute("diff.d.textconv", "diff=d"), (("diff",),)),
    "merge driver": (_attribute("merge.m.driver", "merge=m"), ()),
    "hooks": (
        _hook("pre-commit", "post-commit", "post-checkout", "post-index-change", "reference-transaction"),
        (("commit", "-qam", "x"),),
    ),
    "hooks in a folder of the store": (
        _hook("pre-commit", "post-index-change", "reference-transaction", "prepare-commit-msg", folder="records/hooks"),
        (("commit", "-qam", "x"),),
    ),
    "fsmonitor hook": (_hook("query-watchman", "fsmonitor-watchman"), ()),
    "signing": (_setting("gpg.program", "gpg.openpgp.program"), (("commit", "-qam", "x", "-S"),)),
    "ssh": (_ssh, (("ls-remote", "ssh://nowhere.example/x"),)),
    "proxy": (_setting("core.gitProxy"), (("ls-remote", "git://nowhere.example/x"),)),
    "password": (_setting("core.askPass"), ()),
    "credentials": (_setting("credential.helper"), ()),
    "editor": (_setting("core.editor", "sequence.editor"), (("commit", "-qa"),)),
    "pager": (_setting("core.pager", "pager.log", "pager.ls-tree", "pager.rev-parse"), (("-p", "log"),)),
    "included settings": (_included, (("status",),)),
    "settings included on a condition": (_included_if, (("status",),)),
    "settings of the work tree": (_worktree_settings, (("status",),)),
    "alternates": (_alternates, (("status",),)),
    "what another repository has promised": (_promises, (("cat-file", "-p", "HEAD:records/students/missing.yaml"),)),
    "a file for a folder": (_file_for_a_folder, (("status",),)),
}
WITHOUT_SIGHT = {"merge driver", "fsmonitor hook", "password", "credentials", "pager"}
"""Traps for commands that need a merge, a network or a terminal: set, and not seen to spring."""


def read_and_save(place: Place) -> None:
    """Make every call that exists: read a version and its files, tell what is unsaved, and save."""
    tree = open_commit(place.store, "HEAD")
    assert "school.yaml" in {entry.path for entry in tree.entries()}
    assert tree.read("school.yaml") == b"format: 1\n"
    version = saved_version(place.store)
    assert version is not None
    assert descends_from(place.store, version.commit, version.commit)
    assert isinstance(student_files(WorkingTree(place.store), place.store, version.commit), dict)
    for entry in tree.entries():
        if entry.kind is EntryKind.FILE:
            with suppress(OSError):
                tree.read(entry.path)
    History(place.store).of("nobody")
    assert History(place.store, keeps=False).all()
    compare_trees(tree, WorkingTree(place.store))
    saving = Saving(place.store)
    saving.identity()
    assert saving.keeps("school.yaml")
    assert saving.unsaved({"school.yaml": b"format: 1\nname: x\n"}) == ("school.yaml",)
    made = saving.save({"school.yaml": b"format: 1\nname: x\n", "new.yaml": b"a: 1\n"}, "two files")
    after = open_commit(place.store, made)
    assert after.read("school.yaml") == b"format: 1\nname: x\n"
    assert after.read("new.yaml") == b"a: 1\n"


@pytest.mark.parametrize("name", sorted(set(TRAPS) - WITHOUT_SIGHT))
def test_the_trap_springs_under_git_itself(place: Place, name: str) -> None:
    set_it, commands = TRAPS[name]
    (place.root / "records/school.yaml").write_bytes(b"format: 1\nname: changed\n")
    set_it(place)
    place.mark.unlink(missing_ok=True)
    for command in commands:
        place.git(*command)
    assert place.mark.exists()


@pytest.mark.parametrize("name", sorted(TRAPS))
def test_nothing_is_run(place: Place, name: str) -> None:
    """No program of the repository's runs when a version is read or saved (policy: P35)."""
    TRAPS[name][0](place)
    place.mark.unlink(missing_ok=True)
    read_and_save(place)
    assert not place.mark.exists()


def test_all_traps_at_once(place: Place) -> None:
    for name, (set_it, _) in TRAPS.items():
        if name not in {"alternates", "a file for a folder"}:
            set_it(place)
    place.mark.unlink(missing_ok=True)
    read_and_save(place)
    assert not place.mark.exists()


VARIABLES: dict[str, tuple[Callable[[Place], dict[str, str]], tuple[str, ...]]] = {
    "GIT_CONFIG_COUNT": (
        lambda place: {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "core.fsmonitor",
            "GIT_CONFIG_VALUE_0": str(place.trap),
        },
        ("status",),
    ),
    "GIT_CONFIG_PARAMETERS": (
        lambda place: {"GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{place.trap}'"},
        ("status",),
    ),
    "GIT_CONFIG_GLOBAL": (lambda place: {"GIT_CONFIG_GLOBAL": str(_settings_file(place))}, ("status",)),
    "GIT_CONFIG_SYSTEM": (lambda place: {"GIT_CONFIG_SYSTEM": str(_settings_file(place))}, ("status",)),
    "GIT_EXTERNAL_DIFF": (lambda place: {"GIT_EXTERNAL_DIFF": str(place.trap)}, ("diff",)),
    "GIT_EDITOR": (lambda place: {"GIT_EDITOR": str(place.trap)}, ("commit", "-qa")),
    "GIT_SSH_COMMAND": (
        lambda place: {"GIT_SSH_COMMAND": str(place.trap.with_name("silent"))},
        ("ls-remote", "ssh://nowhere.example/x"),
    ),
    "GIT_TRACE": (lambda place: {"GIT_TRACE": str(place.mark), "GIT_TRACE2": str(place.mark)}, ("status",)),
    "GIT_EXEC_PATH": (lambda place: {"GIT_EXEC_PATH": str(_programs(place))}, ("submodule", "status")),
}


def _settings_file(place: Place) -> Path:
    path = place.root.parent / "settings"
    path.write_text(f"[core]\n\tfsmonitor = {place.trap}\n")
    return path


def _programs(place: Place) -> Path:
    folder = place.root.parent / "programs"
    folder.mkdir()
    for name in ("git-submodule", "git-rev-parse", "git-ls-tree", "git-hash-object", "git-cat-file"):
        shutil.copy(place.trap, folder / name)
    return folder


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_variables_of_git_run_nothing(place: Place, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, command = VARIABLES[name]
    variables = make(place)
    (place.root / "records/school.yaml").write_bytes(b"format: 1\nname: changed\n")
    place.git(*command, env=variables)
    assert place.mark.exists(), "the trap is none"
    place.mark.unlink()
    for each, value in variables.items():
        monkeypatch.setenv(each, value)
    read_and_save(place)
    assert not place.mark.exists()
    assert all(os.environ[each] == value for each, value in variables.items())


def test_a_bare_repository_hidden_among_the_records_is_not_the_one_that_is_read(place: Place) -> None:
    """A folder of the store that looks like a repository of its own, with settings that trap."""
    hidden = place.store / "students"
    shutil.copytree(place.root / ".git", hidden)
    with (hidden / "config").open("a") as file:
        file.write(f"[core]\n\tbare = true\n\tfsmonitor = {place.trap}\n\tworktree = {place.root}\n")
    place.mark.unlink(missing_ok=True)
    read_and_save(place)
    assert not place.mark.exists()


def test_git_is_called_from_one_place() -> None:
    """Every call goes through one module, where all this is off; another could forget it."""
    house = Path(__file__).parents[2] / "site_builder"
    calling = [
        path.relative_to(house).as_posix()
        for path in sorted(house.rglob("*.py"))
        if any(
            word in path.read_text("utf-8")
            for word in ("from git import", "import git\n", "from git.", "subprocess", "os.system")
        )
    ]
    assert calling == ["source/git.py"]
