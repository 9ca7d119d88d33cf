"""Article text made safe to show: marked controls, legal XML, bounded length.

The stored text is never altered. What is *shown* must not let an article speak for the page
around it: directional overrides could turn a citation around, a control character breaks XML.
"""

from __future__ import annotations

import re
from typing import Final

_DIRECTIONAL: Final = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates (UAX #9): they reach past the text they stand in."""

_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
"""Not allowed or discouraged in XML 1.0 (section 2.2) and without a shape of their own."""

MARKED: Final = re.compile(f"[{_DIRECTIONAL}{_CONTROL}]")
"""Characters that are shown by name instead of being obeyed."""

_FAR: Final = 8
"""A text this many times over its limit is cut before it is looked at, so that its length costs nothing."""

_SPACE: Final = re.compile(r"\s+")


def mark_controls(text: str) -> str:
    """``text`` with each dangerous character spelled out, as ``⟨U+202E⟩``."""
    return MARKED.sub(_spelled, text) if MARKED.search(text) else text


def _spelled(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match.group()):04X}⟩"


def clip(text: str, limit: int) -> str:
    """The first ``limit`` characters; cut text ends in "…" and, if most is missing, says how long it is."""
    if len(text) <= limit:
        return text
    length = f" ({len(text):,} characters in all)" if len(text) > 2 * limit else ""
    return f"{text[:limit].rstrip()}…{length}"


def one_line(text: str, limit: int = 300) -> str:
    """``text`` for a title, a list or a citation: one line, marked controls, about ``limit`` characters."""
    if len(text) > _FAR * limit:
        return f"{one_line(text[:limit], limit)}… ({len(text):,} characters in all)"
    return clip(_SPACE.sub(" ", mark_controls(text)).strip(), limit)
