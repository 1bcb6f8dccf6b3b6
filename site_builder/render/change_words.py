"""What changed, in sentences: for the pages and the binder, and for the commands alike.

An example: `objective *Learn to weld*: on track → needs help; step *Call the shop* added`. A value that is not there is
not spoken of: then the sentence says no more than that the field changed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from site_builder.base.changes import BODY, SCHOOL_YEAR, WHOLE_FILE, Change, How, Part, Plain
from site_builder.base.field_titles import field_title, is_list
from site_builder.render.change_nouns import CHOICES, ENTRIES, ITEMS, OTHER_TITLES, PEOPLE
from site_builder.render.environment import date_text, number_text
from site_builder.render.i18n import Messages
from site_builder.render.vocabulary import N_, WORDS, word

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SIGNS = re.compile(r"[*_`~]|^#{1,6} |^> ")
"""What makes Markdown of words, and is no word."""
_LONGEST = 60
"""Letters of a title or value that a sentence repeats."""

_DONE: Mapping[How, str] = {
    How.ADDED: N_("%(what)s added"),
    How.REMOVED: N_("%(what)s taken out"),
    How.CHANGED: N_("%(what)s changed"),
    How.MOVED: N_("%(what)s renamed; it was %(was)s"),
}
_OF_FIELD: Mapping[How, str] = {
    How.ADDED: N_("%(field)s: %(new)s"),
    How.REMOVED: N_("%(field)s taken out"),
    How.CHANGED: N_("%(field)s changed"),
    How.MOVED: N_("%(field)s in another order"),
}
_OF_VALUE: Mapping[How, str] = {
    How.ADDED: N_("%(field)s: %(value)s added"),
    How.REMOVED: N_("%(field)s: %(value)s taken out"),
}
_OF_WORDS: Mapping[How, str] = {
    How.ADDED: N_("paragraph %(words)s added"),
    How.REMOVED: N_("paragraph %(words)s taken out"),
    How.CHANGED: N_("paragraph %(words)s written anew"),
}


def quoted(text: str, language: str) -> str:  # noqa: ARG001 - what makes HTML needs the language
    """Return words of a record as a sentence on a terminal quotes them."""
    return f"*{text}*"


def filled(message: str, parts: Mapping[str, str]) -> str:
    """Return a message with its gaps filled, as plain text."""
    return message % parts


def filled_markup(message: str, parts: Mapping[str, str]) -> Markup:
    """Return a message with its gaps filled, as HTML; parts that are not HTML yet are escaped."""
    return Markup(escape(message)) % parts  # noqa: S704 - the message is escaped, and so are the parts


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Says changes in the language of `messages`.

    `person` gives the name of an id. `quote` (of words and the language of them) and `fill` make plain text, or HTML.
    `current_year` is the school year that goes without saying.
    """

    messages: Messages
    person: Callable[[str], str] = str
    current_year: str = ""
    quote: Callable[[str, str], str] = quoted
    fill: Callable[[str, Mapping[str, str]], str] = filled
    most: int = field(default=6)
    """So many changes within one entry are told; the rest is counted."""

    def sentence(self, change: Change) -> str:
        """Return what became of an entry, without a full stop: `objective *Learn to weld*: on track → needs help`."""
        if change.kind == WHOLE_FILE:
            return self._of_file(change)
        if change.kind == SCHOOL_YEAR:
            return self._say(N_("school year %(year)s begun"), year=change.year)
        what = self._entry(change)
        clauses = list(self._clauses(change))
        if change.how is How.MOVED:
            moved = self._say(_DONE[How.MOVED], what=what, was=change.was)
            return self._joined([moved, *clauses])
        if change.how is not How.CHANGED or (not clauses and self._plainly(change)):
            return self._with_state(change, self._say(_DONE[change.how], what=what))
        if not clauses and not change.unread:
            return self._say(N_("%(what)s: written in another way, with the same content"), what=what)
        if not clauses:
            return self._with_state(change, self._say(_DONE[How.CHANGED], what=what))
        return self._with_state(change, self._say("%(what)s: %(clauses)s", what=what, clauses=self._joined(clauses)))

    def heading(self, day: dt.date, who: str = "") -> str:
        """Return day and author above the sentences of a save: `Oct 3, 2026, Harriet Begay`."""
        said = date_text(self.messages, day, "day")
        return self._say("%(day)s, %(who)s", day=said, who=who) if who else said

    def _say(self, message: str, **parts: str) -> str:
        return self.fill(self.messages.gettext(message), parts)

    def _joined(self, clauses: Iterable[str]) -> str:
        found = list(clauses)
        text = found[0] if found else ""
        for each in found[1:]:
            text = self.fill("%(text)s; %(more)s", {"text": text, "more": each})
        return text

    def _plainly(self, change: Change) -> bool:
        return change.kind not in ENTRIES or change.kind == "attachment" or change.kind == "other"

    def _with_state(self, change: Change, sentence: str) -> str:
        if change.unread:
            return self._say(N_("%(sentence)s (in a form that cannot be read)"), sentence=sentence)
        if change.older_form:
            return self._say(N_("%(sentence)s (in an older form)"), sentence=sentence)
        return sentence

    def _of_file(self, change: Change) -> str:
        if change.how is How.MOVED:
            return self._say(N_("the folder got another name; it was %(was)s"), was=change.was)
        begun, gone = N_("the file was begun"), N_("the file was taken out")
        return self._say(gone if change.how is How.REMOVED else begun)

    def _entry(self, change: Change) -> str:
        titled = change.title or change.id
        if change.kind in ("registration", "report-card"):
            title = word(self.messages, "term", titled)
        elif _DAY.fullmatch(titled):
            title = self._day(titled)
        else:
            title = self.quote(_short(titled), change.language)
        what = self._say(ENTRIES.get(change.kind, "%(title)s"), title=title)
        if change.year and change.year != self.current_year:
            return self._say("%(what)s (%(year)s)", what=what, year=change.year)
        return what

    def _clauses(self, change: Change) -> Iterator[str]:
        said = [self._part(change, each) for each in change.parts if each.field != (BODY,)]
        said.extend(self._words(change))
        yield from said[: self.most]
        more = len(said) - self.most
        if more > 0:
            message = self.messages.ngettext("%(count)s more change", "%(count)s more changes", more)
            yield self.fill(message, {"count": str(more)})

    def _words(self, change: Change) -> Iterator[str]:
        parts = [each for each in change.parts if each.field == (BODY,)]
        if parts and all(each.old is None and each.new is None for each in parts):
            yield self._say(N_("the words were changed"))
            return
        for each in parts:
            words = each.old if each.how is How.REMOVED else each.new
            plain = _SIGNS.sub("", str(words))
            yield self._say(_OF_WORDS[each.how], words=self.quote(_short(plain), change.language))

    def _part(self, change: Change, part: Part) -> str:
        kind = change.kind
        named = self._field(kind, part.field)
        if part.item and (kind, part.field[0]) in ITEMS:
            what = self._say(ITEMS[kind, part.field[0]], title=self._item(change, part))
            if len(part.field) == 1:
                return self._say(_DONE[part.how], what=what)
            return self._say("%(what)s: %(clauses)s", what=what, clauses=self._valued(change, part, named))
        single = part.new if part.how is How.ADDED else part.old
        if part.how in _OF_VALUE and len(part.field) == 1 and is_list(kind, part.field) and single is not None:
            return self._say(_OF_VALUE[part.how], field=named, value=self._value(change, part, single))
        return self._valued(change, part, named)

    def _valued(self, change: Change, part: Part, named: str) -> str:
        old = self._value(change, part, part.old) if part.old is not None else ""
        new = self._value(change, part, part.new) if part.new is not None else ""
        if part.how is How.CHANGED and old and new:
            if part.field == ("status",):
                return self._say("%(old)s → %(new)s", old=old, new=new)
            return self._say("%(field)s: %(old)s → %(new)s", field=named, old=old, new=new)
        if new and part.how is not How.MOVED:
            return self._say(_OF_FIELD[How.ADDED], field=named, new=new)
        if part.how is How.ADDED:
            return self._say(N_("%(field)s added"), field=named)
        return self._say(_OF_FIELD[part.how], field=named)

    def _field(self, kind: str, keys: tuple[str, ...]) -> str:
        title = OTHER_TITLES.get((kind, *keys)) or field_title(kind, keys)
        if title or not keys:
            return _small(self.messages.gettext(title)) if title else ""
        above = field_title(kind, keys[:-1])
        return f"{_small(self.messages.gettext(above))} {keys[-1]}" if above else f"`{keys[-1]}`"

    def _item(self, change: Change, part: Part) -> str:
        if part.field[0] in PEOPLE:
            return self.person(part.item)
        return self.quote(_short(part.item), change.language)

    def _value(self, change: Change, part: Part, value: Plain) -> str:
        key = part.field[-1] if part.field else ""
        if isinstance(value, bool):
            return self.messages.gettext(N_("yes") if value else N_("no"))
        if isinstance(value, int | float):
            return number_text(self.messages, value)
        if isinstance(value, dict | list) or value is None:
            return ""
        table = CHOICES.get((change.kind, key))
        if table is not None and value in WORDS[table]:
            return _small(word(self.messages, table, value))
        if _DAY.fullmatch(value):
            return self._day(value)
        return self.person(value) if key in PEOPLE else self.quote(_short(value), change.language)

    def _day(self, value: str) -> str:
        try:
            return date_text(self.messages, dt.date.fromisoformat(value), "day")
        except ValueError:
            return value


def _short(text: str) -> str:
    """Return at most so many letters of `text`, cut between two words where that can be."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0].rstrip(",;:.") + "…" if " " in text[:_LONGEST] else text[:_LONGEST] + "…"


def _small(text: str) -> str:
    """Return a title as it stands within a sentence; `GPA` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
