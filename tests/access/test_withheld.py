"""The School Manager's list says what is withheld, from whom, and which signature would release it (policy: P36)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from site_builder.access.withheld import withheld
from tests.stores import TODAY, checked, lay_over

LETTER = "students/lopez-sam/2026-27/documents/hearing-letter.png"


def _listed(root: Path) -> dict[str, tuple[str, ...]]:
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
        assert all("was given for another version of the document" in each for each in after[person])


def test_a_reader_whom_no_consent_names_is_listed_with_that_reason(tmp_path: Path) -> None:
    listed = _listed(lay_over(tmp_path, {}))
    assert all("does not cover this reader" in each for each in listed["park"])
