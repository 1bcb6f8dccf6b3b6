"""The trail of a decision: always the answer of `decide`, and the rule that gave it (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from site_builder.access.decide import decide
from site_builder.access.decision import Decision, Deny, Item
from site_builder.access.trail import FAILED, NOT_REACHED, PASSED, Trail, trail
from site_builder.check.entries import kind_name, records_of
from site_builder.model.store import Store
from tests.access.test_decide import CASES, _item
from tests.stores import overlaid_store

ON = dt.date(2026, 11, 24)


def holds(found: Trail, decision: Decision) -> None:
    """See to it that a trail says what was decided: passed, then one rule that failed, then nothing more."""
    outcomes = [each.outcome for each in found.steps]
    failed = [each for each in found.steps if each.outcome == FAILED]
    assert found.allowed is not isinstance(decision, Deny)
    if isinstance(decision, Deny):
        assert [each.rule for each in failed] == [decision.reasons[0].rule]
        assert failed[0].reasons == tuple(each.sentence for each in decision.reasons)
        at = outcomes.index(FAILED)
        assert set(outcomes[:at]) <= {PASSED}
        assert set(outcomes[at + 1 :]) <= {NOT_REACHED}
    else:
        assert set(outcomes) == {PASSED}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_trail_is_that_of_the_decision_in_every_case(case: Path, tmp_path: Path) -> None:
    content = cast("dict[str, Any]", yaml.load(case.read_text("utf-8"), Loader=yaml.BaseLoader))
    store = overlaid_store(tmp_path, content.get("files", {}))
    for line in content["decisions"].strip().split("\n")[1:]:
        viewer, text, day, *_ = line.split()
        item, on = _item(text), dt.date.fromisoformat(day)
        holds(trail(store, viewer, item, on), decide(store, viewer, item, on))


def test_the_trail_is_that_of_the_decision_for_every_entry_and_field(tmp_path: Path) -> None:
    store = overlaid_store(tmp_path, {})
    people = {each.id for file in store.students for each in file.participants} | {"nurse-bell", "nobody"}
    asked = 0
    for file in store.students:
        for year, record in records_of(file):
            data = record.origin.data
            for field in ("", "no-such", *(data if isinstance(data, dict) else ())):
                for person in people:
                    item = Item(file.id, kind_name(record), year, record.id, field)
                    holds(trail(store, person, item, ON), decide(store, person, item, ON))
                    asked += 1
    assert asked > 1000


def facts(store: Store, viewer: str, item: Item, rule: int) -> list[str]:
    steps = [each for each in trail(store, viewer, item, ON).steps if each.rule == rule]
    return [
        f"{fact.sentence} @ {fact.span.file.rpartition('/')[2]}:{fact.span.start.line}" if fact.span else fact.sentence
        for step in steps
        for fact in step.facts
    ]


def test_facts_name_the_line_they_stand_in(tmp_path: Path) -> None:
    store = overlaid_store(tmp_path, {})
    letter = Item("lopez-sam", "document", "2026-27", "hearing-letter")
    assert facts(store, "park", letter, 2) == [
        "since 2025-08-20 @ park.yaml:4",
        "until 2027-05-28, that day included @ park.yaml:5",
    ]
    assert facts(store, "park", letter, 3)[1:] == [
        "assigned by Olive Stone @ park.yaml:8",
        "assigned on 2025-08-20 @ park.yaml:9",
    ]
    assert facts(store, "rosa-lopez", letter, 5) == ["the student is a minor until 2029-03-04 @ student.yaml:5"]
    consents = [each for each in facts(store, "park", letter, 6) if "Ada Bell" in each]
    assert consents == [
        "consent of Ada Bell (custodian) of 2026-09-10, not for this viewer @ 2026-09-10-hearing-custodian.yaml:5"
    ]


def test_what_keeps_a_consent_from_counting_is_named_with_its_line(tmp_path: Path) -> None:
    path = "students/lopez-sam/consents/2026-09-11-hearing-family.yaml"
    letter = Item("lopez-sam", "document", "2026-27", "hearing-letter")
    text = (
        "document: 2026-27/hearing-letter\nsigner: rosa-lopez\ncapacity: parent\npurpose: Seating\n"
        "recipients: [parent]\nsigned_on: 2026-09-11\nmethod: paper\nsha256: {sha256}\n{rest}"
    )
    right = "d2013021cb5b2a51f359f1c112d8c0ef74a981d8fcecaa59fadf367bdcc916ed"
    for number, (sha256, rest, said) in enumerate(
        [
            (right, "revoked_on: 2026-11-01\n", "taken back on 2026-11-01 @ 2026-09-11-hearing-family.yaml:9"),
            (right, "expires: 2026-11-01\n", "ended on 2026-11-01 @ 2026-09-11-hearing-family.yaml:9"),
            ("0" * 64, "", "for other bytes than the document has now @ 2026-09-11-hearing-family.yaml:8"),
        ]
    ):
        store = overlaid_store(tmp_path / str(number), {path: text.format(sha256=sha256, rest=rest)})
        assert any(each.endswith(said) for each in facts(store, "rosa-lopez", letter, 6)), said
