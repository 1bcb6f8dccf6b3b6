"""A plan's programs and careers made ready to be seen: their ties by title, and who offers them (policy: P4, P32)."""

from __future__ import annotations

from collections.abc import Collection

from site_builder.access.view_pathways import CareerView, CourseTie, OfferView, ProgramView
from site_builder.base.plain import plain
from site_builder.model import occupations, programs
from site_builder.model.records import Career, PostSecondary
from site_builder.model.store import Store


class Pathways:
    """Makes programs and careers of one year ready; `seen` are the ids of the objectives that the reader sees.

    With `offers`, the colleges of the school's state are looked up.
    """

    def __init__(self, store: Store, seen: Collection[str], *, offers: bool) -> None:
        self._titles = {each.code: each.title for each in store.courses.courses}
        self._seen = seen
        self._state = programs.home_state(store.school) if offers else ""

    def program(self, program: PostSecondary) -> ProgramView:
        """Return a program as it is shown."""
        return ProgramView(
            institution=program.institution,
            program=program.program,
            cip=program.cip or "",
            field=_field(program.cip),
            credential=program.credential or "",
            objectives=self._objectives(program.objectives),
            courses=self._courses(program.courses),
            note=program.note or "",
            offers=self._offers(program.cip),
        )

    def career(self, career: Career) -> CareerView:
        """Return a career as it is shown."""
        return CareerView(
            title=career.title,
            soc=career.soc or "",
            occupation=_occupation(career),
            cip=career.cip or "",
            field=_field(career.cip),
            objectives=self._objectives(career.objectives),
            courses=self._courses(career.courses),
            note=career.note or "",
            offers=self._offers(career.cip),
        )

    def _objectives(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in ids if each in self._seen)

    def _courses(self, codes: tuple[str, ...]) -> tuple[CourseTie, ...]:
        return tuple(CourseTie(code, self._titles.get(code, "")) for code in codes)

    def _offers(self, cip: str | None) -> tuple[OfferView, ...]:
        found = programs.who_offers(cip, self._state) if cip and self._state else ()
        return tuple(OfferView(each.institution.name, each.credentials) for each in found)


def sources(shown_programs: tuple[ProgramView, ...], careers: tuple[CareerView, ...]) -> tuple[str, ...]:
    """Return the attributions of the tables whose codes or names are shown."""
    shown: tuple[ProgramView | CareerView, ...] = (*shown_programs, *careers)
    from_colleges = any(each.field or each.offers for each in shown)
    from_occupations = any(each.soc for each in careers)
    return (*((occupations.ATTRIBUTION,) * from_occupations), *((programs.ATTRIBUTION,) * from_colleges))


def _field(cip: str | None) -> str:
    return programs.fields_of_study().get(programs.four_digits(cip), "") if cip else ""


def _occupation(career: Career) -> str:
    found = occupations.occupation(career.soc) if career.soc else None
    return found.title if found is not None and plain(found.title) != plain(career.title) else ""
