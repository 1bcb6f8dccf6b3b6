"""The School Manager's list says what is withheld, from whom, and which signature would release it (policy: P36)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from site_builder.access.view import Said
from site_builder.access.withheld import withheld
from tests.stores import TODAY, checked, lay_over

LETTER = "students/lopez-sam/2026-27/documents/hearing-letter.png"


def _listed(root: Path) -> dict[str, tuple[Said, ...]]:
    """Return the reasons for the letter by who may not see it."""
    store = checked(root).store
    assert store is not None
    return {
        person.id: each.reasons
        for each in withheld(store, TODAY)
        for person in each.people
        if each.title == "Letter about hearing"
    }


def test_a_document_that_was_changed_after_the_consents_is_withheld_from_all_with_the_reason(tmp_path: Path) -> None:
    root = lay_over(tmp_path, {})
    before = _listed(root)
    with Image.open(root / LETTER) as opened:
        changed = opened.convert("RGB")
    changed.putpixel((0, 0), (1, 2, 3))
    changed.save(root / LETTER)
    after = _listed(root)
    assert set(before) < set(after)
    assert {"sam-lopez", "rosa-lopez", "reyes"} <= set(after) - set(before)
    for person in ("sam-lopez", "rosa-lopez", "reyes"):
        assert len(after[person]) == 2
        assert all("was given for another version of the document" in str(each) for each in after[person])


def test_a_reader_whom_no_consent_names_is_listed_with_that_reason(tmp_path: Path) -> None:
    listed = _listed(lay_over(tmp_path, {}))
    assert all("does not cover this reader" in str(each) for each in listed["park"])


def test_what_goes_no_further_than_the_document_is_counted_by_its_kind(tmp_path: Path) -> None:
    note = "---\nby: park\ndate: 2026-10-02\n---\nSee hearing-letter.png.\n"
    objective = "statement: As hearing-letter.png says\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
    year = "students/lopez-sam/2026-27"
    root = lay_over(
        tmp_path, {f"{year}/progress/2026-10-02-seat.md": note, f"{year}/objectives/read-more.yaml": objective}
    )
    store = checked(root).store
    assert store is not None
    (found,) = {each.along for each in withheld(store, TODAY) if each.title == "Letter about hearing"}
    assert found == ("objective", "progress")
