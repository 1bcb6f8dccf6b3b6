"""Every code that a finding can have, gathered from the layers that raise them."""

from __future__ import annotations

import types

from site_builder.base.codes import Code
from site_builder.check import district, schema_codes, structure_codes
from site_builder.check.families import FAMILIES
from site_builder.source import codes as source_codes
from site_builder.source import file_codes


def all_codes() -> tuple[Code, ...]:
    """Return all codes, in their order; one that two layers declare is there twice, and a test finds it."""
    declared = [each for module in _MODULES for each in vars(module).values() if isinstance(each, Code)]
    ruled = [rule.code for family in FAMILIES for rule in family]
    return tuple(sorted({id(each): each for each in (*declared, *ruled)}.values(), key=lambda each: each.code))


_MODULES: tuple[types.ModuleType, ...] = (source_codes, file_codes, structure_codes, schema_codes, district)
