"""Which characters of a paragraph stand inside quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

_PAIRS = {"“": "”", "«": "»", "「": "」", "『": "』", "„": "“”", "»": "«", "‘": "’", '"': '"', "'": "'", "＂": "＂"}
_SIGN = re.compile("[“”«»„「」『』‘’\"'＂]")
_SINGLE = frozenset("‘’'")


class Quote(NamedTuple):
    """One quotation: the place of its opening sign, and one past its closing one.

    ``closed`` is False where it runs on past the end of the paragraph.
    """

    start: int
    end: int
    closed: bool

    @property
    def inner(self) -> tuple[int, int]:
        """The characters between the signs."""
        return self.start + 1, self.end - self.closed


def quotes_in(text: str) -> list[Quote]:
    """The outermost quotations of a paragraph, in order.

    An apostrophe is no quotation mark: a single sign opens only before a letter and after
    none, and closes only after a sign or letter and before none.
    """
    found = []
    opened: tuple[int, str] | None = None
    for match in _SIGN.finditer(text):
        at, sign = match.start(), match.group()
        if opened is None:
            if sign in _PAIRS and _may_open(text, at, sign):
                opened = at, _PAIRS[sign]
        elif sign in opened[1] and _may_close(text, at, sign):
            found.append(Quote(opened[0], at + 1, True))
            opened = None
    if opened is not None and text[opened[0]] not in _SINGLE:
        found.append(Quote(opened[0], len(text), False))
    return found


def _may_open(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "»" and (after.isspace() or not after):
        return False
    if sign in "\"'‘＂":
        return not before.isalnum() and bool(after) and not after.isspace()
    return True


def _may_close(text: str, at: int, sign: str) -> bool:
    if sign not in _SINGLE:
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not after.isalnum() and not before.isspace()
