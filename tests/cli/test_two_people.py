"""Two copies of one store, changed at once by two people who never saw git."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.two_desks import OBJECTIVE, Desk, copied, meet, two_desks

NEW = "statement: {}\nkind: academic\nstatus: not-started\nsuggested_by: reyes\nsuggested_on: 2026-11-24\nmeans:\n"
NEW += "  - {{what: A card for the library, source: school}}\n"
FOLDER = "students/lopez-sam/2026-27/objectives/"
NOTE = "students/lopez-sam/2026-27/progress/2026-10-01-first-book.md"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desks")
    two_desks(folder)
    return folder


@pytest.fixture
def desks(made: Path, tmp_path: Path) -> tuple[Desk, Desk]:
    return copied(made, tmp_path)


def test_two_people_add_objectives_on_one_day(desks: tuple[Desk, Desk]) -> None:
    """Task 11: one entry is one file, so that nothing meets."""
    first, second = desks
    first.write(FOLDER + "read-aloud.yaml", NEW.format("Read aloud to a class"))
    second.write(FOLDER + "ask-once.yaml", NEW.format("Ask one question a day"))
    first.save()
    second.save()
    meet(first, second)
    assert second.state() == ""
    assert first.read(FOLDER + "read-aloud.yaml") == second.read(FOLDER + "read-aloud.yaml")
    assert "Ask one question" in second.read(FOLDER + "ask-once.yaml")


def test_two_people_change_different_things_of_one_objective(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.change(OBJECTIVE, "status: on-track", "status: needs-help")
    second.change(OBJECTIVE, "statement: ", "statement: 'Now: ")
    second.write(OBJECTIVE, second.read(OBJECTIVE).replace("\nkind", "'\nkind", 1))
    first.save()
    second.save()
    meet(first, second)
    assert "status: needs-help" in second.read(OBJECTIVE)
    assert "statement: 'Now: " in second.read(OBJECTIVE)


@pytest.fixture(scope="module")
def clashed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let both change one status, and the second one meet it."""
    folder = tmp_path_factory.mktemp("clashed")
    first, second = copied(made, folder)
    first.change(OBJECTIVE, "status: on-track", "status: needs-help")
    first.write(FOLDER + "read-aloud.yaml", NEW.format("Read aloud to a class"))
    second.change(OBJECTIVE, "status: on-track", "status: met")
    first.save()
    second.save()
    meet(first, second, conflict=True)
    return folder


@pytest.fixture
def desk(clashed: Path, tmp_path: Path) -> Desk:
    """Return the desk of the one who met the other's status."""
    return copied(clashed, tmp_path)[1]


@pytest.mark.parametrize(("key", "status"), [("m", "met"), ("t", "needs-help"), ("xT", "needs-help")])
def test_two_people_change_one_status(desk: Desk, key: str, status: str) -> None:
    """Task 12: the other's name stands beside each version, and one key decides."""
    assert "two people changed" in desk.sep("save", "--yes").stderr
    theirs = desk.git("rev-parse", "MERGE_HEAD")
    done = desk.sep("resolve", keys=key)
    assert done.exit_code == 0, done.stderr
    for words in (
        "status\n",
        "m  yours   met   (Ben Reyes, ",
        "t  theirs  needs-help   (Rae Lee, ",
        "before  on-track",
    ):
        assert words in done.stderr
    assert "b  both" not in done.stderr
    assert f"status: {status}\n" in desk.read(OBJECTIVE)
    assert "Read aloud" in desk.read(FOLDER + "read-aloud.yaml")
    assert desk.state() == ""
    assert theirs in desk.git("rev-list", "HEAD^2")
    assert desk.git("log", "-1", "--format=%s").startswith("joined: lopez-sam: ")
    assert not (desk.folder / ".git/MERGE_HEAD").exists()
    assert desk.sep("check").exit_code == 0


