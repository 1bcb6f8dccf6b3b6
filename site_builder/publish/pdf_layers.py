"""Which layers of a PDF are printed: those that its own settings switch off are not, and must not come along unseen.

Read as ISO 32000-2, 8.11: the default configuration switches layers on and off, its usage for printing may switch
them otherwise, and a membership says how several layers decide together.
"""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_DEEPEST = 20
"""Expressions of layers nested more deeply than this are taken for hidden: no program writes them."""


class Layers:
    """The layers of one document; `any_hidden` tells whether one is switched off for printing."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._off: set[tuple[int, int]] = set()
        properties = pdf.Root.get(Name.OCProperties)
        if not isinstance(properties, Dictionary):
            return
        groups = [each for each in _items(properties.get(Name.OCGs)) if isinstance(each, Dictionary)]
        default = properties.get(Name.D)
        settings = default if isinstance(default, Dictionary) else Dictionary()
        if settings.get(Name.BaseState) == Name.OFF:
            self._off.update(each.objgen for each in groups)
        self._off.difference_update(each.objgen for each in _items(settings.get(Name.ON)))
        self._off.update(each.objgen for each in _items(settings.get(Name.OFF)))
        self._apply_usage(settings)

    @property
    def any_hidden(self) -> bool:
        """Return whether some layer of the document is not printed."""
        return bool(self._off)

    def hides(self, layer: Object | None, depth: int = 0) -> bool:
        """Tell whether what belongs to `layer`, a layer or a membership in several, is not printed."""
        if not isinstance(layer, Dictionary):
            return False
        if layer.get(Name.Type) != Name.OCMD:
            return layer.objgen in self._off
        expression = layer.get(Name.VE)
        if isinstance(expression, Array):
            return not self._holds(expression, depth)
        members = layer.get(Name.OCGs)
        groups = [members] if isinstance(members, Dictionary) else _items(members)
        shown = [each.objgen not in self._off for each in groups if isinstance(each, Dictionary)]
        if not shown:
            return False
        policy = str(layer.get(Name.P, Name.AnyOn))
        answers = {"/AllOn": all(shown), "/AnyOff": not all(shown), "/AllOff": not any(shown)}
        return not answers.get(policy, any(shown))

    def _holds(self, expression: Array, depth: int) -> bool:
        terms = list(expression)
        if not terms or depth > _DEEPEST:
            return False
        values = [
            self._holds(each, depth + 1) if isinstance(each, Array) else not self.hides(each, depth + 1)
            for each in terms[1:]
        ]
        operator = str(terms[0])
        if operator == "/Not":
            return len(values) == 1 and not values[0]
        return all(values) if operator == "/And" else any(values) and operator == "/Or"

    def _apply_usage(self, settings: Dictionary) -> None:
        """Let the layers' own words on printing decide where the document asks for it."""
        for usage in _items(settings.get(Name.AS)):
            if not isinstance(usage, Dictionary) or usage.get(Name.Event) != Name.Print:
                continue
            if Name.Print not in list(_items(usage.get(Name.Category))):
                continue
            for group in _items(usage.get(Name.OCGs)):
                state = _print_state(group)
                if state == Name.OFF:
                    self._off.add(group.objgen)
                elif state == Name.ON:
                    self._off.discard(group.objgen)


def _print_state(group: Object) -> Object | None:
    about = group.get(Name.Usage) if isinstance(group, Dictionary) else None
    printing = about.get(Name.Print) if isinstance(about, Dictionary) else None
    return printing.get(Name.PrintState) if isinstance(printing, Dictionary) else None


def _items(value: Object | None) -> Iterable[Object]:
    return list(value) if isinstance(value, Array) else ()
