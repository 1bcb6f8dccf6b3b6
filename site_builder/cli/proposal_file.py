"""Reading a proposal's file as one reads what strangers hand in: with limits, strictly, and in plain sentences."""

from __future__ import annotations

import json
from pathlib import Path

from site_builder.base.diagnostics import Diagnostic
from site_builder.base.disk import unreadable
from site_builder.base.errors import WrongUse
from site_builder.check.schemas import validate
from site_builder.exchange.proposal import Proposal, proposal_of
from site_builder.source.document import Document
from site_builder.source.layout import Kind
from site_builder.source.yaml_reader import LARGEST, read_yaml

FORMAT = 1
_KIND = Kind("proposal", "", "Proposal")
_SHOWN = 5
_FROM_THE_FORM = "give the file that the form saved, `proposal-...json`, as it is"


def read_proposal(path: Path) -> Proposal:
    """Return the proposal in the file at `path`; raises `WrongUse` for whatever else stands there."""
    document = _document(path)
    data = document.data
    if not isinstance(data, dict) or "form" not in data:
        raise WrongUse(f"`{path.name}` is no proposal", _FROM_THE_FORM)
    version = data.get("format_version")
    if version != FORMAT or isinstance(version, bool):
        newer = isinstance(version, int) and version > FORMAT
        way_out = "a newer version of the program reads it" if newer else _FROM_THE_FORM
        raise WrongUse(f"`{path.name}` is a proposal in a form that this program does not know", way_out)
    findings = validate(document, _KIND)
    if findings:
        raise _no_proposal(path, findings)
    proposal = proposal_of(document)
    if proposal.draft:
        raise WrongUse(
            f"`{path.name}` is a draft, not yet handed in",
            "whoever wrote it opens the form, chooses this file there, and saves the finished part",
        )
    return proposal


def _document(path: Path) -> Document:
    try:
        if not path.is_file():
            raise WrongUse(
                f"there is no file `{path.name}`" if not path.exists() else f"`{path.name}` is no file", _FROM_THE_FORM
            )
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as fault:
        raise unreadable(f"`{path.name}`", fault, _FROM_THE_FORM) from fault
    if len(content) > LARGEST:
        raise WrongUse(f"`{path.name}` is too large for a proposal (more than {LARGEST // 1024} KiB)", _FROM_THE_FORM)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise WrongUse(f"`{path.name}` is not the text of a proposal", _FROM_THE_FORM) from fault
    # Read within our limits first (depth, digits, hidden characters, a field twice); only then by another's rules.
    document, findings = read_yaml(path.name, text)
    if document is None or findings:
        raise _no_proposal(path, findings)
    try:
        same = json.loads(document.text) == document.data
    except ValueError:
        same = False
    if not same:
        raise WrongUse(f"`{path.name}` is not what the form saved", _FROM_THE_FORM)
    return document


def _no_proposal(path: Path, findings: tuple[Diagnostic, ...]) -> WrongUse:
    lines = [f"line {each.span.start.line}: {each.message}" for each in findings[:_SHOWN]]
    more = [f"and {len(findings) - _SHOWN} more"] if len(findings) > _SHOWN else []
    return WrongUse(f"`{path.name}` is no proposal as the form writes it", "\n".join([_FROM_THE_FORM, *lines, *more]))
