from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.base.changes import ATTACHMENT, BODY, OTHER, SCHOOL_YEAR, WHOLE_FILE, Change, How, Part
from site_builder.history.compare import compare_trees
from site_builder.history.sentences import message
from site_builder.render.change_words import ChangeWords
from site_builder.render.i18n import Messages
from site_builder.source.commit_tree import open_commit
from site_builder.source.working_tree import WorkingTree
from tests.history.stores import School, school

SAM = "students/lopez-sam"
WELD = f"{SAM}/2026-27/objectives/learn-to-weld.yaml"
READ = f"{SAM}/2026-27/objectives/read-more.yaml"
NOTE = f"{SAM}/2026-27/progress/2026-10-01-first-book.md"


@pytest.fixture
def made(tmp_path: Path) -> School:
    return school(tmp_path)


def unsaved(made: School) -> tuple[Change, ...]:
    return compare_trees(open_commit(made.root, "HEAD"), WorkingTree(made.root))


def said(made: School, language: str = "en") -> list[str]:
    names = {"park": "Lee Park", "sam-lopez": "Sam Lopez"}
    words = ChangeWords(Messages(language), lambda each: names.get(each, each), "2026-27")
    return [words.sentence(each) for each in unsaved(made)]


def test_nothing_changed_where_nothing_changed(made: School) -> None:
    assert unsaved(made) == ()


