from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.base.resources import folder
from site_builder.cli.scaffold import scaffold, scalar, value_of
from site_builder.source.front_matter import read_markdown
from site_builder.source.yaml_reader import read_yaml

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=40)


@given(WORDS)
def test_any_words_read_back_as_they_were(words: str) -> None:
    document, findings = read_yaml("x.yaml", f"a: {scalar(words)}\nb: [{scalar(words)}, {{c: {scalar(words)}}}]\n")
    assert findings == ()
    assert document is not None
    assert document.data == {"a": words, "b": [words, {"c": words}]}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("José Núñez", "José Núñez"),
        ("O'Brien", "O'Brien"),
        ("007123", '"007123"'),
        ("no", '"no"'),
        ("true", '"true"'),
        ("a: b", '"a: b"'),
        ("435-555-0118", "435-555-0118"),
        ("B # 2", '"B # 2"'),
        (dt.date(2026, 11, 24), "2026-11-24"),
        (9, "9"),
        (True, "true"),
    ],
)
def test_values_are_quoted_where_they_must_be(value: object, written: str) -> None:
    assert scalar(value) == written


def test_every_template_is_tried_here() -> None:
    tried = {"student.yaml", "participant.yaml", "plan.yaml", "strengths.md", "school-year.yaml"}
    tried |= {"disclosure.yaml", "request.yaml", "decision.yaml", "consent.yaml", "objective.yaml", "words.md"}
    tried |= {"school.yaml", "staff.yaml", "courses.yaml"}
    assert {each.name for each in (folder("templates") / "records").iterdir()} == tried


@given(WORDS, WORDS)
def test_the_facts_of_a_new_school_stay_in_their_places(name: str, title: str) -> None:
    person = {"id": "hale", "name": name, "position": title, "phone": name, "email": title, "duties": ["custodian"]}
    read = _read("staff.yaml", staff=(person,))
    assert read == {"staff": [person]}
    term = {"id": "fall", "title": title, "starts": dt.date(2026, 8, 19), "ends": dt.date(2026, 12, 18)}
    facts = {"name": name, "district": title, "address": name, "phone": title, "time_zone": name, "principal": "hale"}
    days = {"starts": dt.date(2026, 8, 19), "ends": dt.date(2027, 5, 28)}
    read = _read("school.yaml", **facts, **days, year="2026-27", terms=(term,), manager="begay", appointed_on=name)
    written = {"starts": "2026-08-19", "ends": "2026-12-18"}
    year = {"id": "2026-27", "starts": "2026-08-19", "ends": "2027-05-28", "terms": [{**term, **written}]}
    assert read == {
        "format": 1,
        **facts,
        "school_manager": {"person": "begay", "appointed_by": "hale", "appointed_on": name},
        "current_year": "2026-27",
        "school_years": [year],
    }


def test_a_new_school_begins_with_one_course_as_an_example() -> None:
    read = _read("courses.yaml")
    assert [each["code"] for each in read["courses"]] == ["ENG-09"]


def _read(template: str, **values: object) -> Any:
    document, findings = read_yaml("x.yaml", scaffold(template, **values))
    assert findings == ()
    assert document is not None
    return document.data


@given(WORDS, WORDS)
def test_a_name_cannot_break_out_of_its_place(name: str, address: str) -> None:
    text = scaffold(
        "participant.yaml",
        name=name,
        role="parent",
        since=dt.date(2026, 8, 19),
        until=None,
        relation=None,
        position=None,
        address=address,
        phones=({"number": name, "kind": "home"},),
        email=None,
        language="en",
        assigned_by=None,
        assigned_on=None,
        protected_address=False,
    )
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert document.data == {
        "name": name,
        "role": "parent",
        "since": "2026-08-19",
        "address": address,
        "phones": [{"number": name, "kind": "home"}],
        "language": "en",
    }


def test_strengths_leave_room_for_words() -> None:
    text = scaffold("strengths.md", participant="sam-lopez", today=dt.date(2026, 11, 24))
    document, _ = read_markdown("strengths.md", text)
    assert document is not None
    assert document.data == {"by": "sam-lopez", "date": "2026-11-24"}
    assert document.body.strip() == ""


