from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.source.document import Scalar
from site_builder.source.scalars import NumberRefused, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("10", 10),
        ("0o10", 8),
        ("0x10", 16),
        ("0.10", 0.1),
        ("00.5", "00.5"),
        ("01", "01"),
        ("+01", "+01"),
        ("1e2", 100.0),
        ("1E2", 100.0),
        ("01e2", "01e2"),
        ("0e0", 0.0),
        ("1.e1", 10.0),
        (".e1", ".e1"),
        ("-.5", -0.5),
        ("0o8", "0o8"),
        ("0X10", "0X10"),
        ("1,000", "1,000"),
        ("１２", "１２"),
        ("٣", "٣"),
        ("1 2", "1 2"),
        ("9" * 64, int("9" * 64)),
    ],
)
def test_what_a_word_means(text: str, value: Scalar) -> None:
    found = resolve(text)
    assert type(found) is type(value)
    assert found == value


@pytest.mark.parametrize(
    ("text", "code"),
    [("9" * 65, "SEP114"), ("-" + "9" * 65, "SEP114"), ("0x" + "0" * 65, "SEP114"), ("1e400", "SEP115")]
    + [(sign + word, "SEP115") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")]
    + [(word, "SEP115") for word in (".nan", ".NaN", ".NAN")],
)
def test_numbers_that_cannot_be_kept(text: str, code: str) -> None:
    with pytest.raises(NumberRefused) as refused:
        resolve(text)
    assert refused.value.code.code == code


_CORE_NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII
)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]")


@given(st.text(st.sampled_from("0123456789+-.eExoaAfF_: "), min_size=1, max_size=8))
def test_numbers_are_those_of_the_core_schema_but_for_a_leading_zero(text: str) -> None:
    try:
        is_number = not isinstance(resolve(text), str)
    except NumberRefused:
        is_number = True
    assert is_number == bool(_CORE_NUMBER.fullmatch(text) and not _LEADING_ZERO.match(text))
