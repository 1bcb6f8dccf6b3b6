"""Texts that attack their reader, in a real browser: nothing runs, nothing is called, nothing leads elsewhere.

Every text of a store is an attack, and the store is read as if the checks had found nothing. The pages are opened twice
over: as families open them, and with the policy in their head switched off, so that each fence is tried by itself. Each
attack is seen to spring in a page without fences (policy: P37, P38).
"""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Response

from site_builder.access.report import report_for
from site_builder.access.sites import copy_for, site_for
from site_builder.model.store import Store
from site_builder.render.binder import render_binder
from site_builder.render.report import render_report
from site_builder.render.site import render_site
from site_builder.render.worksheet import render_worksheet
from tests.browser.attacks import ATTACKS, BODY, SPRINGING, SUM, Attacked, write_attacked_store
from tests.exchange.handed_in import KEY
from tests.stores import TODAY, checked

VIEWERS = ("begay", "principal-hale", "maria-rivera", "mia-peterson")


@dataclass
class Home:
    """Where attacks call: a server on this computer that keeps what it was asked for."""

    address: str
    asked: list[str]


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    asked: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Home(f"http://127.0.0.1:{server.server_port}", asked)
    server.shutdown()


def attacked(folder: Path, home: Home, turn: int) -> tuple[Store, Attacked]:
    done = write_attacked_store(folder / "records", home.address, turn)
    store = checked(folder / "records").store
    assert store is not None
    assert len(store.broken) == 4  # the checks do see it: here they are taken away
    return replace(store, broken=frozenset()), done


def write_pages(store: Store, folder: Path) -> list[Path]:
    """Write all that anybody gets of `store`, and return the pages."""
    for viewer in VIEWERS:
        site = site_for(store, viewer, TODAY)
        for made in render_site(site, KEY):
            # The manager's pages about one student are those that the student's other readers have.
            if viewer != "begay" or (made.path.count("/") < 2 and "-" not in made.path.split("/")[0]):
                _write(folder / viewer / made.path, made.content)
        for file in site.files[:1]:
            _write(folder / viewer / f"binder-{file.id}.html", render_binder(copy_for(store, file.id, viewer, TODAY)))
            _write(folder / viewer / f"worksheet-{file.id}.html", render_worksheet(site, file))
    _write(folder / "report/report.html", render_report(report_for(store, "2026-27", TODAY)))
    return sorted(folder.rglob("*.html"))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


