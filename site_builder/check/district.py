"""A district's own file, and the schools of it that cannot be used: findings like any others (policy: P34)."""

from __future__ import annotations

from typing import cast

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.schemas import validate
from site_builder.model.build import build_record
from site_builder.model.records import District
from site_builder.source.layout import kind_named
from site_builder.source.reader import read_document
from site_builder.source.tree import Entry, EntryKind, SourceTree

SCHOOL_LEFT_OUT = Code(
    code="SEP159",
    severity=Severity.ERROR,
    title="a school of the district cannot be in its report",
    why=(
        "The district's report adds up what each school's own report shows. A school whose records are not there, "
        "have errors, or do not know the school year has no report; the others' is made without it, and says so."
    ),
    policy="P34",
)


def read_district(tree: SourceTree, file: str) -> tuple[District | None, tuple[Diagnostic, ...]]:
    """Read the district's file called `file` in the folder `tree`; where it has errors there is no district."""
    kind = kind_named("district")
    try:
        size = len(tree.read(file))
    except OSError:
        size = 0
    document, reading = read_document(tree, Entry(file, EntryKind.FILE, size))
    findings = [*reading, *(validate(document, kind) if document is not None else ())]
    if document is None or any(each.severity is Severity.ERROR for each in findings):
        return None, tuple(findings)
    return cast("District", build_record(document, kind, "district")), tuple(findings)


def left_out(district: District, number: int, message: str, way_out: str) -> Diagnostic:
    """Return the finding that the school at place `number` (from 0) is not in the report."""
    return SCHOOL_LEFT_OUT.at(district.origin.span(("stores", number, "path")), message, way_out)
