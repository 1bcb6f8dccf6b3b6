from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.base.diagnostics import Position
from site_builder.source.reader import read_document
from site_builder.source.tree import Entry, EntryKind
from site_builder.source.working_tree import WorkingTree
from site_builder.source.yaml_reader import LARGEST


@dataclass(frozen=True)
class _Memory:
    """A tree whose files are in memory; a fault stands for what a disk does when it fails."""

    files: dict[str, bytes] = field(default_factory=dict)
    fault: OSError | None = None
    version: str = ""

    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(path, EntryKind.FILE, len(content)) for path, content in sorted(self.files.items()))

    def read(self, path: str) -> bytes:
        if self.fault:
            raise self.fault
        return self.files[path]


def _read(content: bytes, path: str = "school.yaml") -> tuple[list[str], Position]:
    tree = _Memory({path: content})
    _, findings = read_document(tree, tree.entries()[0])
    return [finding.code for finding in findings], findings[0].span.start


@given(st.binary(max_size=200), st.sampled_from(["school.yaml", "guidelines.md"]))
def test_any_bytes_give_a_document_or_findings(content: bytes, path: str) -> None:
    tree = _Memory({path: content})
    document, findings = read_document(tree, tree.entries()[0])
    assert document is not None or findings
    assert all(finding.span.file == path for finding in findings)


def test_the_suffix_tells_how_a_file_is_read() -> None:
    tree = _Memory({"a.md": b"---\nby: park\n---\nWords", "b.yaml": b"by: park\n"})
    words, record = (read_document(tree, entry)[0] for entry in tree.entries())
    assert words is not None
    assert record is not None
    assert (words.data, words.body, record.data) == ({"by": "park"}, "Words", {"by": "park"})


def test_another_encoding_is_found_at_its_first_letter() -> None:
    assert _read("a: 1\r\nname: Muñoz\r\n".encode("cp1252")) == (["SEP150"], Position(2, 9))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_named_as_such(encoding: str) -> None:
    assert _read("name: Sam\n".encode(encoding)) == (["SEP150"], Position(1, 1))


def test_surrogates_written_as_bytes_are_no_utf_8() -> None:
    assert _read(b"a: \xed\xa0\x80\n") == (["SEP150"], Position(1, 4))


def test_a_large_file_is_not_even_opened() -> None:
    tree = _Memory({}, fault=OSError("opened"))
    _, findings = read_document(tree, Entry("school.yaml", EntryKind.FILE, LARGEST + 1))
    assert [finding.code for finding in findings] == ["SEP113"]


def test_a_file_that_grew_since_it_was_listed_is_too_large() -> None:
    tree = _Memory({"school.yaml": b"a" * (LARGEST + 1)})
    _, findings = read_document(tree, Entry("school.yaml", EntryKind.FILE, 10))
    assert [finding.code for finding in findings] == ["SEP113"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (FileNotFoundError(2, "No such file"), "went away"),
        (PermissionError(13, "Permission denied"), "may not read"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (OSError(), "no reason"),
    ],
)
def test_a_failing_disk_is_a_finding(fault: OSError, words: str) -> None:
    _, findings = read_document(_Memory({}, fault), Entry("school.yaml", EntryKind.FILE, 10))
    assert [finding.code for finding in findings] == ["SEP153"]
    assert words in findings[0].message
    assert findings[0].help


@pytest.mark.parametrize("kind", [EntryKind.LINK, EntryKind.HARD_LINK, EntryKind.SPECIAL])
def test_only_plain_files_are_read(kind: EntryKind) -> None:
    tree = _Memory({}, fault=OSError("opened"))
    assert read_document(tree, Entry("school.yaml", kind, 1)) == (None, ())


def test_a_file_that_vanished_on_a_real_disk(tmp_path: Path) -> None:
    (tmp_path / "school.yaml").write_bytes(b"a: 1\n")
    tree = WorkingTree(tmp_path)
    (entry,) = tree.entries()
    (tmp_path / "school.yaml").unlink()
    _, findings = read_document(tree, entry)
    assert [finding.code for finding in findings] == ["SEP153"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links need a system that has them")
def test_a_file_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"a: 1\n")
    store = tmp_path / "store"
    store.mkdir()
    (store / "school.yaml").write_bytes(b"a: 1\n")
    tree = WorkingTree(store)
    (entry,) = tree.entries()
    (store / "school.yaml").unlink()
    (store / "school.yaml").symlink_to(tmp_path / "secret")
    _, findings = read_document(tree, entry)
    assert [finding.code for finding in findings] == ["SEP153"]
