"""A student moves from one school to the next, step by step as people do it, with real git (policy: U3, P8, P35)."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_receive import next_school
from tests.cli.test_transfer import NEXT
from tests.moving import Kept

SAM = "students/lopez-sam"


def done(school: Kept, *arguments: str, today: str = "2026-11-24") -> str:
    ran = school.sep(*arguments, today=today)
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout + ran.stderr


def test_the_file_goes_with_the_student(tmp_path: Path) -> None:
    old, new = Kept(tmp_path / "old"), next_school(tmp_path / "new")
    old.save("the year begins", on="2026-08-20")
    old.change(f"{SAM}/2026-27/objectives/read-more.yaml", "status: on-track", "status: met")
    old.save("an objective is met", on="2026-10-12")

    # The old school looks first, hands the file on, and writes down that the student leaves.
    hand_on = ("transfer", "Sam Lopez", "--to", NEXT, "--enrolling", "--told", "2026-11-20")
    assert "hearing-letter" in done(old, *hand_on, "--dry-run")
    done(old, *hand_on)
    (package,) = (old.folder / "build/transfers").glob("*.zip")
    old.change(f"{SAM}/student.yaml", "homeroom: B2\n", "homeroom: B2\nleft_on: 2026-11-25\n")
    old.save("he leaves", on="2026-11-24")
    assert f"to: {NEXT}" in old.git("show", f"HEAD:records/{SAM}/disclosures/2026-11-24-red-butte-high-school.yaml")
    done(old, "check")

    # On a stick to the next school, which takes it in and assigns a counselor.
    box = new.folder / "box"
    box.mkdir()
    carried = box / package.name
    carried.write_bytes(package.read_bytes())
    told = done(new, "receive", f"box/{package.name}", "--yes", today="2026-11-30")
    assert "Samuel Lopez, from Small School" in told
    done(new, "new", "participant", "sam", "--staff", "reyes", "--role", "counselor", today="2026-11-30")
    done(new, "check", today="2026-11-30")

    # The family and the new counselor see the whole file, the years at the other school too; nobody else does.
    done(new, "build", today="2026-11-30")
    pages = new.pages()
    mother = b"".join(content for path, content in pages.items() if path.startswith("rosa-lopez/"))
    for wanted in (b"Hatchet", b"2025-26", b"English 9", b"Luz Reyes"):
        assert wanted in mother, wanted
    assert {"sam-lopez", "rosa-lopez", "reyes"} <= new.people()
    assert not {"park", "cruz", "reyes-small-school"} & new.people()
    assert b"hearing" not in b"".join(pages.values())
    done(new, "binder", "sam", today="2026-11-30")

    # What was saved at the old school, and when, is the new school's to read; and nothing is lost at the old one.
    objective = f"records/{SAM}/2026-27/objectives/read-more.yaml"
    days = new.git("log", "--format=%ad", "--date=short", "--", objective).splitlines()
    assert {"2026-10-12", "2026-08-20"} <= set(days)
    assert (old.records / SAM / "2026-27/documents/hearing-letter.png").is_file()

    # The same stick once more.
    assert "Nothing is new" in done(new, "receive", f"box/{package.name}", "--yes", today="2026-12-01")
