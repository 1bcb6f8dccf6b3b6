"""The findings of reading: what YAML and front matter may not hold, each with its reason and an example."""

from __future__ import annotations

from site_builder.base.codes import HERE, Code, Example
from site_builder.base.diagnostics import Severity
from site_builder.source import file_codes

_OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"
_NOTE = "students/lopez-sam/2026-27/progress/2026-10-01-first-book.md"
_SOUND = "statement: Read one book a month\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
_SOUND_NOTE = "---\nby: park\ndate: 2026-10-01\n---\nSam finished the book a week early.\n"


def _objective(text: str) -> tuple[Example, ...]:
    return (Example(_OBJECTIVE, text),)


def _note(text: str) -> tuple[Example, ...]:
    return (Example(_NOTE, text),)


UNREADABLE = Code(
    code="SEP101",
    severity=Severity.ERROR,
    title="this line cannot be read",
    why="A record is written in YAML: a name, a colon, a space and a value. Where a quote is left open, a space after "
    "a colon is missing or a line is indented by chance, nobody can tell what was meant, so the rest of the file is "
    "not read either.",
    fails=_objective(
        f"statement: Next goal: one book a month {HERE}\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
    ),
    passes=_objective(
        'statement: "Next goal: one book a month"\nkind: academic\nstatus: on-track\nsuggested_by: park\n'
    ),
)

DUPLICATE_KEY = Code(
    code="SEP102",
    severity=Severity.ERROR,
    title="the same field stands twice",
    why="Many programs quietly keep the last of two equal fields and lose the other. Here neither is chosen: the "
    "person who wrote them knows which one holds.",
    fails=_objective(_SOUND + f"status: met {HERE}\n"),
    passes=_objective(_SOUND),
)

ANCHOR = Code(
    code="SEP103",
    severity=Severity.ERROR,
    title="an anchor (`&name`) is not used here",
    why="An anchor gives a value a name so that it can be repeated elsewhere in the file. A record says everything "
    "where it stands, so that each line can be read by itself.",
    fails=_objective(
        f"statement: &goal Read one book a month {HERE}\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
    ),
    passes=_objective('statement: "& now: one book a month"\nkind: academic\nstatus: on-track\nsuggested_by: park\n'),
)

ALIAS = Code(
    code="SEP104",
    severity=Severity.ERROR,
    title="an alias (`*name`) is not used here",
    why="An alias repeats a value that stands elsewhere in the file. A record says everything where it stands. A text "
    "that only begins with a star wants quotes.",
    fails=_objective(f"statement: *goal {HERE}\nkind: academic\nstatus: on-track\nsuggested_by: park\n"),
    passes=_objective('statement: "*Read* one book"\nkind: academic\nstatus: on-track\nsuggested_by: park\n'),
)

MERGE_KEY = Code(
    code="SEP105",
    severity=Severity.ERROR,
    title="a merge key (`<<`) is not used here",
    why="A merge key copies fields from elsewhere, and programs do not agree on how. A record names each of its "
    "fields itself.",
    fails=_objective(_SOUND + f"<<: {{beyond_school_means: true}} {HERE}\n"),
    passes=_objective(_SOUND + "beyond_school_means: true\n"),
)

TAG = Code(
    code="SEP106",
    severity=Severity.ERROR,
    title="a tag (`!name`) is not used here",
    why="A tag tells programs to treat a value in a special way. A record holds plain words, numbers, yes and no. A "
    "text that only begins with an exclamation mark wants quotes.",
    fails=_objective(f"statement: !goal Read {HERE}\nkind: academic\nstatus: on-track\nsuggested_by: park\n"),
    passes=_objective('statement: "!Read!"\nkind: academic\nstatus: on-track\nsuggested_by: park\n'),
)

DIRECTIVE = Code(
    code="SEP107",
    severity=Severity.ERROR,
    title="a line that begins with `%` is not used here",
    why="Such a line gives instructions to programs that read YAML. Every record is read in the same way, so there "
    "is nothing to instruct.",
    fails=_objective(f"%YAML 1.1 {HERE}\n---\n" + _SOUND),
    passes=_objective(_SOUND),
)

SEVERAL_DOCUMENTS = Code(
    code="SEP108",
    severity=Severity.ERROR,
    title="a second record begins in the same file",
    why="One entry, one file: two people who add an entry on the same day then never get in each other's way.",
    fails=_objective(_SOUND + f"--- {HERE}\n" + _SOUND),
    passes=_objective(_SOUND),
)

CONFLICT = Code(
    code="SEP109",
    severity=Severity.ERROR,
    title="two people changed this",
    why="Two people changed the same lines, and the file holds both versions between marks. Until somebody chooses, "
    "nobody can tell which one is right.",
    fails=_objective(
        "statement: Read one book a month\nkind: academic\n<<<<<<< mine\nstatus: on-track\n=======\nstatus: met\n"
        ">>>>>>> theirs\nsuggested_by: park\n"
    ),
    passes=_objective(_SOUND),
)

HIDDEN_CHARACTER = Code(
    code="SEP110",
    severity=Severity.ERROR,
    title="an invisible character stands here",
    why="Control characters, and characters that turn the direction of writing, cannot be seen, yet they make a text "
    "look different from what it says. They mostly come along when text is copied from elsewhere.",
    fails=_objective(
        f"statement: Read one \u202ebook a month {HERE}\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
    ),
    passes=_objective(_SOUND),
)