def test_words_of_both_can_be_kept(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    for desk, words in ((first, "He asked for the next one."), (second, "He finished it on the bus.")):
        text = desk.read(NOTE)
        desk.write(NOTE, text[: text.index("---\n", 4) + 4] + f"{words}\n")
        desk.save()
    meet(first, second, conflict=True)
    done = second.sep("resolve", keys="b")
    assert done.exit_code == 0, done.stderr
    assert second.read(NOTE).endswith("---\nHe finished it on the bus.\n\nHe asked for the next one.\n")


def test_what_is_left_for_later_stays_open(desk: Desk) -> None:
    before = desk.read(OBJECTIVE)
    assert desk.sep("resolve", keys="l").exit_code == 1
    assert desk.sep("resolve", keys="q").exit_code == 130
    assert desk.sep("resolve").exit_code == 1
    assert desk.sep("resolve", "--dry-run", "--keep", "mine").exit_code == 0
    assert desk.read(OBJECTIVE) == before
    assert desk.state().count("UU") == 1
    assert desk.sep("resolve", "--keep", "theirs").exit_code == 0
    assert "status: needs-help" in desk.read(OBJECTIVE)


def test_a_file_settled_in_the_editor_is_taken_as_it_is(desk: Desk) -> None:
    settled = NEW.format("Written anew by hand")
    desk.write(OBJECTIVE, settled)
    done = desk.sep("resolve", keys="\n")
    assert done.exit_code == 0, done.stderr
    assert desk.read(OBJECTIVE) == settled
    assert desk.state() == ""


def test_words_between_the_marks_are_kept_in_a_copy(desk: Desk) -> None:
    desk.change(OBJECTIVE, "=======\n", "# her own words\n=======\n")
    marked = desk.read(OBJECTIVE)
    done = desk.sep("resolve", "--keep", "mine")
    assert done.exit_code == 0, done.stderr
    assert "a copy is in" in done.stderr
    kept = list((desk.folder / ".git/sep/kept").rglob("read-more.yaml"))
    assert [each.read_text("utf-8") for each in kept] == [marked]


def test_giving_up_gives_the_bytes_back(desk: Desk) -> None:
    head = desk.head()
    before = {path: desk.git("show", f"HEAD:records/{path}") for path in (OBJECTIVE, NOTE)}
    desk.write("school.yaml", desk.read("school.yaml") + "# not saved yet\n")
    would = desk.sep("resolve", "--abort", "--dry-run")
    assert "would give back" in would.stdout
    assert desk.state().count("UU") == 1
    done = desk.sep("resolve", "--abort")
    assert done.exit_code == 0, done.stderr
    assert {path: desk.read(path).strip() for path in before} == before
    assert not (desk.records / FOLDER / "read-aloud.yaml").exists()
    assert desk.state() == "M records/school.yaml"
    assert desk.head() == head
    assert desk.sep("resolve", "--abort").exit_code == 2
    assert "no two versions" in desk.sep("resolve").stderr


def test_giving_up_keeps_what_was_written_since(desk: Desk) -> None:
    desk.change(OBJECTIVE, "<<<<<<< yours", "# said on the telephone\n<<<<<<< yours")
    desk.change(FOLDER + "read-aloud.yaml", "Read aloud", "Read very loud")
    assert desk.sep("resolve", "--abort").exit_code == 0
    kept = sorted((desk.folder / ".git/sep/kept").rglob("*.yaml"))
    assert [each.name for each in kept] == ["read-more.yaml"]
    assert "# said on the telephone" in kept[0].read_text("utf-8")
    assert "Read very loud" in desk.read(FOLDER + "read-aloud.yaml")


def test_one_takes_out_what_the_other_changes(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    (first.records / OBJECTIVE).unlink()
    second.change(OBJECTIVE, "status: on-track", "status: met")
    first.save()
    second.save()
    meet(first, second, conflict=True)
    done = second.sep("resolve", keys="t")
    assert done.exit_code == 0, done.stderr
    assert "(it is not there)" in done.stderr
    assert not (second.records / OBJECTIVE).exists()
    assert second.state() == ""


def test_without_the_driver_the_same_comes_of_it(desks: tuple[Desk, Desk]) -> None:
    first, desk = desks
    desk.git("config", "--remove-section", "merge.sep")
    first.change(OBJECTIVE, "status: on-track", "status: needs-help")
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    first.save()
    desk.save()
    meet(first, desk, conflict=True)
    assert "<<<<<<< HEAD" in desk.read(OBJECTIVE)
    assert desk.sep("resolve", keys="t").exit_code == 0
    assert "status: needs-help" in desk.read(OBJECTIVE)
    assert not (desk.folder / ".git/sep").exists()


def test_where_sep_is_not_found_git_joins_the_lines(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.change(OBJECTIVE, "status: on-track", "status: met")
    second.write(OBJECTIVE, second.read(OBJECTIVE) + "# later\n")
    first.save()
    second.save()
    second.git("pull", "-q", "--no-edit", "origin", "main", env={"PATH": "/usr/bin:/bin"})
    assert "status: met" in second.read(OBJECTIVE)
    assert "# later" in second.read(OBJECTIVE)


def test_saves_laid_on_top_of_newer_ones_name_the_sides_rightly(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.change(OBJECTIVE, "status: on-track", "status: needs-help")
    second.change(OBJECTIVE, "status: on-track", "status: met")
    first.save()
    second.save()
    second.git("pull", "-q", "--rebase", "origin", "main", fails=True)
    done = second.sep("resolve", keys="m")
    assert "m  yours   met   (Ben Reyes" in done.stderr
    assert "git rebase --continue" in done.stderr
    assert "status: met" in second.read(OBJECTIVE)
    assert second.sep("save", "--yes").exit_code == 2
    second.git("-c", "core.editor=true", "rebase", "--continue")
    assert second.state() == ""


def test_a_joining_that_was_saved_and_not_cleared_away_is_ended(desk: Desk) -> None:
    """The program was stopped between the save and the end of the joining."""
    marker = (desk.folder / ".git/MERGE_HEAD").read_bytes()
    assert desk.sep("resolve", "--keep", "mine").exit_code == 0
    head = desk.head()
    (desk.folder / ".git/MERGE_HEAD").write_bytes(marker)
    assert desk.sep("resolve").exit_code == 0
    assert desk.head() == head
    assert not (desk.folder / ".git/MERGE_HEAD").exists()


def test_two_versions_outside_the_store_are_told(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    for desk, status in ((first, "met"), (second, "needs-help")):
        (desk.folder / "READ.txt").write_text(f"{status}\n", encoding="utf-8")
        desk.change(OBJECTIVE, "status: on-track", f"status: {status}")
        desk.git("add", "-A")
        desk.git("commit", "-qm", "both", "--no-verify")
    meet(first, second, conflict=True)
    done = second.sep("resolve", "--keep", "mine")
    assert done.exit_code == 2
    assert "outside the records" in done.stderr
    assert second.sep("resolve", "--abort").exit_code == 0
    assert second.state() == ""
    assert (second.folder / "READ.txt").read_text("utf-8") == "needs-help\n"


def test_nothing_to_choose(desks: tuple[Desk, Desk]) -> None:
    done = desks[0].sep("resolve")
    assert done.exit_code == 0
    assert "Nothing to choose" in done.stderr
