"""Files made wrong at random, the same ones for the same number."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]
_LARGEST = 12_000
_TOKENS = (
    *(
        b"---\n",
        b"...\n",
        b"%YAML 1.1\n",
        b"%TAG ! x\n",
        b"? ",
        b": ",
        b"- ",
        b"#",
        b" #",
        b"| ",
        b">-2\n",
        b"|+\n",
        b"~",
    ),
    *(
        b"&a ",
        b"*a",
        b"<<: *a\n",
        b"!!python/object/apply:os.system ['true']",
        b"!x ",
        b"!<tag:x> ",
        b"!!binary ",
        b"@",
    ),
    *(b"[", b"]", b"{", b"}", b",", b"'", b'"', b"\\", b"`", b'"\\u202e"', b'"\\ud800"', b'"\\x00"', b"\\N"),
    *(
        b"\t",
        b"\r",
        b"\r\n",
        b"\n\n",
        b"\x00",
        b"\x07",
        b"\x1b",
        b"\x7f",
        b"\x85",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xff\xfe",
    ),
    *(b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xcc\x81" * 40),
    *(
        b"<<<<<<< HEAD\n",
        b"=======\n",
        b">>>>>>> x\n",
        b"<!-- ",
        b" -->",
        b"null",
        b"true",
        b"0o17",
        b"0x1F",
        b".inf",
        b".nan",
    ),
    *(b"1e999999", b"-0", b"9" * 5000, b"2026-02-30", b"2026-11-24", b"12:34:56", b"1_000", b"=", b"0.5e-"),
)
_REPEATED = (
    *(
        b"[",
        b"{a: ",
        b"- ",
        b"? ",
        b"  ",
        b"\n",
        b"a: &a\n",
        b"'",
        b'"',
        b"\\",
        b"#",
        b"!",
        b"&",
        b"*a ",
        b"> ",
        b"---\n",
    ),
)


@cache
def corpus() -> tuple[tuple[str, bytes], ...]:
    """Return records of all kinds, sound and unsound, with the path that each would have in a store."""
    stores = [TESTS.parent / "records", TESTS / "data/stores/good/small-school"]
    found = [
        (path.relative_to(root).as_posix(), path)
        for root in stores
        for path in root.rglob("*")
        if path.suffix in {".yaml", ".md"}
    ]
    found += [
        (f"students/lopez-sam/2026-27/{'strengths.md' if path.suffix == '.md' else 'plan.yaml'}", path)
        for folder in ("yaml", "fuzz")
        for path in (TESTS / "data" / folder).rglob("*")
        if path.is_file()
    ]
    return tuple(sorted((name, path.read_bytes()) for name, path in found if path.stat().st_size <= _LARGEST))


@cache
def papers() -> tuple[bytes, ...]:
    """Return documents of all kinds, hostile and harmless."""
    paths = [*(TESTS / "data/hostile").rglob("*.*"), *(TESTS / "data/stores").rglob("documents/*.png")]
    return tuple(path.read_bytes() for path in sorted(paths) if path.stat().st_size <= _LARGEST)


def wrong_record(number: int) -> tuple[str, bytes]:
    """Return the path and the bytes of the record of that number."""
    dice = random.Random(number)
    path, content = dice.choice(corpus())
    return path, _changed(content, dice, lambda: dice.choice(corpus())[1])


def wrong_paper(number: int) -> bytes:
    """Return the bytes of the document of that number."""
    dice = random.Random(~number)
    return _changed(dice.choice(papers()), dice, lambda: dice.choice(papers()))


def _changed(content: bytes, dice: random.Random, other: Callable[[], bytes]) -> bytes:
    made = bytearray(content)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5, 12))):
        _change(made, dice, other)
    return bytes(made)


def _change(made: bytearray, dice: random.Random, other: Callable[[], bytes]) -> None:
    at = dice.randrange(len(made) + 1)
    end = min(len(made), at + dice.choice((1, 2, 8, 60, 400)))
    match dice.randrange(10):
        case 0:
            made[at:end] = dice.randbytes(end - at)
        case 1:
            del made[at:end]
        case 2:
            made[at:at] = made[at:end] * dice.choice((1, 2, 30))
        case 3 | 4 | 5:
            made[at:at] = dice.choice(_TOKENS)
        case 6:
            made[at:at] = dice.choice(_REPEATED) * dice.choice((3, 40, 1100, 20_000))
        case 7:
            piece = other()
            start = dice.randrange(len(piece) + 1)
            made[at:end] = piece[start : start + dice.choice((10, 200, 4000))]
        case 8:
            del made[at:]
        case _:
            lines = bytes(made).split(b"\n")
            one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
            lines[one], lines[two] = lines[two], dice.choice((b"", b" ", b"  ", b"\t")) + lines[one]
            made[:] = b"\n".join(lines)
