"""What an unquoted word means: the core schema of YAML 1.2, with one difference."""

from __future__ import annotations

import math
import re

from site_builder.base.codes import Code
from site_builder.source.codes import LONG_NUMBER, NOT_A_NUMBER
from site_builder.source.document import Scalar

MOST_DIGITS = 64

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAY_BEGIN_A_NUMBER = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NumberRefused(ValueError):
    """A number that cannot be kept as it was written; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.title)
        self.code = code


def resolve(text: str) -> Scalar:
    """Return the value of the unquoted `text`; raises `NumberRefused` for a number that cannot be kept.

    YAML 1.2 core reads `007` as the number 7. Here it stays text, as does every number with a leading zero (`08.30`):
    room numbers, student numbers and times would lose it. Everything that is no number, true, false or null is text.
    """
    if text[:1] not in _MAY_BEGIN_A_NUMBER:
        return _WORDS.get(text, text)
    if _INTEGER.fullmatch(text):
        return int(_short_enough(text))
    if _FLOAT.fullmatch(text):
        number = float(_short_enough(text))
        if math.isinf(number):
            raise NumberRefused(NOT_A_NUMBER)
        return number
    if _OTHER_BASE.fullmatch(text):
        return int(_short_enough(text, counted=len(text) - 2), 0)
    if _ENDLESS.fullmatch(text):
        raise NumberRefused(NOT_A_NUMBER)
    return text


def _short_enough(text: str, counted: int | None = None) -> str:
    if len(text) <= MOST_DIGITS:
        return text
    digits = sum(sign.isdigit() for sign in text) if counted is None else counted
    if digits > MOST_DIGITS:
        raise NumberRefused(LONG_NUMBER)
    return text
