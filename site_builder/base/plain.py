"""How words are compared wherever somebody looks for something: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """Return `text` as it is compared: no case, no accents, single spaces for all that is no letter or digit."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", letters))
