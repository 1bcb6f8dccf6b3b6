"""`sep expunge`: a document or a student taken out of every saved version, for good (policy: P35, P38)."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import click

from site_builder.access.decide import is_open
from site_builder.base.disk import reason as why_not
from site_builder.base.errors import MissingTool, Refused, WrongUse
from site_builder.cli.answers import words
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.disclosing import PARTS, log_path
from site_builder.cli.expunge_runbook import say_runbook
from site_builder.cli.expunge_targets import gone_student, plan_document, plan_student
from site_builder.cli.expunging import (
    NOTE,
    Found,
    Plan,
    below,
    handed_out,
    in_output,
    look_through,
    make_sure_saved,
    read_note,
    take_files_away,
    write_note,
)
from site_builder.cli.output import counted, output_folder
from site_builder.cli.phrase_book import usual_path
from site_builder.cli.unfinished import forget_copies
from site_builder.history.keeping import FOLDER as HISTORY
from site_builder.history.keeping import forget
from site_builder.model.store import Store, StudentFile
from site_builder.publish.disclosures import of_student, read_log
from site_builder.publish.generation import MadeFrom, count_as_made_from, made_from_versions
from site_builder.publish.lock import locked
from site_builder.publish.printed import PRINTED, forget_printed
from site_builder.source.git import need_filter_repo
from site_builder.source.git_rewrite import Rewriting
from site_builder.source.version import descends_from, saved_version

LEFT = 1
"""The exit code where something is still there."""

_MOST = 20


@click.command()
@click.argument("student")
@click.argument("document", required=False)
@click.option("--reason", type=words, metavar="WORDS", help="Why; needed for what the school must keep otherwise.")
@click.option("--backup", type=click.Path(path_type=Path), metavar="FILE", help="The place of the backup.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="The pages; otherwise `build`.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--dry-run", is_flag=True, help="Say what would go and what else is to be done; change nothing.")
@pass_context
def command(
    context: Context,
    student: str,
    document: str | None,
    reason: str | None,
    backup: Path | None,
    out: Path | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Take a document or a student out for good.

    It takes DOCUMENT, or the whole file of STUDENT, out of the records and out of every version that was ever saved,
    on all branches, with the words by which saves, tags and stashes named it. First it makes a backup and says
    where. What a school must keep (grades, transcripts, enrollment, assessments) goes only for a --reason, which is
    recorded. Then it looks through every object, log, list and page for what was to go, and says what is left and
    what else has to be done by hand: copies elsewhere bring everything back. When it was interrupted, calling it
    again finishes it. It needs git-filter-repo. (policy: P35, P38)
    """
    need_filter_repo()
    rewriting = Rewriting(context.store)
    place = output_folder(context, out)
    with locked(rewriting.folder, context.surroundings.now(None)):
        begun = read_note(rewriting)
        plan = begun or _planned(context, rewriting, student, document, reason)
        contents = frozenset(rewriting.git.blob(each) for each in plan.objects if _has(rewriting, each))
        if begun is not None:
            context.say(f"An earlier run was interrupted while it took out {begun.what}; that is finished now.")
            context.say("Where you asked for something else, call it again afterwards.")
            context.say(f"The backup of then: {begun.backup}")
        else:
            _tell(context, rewriting, plan)
        if dry_run:
            say_runbook(context, rewriting, plan, place, in_output(place, plan, contents), dry_run=True)
            return
        if begun is None:
            _ask(context, plan, yes=yes)
            plan = _backed_up(context, rewriting, plan, backup)
            plan = replace(plan, versions=_of_this_line(context, place))
            write_note(rewriting, plan)
        remotes = rewriting.remotes()
        rewriting.rewrite(plan.paths, plan.words, rewriting.folder, lines_too=not plan.document)
        take_files_away(rewriting, plan)
        forget_copies(
            rewriting.folder, lambda path: any(below(rewriting.prefix + path, target) for target in plan.paths)
        )
        _forget_history(rewriting)
        for path in sorted((context.surroundings.settings / PRINTED).glob("*.json")):
            forget_printed(path, plan.student)
        rewriting.settle()
        _say_to_pages(context, place, plan)
        found = look_through(rewriting, plan)
        pages = in_output(place, plan, contents)
        if not found.left:
            _record(context, plan, rewriting.git.head() or "")
            (rewriting.folder / NOTE).unlink(missing_ok=True)
    _say_what_was_found(context, plan, found)
    say_runbook(context, rewriting, plan, place, pages, remotes=remotes)
    if found.left:
        click.get_current_context().exit(LEFT)


