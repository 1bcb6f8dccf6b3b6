"""`sep check`: everything that is wrong or missing in the records, at once (policy: P37, P38, U4)."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO, TypeAlias

import click

from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.base.errors import WrongUse
from site_builder.check.catalog import all_codes
from site_builder.cli.context import Context, pass_context
from site_builder.cli.reporters import concise, findings_json, full, github, sarif
from site_builder.cli.reporters.sources import Sources
from site_builder.cli.staged import check_staged
from site_builder.cli.students import find_all
from site_builder.source.layout import student_of

if TYPE_CHECKING:
    from site_builder.check.checker import Checked

_WAYS = "name a file or folder of the store, or a student"
Reporter: TypeAlias = Callable[[Sequence[Diagnostic], Sources, TextIO], None]
FORMATS: Mapping[str, Reporter] = {
    "full": full.report,
    "concise": concise.report,
    "json": findings_json.report,
    "github": github.report,
    "sarif": sarif.report,
}


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "format_", type=click.Choice(list(FORMATS)), default="full", help="How to print the findings."
)
@click.option("--select", multiple=True, metavar="CODES", help="Show only codes that begin so: SEP3, or SEP101,SEP102.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave out codes that begin so.")
@click.option("--staged", is_flag=True, help="Look only at what git is about to save, each file by itself.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors in the exit code.")
@pass_context
def command(
    context: Context,
    paths: tuple[str, ...],
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    staged: bool,
    strict: bool,
) -> None:
    """Find everything that is wrong or missing in the records.

    The whole store is always checked, for one file can be at odds with another. With PATH (a file, a folder, or a
    student) only what concerns it is shown.

    Exit codes: 0 no errors, 1 errors (with --strict: or warnings). Advice never counts. The formats github and sarif
    leave out what stands in the files, but not the files' names. With --staged, for git's hook, the answer is quick and
    in plain letters; paths and formats play no part.
    """
    if staged:
        click.get_current_context().exit(check_staged(context))
    codes = all_codes()
    selected, ignored = (_prefixes(each, {code.code for code in codes}) for each in (select, ignore))
    tree = context.tree
    students = frozenset(filter(None, (student_of(each.path) for each in tree.entries())))
    checked = context.check()
    findings = checked.findings
    wanted = [_in_store(each, context, students, checked) for each in paths]
    shown = [
        each
        for each in findings
        if (not wanted or any(_within(each.span.file, path) for path in wanted))
        and (not selected or each.code.startswith(selected))
        and not (ignored and each.code.startswith(ignored))
    ]
    sources = Sources(
        tree=tree,
        students=frozenset() if selected or ignored else _looked_at(students, wanted),
        prefix=_prefix(context),
        codes=codes,
    )
    context.detail(
        f"checked {context.store} as on {context.today}; the School Manager lets {len(checked.waived)} stand"
    )
    FORMATS[format_](shown, sources, sys.stdout)
    if _fails(shown, strict=strict):
        click.get_current_context().exit(1)


def _fails(findings: Sequence[Diagnostic], *, strict: bool) -> bool:
    counting = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(each.severity in counting for each in findings)


def _prefixes(given: Sequence[str], codes: Collection[str]) -> tuple[str, ...]:
    """Return the code prefixes of an option; one that fits no code is surely a slip of the pen."""
    prefixes = tuple(each.strip().upper() for text in given for each in text.split(",") if each.strip())
    for prefix in prefixes:
        if not any(code.startswith(prefix) for code in codes):
            near = difflib.get_close_matches(prefix, codes, n=1)
            hint = f"did you mean `{near[0]}`?" if near else "`sep explain` lists the codes"
            raise WrongUse(f"no code begins with `{prefix}`", hint)
    return prefixes


def _in_store(path: str, context: Context, students: Collection[str], checked: Checked) -> str:
    """Return what `path` names, relative to the store: seen from here, from the store, or a student."""
    store = context.store.resolve()
    absolute = (context.surroundings.folder / path).resolve()
    if absolute.exists() and absolute.is_relative_to(store):
        return absolute.relative_to(store).as_posix()
    inside = PurePosixPath(Path(path).as_posix()).as_posix()
    if (store / inside).exists() and ".." not in PurePosixPath(inside).parts and not inside.startswith("/"):
        return inside
    if any(_within(each.span.file, inside) for each in checked.findings):
        return inside
    if path in students:
        return f"students/{path}"
    if checked.store is not None and "/" not in inside and find_all(checked.store, path):
        return f"students/{context.student(checked.store, path).id}"
    near = difflib.get_close_matches(path, students, n=1)
    raise WrongUse(f"there is no `{path}` in the store", f"did you mean `{near[0]}`?" if near else _WAYS)


def _within(file: str, path: str) -> bool:
    return path == "." or file == path or file.startswith(path + "/")


def _looked_at(students: frozenset[str], wanted: Sequence[str]) -> frozenset[str]:
    """Return the students whose whole file was asked for."""
    if not wanted:
        return students
    return frozenset(each for each in students if any(_within(f"students/{each}", path) for path in wanted))


def _prefix(context: Context) -> str:
    """Return the way from the current folder to the store, or nothing when the store does not lie below it."""
    store, here = context.store.resolve(), context.surroundings.folder.resolve()
    if store == here or not store.is_relative_to(here):
        return ""
    return store.relative_to(here).as_posix() + "/"
