"""Which binders need not be made again: what each was made from, kept beside it (policy: P35).

A binder stays only where everything that goes into it is the same: what its reader may see today, word by word, the
bytes of its documents, the paper, the program, its templates and fonts, and the libraries at work. A wrong answer here
would show somebody what they may not see any more, so anything unknown means: make it again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.access.carry_over import Standing
from site_builder.access.view import Copy
from site_builder.base.resources import folder
from site_builder.publish.ledger import LEDGER, as_data, noted, of_data
from site_builder.render.more_letters import installed

if TYPE_CHECKING:
    from site_builder.publish.typeset import Paper

LIBRARIES = ("typst", "pikepdf", "pillow", "jinja2", "babel", "markdown-it-py", "nh3", "markupsafe", "lxml")
"""Those whose work shows in a binder's bytes."""


@dataclass(frozen=True, slots=True)
class Made:
    """A published binder: the key of what it was made from, the hash of its bytes, its pages (0 where it has none to
    count), what there was to say of its documents, each a path and a sentence, and what it rests on for its reader.
    """

    key: str
    sha256: str
    pages: int = 0
    notes: tuple[tuple[str, str], ...] = ()
    rests: Standing = field(default_factory=Standing)


def key_of(copy: Copy, digests: Mapping[str, str], paper: Paper, kind: str) -> str:
    """Return the key of a binder of `kind` (`pdf` or `html`): equal for two only where their bytes are.

    `digests` are those of the documents' bytes. A view says in its own words all that it holds but those bytes.
    """
    parts = (repr(copy), repr(sorted(digests.items())), repr(paper), kind, program())
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """Return the hash of everything that makes binders beside the records."""
    found = hashlib.sha256(sys.version.encode())
    for name in LIBRARIES:
        found.update(f"{name}={importlib.metadata.version(name)}\n".encode())
    for font in installed():
        found.update(f"{font.family}={font.version}\n".encode())
    package = Path(__file__).resolve().parents[1]
    for top, pattern in ((package, "*.py"), (folder("templates"), "*"), (folder("data"), "*")):
        for path in sorted(each for each in top.rglob(pattern) if each.is_file() and "__pycache__" not in each.parts):
            found.update(f"{path.relative_to(top).as_posix()}\0".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def read_made(binders: Path) -> dict[str, Made]:
    """Return what is known of the published `binders`, by file name; of what cannot be read, nothing."""
    try:
        found = json.loads((binders / LEDGER).read_bytes())
        return {
            str(name): Made(
                str(each["key"]),
                str(each["sha256"]),
                int(each["pages"]),
                tuple((str(path), str(sentence)) for path, sentence in each["notes"]),
                of_data(each["rests"]),
            )
            for name, each in found.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def written(made: Mapping[str, Made]) -> bytes:
    """Return the note that is kept beside the binders."""
    entries = {
        name: {
            "key": each.key,
            "sha256": each.sha256,
            "pages": each.pages,
            "notes": each.notes,
            "rests": as_data(each.rests),
        }
        for name, each in sorted(made.items())
    }
    return noted(entries)


def stands(binders: Path, name: str, made: Mapping[str, Made], key: str) -> bool:
    """Tell whether the published binder `name` is the one that would be made for `key`, byte for byte."""
    known = made.get(name)
    if known is None or known.key != key:
        return False
    path = binders / name
    try:
        return not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == known.sha256
    except OSError:
        return False
