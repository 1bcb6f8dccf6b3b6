"""`sep propose`: what somebody wrote at home, read and taken part by part (policy: P5, P18, P19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from site_builder.access.decide import decide
from site_builder.access.decision import Deny, Item
from site_builder.access.plan_parts import FAMILY_ROLES, base_of
from site_builder.access.sites import copy_for
from site_builder.base.diagnostics import Severity
from site_builder.base.errors import MissingTool, Refused, SepError, WrongUse
from site_builder.check.checker import check_store
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.form_keys import NAME, known_keys, take_over
from site_builder.cli.output import counted
from site_builder.cli.proposal_file import read_proposal
from site_builder.cli.proposal_words import head, part_lines
from site_builder.cli.reporters.full import described
from site_builder.cli.reporters.sources import Sources
from site_builder.cli.taking import Taking, changes_of, speaks_otherwise
from site_builder.cli.writing import Change, Overlay, visible_lines, write
from site_builder.exchange.comparison import Against, Part, State, compare
from site_builder.exchange.proposal import Proposal
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.source.git_save import Saving


@click.command("propose")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--student", metavar="STUDENT", help="Take it only if it is about this student.")
@click.option("--yes", "wanted", multiple=True, metavar="PART", help="Take this part; once for each.")
@click.option("--all", "everything", is_flag=True, help="Take every part that can be taken.")
@click.option("--no-save", is_flag=True, help="Write the files, and save no version of them in git.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--take-over-key",
    "key_file",
    type=click.Path(path_type=Path),
    metavar="KEYFILE",
    help="Accept forms that another computer of the school made, by its file of keys.",
)
@pass_context
def command(
    context: Context,
    file: Path | None,
    student: str | None,
    wanted: tuple[str, ...],
    everything: bool,
    no_save: bool,
    dry_run: bool,
    key_file: Path | None,
) -> int:
    """Take what a student or parent wrote at home into the plan.

    FILE is what the offline form saved. It is shown beside what stands, part by part, and each part is taken on a yes:
    asked for on a terminal, or given with --yes PART or --all. Who wrote it is recorded; what was taken is checked and
    saved as a version. A file that was altered, or is about somebody else, is refused, and where the plan has changed
    since the form was made, that part is not taken.
    """
    if key_file is not None:
        fresh = take_over(context.surroundings.settings, context.surroundings.folder / key_file)
        context.say(f"Took over {counted(len(fresh), 'key')}." if fresh else "Nothing new: these keys are known here.")
    if file is None:
        if key_file is None:
            raise WrongUse("name the file that the form saved", "for instance: sep propose proposal.json")
        return 0
    proposal = read_proposal(context.surroundings.folder / file)
    store = context.read_store()
    found = _its_file(context, store, proposal, student)
    parts = compare(proposal, _against(context, store, found, proposal))
    for line in (*head(store, found, proposal, context.today), *(each for part in parts for each in part_lines(part))):
        context.put(line)
    open_ones = [each for each in parts if each.state is State.NEW]
    if not open_ones:
        return _nothing_to_take(context, parts)
    keys = _chosen(context, open_ones, parts, wanted, everything=everything)
    if not keys:
        context.say("Nothing was taken, and nothing was changed.")
        return 0
    return _take(context, store, found, proposal, keys, no_save=no_save, dry_run=dry_run)


# --- may it be taken at all -----------------------------------------------------------------------------------------


def _its_file(context: Context, store: Store, proposal: Proposal, student: str | None) -> StudentFile:
    """Return the file that the proposal is for; raises where it was altered or is for somebody else."""
    made = proposal.handed_out
    keys = known_keys(context.surroundings.settings)
    key = next((each for each in keys if each.id == proposal.key), None)
    if key is None:
        raise MissingTool(
            "the form was made on another computer, whose key is not known here, so nobody can tell if it was altered",
            "bring that computer's file of keys here and give it with `--take-over-key`; let nobody else have it.\n"
            f"It is called `{NAME}` and stands where this computer keeps its own: {context.surroundings.settings}",
        )
    if not key.fits(made, proposal.seal):
        raise Refused(
            "this file was altered: whom it is from, which student it is about, or what it was based on is not what"
            " the form said when the school made it",
            "hand out a new form; the words can be copied into it",
        )
    if made.school != store.school.name:
        raise Refused(f"this form was made by another school, {made.school}", "give it to that school")
    if student is not None and context.student(store, student).id != made.student:
        raise Refused(f"this proposal is about `{made.student}`, not about `{student}`", "look whose file it is")
    file = store.student(made.student)
    if file is None or made.student in store.broken:
        raise WrongUse(
            f"the file of `{made.student}` is not here, or has errors", f"`sep check students/{made.student}` says more"
        )
    _may_propose(context, store, file, made.participant)
    newest = file.years[-1].id if file.years else ""
    if made.year != newest:
        raise Refused(
            f"the form is for the school year {made.year}, and the newest year in this file is {newest or 'none'}",
            "hand out a new form: a saved file can be opened in it",
        )
    return file


def _may_propose(context: Context, store: Store, file: StudentFile, person: str) -> None:
    participant = file.participant(person)
    decision = decide(store, person, Item(file.id), context.today)
    if participant is None or isinstance(decision, Deny):
        reason = f": {decision.reasons[0].sentence}" if isinstance(decision, Deny) else ""
        raise Refused(f"`{person}` may not see this file on {context.today}{reason}", "speak with the School Manager")
    if participant.role not in FAMILY_ROLES:
        raise Refused(f"`{person}` takes part as {participant.role}: staff write into the files", "use the editor")


def _against(context: Context, store: Store, file: StudentFile, proposal: Proposal) -> Against:
    view = copy_for(store, file.id, proposal.handed_out.participant, context.today).file
    return Against(file=file, year=file.years[-1], base=base_of(view), courses=store.courses, today=context.today)


# --- what is taken --------------------------------------------------------------------------------------------------


def _nothing_to_take(context: Context, parts: Sequence[Part]) -> int:
    """Say why nothing can be taken; it is no fault where all of it stands already."""
    if all(each.state in (State.STANDS, State.TAKEN) for each in parts):
        context.say("Nothing new: all of this stands in the plan.")
        return 0
    raise Refused(
        "nothing of this can be taken: what is new is about words that have changed, or cannot be",
        "hand out a new form, and open the saved file in it: the words are kept",
    )


def _chosen(
    context: Context, open_ones: Sequence[Part], parts: Sequence[Part], wanted: Sequence[str], *, everything: bool
) -> list[str]:
    by_key = {each.key: each for each in parts}
    for key in wanted:
        if key not in by_key:
            raise WrongUse(f"there is no part `{key}` in this file", f"the parts: {', '.join(by_key)}")
        if by_key[key].state in (State.CHANGED, State.IMPOSSIBLE):
            raise Refused(f"the part `{key}` cannot be taken: {by_key[key].why}", "nothing was changed")
    if everything or wanted:
        return [each.key for each in open_ones if everything or each.key in wanted]
    if not context.asks:
        context.say("`--yes PART` takes a part (the word in brackets), `--all` takes all that are new.")
        return []
    return [each.key for each in open_ones if click.confirm(f"Take [{each.key}]", default=False, err=True)]


def _take(
    context: Context,
    store: Store,
    file: StudentFile,
    proposal: Proposal,
    keys: Sequence[str],
    *,
    no_save: bool,
    dry_run: bool,
) -> int:
    year = file.years[-1]
    taking = Taking(
        store=store, tree=context.tree, file=file, year=year, proposal=proposal, keys=keys, today=context.today
    )
    changes = changes_of(taking)
    if not _sound(context, changes):
        context.say("Nothing was written: with these words the files would have errors.")
        return 1
    if dry_run:
        for change in changes:
            context.put(click.style(f"# {change.path}", bold=True))
            context.put(visible_lines(change.shown()))
        return 0
    saving, unsaved_because = (None, "") if no_save else _saving(context, changes)
    write(context.store, changes)
    for change in changes:
        context.put(f"{'wrote' if change.before is None else 'added to'} {change.path}")
    if saving is not None:
        files = {each.path: each.content for each in changes}
        saving.save(files, f"plan: {file.id}: taken from {proposal.handed_out.participant}'s proposal")
        context.say("Saved as a version in git.")
    elif unsaved_because:
        context.say(f"No version was saved: {visible(unsaved_because)}.")
    for note in _notes(proposal, year, keys):
        context.say(f"note: {note}")
    return 0


def _notes(proposal: Proposal, year: YearSection, keys: Sequence[str]) -> Iterator[str]:
    """Give what whoever takes the words should look at now."""
    if "aspiration" in keys and speaks_otherwise(proposal, year.plan):
        yield f"the words are in `{proposal.language}`; look at `language` in plan.yaml"
    for each in year.objectives:
        if f"objective-{each.id}" in keys and each.language != proposal.language:
            yield f"the steps are in `{proposal.language}`, the other words of `{each.id}` in `{each.language}`"
    if year.plan is None or year.plan.prepared_on is None:
        yield "`prepared_by` and `prepared_on` in plan.yaml say when the plan as a whole has been prepared"


def _sound(context: Context, changes: Sequence[Change]) -> bool:
    """Show what a check finds in the files as they would be; tell whether they have no errors."""
    tree = Overlay(context.tree, {each.path: each.content for each in changes})
    paths = {each.path for each in changes}
    findings = [each for each in check_store(tree, context.today).findings if each.span.file in paths]
    sources = Sources(tree)
    for finding in findings:
        if finding.severity is Severity.ERROR:
            context.say("\n" + described(finding, sources))
        else:
            context.detail("\n" + described(finding, sources))
    return all(each.severity is not Severity.ERROR for each in findings)


def _saving(context: Context, changes: Sequence[Change]) -> tuple[Saving | None, str]:
    """Return what will save the files, or why nothing can; raises `WrongUse` before anything is written."""
    try:
        saving = Saving(context.store)
        kept = saving.keeps("school.yaml")
    except SepError as fault:
        return None, fault.sentence
    if not kept:
        return None, "git does not keep this store"
    saving.identity()
    unsaved = saving.unsaved({each.path: each.before for each in changes if each.before is not None})
    if unsaved:
        raise WrongUse(
            f"`{unsaved[0]}` has changes that are not saved yet; they would go along under another's name",
            "save them first (`sep save`), or take the proposal with `--no-save`",
        )
    return saving, ""
