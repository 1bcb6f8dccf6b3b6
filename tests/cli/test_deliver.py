from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import Result

from site_builder.publish.passphrase import WORDS, is_phrase
from tests.cli.small_school import School
from tests.sealed_reader.reader import WRONG_WORDS, NotOpened, open_sealed

PEOPLE = {"cruz", "ivy-ward", "joan-ward", "park", "principal-stone", "reyes", "rosa-lopez", "sam-lopez"}
JOAN = "students/ward-ivy/participants/joan-ward.yaml"
CELLO = "students/ward-ivy/2026-27/objectives/play-the-cello.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    school = School(tmp_path_factory.mktemp("school"))
    assert school.sep("deliver").exit_code == 0
    return school.folder


@pytest.fixture
def delivered(school: School, first: Path) -> School:
    shutil.copytree(first, school.folder, dirs_exist_ok=True)
    return school


def book(school: School) -> Path:
    (found,) = (school.folder / "settings" / "phrases").glob("*.txt")
    return found


def phrases(school: School) -> dict[str, str]:
    lines = book(school).read_text(encoding="ascii").splitlines()
    return dict(each.split(" = ") for each in lines if " = " in each)


def people(school: School) -> set[str]:
    return {path.removesuffix(".html") for path in school.pages("sealed")}


def opened(school: School, person: str) -> dict[str, bytes]:
    return open_sealed(school.folder / "build" / "sealed" / f"{person}.html", phrases(school)[person]).files


def nothing_changed(school: School, done: Result, code: int, sentence: str) -> None:
    assert done.exit_code == code
    assert sentence in done.stderr
    assert "  = help: " in done.stderr
    assert done.stdout == ""
    assert not (school.folder / "build").exists()
    assert not (school.folder / "settings" / "phrases").exists()


def test_everyone_gets_one_file_with_what_their_site_holds(delivered: School) -> None:
    assert people(delivered) == PEOPLE
    assert delivered.sep("build").exit_code == 0
    sites = delivered.pages()
    for person in sorted(PEOPLE):
        files = opened(delivered, person)
        assert {f"{person}/{path}": content for path, content in files.items()} == {
            path: content for path, content in sites.items() if path.startswith(f"{person}/")
        }


def test_one_persons_words_open_no_other_file(delivered: School) -> None:
    path = delivered.folder / "build" / "sealed" / "joan-ward.html"
    with pytest.raises(NotOpened) as fault:
        open_sealed(path, phrases(delivered)["rosa-lopez"])
    assert fault.value.code == WRONG_WORDS


