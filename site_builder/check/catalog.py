"""Every code that a finding can have, gathered from the layers that raise them."""

from __future__ import annotations

import types

from site_builder.base.codes import Code
from site_builder.check import schema_codes, structure_codes
from site_builder.check.families import FAMILIES
from site_builder.source import codes as source_codes
from site_builder.source import file_codes


def all_codes() -> tuple[Code, ...]:
    """Return all codes, in their order."""
    found = {each.code: each for module in _MODULES for each in vars(module).values() if isinstance(each, Code)}
    found |= {rule.code.code: rule.code for family in FAMILIES for rule in family}
    return tuple(found[code] for code in sorted(found))


_MODULES: tuple[types.ModuleType, ...] = (source_codes, file_codes, structure_codes, schema_codes)
