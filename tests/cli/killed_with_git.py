"""A command that dies together with the git which it has started, as when a computer loses its power.

`python -m tests.cli.killed_with_git NUMBER DELAY ARGUMENTS...` runs `sep ARGUMENTS` and kills it and every program that
it has started: DELAY milliseconds after it starts a program for the time of that NUMBER; with a DELAY of 0 just before.
With -1 it goes on to its end and writes on its last line how often a program was started.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.cli.two_desks import clean_environment

ROOT = Path(__file__).parents[2]


def _watch(number: int, delay: float) -> list[int]:
    started = [0]

    def die() -> None:
        os.killpg(0, signal.SIGKILL)

    def hook(event: str, _arguments: tuple[Any, ...]) -> None:
        if event != "subprocess.Popen":
            return
        if started[0] == number:
            if delay:
                threading.Timer(delay / 1000, die).start()
            else:
                die()
        started[0] += 1

    sys.addaudithook(hook)
    return started


def _command(
    number: int, delay: float, temporary: Path, arguments: tuple[str, ...]
) -> subprocess.CompletedProcess[str]:
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.cli.killed_with_git", str(number), str(delay), *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=clean_environment(TMPDIR=str(temporary), XDG_CONFIG_HOME=str(temporary), PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        start_new_session=True,  # a group of its own, so that nothing else dies with it
    )


def moments(temporary: Path, *arguments: str) -> int:
    """Run the command to its end, and return how often it starts a program."""
    done = _command(-1, 0, temporary, arguments)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[-1])


def killed(number: int, delay: float, temporary: Path, *arguments: str) -> bool:
    """Run the command, and tell whether it was killed before it came to its end."""
    done = _command(number, delay, temporary, arguments)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


if __name__ == "__main__":
    from site_builder.cli.main import run

    _started = _watch(int(sys.argv[1]), float(sys.argv[2]))
    sys.argv = ["sep", *sys.argv[3:]]
    try:
        run()
    finally:
        sys.stdout.write(f"{_started[0]}\n")
