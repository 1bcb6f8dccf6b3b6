"""What every page and print page knows: for whom it is, on which day, and where its papers lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from site_builder.access.view import Date, PaperView, StudentView, ViewerView, Words
from site_builder.render.markdown import Markdown
from site_builder.render.papers import PaperCopy


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The second argument of the macros in `templates/parts`.

    `base` leads from the page to the student's folder; `copies` are that student's papers by their path in the file.
    """

    viewer: ViewerView
    on: Date
    file: StudentView
    markdown: Markdown
    copies: Mapping[str, PaperCopy] = field(default_factory=dict)
    base: str = ""

    @property
    def voice(self) -> str:
        """Return whom the page speaks to: `student`, `family`, `staff` or `everyone`."""
        itself = any(person.id == self.viewer.id and person.role == "student" for person in self.file.people)
        return "student" if self.viewer.id and itself else self.viewer.audience

    @property
    def codes(self) -> bool:
        """Tell whether the codes of courses say something to the reader: a family knows them by their titles."""
        return self.viewer.audience != "family"

    @property
    def short_name(self) -> str:
        """Return the student's name as it is said."""
        return self.file.preferred_name or self.file.name.split(" ")[0]

    def pick(self, own: str, other: str) -> str:
        """Return `own` where the student reads, `other` for everybody else."""
        return own if self.voice == "student" else other

    def words(self, words: Words, level: int = 4) -> Markup:
        """Return somebody's words as safe HTML, their headings from `level` down."""
        return self.markdown.render(words, level)

    def copy(self, paper: PaperView) -> PaperCopy | None:
        """Return the copy of a paper, or nothing when its file could not be read."""
        return self.copies.get(paper.path)

    def link(self, copy: PaperCopy) -> str:
        """Return the address of a copied paper from this page."""
        return copy.link(self.base)

    def image(self, copy: PaperCopy) -> str:
        """Return the address of a copied image from this page."""
        return copy.image_link(self.base)
