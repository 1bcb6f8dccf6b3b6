"""How long a sealed file takes to make and to open in Chromium: `python -m tests.benchmarks.sealed`.

It prints seconds and asserts nothing. The goals are 1 s to open a family's pages, and 3 s with 20 MB of papers.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from site_builder.base.artifact import Artifact
from site_builder.publish.sealed import sealed_file
from site_builder.render.site import render_site
from tests.browser.conftest import chromium
from tests.render import example_site as example

WORDS = "abacus zoom cafe latte ivory unify"
RUNS = 5


def opening(browser: Browser, path: Path) -> tuple[float, float]:
    """Return the seconds until the words can be typed, and from the words to the first page."""
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("#sep-form:not([hidden])")
    loaded = time.perf_counter() - start
    page.fill("#sep-words", WORDS)
    start = time.perf_counter()
    page.keyboard.press("Enter")
    page.wait_for_selector("#sep-stage h1")
    opened = time.perf_counter() - start
    page.close()
    return loaded, opened


def main() -> None:
    """Measure a family's pages as they are, and with papers of 20 MB."""
    site = example.family_site()
    pages = list(render_site(site))
    papers = [Artifact(f"rivera-ana/papers/2026-27/paper-{at}.pdf", secrets.token_bytes(2_000_000)) for at in range(10)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        found = chromium()
        if found is None:
            sys.exit("no Chromium on this computer; name one in SEP_CHROMIUM")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, files in (("pages", pages), ("pages and 20 MB of papers", pages + papers)):
            start = time.perf_counter()
            html = sealed_file(site, files, WORDS)
            made = time.perf_counter() - start
            path = Path(folder, "file.html")
            path.write_bytes(html)
            times = [opening(browser, path) for _ in range(RUNS)]
            loaded, opened = (median(each) for each in zip(*times, strict=True))
            sys.stdout.write(
                f"{name}: {len(html) / 1e6:.1f} MB, made in {made:.2f} s, "
                f"loaded in {loaded:.2f} s, opened in {opened:.2f} s (slowest {max(each[1] for each in times):.2f} s)\n"
            )
        browser.close()


if __name__ == "__main__":
    main()
