"""One sentence for people, made from the edits only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from writethru.comparison.edits import Edit, Kind, Op

_NAMES = {"headline": "headline", "standfirst": "standfirst", "byline": "byline", "dateline": "dateline"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def summarise(edits: Sequence[Edit], *, empty: bool) -> str:
    """Such as ``Headline rewritten; 2 sentences added.``"""
    if empty:
        return "No difference."
    if all(kind is Kind.WHITESPACE for edit in edits for kind in edit.kinds):
        return "No visible difference: white space or invisible characters only."
    phrases = [f"{_NAMES[e.where]} {e.op.value}" for e in edits if e.where in _NAMES]
    counts: Counter[Op] = Counter(e.op for e in edits if e.where not in _NAMES and e.op is not Op.LAYOUT)
    phrases += [f"{count_of(counts[op], 'sentence')} {op.value}" for op in Op if counts[op]]
    text = "; ".join(phrases) or "paragraph breaks or white space changed"
    return text[0].upper() + text[1:] + "."


def count_of(count: int, noun: str) -> str:
    """``one sentence``, ``12 sentences``."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"
