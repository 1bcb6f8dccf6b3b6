"""A program that dies, by a signal nobody can catch, at one of the moments at which it touches the output.

`python -m tests.publish.killing OUT NUMBER MODULE ARGUMENTS...` runs MODULE (or `sep`) and counts each time it opens,
makes, moves, changes or deletes something in OUT. It is killed at the moment of that NUMBER, just before it happens;
with -1 it goes on to its end and writes the count to the file that SEP_TEST_COUNT names.
"""

from __future__ import annotations

import atexit
import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_TOUCHING = {
    "open",
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
    "shutil.rmtree",
}
_DELETING = {"os.remove", "os.rmdir"}
_CALLING = {"ctypes.dlsym"}  # the exchange of two folders, and the wait for the disk


def _run(out: str, number: int) -> None:
    count = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event in _CALLING or (event in _TOUCHING and _inside(event, arguments)):
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

    def _inside(event: str, arguments: tuple[Any, ...]) -> bool:
        if any(isinstance(each, str) and each.startswith(out) for each in arguments[:2]):
            return True
        # Deleting goes from open folder to open folder: there names alone are given.
        return event in _DELETING and "/" not in str(arguments[0])

    def tell() -> None:
        if number < 0:
            Path(os.environ["SEP_TEST_COUNT"]).write_text(str(count))

    atexit.register(tell)
    sys.addaudithook(hook)


def run_and_die(out: Path, number: int, module: str, *arguments: str, temporary: Path) -> int:
    """Run `module` in a process of its own that dies at the moment `number`; return its exit code."""
    command = [sys.executable, "-m", "tests.publish.killing", str(out), str(number), module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=120, env=_environment(temporary)).returncode


def moments(out: Path, module: str, *arguments: str, temporary: Path) -> int:
    """Run `module` to its end, and return how many moments there are at which it can die."""
    counted = temporary.with_suffix(".count")
    command = [sys.executable, "-m", "tests.publish.killing", str(out), "-1", module, *arguments]
    env = _environment(temporary) | {"SEP_TEST_COUNT": str(counted)}
    subprocess.run(command, cwd=ROOT, check=True, timeout=120, env=env)
    return int(counted.read_text())


def _environment(temporary: Path) -> dict[str, str]:
    temporary.mkdir(exist_ok=True)
    home = temporary.with_suffix(".home")
    home.mkdir(exist_ok=True)
    more = {"TMPDIR": str(temporary), "HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **more}


if __name__ == "__main__":
    _out, _number, _module, *_arguments = sys.argv[1:]
    sys.argv = [_module, *_arguments]
    _run(_out, int(_number))
    if _module == "sep":
        from site_builder.cli.main import run

        run()
    else:
        runpy.run_module(_module, run_name="__main__", alter_sys=True)