def test_the_words_are_told_nowhere_but_on_paper_and_in_their_file(school: School) -> None:
    done = school.sep("-v", "deliver")
    drawn = phrases(school)
    assert set(drawn) == PEOPLE
    assert all(is_phrase(each) for each in drawn.values())
    said = done.stdout + done.stderr
    files = school.pages("sealed") | {
        path: content for path, content in school.pages("letters").items() if path != "words.html"
    }
    for phrase in drawn.values():
        assert phrase not in said
        words = phrase.split()
        assert not all(word in said for word in words)
        for path, content in files.items():
            assert phrase.encode() not in content, path
    sheets = school.pages("letters")["words.html"].decode()
    for phrase in drawn.values():
        listed = "\n".join(f"<li>{word}</li>" for word in phrase.split())
        assert sheets.count(listed) == 2  # front and back, in two languages
    assert sheets.count('class="page"') == 2 * len(PEOPLE)
    assert sheets.count("<li>") == 2 * len(PEOPLE) * WORDS


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes on Windows")
def test_all_that_is_written_is_for_its_owner_alone(delivered: School) -> None:
    made = [book(delivered), *(delivered.folder / "build").rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600}
    folders = [book(delivered).parent, *(path for path in made if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    book(delivered).chmod(0o644)
    assert delivered.sep("deliver").exit_code == 0
    assert stat.S_IMODE(book(delivered).stat().st_mode) == 0o600


def test_the_letters_say_how_in_both_languages_and_the_list_has_a_line_each(delivered: School) -> None:
    pages = {path: content.decode() for path, content in delivered.pages("letters").items()}
    assert set(pages) == {"letters.html", "words.html", "hand-over.html"}
    assert pages["letters.html"].count("How to open it") == pages["letters.html"].count("Cómo abrirlo") == len(PEOPLE)
    assert all(f"{person}.html" in pages["hand-over.html"] for person in PEOPLE)
    assert pages["hand-over.html"].count('<th scope="row">') == len(PEOPLE)


def test_a_rebuild_keeps_the_words_and_prints_them_no_more(delivered: School) -> None:
    before, drawn = delivered.pages("sealed"), phrases(delivered)
    done = delivered.sep("deliver")
    assert done.exit_code == 0
    assert phrases(delivered) == drawn
    assert set(delivered.pages("letters")) == {"hand-over.html"}
    assert all(content != before[path] for path, content in delivered.pages("sealed").items())  # keys are drawn anew
    assert "index.html" in opened(delivered, "joan-ward")
    assert delivered.sep("deliver", "--letters").exit_code == 0
    assert "words.html" in delivered.pages("letters")
    assert phrases(delivered) == drawn


def test_new_words_for_one_person(delivered: School) -> None:
    drawn, before = phrases(delivered), delivered.pages("sealed")
    assert delivered.sep("deliver", "--for", "Joan Ward", "--new-phrase").exit_code == 0
    now = phrases(delivered)
    assert now["joan-ward"] != drawn["joan-ward"]
    assert {**now, "joan-ward": ""} == {**drawn, "joan-ward": ""}
    after = delivered.pages("sealed")
    assert {path for path in after if after[path] != before[path]} == {"joan-ward.html"}
    assert "index.html" in opened(delivered, "joan-ward")
    sheets = delivered.pages("letters")["words.html"].decode()
    assert sheets.count('class="page"') == 2
    assert "Joan" in sheets


def test_who_lost_access_has_no_file_any_more(delivered: School) -> None:
    delivered.change(JOAN, "since:", "until: 2026-11-20\nsince:")
    assert delivered.sep("deliver", "--for", "reyes").exit_code == 0
    assert "joan-ward" not in people(delivered)
    assert people(delivered) == PEOPLE - {"joan-ward"}


def test_a_build_takes_away_what_must_not_be_handed_out_any_more(delivered: School) -> None:
    delivered.change(JOAN, "since:", "until: 2026-11-20\nsince:")
    done = delivered.sep("build")
    assert "Took away 1 sealed file" in done.stderr
    assert people(delivered) == PEOPLE - {"joan-ward"}
    consent = "students/lopez-sam/consents/2026-09-11-hearing-family.yaml"
    delivered.change(consent, "method: ", "revoked_on: 2026-11-24\nmethod: ")
    delivered.sep("build")
    assert not people(delivered) & {"rosa-lopez", "sam-lopez"}


def test_a_broken_file_stops_what_is_new_of_its_student_alone(delivered: School) -> None:
    before = delivered.pages("sealed")
    delivered.change(CELLO, "status: ", "status: un")
    done = delivered.sep("deliver")
    after = delivered.pages("sealed")
    assert done.exit_code == 1
    assert "No new pages of Ivy Ward" in done.stderr
    assert people(delivered) == PEOPLE
    assert after["joan-ward.html"] == before["joan-ward.html"]
    assert after["rosa-lopez.html"] != before["rosa-lopez.html"]
    assert not [path for path in opened(delivered, "reyes") if path.startswith("ward-ivy/")]


def test_words_that_are_lost_are_not_replaced_in_silence(delivered: School) -> None:
    before = delivered.pages("sealed")
    book(delivered).unlink()
    done = delivered.sep("deliver")
    assert done.exit_code == 2
    assert "the words of 8 people who have a sealed file are not in" in done.stderr
    assert delivered.pages("sealed") == before
    assert delivered.sep("deliver", "--new-phrase").exit_code == 0
    assert "index.html" in opened(delivered, "joan-ward")
    assert delivered.pages("letters")["words.html"].count(b'class="page"') == 16


def test_a_run_that_was_broken_off_before_printing_prints_the_next_time(delivered: School) -> None:
    lines = book(delivered).read_text(encoding="ascii").splitlines(keepends=True)
    book(delivered).write_text("".join(each for each in lines if each != "joan-ward printed\n"), encoding="ascii")
    assert delivered.sep("deliver").exit_code == 0
    assert delivered.pages("letters")["words.html"].count(b'class="page"') == 2


def test_a_file_of_phrases_elsewhere(school: School) -> None:
    own = school.folder / "safe" / "phrases.txt"
    own.parent.mkdir()
    own.touch()
    assert school.sep("deliver", "--phrases", "safe/phrases.txt").exit_code == 0
    assert own.read_text(encoding="ascii").count(" = ") == len(PEOPLE)
    assert not (school.folder / "settings" / "phrases").exists()


def test_dry_run_writes_nothing(school: School) -> None:
    done = school.sep("deliver", "--dry-run")
    assert done.exit_code == 0
    assert "Would seal the pages of 8 people." in done.stderr
    assert "build/sealed/joan-ward.html  (new words)" in done.stdout.splitlines()
    assert not (school.folder / "build").exists()
    assert not (school.folder / "settings" / "phrases").exists()


def test_nobody_is_known_by_that_name(school: School) -> None:
    nothing_changed(school, school.sep("deliver", "--for", "Nobody"), 2, "no participant is called `Nobody`")


def test_somebody_who_may_see_nothing_is_refused(school: School) -> None:
    school.change(JOAN, "since:", "until: 2026-11-20\nsince:")
    nothing_changed(school, school.sep("deliver", "--for", "joan-ward"), 3, "may see no student's file on 2026-11-24")


@pytest.mark.parametrize("out", ["records/out", "records", ".", "/"])
def test_output_in_a_forbidden_place_is_refused(school: School, out: str) -> None:
    nothing_changed(school, school.sep("deliver", "--out", out), 3, "records" if out != "/" else "top of a drive")


def test_a_phrase_file_that_is_missing_is_named(school: School) -> None:
    nothing_changed(school, school.sep("deliver", "--phrases", "none.txt"), 2, "there is no file")


@pytest.mark.parametrize("place", ["records/phrases.txt", "build/phrases.txt", "saved/deep/phrases.txt"])
def test_phrases_are_kept_apart(school: School, place: str) -> None:
    (school.folder / "saved" / ".git").mkdir(parents=True)
    nothing_changed(school, school.sep("deliver", "--phrases", place), 3, "the phrases are not kept")


@pytest.mark.parametrize(
    "line",
    [
        "joan-ward = my own secret words for this",
        "joan-ward = abacus zoom",
        "joan-ward: abacus zoom abacus zoom abacus zoom",
        "Joan Ward = abacus zoom abacus zoom abacus zoom",
        "\xff\xfe",
    ],
)
def test_a_phrase_file_that_holds_something_else_is_not_read_aloud(school: School, line: str) -> None:
    path = school.folder / "own.txt"
    path.write_bytes(f"# mine\n{line}\n".encode("latin-1"))
    done = school.sep("deliver", "--phrases", "own.txt")
    nothing_changed(school, done, 2, "line 2 of")
    assert "secret" not in done.stderr
    assert "abacus" not in done.stderr


def test_a_folder_is_no_phrase_file(school: School) -> None:
    (school.folder / "safe").mkdir()
    assert school.sep("deliver", "--phrases", "safe").exit_code in (2, 4)
    assert not (school.folder / "build").exists()
