from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from site_builder.base.errors import SepError, WrongUse
from site_builder.source.commit_tree import CommitTree, open_commit
from site_builder.source.names import check_names
from site_builder.source.tree import EntryKind
from site_builder.source.working_tree import WorkingTree

posix = pytest.mark.skipif(os.name == "nt", reason="links and scripts need a POSIX system")

_FILES = {
    "school.yaml": b"name: Cedar Flat\n",
    "students/lopez-sam/student.yaml": b"name: Sam\r\n",
    "students/lopez-sam/2026-27/documents/shelf.png": b"\x89PNG\r\n\x1a\n\x00\xff\r\n",
    "students/lopez-sam/2026-27/documents/Ca\u00f1on caf\u00e9 \u6771.png": b"\x00",
    "students/lopez-sam/2026-27/documents/cafe\u0301.png": b"\x01",
    'students/lopez-sam/2026-27/documents/two  "spaces"\t.png': b"\x02",
    "students/lopez-sam/2026-27/strengths.md": b"",
    "students/a-b.md": b"x",
    "students/a/x.md": b"y",
    ".hidden/secret.yaml": b"a: 1\n",
    "students/.DS_Store": b"z",
}


def _git(folder: Path, *arguments: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=Dana Park", "-c", "user.email=park@example.org", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env=clean, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _fill(root: Path) -> None:
    for path, content in _FILES.items():
        if os.name == "nt" and ('"' in path or "\t" in path):
            continue
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "school"
    root.mkdir()
    _git(root, "init", "-q", "-b", "main")
    _fill(root / "records")
    (root / "README.md").write_bytes(b"A school\n")
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "records: a first student")
    return root


@pytest.mark.parametrize("store", ["records", "."])
def test_a_commit_and_its_clean_checkout_are_the_same(repository: Path, store: str) -> None:
    work, saved = WorkingTree(repository / store), open_commit(repository / store, "HEAD")
    assert saved.entries() == work.entries()
    assert len(saved.entries()) == 9 + (store == ".")
    for entry in work.entries():
        assert saved.read(entry.path) == work.read(entry.path)


def test_the_version_is_the_commit_id(repository: Path) -> None:
    commit = _git(repository, "rev-parse", "HEAD")
    for revision in ("HEAD", "main", commit, commit[:10], "HEAD^0", "HEAD~0"):
        assert open_commit(repository / "records", revision).version == commit


def test_an_older_version_is_what_it_was(repository: Path) -> None:
    (repository / "records/school.yaml").write_bytes(b"name: Changed\n")
    (repository / "records/staff.yaml").write_bytes(b"staff: []\n")
    _git(repository, "add", "-A")
    _git(repository, "commit", "-q", "-m", "records: a change")
    old, new = (open_commit(repository / "records", revision) for revision in ("HEAD~1", "HEAD"))
    assert old.read("school.yaml") == _FILES["school.yaml"]
    assert new.read("school.yaml") == b"name: Changed\n"
    assert len(new.entries()) == len(old.entries()) + 1
    with pytest.raises(FileNotFoundError):
        old.read("staff.yaml")


def test_unsaved_work_is_not_in_it(repository: Path) -> None:
    (repository / "records/school.yaml").write_bytes(b"name: Unsaved\n")
    assert CommitTree(repository, "records/", "HEAD").read("school.yaml") == _FILES["school.yaml"]


@posix
def test_links_and_repositories_inside_are_named_and_not_read(repository: Path) -> None:
    inner = repository / "records/students/inner"
    inner.mkdir()
    _git(inner, "init", "-q")
    (inner / "x").write_bytes(b"x")
    _git(inner, "add", "x")
    _git(inner, "commit", "-q", "-m", "x")
    (repository / "records/staff.yaml").symlink_to("/etc/hostname")
    _git(repository, "-c", "advice.addEmbeddedRepo=false", "add", "-A")
    _git(repository, "commit", "-q", "-m", "a link and a repository")
    tree = open_commit(repository / "records", "HEAD")
    kinds = {entry.path: entry.kind for entry in tree.entries() if entry.kind is not EntryKind.FILE}
    assert kinds == {"staff.yaml": EntryKind.LINK, "students/inner": EntryKind.SPECIAL}
    for path in kinds:
        with pytest.raises(OSError):  # noqa: PT011
            tree.read(path)
    assert {"SEP163", "SEP165"} <= {finding.code for finding in check_names(tree.entries())}


@pytest.mark.parametrize(
    "revision",
    [
        "",
        "-x",
        "--upload-pack=x",
        "HEAD..main",
        "HEAD:records",
        "HEAD@{1}",
        "nowhere",
        "a b",
        "HEAD\n",
        "main^{tree}",
        "x" * 300,
    ],
)
def test_what_names_no_version_is_refused(repository: Path, revision: str) -> None:
    with pytest.raises(WrongUse):
        open_commit(repository / "records", revision)


def test_a_folder_without_saved_versions_is_said(tmp_path: Path) -> None:
    with pytest.raises(SepError) as refused:
        open_commit(tmp_path, "HEAD")
    assert refused.value.way_out


def test_a_folder_that_the_version_lacks_is_said(repository: Path) -> None:
    (repository / "later").mkdir()
    with pytest.raises(WrongUse):
        open_commit(repository / "later", "HEAD").entries()


@posix
def test_nothing_in_the_settings_of_a_repository_is_run(repository: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{ran}'\ncat\n")
    script.chmod(0o700)
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "core.alternateRefsCommand"):
        _git(repository, "config", name, str(script))
    for name in ("filter.f.clean", "filter.f.smudge", "filter.f.process", "diff.d.textconv", "pager.ls-tree"):
        _git(repository, "config", name, str(script))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"):
        (hooks / hook).write_bytes(script.read_bytes())
        (hooks / hook).chmod(0o700)
    _git(repository, "config", "core.hooksPath", str(hooks))
    (repository / ".git/info/attributes").write_text("* filter=f diff=d\n")
    ran.unlink(missing_ok=True)
    tree = open_commit(repository / "records", "HEAD")
    for entry in tree.entries():
        assert tree.read(entry.path) == _FILES[entry.path]
    assert not ran.exists()


@posix
def test_missing_content_is_an_error_and_no_program_fetches_it(repository: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "fetch"
    script.write_text(f"#!/bin/sh\ntouch '{ran}'\nexit 1\n")
    script.chmod(0o700)
    blob = _git(repository, "rev-parse", "HEAD:records/school.yaml")
    tree = open_commit(repository / "records", "HEAD")
    assert tree.entries()
    for name, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.url", str(repository)),
        ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", str(script)),
    ):
        _git(repository, "config", name, value)
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(OSError):  # noqa: PT011
        open_commit(repository / "records", "HEAD").read("school.yaml")
    assert not ran.exists()


def test_variables_of_git_lead_nowhere_else(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    other.mkdir()
    _git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git/objects"))
    tree = open_commit(repository / "records", "HEAD")
    assert tree.read("school.yaml") == _FILES["school.yaml"]
    assert os.environ["GIT_DIR"] == str(other / ".git")


def test_replaced_objects_stay_what_they_were(repository: Path) -> None:
    (repository / "false.yaml").write_bytes(b"name: False\n")
    new = _git(repository, "hash-object", "-w", "false.yaml")
    _git(repository, "replace", _git(repository, "rev-parse", "HEAD:records/school.yaml"), new)
    assert open_commit(repository / "records", "HEAD").read("school.yaml") == _FILES["school.yaml"]
