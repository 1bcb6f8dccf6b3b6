"""`sep binder`: whose copies are made and as what, what stays, and what is said."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest

from site_builder.cli.commands import binder as binder_command
from site_builder.publish.binding import bind
from site_builder.publish.typeset import TypesettingFailed
from tests.cli.small_school import School
from tests.publish import pdf_reading
from tests.publish.making_papers import MAKERS

JOAN = "students/ward-ivy/participants/joan-ward.yaml"
CELLO = "students/ward-ivy/2026-27/objectives/play-the-cello.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(pdf_reading.pages(pdf)).split())


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def add_paper(school: School, case: str, student: str = "ward-ivy") -> None:
    """Put one of the PDFs for tests into a student's file, described and open."""
    folder = school.records / f"students/{student}/2026-27/documents"
    folder.mkdir(exist_ok=True)
    (folder / case).write_bytes(MAKERS[case]())
    about = f"file: {case}\ntitle: The {case}\ndate: 2026-09-01\nlevel: open\nkind: letter\n"
    (folder / case).with_suffix(".yaml").write_text(about, "utf-8")


def test_one_student_by_name(school: School) -> None:
    done = school.sep("binder", "Ivy Ward")
    assert (done.exit_code, done.stdout) == (0, "build/binders/ward-ivy.pdf\n")
    assert set(school.pages("binders")) == {"ward-ivy.pdf"}
    assert "Ivy Ward" in words(school.pages("binders")["ward-ivy.pdf"])


def test_all_students_and_one_persons_copies(school: School) -> None:
    assert school.sep("binder", "--all").exit_code == 0
    assert school.sep("binder", "--all", "--for", "reyes").exit_code == 0
    assert school.sep("binder", "lopez-sam", "--for", "Rosa Lopez").exit_code == 0
    assert set(school.pages("binders")) == {
        "lopez-sam.pdf",
        "ward-ivy.pdf",
        "lopez-sam--for-reyes.pdf",
        "ward-ivy--for-reyes.pdf",
        "lopez-sam--for-rosa-lopez.pdf",
    }
    assert "Copia para Rosa Lopez" in words(school.pages("binders")["lopez-sam--for-rosa-lopez.pdf"])


def test_a_page_for_a_browser_instead_or_as_well(school: School) -> None:
    assert school.sep("binder", "ward-ivy", "--format", "both").exit_code == 0
    assert set(school.pages("binders")) == {"ward-ivy.pdf", "ward-ivy.html"}
    assert b"Ivy Ward" in school.pages("binders")["ward-ivy.html"]
    school.sep("binder", "ward-ivy", "--format", "html")
    assert set(school.pages("binders")) == {"ward-ivy.html"}, "an older PDF is not left beside a newer page"


