"""One fault that a schema found, with all that is needed to put it into words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from site_builder.base.diagnostics import Diagnostic, Span
from site_builder.check.schema_files import Schema, field_at
from site_builder.check.schema_words import as_yaml, lines_to_paste
from site_builder.source.document import Document, Pointer, Value

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic and what it is about: the value at `pointer`, or the missing field `field` of it."""

    pointer: Pointer
    field: str
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Fault:
    """What `error` says about `document`, a file of the kind `kind`."""

    document: Document
    kind: str
    error: ValidationError

    @property
    def pointer(self) -> Pointer:
        """Return the place of the faulty value in the file's data."""
        return tuple(self.error.absolute_path)

    @property
    def field(self) -> Schema:
        """Return what the schema says about the faulty value."""
        return field_at(self.kind, self.pointer)

    @property
    def rule(self) -> Schema:
        """Return the schema whose keyword was broken: the field's own, or the one that a condition adds."""
        return cast(Schema, self.error.schema)

    @property
    def limit(self) -> Any:
        """Return the value of the keyword that was broken, such as the longest length."""
        return self.error.validator_value

    @property
    def value(self) -> Value:
        """Return the faulty value."""
        return cast("Value", self.error.instance)

    @property
    def key(self) -> str:
        """Return the name of the field that holds the faulty value, or an empty text for the whole file."""
        return next((step for step in reversed(self.pointer) if isinstance(step, str)), "")

    @property
    def name(self) -> str:
        """Return how a sentence names the faulty value."""
        if not self.pointer:
            return "this file"
        last = self.pointer[-1]
        return f"entry {last + 1} of `{self.key}`" if isinstance(last, int) else f"`{last}`"

    @property
    def raw(self) -> str:
        """Return a value of one line as it stands in the file, quotes included."""
        span = self.document.span(self.pointer)
        if span.start.line != span.end.line:
            return str(self.value)
        line = self.document.text.split("\n")[span.start.line - 1]
        return line[span.start.column - 1 : span.end.column - 1] or str(self.value)

    def span(self) -> Span:
        """Return the place to point at: the value, or its key where the value spreads over several lines."""
        if isinstance(self.value, list | dict):
            return self.document.key_span(self.pointer)
        return self.document.span(self.pointer)

    def line(self, value: object) -> str:
        """Return the line of the file as it would be with `value`, in back quotes."""
        if isinstance(self.pointer[-1], int):
            return f"`- {as_yaml(value)}`"
        return f"`{self.key}: {as_yaml(value)}`"

    def example(self) -> str:
        """Return the field with an example value, to be pasted."""
        example = self._example()
        if isinstance(self.pointer[-1], int):
            return f"for example: `- {as_yaml(example)}`"
        text = lines_to_paste(self.key, example)
        return f"for example: `{text}`" if "\n" not in text else f"for example:\n{text}"

    def _example(self) -> object:
        """Return the field's first example; an entry of a list or mapping stands in the example of the whole."""
        if examples := self.field.get("examples"):
            return examples[0]
        whole = field_at(self.kind, self.pointer[:-1])["examples"][0]
        return next(iter(whole.values() if isinstance(whole, dict) else whole))

    def found(self, diagnostic: Diagnostic) -> Finding:
        """Return `diagnostic` as the finding about this value."""
        return Finding(self.pointer, "", diagnostic)


Explain = Callable[[Fault], Iterator[Finding]]
"""Puts the faults of one schema keyword into words."""