class Log:
    """Everything that a context's pages ask for, open, say or change to."""

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[str] = []
        self.happened: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("download", lambda download: self.happened.append(f"download {download.url}"))
        page.on("popup", lambda popup: self.happened.append(f"popup {popup.url}"))
        page.on("pageerror", lambda error: self.happened.append(f"error {error}"))
        page.on("console", lambda message: self.happened.append(f"console {message.text}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.happened.append(f"dialog {dialog.message}")
        dialog.dismiss()


# What a page holds that it may not hold, after everything in it was touched.
LOOK = """
() => {
  const bad = [];
  for (const each of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "pointerdown", "animationend"])
      each.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
    for (const { name, value } of each.attributes) {
      if (name.startsWith("on")) bad.push(`${each.tagName} ${name}`);
      if (name === "style" && /url|expression|import/i.test(value)) bad.push(`style ${value}`);
      if (["src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "xlink:href"].includes(name)
          && !(each.tagName === "IMG" && name === "src")) bad.push(`${each.tagName} ${name}=${value}`);
    }
    if (["IFRAME", "OBJECT", "EMBED", "BASE", "VIDEO", "AUDIO", "PORTAL", "FRAMESET"].includes(each.tagName))
      bad.push(each.tagName);
    if (each.tagName === "META" && /refresh|set-cookie/i.test(each.httpEquiv)) bad.push("META refresh");
    if (each.tagName === "IMG" && !/^(file:|data:image\\/(png|jpeg|webp);base64,)/.test(each.src))
      bad.push(`IMG ${each.src}`);
    if (each.tagName === "A" && each.hasAttribute("href") && !/^(file:|https:|mailto:|tel:)/.test(each.href))
      bad.push(`A ${each.href}`);
  }
  return {
    bad,
    pwned: document.documentElement.dataset.pwned || window.pwned || "",
    scripts: [...document.scripts].filter((each) => each.type !== "application/json").length,
    links: [...document.links].map((each) => each.href),
    text: document.body.innerText,
  };
}
"""


def look(context: BrowserContext, pages: list[Path], folder: Path) -> None:
    """Open each page and assert that it is harmless."""
    log = Log(context)
    page = context.new_page()
    for path in pages:
        page.goto(path.as_uri())
        found = page.evaluate(LOOK)
        where = path.relative_to(folder)
        assert (found["bad"], found["pwned"]) == ([], ""), where
        assert found["scripts"] == (1 if path.name == "form.html" else 0), where
        assert SUM not in found["text"], where
        own = (folder / where.parts[0]).as_uri() + "/"
        for link in found["links"]:
            assert link.startswith((own, "https://", "mailto:", "tel:")), (where, link)
            assert not link.startswith("https://evil.example"), (where, link)
    page.wait_for_timeout(200)  # for calls that wait a moment, as a refresh does
    outside = [url for url in log.asked if not url.startswith((folder.as_uri() + "/", "data:image/"))]
    assert outside == []
    assert log.happened == []


def test_texts_do_nothing_to_their_readers(browser: Browser, tmp_path: Path, home: Home, long: bool) -> None:
    home.asked.clear()
    for turn in range(0, len(ATTACKS), 5) if long else (0,):
        store, done = attacked(tmp_path / f"store-{turn}", home, turn)
        assert len(done.fields) > 65
        assert done.texts > 2000
        folder = tmp_path / f"pages-{turn}"
        pages = write_pages(store, folder)
        assert len(pages) > 60
        names = {"form.html", "report.html", "index.html", "plan.html", "withheld.html", "students.html"}
        assert {path.name for path in pages} > names
        shown = b"".join(path.read_bytes() for path in pages)
        assert shown.count(b"pwned") > 1000  # the attacks are there, as words
        for bypass in (False, True):
            context = browser.new_context(bypass_csp=bypass)
            look(context, pages if bypass or long else pages[::5], folder)
            context.close()
    assert home.asked == []


@pytest.mark.parametrize("number", range(len(SPRINGING)))
def test_every_attack_springs_where_nothing_stops_it(browser: Browser, tmp_path: Path, home: Home, number: int) -> None:
    """So that the test above can fail: each attack, in a page as it is, is seen by what is looked for there."""
    home.asked.clear()
    attack = SPRINGING[number].replace("HOME", home.address)
    path = tmp_path / "page.html"
    inside = {"</title>": "<title>x {} y</title>", '"><': '<p title="{}">x</p>', "'><": "<p title='{}'>x</p>"}
    wrapping = next((each for start, each in inside.items() if attack.startswith(start)), "{}")
    wrapping = "<!-- {} -->" if attack.startswith("-->") else wrapping
    path.write_text(f"<!doctype html><body>{wrapping.replace('{}', attack)}")
    context = browser.new_context()
    log = Log(context)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_timeout(150)
    pwned = page.evaluate("document.documentElement.dataset.pwned || ''")
    context.close()
    assert pwned or [url for url in log.asked if url.startswith(home.address)], attack


def test_where_the_policy_alone_stands(browser: Browser, tmp_path: Path, home: Home) -> None:
    """The second fence by itself: attacks written into a finished page call nobody and run nothing."""
    home.asked.clear()
    store, _ = attacked(tmp_path / "store", home, 1)
    made = {each.path: each.content for each in render_site(site_for(store, "maria-rivera", TODAY))}
    page_text = made["rivera-ana/plan.html"].decode()
    # A refresh is the one thing that no policy stops.
    fitting = [each.replace("HOME", home.address) for each in ATTACKS if "refresh" not in each]
    answered: list[str] = []

    def keep(response: Response) -> None:
        answered.append(response.url)

    for turn in range(3):
        path = tmp_path / f"page-{turn}.html"
        _write(path, page_text.replace("</main>", "\n".join(fitting[turn::3]) + "</main>").encode())
        context = browser.new_context()
        page = context.new_page()
        page.on("response", keep)
        page.goto(path.as_uri())
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.dataset.pwned || ''") == ""
        context.close()
    assert answered
    assert [url for url in answered if url.startswith("http")] == []
    assert home.asked == []


def test_words_hold_every_attack() -> None:
    assert all(attack in BODY for attack in ATTACKS)
