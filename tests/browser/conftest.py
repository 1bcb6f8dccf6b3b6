"""The system's Chromium, started once for all tests that open pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


def chromium() -> str | None:
    """Return the program that opens the pages, where there is one."""
    return os.environ.get("SEP_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium()
    if not found:
        pytest.skip("no Chromium on this computer; name one in SEP_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()
