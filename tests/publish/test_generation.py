from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from site_builder.base.artifact import Artifact
from site_builder.base.errors import Refused
from site_builder.publish import swap
from site_builder.publish.generation import NotWritten, publish
from site_builder.publish.paths import BadPath
from site_builder.publish.place import claim
from tests.publish.building import NOW, PEOPLE, build, files, generation, names, no_exchange, words

HOW = pytest.mark.parametrize("exchange", [swap.exchange, no_exchange], ids=["exchange", "file-by-file"])


def hidden(out: Path) -> set[str]:
    return {each.name for each in out.iterdir() if each.name.startswith(".")}


@HOW
def test_a_second_generation_takes_the_place_of_the_first(tmp_path: Path, exchange: swap.Exchange) -> None:
    out = tmp_path / "build"
    build(out, "first", exchange=exchange)
    report = build(out, "second", exchange=exchange)
    assert words(out / "sites") == {"second"}
    assert report.removed == ()
    assert report.files == 15
    assert hidden(out) == {".gitignore", ".sep-lock", ".sep-output"}


@HOW
def test_who_is_not_named_any_more_has_no_folder(tmp_path: Path, exchange: swap.Exchange) -> None:
    out = tmp_path / "build"
    build(out, "first", exchange=exchange)
    report = build(out, "second", ("ana", "maria"), exchange=exchange)
    assert {each.name for each in (out / "sites").iterdir()} == {"ana", "maria"}
    assert report.removed == ("begay",)
    assert not [path for path in out.rglob("*") if "begay" in path.name]


@HOW
def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path, exchange: swap.Exchange) -> None:
    place = claim(tmp_path / "build", tmp_path / "records", tmp_path / "home")
    one = [Artifact("a", b"file"), Artifact("b/c", b"folder")]
    other = [Artifact("a/x", b"folder"), Artifact("b", b"file")]
    for content in (one, other, one):
        publish(place, "sites", {"": content}, now=NOW, exchange=exchange)
        assert names(place / "sites") == {each.path for each in content}


@HOW
def test_a_link_in_the_published_folder_is_not_followed(tmp_path: Path, exchange: swap.Exchange) -> None:
    out, elsewhere = tmp_path / "build", tmp_path / "elsewhere"
    build(out, "first", exchange=exchange)
    elsewhere.mkdir()
    (elsewhere / "page-0.html").write_text("not ours")
    for name in ("ana", "gone"):
        link = out / "sites" / name
        swap.remove(link)
        link.symlink_to(elsewhere)
    report = build(out, "second", exchange=exchange)
    assert report.removed == ("gone",)
    assert (elsewhere / "page-0.html").read_text() == "not ours"
    assert not (out / "sites/ana").is_symlink()
    assert words(out / "sites") == {"second"}


def test_sites_that_are_a_link_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "build"
    build(out, "first")
    (out / "sites").rename(tmp_path / "moved")
    (out / "sites").symlink_to(tmp_path / "moved")
    with pytest.raises(Refused):
        build(out, "second")
    assert words(tmp_path / "moved") == {"first"}


def test_what_is_kept_stays_and_the_new_comes_before_the_kept(tmp_path: Path) -> None:
    place = claim(tmp_path / "build", tmp_path / "records", tmp_path / "home")
    publish(place, "sites", generation("first"), now=NOW)
    (place / "sites/maria/.hidden").write_text("not ours")
    publish(place, "sites", {"ana": files("second", 1)}, ["ana", "maria", "maria/ana", "never/there"], now=NOW)
    pages = {path: (place / "sites" / path).read_text() for path in names(place / "sites")}
    assert pages["ana/page-0.html"].startswith("<p>second")
    assert pages["ana/page-3.html"].startswith("<p>first")
    assert pages["maria/ana/papers/letter.txt"] == "first"
    assert not any(path.startswith(("begay", "never", "maria/.")) for path in pages)


def test_a_kept_folder_that_is_a_link_does_not_stay(tmp_path: Path) -> None:
    place = claim(tmp_path / "build", tmp_path / "records", tmp_path / "home")
    publish(place, "sites", generation("first"), now=NOW)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_text("secret")
    swap.remove(place / "sites/maria")
    (place / "sites/maria").symlink_to(tmp_path / "secret")
    publish(place, "sites", {}, ["maria", "maria/key.txt"], now=NOW)
    assert names(place / "sites") == set()


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    out = tmp_path / "build"
    seen: set[tuple[bool, int]] = set()

    def look(_: str) -> None:
        for path in out.rglob("*"):
            seen.add((path.is_dir(), stat.S_IMODE(path.lstat().st_mode)))

    before = os.umask(0)
    try:
        build(out, "first", pause=look)
        build(out, "second", pause=look, exchange=no_exchange)
    finally:
        os.umask(before)
    assert seen == {(True, 0o700), (False, 0o600)}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_an_unchanged_file_keeps_its_date(tmp_path: Path) -> None:
    out = tmp_path / "build"
    build(out, "first")
    page = out / "sites/ana/page-0.html"
    os.utime(page, ns=(10**18, 10**18))
    report = build(out, "first")
    assert page.stat().st_mtime_ns == 10**18
    assert report.unchanged == 15
    build(out, "other")
    assert page.stat().st_mtime_ns != 10**18


@pytest.mark.parametrize(
    "path", ["../x", "a/../x", "/x", "a//b", "", ".", ".hidden", "a\\b", "c:x", "nul.html", "x. ", "a\nb"]
)
def test_a_path_that_leads_elsewhere_is_refused_and_nothing_changes(tmp_path: Path, path: str) -> None:
    out = tmp_path / "build"
    build(out, "first")
    before = names(tmp_path)
    with pytest.raises(BadPath):
        publish(out, "sites", {"ana": [Artifact("fine.html", b""), Artifact(path, b"")]}, now=NOW)
    assert names(tmp_path) == before


def test_two_files_that_some_disks_cannot_tell_apart_are_refused(tmp_path: Path) -> None:
    place = claim(tmp_path / "build", tmp_path / "records", tmp_path / "home")
    with pytest.raises(BadPath):
        publish(place, "sites", {"": [Artifact("Straße.html", b""), Artifact("STRASSE.html", b"")]}, now=NOW)


def test_a_fault_while_rendering_leaves_the_last_generation(tmp_path: Path) -> None:
    out = tmp_path / "build"
    build(out, "first")

    def halfway(step: str) -> None:
        if step == "ready":
            raise RuntimeError(step)

    with pytest.raises(RuntimeError):
        build(out, "second", pause=halfway)
    assert words(out) >= {"first"}
    assert "second" not in words(out)


def test_a_disk_that_does_not_take_the_pages_is_said_plainly(tmp_path: Path) -> None:
    out = tmp_path / "build"
    build(out, "first")

    def full(step: str) -> None:
        if step == "written":
            raise OSError(28, "No space left on device")

    with pytest.raises(NotWritten) as caught:
        build(out, "second", pause=full)
    assert "the disk is full" in caught.value.sentence
    assert caught.value.exit_code == 4
    assert words(out / "sites") == {"first"}


def test_people_are_the_ones_of_the_generation(tmp_path: Path) -> None:
    build(tmp_path / "build", "first")
    assert {each.name for each in (tmp_path / "build/sites").iterdir()} == set(PEOPLE)
