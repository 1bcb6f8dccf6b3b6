"""New files from the templates in `templates/records/`, in YAML that reads back as what was meant."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from site_builder.base.resources import folder
from site_builder.source.scalars import NumberRefused, resolve
from site_builder.source.yaml_reader import read_yaml

_PLAIN = re.compile(r"[^\W\d_][\w .()/@'+-]*|\d{4}-\d{2}-\d{2}|\d{4}-\d{2}|\d{3}-\d{3}-\d{4}")
_AMBIGUOUS = frozenset({"yes", "no", "on", "off", "y", "n"})
"""Text to us, but true or false to older readers of YAML: quoted for their sake."""


def scaffold(template: str, **values: object) -> str:
    """Return the text of a new file from `template`; every value is written as one YAML scalar, quoted if need be."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    # The output is YAML, and `finalize` is what escapes for it: escaping for HTML would spoil the words.
    return Environment(
        loader=FileSystemLoader(folder("templates") / "records"),
        autoescape=False,  # noqa: S701
        finalize=scalar,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class Remark(str):
    """Words for a comment: they stand there as they are, on one line."""

    __slots__ = ()


class Verbatim(str):
    """Lines that are YAML already."""

    __slots__ = ()


def scalar(value: Any) -> str:
    """Return `value` (text, number or date) as a YAML scalar that stands anywhere, also between braces."""
    if isinstance(value, Remark):
        return " ".join(value.split())
    if isinstance(value, Verbatim):
        return str(value)
    if isinstance(value, str):
        return value if _stands_unquoted(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def value_of(words: str, indent: int, widest: int = 110) -> str:
    """Return `words` as the value of a field that stands `indent` spaces in: long ones as lines (`>-`) below it."""
    plain = scalar(words)
    if len(plain) + indent <= widest and "\n" not in words:
        return plain
    lines = [line for each in words.split("\n") for line in (*_wrapped(each, widest - indent), "")][:-1]
    block = ">-\n" + "\n".join(f"{' ' * (indent + 2)}{line}".rstrip() for line in lines)
    # What begins with a space, or has two together, would not come back as it was.
    again, findings = read_yaml("words.yaml", f"words: {block}\n" if indent == 0 else f"{' ' * indent}words: {block}\n")
    sound = again is not None and not findings and again.data == {"words": words}
    return block if sound else plain


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def _stands_unquoted(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or text != text.strip() or text.casefold() in _AMBIGUOUS:
        return False
    try:
        return resolve(text) == text
    except NumberRefused:
        return False
