"""Files that attack whoever opens them: refused by what is in them, or made harmless, whatever their names say.

A file a case, in `tests/data/hostile`: `refused` may not be kept, `cleaned` are images that come out without what is
no pixel, `harmless` are kept as they are, `bombs` swell when they are opened.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from site_builder.access.sites import site_for, viewers
from site_builder.render.papers import picture
from site_builder.render.site import render_site
from site_builder.source.media import media_type
from site_builder.source.pdf import LOCKED, PACKED, active_parts
from tests.stores import SMALL_SCHOOL, TODAY, checked, lay_over

HOSTILE = Path(__file__).parents[1] / "data/hostile"
DOCUMENTS = "students/lopez-sam/2026-27/documents"
MARK = b"HOSTILE-MARK"


def cases(folder: str) -> list[Path]:
    found = sorted((HOSTILE / folder).iterdir())
    assert found
    return found


def keep(folder: Path, case: Path, content: bytes | None = None) -> Path:
    """Put `case` among the documents of the small school, described as an open one."""
    name = f"case{case.suffix}"
    text = f"file: {name}\ntitle: The case\ndate: 2026-09-20\nlevel: open\nkind: other\nalt: A case\n"
    root = lay_over(folder, {f"{DOCUMENTS}/the-case.yaml": text})
    (root / DOCUMENTS / name).write_bytes(case.read_bytes() if content is None else content)
    return root


def published(root: Path) -> dict[str, bytes]:
    store = checked(root).store
    assert store is not None
    return {
        f"{viewer}/{made.path}": made.content
        for viewer in viewers(store, TODAY)
        for made in render_site(site_for(store, viewer, TODAY))
    }


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: case.name)
def test_refused_by_what_is_in_it(case: Path) -> None:
    content = case.read_bytes()
    assert media_type(content) == ("application/pdf" if case.name.startswith("pdf-") else "")
    assert bool(active_parts(content)) or not case.name.startswith("pdf-")


def test_refused_and_given_to_nobody(tmp_path: Path) -> None:
    root = lay_over(tmp_path, {})
    for number, case in enumerate(cases("refused")):
        name = f"case-{number}{case.suffix}"
        text = f"file: {name}\ntitle: A case\ndate: 2026-09-20\nlevel: open\nkind: other\nalt: A case\n"
        (root / DOCUMENTS / f"case-{number}.yaml").write_text(text)
        (root / DOCUMENTS / name).write_bytes(case.read_bytes())
    result = checked(root)
    for number, case in enumerate(cases("refused")):
        found = [each for each in result.findings if each.span.file == f"{DOCUMENTS}/case-{number}{case.suffix}"]
        assert [each.code for each in found] == ["SEP417" if case.name.startswith("pdf-") else "SEP412"], case.name
        assert all(each.help for each in found)
    assert result.store is not None
    assert result.store.broken == {"lopez-sam"}
    made = published(root)
    assert made
    everything = b"\n".join(made.values())
    assert not [path for path in made if "lopez-sam/" in path]
    assert not [case.name for case in cases("refused") if case.read_bytes() in everything]


def test_what_a_pdf_holds_is_told() -> None:
    told = {
        case.stem.removeprefix("pdf-"): active_parts(case.read_bytes())
        for case in cases("refused")
        if "pdf-" in case.name
    }
    assert told["javascript"] == told["javascript-coded-name"] == ("a program",)
    assert told["javascript-packed"] == told["javascript-packed-coded-type"] == ("a program",)
    assert told["launch"] == ("an order to start another program",)
    assert told["embedded-file"] == ("another file inside",)
    assert told["locked"] == (LOCKED,)
    assert {told[each] for each in told if each.startswith("packed")} == {(PACKED,)}


@pytest.mark.parametrize("case", cases("harmless"), ids=lambda case: case.name)
def test_kept_as_it_is(tmp_path: Path, case: Path) -> None:
    root = keep(tmp_path, case)
    assert not checked(root).has_errors
    assert case.read_bytes() in published(root).values()


def test_the_documents_of_the_sample_are_harmless() -> None:
    found = {
        path: active_parts(path.read_bytes()) for path in (SMALL_SCHOOL.parents[4] / "records").rglob("documents/*.pdf")
    }
    assert len(found) > 10
    assert {path for path, parts in found.items() if parts} == set()


@pytest.mark.parametrize("case", cases("cleaned"), ids=lambda case: case.name)
def test_an_image_comes_out_as_pixels_alone(tmp_path: Path, case: Path) -> None:
    content = case.read_bytes()
    assert MARK in content or b"\x00M\x00A\x00R\x00K" in content
    root = keep(tmp_path, case)
    assert not checked(root).has_errors
    made = published(root)
    copies = {path: each for path, each in made.items() if "/papers/" in path and "case" in path}
    assert copies
    assert not [path for path, each in made.items() if MARK in each or b"evil.example" in each]
    for path, each in copies.items():
        assert Path(path).suffix in {".jpg", ".png", ".webp"}
        with Image.open(io.BytesIO(each)) as image:
            assert not image.getexif()
            assert not {"comment", "icc_profile", "xmp", "exif", "photoshop"} & set(image.info)
            image.load()
            assert image.width <= 1600
        assert _end_of_image(each) == len(each)


def _end_of_image(content: bytes) -> int:
    """Return where the image's own bytes end: what stands behind could be another kind of file."""
    if content.startswith(b"\x89PNG"):
        return content.index(b"IEND") + 8
    if content.startswith(b"RIFF"):
        return int.from_bytes(content[4:8], "little") + 8
    return content.rindex(b"\xff\xd9") + 2


