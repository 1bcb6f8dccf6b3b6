"""Publishing while the disk or somebody else stands in the way: the old pages stay whole, and it is said plainly."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from site_builder.base.errors import SepError
from site_builder.publish import swap
from site_builder.publish.generation import NotWritten
from site_builder.publish.lock import LOCK, locked
from tests.publish.building import NOW, build, names, no_exchange, words
from tests.stores import SMALL_SCHOOL

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, limits and mounts of POSIX systems")
HOW = pytest.mark.parametrize("exchange", [swap.exchange, no_exchange], ids=["exchange", "file-by-file"])
MOMENTS = ["written", "ready"]
ROOT = Path(__file__).parents[2]


def outsider(folder: Path) -> Path:
    """Make a folder of somebody else's that looks like an output."""
    (folder / "sites/ana").mkdir(parents=True)
    (folder / "sites/ana/page-0.html").write_text("somebody else's")
    (folder / "sites/letter.txt").write_text("somebody else's")
    return folder


@HOW
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_output_becomes_a_link_meanwhile(tmp_path: Path, moment: str, exchange: swap.Exchange) -> None:
    out, other = tmp_path / "build", outsider(tmp_path / "other")
    build(out, "old")
    before = names(other)

    def swap_it(step: str) -> None:
        if step == moment and not out.is_symlink():
            out.rename(tmp_path / "moved")
            out.symlink_to(other)

    with pytest.raises(SepError) as caught:
        build(out, "new", pause=swap_it, exchange=exchange)
    assert caught.value.way_out
    assert names(other) == before
    assert words(other) == {"somebody"}
    assert words(tmp_path / "moved/sites") == {"old"}
    assert not [each for each in (tmp_path / "moved").iterdir() if each.name.startswith(".sep-staging-")]


@HOW
def test_another_folder_stands_there_meanwhile(tmp_path: Path, exchange: swap.Exchange) -> None:
    out, other = tmp_path / "build", outsider(tmp_path / "other")
    build(out, "old")
    before = names(other)

    def swap_it(step: str) -> None:
        if step == "ready":
            out.rename(tmp_path / "moved")
            other.rename(out)

    with pytest.raises(SepError, match="moved or replaced"):
        build(out, "new", pause=swap_it, exchange=exchange)
    assert names(out) == before
    assert "new" not in words(tmp_path / "moved")


@HOW
def test_the_sites_become_a_link_meanwhile(tmp_path: Path, exchange: swap.Exchange) -> None:
    out, other = tmp_path / "build", outsider(tmp_path / "other")
    build(out, "old")

    def swap_it(step: str) -> None:
        if step == "ready":
            shutil.rmtree(out / "sites")
            (out / "sites").symlink_to(other / "sites")

    with pytest.raises(NotWritten):
        build(out, "new", pause=swap_it, exchange=exchange)
    assert words(other) == {"somebody"}
    assert "new" not in words(out)


