"""A builder that is killed at any moment leaves the old pages or the new ones, and the next run heals the rest.

(policy: P35)
"""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Figures
from tests.publish.building import build, words
from tests.publish.killing import moments, run_and_die
from tests.stores import SMALL_SCHOOL

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that cannot be caught")
BUILDING = "tests.publish.building"
OLD, NEW = {"ana", "begay", "maria"}, {"begay", "maria", "new"}
WHOLE = 5  # files of one person


def chosen(count: int, most: int) -> Iterator[int]:
    """Give all moments, or `most` of them from the first to the last."""
    if count <= most:
        yield from range(count)
    else:
        yield from sorted({each * (count - 1) // (most - 1) for each in range(most)})


def staged(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(".sep-staging-")]


def state(out: Path) -> tuple[set[str], set[str], int]:
    """Return whose words stand in the sites, for whom, and in how many files."""
    sites = out / "sites"
    if not sites.is_dir():
        return set(), set(), 0
    people = {each.name for each in sites.iterdir()}
    return words(sites), people, sum(1 for each in sites.rglob("*") if each.is_file())


def in_between(out: Path) -> None:
    """Look at what file-by-file replacing leaves: whole files, and no new ones before what must go has gone."""
    for path in (out / "sites").rglob("*.html"):
        assert len(path.read_bytes()) in {len(b"<p>old 0") * 200, len(b"<p>new 0") * 200}
    assert not (out / "sites/ana/page-0.html").exists() or not (out / "sites/new/page-0.html").exists()


@pytest.mark.parametrize("how", ["exchange", "replace", "first"])
def test_killed_at_every_moment(tmp_path: Path, how: str, long: bool, figures: Figures) -> None:
    """Old whole or new whole, and after the next run no old word in any folder (policy: P35)."""
    arguments = ("new", "replace" if how == "replace" else "exchange")
    temporary = tmp_path / "temporary"

    def start(folder: Path) -> Path:
        out = folder / "build"
        if how == "first":
            folder.mkdir()
        else:
            folder.mkdir()
            build(out, "old", ("ana", "begay", "maria"))
        return out

    out = start(tmp_path / "counted")
    count = moments(out, BUILDING, str(out), *arguments, temporary=temporary)
    assert state(out) == ({"new"}, NEW, 3 * WHOLE)
    assert count > 40
    killed = 0
    for number in chosen(count, count if long else 9):
        figures.kills += 1
        out = start(tmp_path / str(number))
        code = run_and_die(out, number, BUILDING, str(out), *arguments, temporary=temporary)
        assert code == -signal.SIGKILL
        found = state(out)
        if how == "replace":
            in_between(out)
        else:
            before = (set(), set(), 0) if how == "first" else ({"old"}, OLD, 3 * WHOLE)
            assert found in (before, ({"new"}, NEW, 3 * WHOLE)), number
        assert all((out / each).stat().st_mode & 0o777 == 0o700 for each in (staged(out) if out.is_dir() else ()))
        build(out, "healed", ("begay",))
        assert staged(out) == []
        assert state(out) == ({"healed"}, {"begay"}, WHOLE)
        assert not {"old", "new"} & words(out)
        assert list(temporary.iterdir()) == []
        shutil.rmtree(out.parent)
        killed += 1
        figures.survived += 1
    assert killed == (count if long else 9)


def pages(out: Path) -> dict[str, bytes]:
    return {each.relative_to(out).as_posix(): each.read_bytes() for each in sorted(out.glob("sites/*/**/*.*"))}


def test_the_whole_command_killed_while_a_parent_loses_access(tmp_path: Path, long: bool, figures: Figures) -> None:
    """`sep build` killed: the old pages or the new ones, and the next run takes the parent's away (policy: P35)."""
    temporary = tmp_path / "temporary"
    shutil.copytree(SMALL_SCHOOL, tmp_path / "records")
    joan = tmp_path / "records/students/ward-ivy/participants/joan-ward.yaml"

    def command(out: Path) -> tuple[str, ...]:
        return "sep", "-C", str(tmp_path / "records"), "--today", "2026-11-24", "build", "--out", str(out)

    moments(tmp_path / "old", *command(tmp_path / "old"), temporary=temporary)
    joan.write_text(joan.read_text().rstrip("\n") + "\nuntil: 2026-11-20\n")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    count = moments(tmp_path / "new", *command(tmp_path / "new"), temporary=temporary)
    old, new = pages(tmp_path / "old"), pages(tmp_path / "new")
    assert any(path.startswith("sites/joan-ward/") for path in old)
    assert not any(path.startswith("sites/joan-ward/") for path in new)
    seen = set()
    for number in chosen(count, 120 if long else 3):
        figures.kills += 1
        out = tmp_path / str(number)
        shutil.copytree(tmp_path / "old", out)
        assert run_and_die(out, number, *command(out), temporary=temporary) == -signal.SIGKILL
        found = pages(out)
        assert found in (old, new), number
        seen.add(found == new)
        assert moments(out, *command(out), temporary=temporary)
        assert pages(out) == new
        assert staged(out) == []
        assert not [each for each in out.rglob("*") if "joan-ward" in each.name]
        assert list(temporary.iterdir()) == []
        shutil.rmtree(out)
        figures.survived += 1
    assert seen == {False, True}