def test_names_that_look_alike_or_turn_around() -> None:
    """A bidi character in a name is refused; look-alike letters end as plain, different names (policy: P38)."""
    from site_builder.access.view import PaperView
    from site_builder.render.papers import copy_papers

    names = ["scan.pdf", "sc\u0430n.pdf", "s\u0441an.pdf", "sc\uff41n.pdf", "scan.pdf\u2024exe", "SCAN.PDF"]

    def paper(name: str) -> PaperView:
        on = TODAY
        return PaperView(
            path=f"2026-27/documents/{name}",
            title="x",
            date=on,
            kind="other",
            language="en",
            media_type="application/pdf",
            size=1,
            load=lambda: b"%PDF-1.4",
        )

    copies = copy_papers([paper(name) for name in names])
    links = [each.href for each in copies.values()]
    assert len({each.casefold() for each in links}) == len(names)
    assert all(each.isascii() and each.endswith(".pdf") and each.startswith("papers/2026-27/") for each in links)


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u200b", "\u00ad", "\ufeff", "\u2044", "\uff0f"])
def test_signs_that_hide_cannot_stand_in_names(tmp_path: Path, sign: str) -> None:
    name = f"invoice{sign}fdp.png"
    root = lay_over(tmp_path, {})
    (root / DOCUMENTS / name).write_bytes((root / DOCUMENTS / "book-shelf.png").read_bytes())
    assert "SEP160" in {each.code for each in checked(root).findings if each.span.file.endswith(name)}


MEMORY = 1 << 30


def _limited() -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
@pytest.mark.parametrize(
    "case", [*cases("bombs"), *(each for each in cases("refused") if "bomb" in each.name)], ids=lambda case: case.name
)
def test_what_swells_stays_small(case: Path) -> None:
    """Within 1 GiB and 20 seconds of work, all told: a bomb is an image that cannot be read."""
    code = (
        "import sys\n"
        "from site_builder.render.papers import picture\n"
        "from site_builder.source.media import media_type\n"
        "from site_builder.source.pdf import active_parts\n"
        "content = open(sys.argv[1], 'rb').read()\n"
        "kind = media_type(content)\n"
        "active_parts(content)\n"
        "try:\n"
        "    print(picture(content, kind or 'image/png').width)\n"
        "except OSError as fault:\n"
        "    print(fault)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(case)],
        preexec_fn=_limited,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=HOSTILE.parents[2],
        env={**os.environ},
    )
    assert done.returncode == 0, done.stderr
    assert "image" in done.stdout


@pytest.mark.parametrize("case", cases("bombs"), ids=lambda case: case.name)
def test_a_bomb_has_no_copy_and_stops_nobody_elses_pages(tmp_path: Path, case: Path) -> None:
    with pytest.raises(OSError, match="image"):
        picture(case.read_bytes(), media_type(case.read_bytes()))
    made = published(keep(tmp_path, case))
    assert any("/papers/" in path for path in made)
    assert not [path for path in made if "/case" in path]