def _planned(context: Context, rewriting: Rewriting, student: str, document: str | None, reason: str | None) -> Plan:
    store = context.read_store()
    file = _file(context, rewriting, store, student)
    if rewriting.git.head() is None:
        raise WrongUse(
            "nothing has been saved here yet", f"delete the folder students/{file.id}, or the document in it"
        )
    make_sure_saved(context, rewriting)
    rewriting.make_sure_alone()
    plan = plan_document(rewriting, file, document) if document else plan_student(rewriting, file)
    if plan.protected and not reason:
        raise Refused(
            f"{plan.protected}, so it is not taken out without a reason",
            "give the reason with `--reason`, such as a court's order or a correction that was granted; it is recorded",
        )
    log = [*_out_of_hand(context, store, plan)]
    return replace(plan, reason=reason or "", before=rewriting.git.head() or "", handed=tuple(log))


def _of_this_line(context: Context, place: Path) -> tuple[str, ...]:
    """Return the versions that pages were made from and that are among ours; another copy's newer ones are not."""
    return tuple(each for each in sorted(made_from_versions(place)) if descends_from(context.store, "HEAD", each))


def _say_to_pages(context: Context, place: Path, plan: Plan) -> None:
    """Let pages know that the version they were made from has another id: the next ones would be taken for older."""
    version = saved_version(context.store)
    made_from = MadeFrom(version.commit, version.at) if version is not None else MadeFrom()
    try:
        count_as_made_from(place, plan.versions, made_from, now=context.surroundings.now(None))
    except OSError as fault:
        raise MissingTool(
            f"what pages remember of their version cannot be written: {why_not(fault)}",
            "see to that, then call it again",
        ) from fault


def _file(context: Context, rewriting: Rewriting, store: Store, text: str) -> StudentFile:
    """Return the student's file; of one who is in earlier versions alone, what is known of them."""
    try:
        return context.student(store, text)
    except WrongUse:
        found = gone_student(rewriting, text) if rewriting.git.head() is not None else None
        if found is None:
            raise
        return found


def _has(rewriting: Rewriting, blob: str) -> bool:
    try:
        rewriting.git.blob(blob)
    except OSError:
        return False
    return True


def _tell(context: Context, rewriting: Rewriting, plan: Plan) -> None:
    context.say(f"To be taken out: {visible(plan.what)}, from every version that was ever saved.")
    context.say(f"  {counted(len(plan.objects), 'content')} of {counted(len(plan.paths), 'place')}:")
    for each in plan.paths[:_MOST]:
        context.say(f"    {visible(each)}")
    if plan.other:
        context.say(f"  In earlier versions another student's file stood in students/{plan.student}: that goes too.")
    refs = counted(len(rewriting.refs()), "branch, tag or note", "branches, tags and notes")
    context.say(f"  All versions get new ids: {refs}.")


def _ask(context: Context, plan: Plan, *, yes: bool) -> None:
    if yes:
        return
    if not context.asks:
        raise WrongUse("nobody is here to be asked", "`--yes` says that it is meant")
    word = plan.document or plan.student
    question = f"This cannot be undone without the backup. Type {word} to do it"
    answer = click.prompt(question, default="", show_default=False, err=True)
    if answer.strip() != word:
        raise click.Abort


