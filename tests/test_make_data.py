"""The script that derives the tables: what it takes over, what it leaves out, and that its result does not vary."""

from __future__ import annotations

import hashlib
import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from site_builder.base.resources import folder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_data", ROOT / "scripts" / "make_data.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["make_data"] = module
    found.loader.exec_module(module)
    return module


def row(id: str, name: str, state: str | None, cip: str, level: str) -> dict[str, Any]:
    return {
        **{"unitid": id, "inst_name": name, "state": state, "cip_code": cip, "credential_level": level},
        **{"cip_desc": f"Field {cip}.", "earnings": 1234567},
    }


ROWS = [
    row("2", "Basin College", "UT", "4805", "1"),
    row("2", "Basin College", "UT", "0101", "1"),
    row("2", "Basin College", "UT", "4805", "2"),
    row("1", "Academy, The", "NV", "5138", "3"),
    row("3", "Closed College", None, "4805", "1"),
    row("4", "Graduate School", "UT", "5104", "6"),
]


def test_the_tables_hold_what_can_follow_a_high_school(script: ModuleType) -> None:
    tables = script.program_tables(ROWS)
    assert tables == {
        "cip.csv": "code,title\n01.01,Field 0101\n48.05,Field 4805\n51.04,Field 5104\n51.38,Field 5138\n",
        "institutions.csv": 'id,name,state\n1,"Academy, The",NV\n2,Basin College,UT\n',
        "programs/NV.csv": "institution,credential,programs\n1,bachelor,51.38\n",
        "programs/UT.csv": "institution,credential,programs\n2,associate,48.05\n2,certificate,01.01 48.05\n",
    }
    assert "1234567" not in "".join(tables.values())


def test_the_order_of_the_rows_does_not_matter(script: ModuleType) -> None:
    mixed = ROWS[:]
    random.Random(7).shuffle(mixed)
    assert list(script.program_tables(mixed).items()) == list(script.program_tables(ROWS).items())


def test_the_occupations_are_taken_over_word_for_word(script: ModuleType) -> None:
    text = (
        'O*NET-SOC Code\tTitle\tDescription\r\n51-4121.00\tWelders, All\tJoin "metal".\r\n11-1011.00\tChiefs\tLead.\r\n'
    )
    assert script.occupation_table(text) == (
        'code,title,description\n11-1011.00,Chiefs,Lead.\n51-4121.00,"Welders, All","Join ""metal""."\n'
    )


def test_another_form_of_the_source_is_not_taken(script: ModuleType) -> None:
    with pytest.raises(SystemExit):
        script.occupation_table("Code\tTitle\r\n51-4121.00\tWelders\r\n")


def test_the_packages_are_pinned_and_named_where_the_tables_are_described(script: ModuleType) -> None:
    readme = (folder("data") / "README.md").read_text("utf-8")
    for package in (script.OCCUPATIONS, script.PROGRAMS):
        assert f"`{package.name}` {package.version}" in readme
        assert len(package.sha256) == 64


def test_the_word_list_is_pinned_attributed_and_the_one_that_is_described() -> None:
    script = (ROOT / "scripts" / "make_wordlist.py").read_text("utf-8")
    digest = hashlib.sha256((folder("data") / "eff_large_wordlist.txt").read_bytes()).hexdigest()
    readme = (folder("data") / "README.md").read_text("utf-8")
    assert f'SHA256 = "{digest}"' in script
    assert digest in readme
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for words in ("EFF's Long Wordlist", "https://creativecommons.org/licenses/by/3.0/us/"):
        assert words in notice


def test_the_notice_gives_the_attributions_that_the_licences_ask_for() -> None:
    notice = " ".join((ROOT / "NOTICE").read_text("utf-8").split())
    for words in (
        "O*NET 29.2 Database by the U.S. Department of Labor, Employment and Training Administration",
        "O*NET(R) is a trademark of USDOL/ETA",
        "College Scorecard, U.S. Department of Education, release of June 10, 2026",
        "Truewise (https://truewise.dev)",
        "https://creativecommons.org/licenses/by/4.0/",
    ):
        assert words in notice
