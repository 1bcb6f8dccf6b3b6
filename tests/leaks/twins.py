"""Pairs of schools that differ in withheld content alone: for all from whom it is withheld they must be one school.

Nothing has to be said here about what may be shown and how: whatever depends on withheld content, a date, a count, an
order, a file name, makes two sites that are not the same.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from PIL import Image

from site_builder.access.sites import site_for, viewers
from site_builder.model.store import Store
from site_builder.render.site import render_site
from tests.exchange.handed_in import KEY
from tests.leaks.canary_school import Written
from tests.leaks.facts import MANAGER, PRINCIPAL
from tests.leaks.suite import Fault, key_of
from tests.stores import checked

TODAY = dt.date(2026, 11, 24)


@dataclass(frozen=True)
class Twin:
    """A change of withheld content; `seen_by` are those who may notice."""

    name: str
    change: Callable[[Written, Path], None]
    seen_by: frozenset[str]
    on: dt.date = TODAY


def _document(written: Written, root: Path, paper: str) -> Path:
    """Return where the description of a paper stands."""
    id = next(x.word.lower() for x in written.canaries if (x.kind, x.entry, x.field) == ("document", paper, "id"))
    student = next(each.student for each in written.facts.papers if each.id == paper)
    return root / f"students/{student}/2026-27/documents/{id}.yaml"


def _file(description: Path) -> Path:
    return description.with_name(yaml.safe_load(description.read_text("utf-8"))["file"])


def _edit(path: Path, **fields: object) -> None:
    content = yaml.safe_load(path.read_text("utf-8"))
    assert fields
    content |= fields
    path.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")


def _bytes(paper: str) -> Callable[[Written, Path], None]:
    def change(written: Written, root: Path) -> None:
        picture = _file(_document(written, root, paper))
        Image.new("RGB", (40, 20), (1, 2, 3)).save(picture)

    return change


def _fields(paper: str, **fields: object) -> Callable[[Written, Path], None]:
    def change(written: Written, root: Path) -> None:
        _edit(_document(written, root, paper), **fields)

    return change


def _without(paper: str) -> Callable[[Written, Path], None]:
    """Take the paper away, with its consents and the note that refers to it."""

    def change(written: Written, root: Path) -> None:
        description = _document(written, root, paper)
        picture, student = _file(description), root / "students" / description.parts[-4]
        notes = [each for each in student.glob("2026-27/progress/*.md") if picture.name in each.read_text("utf-8")]
        assert notes
        for each in (description, picture, *notes, *student.glob(f"consents/{description.stem}-*")):
            each.unlink()

    return change


def _no_student(student: str) -> Callable[[Written, Path], None]:
    return lambda _, root: shutil.rmtree(root / "students" / student)


def _participant(student: str, person: str, **fields: object) -> Callable[[Written, Path], None]:
    return lambda _, root: _edit(root / f"students/{student}/participants/{person}.yaml", **fields)


def _moved_home(_: Written, root: Path) -> None:
    """Move the parent with the protected address, and the child who lives there."""
    for person in ("ma-alpha", "ann-alpha"):
        _edit(root / f"students/alpha/participants/{person}.yaml", address="7 Another Long Road, Elsewhere, UT 84999")


def _camera(written: Written, root: Path) -> None:
    """Take another camera: the same pixels, other words in the file."""
    picture = _file(_document(written, root, "open-paper"))
    with Image.open(picture) as opened:
        pixels = Image.frombytes(opened.mode, opened.size, opened.tobytes())
    pixels.save(picture)


def _excerpt(written: Written, root: Path) -> None:
    """Write more into a note about a withheld paper, on another day."""
    picture = _file(_document(written, root, "no-custodian"))
    for path in (root / "students/alpha/2026-27/progress").glob("*.md"):
        text = path.read_text("utf-8")
        if picture.name in text:
            path.write_text(text.replace("2026-10-02", "2026-11-23") + "\nTwo more lines.\n", "utf-8")


def _consents(written: Written, root: Path) -> None:
    """Write other reasons into consents to papers that stay withheld, and one more consent."""
    name = _document(written, root, "no-custodian").stem
    path = root / f"students/alpha/consents/{name}-0.yaml"
    _edit(path, method="by telephone", purpose="Something else", signed_on="2026-09-29")
    more = path.with_name(f"{name}-9.yaml")
    more.write_text(path.read_text("utf-8").replace("ma-alpha", "pa-alpha"), "utf-8")


def _for_others(written: Written, root: Path) -> None:
    """Let the custodian and the parent allow a shown document to a shop too, for a reason of its own."""
    name = _document(written, root, "full-paper").stem
    for path in sorted((root / "students/alpha/consents").glob(f"{name}-*")):
        more = path.with_name(f"{path.stem}-shop.yaml")
        more.write_text(path.read_text("utf-8"), "utf-8")
        shop = [{"id": "a-shop", "name": "A shop"}]
        _edit(more, recipients=["a-shop"], third_parties=shop, purpose="To work there", signed_on="2026-10-01")


def _broken(_: Written, root: Path) -> None:
    """Write another life into a file with errors."""
    folder = root / "students/sigma"
    shutil.rmtree(folder / "disclosures")
    for path in folder.glob("2026-27/*/*.md"):
        path.unlink()
    _edit(folder / "2026-27/plan.yaml", aspiration="Another one")


def _unseen(written: Written, root: Path) -> None:
    """Change what no page is made of: comments, and what was given to whom."""
    for path in root.rglob("*.yaml"):
        path.write_text("# another comment\n" + path.read_text("utf-8").partition("\n")[2], "utf-8")
    for path in root.glob("students/*/disclosures/*.yaml"):
        _edit(path, what="Other papers", to="Others")


def _office(_: Written, root: Path) -> None:
    content = yaml.safe_load((root / "school.yaml").read_text("utf-8"))
    content["waivers"][0]["reason"] = "Another reason"
    content["privacy"]["archives"] = ["another-cabinet"]
    (root / "school.yaml").write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")


def _planning(_: Written, root: Path) -> None:
    """Write other words into every plan: the two offices that take part in none read process alone."""
    for folder in (root / "students").iterdir():
        for path in (*folder.glob("*/progress/*.md"), *folder.glob("*/strengths.md")):
            path.write_text(path.read_text("utf-8") + "\nAnother word.\n", "utf-8")
        for path in folder.glob("*/objectives/*.yaml"):
            _edit(path, statement="Another statement")
        for path in folder.glob("*/tests/*.yaml"):
            _edit(path, note="Another note", name="Another test")


def _all_but(*kept: str) -> frozenset[str]:
    return frozenset(("*", *kept))


_MANAGER = frozenset({MANAGER})
TWINS = (
    Twin("the bytes of a withheld document", _bytes("no-custodian"), _MANAGER),
    Twin(
        "the title and words of a withheld document", _fields("no-level", title="A", description="B", alt="C"), _MANAGER
    ),
    Twin("the date of a withheld document", _fields("no-custodian", date="2026-11-20"), frozenset()),
    Twin("a withheld document more or less", _without("no-custodian"), _MANAGER),
    Twin("a document about two students", _without("two-students"), _MANAGER),
    Twin("a document that some may see", _without("full-paper"), frozenset({MANAGER, "ma-alpha", "cora"})),
    Twin("a document until its consent", _without("later-paper"), _MANAGER),
    Twin("a document after its consent", _without("own-paper"), _MANAGER, dt.date(2026, 11, 25)),
    Twin("a note about a withheld document", _excerpt, frozenset()),
    Twin("consents that release nothing", _consents, frozenset()),
    Twin("consents to a shown document that are for others", _for_others, frozenset()),
    Twin(
        "another student's whole file",
        _no_student("omega"),
        frozenset({MANAGER, PRINCIPAL, "cora", "oz-omega", "mo-omega"}),
    ),
    Twin("a protected address", _moved_home, frozenset({"ma-alpha", "ann-alpha"})),
    Twin(
        "how to reach somebody whose part is over",
        _participant("alpha", "aunt-alpha", address="Elsewhere", email="new@example.org", relation="Other"),
        frozenset(),
    ),
    Twin(
        "how to reach a parent without rights, and the order",
        _participant(
            "alpha",
            "pa-alpha",
            email="new@example.org",
            rights={"status": "revoked", "order": "Other", "from": "2026-11-20"},
        ),
        frozenset(),
    ),
    Twin("a file with errors", _broken, frozenset()),
    Twin("comments, and what was given to whom", _unseen, frozenset()),
    Twin("what a camera writes", _camera, frozenset()),
    Twin("waivers and archives", _office, _MANAGER),
    Twin("words of planning, for the two offices", _planning, _all_but(MANAGER, PRINCIPAL)),
)


@dataclass(frozen=True)
class Pair:
    """The two stores of a twin, written and read."""

    twin: Twin
    one: Store
    other: Store

    def watchers(self) -> list[str]:
        """Return from whom the difference is withheld."""
        on, seen = self.twin.on, self.twin.seen_by
        everybody = sorted({*viewers(self.one, on), *viewers(self.other, on)})
        return [each for each in everybody if (each in seen if "*" in seen else each not in seen)]

    def faults(self, *, alike_by_view: bool = False) -> list[Fault]:
        """Compare all bytes of the sites; with `alike_by_view`, those alone whose views are not the same."""
        found = []
        for viewer in self.watchers():
            one, other = (site_for(each, viewer, self.twin.on) for each in (self.one, self.other))
            if alike_by_view and key_of(one) == key_of(other):
                continue
            pages, others = tuple(render_site(one, KEY)), tuple(render_site(other, KEY))
            if pages != others:
                names = [x.path for x, y in zip(pages, others, strict=False) if x != y] or ["the number of files"]
                found.append(Fault("twin", f"{self.twin.name}: {viewer} gets another {', '.join(names[:3])}"))
        return found


@cache
def pair(twin: Twin, folder: Path, written: Written) -> Pair:
    """Write the second school beside the first, and read both."""
    root = folder / str(TWINS.index(twin)) / "records"
    shutil.copytree(written.root, root)
    twin.change(written, root)
    stores = [checked(each, twin.on).store for each in (written.root, root)]
    assert stores[0] is not None
    assert stores[1] is not None
    return Pair(twin, stores[0], stores[1])
