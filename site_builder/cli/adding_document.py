"""What `sep add document` does besides: it looks into the file that is given, and copies it in (policy: P7, P37)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from site_builder.base.diagnostics import Severity
from site_builder.base.disk import reason
from site_builder.base.errors import WrongUse
from site_builder.check.checker import MOST_DOCUMENT_BYTES, check_store
from site_builder.cli.context import Context
from site_builder.cli.entry_besides import Besides
from site_builder.cli.entry_fields import Field, Place
from site_builder.cli.output import shown
from site_builder.cli.writing import Change, Exact, Overlay
from site_builder.source.document import Value
from site_builder.source.layout import attachment_owner
from site_builder.source.media import media_type

_OFFICE_OPEN = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_ENDINGS: Mapping[str, str] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "application/pdf": "pdf",
    f"{_OFFICE_OPEN}.wordprocessingml.document": "docx",
    f"{_OFFICE_OPEN}.spreadsheetml.sheet": "xlsx",
    f"{_OFFICE_OPEN}.presentationml.presentation": "pptx",
    f"{_OPEN_DOCUMENT}.text": "odt",
    f"{_OPEN_DOCUMENT}.spreadsheet": "ods",
    f"{_OPEN_DOCUMENT}.presentation": "odp",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that is given: its bytes, their kind, and its name where it lies in its place already."""

    content: bytes
    kind: str
    standing: str | None

    @property
    def is_picture(self) -> bool:
        """Tell whether it needs words for those who cannot see it."""
        return self.kind.startswith("image/")

    def name(self, entry: str) -> str:
        """Return the file's name beside the description `entry`: the same word, and what it is by its content."""
        return self.standing or f"{entry}.{_ENDINGS[self.kind]}"


def read_paper(context: Context, place: Place, path: Path) -> Paper:
    """Return the document at `path`; raises `WrongUse` where it cannot be read, kept, or is in the file already."""
    try:
        with (context.surroundings.folder / path).open("rb") as stream:
            content = stream.read(MOST_DOCUMENT_BYTES + 1)
    except OSError as fault:
        raise WrongUse(f"`{path}` cannot be read: {reason(fault)}", "give the path of the document") from fault
    if len(content) > MOST_DOCUMENT_BYTES:
        raise WrongUse(
            f"`{path.name}` is larger than {MOST_DOCUMENT_BYTES // 1024 // 1024} MB",
            "scan it again at 150 dpi, or keep only the pages that matter",
        )
    kind = media_type(content)
    if not kind:
        raise WrongUse(
            f"what is in `{path.name}` is not an image, a PDF or an office document without macros",
            "print it to a PDF and give that",
        )
    standing = _standing(context, place, path)
    _make_sure_new(place, content, standing)
    return Paper(content, kind, standing)


def _standing(context: Context, place: Place, path: Path) -> str | None:
    """Return the file's name where it lies in the year's documents already, without a description."""
    real = (context.surroundings.folder / path).resolve()
    return real.name if real.parent == (context.store / _folder(place)).resolve() else None


def _make_sure_new(place: Place, content: bytes, standing: str | None) -> None:
    digest = hashlib.sha256(content).hexdigest()
    for year in place.file.years if place.file is not None else ():
        described = {each.file: each for each in year.documents}
        for each in year.attachments:
            here = each.name == standing and place.year is not None and year.id == place.year.id
            if each.sha256 == digest and (each.name in described or not here):
                known = described.get(each.name)
                title = f" (“{known.title}”)" if known is not None else ""
                raise WrongUse(
                    f"this very document stands in the file already: {each.path}{title}",
                    "to correct its description, edit the .yaml file beside it"
                    if known is not None
                    else f"`sep add document` with that path describes it:\n{each.path}",
                )


class DocumentBesides(Besides):
    """Adding a document: its file is looked into first, and copied in with its description."""

    def __init__(self, context: Context, place: Place, given: Mapping[str, Any]) -> None:
        super().__init__(context, place, given)
        self._path: Path = given["path"]
        self._paper = read_paper(context, place, self._path)

    @staticmethod
    def parameters() -> tuple[click.Parameter, ...]:
        """Return the argument that names the file."""
        return (click.Argument(["path"], type=click.Path(path_type=Path), metavar="FILE"),)

    def asked_for(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """Return the fields to ask for: words for a picture alone, and who may see it wherever somebody can answer."""
        needed = {"alt"} | ({"level", "kind"} if self.context.asks else set())
        return tuple(
            Field(each.name, each.schema, each.required or each.name in needed)
            for each in fields
            if self._paper.is_picture or each.name != "alt"
        )

    def taken_names(self) -> frozenset[str]:
        """Return the names, without their endings, of the documents that stand where this one would."""
        owners = (attachment_owner(each.path) for each in self.context.tree.entries())
        file, year = self.place.file, self.place.year
        return frozenset(
            each[2].rpartition(".")[0]
            for each in owners
            if each is not None and file is not None and year is not None and each[:2] == (file.id, year.id)
        )

    def completed(self, entry: str, fields: Mapping[str, Value]) -> dict[str, Value]:
        """Return the description with the name of the file that it describes before the rest."""
        return {"file": self._paper.name(entry), **fields}

    def changes(self, entry: Change, fields: Mapping[str, Value]) -> Sequence[Change | Exact]:
        """Return what is written: the document first, for one without a description is shown to nobody.

        Raises `WrongUse` where a check would find an error in either, such as a PDF that holds a program.
        """
        path = f"{_folder(self.place)}/{fields['file']}"
        changes: list[Change | Exact] = [] if self._paper.standing else [Exact(path, self._paper.content)]
        changes.append(entry)
        _refuse_errors(self.context, {path, entry.path}, changes)
        return changes

    def say_what_is_next(self, entry: str, fields: Mapping[str, Value]) -> None:
        """Tell what became of the original, and who sees the document."""
        context, file, year = self.context, self.place.file, self.place.year
        if not self._paper.standing:
            context.say(f"It was copied; {shown(context.surroundings.folder / self._path, context)} stays where it is.")
        if fields.get("level") == "open":
            context.say("It is open: everyone who takes part in the plan sees it.")
        else:
            context.say("It is confidential: nobody is shown it before the consents are recorded:")
            context.say(f"  sep consent {file.id if file else ''} {year.id if year else ''}/{entry}")


def _refuse_errors(context: Context, paths: Collection[str], changes: Sequence[Change | Exact]) -> None:
    tree = Overlay(context.tree, {each.path: each.content for each in changes})
    for each in check_store(tree, context.today).findings:
        if each.severity is Severity.ERROR and each.span.file in paths:
            raise WrongUse(each.message, "\n".join(each.help))


def _folder(place: Place) -> str:
    if place.file is None or place.year is None:
        raise LookupError("a document belongs to a student and a school year")
    return f"students/{place.file.id}/{place.year.id}/documents"
