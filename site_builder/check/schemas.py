"""What stands in one file, held against the schema of its kind, with findings in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.base.diagnostics import Diagnostic
from site_builder.check import schema_fields, schema_values
from site_builder.check.schema_fault import Explain, Fault, Finding
from site_builder.check.schema_files import validator
from site_builder.check.schema_gate import surely_sound
from site_builder.source.document import Document
from site_builder.source.layout import Kind

_EXPLAIN: dict[str, Explain] = {
    "type": schema_values.kind_of_value,
    "const": schema_values.store_format,
    "enum": schema_values.choice,
    "format": schema_values.date,
    "minLength": schema_values.length,
    "pattern": schema_values.form,
    "maxLength": schema_values.length,
    "minimum": schema_values.bounds,
    "maximum": schema_values.bounds,
    "minItems": schema_values.count,
    "maxItems": schema_values.count,
    "minProperties": schema_values.count,
    "uniqueItems": schema_values.twice,
    "additionalProperties": schema_fields.unknown,
    "required": schema_fields.missing,
    "dependentRequired": schema_fields.paired,
}
"""Who explains the faults of each keyword; of several about one value, the first in this order is told."""

KEYWORDS = frozenset(_EXPLAIN)
_ORDER = {keyword: number for number, keyword in enumerate(_EXPLAIN)}


def validate(document: Document, kind: Kind) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the fields of `document`, a file of `kind`: one finding a fault, in order of place."""
    return tuple(sorted((each.diagnostic for each in _findings(document, kind)), key=lambda each: each.span))


def faults_in_field(document: Document, kind: Kind, field: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with one field of `document` and all within it, whatever else the file lacks."""
    found = (each for each in _findings(document, kind) if each.pointer[:1] == (field,))
    return tuple(sorted((each.diagnostic for each in found), key=lambda each: each.span))


def _findings(document: Document, kind: Kind) -> tuple[Finding, ...]:
    if surely_sound(kind.name, document.data):
        return ()
    faults = [Fault(document, kind.name, error) for error in validator(kind.name).iter_errors(document.data)]
    faults.sort(key=lambda fault: _ORDER[str(fault.error.validator)])
    findings: dict[tuple[object, str], Finding] = {}
    for fault in faults:
        for finding in _explained(fault):
            findings.setdefault((finding.pointer, finding.field), finding)
    return tuple(findings.values())


def _explained(fault: Fault) -> Iterator[Finding]:
    if "propertyNames" in fault.error.absolute_schema_path:
        yield from schema_fields.wrong_name(fault)
    elif fault.value is None and fault.pointer:
        yield schema_values.no_value(fault)
    else:
        yield from _EXPLAIN[str(fault.error.validator)](fault)
