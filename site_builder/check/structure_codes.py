"""Codes about the store as a whole: what must be there before anything else can be said."""

from __future__ import annotations

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Severity

MISSING_FILE = Code(
    code="SEP156",
    severity=Severity.ERROR,
    title="a file that every store or student's folder needs is missing",
    why=(
        "`school.yaml`, `staff.yaml` and `courses.yaml` say who the school is; without them nothing in a student's "
        "file can be understood. Each student's folder needs a `student.yaml` for the same reason."
    ),
    policy="P7",
)

TOO_LARGE = Code(
    code="SEP157",
    severity=Severity.ERROR,
    title="a supporting document is too large to keep in the file",
    why=(
        "Documents are copied to every participant who may see them and are kept in the history for good. Scans of "
        "more than 25 MB make the store slow for everyone; scanning at 150 dpi is enough to read."
    ),
    policy="P7",
)

UNREADABLE_DOCUMENT = Code(
    code="SEP158",
    severity=Severity.ERROR,
    title="a supporting document cannot be read",
    why="The file is there, but the computer does not let this program read it. Nothing is published from it.",
    policy="P7",
)