def test_a_field_is_told_with_both_values(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    change = unsaved(made)[0]
    assert (change.kind, change.id, change.student, change.year) == ("objective", "read-more", "lopez-sam", "2026-27")
    assert change.parts == (Part(field=("status",), how=How.CHANGED, old="on-track", new="needs-help"),)
    assert said(made) == ["objective *Read one book a month*: on track → needs help"]
    assert said(made, "es") == ["el objetivo *Read one book a month*: va bien → necesita ayuda"]


def test_items_are_known_by_what_they_are_about(made: School) -> None:
    made.edit(READ, "steps:\n", "steps:\n  - {what: Ask the librarian, who: park}\n")
    made.edit(READ, "done_on: 2026-09-20", "done_on: 2026-09-22")
    made.edit(READ, "source: school", "source: community")
    assert said(made) == [
        "objective *Read one book a month*: means *Library pass in third period*: source: school → community; "
        "step *Choose the first book*: done on: Sep 20, 2026 → Sep 22, 2026; step *Ask the librarian* added"
    ]


def test_an_item_in_other_words_is_one_item_and_another_one_is_another(made: School) -> None:
    made.edit(READ, "Choose the first book", "Choose the first book with Mr. Park")
    made.edit(READ, "Library pass in third period", "Saturdays in town")
    parts = unsaved(made)[0].parts
    assert [(each.field, each.how, each.item) for each in parts] == [
        (("means",), How.REMOVED, "Library pass in third period"),
        (("means",), How.ADDED, "Saturdays in town"),
        (("steps", "what"), How.CHANGED, "Choose the first book with Mr. Park"),
    ]


def test_another_order_is_told_once(made: School) -> None:
    first = "  - {what: Welding 1, source: school, course: CTE-201}\n"
    second = "  - {what: An afternoon in a welder's shop, source: community}\n"
    made.edit(WELD, first + second, second + first)
    assert said(made) == ["objective *Take Welding 1*: means in another order"]


def test_words_are_told_by_paragraph(made: School) -> None:
    made.edit(NOTE, "a week early.", "two weeks early.\n\nHe starts *Holes* now.")
    parts = unsaved(made)[0].parts
    assert [(each.field, each.how) for each in parts] == [((BODY,), How.CHANGED), ((BODY,), How.ADDED)]
    assert said(made) == [
        "progress note *The first book*: paragraph *Sam finished Hatchet two weeks early.* written anew; "
        "paragraph *He starts Holes now.* added"
    ]


def test_other_spaces_and_comments_are_no_other_content(made: School) -> None:
    made.edit(READ, "kind: academic", "kind:   academic # as agreed")
    assert said(made) == ["objective *Read one book a month*: written in another way, with the same content"]
    made.write(READ, (made.root / READ).read_text("utf-8").replace("\n", "\r\n"))
    assert len(unsaved(made)) == 1


def test_line_ends_alone_are_nothing(made: School) -> None:
    made.write(READ, (made.root / READ).read_text("utf-8").replace("\n", "\r\n"))
    assert unsaved(made) == ()


def test_an_entry_is_added_and_taken_out(made: School) -> None:
    made.write(
        f"{SAM}/2026-27/objectives/run.yaml", "statement: Run\nkind: personal\nstatus: met\nsuggested_by: park\n"
    )
    (made.root / NOTE).unlink()
    assert said(made) == ["objective *Run* added", "progress note *The first book* taken out"]


def test_another_id_is_followed(made: School) -> None:
    (made.root / WELD).rename(made.root / WELD.replace("learn-to-weld", "weld"))
    assert said(made) == ["objective *Take Welding 1* renamed; it was learn-to-weld"]
    made.edit(WELD.replace("learn-to-weld", "weld"), "not-started", "on-track")
    assert said(made) == ["objective *Take Welding 1* renamed; it was learn-to-weld; not started → on track"]


def test_two_entries_with_little_in_common_are_two(made: School) -> None:
    (made.root / WELD).unlink()
    made.write(
        f"{SAM}/2026-27/objectives/run.yaml", "statement: Run\nkind: personal\nstatus: met\nsuggested_by: park\n"
    )
    assert [each.how for each in unsaved(made)] == [How.REMOVED, How.ADDED]


def test_a_whole_file_is_one_change(made: School) -> None:
    (made.root / "students/ward-ivy").rename(made.root.parent / "away")
    (gone,) = unsaved(made)
    assert (gone.kind, gone.how, gone.student) == (WHOLE_FILE, How.REMOVED, "ward-ivy")
    made.save()
    (made.root.parent / "away").rename(made.root / "students/ward-ivy")
    assert unsaved(made) == (Change(kind=WHOLE_FILE, how=How.ADDED, student="ward-ivy", id=gone.id),)
    assert said(made) == ["the file was begun"]


def test_a_folder_of_another_name_is_the_same_student(made: School) -> None:
    (made.root / SAM).rename(made.root / "students/lopez-samuel")
    made.edit(READ.replace("lopez-sam", "lopez-samuel"), "on-track", "met")
    first, second = unsaved(made)
    assert first == Change(kind=WHOLE_FILE, how=How.MOVED, student="lopez-samuel", was="lopez-sam")
    assert (second.student, second.kind, second.how) == ("lopez-samuel", "objective", How.CHANGED)


def test_one_student_leaves_and_another_comes_with_like_papers(made: School) -> None:
    """A registration of the one may be the other's letter for letter: nothing of one is told of the other."""
    (made.root / SAM).rename(made.root / "students/new-kid")
    made.edit("students/new-kid/student.yaml", "student_number: ", "student_number: 9")
    assert [(each.kind, each.how, each.student, each.parts) for each in unsaved(made)] == [
        (WHOLE_FILE, How.REMOVED, "lopez-sam", ()),
        (WHOLE_FILE, How.ADDED, "new-kid", ()),
    ]


def test_a_school_year_is_begun_once(made: School) -> None:
    year = f"{SAM}/2027-28"
    made.write(f"{year}/plan.yaml", "grade: 11\n")
    made.write(f"{year}/objectives/run.yaml", "statement: Run\nkind: personal\nstatus: met\nsuggested_by: park\n")
    (change,) = unsaved(made)
    assert (change.kind, change.how, change.student, change.year) == (SCHOOL_YEAR, How.ADDED, "lopez-sam", "2027-28")
    assert [each.field for each in change.parts] == [("objective", "run"), ("plan", "plan")]
    assert said(made) == ["school year 2027-28 begun"]
    assert message(unsaved(made)) == "lopez-sam: school year 2027-28 begun (2 entries)"


def test_a_plan_alone_is_an_entry(made: School) -> None:
    made.write(f"{SAM}/2027-28/plan.yaml", "grade: 11\n")
    assert said(made) == ["plan (2027-28) added"]


def test_papers_and_other_files_have_changes_of_their_own(made: School) -> None:
    (made.root / f"{SAM}/2026-27/documents/book-shelf.png").write_bytes(b"other")
    made.write("README.md", "Ours\n")
    assert [(each.kind, each.how, each.id) for each in unsaved(made)] == [
        (OTHER, How.ADDED, "README.md"),
        (ATTACHMENT, How.CHANGED, "book-shelf.png"),
    ]


@pytest.mark.parametrize("broken", ["a: [", "\x00", "- 1\n- 2\n", "status: [1, {a: 2}]\nsteps: 3\nmeans: {x: y}\n", ""])
def test_what_cannot_be_read_is_told_and_nothing_falls(made: School, broken: str) -> None:
    made.write(READ, broken)
    (change,) = unsaved(made)
    assert change.unread or change.older_form
    assert "form" in said(made)[0]
    made.save()
    made.edit(WELD, "not-started", "met")
    made.write(READ, "statement: Read\nkind: academic\nstatus: met\nsuggested_by: park\n")
    assert len(said(made)) == 2


def test_a_field_that_the_form_of_today_lacks(made: School) -> None:
    made.edit(READ, "kind: academic", "kind: academic\nmood: good")
    assert said(made) == ["objective *Read one book a month*: `mood`: *good* (in an older form)"]


def test_the_message_of_a_save_holds_ids_alone(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    assert message(unsaved(made)) == "lopez-sam: objective 2026-27/read-more changed (status)"
    made.edit(NOTE, "a week early.", "two weeks early.")
    made.edit(f"{SAM}/participants/rosa-lopez.yaml", "role: parent", "role: guardian")
    lines = message(unsaved(made)).splitlines()
    assert lines[:2] == ["lopez-sam: 3 entries", ""]
    assert "lopez-sam: progress 2026-27/2026-10-01-first-book changed (words)" in lines
    assert not {"Hatchet", "book a month", "guardian", "needs-help"} & set(" ".join(lines).split())


def test_a_part_of_the_store_can_be_asked_for(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.edit("students/ward-ivy/2026-27/objectives/play-the-cello.yaml", "on-track", "met")
    found = compare_trees(open_commit(made.root, "HEAD"), WorkingTree(made.root), "students/ward-ivy/")
    assert [each.id for each in found] == ["play-the-cello"]
