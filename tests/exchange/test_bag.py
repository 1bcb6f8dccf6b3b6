"""Packages as bags: the same bytes from the same content, and nothing read that is not whole and plain (RFC 8493)."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.base.errors import WrongUse
from site_builder.exchange.bag import Bag, packed, unpacked
from tests.moving import unzipped, zipped

BAG = Bag(
    {"Source-Organization": "Small School"},
    {"about.json": b"{}", "file/student.yaml": b"name: Sam\n", "file/a%b.md": b"", "file/\u00e9.md": b"x" * 5000},
)


def test_what_is_packed_is_unpacked() -> None:
    found = unpacked(packed("lopez-sam", BAG))
    assert found.files == BAG.files
    assert found.about == {"Source-Organization": "Small School", "Payload-Oxum": "5012.4"}


def test_the_same_content_gives_the_same_bytes() -> None:
    again = Bag(dict(BAG.about), dict(reversed(list(BAG.files.items()))))
    assert packed("lopez-sam", again) == packed("lopez-sam", BAG)
    with zipfile.ZipFile(io.BytesIO(packed("lopez-sam", BAG))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def append(path: Path, content: bytes = b"x") -> None:
    path.write_bytes(path.read_bytes() + content)


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a changed word": (lambda top: append(top / "data/file/student.yaml"), "a checksum does not hold"),
    "a file more": (lambda top: (top / "data/more").write_bytes(b"x"), "files are missing, or are more than it names"),
    "a file less": (lambda top: (top / "data/file/student.yaml").unlink(), "files are missing, or are more"),
    "a changed list": (lambda top: append(top / "manifest-sha256.txt"), "a checksum does not hold"),
    "no list": (lambda top: (top / "tagmanifest-sha256.txt").unlink(), "does not say what it is"),
    "another bag": (lambda top: (top / "bagit.txt").write_text("BagIt-Version: 0.97\n"), "does not say what it is"),
    "a tag more": (
        lambda top: (top / "fetch.txt").write_text("https://nowhere.example/x 1 data/x\n"),
        "no such package",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_package_is_refused(name: str, tmp_path: Path) -> None:
    change, told = DAMAGE[name]
    (tmp_path / "whole.zip").write_bytes(packed("lopez-sam", BAG))
    top = unzipped(tmp_path / "whole.zip", tmp_path / "changed")
    change(top)
    with pytest.raises(WrongUse, match=told):
        unpacked(zipped(top))


@pytest.mark.parametrize("part", [0.0, 0.2, 0.7, 0.99])
def test_a_package_that_was_cut_off(part: float) -> None:
    whole = packed("lopez-sam", BAG)
    with pytest.raises(WrongUse, match="damaged or was cut off"):
        unpacked(whole[: int(len(whole) * part)])


def entry(name: str, kind: int = stat.S_IFREG, **more: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = (kind | 0o600) << 16
    for key, value in more.items():
        setattr(made, key, value)
    return made


ZIPS: dict[str, tuple[list[tuple[zipfile.ZipInfo, bytes]], str]] = {
    "a way up": ([(entry("top/../../evil"), b"x")], "leads out of it"),
    "from the root": ([(entry("/etc/evil"), b"x")], "leads out of it"),
    "a drive": ([(entry("top/C:evil"), b"x")], "leads out of it"),
    "backslashes": ([(entry("top\\..\\evil"), b"x")], "leads out of it"),
    "an empty part": ([(entry("top//evil"), b"x")], "leads out of it"),
    "a line break": ([(entry("top/a\nb"), b"x")], "leads out of it"),
    "a link": ([(entry("top/link", stat.S_IFLNK), b"/etc/passwd")], "no plain file"),
    "a pipe": ([(entry("top/pipe", stat.S_IFIFO), b"")], "no plain file"),
    "a folder": ([(entry("top/folder/"), b"")], "leads out of it"),
    "twins": ([(entry("top/A"), b"x"), (entry("top/a"), b"y")], "two files of the package have one name"),
    "two folders": ([(entry("top/a"), b"x"), (entry("other/a"), b"y")], "not one folder"),
    "no folder": ([(entry("a"), b"x")], "not one folder"),
}


@pytest.mark.parametrize("name", ZIPS)
def test_an_archive_that_leads_elsewhere(name: str) -> None:
    entries, told = ZIPS[name]
    bad = io.BytesIO()
    with zipfile.ZipFile(bad, "w") as archive:
        for about, content in entries:
            archive.writestr(about, content)
    with pytest.raises(WrongUse, match=told):
        unpacked(bad.getvalue())


def test_an_archive_that_swells() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("top/a", "w") as stream:
        for _ in range(520):
            stream.write(bytes(2**20))
    bad = out.getvalue()
    assert len(bad) < 2**20
    with pytest.raises(WrongUse, match="unpacked, the package is larger than 512 MB"):
        unpacked(bad)
    # One that says that it is small.
    size = (520 * 2**20).to_bytes(4, "little")
    with pytest.raises(WrongUse, match="damaged or was cut off"):
        unpacked(bad.replace(size, (1).to_bytes(4, "little")))
