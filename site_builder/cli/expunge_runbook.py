"""What has to be done by hand when something is taken out for good: other copies are out of reach (policy: P38)."""

from __future__ import annotations

from pathlib import Path

from site_builder.cli.console import visible
from site_builder.cli.context import Context
from site_builder.cli.expunging import Plan
from site_builder.cli.output import shown
from site_builder.publish.sealed import PART as SEALED
from site_builder.publish.sealed import delivered
from site_builder.source.git_rewrite import Rewriting

MOST = 20
"""So many lines of a kind are printed; the rest is counted."""


def say_runbook(
    context: Context,
    rewriting: Rewriting,
    plan: Plan,
    place: Path,
    pages: tuple[str, ...],
    *,
    remotes: tuple[str, ...] | None = None,
    dry_run: bool = False,
) -> None:
    """Say what no program on this computer can do."""
    remotes = rewriting.remotes() if remotes is None else remotes
    say = context.say
    say("\nWhat remains to be done by hand" + (" then:" if dry_run else ":"))
    say("1. Every other copy of the records brings it back. Ask all who have one to delete it and to copy anew;")
    say("   nobody saves from an old copy, or brings one together with this.")
    if remotes:
        say(f"   Places to which this copy was joined: {', '.join(map(visible, remotes))}. Whoever runs them puts this")
        say("   history in place of the old one (git push --force --mirror) and cleans up there.")
    if pages:
        say(f"2. Pages that hold or name it, in {shown(place, context)}: build them anew, delete the others.")
        for each in pages[:MOST]:
            say(f"   {visible(each)}")
        if len(pages) > MOST:
            say(f"   ... {len(pages) - MOST} more")
    else:
        say(f"2. No page in {shown(place, context)} holds or names it that can be read.")
    sealed = sorted(delivered(place / SEALED))
    if sealed:
        say(f"   Sealed files cannot be looked into: make them anew (`sep deliver`). There are {len(sealed)}.")
    phrases = context.surroundings.settings / "phrases"
    if not plan.document and phrases.is_dir():
        say(f"   The words that open sealed files, in {phrases}, have a line for each person:")
        say("   delete those lines by hand.")
    say("3. Copies that were handed out, on paper, as sealed files or as packages: ask for them.")
    for line in plan.handed[:MOST] or ("The log and the records know of none.",):
        say(f"   {visible(line)}")
    say("4. Backups of this computer and of the school's drives, its bin, and what editors keep of earlier forms")
    say("   (VS Code: Local History).")
    say("5. The backup that this command made holds all of it. Lock it away; destroy it when all is well.")
    say("The log of disclosures keeps its lines: that something was given, and when, has to stay known.")
