"""The script that cuts the fonts: its spans and names, and that the list of characters is that of the fonts."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path
from types import ModuleType

import pytest

from site_builder.render.letters import fonts

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    pytest.importorskip("fontTools", reason="fontTools cuts the fonts; `make data` installs it")
    found = importlib.util.spec_from_file_location("make_fonts", ROOT / "scripts" / "make_fonts.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["make_fonts"] = module
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("codes", "spans"), [([], []), ([5], [(5, 5)]), ([3, 1, 2, 9], [(1, 3), (9, 9)]), ([0, 1], [(0, 1)])]
)
def test_spans(script: ModuleType, codes: list[int], spans: list[tuple[int, int]]) -> None:
    assert list(script.spans(codes)) == spans


def test_names(script: ModuleType) -> None:
    assert script.file_name("600SemiBold_Italic/NotoSans_600SemiBold_Italic.ttf") == "NotoSans-SemiBoldItalic.ttf"


def test_the_list_of_characters_is_that_of_the_fonts(script: ModuleType) -> None:
    had = script.characters(path.read_bytes() for path in sorted(fonts().glob("*.ttf")))
    listed = (fonts() / script.COVERAGE).read_text(encoding="ascii").splitlines()[1:]
    assert listed == [f"{first:04X},{last:04X}" for first, last in script.spans(had)]


def test_a_cut_font_has_what_was_asked_for_alone(script: ModuleType) -> None:
    from fontTools.ttLib import TTFont

    whole = (fonts() / "NotoSansHebrew-Regular.ttf").read_bytes()
    part = script.cut(whole, [(0x05D0, 0x05D3)])
    assert set(TTFont(io.BytesIO(part)).getBestCmap()) == {0x05D0, 0x05D1, 0x05D2, 0x05D3}
    assert script.cut(whole, [(0x05D0, 0x05D3)]) == part