@given(WORDS, WORDS)
def test_words_of_a_request_and_its_answer_stay_in_their_places(resource: str, reason: str) -> None:
    on = dt.date(2026, 11, 24)
    text = scaffold(
        "request.yaml", resource=resource, requested_by="park", referred_on=on, objective=None, reason=reason
    )
    text += scaffold("decision.yaml", later=False, outcome="deferred", by="stone", on=on, reason=reason)
    text += "later_decisions:\n" + scaffold(
        "decision.yaml", later=True, outcome="granted", by="stone", on=on, reason=resource
    )
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert document.data == {
        "resource": resource,
        "requested_by": "park",
        "referred_on": "2026-11-24",
        "reason": reason,
        "decision": {"outcome": "deferred", "by": "stone", "on": "2026-11-24", "reason": reason},
        "later_decisions": [{"outcome": "granted", "by": "stone", "on": "2026-11-24", "reason": resource}],
    }


@given(WORDS, st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_consent_keeps_its_hash_and_words(words: str, digest: str) -> None:
    text = scaffold(
        "consent.yaml",
        document="2026-27/letter",
        signer="bell",
        capacity="custodian",
        objects=True,
        purpose=words,
        recipients=("parent", "on"),
        third_parties=({"id": "college", "name": words},),
        parts=("plan", "tests"),
        signed_on=dt.date(2026, 11, 24),
        method=words,
        sha256=digest,
        expires=None,
    )
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert document.data == {
        "document": "2026-27/letter",
        "signer": "bell",
        "capacity": "custodian",
        "answer": "objection",
        "purpose": words,
        "recipients": ["parent", "on"],
        "signed_on": "2026-11-24",
        "method": words,
        "sha256": digest,
        "third_parties": [{"id": "college", "name": words}],
        "parts": ["plan", "tests"],
    }


@given(WORDS, WORDS)
def test_a_disclosure_keeps_its_words(words: str, to: str) -> None:
    text = scaffold(
        "disclosure.yaml",
        what=words,
        to=to,
        on=dt.date(2026, 11, 24),
        by="bell",
        purpose=words,
        basis=to,
        consents=("2026-11-11-rotary",),
    )
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert document.data == {
        "what": words,
        "to": to,
        "on": "2026-11-24",
        "by": "bell",
        "purpose": words,
        "basis": to,
        "consents": ["2026-11-11-rotary"],
    }


LINES = st.lists(st.text(st.sampled_from("ab é:#-'\"{}[]|>&*!%@,.?日"), max_size=60), min_size=1, max_size=5).map(
    "\n".join
)


@given(LINES.filter(str.strip))
def test_words_in_lines_read_back_as_they_were(words: str) -> None:
    text = f"a: {value_of(words, 0, 40)}\nb:\n  - c: {value_of(words, 4, 40)}\n    d: x\n"
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert document.data == {"a": words, "b": [{"c": words, "d": "x"}]}


def test_long_words_stand_in_lines_that_fit() -> None:
    words = "One word after another makes a long line.\nAnd a second."
    assert value_of(words, 2, 30) == (">-\n    One word after another makes\n    a long line.\n\n    And a second.")


@given(WORDS, WORDS)
def test_a_new_objective_says_what_was_meant(statement: str, what: str) -> None:
    text = scaffold(
        "objective.yaml",
        statement=statement,
        kind="personal",
        status="not-started",
        suggested_by="sam-lopez",
        suggested_on=dt.date(2026, 11, 24),
        language="es",
        means=[(what, "family")],
        steps=[{"what": what, "due": dt.date(2027, 1, 5)}],
        who=None,
    )
    document, findings = read_yaml("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert document.data == {
        "statement": statement,
        "kind": "personal",
        "status": "not-started",
        "suggested_by": "sam-lopez",
        "suggested_on": "2026-11-24",
        "language": "es",
        "means": [{"what": what, "source": "family"}],
        "steps": [{"what": what, "due": "2027-01-05"}],
    }


@given(WORDS)
def test_the_head_of_a_note_says_what_was_meant(title: str) -> None:
    head = scaffold(
        "words.md", by="sam-lopez", date=dt.date(2026, 11, 24), title=title, objective="read-more", language="en"
    )
    document, findings = read_markdown("x.md", f"{head}Words.\n")
    assert findings == ()
    assert document is not None
    assert document.data == {"by": "sam-lopez", "date": "2026-11-24", "title": title, "objective": "read-more"}
    assert document.body == "Words.\n"
