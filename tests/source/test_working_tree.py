from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from site_builder.base.errors import WrongUse
from site_builder.source.names import check_names
from site_builder.source.tree import Entry, EntryKind
from site_builder.source.working_tree import WorkingTree
from site_builder.source.yaml_reader import LARGEST

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes and sockets need a POSIX system")


def _write(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.encode())


def test_entries_come_in_order_of_path_without_hidden_ones(tmp_path: Path) -> None:
    _write(
        tmp_path, "students/b/student.yaml", "school.yaml", ".git/config", "students/.hidden/x.yaml", "students/a-b.md"
    )
    _write(tmp_path, "students/a/x.yaml", ".DS_Store")
    paths = [entry.path for entry in WorkingTree(tmp_path).entries()]
    assert paths == ["school.yaml", "students/a-b.md", "students/a/x.yaml", "students/b/student.yaml"]


def test_bytes_and_sizes_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "school.yaml").write_bytes(b"a: 1\r\n\x00\xff")
    tree = WorkingTree(tmp_path)
    assert tree.entries() == (Entry("school.yaml", EntryKind.FILE, 8),)
    assert tree.read("school.yaml") == b"a: 1\r\n\x00\xff"
    assert tree.version == ""


@posix
def test_links_pipes_and_sockets_are_named_and_never_opened(tmp_path: Path) -> None:
    _write(tmp_path, "outside/secret.yaml", "store/school.yaml", "store/staff.yaml")
    store = tmp_path / "store"
    (store / "file-link.yaml").symlink_to(tmp_path / "outside/secret.yaml")
    (store / "folder-link").symlink_to(tmp_path / "outside")
    (store / "loop").symlink_to(store)
    os.link(tmp_path / "outside/secret.yaml", store / "hard.yaml")
    os.mkfifo(store / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as plug:
        here = Path.cwd()
        os.chdir(store)  # a socket's path may not be long
        try:
            plug.bind("plug")
        finally:
            os.chdir(here)
    tree = WorkingTree(store)
    assert {entry.path: entry.kind for entry in tree.entries()} == {
        "file-link.yaml": EntryKind.LINK,
        "folder-link": EntryKind.LINK,
        "hard.yaml": EntryKind.HARD_LINK,
        "loop": EntryKind.LINK,
        "pipe.yaml": EntryKind.SPECIAL,
        "plug": EntryKind.SPECIAL,
        "school.yaml": EntryKind.FILE,
        "staff.yaml": EntryKind.FILE,
    }
    for path in ("file-link.yaml", "folder-link/secret.yaml", "loop/school.yaml", "pipe.yaml", "plug"):
        with pytest.raises(OSError):  # noqa: PT011  # which error a system gives differs
            tree.read(path)
    codes = {finding.span.file: finding.code for finding in check_names(tree.entries()) if finding.severity == "error"}
    assert codes == {
        "file-link.yaml": "SEP163",
        "folder-link": "SEP163",
        "hard.yaml": "SEP164",
        "loop": "SEP163",
        "pipe.yaml": "SEP165",
        "plug": "SEP165",
    }


@pytest.mark.parametrize("path", ["../secret.yaml", "a/../../secret.yaml", "/etc/hostname", "", ".", "./school.yaml"])
def test_nothing_outside_the_root_is_read(tmp_path: Path, path: str) -> None:
    _write(tmp_path, "secret.yaml", "store/school.yaml", "store/a/x.yaml")
    with pytest.raises(OSError):  # noqa: PT011
        WorkingTree(tmp_path / "store").read(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    _write(tmp_path, "students/a/x.yaml")
    with pytest.raises(OSError):  # noqa: PT011
        WorkingTree(tmp_path).read("students/a")


def test_of_a_record_only_so_much_is_read_that_its_size_shows(tmp_path: Path) -> None:
    (tmp_path / "school.yaml").write_bytes(b"x" * (LARGEST + 1000))
    documents = tmp_path / "students/a/2026-27/documents"
    documents.mkdir(parents=True)
    (documents / "scan.pdf").write_bytes(b"x" * (LARGEST + 1000))
    tree = WorkingTree(tmp_path)
    assert len(tree.read("school.yaml")) == LARGEST + 1
    assert len(tree.read("students/a/2026-27/documents/scan.pdf")) == LARGEST + 1000


def test_a_missing_root_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        WorkingTree(tmp_path / "nowhere").entries()


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes only names that are Unicode")
def test_a_name_that_is_not_unicode_is_told(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/Mu\xf1oz.yaml", "wb"):  # noqa: PTH123  # pathlib takes no bytes
        pass
    (entry,) = WorkingTree(tmp_path).entries()
    assert entry.path == "Mu\N{REPLACEMENT CHARACTER}oz.yaml"
    assert [finding.code for finding in check_names([entry])] == ["SEP165"]


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_told(tmp_path: Path) -> None:
    _write(tmp_path, "students/a/x.yaml")
    (tmp_path / "students").chmod(0)
    try:
        (entry,) = WorkingTree(tmp_path).entries()
    finally:
        (tmp_path / "students").chmod(0o700)
    assert (entry.path, entry.kind) == ("students", EntryKind.SPECIAL)
