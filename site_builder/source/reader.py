"""From an entry of a store to a document."""

from __future__ import annotations

from site_builder.base.diagnostics import Diagnostic, Span
from site_builder.source.document import Document
from site_builder.source.file_codes import ENCODING, NOT_READ
from site_builder.source.front_matter import read_markdown
from site_builder.source.positions import Ruler
from site_builder.source.tree import Entry, EntryKind, SourceTree
from site_builder.source.yaml_reader import LARGEST, read_yaml, too_large

_SAVE = "In VS Code, choose the encoding at the lower right, then `Save with Encoding` and `UTF-8`"
_WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_document(tree: SourceTree, entry: Entry) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read the record at `entry`: Markdown where its name ends in `.md`, YAML otherwise.

    Returns a document, or findings, or both, as `read_yaml` does. An entry that is no plain file gives neither: what it
    is says `names.check_names`. Never raises for what stands at the place.
    """
    if entry.kind is not EntryKind.FILE:
        return None, ()
    if entry.size > LARGEST:
        return None, (too_large(entry.path),)
    try:
        content = tree.read(entry.path)
    except OSError as error:
        return None, (_not_read(entry.path, error),)
    return read_content(entry.path, content)


def read_content(path: str, content: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read the bytes of a record that stand, or stood, at `path`; returns what `read_document` does."""
    if len(content) > LARGEST:
        return None, (too_large(path),)
    text = _decoded(path, content)
    if isinstance(text, Diagnostic):
        return None, (text,)
    return read_markdown(path, text) if path.endswith(".md") else read_yaml(path, text)


def _not_read(path: str, error: OSError) -> Diagnostic:
    span = Span.whole_file(path)
    if isinstance(error, FileNotFoundError):
        return NOT_READ.at(span, "this file went away while it was read", "Run the command again")
    if isinstance(error, PermissionError):
        return NOT_READ.at(span, "you may not read this file", "Ask whoever keeps this folder for the right to read it")
    return NOT_READ.at(
        span,
        f"this file cannot be read ({error.strerror or 'no reason was given'})",
        "Open it in an editor; if that fails too, bring back the last saved version",
    )


def _decoded(path: str, content: bytes) -> str | Diagnostic:
    wide = _WIDE.get(content[:2]) or ("UTF-16" if content.count(0) * 4 > len(content) else "")
    if wide:
        return ENCODING.at(Span.whole_file(path), f"this file is saved as {wide}, not as UTF-8", _SAVE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
        ruler = Ruler(path, before.replace("\r\n", "\n").replace("\r", "\n"))
        end = len(ruler.text)
        meant = content[error.start : error.start + 1].decode("cp1252", "replace")
        guess = f" (perhaps `{meant}`)" if meant.isprintable() and meant != "\N{REPLACEMENT CHARACTER}" else ""
        return ENCODING.at(
            ruler.span(end, end + 1), f"a letter{guess} is not saved as UTF-8 here", _SAVE, "Then look at this place"
        )