SURROGATE = Code(
    code="SEP111",
    severity=Severity.ERROR,
    title="half of a character stands here",
    why="Codes from \\ud800 to \\udfff are halves of a character and mean nothing alone. The character itself can be "
    "typed or pasted.",
    fails=_objective(
        f'statement: "Read one book \\ud83d a month" {HERE}\nkind: academic\nstatus: on-track\nsuggested_by: park\n'
    ),
    passes=_objective(
        'statement: "Read one book \U0001f4d6 a month"\nkind: academic\nstatus: on-track\nsuggested_by: park\n'
    ),
)

TOO_DEEP = Code(
    code="SEP112",
    severity=Severity.ERROR,
    title="too many lists and fields inside each other",
    why="No record needs more than four levels. More than 32 are a mistake or an attempt to stop the program.",
    fails=_objective(_SOUND + "means: " + "[" * 33 + "]" * 33 + f" {HERE}\n"),
    passes=_objective(_SOUND + "means:\n  - {what: Library pass, source: school}\n"),
)

LONG_NUMBER = Code(
    code="SEP114",
    severity=Severity.ERROR,
    title="a number with too many digits",
    why="A number of more than 64 digits is not something to calculate with. A code made of digits is text and stands "
    "in quotes, so that every digit is kept.",
    fails=_objective(_SOUND + f"suggested_on: {'7' * 65} {HERE}\n"),
    passes=_objective(_SOUND + "suggested_on: 2026-09-01\n"),
)

NOT_A_NUMBER = Code(
    code="SEP115",
    severity=Severity.ERROR,
    title="a value without end, or no number at all",
    why="`.inf`, `.nan` and numbers too large to calculate with cannot be shown or added up.",
    fails=_objective(_SOUND + f"suggested_on: .nan {HERE}\n"),
    passes=_objective(_SOUND + "suggested_on: 2026-09-01\n"),
)

TAB = Code(
    code="SEP116",
    severity=Severity.ERROR,
    title="a tab stands where only spaces may",
    why="Lines are indented with spaces, since a tab is as wide as each editor likes. In VS Code the command "
    "`Convert Indentation to Spaces` puts a whole file right.",
    fails=_objective(_SOUND + f"means:\n\t- {{what: Library pass, source: school}} {HERE}\n"),
    passes=_objective(_SOUND + "means:\n  - {what: Library pass, source: school}\n"),
)

KEY_NOT_TEXT = Code(
    code="SEP117",
    severity=Severity.ERROR,
    title="the name of a field is not text",
    why="Fields are called by words. A number, true, false or nothing in front of the colon is read differently by "
    "different programs; in quotes it is text for all of them.",
    fails=_objective(_SOUND + f"2026: Twelve books {HERE}\n"),
    passes=_objective(_SOUND),
)

LINE_SEPARATOR = Code(
    code="SEP118",
    severity=Severity.ERROR,
    title="an unusual sign for the end of a line",
    why="Some word processors end lines with a sign of their own. Programs that read YAML do not agree on whether a "
    "new line begins there.",
    fails=_objective(
        f"statement: Read one\u2028book a month {HERE}\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
    ),
    passes=_objective(_SOUND),
)

EMPTY = Code(
    code="SEP119",
    severity=Severity.ERROR,
    title="there is nothing in it yet",
    why="An empty file says nothing about a student, and it may be the rest of something that was lost.",
    fails=_objective("# to be written\n"),
    passes=_objective(_SOUND),
)

NO_FRONT_MATTER = Code(
    code="SEP151",
    severity=Severity.ERROR,
    title="the fields between two lines of `---` are missing",
    why="A file of words begins with a few fields (who wrote it, when) between two lines of three dashes. Without "
    "them nobody knows to which date and person the words belong.",
    fails=_note(f"Sam finished the book a week early. {HERE}\n"),
    passes=_note(_SOUND_NOTE),
)

OPEN_FRONT_MATTER = Code(
    code="SEP152",
    severity=Severity.ERROR,
    title="the second line of `---` is missing",
    why="The fields at the top end with a line of three dashes. Without it the words below would be read as fields.",
    fails=_note("---\nby: park\ndate: 2026-10-01\n\nSam finished the book a week early.\n"),
    passes=_note(_SOUND_NOTE),
)

CODES: tuple[Code, ...] = (
    UNREADABLE,
    DUPLICATE_KEY,
    ANCHOR,
    ALIAS,
    MERGE_KEY,
    TAG,
    DIRECTIVE,
    SEVERAL_DOCUMENTS,
    CONFLICT,
    HIDDEN_CHARACTER,
    SURROGATE,
    TOO_DEEP,
    file_codes.TOO_LARGE,
    LONG_NUMBER,
    NOT_A_NUMBER,
    TAB,
    KEY_NOT_TEXT,
    LINE_SEPARATOR,
    EMPTY,
    file_codes.ENCODING,
    NO_FRONT_MATTER,
    OPEN_FRONT_MATTER,
    file_codes.NOT_READ,
    file_codes.BAD_NAME,
    file_codes.RESERVED_NAME,
    file_codes.SAME_NAME,
    file_codes.LINK,
    file_codes.HARD_LINK,
    file_codes.SPECIAL_FILE,
    file_codes.STRAY_FILE,
)
"""Every kind of finding of this layer, in order of code."""