@pytest.mark.parametrize("umask", [0, 0o022, 0o027, 0o077])
@HOW
def test_pages_are_their_owners_alone_whatever_the_umask(tmp_path: Path, umask: int, exchange: swap.Exchange) -> None:
    before = os.umask(umask)
    try:
        build(tmp_path / "build", "first", exchange=exchange)
        build(tmp_path / "build", "second", exchange=exchange)
    finally:
        os.umask(before)
    modes = {
        (each.is_dir(), stat.S_IMODE(each.lstat().st_mode))
        for each in [tmp_path / "build", *(tmp_path / "build").rglob("*")]
    }
    assert modes == {(True, 0o700), (False, 0o600)}


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """Mount a small disk in memory at `folder`; skips the test where that is not allowed."""
    folder.mkdir(exist_ok=True)
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only the administrator of a Linux computer may mount a disk")
    if subprocess.run([mount, "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True).returncode:
        pytest.skip("mounting a disk is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@HOW
def test_a_disk_that_is_full(tmp_path: Path, exchange: swap.Exchange) -> None:
    with mounted(tmp_path / "disk", "size=256k,mode=0700") as disk:
        build(disk / "build", "old", exchange=exchange)
        (disk / "filler").write_bytes(bytes(_room(disk) - 40_000))
        kept = names(disk)
        for _ in range(3):  # what one run leaves would be missing to the next
            with pytest.raises(NotWritten, match="the disk is full"):
                build(disk / "build", "new", exchange=exchange)
            assert names(disk) == kept
            assert words(disk / "build/sites") == {"old"}
        (disk / "filler").unlink()
        build(disk / "build", "new", exchange=exchange)
        assert words(disk / "build/sites") == {"new"}


def _room(disk: Path) -> int:
    about = os.statvfs(disk)
    return about.f_bavail * about.f_frsize


def test_a_disk_that_has_been_full_from_the_start(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=64k,mode=0700") as disk:
        (disk / "filler").write_bytes(bytes(_room(disk)))
        done = sep(tmp_path, "build", "--out", str(disk / "build"))
        assert (done.returncode, "the disk is full" in done.stderr) == (4, True), done.stderr
        assert "Traceback" not in done.stderr
        assert "fault of the program" not in done.stderr


def test_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=16m,mode=0700") as disk:
        assert sep(tmp_path, "build", "--out", str(disk / "build")).returncode == 0
        before = {path: (disk / path).read_bytes() for path in names(disk)}
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for target in ("build", "elsewhere"):
            done = sep(tmp_path, "build", "--out", str(disk / target))
            assert (done.returncode, "the disk can only be read" in done.stderr) == (4, True), done.stderr
            assert "fault of the program" not in done.stderr
        assert {path: (disk / path).read_bytes() for path in names(disk)} == before


def sep(folder: Path, *arguments: str, most: int = 0) -> subprocess.CompletedProcess[str]:
    """Run `sep` on a copy of the small school in a process of its own, its files of at most `most` bytes."""
    if not (folder / "records").is_dir():
        shutil.copytree(SMALL_SCHOOL, folder / "records")
    code = "from site_builder.cli.main import run; run()"
    command = [sys.executable, "-c", code, "-C", str(folder / "records"), "--today", "2026-11-24", *arguments]
    (folder / "home").mkdir(exist_ok=True)
    env = {**os.environ, "HOME": str(folder / "home"), "XDG_CONFIG_HOME": str(folder / "home")}

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        timeout=120,
        env=env,
        capture_output=True,
        text=True,
        preexec_fn=limit if most else None,
    )


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    out = tmp_path / "build"
    assert sep(tmp_path, "build", "--out", str(out)).returncode == 0
    before = {path: (out / path).read_bytes() for path in names(out) if path.startswith("sites/")}
    joan = tmp_path / "records/students/ward-ivy/participants/joan-ward.yaml"
    joan.write_text(joan.read_text().rstrip("\n") + "\nrelation: Mother of Ivy\n")
    done = sep(tmp_path, "build", "--out", str(out), most=2000)
    assert (done.returncode, "larger than it may be" in done.stderr) == (4, True), done.stderr
    assert {path: (out / path).read_bytes() for path in names(out) if path.startswith("sites/")} == before
    assert not [each for each in out.iterdir() if each.name.startswith(".sep-staging-")]


def test_two_builders_at_once_in_two_processes(tmp_path: Path) -> None:
    out = tmp_path / "build"
    assert sep(tmp_path, "build", "--out", str(out)).returncode == 0
    before = {path: (out / path).read_bytes() for path in names(out) if path != LOCK}
    with locked(out, NOW):
        done = sep(tmp_path, "build", "--out", str(out))
    assert done.returncode == 2
    assert "busy since 2026-11-24 10:30:05" in done.stderr
    assert {path: (out / path).read_bytes() for path in names(out) if path in before} == before
    assert sep(tmp_path, "build", "--out", str(out)).returncode == 0


def test_many_builders_at_once_leave_one_whole_generation(tmp_path: Path) -> None:
    """Whoever comes second is turned away; whoever comes first is never mixed with another."""
    out = tmp_path / "build"
    build(out, "old")
    command = [sys.executable, "-m", "tests.publish.building", str(out)]
    started = [
        subprocess.Popen([*command, f"word{number}", "exchange"], cwd=ROOT, stderr=subprocess.PIPE)
        for number in range(6)
    ]
    ended = [each.communicate(timeout=60)[1].decode() for each in started]
    assert len(words(out / "sites")) == 1
    assert any(each.returncode == 0 for each in started)
    for each, said in zip(started, ended, strict=True):
        assert each.returncode == 0 or "Busy" in said, said
    assert not [each for each in out.iterdir() if each.name.startswith(".sep-staging-")]


def test_a_reader_meets_no_gap(tmp_path: Path, long: bool) -> None:
    """A hundred swaps, a thousand in the long run, and a reader who opens a page again and again."""
    out = tmp_path / "build"
    build(out, "first")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    if not swap.exchange(tmp_path / "one", tmp_path / "two"):
        pytest.skip("this disk cannot exchange two folders in one step")
    done, misses, reads = threading.Event(), [], 0
    page = out / "sites/maria/page-0.html"

    def read() -> None:
        nonlocal reads
        while not done.is_set():
            try:
                text = page.read_bytes()
                reads += 1
                if not text.startswith((b"<p>even", b"<p>odd", b"<p>first")) or len(text) < 200:
                    misses.append("torn")
            except FileNotFoundError:
                misses.append("gone")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(1000 if long else 100):
            build(out, ("even", "odd")[turn % 2], ("maria",))
    finally:
        done.set()
        reader.join()
    assert misses == []
    assert reads > 100
