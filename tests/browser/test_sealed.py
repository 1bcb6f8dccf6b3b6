"""Sealed files in a real browser: opened, locked, damaged, left and come back to; with a log of every request."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.base.artifact import Artifact
from site_builder.publish.passphrase import normalised
from site_builder.publish.sealed import sealed_file
from site_builder.publish.sealed_format import HEADER, Entry, packed, seal
from site_builder.render.loader import render_loader
from site_builder.render.site import render_site
from tests.browser.conftest import chromium
from tests.render import example_site as example

WORDS = "abacus zoom cafe latte ivory unify"
BLOCK = re.compile(rb'(<script type="application/octet-stream" data-sep="[a-z0-9-]+">)([A-Za-z0-9+/=]*)(</script>\n)')
SECRET = "Rivera"
"""Stands on every page of the example, and nowhere in a locked file."""

HOSTILE = """<!doctype html><html lang="en" onclick="bad()"><head><title>Page</title>
<meta http-equiv="refresh" content="0;url=https://evil.example/refresh"><base href="https://evil.example/">
<link rel="stylesheet" href="https://evil.example/a.css"><link rel="prefetch" href="https://evil.example/b">
<style>body { background: url(https://evil.example/c.png) }</style>
<style>@import "https://evil.example/d.css";</style>
</head><body onload="bad()"><h1>Rivera, page</h1><script>document.title = "ran"; window.ran = 1</script>
<meta http-equiv="refresh" content="0;url=https://evil.example/refresh2">
<iframe src="https://evil.example/e"></iframe><object data="https://evil.example/f"></object>
<embed src="https://evil.example/g">
<form action="https://evil.example/h"><input name="x"><button>Send</button></form>
<img src="https://evil.example/i.png" onerror="window.ran = 1" alt="far">
<img src="x" onerror="window.ran = 1" alt="none">
<img srcset="https://evil.example/j.png 2x" src="data:image/svg+xml;base64,PHN2Zy8+" alt="drawn">
<p style="background: url(https://evil.example/k.png)" id="sep-gate" onmouseover="window.ran = 1">Kept words</p>
<a id="js" href="javascript:window.ran=1">js</a><a id="data" href="data:text/html,x">data</a>
<a id="blob" href="blob:null/1">blob</a>
<a id="file" href="file:///etc/passwd">file</a><a id="slashes" href="//evil.example/">slashes</a>
<a id="up" href="../../../etc/passwd">up</a><a id="ping" ping="https://evil.example/l" href="https://www.utah.edu/">out</a>
<svg viewBox="0 0 9 9" onload="window.ran = 1"><use href="https://evil.example/m#n"/><image href="https://evil.example/o.png"/>
<foreignObject><script>window.ran = 1</script></foreignObject><a href="javascript:window.ran=1"><text>t</text></a>
<path d="M0 0h9" fill="url(https://evil.example/p)"/><animate attributeName="href" to="javascript:0"/></svg>
<video src="https://evil.example/q" poster="https://evil.example/r"></video>
<math><mtext><script>window.ran = 1</script></mtext></math>
<template><img src="https://evil.example/s"></template><noscript><img src="https://evil.example/t"></noscript>
<a id="pdf" href="papers/note.pdf">paper</a><a id="svg" href="papers/x.svg">drawing</a>
<a id="form" href="form.html">form</a>
<a id="png" href="papers/photo.png">photo</a><a id="fake" href="papers/fake.png">fake</a></body></html>"""


def sealed_entries(entries: list[Entry]) -> bytes:
    made = seal(packed(entries, entries[0].path), normalised(WORDS))
    return render_loader(example.parent_site(), made.header, made.chunks)


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return {each.path: each.content for each in render_site(example.family_site())}


@pytest.fixture(scope="module")
def sealed(pages: dict[str, bytes]) -> bytes:
    return sealed_file(example.family_site(), (Artifact(*each) for each in pages.items()), WORDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sealed: bytes) -> Path:
    top = tmp_path_factory.mktemp("sealed")
    (top / "family.html").write_bytes(sealed)
    (top / "other.html").write_text("<!doctype html><title>Other</title><p>Another page")
    return top


class Log:
    """What a page asked for and said."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda fault: self.said.append(str(fault)))

    def outside(self, own: str) -> list[str]:
        return [url for url in self.asked if not url.startswith(("blob:", "data:")) and url.split("#")[0] != own]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    yield made
    made.close()


def opened(page: Page, address: str, words: str = WORDS) -> Page:
    page.goto(address)
    page.fill("#sep-words", words)
    page.keyboard.press("Enter")
    expect(page.locator("#sep-lock")).to_be_visible()
    return page


def is_locked(page: Page) -> bool:
    expect(page.locator("#sep-gate")).to_be_visible()
    empty = "!document.getElementById('sep-stage').childNodes.length && !document.adoptedStyleSheets.length"
    return bool(page.evaluate(empty)) and SECRET not in page.content() and page.input_value("#sep-words") == ""


def said(page: Page, id: str) -> str:
    return page.locator(f"#{id}").inner_text()


def test_the_words_open_all_pages_and_no_request_is_made(
    context: BrowserContext, folder: Path, pages: dict[str, bytes], tmp_path: Path
) -> None:
    plain = tmp_path / "plain"
    for path, content in pages.items():
        (plain / path).parent.mkdir(parents=True, exist_ok=True)
        (plain / path).write_bytes(content)
    page, other = context.new_page(), context.new_page()
    log = Log(page)
    address = (folder / "family.html").as_uri()
    opened(page, address)
    order = [path for path in pages if path.endswith(".html") and b"<script" not in pages[path]]
    numbers = {path: number for number, path in enumerate(pages)}
    looked_at = order if len(order) < 20 else [*order[:14], *order[-4:]]
    for path in looked_at:
        page.evaluate(f"location.hash = '#p{numbers[path]}'")
        page.wait_for_timeout(30)
        other.goto((plain / path).as_uri())
        strip = "(box) => box.innerText.replace(/\\s+/g, ' ').trim()"
        shown = page.locator("#sep-stage").evaluate(strip)
        assert shown == other.locator("body").evaluate(strip), path
        look = "(at) => (({ fontFamily, color, maxWidth }) => [fontFamily, color, maxWidth])(getComputedStyle("
        look += "document.querySelector(at)))"
        assert page.evaluate(look, "#sep-stage main") == other.evaluate(look, "main"), path
        count = "(at) => document.querySelectorAll(at + ' *').length"
        assert page.evaluate(count, "#sep-stage") == other.evaluate(count, "body"), path
        links = "(at) => document.querySelectorAll(at + ' a[href]').length"
        assert page.evaluate(links, "#sep-stage") == other.evaluate(links, "body"), path
        broken = "[...document.images].filter(each => !each.complete || !each.naturalWidth).length"
        assert page.evaluate(broken) == 0, path
    assert log.outside(address) == []
    assert log.said == []


def test_neither_address_nor_title_nor_storage_tells_what_was_read(context: BrowserContext, folder: Path) -> None:
    page = opened(context.new_page(), (folder / "family.html").as_uri())
    page.locator("#sep-stage a[href^='#p']").nth(1).click()
    expect(page).to_have_url(re.compile(r"#p\d+(\.\d+)?$"))
    assert SECRET not in page.title()
    inside = page.locator("#sep-stage a[href^='#']").evaluate_all(
        "(all) => all.map((each) => each.getAttribute('href'))"
    )
    assert len(inside) > 5
    assert [href for href in inside if not re.fullmatch(r"#(?:p\d+|main)", href)] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, history.state]") == [
        0,
        0,
        "",
        None,
    ]
    assert page.evaluate("indexedDB.databases().then((each) => each.length)") == 0


