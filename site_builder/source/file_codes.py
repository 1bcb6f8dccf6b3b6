"""The findings about files as such: their size, their names and what kind of thing they are."""

from __future__ import annotations

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Severity

_FOLDER = "students/lopez-sam/2026-27/objectives/"
_SOUND = "statement: Read one book a month\nkind: academic\nstatus: on-track\nsuggested_by: park\n"


def _at(path: str) -> tuple[Example, ...]:
    return (Example(path, _SOUND),)


TOO_LARGE = Code(
    code="SEP113",
    severity=Severity.ERROR,
    title="the file is too large for a record",
    why="A record is a page or two of text. A file of more than 256 KiB is something else that was saved under this "
    "name, or many entries in one file.",
)

ENCODING = Code(
    code="SEP150",
    severity=Severity.ERROR,
    title="the file is not saved as UTF-8",
    why="UTF-8 is the one way of saving text that holds every letter of every language and that all editors know. In "
    "any other, names such as Muñoz or Nguyễn come out wrong.",
)

NOT_READ = Code(
    code="SEP153",
    severity=Severity.ERROR,
    title="the file cannot be opened",
    why="Something on this computer stands in the way: the right to read the file, a drive that went away, or "
    "somebody who moved the file in this very moment.",
)

BAD_NAME = Code(
    code="SEP160",
    severity=Severity.ERROR,
    title="this name of a file or folder cannot be used",
    why="The name of a record's file is its id: other records point at it, and it becomes part of a page's address. "
    "Small letters a-z, digits and hyphens work on every computer, in every link and when read over the telephone. "
    "Supporting documents may also have capital letters, spaces, points and underscores.",
    fails=_at(_FOLDER + "Read more.yaml"),
    passes=_at(_FOLDER + "read-at-home.yaml"),
)

RESERVED_NAME = Code(
    code="SEP161",
    severity=Severity.ERROR,
    title="Windows keeps this name for itself",
    why="Names such as con, aux, nul or com1 mean devices on Windows. A school computer cannot open such a file, "
    "and the whole store cannot be copied to it.",
    fails=_at(_FOLDER + "aux.yaml"),
    passes=_at(_FOLDER + "auxiliary.yaml"),
)

SAME_NAME = Code(
    code="SEP162",
    severity=Severity.ERROR,
    title="two names differ only in capital letters or in how a letter is stored",
    why="On Windows and macOS these are one file: copied there, one of the two would be lost.",
    fails=(
        Example("students/lopez-sam/2026-27/documents/Shelf.png", "two"),
        Example("students/lopez-sam/2026-27/documents/shelf.png", "one"),
    ),
    passes=_at(_FOLDER + "read-at-home.yaml"),
)

LINK = Code(
    code="SEP163",
    severity=Severity.ERROR,
    title="a link to another place, not a file",
    policy="P37",
    why="A student's file is complete in itself. A link points out of it: elsewhere it leads nowhere, and it could "
    "bring in something that nobody meant to show.",
)

HARD_LINK = Code(
    code="SEP164",
    severity=Severity.ERROR,
    title="one file under two names",
    policy="P37",
    why="Whoever changes a hard-linked file changes it in another place too, perhaps in another student's file.",
)

SPECIAL_FILE = Code(
    code="SEP165",
    severity=Severity.ERROR,
    title="not a file that can be read",
    why="Pipes, sockets, devices and repositories inside the store hold no record, and reading them may never end.",
)

STRAY_FILE = Code(
    code="SEP166",
    severity=Severity.WARNING,
    title="no record belongs at this place",
    why="A file that stands in a folder of its own making is read by nobody, so what it says is shown to nobody. "
    "Mostly the folder's name is misspelled or the file was saved one level too high.",
    fails=_at("students/lopez-sam/2026-27/objectivs/read-at-home.yaml"),
    passes=_at(_FOLDER + "read-at-home.yaml"),
)
