"""Templates whose words are put into their language once, when a template is compiled, and not for each page.

An environment is of one language and one school's terms, so a message without gaps is the same on every page: it
becomes a part of the template's own text. Messages with gaps are looked up where they are shown.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from site_builder.render.i18n import Messages

_NAMES = ("_", "gettext")


class Spoken(Environment):
    """A Jinja environment for one `Messages`; `speak` comes before the first template."""

    def speak(self, messages: Messages) -> None:
        """Give the templates the messages, which they take for safe HTML with gaps to fill in."""

        def gettext(message: str, **gaps: Any) -> Markup:
            return Markup(messages.template_gettext(message)) % gaps  # noqa: S704 - the catalogues are ours

        self.install_gettext_callables(  # type: ignore[attr-defined]
            messages.template_gettext,
            messages.ngettext,
            newstyle=True,
            pgettext=messages.pgettext,
            npgettext=messages.npgettext,
        )
        self.globals |= dict.fromkeys(_NAMES, gettext)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_Saying(self).visit(source), name, filename, defer_init)


class _Saying(NodeTransformer):
    """Puts what `gettext` says in the place of its call."""

    def __init__(self, spoken: Spoken) -> None:
        self._say: Any = spoken.globals["gettext"]

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - the visitor's own naming
        self.generic_visit(node)
        plain = isinstance(node.node, nodes.Name) and node.node.name in _NAMES and not node.kwargs
        if plain and len(node.args) == 1 and isinstance(message := node.args[0], nodes.Const):
            return nodes.MarkSafe(nodes.Const(str(self._say(message.value))), lineno=node.lineno)
        return node
