"""The words before a report that say from where, by whom and when it was sent: nobody said them."""

from __future__ import annotations

import re
from typing import Final

_DATELINE: Final = re.compile(
    r"[A-Z][A-Z .'’-]{2,30}(?:, (?:[A-Z][\w.’' ]{1,24}|\d\d? [A-Z][a-z]{2,8}\.?)){0,2}"
    r"(?: \([A-Za-z][\w ./]{1,24}\))?,? *(?:--|[—–-]) +(?=\S)"
)


def dateline_end(text: str, start: int = 0, end: int | None = None) -> int:
    """Where the words of a paragraph begin behind its dateline ("ALDERSUND, 3 May (Nordwire) — "); ``start`` without.

    >>> dateline_end("LORN, 3 May (Nordwire) — It rained."), dateline_end("It rained.")
    (25, 0)
    """
    begins = start == 0 or text[start - 1] == "\n"
    found = _DATELINE.match(text, start, len(text) if end is None else end) if begins else None
    return found.end() if found else start
