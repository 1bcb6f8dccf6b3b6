"""The kinds of entries that `sep add` can write, and what is peculiar to each; the rest stands in its schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OF_STUDENT, OF_SCHOOL = "An entry of a student's file", "A record of the school"
_LANGUAGE = frozenset({"language"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKind:
    """A kind of entry: `says` is its line of help, `named_by` the fields whose words make the file's name.

    `explains` is the rest of the help where that is not the schema's description.
    With `dated_by` the name begins with the first of these days that is given. Fields of `only_with` are asked for only
    where one of the fields behind them has been answered, those of `never_with` only where it has not; for those
    of `silent` there is only an option, for those of `without` not even that. `entries` says to what kind of entries
    the id in a field belongs.
    """

    says: str
    explains: str = ""
    of_student: bool = True
    named_by: tuple[str, ...] = ()
    dated_by: tuple[str, ...] = ()
    only_with: Mapping[str, str] = field(default_factory=dict)
    never_with: Mapping[str, str] = field(default_factory=dict)
    silent: frozenset[str] = _LANGUAGE
    without: frozenset[str] = frozenset()
    entries: Mapping[str, str] = field(default_factory=dict)


ENTRY_KINDS: Mapping[str, EntryKind] = {
    "objective": EntryKind(
        says="What a student wants to reach, with means and steps.",
        named_by=("statement",),
        silent=_LANGUAGE | {"carried_from", "suggested_on"},
    ),
    "progress": EntryKind(
        says="A note on how a student is doing.",
        named_by=("title", "objective"),
        dated_by=("date",),
        entries={"objective": "objective"},
    ),
    "conference": EntryKind(
        says="A conference that was offered, set, held or declined.",
        named_by=("kind",),
        dated_by=("held_on", "scheduled_on", "offered_on", "requested_on"),
        only_with={
            "time": "scheduled_on",
            "place": "scheduled_on",
            "attended": "held_on",
            "at_parent_teacher_conference": "held_on",
            "answer": "requested_on",
            "answered_on": "answer",
        },
        never_with={"declined_on": "held_on"},
        entries={"group": "group"},
    ),
    "document": EntryKind(
        says="A letter, certificate or photo, copied into a student's file.",
        explains="FILE is a PDF, a picture, or an office file without macros. It is looked into, copied into the "
        "year's documents under a plain name, and described there; the original stays where it is. One that lies there "
        "already is described in its place.",
        named_by=("title",),
        without=frozenset({"file", "affects", "custodian_reason"}),
    ),
    "test-result": EntryKind(says="A student's scores on a test.", named_by=("name",), dated_by=("date",)),
    "training": EntryKind(
        says="A training of staff in making plans.",
        of_student=False,
        named_by=("title",),
        dated_by=("date",),
        silent=frozenset({"in_service"}),
    ),
    "authorization": EntryKind(
        says="Time that the Principal lets plans take.", of_student=False, named_by=("activity",), dated_by=("date",)
    ),
    "partnership": EntryKind(says="A partner in business or the community.", of_student=False, named_by=("partner",)),
    "consultation": EntryKind(
        says="A talk on the policy with staff, parents or council.",
        of_student=False,
        named_by=("with",),
        dated_by=("date",),
    ),
    "group": EntryKind(
        says="A small-group conference, without any student's name.",
        of_student=False,
        named_by=("category",),
        dated_by=("date",),
    ),
    "working-plan": EntryKind(
        says="A sample plan of the State Board's inventory.", of_student=False, named_by=("title",)
    ),
    "contribution": EntryKind(
        says="Words of staff, parents or community for the report.",
        of_student=False,
        named_by=("school_year", "by"),
    ),
}
