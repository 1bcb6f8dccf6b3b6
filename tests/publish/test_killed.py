"""A builder that is killed anywhere leaves the old pages or the new ones, and the next run heals the rest."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publish.building import build, words

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that cannot be caught")


def build_and_die(out: Path, word: str, step: int, how: str) -> int:
    command = [sys.executable, "-m", "tests.publish.building", str(out), word, str(step), how]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


def staged(out: Path) -> list[str]:
    return [each.name for each in out.iterdir() if each.name.startswith(".sep-staging-")]


@pytest.mark.parametrize("step", range(0, 20))
def test_killed_at_any_step(tmp_path: Path, step: int) -> None:
    out = tmp_path / "build"
    build(out, "old", ("ana", "begay", "maria"))
    code = build_and_die(out, "new", step, "exchange")
    people = {each.name for each in (out / "sites").iterdir()}
    if step < 17:  # 15 files written, "ready", "swapped"; beyond these steps it ends well
        assert code == -signal.SIGKILL
        assert len(staged(out)) == 1
        assert (out / staged(out)[0]).stat().st_mode & 0o777 == 0o700
    else:
        assert code == 0
    if step < 16:
        assert (words(out / "sites"), people) == ({"old"}, {"ana", "begay", "maria"})
    else:
        assert (words(out / "sites"), people) == ({"new"}, {"begay", "maria", "new"})
    build(out, "healed", ("begay",))
    assert staged(out) == []
    assert words(out / "sites") == {"healed"}
    assert "old" not in words(out)


@pytest.mark.parametrize("step", [16, 17, 20, 25])
def test_killed_where_folders_cannot_be_exchanged(tmp_path: Path, step: int) -> None:
    out = tmp_path / "build"
    build(out, "old", ("ana", "begay", "maria"))
    assert build_and_die(out, "new", step, "replace") == -signal.SIGKILL
    for path in (out / "sites").rglob("*.html"):  # each file is whole, the old one or the new one
        assert len(path.read_bytes()) in {len(b"<p>old 0") * 200, len(b"<p>new 0") * 200}
    if step > 16:  # the first thing done is that who is not named any more goes
        assert not (out / "sites/ana").exists()
    build(out, "healed", ("begay",))
    assert staged(out) == []
    assert words(out / "sites") == {"healed"}
