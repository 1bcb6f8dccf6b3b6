"""What the tests of publishing share: small generations, and a builder in a process of its own."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from site_builder.base.artifact import Artifact
from site_builder.publish import swap
from site_builder.publish.generation import Published, publish
from site_builder.publish.place import claim

NOW = dt.datetime(2026, 11, 24, 10, 30, 5)
PEOPLE = ("ana", "begay", "maria")


def files(word: str, count: int = 4) -> Iterator[Artifact]:
    """Give a few files that all hold `word`, the last in a folder of its own."""
    for number in range(count):
        yield Artifact(f"page-{number}.html", f"<p>{word} {number}".encode() * 200)
    yield Artifact("ana/papers/letter.txt", word.encode())


def generation(word: str, people: tuple[str, ...] = PEOPLE) -> Mapping[str, Iterator[Artifact]]:
    """Give one folder a person, all of the generation `word`."""
    return {person: files(word) for person in people}


def words(live: Path) -> set[str]:
    """Return the generations of which `live` holds files."""
    return {path.read_text().removeprefix("<p>").split(" ")[0] for path in live.rglob("*") if path.is_file()}


def names(folder: Path) -> set[str]:
    """Return every file below `folder`, relative to it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def no_exchange(_one: Path, _other: Path) -> bool:
    """Stand for a system that cannot exchange two folders."""
    return False


def build(
    out: Path,
    word: str,
    people: tuple[str, ...] = PEOPLE,
    pause: Callable[[str], None] = lambda _: None,
    exchange: swap.Exchange = swap.exchange,
) -> Published:
    """Publish the generation `word` for `people` into `out`."""
    place = claim(out, out.parent / "records", Path("/nowhere/home"))
    return publish(place, "sites", generation(word, people), now=NOW, pause=pause, exchange=exchange)


if __name__ == "__main__":  # building OUT WORD exchange|replace: a builder in a process of its own
    _out, _word, _how = sys.argv[1:]
    build(Path(_out), _word, ("begay", "maria", "new"), exchange=swap.exchange if _how == "exchange" else no_exchange)
