"""Opens sealed files with the reader in Node, for every test that looks into them."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

READER = Path(__file__).with_name("read.mjs")
WRONG_WORDS, DAMAGED = 3, 4


class NotOpened(Exception):
    """The reader refused; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Opened:
    """What a sealed file holds: the first page, each file's bytes and kind by path, and the bytes of padding."""

    start: str
    files: dict[str, bytes]
    kinds: dict[str, str]
    padding: int


def open_sealed(path: Path, words: str) -> Opened:
    """Open the file with `words`; raises `NotOpened`. The test is skipped where there is no Node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this computer")
    done = subprocess.run([node, str(READER), str(path)], input=words.encode(), capture_output=True)
    if done.returncode in (WRONG_WORDS, DAMAGED):
        raise NotOpened(done.returncode)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    return Opened(
        found["start"],
        {each["path"]: base64.b64decode(each["content"]) for each in found["files"]},
        {each["path"]: each["kind"] for each in found["files"]},
        found["padding"],
    )
