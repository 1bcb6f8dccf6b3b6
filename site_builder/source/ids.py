"""Ids: the names of a store's folders and record files."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 63
ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?", re.IGNORECASE
)
"""Names that mean devices on Windows, with any suffix."""

_NOT_DECOMPOSED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’ʻʼ‘", "")
)


def good_name(name: str) -> str:
    """Return an id made of `name` (`María López` gives `maria-lopez`), or an empty text where no letter is left."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_NOT_DECOMPOSED)).translate(_NOT_DECOMPOSED)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    made = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].rstrip("-")
    return made if ID.fullmatch(made) and not RESERVED.fullmatch(made) else ""
