"""Taking what somebody wrote at home: beside what stands, part by part, recorded, checked, saved; all else refused."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from site_builder.base.form_token import FormKey
from tests.cli.desk import answering, files
from tests.cli.small_school import School
from tests.exchange.handed_in import hand_in, keep_key, proposal

YEAR = "students/lopez-sam/2026-27"
EVERYTHING: dict[str, Any] = {
    "aspiration": "I want to build houses that stay warm.\nAnd be outdoors: always.",
    "strengths": 'I explain things: "calmly".',
    "objectives": [
        {"id": "learn-to-weld", "add": [{"what": "Ask for the shop's rules", "due": "2026-12-18"}]},
    ],
    "new_objectives": [
        {
            "statement": "Get a driver’s license: the real one",
            "kind": "personal",
            "means": [{"what": "Uncle’s truck", "source": "family"}],
            "steps": [{"what": "Read the handbook", "due": "2027-01-15"}],
        }
    ],
    "careers": [{"title": "Carpenters", "note": "They work outdoors"}],
    "programs": [{"institution": "Basin Technical College", "program": "Carpentry"}],
    "courses": [{"course": "CTE-201", "grade": 12}],
    "progress": {"words": "I read two books.\n\n* one\n* two", "title": "Two books", "objective": "read-more"},
}


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = School(tmp_path)
    keep_key(tmp_path / "settings")
    return made


def sams(school: School, parts: dict[str, Any], **more: Any) -> Path:
    return hand_in(school.folder / "sam.json", proposal(school.records, "sam-lopez", "lopez-sam", parts, **more))


def read(school: School, path: str) -> dict[str, Any]:
    text = (school.records / path).read_text("utf-8")
    if path.endswith(".md"):
        text = text.split("---\n")[1]
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return found


def errors(school: School) -> list[dict[str, Any]]:
    done = school.sep("check", "--format", "json")
    return [each for each in json.loads(done.stdout)["findings"] if each["severity"] == "error"]


# --- showing and taking -------------------------------------------------------------------------------------


def test_it_is_shown_beside_what_stands_and_nothing_is_taken_unasked(school: School) -> None:
    """Policy: P5, P19."""
    before = files(school)
    done = school.sep("propose", str(sams(school, EVERYTHING)))
    assert done.exit_code == 0, done.output
    shown = " ".join(done.stdout.split())
    assert "Proposal by Samuel Lopez for the plan of Samuel Lopez, 2026-27" in shown
    assert "stands A trade that lets me work outdoors." in shown
    assert "proposed I want to build houses that stay warm." in shown
    assert "[new-objective-1] new" in shown
    assert "step: Ask for the shop's rules (by 2026-12-18)" in shown
    assert "--yes PART" in done.stderr
    assert files(school) == before


def test_everything_is_taken_and_the_store_stays_sound(school: School) -> None:
    done = school.sep("propose", str(sams(school, EVERYTHING)), "--all")
    assert done.exit_code == 0, done.output
    assert errors(school) == []
    plan = read(school, f"{YEAR}/plan.yaml")
    assert plan["aspiration"] == EVERYTHING["aspiration"]
    assert plan["careers"][-1] == {"title": "Carpenters", "note": "They work outdoors"}
    assert plan["post_secondary"][-1] == {"institution": "Basin Technical College", "program": "Carpentry"}
    assert plan["course_plan"][-1]["course"] == "CTE-201"
    assert plan["course_plan"][-1]["subject"] == "cte"
    assert len(plan["course_plan"]) == 3
    [taken] = plan["proposals"]
    assert (taken["by"], taken["proposed_on"], taken["taken_on"]) == ("sam-lopez", "2026-11-24", "2026-11-24")
    assert "new-objective-1" in taken["parts"]
    [added] = read(school, f"{YEAR}/strengths.md")["added"]
    assert added == {"by": "sam-lopez", "proposed_on": "2026-11-24", "words": 'I explain things: "calmly".'}
    new = read(school, f"{YEAR}/objectives/get-a-drivers-license-the-real-one.yaml")
    assert new["statement"] == "Get a driver’s license: the real one"
    assert (new["suggested_by"], new["suggested_on"], new["status"]) == ("sam-lopez", "2026-11-24", "not-started")
    assert new["steps"] == [{"what": "Read the handbook", "who": "sam-lopez", "due": "2027-01-15"}]
    steps = read(school, f"{YEAR}/objectives/learn-to-weld.yaml")["steps"]
    assert steps == [{"what": "Ask for the shop's rules", "who": "sam-lopez", "due": "2026-12-18"}]
    note = school.records / f"{YEAR}/progress/2026-11-24-two-books.md"
    assert note.read_text("utf-8").endswith("objective: read-more\n---\nI read two books.\n\n* one\n* two\n")


def test_the_same_file_twice_is_nothing_new(school: School) -> None:
    path = sams(school, EVERYTHING)
    assert school.sep("propose", str(path), "--all").exit_code == 0
    before = files(school)
    again = school.sep("propose", str(path), "--all")
    assert again.exit_code == 0
    assert "Nothing new" in again.stderr
    assert "taken from this file on 2026-11-24" in again.stdout
    assert files(school) == before


def test_what_was_taken_and_then_changed_is_not_taken_again(school: School) -> None:
    path = sams(school, {"new_objectives": EVERYTHING["new_objectives"]})
    assert school.sep("propose", str(path), "--all").exit_code == 0
    school.change(f"{YEAR}/objectives/get-a-drivers-license-the-real-one.yaml", "the real one", "by June")
    before = files(school)
    assert "Nothing new" in school.sep("propose", str(path), "--all").stderr
    assert files(school) == before


def test_parts_are_taken_one_by_one(school: School) -> None:
    path = sams(school, EVERYTHING)
    assert school.sep("propose", str(path), "--yes", "careers", "--yes", "progress").exit_code == 0
    plan = read(school, f"{YEAR}/plan.yaml")
    assert plan["aspiration"] == "A trade that lets me work outdoors."
    assert plan["proposals"][0]["parts"] == ["careers", "progress"]
    assert school.sep("propose", str(path), "--all").exit_code == 0
    plan = read(school, f"{YEAR}/plan.yaml")
    assert [each["title"] for each in plan["careers"]] == ["Welders", "Carpenters"]
    assert "careers" not in plan["proposals"][1]["parts"]
    assert errors(school) == []


def test_on_a_terminal_each_part_is_asked_for(school: School) -> None:
    path = sams(school, {"aspiration": "Build houses.", "careers": [{"title": "Carpenters"}]})
    done = answering(school, "propose", str(path), answers="n\ny\n")
    assert done.exit_code == 0, done.output
    plan = read(school, f"{YEAR}/plan.yaml")
    assert plan["aspiration"] == "A trade that lets me work outdoors."
    assert plan["careers"][-1] == {"title": "Carpenters"}


def test_a_no_to_everything_changes_nothing(school: School) -> None:
    before = files(school)
    done = answering(school, "propose", str(sams(school, {"aspiration": "Build houses."})), answers="n\n")
    assert "nothing was changed" in done.stderr
    assert files(school) == before


def test_a_dry_run_shows_the_lines_and_writes_none(school: School) -> None:
    before = files(school)
    done = school.sep("propose", str(sams(school, EVERYTHING)), "--all", "--dry-run")
    assert done.exit_code == 0
    assert "+  - {title: Carpenters" in done.stdout
    assert files(school) == before


def test_comments_order_and_line_ends_stay(school: School) -> None:
    path = school.records / YEAR / "plan.yaml"
    old = "# of the counselor\r\n" + path.read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(old.encode())
    assert school.sep("propose", str(sams(school, {"careers": [{"title": "Carpenters"}]})), "--all").exit_code == 0
    new = path.read_bytes().decode()
    assert "\n" not in new.replace("\r\n", "")
    assert [line for line in new.split("\r\n") if line in old.split("\r\n")] == old.split("\r\n")


def test_words_in_a_block_give_way_as_a_whole(school: School) -> None:
    school.change(
        f"{YEAR}/plan.yaml",
        "aspiration: A trade that lets me work outdoors.\n",
        "aspiration: >-\n  A trade that lets\n  me work outdoors.\n",
    )
    assert school.sep("propose", str(sams(school, {"aspiration": "Houses."})), "--all").exit_code == 0
    assert "aspiration: Houses.\ncourse_plan:\n" in (school.records / YEAR / "plan.yaml").read_text("utf-8")


def test_a_step_that_is_done_gets_its_day(school: School) -> None:
    school.change(
        f"{YEAR}/objectives/read-more.yaml", "steps:\n", "steps:\n  - {what: Join the club, who: sam-lopez}\n"
    )
    done = {"id": "read-more", "done": [{"step": 1, "what": "Join the club", "done_on": "2026-11-20"}]}
    path = sams(school, {"objectives": [done]})
    assert school.sep("propose", str(path), "--yes", "objective-read-more").exit_code == 0
    text = (school.records / YEAR / "objectives/read-more.yaml").read_text("utf-8")
    assert "- {what: Join the club, who: sam-lopez, done_on: 2026-11-20}\n" in text


def test_a_parents_words_are_a_supplement_in_the_parents_language(school: School) -> None:
    """Policy: P5, P18."""
    parts = {
        "strengths": "En casa arregla lo que otros tiran.",
        "new_objectives": [{"statement": "Aprender a cocinar", "kind": "personal", "steps": [{"what": "Una sopa"}]}],
    }
    data = proposal(school.records, "rosa-lopez", "lopez-sam", parts, language="es")
    assert school.sep("propose", str(hand_in(school.folder / "p.json", data)), "--all").exit_code == 0
    [added] = read(school, f"{YEAR}/strengths.md")["added"]
    assert (added["by"], added["language"]) == ("rosa-lopez", "es")
    new = read(school, f"{YEAR}/objectives/aprender-a-cocinar.yaml")
    assert (new["suggested_by"], new["language"], new["steps"]) == ("rosa-lopez", "es", [{"what": "Una sopa"}])
    assert errors(school) == []


def test_where_no_plan_and_no_strengths_stand_they_begin_with_these_words(school: School) -> None:
    folder = school.records / "students/ward-ivy/2026-27"
    (folder / "plan.yaml").unlink()
    (folder / "strengths.md").unlink()
    parts = {"aspiration": "Tocar el chelo.", "strengths": "Escucho bien."}
    data = proposal(school.records, "ivy-ward", "ward-ivy", parts, language="es")
    done = school.sep("propose", str(hand_in(school.folder / "p.json", data)), "--all")
    assert done.exit_code == 0, done.output
    plan = read(school, "students/ward-ivy/2026-27/plan.yaml")
    assert (plan["grade"], plan["aspiration"], plan["language"]) == ("7", "Tocar el chelo.", "es")
    assert "prepared_on" not in plan
    assert (folder / "strengths.md").read_text("utf-8").endswith("language: es\n---\nEscucho bien.\n")
    assert errors(school) == []
    assert "prepared_by" in done.stderr


def test_a_clock_that_is_off_is_not_believed(school: School) -> None:
    data = proposal(school.records, "sam-lopez", "lopez-sam", {"aspiration": "Houses."})
    data["made_on"] = "1999-01-01"
    done = school.sep("propose", str(hand_in(school.folder / "p.json", data)), "--all")
    assert "that clock is off" in done.stdout
    assert read(school, f"{YEAR}/plan.yaml")["proposals"][0]["proposed_on"] == "2026-11-24"


# --- an older plan ------------------------------------------------------------------------------------------


def test_a_part_that_has_changed_since_is_not_taken_and_the_others_are(school: School) -> None:
    path = sams(school, {"aspiration": "Houses.", "progress": {"words": "Good."}})
    school.change(f"{YEAR}/plan.yaml", "A trade that lets me work outdoors.", "Something new with wood.")
    before = files(school)
    refused = school.sep("propose", str(path), "--yes", "aspiration")
    assert refused.exit_code == 3
    assert "has changed since the form was made on 2026-11-24" in refused.output
    assert "Something new with wood." in refused.stdout
    assert files(school) == before
    assert school.sep("propose", str(path), "--all").exit_code == 0
    plan = read(school, f"{YEAR}/plan.yaml")
    assert plan["aspiration"] == "Something new with wood."
    assert plan["proposals"][0]["parts"] == ["progress"]


def test_when_nothing_can_be_taken_it_is_refused(school: School) -> None:
    path = sams(school, {"aspiration": "Houses."})
    school.change(f"{YEAR}/plan.yaml", "A trade that lets me work outdoors.", "Something new.")
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 3
    assert "open the saved file in it" in done.stderr
    assert files(school) == before


IMPOSSIBLE: dict[str, tuple[str, dict[str, Any], str]] = {
    "a course that is not in the catalogue": (
        "sam-lopez",
        {"courses": [{"course": "ART-999", "grade": 11}]},
        "no course `ART-999`",
    ),
    "a course of other grades": ("sam-lopez", {"courses": [{"course": "ENG-09", "grade": 12}]}, "is for grades 9"),
    "an objective that is gone": (
        "sam-lopez",
        {"objectives": [{"id": "gone", "add": [{"what": "A step"}]}]},
        "no such objective",
    ),
    "a day to come": (
        "sam-lopez",
        {
            "objectives": [
                {"id": "read-more", "done": [{"step": 1, "what": "Choose the first book", "done_on": "2027-01-01"}]}
            ]
        },
        "still to come",
    ),
    "a step that says something else": (
        "sam-lopez",
        {"objectives": [{"id": "read-more", "done": [{"step": 1, "what": "Burn it", "done_on": "2026-11-01"}]}]},
        "not those that the form showed",
    ),
    "the student's aspiration by a parent": ("rosa-lopez", {"aspiration": "Be a doctor"}, "student's own form"),
    "a note about no objective": ("sam-lopez", {"progress": {"words": "Good.", "objective": "gone"}}, "no objective"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_what_cannot_be_is_told_and_not_taken(school: School, case: str) -> None:
    person, parts, why = IMPOSSIBLE[case]
    path = hand_in(school.folder / "p.json", proposal(school.records, person, "lopez-sam", parts))
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 3, done.output
    assert why in done.stdout
    assert files(school) == before


# --- altered, or for somebody else --------------------------------------------------------------------------


def changed(data: dict[str, Any], **form: Any) -> dict[str, Any]:
    return {**data, "form": {**data["form"], **form}}


ALTERED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "another person": lambda data: changed(data, participant="rosa-lopez"),
    "another student": lambda data: changed(data, student="ward-ivy"),
    "another year": lambda data: changed(data, year="2025-26"),
    "an older plan made to look new": lambda data: changed(data, base={**data["form"]["base"], "aspiration": "0" * 64}),
    "a part left out of the base": lambda data: changed(
        data, base={key: value for key, value in data["form"]["base"].items() if key != "aspiration"}
    ),
    "another day": lambda data: changed(data, on="2026-11-23"),
    "another seal": lambda data: changed(data, seal="0" * 64),
    "another school": lambda data: changed(data, school="Other School"),
}


@pytest.mark.parametrize("case", ALTERED)
def test_an_altered_file_is_refused(school: School, case: str) -> None:
    data = ALTERED[case](proposal(school.records, "sam-lopez", "lopez-sam", {"aspiration": "Houses."}))
    before = files(school)
    done = school.sep("propose", str(hand_in(school.folder / "p.json", data)), "--all")
    assert done.exit_code == 3, done.output
    assert "was altered" in done.stderr
    assert "Houses" not in done.output
    assert files(school) == before


def refused(school: School, data: dict[str, Any], *more: str) -> Result:
    before = files(school)
    done = school.sep("propose", str(hand_in(school.folder / "p.json", data)), "--all", *more)
    assert done.exit_code == 3, done.output
    assert "Houses" not in done.output
    assert files(school) == before
    return done


HOUSES = {"progress": {"words": "Houses."}}


def test_a_form_of_another_school_is_refused(school: School) -> None:
    data = proposal(school.records, "sam-lopez", "lopez-sam", HOUSES)
    school.change("school.yaml", "name: Small School", "name: Other School")
    assert "made by another school, Small School" in refused(school, data).stderr


def test_a_proposal_about_somebody_else_than_was_meant_is_refused(school: School) -> None:
    data = proposal(school.records, "sam-lopez", "lopez-sam", HOUSES)
    assert "about `lopez-sam`, not about `ward-ivy`" in refused(school, data, "--student", "ward-ivy").stderr


def test_who_has_lost_access_proposes_nothing(school: School) -> None:
    data = proposal(school.records, "rosa-lopez", "lopez-sam", HOUSES)
    path = school.records / "students/lopez-sam/participants/rosa-lopez.yaml"
    path.write_text(path.read_text("utf-8") + "until: 2026-11-23\n", "utf-8")
    assert "may not see this file on 2026-11-24" in refused(school, data).stderr


def test_a_court_order_holds_here_too(school: School) -> None:
    data = proposal(school.records, "rosa-lopez", "lopez-sam", HOUSES)
    path = school.records / "students/lopez-sam/participants/rosa-lopez.yaml"
    path.write_text(path.read_text("utf-8") + "rights: {status: revoked, order: Case 12, from: 2026-11-01}\n", "utf-8")
    done = refused(school, data)
    assert "may not see this file" in done.stderr
    assert "Case 12" not in done.output


def test_staff_propose_nothing_they_write(school: School) -> None:
    data = proposal(school.records, "park", "lopez-sam", HOUSES)
    assert "staff write into the files" in refused(school, data).stderr


def test_a_form_of_last_year_is_refused(school: School) -> None:
    data = proposal(school.records, "sam-lopez", "lopez-sam", HOUSES)
    terms = "terms: [{id: fall, title: Fall 2027, starts: 2027-08-18, ends: 2027-12-17}]"
    year = f"  - {{id: 2027-28, starts: 2027-08-18, ends: 2028-05-26, {terms}}}\n"
    school.change("school.yaml", "privacy:\n", f"{year}privacy:\n")
    school.change("students/lopez-sam/student.yaml", "2026-27: 10", "2026-27: 10, 2027-28: 11")
    (school.records / "students/lopez-sam/2027-28").mkdir()
    (school.records / "students/lopez-sam/2027-28/plan.yaml").write_text("grade: 11\n", "utf-8")
    assert "the newest year in this file is 2027-28" in refused(school, data).stderr


def test_without_the_key_it_says_how_to_take_it_over(school: School, tmp_path: Path) -> None:
    other = FormKey(b"a key of some other computer....")
    data = proposal(school.records, "sam-lopez", "lopez-sam", HOUSES, key=other)
    path = hand_in(school.folder / "p.json", data)
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 4
    assert "--take-over-key" in done.stderr
    assert "form-keys.txt" in done.stderr
    assert files(school) == before
    keep_key(tmp_path / "elsewhere", other)
    taken = school.sep("propose", str(path), "--all", "--take-over-key", "elsewhere/form-keys.txt")
    assert taken.exit_code == 0, taken.output
    assert "Took over 1 key." in taken.stderr
    assert "known here" in school.sep("propose", "--take-over-key", "elsewhere/form-keys.txt").stderr
    # Forms that this computer made are still accepted.
    assert school.sep("propose", str(sams(school, {"careers": [{"title": "Mason"}]})), "--all").exit_code == 0


def test_a_student_with_a_faulty_file_waits(school: School) -> None:
    path = sams(school, HOUSES)
    school.change(f"{YEAR}/plan.yaml", "grade: 10", "grade: ten")
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 2
    assert "sep check students/lopez-sam" in done.stderr
    assert files(school) == before


# --- hostile files ------------------------------------------------------------------------------------------

SOUND = '{"format_version": 1, "form": {}, "made_on": "2026-11-24", "language": "en", "parts": {"aspiration": "x"}}'
HOSTILE = {
    "nothing": b"",
    "not text": b"\xff\xfe\x00\x01",
    "a list": b"[1, 2]",
    "no form": b'{"format_version": 1}',
    "YAML": b"format_version: 1\nform: {}\n",
    "half": SOUND[:40].encode(),
    "too deep": b'{"format_version": 1, "form": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "too large": b'{"format_version": 1, "form": "' + b"x" * 300_000 + b'"}',
    "a huge number": b'{"format_version": ' + b"9" * 5000 + b', "form": {}}',
    "a field twice": b'{"form": {}, "form": {}, "format_version": 1}',
    "true for one": b'{"form": {}, "format_version": true}',
    "a newer format": b'{"form": {}, "format_version": 2}',
    "an empty form": SOUND.encode(),
    "a page": b"<!doctype html><title>form</title>",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_no_proposal_is_told_so(school: School, case: str) -> None:
    path = school.folder / "p.json"
    path.write_bytes(HOSTILE[case])
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 2, done.output
    assert "p.json" in done.stderr
    assert len(done.stderr) < 2000
    assert files(school) == before


def test_a_folder_or_nothing_at_all_is_told_so(school: School) -> None:
    assert "there is no file" in school.sep("propose", "nowhere.json").stderr
    assert "is no file" in school.sep("propose", str(school.records)).stderr
    assert "name the file" in school.sep("propose").stderr


BAD_WORDS = {
    "a control character": "red \u001b[31m",
    "a character that turns the writing": "abc\u202edef",
    "a null": "a\u0000b",
    "half of a character": "a\ud800b",
}


@pytest.mark.parametrize("case", BAD_WORDS)
@pytest.mark.parametrize("escaped", [True, False])
def test_characters_that_cannot_be_seen_are_refused(school: School, case: str, escaped: bool) -> None:
    data = proposal(school.records, "sam-lopez", "lopez-sam", {"aspiration": BAD_WORDS[case]})
    text = json.dumps(data, ensure_ascii=escaped)
    path = school.folder / "p.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 2, done.output
    assert "\x1b[31m" not in done.output
    assert files(school) == before


def test_unknown_fields_and_endless_words_are_refused(school: School) -> None:
    data = proposal(school.records, "sam-lopez", "lopez-sam", {"aspiration": "x" * 2001, "status": "met"})
    done = school.sep("propose", str(hand_in(school.folder / "p.json", data)), "--all")
    assert done.exit_code == 2
    assert "`status`" in done.stderr
    assert "2000" in done.stderr


def test_a_draft_is_not_taken(school: School) -> None:
    data = {**proposal(school.records, "sam-lopez", "lopez-sam", HOUSES), "draft": True}
    done = school.sep("propose", str(hand_in(school.folder / "p.json", data)), "--all")
    assert done.exit_code == 2
    assert "is a draft" in done.stderr


NASTY = (
    "<script>alert(1)</script> {{ 7*7 }}",
    "---\nby: park\n---",
    "<<<<<<< mine\na\n=======\nb\n>>>>>>> theirs",
    "# heading: [x](javascript:alert(1)) !tag &anchor *alias",
    "'single' \"double\" \\ back: slash, {brace} [bracket] # hash | pipe > more",
    "no",
    "2026-11-24",
    "- item\n  - deeper\n\n\n    code",
    "عربي 日本語 emoji 👩‍🔧",
)


@pytest.mark.parametrize("words", NASTY)
def test_words_are_words_whatever_they_look_like(school: School, words: str) -> None:
    parts = {
        "aspiration": words,
        "strengths": words,
        "new_objectives": [{"statement": words, "kind": "academic", "steps": [{"what": words.split("\n")[0]}]}],
        "careers": [{"title": words.split("\n")[0]}],
    }
    done = school.sep("propose", str(sams(school, parts)), "--all")
    assert done.exit_code == 0, done.output
    assert read(school, f"{YEAR}/plan.yaml")["aspiration"] == words.strip()
    assert read(school, f"{YEAR}/strengths.md")["added"][0]["words"] == words.strip()
    assert errors(school) == []


@pytest.mark.parametrize("words", NASTY)
def test_a_note_keeps_its_words_or_is_refused(school: School, words: str) -> None:
    before = files(school)
    done = school.sep("propose", str(sams(school, {"progress": {"words": words}})), "--all")
    if done.exit_code:
        assert done.exit_code in (1, 2), done.output
        assert files(school) == before
    else:
        [new] = set(files(school)) - set(before)
        assert files(school)[new].decode().endswith(f"---\n{words.strip()}\n")
        assert errors(school) == []


def test_what_a_check_would_find_is_not_written(school: School) -> None:
    path = sams(school, {"progress": {"words": "My number is 123-45-6789."}})
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 1
    assert "SEP420" in done.stderr
    assert "Nothing was written" in done.stderr
    assert files(school) == before


# --- saving a version ---------------------------------------------------------------------------------------


def git(school: School, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "core.fsmonitor=false", *arguments], cwd=school.folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def start_versions(school: School) -> None:
    git(school, "init", "-q")
    git(school, "config", "user.name", "Rae Reyes")
    git(school, "config", "user.email", "reyes@school.example")
    git(school, "add", "records")
    git(school, "commit", "-q", "-m", "start")


def test_what_is_taken_is_saved_by_the_person_at_the_keyboard(school: School) -> None:
    start_versions(school)
    (school.records / "staff.yaml").write_text(
        (school.records / "staff.yaml").read_text("utf-8") + "# later\n", "utf-8"
    )
    git(school, "add", "records/staff.yaml")
    done = school.sep("propose", str(sams(school, EVERYTHING)), "--all")
    assert done.exit_code == 0, done.output
    assert "Saved as a version" in done.stderr
    assert git(school, "log", "-1", "--format=%an %s") == "Rae Reyes plan: lopez-sam: taken from sam-lopez's proposal"
    changed = git(school, "show", "--name-only", "--format=", "HEAD").split("\n")
    assert len(changed) == 5
    assert all(each.startswith(f"records/{YEAR}/") for each in changed)
    assert git(school, "status", "--porcelain", "--untracked-files=no") == "M  records/staff.yaml"


def test_unsaved_changes_do_not_go_along(school: School) -> None:
    start_versions(school)
    path = sams(school, EVERYTHING)
    school.change(f"{YEAR}/plan.yaml", "grade: 10\n", "grade: 10\n# a thought\n")
    before = files(school)
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 2
    assert "not saved yet" in done.stderr
    assert files(school) == before
    assert school.sep("propose", str(path), "--all", "--no-save").exit_code == 0
    assert git(school, "log", "--format=%s") == "start"


def test_without_git_the_files_are_written_and_it_says_so(school: School) -> None:
    done = school.sep("propose", str(sams(school, HOUSES)), "--all")
    assert done.exit_code == 0
    assert "No version was saved" in done.stderr
