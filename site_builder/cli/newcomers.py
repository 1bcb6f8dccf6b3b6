"""People of a file from another school: ids that mean somebody else here are changed, in every version of the file.

One id is one person in the whole store (policy: P13, P35). The other school's `lee` is not this school's: under one id
the one could be shown what is for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from site_builder.base.errors import WrongUse
from site_builder.check.entries import values_at
from site_builder.check.rules.references import PEOPLE
from site_builder.cli.edits import replace_scalar
from site_builder.source.document import Document, Pointer
from site_builder.source.front_matter import read_markdown
from site_builder.source.git_versions import Version
from site_builder.source.layout import locate
from site_builder.source.yaml_reader import LARGEST, read_yaml

_PLACES: Mapping[str, tuple[str, ...]] = {
    **PEOPLE,
    "consent": (*PEOPLE["consent"], "recipients/*"),
    "disclosure": (*PEOPLE["disclosure"], "to"),
}
_FRONT = re.compile(r"---[ \t]*\n(?P<fields>.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)


def named_people(student: str, versions: Sequence[Version]) -> frozenset[str]:
    """Return every id that stands for a person in any version: files of participants, and wherever one is named."""
    found = set()
    for path, content in _distinct(versions):
        location = locate(f"students/{student}/{path}")
        if location is None:
            continue
        if location.kind.name == "participant":
            found.add(location.id)
        document = _read(path, content)
        if document is not None:
            for pattern in _PLACES.get(location.kind.name, ()):
                found.update(value for _, value in values_at(document, pattern) if isinstance(value, str))
    return frozenset(found)


def with_new_ids(student: str, versions: Sequence[Version], new: Mapping[str, str]) -> tuple[Version, ...]:
    """Return the versions with the ids of people changed as `new` says, wherever a record names them."""
    known: dict[tuple[str, bytes], tuple[str, bytes]] = {}
    made = []
    for version in versions:
        files = {}
        for path, content in version.files.items():
            if (path, content) not in known:
                known[path, content] = _changed(student, path, content, new)
            path_now, content_now = known[path, content]
            files[path_now] = content_now
        made.append(replace(version, files=files))
    return tuple(made)


def _distinct(versions: Sequence[Version]) -> Iterator[tuple[str, bytes]]:
    seen = set()
    for version in versions:
        for each in version.files.items():
            if each not in seen:
                seen.add(each)
                yield each


def _changed(student: str, path: str, content: bytes, new: Mapping[str, str]) -> tuple[str, bytes]:
    location = locate(f"students/{student}/{path}")
    if location is None:
        return path, content
    if location.kind.name == "participant" and location.id in new:
        path = f"participants/{new[location.id]}.yaml"
    if not any(each.encode() in content for each in new):
        return path, content
    document = _read(path, content)
    pointers: list[tuple[Pointer, str]] = []
    if document is None:
        return path, content
    for pattern in _PLACES.get(location.kind.name, ()):
        found = values_at(document, pattern)
        pointers.extend((pointer, new[value]) for pointer, value in found if isinstance(value, str) and value in new)
    if not pointers:
        return path, content
    return path, _edited(path, content, pointers)


def _edited(path: str, content: bytes, pointers: Sequence[tuple[Pointer, str]]) -> bytes:
    """Return the file with other words at the pointers; one that cannot be edited safely stays as it is."""
    bom, ends = content.startswith(b"\xef\xbb\xbf"), b"\r\n" in content
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    front = _FRONT.match(text) if path.endswith(".md") else None
    fields = front["fields"] if front is not None else text
    for pointer, word in pointers:
        document, _ = read_yaml(path, fields)
        if document is None:
            return content
        try:
            fields = replace_scalar(document, pointer, word)
        except WrongUse:
            return content
    made = fields if front is None else text[: front.start("fields")] + fields + text[front.end("fields") :]
    raw = (made.replace("\n", "\r\n") if ends else made).encode()
    return b"\xef\xbb\xbf" + raw if bom else raw


def _read(path: str, content: bytes) -> Document | None:
    if len(content) > LARGEST:
        return None
    text = content.decode("utf-8", "replace").removeprefix("\N{BYTE ORDER MARK}")
    document, _ = read_markdown(path, text) if path.endswith(".md") else read_yaml(path, text)
    return document
