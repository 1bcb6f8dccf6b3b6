"""Whom a document affects: written into its description where that is not stated yet (policy: P36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.base.errors import WrongUse
from site_builder.cli.answers import needed, words
from site_builder.cli.consents import Paper
from site_builder.cli.context import Context
from site_builder.cli.edits import add_fields
from site_builder.cli.participants import described_person, find_participant
from site_builder.cli.scaffold import scalar
from site_builder.model.build import build_record
from site_builder.model.records import SupportingDocument
from site_builder.model.store import StudentFile
from site_builder.source.document import Document
from site_builder.source.layout import kind_named
from site_builder.source.yaml_reader import read_yaml

_NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Description:
    """A description with `affects` added: the document as it stands, its new text, and the record it makes."""

    origin: Document
    text: str
    document: SupportingDocument


def stated(
    context: Context, file: StudentFile, paper: Paper, given: Sequence[str], because: str | None
) -> Description | None:
    """Return the description with whom the document affects, asked for where that is missing; `None` where it is not.

    Raises `WrongUse` where the options contradict what stands there: that is changed by hand, for it changes who signs.
    """
    if paper.document.affects not in (None, ()):
        if given and tuple(given) != paper.document.affects and list(given) != [paper.document.affects]:
            raise WrongUse(
                f"`{paper.document.origin.path}` says already whom the document affects",
                "change `affects` there by hand if that is wrong",
            )
        return None
    people = _people(context, file, given)
    if people:
        fields = f"affects: [{', '.join(people)}]\n"
    else:
        reason = needed(context, because, "The custodian's reason why it affects nobody", "--nobody-because", words)
        fields = f"affects: {_NOBODY}\ncustodian_reason: {scalar(reason)}\n"
    origin = paper.document.origin
    text = add_fields(origin, fields)
    again, _ = read_yaml(origin.path, text)
    record = build_record(again, kind_named("document"), paper.document.id) if again is not None else None
    if not isinstance(record, SupportingDocument):
        raise AssertionError("an edit is read back before it is handed on")
    return Description(origin, text, record)


def _people(context: Context, file: StudentFile, given: Sequence[str]) -> list[str]:
    """Return the ids of those whom the document affects; empty for nobody."""
    if not given and context.asks:
        everyone = sorted(file.participants, key=lambda each: each.id != file.student.participant)
        choices = [*(described_person(each) for each in everyone), "nobody"]
        answer = context.choose("Whom does the document affect (others: `--affects`)", choices)
        return [everyone[answer].id] if answer < len(everyone) else []
    if not given:
        raise WrongUse("whom the document affects is not stated", "`--affects PERSON` says it, `--affects none` nobody")
    if _NOBODY in given:
        if len(given) > 1:
            raise WrongUse("`--affects none` and a person contradict each other", "leave one of the two out")
        return []
    return [find_participant(file, each).id for each in given]
