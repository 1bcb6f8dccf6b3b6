"""The table of what the policy asks and where each requirement is met, gathered from the project's own annotations.

A schema names a requirement in `x-policy`, a finding in its code's `policy`, a template in a comment, and a module,
class, function or test in its docstring as `(policy: P9)`. Nothing is imported for that: the source is read.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.policy import REQUIREMENTS, cited
from site_builder.check.catalog import all_codes
from site_builder.check.reference import anchor
from site_builder.check.schema_files import Schema, schema_file
from site_builder.source.layout import KINDS

_NAMED = re.compile(r"\b[Pp]olicy: ((?:[PU]\d+(?:-[PU]?\d+)?(?:, | and )?)+)")
_RANGE = re.compile(r"([PU])(\d+)(?:-[PU]?(\d+))?")
_COMMENT = re.compile(r"{#(.*?)#}", re.DOTALL)
_COMMAND = re.compile(r"`(sep [a-z -]*[a-z])[^`]*`")
_HEAD = """\
# The policy, and where each requirement is met

`P1` to `P38` are what the District's policy on Student Education Plans asks, `U1` to `U6` what the State Board's rule
R277-462-5 adds for schools that name it in `school.yaml`. This page is written from what schemas, rules, pages,
commands and tests say of themselves. `sep explain SEP370` says more about a rule, and [another page](records.md) about
every file and every field.

| | What is asked | In the records | Rules | Where people meet it | Tests |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One requirement: what is asked, and the records, rules, pages or commands, and tests that name it."""

    id: str
    asks: str
    records: tuple[str, ...]
    rules: tuple[str, ...]
    places: tuple[str, ...]
    tests: tuple[str, ...]


def rows(root: Path) -> tuple[Row, ...]:
    """Return a row for every requirement, in order, from the checkout at `root`."""
    records, rules = _records(), _gathered((code.code, cited(code.policy)) for code in all_codes())
    places, tests = _gathered(_places(root)), _gathered(_tests(root))
    return tuple(
        Row(id=id, asks=asks, records=records[id], rules=rules[id], places=places[id], tests=tests[id])
        for id, asks in REQUIREMENTS.items()
    )


def policy_page(root: Path) -> str:
    """Return the whole page for the checkout at `root`."""
    return _HEAD + "".join(map(_line, rows(root)))


def named_in(text: str) -> tuple[str, ...]:
    """Return the requirements that `text` names, such as all of P12, P13, P14 and P29 in `(policy: P12-P14, P29)`."""
    found = []
    for listed in _NAMED.findall(text):
        for letter, first, last in _RANGE.findall(listed):
            found += [f"{letter}{number}" for number in range(int(first), int(last or first) + 1)]
    return tuple(dict.fromkeys(found))


def _line(row: Row) -> str:
    cells = (row.records, row.rules, row.places, row.tests)
    return " | ".join((f"| {row.id}", row.asks, *map("<br>".join, cells))) + " |\n"


def _gathered(found: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """Return for each requirement the names that go with it, each once, in order."""
    by_id: dict[str, list[str]] = defaultdict(list)
    for name, ids in found:
        for id in ids:
            if name not in by_id[id]:
                by_id[id].append(name)
    return defaultdict(tuple, {id: tuple(names) for id, names in by_id.items()})


def _records() -> Mapping[str, tuple[str, ...]]:
    """Return for each requirement the kinds of file, and the fields in them, that serve it."""
    by_id: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        schema = schema_file(kind.name)
        fields: dict[str, list[str]] = defaultdict(list)
        for path, id in _fields(schema):
            fields[id].append(f"`{path}`")
        link = f"[{kind.title}](records.md#{anchor(kind)})"
        for id in dict.fromkeys([*_ids(schema), *fields]):
            by_id[id].append(link if id in _ids(schema) else f"{link}: {', '.join(fields[id])}")
    return defaultdict(tuple, {id: tuple(lines) for id, lines in by_id.items()})


def _fields(schema: Schema, path: str = "") -> Iterator[tuple[str, str]]:
    for name, field in schema.get("properties", {}).items():
        for id in _ids(field):
            yield f"{path}{name}", id
        yield from _fields(field.get("items", field), f"{path}{name}.")


def _ids(schema: Schema) -> tuple[str, ...]:
    return cited(schema.get("x-policy", ""))


def _places(root: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the commands, templates and drawn parts of pages in which people meet a requirement."""
    package = root / "site_builder"
    for path in sorted((package / "cli" / "commands").glob("*.py")):
        docstrings = tuple(_docstrings(path))
        command = _COMMAND.match(docstrings[0]) if docstrings else None
        if command is not None:
            yield f"`{command[1]}`", _named(docstrings)
    for path in sorted((root / "templates").rglob("*.html")):
        yield f"`{path.relative_to(root).as_posix()}`", _named(_COMMENT.findall(path.read_text("utf-8")))
    for path in sorted((package / "render").glob("*.py")):
        yield f"`{path.relative_to(package).as_posix()}`", _named(_docstrings(path))


def _tests(root: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted((root / "tests").rglob("test_*.py")):
        yield f"`{path.relative_to(root).as_posix()}`", _named(_docstrings(path))


def _named(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(id for text in texts for id in named_in(text))


def _docstrings(path: Path) -> Iterator[str]:
    """Give the docstrings of the module and of all that it defines; the module's own comes first."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield docstring
