"""Careers and programs against the tables: what is found in places that the codes' own examples do not show (P4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.base.diagnostics import Diagnostic
from tests.stores import checked, lay_over

PLAN = "students/lopez-sam/2026-27/plan.yaml"
WELDING = "students/lopez-sam/2026-27/objectives/learn-to-weld.yaml"
HEAD = """\
grade: 10
prepared_by: [sam-lopez]
prepared_on: 2026-09-10
consulted: [{person: reyes, on: 2026-09-10}, {person: rosa-lopez, on: 2026-09-10}]
occupational_review: {by: cruz, on: 2026-09-20}
"""


def found(folder: Path, text: str, path: str = PLAN) -> list[Diagnostic]:
    findings = checked(lay_over(folder, {path: text})).findings
    return [each for each in findings if each.code.startswith("SEP35")]


def one(folder: Path, text: str, path: str = PLAN) -> Diagnostic:
    (finding,) = found(folder, text, path)
    return finding


def career(**fields: str) -> str:
    return (
        HEAD + f"careers: [{{{', '.join(f'{key}: {value}' for key, value in fields.items())}, courses: [CTE-201]}}]\n"
    )


def program(institution: str, **fields: str) -> str:
    rest = ", ".join(f"{key}: {value}" for key, value in fields.items())
    return HEAD + f"post_secondary: [{{institution: {institution}, courses: [CTE-201], {rest}}}]\n"


@pytest.mark.parametrize(
    ("title", "soc", "meant"),
    [
        ("Welder", "51-4112.00", "51-4121.00"),
        ("Registered nurse", "29-9999.00", "29-1141.00"),
        ("My own shop", "51-4121.09", "51-4121.00"),
    ],
)
def test_an_unknown_occupation_names_the_one_that_was_meant(tmp_path: Path, title: str, soc: str, meant: str) -> None:
    finding = one(tmp_path, career(title=title, soc=soc))
    assert finding.code == "SEP350"
    assert finding.help[0].startswith(f"did you mean `{meant}`")
    assert soc not in finding.public_message()


def test_an_unknown_code_on_an_objective_is_found_there(tmp_path: Path) -> None:
    text = (
        "statement: Take Welding 1\nkind: occupational\nstatus: not-started\nsuggested_by: rosa-lopez\n"
        "means: [{what: A visit, source: community}]\ncareer: {title: Welders, soc: 51-4112.00}\n"
    )
    finding = one(tmp_path, text, WELDING)
    assert (finding.code, finding.span.file, finding.span.start.line) == ("SEP350", WELDING, 6)


def test_an_unknown_program_lists_the_codes_beside_it(tmp_path: Path) -> None:
    finding = one(tmp_path, program("Basin College", program="Welding", cip='"48.85"'))
    assert finding.code == "SEP351"
    assert "`48.05` Precision Metal Working" in finding.help[0]
    finding = one(tmp_path / "series", program("Basin College", program="Welding", cip='"98"'))
    assert len(finding.help) == 1


def test_a_title_in_another_language_is_not_held_against_an_english_one(tmp_path: Path) -> None:
    spanish = career(title="Soldadora", soc="51-4121.00") + "language: es\n"
    assert found(tmp_path, spanish) == []
    assert one(tmp_path / "en", career(title="Soldadora", soc="51-4121.00")).code == "SEP352"


def test_a_college_that_reports_another_field_says_which(tmp_path: Path) -> None:
    text = program("Uintah Basin Technical College", program="Registered nursing", cip='"51.38"')
    finding = one(tmp_path, text)
    assert finding.code == "SEP355"
    assert "`51.38`" in finding.message
    assert "`51.39` Practical Nursing" in finding.help[0]


def test_a_college_that_reports_another_credential_says_which(tmp_path: Path) -> None:
    finding = one(tmp_path, program("Snow College", program="Welding", cip='"48.05"', credential="bachelor"))
    assert "reports certificate and associate for `48.05`, and no bachelor" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        program("No Such College", program="Welding", cip='"48.05"', credential="bachelor"),
        program("Snow College", program="Welding", cip='"48"', credential="bachelor"),
        program("Snow College", program="Welding", credential="bachelor"),
        program("Snow College", program="Welding", cip='"48.0508"', credential="license"),
        program("snow college", program="Welding", cip='"48.05"', credential="associate"),
    ],
)
def test_what_is_not_certain_is_not_said(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_an_objective_that_is_met_or_set_aside_is_asked_for_nothing_more(tmp_path: Path) -> None:
    text = "statement: Take Welding 1\nkind: occupational\nstatus: {}\nsuggested_by: rosa-lopez\n"
    assert {each.code for each in found(tmp_path, text.format("on-track"), WELDING)} == {"SEP354", "SEP356"}
    for status in ("met", "set-aside"):
        assert found(tmp_path / status, text.format(status), WELDING) == []


def test_an_earlier_year_is_asked_for_no_ties(tmp_path: Path) -> None:
    earlier = HEAD.replace("grade: 10", "grade: 9").replace("2026-", "2025-") + "careers: [{title: Welder}]\n"
    assert found(tmp_path, earlier, PLAN.replace("2026-27", "2025-26")) == []
