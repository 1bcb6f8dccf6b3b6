"""Plain data written as records are written, and read back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.yaml_text import yaml_text
from site_builder.source.document import Value
from site_builder.source.yaml_reader import read_yaml

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=30)
LEAVES = (
    WORDS | st.integers(-(10**9), 10**9) | st.booleans() | st.floats(0, 99, allow_nan=False).map(lambda n: round(n, 2))
)
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3))


@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=4))
def test_any_data_reads_back_as_it_was(data: dict[str, Value]) -> None:
    document, findings = read_yaml("x.yaml", yaml_text(data))
    assert findings == ()
    assert document is not None
    assert document.data == data


def test_it_looks_as_people_write_it() -> None:
    long = "a sentence that is so long that it does not fit beside others on one line and gets a line of its own"
    data: dict[str, Value] = {
        "statement": "Read more",
        "means": [{"what": "Library", "source": "school"}, {"what": long, "source": "family"}],
        "recipients": ["parent", "lee"],
        "career": {"title": "Welder", "soc": "51-4121.00"},
    }
    assert yaml_text(data) == (
        "statement: Read more\n"
        "means:\n"
        "  - {what: Library, source: school}\n"
        f"  - what: {long}\n"
        "    source: family\n"
        "recipients: [parent, lee]\n"
        'career:\n  title: Welder\n  soc: "51-4121.00"\n'
    )