@pytest.mark.parametrize(
    "typed", ["  ABACUS-Zoom café\nLATTÉ ivoryunify. ", "1. Abacus 2. zoom 3. cafe 4. latte 5. ivory 6. unify"]
)
def test_sloppy_typing_opens_too(context: BrowserContext, folder: Path, typed: str) -> None:
    page = opened(context.new_page(), (folder / "family.html").as_uri(), typed)
    assert page.evaluate("document.activeElement.localName") == "h1"


def test_wrong_words_and_none_are_told_apart_from_damage(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    log = Log(page)
    page.goto((folder / "family.html").as_uri())
    page.click("#sep-open")
    assert said(page, "sep-error") == "Type the six words first."
    page.fill("#sep-words", WORDS.replace("zoom", "zone"))
    page.click("#sep-open")
    expect(page.locator("#sep-error")).to_contain_text("These words do not open this file.")
    assert page.evaluate("document.activeElement.id") == "sep-words"
    assert page.get_attribute("#sep-words", "aria-invalid") == "true"
    assert page.evaluate("document.getElementById('sep-stage').childNodes.length") == 0
    assert SECRET not in page.content()
    page.fill("#sep-words", WORDS)
    page.click("#sep-open")
    expect(page.locator("#sep-lock")).to_be_visible()
    assert log.said == []


def test_lock_leaves_nothing_behind_and_back_opens_nothing(context: BrowserContext, folder: Path) -> None:
    page = opened(context.new_page(), (folder / "family.html").as_uri())
    page.locator("#sep-stage a[href^='#p']").nth(1).click()
    page.click("#sep-lock")
    assert is_locked(page)
    assert "Locked." in said(page, "sep-busy")
    assert page.evaluate("document.activeElement.id") == "sep-words"
    page.go_back()
    assert is_locked(page)


def test_back_and_forward_go_from_page_to_page(context: BrowserContext, folder: Path) -> None:
    page = opened(context.new_page(), (folder / "family.html").as_uri())
    heads = [page.locator("#sep-stage h1").inner_text()]
    for number in (1, 4):
        page.locator("#sep-stage a[href^='#p']:visible").nth(number).click()
        page.wait_for_timeout(50)
        heads.append(said_on(page))
    assert len(set(heads)) == 3
    page.go_back()
    expect(page.locator("#sep-told")).to_have_text(heads[1])
    page.go_forward()
    expect(page.locator("#sep-told")).to_have_text(heads[2])
    assert page.evaluate("document.activeElement.localName") in ("h1", "main")


def said_on(page: Page) -> str:
    return said(page, "sep-told")


def test_a_link_to_a_place_in_another_page_goes_there(context: BrowserContext, tmp_path: Path) -> None:
    first = b'<html><body><h1>One</h1><a href="two.html#low">low</a></body></html>'
    second = (
        b'<html><body><h1 id="high">Two</h1><p style="x">' + b"<br>" * 200 + b'</p><h2 id="low">Low</h2></body></html>'
    )
    entries = [Entry("one.html", "page", first), Entry("two.html", "page", second)]
    (tmp_path / "f.html").write_bytes(sealed_entries(entries))
    page = opened(context.new_page(), (tmp_path / "f.html").as_uri())
    page.get_by_text("low").click()
    expect(page).to_have_url(re.compile("#p1.1$"))
    expect(page.locator("#low")).to_be_focused()
    page.wait_for_function("window.scrollY > 500")
    page.go_back()
    expect(page.locator("#sep-stage h1")).to_have_text("One")


def test_ten_idle_minutes_lock_after_a_warning(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.clock.install()
    opened(page, (folder / "family.html").as_uri())
    page.clock.fast_forward("08:30")
    page.mouse.move(200, 300)
    page.clock.fast_forward("08:30")
    assert page.locator("#sep-lock").is_visible()
    page.clock.fast_forward("00:45")
    assert "in one minute" in said(page, "sep-told")
    page.keyboard.press("Shift")
    assert "in one minute" not in said(page, "sep-told")
    page.clock.fast_forward("09:30")
    page.clock.fast_forward("00:31")
    assert is_locked(page)
    assert "ten minutes" in said(page, "sep-busy")


def test_a_computer_that_slept_wakes_locked(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.clock.install()
    opened(page, (folder / "family.html").as_uri())
    page.clock.set_system_time(page.evaluate("Date.now()") / 1000 + 660)
    page.mouse.move(100, 100)
    page.mouse.move(200, 200)
    assert is_locked(page)


def test_reload_and_a_second_tab_are_locked(context: BrowserContext, folder: Path) -> None:
    page = opened(context.new_page(), (folder / "family.html").as_uri())
    page.locator("#sep-stage a[href^='#p']").nth(1).click()
    second = context.new_page()
    second.goto(page.url)
    assert is_locked(second)
    page.reload()
    assert is_locked(page)
    page.fill("#sep-words", WORDS)
    page.keyboard.press("Enter")
    expect(page.locator("#sep-lock")).to_be_visible()


def test_papers_are_saved_and_only_pictures_are_shown(context: BrowserContext, tmp_path: Path) -> None:
    photo = next(each.content for each in render_site(example.parent_site()) if each.path.endswith((".png", ".jpg")))
    entries = [
        Entry("index.html", "page", HOSTILE.encode()),
        Entry("papers/note.pdf", "file", b"%PDF-1.7 note"),
        Entry("papers/x.svg", "file", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        Entry("form.html", "file", b"<script>1</script>"),
        Entry("papers/photo.png", "image", photo),
        Entry("papers/fake.png", "image", b"<svg onload=alert(1)>"),
    ]
    (tmp_path / "f.html").write_bytes(sealed_entries(entries))
    page = opened(context.new_page(), (tmp_path / "f.html").as_uri())
    for id, name, content in (
        ("pdf", "note.pdf", entries[1]),
        ("svg", "x.svg", entries[2]),
        ("form", "form.html", entries[3]),
    ):
        with page.expect_download() as download:
            page.click(f"#{id}")
        assert download.value.suggested_filename == name
        assert Path(download.value.path()).read_bytes() == content.content
        assert "without a lock" in said(page, "sep-told")
        assert page.locator("#sep-stage h1").inner_text() == "Rivera, page"
    page.click("#png")
    expect(page.locator("#sep-stage img")).to_have_js_property("complete", True)
    assert page.evaluate("document.images[0].naturalWidth") > 0
    assert page.evaluate("document.images[0].src").startswith("blob:")
    page.get_by_role("link", name="Back").click()
    expect(page.locator("#sep-stage h1")).to_have_text("Rivera, page")
    page.click("#fake")
    expect(page.locator("#sep-stage h1")).to_contain_text("fake.png")
    assert page.get_attribute("#sep-stage img", "src") is None
    assert len(context.pages) == 1


class Trap(ThreadingHTTPServer):
    """A server that must not be asked for anything; it remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        trap = self

        class Answer(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.asked.append(self.path)
                self.send_error(404)

            do_POST = do_GET  # noqa: N815 - the server's name for it

            def log_message(self, format: str, *args: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def trap() -> Iterator[Trap]:
    server = Trap()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


@pytest.mark.parametrize("policy", [True, False], ids=["with its policy", "by the list of elements alone"])
def test_nothing_hostile_comes_into_the_page(context: BrowserContext, tmp_path: Path, trap: Trap, policy: bool) -> None:
    hostile = HOSTILE.replace("https://evil.example", trap.address)
    html = sealed_entries([Entry("index.html", "page", hostile.encode())])
    (tmp_path / "f.html").write_bytes(html if policy else POLICY.sub(b"", html, count=1))
    page = context.new_page()
    log = Log(page)
    address = (tmp_path / "f.html").as_uri()
    opened(page, address)
    page.get_by_text("Kept words").hover()
    page.wait_for_timeout(300)
    inside = page.evaluate(
        "[...new Set([...document.querySelectorAll('#sep-stage *')].map((each) => each.localName))].sort()"
    )
    assert inside == ["a", "h1", "img", "p", "path", "svg"]
    every = "[...document.querySelectorAll('#sep-stage *')]"
    names = page.evaluate(f"[...new Set({every}.flatMap((each) => each.getAttributeNames()))].sort()")
    assert names == ["alt", "d", "href", "id", "rel", "tabindex", "target", "viewBox"]
    hrefs = "[...document.querySelectorAll('#sep-stage a[href]')].map((each) => each.getAttribute('href'))"
    assert page.evaluate(hrefs) == ["https://www.utah.edu/"]
    assert page.locator("#sep-stage [id^=sep-], #sep-stage [src]").count() == 0
    for id in ("js", "data", "blob", "file", "slashes", "up"):
        page.click(f"#{id}")
    assert page.evaluate("window.ran") is None
    assert page.title().startswith("Private pages")
    assert page.url.startswith(address)
    assert log.outside(address) == []
    assert trap.asked == []


INTRUSION = """(server) => {
  const add = (name, set) => {
    const made = document.createElement(name);
    try { set(made); } catch {}
    document.body.append(made);
  };
  add('img', (each) => { each.src = server + '/a.png'; });
  add('script', (each) => { each.text = 'window.ran = 1'; });
  add('script', (each) => { each.src = server + '/a.js'; });
  add('iframe', (each) => { each.src = server + '/b'; });
  add('div', (each) => { each.setAttribute('style', `background: url(${server}/c.png)`); });
  add('link', (each) => { each.rel = 'stylesheet'; each.href = server + '/d.css'; });
  fetch(server + '/e').catch(() => {});
  try { document.body.insertAdjacentHTML('beforeend', '<p id=slipped>'); } catch {}
}"""


@pytest.mark.parametrize("policy", [True, False])
def test_the_policy_behind_it_lets_nothing_run_or_load(
    context: BrowserContext, sealed: bytes, tmp_path: Path, trap: Trap, policy: bool
) -> None:
    (tmp_path / "f.html").write_bytes(sealed if policy else POLICY.sub(b"", sealed, count=1))
    page = opened(context.new_page(), (tmp_path / "f.html").as_uri())
    wanted = set() if policy else {"/a.png", "/a.js", "/b", "/c.png", "/d.css", "/e"}
    page.evaluate(INTRUSION, trap.address)
    for _ in range(25 if wanted else 1):  # a busy machine asks later; what must not be asked for has one turn to come
        page.wait_for_timeout(400)
        if wanted <= {*trap.asked}:
            break
    # Without the policy all of it goes through: so the trap would have caught what it must not catch.
    assert page.evaluate("window.ran || 0") == (0 if policy else 1)
    assert page.locator("#slipped").count() == (0 if policy else 1)
    assert {*trap.asked} == wanted


def blocks(html: bytes) -> list[bytes]:
    return [base64.b64decode(each[2]) for each in BLOCK.finditer(html)]


def with_blocks(html: bytes, new: list[bytes]) -> bytes:
    before, after = html[: BLOCK.search(html).start()], html[html.rindex(b"</script>") + 10 :]  # type: ignore[union-attr]
    names = ("header", *(f"chunk-{at}" for at in range(len(new) - 1)))
    made = [
        b'<script type="application/octet-stream" data-sep="%s">%s</script>\n' % (name.encode(), base64.b64encode(each))
        for name, each in zip(names, new, strict=True)
    ]
    return before + b"".join(made) + after


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def mended(header: bytes) -> bytes:
    return header[:104] + hashlib.sha256(header[:104]).digest()


@pytest.fixture(scope="module")
def large() -> bytes:
    entries = [Entry("index.html", "page", b"<h1>Rivera</h1>"), Entry("a.pdf", "file", bytes(range(256)) * 9000)]
    return sealed_entries(entries)


def test_each_flipped_byte_of_the_header_is_refused(context: BrowserContext, tmp_path: Path) -> None:
    html = sealed_entries([Entry("index.html", "page", b"<h1>Rivera</h1>")])
    header, chunk = blocks(html)
    assert with_blocks(html, [header, chunk]) == html
    page = context.new_page()
    path = tmp_path / "f.html"
    path.write_bytes(with_blocks(html, [header, b"short"]))  # quick to load; chunks are looked at when it is opened
    page.goto(path.as_uri())
    page.evaluate("crypto.subtle.digest('SHA-256', new Uint8Array(1))")
    assert said(page, "sep-error") == ""
    for place in range(HEADER):
        path.write_bytes(with_blocks(html, [flipped(header, place), b"short"]))
        page.goto(path.as_uri())
        expect(page.locator("#sep-error")).to_contain_text("This file is damaged or not complete")
    path.write_bytes(with_blocks(html, [flipped(header, 135), chunk]))
    assert_refused(page, path, wrong=False)


DAMAGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "flipped": lambda b: [b[0], flipped(b[1], 12345), *b[2:]],
    "tag flipped": lambda b: [*b[:-1], flipped(b[-1], -1 % len(b[-1]))],
    "dropped": lambda b: [b[0], *b[2:]],
    "swapped": lambda b: [b[0], b[2], b[1], *b[3:]],
    "repeated": lambda b: [b[0], b[1], b[1], *b[3:]],
    "added": lambda b: [*b, b[-1]],
    "shortened": lambda b: [*b[:-1], b[-1][:-1]],
    "empty": lambda b: [*b[:-1], b""],
    "no chunk": lambda b: b[:1],
    "fewer chunks said": lambda b: [mended(b[0][:20] + (2 << 20).to_bytes(8, "big") + b[0][28:]), *b[1:3]],
    "fewer rounds": lambda b: [mended(b[0][:12] + (1000).to_bytes(4, "big") + b[0][16:]), *b[1:]],
    "salt": lambda b: [mended(flipped(b[0], 28)), *b[1:]],
    "nonce": lambda b: [mended(flipped(b[0], 44)), *b[1:]],
    "wrapped key": lambda b: [mended(flipped(b[0], 56)), *b[1:]],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_with_a_sentence(
    context: BrowserContext, large: bytes, damage: str, tmp_path: Path
) -> None:
    (tmp_path / "f.html").write_bytes(with_blocks(large, DAMAGES[damage](blocks(large))))
    assert_refused(
        context.new_page(), tmp_path / "f.html", wrong=damage in {"salt", "nonce", "wrapped key", "fewer chunks said"}
    )


@pytest.mark.parametrize("left", [0.2, 0.6, 0.999])
def test_a_file_that_was_cut_off_is_refused(context: BrowserContext, large: bytes, left: float, tmp_path: Path) -> None:
    (tmp_path / "f.html").write_bytes(large[: int(len(large) * left)])
    assert_refused(context.new_page(), tmp_path / "f.html", wrong=False)


def test_a_file_cut_off_within_its_script_says_so(context: BrowserContext, large: bytes, tmp_path: Path) -> None:
    (tmp_path / "f.html").write_bytes(large[: large.index(b"HEADER = 136") + 500])
    page = context.new_page()
    page.goto((tmp_path / "f.html").as_uri())
    assert "the file is not complete" in said(page, "sep-wait")
    assert not page.locator("#sep-form").is_visible()


def assert_refused(page: Page, path: Path, *, wrong: bool) -> None:
    page.goto(path.as_uri())
    page.fill("#sep-words", WORDS)
    page.click("#sep-open")
    sentence = "These words do not open" if wrong else "This file is damaged or not complete"
    expect(page.locator("#sep-error")).to_contain_text(sentence)
    expect(page.locator("#sep-open")).not_to_have_attribute("aria-disabled", "true")
    assert page.evaluate("document.getElementById('sep-stage').childNodes.length") == 0
    assert not page.locator("#sep-bar").is_visible()


class Quiet(SimpleHTTPRequestHandler):
    """A school's web server without a log."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def keeping_browser(browser: Browser) -> Iterator[Browser]:
    """Give a browser that keeps pages in memory when they are left, as people's browsers do."""
    started = browser.browser_type.launch(
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP school.example 127.0.0.1"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield started
    started.close()


def test_a_page_that_comes_back_from_the_browsers_memory_is_locked(keeping_browser: Browser, port: int) -> None:
    page = opened(keeping_browser.new_page(), f"http://127.0.0.1:{port}/family.html")
    page.evaluate("window.kept = 'in memory'")
    page.goto(f"http://127.0.0.1:{port}/other.html")
    with page.expect_event("framenavigated"):
        page.evaluate("setTimeout(() => history.back())")
    page.wait_for_function("document.getElementById('sep-gate')")
    assert page.evaluate("window.kept") == "in memory"
    assert is_locked(page)
    page.close()


def test_plain_http_says_what_to_do(keeping_browser: Browser, port: int) -> None:
    page = keeping_browser.new_page()
    page.goto(f"http://school.example:{port}/family.html")
    assert page.evaluate("isSecureContext") is False
    assert "begins with https, or save the file and open it" in said(page, "sep-cannot")
    assert not page.locator("#sep-form").is_visible()
    page.close()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 360)])
def test_everyone_can_use_it(browser: Browser, tmp_path: Path, language: str, width: int) -> None:
    site = example.parent_site(language)
    (tmp_path / "f.html").write_bytes(sealed_file(site, render_site(site), WORDS))
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto((tmp_path / "f.html").as_uri())
    assert page.get_attribute("html", "lang") == language
    name = {"en": "The six words from your sheet", "es": "Las seis palabras de su hoja"}[language]
    expect(page.get_by_label(name)).to_be_focused()
    page.locator("summary").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.fill("#sep-words", WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("getComputedStyle(document.getElementById('sep-words')).webkitTextSecurity") == "disc"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    lock = page.get_by_role("button", name={"en": "Lock", "es": "Bloquear"}[language])
    expect(lock).to_be_visible()
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert not lock.is_visible()
    context.close()