def _backed_up(context: Context, rewriting: Rewriting, plan: Plan, given: Path | None) -> Plan:
    target = context.surroundings.folder / given if given is not None else _usual_backup(context)
    real = target.parent.resolve() / target.name
    for place in (rewriting.top, rewriting.folder, output_folder(context, None)):
        if real.is_relative_to(place.resolve()):
            raise Refused(
                "the backup is not kept in the records, nor beside the pages: it holds what is to go",
                "name a place outside with `--backup`, on a disk that is locked away",
            )
    rewriting.back_up(real)
    context.say(f"Backup of all versions, readable by you alone: {real}")
    return replace(plan, backup=str(real))


def _usual_backup(context: Context) -> Path:
    school = context.read_store().school
    name = usual_path(context.surroundings.settings, school.name, school.district).stem
    now = context.surroundings.now(None)
    return context.surroundings.settings / "backups" / f"{name}-{now:%Y-%m-%d-%H%M%S}.bundle"


def _forget_history(rewriting: Rewriting) -> None:
    try:
        forget(rewriting.folder / HISTORY)
    except OSError as fault:
        raise MissingTool(
            f"what `sep history` has kept cannot be deleted: {why_not(fault)}", "see to that, then call it again"
        ) from fault


def _record(context: Context, plan: Plan, after: str) -> None:
    """Write down that it was done, and why, where the log of disclosures is kept."""
    try:
        school = context.read_store().school
        path = log_path(context.surroundings.settings, school.name, school.district)
    except WrongUse:
        path = context.surroundings.settings / "disclosures" / "unknown.jsonl"
    path = path.parent.with_name("expunged") / path.name
    line = {
        "at": context.surroundings.now(None).isoformat(timespec="seconds"),
        "on": context.today.isoformat(),
        "student": plan.student,
        "document": plan.document,
        "reason": plan.reason,
        "before": plan.before,
        "after": after,
        "backup": plan.backup,
    }
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")
    context.say(f"That it was done, and why, stands in {path}")


def _say_what_was_found(context: Context, plan: Plan, found: Found) -> None:
    if found.left:
        context.say("\nNOT everything is gone. What is left:")
        for each in found.left[:_MOST]:
            context.put(visible(each))
        context.say("Call the command again; if it stays, go on from the backup with somebody who knows git.")
        return
    context.put(f"gone: {plan.student}{'/' + plan.document if plan.document else ''}")
    what = visible(plan.what)
    context.say(f"\n{what[:1].upper()}{what[1:]} is in no version, log, list, stash or message any more.")
    for path in found.same:
        context.say(f"  the very same content also stands in {visible(path)}, and stays there")
    if found.named or found.earlier:
        context.say("It is still spoken of; look whether that may stay:")
    for path in found.named[:_MOST]:
        context.say(f"  {visible(path)}")
    if found.earlier:
        context.say(f"  {counted(found.earlier, 'older form', 'older forms')} of files, in earlier versions alone")


def _out_of_hand(context: Context, store: Store, plan: Plan) -> list[str]:
    """Return in words what was handed out, by the log and the file's own records."""
    file = store.student(plan.student)
    papers = ((f"{year.id}/{each.id}", each) for year in (file.years if file else ()) for each in year.documents)
    confidential = any(key == plan.document and not is_open(each) for key, each in papers)
    lines = []
    try:
        path = log_path(context.surroundings.settings, store.school.name, store.school.district)
        for each in of_student(read_log(path).entries, plan.student):
            given = each.given
            if not (plan.document and confidential) or plan.document in given.papers:
                lines.append(f"{each.on}  {given.viewer}: {PARTS.get(given.part, given.part)}")
    except MissingTool:
        lines.append("the log of disclosures cannot be read: nobody can tell here who was given what")
    return [*dict.fromkeys((*lines, *handed_out(store, plan)))]
