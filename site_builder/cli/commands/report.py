"""`sep report`: what the school, or the district, tells its patrons once a year (policy: P34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from site_builder.access.report import Reported, district_report, report_for
from site_builder.base.artifact import Artifact
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.base.errors import WrongUse
from site_builder.check.checker import check_store
from site_builder.check.district import left_out, read_district
from site_builder.cli.context import Context, pass_context
from site_builder.cli.output import counted, output_folder, shown
from site_builder.cli.reporters.full import described
from site_builder.cli.reporters.sources import Sources
from site_builder.model.records import District
from site_builder.publish.generation import publish
from site_builder.publish.place import claim, look_at
from site_builder.render.report import render_district_report, render_report
from site_builder.source.working_tree import WorkingTree

PART = "reports"


@click.command()
@click.argument("year", metavar="YEAR")
@click.option(
    "--district",
    "district_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Report on all schools of this district.yaml.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; otherwise `build`.")
@click.option("--lang", type=click.Choice(["en", "es"]), help="The report's language; otherwise the school's.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The paper to print on.")
@click.option("--dry-run", is_flag=True, help="Name the report that would be made; write nothing.")
@pass_context
def command(
    context: Context,
    year: str,
    district_file: Path | None,
    out: Path | None,
    lang: str | None,
    paper: str,
    dry_run: bool,
) -> int:
    """Make the annual report of a school or a district.

    Nobody can be recognized in it: numbers about fewer than ten people are not told, nor those from which one could be
    worked out. While the school year runs, the report is a draft. There is none while a file has errors: its numbers
    would be wrong.
    """
    language = lang or (context.language if context.language != "en" else "")
    if district_file is not None:
        return _of_district(context, year, context.surroundings.folder / district_file, out, language, paper, dry_run)
    target = output_folder(context, out)
    look_at(target, context.store, Path.home())
    checked = context.check()
    if checked.store is None or checked.has_errors:
        errors = [each for each in checked.findings if each.severity is Severity.ERROR]
        files = {each.span.file for each in errors}
        context.say(f"{counted(len(errors), 'error')} in {counted(len(files), 'file')}: `sep check` shows them.")
        context.say("No report is made: its numbers would be wrong. What was made last still stands.")
        return 1
    view = report_for(checked.store, year, context.today, language)
    name = _name(year, view.language, checked.store.school.language)
    _write(context, target, [context.store], Artifact(name, render_report(view, paper)), view.as_of, dry_run)
    return 0


def _of_district(
    context: Context, year: str, file: Path, out: Path | None, language: str, paper: str, dry_run: bool
) -> int:
    if file.is_dir():
        file = file / "district.yaml"
    if not file.is_file():
        raise WrongUse(f"there is no `{shown(file.resolve(), context)}`", "name the district's file with `--district`")
    tree = WorkingTree(file.parent)
    district, findings = read_district(tree, file.name)
    for each in findings:
        context.say(described(each, Sources(tree)) + "\n")
    if district is None:
        context.say("No report is made: the district's file must be put right first.")
        return 1
    on = context.given_day or context.surroundings.now(None).date()
    roots = [(file.parent / each.path).resolve() for each in district.stores]
    target = context.surroundings.folder / (out or "build")
    for root in (each for each in roots if each.is_dir()):
        look_at(target, root, Path.home())
    schools: list[Reported] = []
    missing: list[str] = []
    for found in _schools(district, roots, year, on, language or district.language):
        if isinstance(found, Reported):
            schools.append(found)
        else:
            name, finding = found
            missing.append(name)
            context.say(described(finding, Sources(tree)) + "\n")
    if not schools:
        context.say("No report is made: no school is left.")
        return 1
    view = district_report(district.name, schools, missing, language or district.language)
    name = f"district-{_name(year, view.language, district.language)}"
    _write(context, target, roots, Artifact(name, render_district_report(view, paper)), view.as_of, dry_run)
    return int(bool(missing))


def _schools(
    district: District, roots: list[Path], year: str, on: dt.date, language: str
) -> Iterator[Reported | tuple[str, Diagnostic]]:
    """Give each school's own report, or the name of one that has none and the finding that says why."""
    for number, (each, root) in enumerate(zip(district.stores, roots, strict=True)):
        if root in roots[:number]:
            yield each.path, left_out(district, number, f"`{each.path}` is named twice", "take one of the two out")
            continue
        if not (root / "school.yaml").is_file():
            way_out = "name the folder that holds the school's `school.yaml`, as seen from this file"
            yield each.path, left_out(district, number, f"no school's records are at `{each.path}`", way_out)
            continue
        checked = check_store(WorkingTree(root), on)
        name = checked.store.school.name if checked.store is not None else each.path
        if checked.store is None or checked.has_errors:
            errors = counted(sum(f.severity is Severity.ERROR for f in checked.findings), "error")
            message = f"the records of {name} have {errors}, so its numbers would be wrong"
            yield name, left_out(district, number, message, f"`sep -C {each.path} check` shows them")
            continue
        try:
            yield Reported(name, report_for(checked.store, year, on, language))
        except WrongUse as fault:
            yield name, left_out(district, number, fault.sentence, fault.way_out)


def _write(
    context: Context, target: Path, stores: list[Path], artifact: Artifact, as_of: dt.date | None, dry_run: bool
) -> None:
    """Publish the report beside those of other years, and say where it is."""
    place = look_at(target, stores[0], Path.home())
    if as_of is not None:
        context.say(f"The school year is not over: a draft as of {as_of}. Do not hand it out.")
    path = place / PART / artifact.path
    if not dry_run:
        place = claim(target, stores[0], Path.home())
        before = path.read_bytes() if path.is_file() else None
        others = [each.name for each in (place / PART).iterdir()] if (place / PART).is_dir() else []
        kept = [each for each in others if each != artifact.path and not each.startswith(".")]
        publish(place, PART, {"": [artifact]}, kept, now=context.surroundings.now(None))
        if before is not None and before != artifact.content and as_of is None:
            context.say(
                "It differs from the one made before. If that one has been handed out, do not hand out this one too: "
                "two reports of one year can tell together what neither tells alone."
            )
    context.say(f"{'Would make' if dry_run else 'Made'} the annual report.")
    context.put(shown(path, context))


def _name(year: str, language: str, usual: str) -> str:
    """Return the file's name; a report in another language than the usual one says so in it."""
    return f"{year}.html" if language == usual else f"{year}-{language}.html"
