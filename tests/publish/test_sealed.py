"""Sealed files, looked into with the reader in Node: what opens them, what does not, and which of them stay."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.access.carry_over import Standing
from site_builder.base.artifact import Artifact
from site_builder.publish.sealed import Deliveries, delivered, deliveries, intact, kind_of, sealed_file
from site_builder.publish.sealed_format import CHUNK, HEADER, Entry, TooLarge, packed, seal
from site_builder.render.site import render_site
from tests.render import example_site as example
from tests.sealed_reader.reader import DAMAGED, WRONG_WORDS, NotOpened, open_sealed

PHRASE = "abacus zoom cafe latte ivory unify"
BLOCK = re.compile(rb'(<script type="application/octet-stream" data-sep="[a-z0-9-]+">)([A-Za-z0-9+/=]*)(</script>)')
BIG = Artifact("rivera-ana/papers/2026-27/drawing.pdf", bytes(range(256)) * 5000)
"""More than a chunk, so that there is something to swap."""


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {each.path: each.content for each in (*render_site(example.parent_site()), BIG)}


@pytest.fixture(scope="module")
def sealed(made: dict[str, bytes]) -> bytes:
    return sealed_file(example.parent_site(), (Artifact(*each) for each in made.items()), PHRASE)


def blocks(html: bytes) -> list[bytes]:
    return [base64.b64decode(each[2]) for each in BLOCK.finditer(html)]


def with_blocks(html: bytes, new: list[bytes]) -> bytes:
    left: Iterator[bytes] = iter(new)
    return BLOCK.sub(lambda match: match[1] + base64.b64encode(next(left)) + match[3], html)


def refused(html: bytes, folder: Path, words: str = PHRASE) -> int:
    path = folder / "file.html"
    path.write_bytes(html)
    with pytest.raises(NotOpened) as fault:
        open_sealed(path, words)
    return fault.value.code


def test_the_words_open_every_file_byte_for_byte(sealed: bytes, made: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "maria-rivera.html"
    path.write_bytes(sealed)
    found = open_sealed(path, "  Abacus-ZOOM café latté ivoryunify\n")
    assert found.files == made
    assert found.start == "index.html"
    assert 0 < found.padding < CHUNK
    kinds = {path.rsplit(".", 1)[1]: kind for path, kind in found.kinds.items()}
    assert kinds.items() >= {"css": "style", "html": "page", "pdf": "file"}.items()
    assert "image" in kinds.values()


def test_without_the_words_nothing_can_be_read(sealed: bytes, made: dict[str, bytes], tmp_path: Path) -> None:
    assert refused(sealed, tmp_path, "abacus zoom cafe latte ivory unity") == WRONG_WORDS
    clear = BLOCK.sub(b"", sealed).decode()
    for word in ("Rivera", "Ana", "Maria", "rivera-ana", "drawing", PHRASE, *PHRASE.split()):
        assert word not in clear, word
    hidden = b"".join(blocks(sealed))
    assert b"Rivera" not in hidden
    assert b"Rivera" in made["index.html"]


def test_two_builds_share_no_sealed_byte_of_worth(made: dict[str, bytes]) -> None:
    content = packed([Entry("index.html", "page", made["index.html"])], "index.html")
    one, other = seal(content, b"abc"), seal(content, b"abc")
    assert one.header[28:104] != other.header[28:104]
    same = sum(a == b for a, b in zip(one.chunks[0], other.chunks[0], strict=True))
    assert same < len(one.chunks[0]) / 100


def test_the_size_shows_no_more_than_whole_mebibytes() -> None:
    small = seal(packed([Entry("index.html", "page", b"a")], "index.html"), b"abc")
    large = seal(packed([Entry("index.html", "page", b"a" * 900_000)], "index.html"), b"abc")
    assert [len(each) for each in small.chunks] == [len(each) for each in large.chunks] == [CHUNK + 16]


def test_the_same_draws_give_the_same_bytes_so_that_nothing_else_is_random() -> None:
    content = packed([Entry("index.html", "page", b"a")], "index.html")
    drawn: list[int] = []

    def draw(count: int) -> bytes:
        drawn.append(count)
        return bytes([len(drawn)]) * count

    first = seal(content, b"abc", draw)
    assert drawn == [16, 12, 32]
    drawn.clear()
    assert seal(content, b"abc", draw) == first


def test_what_is_too_large_is_said_before_anything_is_sealed() -> None:
    class Huge(bytes):
        def __len__(self) -> int:
            return 4097 * CHUNK

    with pytest.raises(TooLarge):
        seal(Huge(b"x"), b"abc")


def with_header(html: bytes, change: int, *, mend: bool) -> bytes:
    header, *rest = blocks(html)
    changed = bytearray(header)
    changed[change] ^= 1
    if mend:
        changed[104:] = hashlib.sha256(changed[:104]).digest()
    return with_blocks(html, [bytes(changed), *rest])


@pytest.mark.parametrize("place", [0, 12, 56, 135])
def test_a_flipped_byte_of_the_header_is_refused(sealed: bytes, place: int, tmp_path: Path) -> None:
    assert refused(with_header(sealed, place, mend=False), tmp_path) == DAMAGED


@pytest.mark.parametrize("place", [15, 27, 28, 44, 88])
def test_a_changed_header_with_its_digest_mended_opens_nothing(sealed: bytes, place: int, tmp_path: Path) -> None:
    assert refused(with_header(sealed, place, mend=True), tmp_path) in (DAMAGED, WRONG_WORDS)


def test_chunks_that_were_changed_moved_or_left_out_are_refused(sealed: bytes, tmp_path: Path) -> None:
    header, one, two = blocks(sealed)
    flipped = bytes([one[0] ^ 1]) + one[1:]
    assert len(header) == HEADER
    assert refused(with_blocks(sealed, [header, flipped, two]), tmp_path) == DAMAGED
    assert refused(with_blocks(sealed, [header, two, one]), tmp_path) == DAMAGED
    assert refused(with_blocks(sealed, [header, one, one]), tmp_path) == DAMAGED
    assert refused(with_blocks(sealed, [header, one, two[:-1]]), tmp_path) == DAMAGED
    assert refused(sealed[: sealed.index(b'data-sep="chunk-1"')], tmp_path) == DAMAGED


def test_a_shorter_header_with_fewer_chunks_is_refused(sealed: bytes, tmp_path: Path) -> None:
    header, one, two = blocks(sealed)
    fixed = header[:20] + CHUNK.to_bytes(8, "big") + header[28:104]
    shorter = with_blocks(sealed, [fixed + hashlib.sha256(fixed).digest(), one, two])
    start = shorter.index(b'<script type="application/octet-stream" data-sep="chunk-1">')
    assert refused(shorter[:start], tmp_path) == WRONG_WORDS


def test_a_chunk_of_another_build_is_refused(sealed: bytes, made: dict[str, bytes], tmp_path: Path) -> None:
    again = sealed_file(example.parent_site(), (Artifact(*each) for each in made.items()), PHRASE)
    header, one, _ = blocks(sealed)
    assert refused(with_blocks(sealed, [header, one, blocks(again)[2]]), tmp_path) == DAMAGED


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("index.html", b"<p>", "page"),
        ("rivera-ana/form.html", b"<SCRIPT>", "file"),
        ("assets/sep.css", b"", "style"),
        ("a/papers/x.jpg", b"", "image"),
        ("a/papers/x.gif", b"", "file"),
        ("a/papers/x.svg", b"<svg>", "file"),
        ("a/papers/x.pdf", b"", "file"),
        ("a/papers/html", b"", "file"),
    ],
)
def test_what_is_shown_and_what_is_saved(path: str, content: bytes, kind: str) -> None:
    assert kind_of(Artifact(path, content)) == kind


ON = dt.date(2026, 11, 24)
DECIDED = {("ana", "s1"): Standing(), ("ben", "s1"): Standing(), ("ben", "s2"): Standing(ON)}


def test_a_file_stays_only_while_all_in_it_may_be_seen() -> None:
    published = {"ana", "ben", "boss", "gone"}
    everything = intact(published, {"ana", "boss"}, DECIDED, lambda _v, _s: True)
    assert everything == {"ana", "ben", "boss"}
    assert intact(published, {"ana", "boss"}, DECIDED, lambda _v, s: s != "s2") == {"ana", "boss"}
    assert intact(published, {"ana", "boss"}, {}, lambda _v, _s: True) == frozenset()


def test_who_gets_a_new_file() -> None:
    published, entitled = {"ana", "ben", "gone"}, {"ana", "ben", "new"}
    assert deliveries(published, entitled, {"ana", "gone"}) == Deliveries(("ana", "ben", "new"), ("gone",))
    assert deliveries(published, entitled, {"ana", "gone"}, "new") == Deliveries(("ben", "new"), ("ana", "gone"))
    assert deliveries(published, entitled, {"ana", "ben"}, "ana") == Deliveries(("ana",), ("ben",))


def test_links_and_other_files_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "ana.html").write_text("x")
    (tmp_path / "note.txt").write_text("x")
    (tmp_path / "ben.html").symlink_to(tmp_path / "ana.html")
    assert delivered(tmp_path) == {"ana"}
    assert delivered(tmp_path / "missing") == frozenset()
