"""`sep add`: entries asked for field by field (policy: P2, P12, P14, P15, P17, P24, P27, P28, P30, P33, P34)."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.check.schema_files import schema_file
from site_builder.cli.entry_kinds import ENTRY_KINDS
from site_builder.source.layout import kind_named
from tests.cli.desk import answering, files
from tests.cli.small_school import School

OBJECTIVE = ("add", "objective", "sam", "--statement", "Weld a gate", "--kind", "academic", "--status", "not-started")
SAM = "students/lopez-sam/2026-27"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def text(school: School, file: str) -> str:
    return (school.records / file).read_text(encoding="utf-8")


def test_an_objective_by_options(school: School) -> None:
    means, steps = "what: Scrap steel, source: family", "what: Draw it, who: Samuel Lopez, due: 2026-12-04"
    done = school.sep(*OBJECTIVE, "--suggested-by", "Sun Park", "--means", means, "--steps", steps)
    assert done.exit_code == 0, done.stderr
    assert text(school, f"{SAM}/objectives/weld-gate.yaml") == (
        "statement: Weld a gate\nkind: academic\nstatus: not-started\nsuggested_by: park\n"
        "means:\n  - {what: Scrap steel, source: family}\n"
        "steps:\n  - {what: Draw it, who: sam-lopez, due: 2026-12-04}\n"
    )


def test_an_objective_line_by_line(school: School) -> None:
    """Kinds and people are chosen by number, a slip is asked for again, and an empty line leaves a field out."""
    answers = "Weld a gate\n1\n1\n1\n\nScrap steel\n2\n\n\n\nDraw it\nsamuel\n2026-12-40\n2026-12-04\n\n\n\n"
    done = answering(school, "add", "objective", "sam", answers=answers)
    assert done.exit_code == 0, done.stderr
    assert "`2026-12-40` is no date" in done.stderr
    assert "academic: About school" in done.stderr
    assert text(school, f"{SAM}/objectives/weld-gate.yaml") == (
        "statement: Weld a gate\nkind: academic\nstatus: not-started\nsuggested_by: sam-lopez\n"
        "means:\n  - {what: Scrap steel, source: family}\n"
        "steps:\n  - {what: Draw it, who: sam-lopez, due: 2026-12-04}\n"
    )


def test_a_conference_asks_only_for_what_goes_with_the_answers(school: School) -> None:
    """Who came is asked once it was held, a group for a small one (policy: P15, P17)."""
    done = answering(school, "add", "conference", "sam", answers="1\n1 2\n\n\n2026-11-20\n1 2\n\nThey talked.\n\n")
    assert done.exit_code == 0, done.stderr
    for word in ("Time", "Declined on", "Small group", "Requested by", "Answer"):
        assert f"{word} (" not in done.stderr
    assert text(school, f"{SAM}/conferences/2026-11-20-annual.md") == (
        "---\nkind: annual\ninvited: [sam-lopez, rosa-lopez]\nheld_on: 2026-11-20\nattended: [sam-lopez, rosa-lopez]\n"
        "---\nThey talked.\n"
    )
    asked = answering(school, "add", "conference", "sam", answers="3\n2\n\n\n\n\n2\n\n\n\n")
    assert asked.exit_code == 0, asked.stderr
    assert "requested_by: rosa-lopez\nrequested_on: 2026-11-24\n" in text(
        school, f"{SAM}/conferences/2026-11-24-parent-requested.md"
    )
    assert "still to be written" in asked.stderr


def test_a_note_with_paragraphs_and_a_second_one_of_the_day(school: School) -> None:
    note = ("add", "progress", "sam", "--by", "park", "--date", "today", "--title", "First bead", "--words", "Clean.")
    assert school.sep(*note, "--words", "It holds.").exit_code == 0
    written = f"{SAM}/progress/2026-11-24-first-bead.md"
    assert text(school, written) == "---\nby: park\ndate: 2026-11-24\ntitle: First bead\n---\nClean.\n\nIt holds.\n"
    assert school.sep(*note).exit_code == 0
    assert text(school, written.replace("bead", "bead-2")).endswith("---\nClean.\n")


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (
            ("training", "--title", "The plan", "--date", "2026-11-20", "--hours", "1.5", "--attended", "Sun Park"),
            "training/2026-11-20-plan.yaml",
        ),
        (
            (
                "authorization",
                "--activity",
                "Assembly",
                "--purpose",
                "Conferences",
                "--date",
                "2026-12-01",
                "--authorized-by",
                "principal-stone",
                "--authorized-on",
                "2026-11-20",
            ),
            "authorizations/2026-12-01-assembly.yaml",
        ),
        (
            (
                "partnership",
                "--partner",
                "Metal Shop",
                "--program",
                "Welding",
                "--offers",
                "A place",
                "--since",
                "2026-11-01",
            ),
            "partnerships/metal-shop.yaml",
        ),
        (
            (
                "consultation",
                "--with",
                "Parents",
                "--date",
                "2026-11-20",
                "--topic",
                "The form",
                "--present",
                "9",
                "--words",
                "They would like an earlier hour.",
            ),
            "consultations/2026-11-20-parents.md",
        ),
        (
            ("group", "--category", "Ninth graders", "--date", "2026-12-02", "--place", "Library", "--staff", "reyes"),
            "groups/2026-12-02-ninth-graders.yaml",
        ),
        (
            (
                "working-plan",
                "--title",
                "Two trades",
                "--source",
                "State Board",
                "--grades",
                "9",
                "--grades",
                "10",
                "--kind",
                "seop",
                "--words",
                "A sample.",
            ),
            "inventory/two-trades.md",
        ),
        (
            (
                "contribution",
                "--school-year",
                "2025-26",
                "--by",
                "A teacher",
                "--title",
                "What we saw",
                "--words",
                "More came.",
            ),
            "reports/2025-26-teacher.md",
        ),
        (
            ("test-result", "sam", "--name", "ACT", "--date", "2026-10-03", "--scores", "part: Math, score: 24"),
            f"{SAM}/tests/2026-10-03-act.yaml",
        ),
    ],
)
def test_each_record_of_school_and_student_is_sound(school: School, arguments: tuple[str, ...], path: str) -> None:
    done = school.sep("add", *arguments)
    assert done.exit_code == 0, done.stderr
    assert f"wrote {path}" in done.stdout
    assert school.sep("check", path).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*OBJECTIVE,), "`--suggested-by` gives it"),
        ((*OBJECTIVE, "--suggested-by", "nobody"), "`nobody` takes no part in Samuel Lopez's plan"),
        ((*OBJECTIVE, "--suggested-by", "park", "--means", "Library"), "fields that can still be added"),
        ((*OBJECTIVE, "--suggested-by", "park", "--means", "{what: [a"), 'write it as "what: ..., source: ..."'),
        ((*OBJECTIVE, "--suggested-by", "park", "--means", "what: a, source: moon"), "choices: school, family"),
        ((*OBJECTIVE, "--suggested-by", "park", "--year", "2020-21"), "has no grade for 2020-21"),
        ((*OBJECTIVE, "--suggested-by", "park", "--suggested-on", "soon"), "`soon` is no date"),
        (("add", "progress", "sam", "--by", "park", "--date", "today", "--objective", "fly"), "read-more - "),
        (("add", "conference", "sam", "--kind", "small-group", "--invited", "samuel"), "`--group` gives it"),
        (("add", "conference", "sam", "--kind", "big", "--invited", "samuel"), "one of: annual, small-group"),
        (("add", "training", "--title", "T", "--date", "today", "--hours", "many", "--attended", "park"), "no number"),
        (("add", "consultation", "--with", "All", "--date", "today", "--topic", "T", "--present", "0"), "from 1 to"),
        (("add", "objektive", "sam"), "did you mean `objective`"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is(school: School, arguments: tuple[str, ...], told: str) -> None:
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_a_dry_run_shows_the_file_and_writes_none(school: School) -> None:
    before = files(school)
    done = school.sep(*OBJECTIVE, "--suggested-by", "park", "--dry-run")
    assert done.exit_code == 0
    assert "statement: Weld a gate" in done.stdout
    assert files(school) == before


def test_a_name_that_is_taken_is_not_written_over(school: School) -> None:
    before = text(school, f"{SAM}/objectives/read-more.yaml")
    done = school.sep(*OBJECTIVE, "--suggested-by", "park", "--id", "read-more")
    assert done.exit_code == 2
    assert text(school, f"{SAM}/objectives/read-more.yaml") == before


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_the_table_names_fields_that_the_schema_has(kind: str) -> None:
    peculiar, known = ENTRY_KINDS[kind], schema_file(kind)["properties"]
    named = {*peculiar.named_by, *peculiar.dated_by, *peculiar.only_with, *peculiar.only_with.values()}
    named |= {*peculiar.never_with, *peculiar.never_with.values(), *peculiar.entries}
    assert named <= set(known)
    assert kind_named(kind).pattern.startswith("students/") == peculiar.of_student