def test_the_paper_and_the_size_of_print_are_chosen(school: School) -> None:
    made = []
    for options in ([], ["--paper", "a4"], ["--large-print"], ["--duplex"], ["--duplex", "--paper", "a4"]):
        assert school.sep("binder", "lopez-sam", *options).exit_code == 0
        made.append(school.pages("binders")["lopez-sam.pdf"])
    assert len(set(made)) == 5


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "name one student"),
        (["ward-ivy", "--all"], 2, "name one student"),
        (["nobody"], 2, "nobody"),
        (["ward-ivy", "--for", "nobody"], 2, "nobody"),
        (["ward-ivy", "--for", "rosa-lopez"], 3, "may not be given this file"),
        (["ward-ivy", "--dry-run"], 0, "Would make 1 binder."),
        (["ward-ivy", "--years", "1999-00"], 2, "there is no school year in these files called `1999-00`"),
        (["ward-ivy", "--years", ","], 2, "there is no school year"),
        (["ward-ivy", "--sections", "strengths,secrets"], 2, "there is no part of a binder called `secrets`"),
        (["ward-ivy", "--combined"], 2, "give `--all` with `--combined`"),
        (["ward-ivy", "--format", "html", "--archive"], 2, "`--archive` is for binders as PDF"),
        (["--all", "--format", "html", "--combined"], 2, "`--combined` is for binders as PDF"),
        (["ward-ivy", "--format", "html", "--estimate"], 2, "`--estimate` is for binders as PDF"),
        (["ward-ivy", "--printed", "--sections", "strengths"], 2, "only a whole copy"),
        (["ward-ivy", "--printed", "--dry-run"], 2, "only a whole copy"),
        (["ward-ivy", "--out", "records/binders"], 3, "lies in the records"),
        (["ward-ivy", "--processes", "0"], 2, "0"),
    ],
)
def test_nothing_is_written(school: School, arguments: list[str], code: int, said: str) -> None:
    done = school.sep("binder", *arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert school.pages("binders") == {}
    assert not (school.folder / "settings/printed").exists()


def test_what_stands_is_not_made_again(school: School) -> None:
    assert school.sep("binder", "--all").stderr.startswith("Made 2 binders.")
    before = {each: (school.folder / "build/binders" / each).stat().st_mtime_ns for each in school.pages("binders")}
    again = school.sep("binder", "--all")
    assert again.stderr == "Made 0 binders. 2 are as before.\n"
    assert {each: (school.folder / "build/binders" / each).stat().st_mtime_ns for each in before} == before
    school.change(CELLO, "statement: ", "statement: Now ")
    assert school.sep("binder", "--all").stderr == "Made 1 binder. 1 is as before.\n"
    assert "Now " in words(school.pages("binders")["ward-ivy.pdf"])


@pytest.mark.parametrize("harm", [b"", b"%PDF-1.7 of somebody else"])
def test_a_binder_that_somebody_changed_is_made_again(school: School, harm: bytes) -> None:
    school.sep("binder", "ward-ivy")
    path = school.folder / "build/binders/ward-ivy.pdf"
    good = path.read_bytes()
    path.write_bytes(harm)
    assert school.sep("binder", "ward-ivy").stderr == "Made 1 binder.\n"
    assert path.read_bytes() == good


def test_what_a_build_leaves_is_known_afterwards(school: School) -> None:
    school.sep("binder", "--all")
    school.sep("build")
    assert school.sep("binder", "--all").stderr == "Made 0 binders. 2 are as before.\n"


def test_parts_and_years_stand_beside_the_whole(school: School) -> None:
    school.sep("binder", "ward-ivy")
    whole = school.pages("binders")["ward-ivy.pdf"]
    done = school.sep("binder", "ward-ivy", "--sections", "objectives, strengths", "--years", "2026-27")
    assert (done.exit_code, done.stdout) == (0, "build/binders/ward-ivy.part.pdf\n")
    found = school.pages("binders")
    assert found["ward-ivy.pdf"] == whole
    part = words(found["ward-ivy.part.pdf"])
    assert "a part of the file: Strengths and achievements; Objectives and means (2026-27)" in part
    assert "People who take part" not in part


def test_a_copy_to_be_kept(school: School) -> None:
    done = school.sep("binder", "ward-ivy", "--archive", "--for", "joan-ward")
    assert done.stdout == "build/binders/ward-ivy--for-joan-ward.archive.pdf\n"
    assert b"pdfaid:part>2<" in school.pages("binders")["ward-ivy--for-joan-ward.archive.pdf"]


def test_pages_and_sheets_are_estimated_and_nothing_is_written(school: School) -> None:
    done = school.sep("binder", "--all", "--estimate", "--duplex")
    assert done.exit_code == 0
    assert school.pages("binders") == {}
    assert not (school.folder / "build").exists()
    school.sep("binder", "--all", "--duplex")
    counts = {name: pages(each) for name, each in school.pages("binders").items()}
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [int(line[-4]) for line in lines] == list(counts.values())
    sheets = [(each + 1) // 2 for each in counts.values()]
    assert [int(line[-2]) for line in lines] == sheets
    assert f"2 binders: {sum(counts.values())} pages on {sum(sheets)} sheets, printed on both sides." in done.stderr


def test_documents_are_in_the_binder_and_what_cannot_be_is_told(school: School) -> None:
    add_paper(school, "a4.pdf")
    add_paper(school, "five-thousand-pages.pdf")
    add_paper(school, "truncated.pdf")
    done = school.sep("binder", "ward-ivy")
    assert done.exit_code == 1
    at = "students/ward-ivy/2026-27/documents"
    assert f"{at}/five-thousand-pages.pdf has more than 300 pages: a sheet in the binder says so." in done.stderr
    assert f"{at}/truncated.pdf was damaged; what could be read of it is printed, so look at its pages." in done.stderr
    text = words(school.pages("binders")["ward-ivy.pdf"])
    assert "STAYSFIRST" in text
    assert "STAYSSECOND" in text
    assert "too long to be printed" in text
    again = school.sep("binder", "ward-ivy")
    assert again.stderr.splitlines()[1:] == done.stderr.splitlines()[1:], "it is told again of a binder that stands"
    assert again.exit_code == 1


def test_a_mended_document_alone_is_no_fault(school: School) -> None:
    add_paper(school, "truncated.pdf")
    assert school.sep("binder", "ward-ivy").exit_code == 0


def test_a_document_that_this_reader_may_not_see_is_not_in_their_copy(school: School) -> None:
    school.sep("binder", "lopez-sam", "--for", "rosa-lopez")
    school.sep("binder", "lopez-sam")
    found = school.pages("binders")
    assert "hearing" in words(found["lopez-sam--for-rosa-lopez.pdf"]).lower()
    assert "hearing" not in words(found["lopez-sam.pdf"]).lower()


def test_one_print_job_in_the_order_of_the_homerooms(school: School) -> None:
    school.change("students/ward-ivy/student.yaml", "name:", "homeroom: A1\nname:")
    assert school.sep("binder", "--all", "--combined", "--duplex").exit_code == 0
    counts = {name: pages(each) for name, each in school.pages("binders").items()}
    assert set(school.pages("print-jobs")) == {"by-homeroom.pdf"}
    job = pypdf.PdfReader(io.BytesIO(school.pages("print-jobs")["by-homeroom.pdf"]))
    marks = [each for each in job.outline if isinstance(each, pypdf.generic.Destination)]
    starts = {each.title: job.get_destination_page_number(each) for each in marks}
    first = counts["ward-ivy.pdf"] + counts["ward-ivy.pdf"] % 2
    assert starts == {"Ivy Ward": 0, "Samuel Lopez": first}
    assert len(job.pages) == first + counts["lopez-sam.pdf"] + counts["lopez-sam.pdf"] % 2
    assert "Samuel Lopez" in job.pages[first].extract_text()
    school.sep("binder", "--all", "--combined", "--sort", "name")
    assert set(school.pages("print-jobs")) == {"by-name.pdf"}, "the job before is gone"


def test_a_print_job_goes_with_the_next_build_and_with_its_reader(school: School) -> None:
    school.sep("binder", "--all", "--combined", "--for", "park")
    assert set(school.pages("print-jobs")) == {"by-homeroom--for-park.pdf"}
    assert "build/print-jobs/by-homeroom--for-park.pdf" in school.sep("revoke", "park").stdout
    assert school.pages("print-jobs") == {}
    school.sep("binder", "--all", "--combined")
    school.sep("build")
    assert school.pages("print-jobs") == {}


def test_a_copy_says_what_is_new_since_it_was_printed(school: School) -> None:
    assert school.sep("binder", "ward-ivy", "--printed").exit_code == 0
    assert "Changes since the last print" not in words(school.pages("binders")["ward-ivy.pdf"])
    school.change(CELLO, "statement: ", "statement: Now ")
    school.sep("binder", "--all", today="2026-11-25")
    found = school.pages("binders")
    text = words(found["ward-ivy.pdf"])
    assert "This copy was printed last on November 24, 2026" in text
    assert "changed" in text[text.rindex("Changes since the last print") :]
    assert "Changes since the last print" not in words(found["lopez-sam.pdf"])
    again = school.sep("binder", "--all", today="2026-11-25")
    assert again.stderr == "Made 0 binders. 2 are as before.\n", "making it is not printing it"
    kept = next((school.folder / "settings/printed").iterdir())
    assert kept.stat().st_mode & 0o077 == 0
    assert "cello" not in kept.read_text("ascii").replace("play-the-cello", "")


def test_another_readers_print_is_not_remembered_for_this_one(school: School) -> None:
    school.sep("binder", "ward-ivy", "--for", "joan-ward", "--printed")
    school.change(CELLO, "statement: ", "statement: Now ")
    school.sep("binder", "ward-ivy")
    assert "Changes since the last print" not in words(school.pages("binders")["ward-ivy.pdf"])


def test_a_broken_file_keeps_its_last_binder(school: School) -> None:
    school.sep("binder", "--all")
    before = school.pages("binders")
    school.change(CELLO, "status: ", "status: un")
    one = school.sep("binder", "ward-ivy")
    assert (one.exit_code, one.stdout) == (1, "")
    every = school.sep("binder", "--all")
    assert (every.exit_code, every.stdout) == (1, "build/binders/lopez-sam.pdf\n")
    assert school.pages("binders") == before
    other = school.sep("binder", "lopez-sam")
    assert other.exit_code == 0


def test_a_build_takes_away_the_copies_of_who_left(school: School) -> None:
    school.sep("binder", "ward-ivy")
    school.sep("binder", "ward-ivy", "--for", "joan-ward")
    school.sep("binder", "ward-ivy", "--for", "joan-ward", "--archive")
    school.sep("build")
    assert len(school.pages("binders")) == 3
    school.change(JOAN, "since: 2026-08-19", "since: 2026-08-19\nuntil: 2026-11-23")
    school.sep("build")
    assert set(school.pages("binders")) == {"ward-ivy.pdf"}


def test_what_cannot_be_typeset_stops_no_other(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    school.sep("binder", "--all")
    before = school.pages("binders")
    school.change(CELLO, "statement: ", "statement: Now ")
    school.change("students/lopez-sam/student.yaml", "name: Samuel", "name: Samuel A.")

    def fails(sheets: object) -> object:
        if "Ivy" in json.loads(getattr(sheets, "manuscript").binder)["title"]:  # noqa: B009 - typed as little as the caller's
            raise TypesettingFailed("the binder could not be typeset: no reason")
        return bind(sheets)  # type: ignore[arg-type]

    monkeypatch.setattr("site_builder.cli.binders.bind", fails)
    done = school.sep("binder", "--all")
    assert done.exit_code == 70
    assert "No new `ward-ivy.pdf`, and the last one stays: the binder could not be typeset: no reason." in done.stderr
    after = school.pages("binders")
    assert after["ward-ivy.pdf"] == before["ward-ivy.pdf"]
    assert after["lopez-sam.pdf"] != before["lopez-sam.pdf"]


def test_several_processes_make_the_same_bytes(school: School) -> None:
    school.sep("binder", "--all", "--processes", "1")
    one = school.pages("binders")
    assert school.sep("binder", "--all", "--processes", "2", "--out", "elsewhere").exit_code == 0
    other = {each.name: each.read_bytes() for each in (school.folder / "elsewhere/binders").glob("*.pdf")}
    assert other == one


def test_processes_are_worth_it_for_many_binders_alone() -> None:
    assert binder_command._processes(None, 2) == 1
    assert binder_command._processes(None, 500) >= 1
    assert binder_command._processes(4, 500) == 4
    assert binder_command._processes(4, 2) == 2
