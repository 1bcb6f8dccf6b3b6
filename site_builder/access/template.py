"""What is asked of everyone, by the edition of the template under which a student's plan was made (policy: P18)."""

from __future__ import annotations

from site_builder.access.view_template import NewerTemplateView, TemplateView
from site_builder.model.editions import changes, edition_of, steps_of
from site_builder.model.store import Store, StudentFile


def template_view(store: Store, file: StudentFile, grade: int | None) -> TemplateView | None:
    """Return the program for a student of `grade`, with what a newer edition changes in credits and in that grade."""
    newest = file.years[-1] if file.years else None
    own = edition_of(store, newest.plan if newest is not None else None)
    if own is None:
        return None
    current, newer = store.program, None
    if current is not None and current is not own:
        changed = changes(own, current)
        mine = next((each for each in changed.steps if each.grade == grade), None)
        newer = NewerTemplateView(
            title=current.title,
            version=current.version,
            adopted_on=current.adopted_on,
            credits=changed.credits,
            added=mine.added if mine is not None else (),
            gone=mine.gone if mine is not None else (),
        )
    return TemplateView(title=own.title, version=own.version, steps=steps_of(own, grade), newer=newer)
