"""How many random cases are tried: a few by default, many with `make test-long`; none is timed."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("short", deadline=None)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("short")
