"""`sep add document`: copied in, named plainly, described, and refused where a check would (policy: P7, P37)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School

SAM = "students/lopez-sam/2026-27/documents"
PDF = Path(__file__).parents[1] / "data/hostile/harmless/pdf-plain.pdf"
HOSTILE = Path(__file__).parents[1] / "data/hostile"
LETTER = ("--title", "Letter from the choir", "--date", "2026-11-02", "--kind", "letter")


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = School(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/SCAN 0007.PDF").write_bytes(PDF.read_bytes())
    (tmp_path / "in/IMG_1.jpeg").write_bytes((made.records / SAM / "book-shelf.png").read_bytes() + b"\n")
    return made


def add(*rest: str, file: str = "in/SCAN 0007.PDF") -> tuple[str, ...]:
    return ("add", "document", "sam", file, *rest)


def changed(school: School, before: dict[str, bytes]) -> dict[str, bytes]:
    after = files(school)
    assert {path: after[path] for path in before} == before
    return {path: content for path, content in after.items() if path not in before}


def test_a_letter_by_options(school: School) -> None:
    before = files(school)
    done = school.sep(*add(*LETTER, "--level", "open"))
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"wrote {SAM}/letter-choir.pdf\nwrote {SAM}/letter-choir.yaml\n"
    assert changed(school, before) == {
        f"{SAM}/letter-choir.pdf": PDF.read_bytes(),
        f"{SAM}/letter-choir.yaml": b"file: letter-choir.pdf\ntitle: Letter from the choir\ndate: 2026-11-02\n"
        b"level: open\nkind: letter\n",
    }
    assert "stays where it is" in done.stderr
    assert (school.folder / "in/SCAN 0007.PDF").is_file()
    assert school.sep("check").exit_code == 0
    assert school.sep("build").exit_code == 0
    assert "sites/rosa-lopez" in " ".join(f"sites/{each}" for each in school.pages() if "letter-choir" in each)


def test_without_a_level_it_is_confidential_and_nobody_sees_it(school: School) -> None:
    done = school.sep(*add(*LETTER))
    assert done.exit_code == 0, done.stderr
    assert "sep consent lopez-sam 2026-27/letter-choir" in done.stderr
    assert school.sep("check").exit_code == 0
    assert school.sep("build").exit_code == 0
    assert not [each for each in school.pages() if "letter-choir" in each]
    consent = ("consent", "sam", "2026-27/letter-choir", "--signer", "nurse-bell", "--affects", "sam-lopez")
    given = school.sep(*consent, "--purpose", "Choir", "--recipient", "teacher", "--method", "paper")
    assert given.exit_code == 0, given.stderr


def test_a_photo_line_by_line_is_named_by_what_it_is_and_needs_words(school: School) -> None:
    answers = "The shelf\n2026-11-02\n1\n3\n\n\nTen books on a shelf\n"
    done = answering(school, *add(file="in/IMG_1.jpeg"), answers=answers)
    assert done.exit_code == 0, done.stderr
    assert (school.records / SAM / "shelf.yaml").read_text("utf-8") == (
        "file: shelf.png\ntitle: The shelf\ndate: 2026-11-02\nlevel: open\nkind: photo\nalt: Ten books on a shelf\n"
    )
    assert done.stderr.count("Text for the picture") == 2  # asked again when nothing was said
    school.sep("check")
    alone = school.sep(*add("--title", "Another", "--date", "today", file="in/IMG_1.jpeg"))
    assert alone.exit_code == 2


def test_no_words_are_asked_for_a_letter(school: School) -> None:
    done = answering(school, *add(), answers="Letter\n\n2\n1\n\n")
    assert done.exit_code == 0, done.stderr
    assert "picture" not in done.stderr
    assert "custodian" not in done.stderr.replace("the custodian's consent", "")


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_written_over(school: School) -> None:
    (school.records / SAM / "letter-choir.odt").write_bytes(PDF.read_bytes() + b"%\n")  # nobody has described it yet
    before = files(school)
    assert school.sep(*add(*LETTER)).exit_code == 0
    assert set(changed(school, before)) == {f"{SAM}/letter-choir-2.pdf", f"{SAM}/letter-choir-2.yaml"}
    done = school.sep(*add(*LETTER, "--id", "book-shelf", file="in/IMG_1.jpeg"), "--alt", "x")
    assert done.exit_code == 2
    assert "stands already" in done.stderr


def test_what_lies_in_its_place_already_is_described_there(school: School) -> None:
    target = school.records / SAM / "from the choir.pdf"
    target.write_bytes(PDF.read_bytes())
    before = files(school)
    done = school.sep(*add(*LETTER, file=f"records/{SAM}/from the choir.pdf"))
    assert done.exit_code == 0, done.stderr
    assert set(changed(school, before)) == {f"{SAM}/letter-choir.yaml"}
    assert b"file: from the choir.pdf\n" in files(school)[f"{SAM}/letter-choir.yaml"]
    assert school.sep("check").exit_code == 0


def refused() -> Iterator[tuple[str, bytes, str]]:
    yield "page.html", b"<html><script>alert(1)</script></html>", "is not an image, a PDF or an office document"
    yield "empty.pdf", b"", "is not an image, a PDF or an office document"
    yield "active.pdf", b"%PDF-1.4\n1 0 obj <</S /JavaScript /JS (x)>> endobj\n", "this PDF holds"
    yield "large.pdf", b"%PDF-1.4\n" + bytes(25 * 1024 * 1024), "is larger than 25 MB"


@pytest.mark.parametrize(("name", "content", "told"), list(refused()), ids=lambda each: each if len(each) < 12 else "")
def test_what_a_check_would_refuse_is_refused_before_anything_is_written(
    school: School, name: str, content: bytes, told: str
) -> None:
    (school.folder / name).write_bytes(content)
    before = files(school)
    for more in ((), ("--dry-run",)):
        done = school.sep(*add(*LETTER, *more, file=name))
        assert done.exit_code == 2, done.stderr
        assert told in done.stderr
        assert files(school) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (add(*LETTER, file="in/none.pdf"), "`in/none.pdf` cannot be read"),
        (add(*LETTER, file="in"), "`in` cannot be read"),
        (add("--title", "A", "--date", "2026-11-02", file="in/IMG_1.jpeg"), "`--alt` gives it"),
        (add(*LETTER, "--year", "2020-21"), "has no grade for 2020-21"),
        (add(*LETTER, file=f"records/{SAM}/book-shelf.png"), "stands in the file already"),
        (add("--date", "2026-11-02"), "`--title` gives it"),
        (add(*LETTER, "--date", "2026-13-02"), "is no date"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(school: School, arguments: tuple[str, ...], told: str) -> None:
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_the_same_document_twice_is_told(school: School) -> None:
    assert school.sep(*add(*LETTER)).exit_code == 0
    before = files(school)
    again = school.sep(*add("--title", "Another word", "--date", "2026-11-02"))
    assert again.exit_code == 2
    assert f"stands in the file already: {SAM}/letter-choir.pdf (“Letter from the choir”)" in again.stderr
    assert files(school) == before


def test_a_dry_run_shows_and_writes_nothing(school: School) -> None:
    before = files(school)
    done = school.sep(*add(*LETTER, "--dry-run"))
    assert done.exit_code == 0, done.stderr
    assert f"# {SAM}/letter-choir.pdf" in done.stdout
    assert "title: Letter from the choir" in done.stdout
    assert files(school) == before
