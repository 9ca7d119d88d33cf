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

_SPACE: Final = re.compile(r"\s+")


def mark_controls(text: str) -> str:
    """``text`` with each dangerous character spelled out, as ``⟨U+202E⟩``."""
    return MARKED.sub(_spelled, text) if MARKED.search(text) else text


def _spelled(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match.group()):04X}⟩"


def clip(text: str, limit: int) -> str:
    """The first ``limit`` characters; cut text ends in "…" and, if cut by far, says how much is missing."""
    if len(text) <= limit:
        return text
    missing = len(text) - limit
    shown = text[:limit].rstrip()
    return f"{shown}… ({missing:,} more characters)" if missing > limit else f"{shown}…"


def one_line(text: str, limit: int = 300) -> str:
    """``text`` for a title, a list or a citation: one line, marked controls, at most ``limit`` characters."""
    return clip(_SPACE.sub(" ", mark_controls(text[: 4 * limit])).strip(), limit) + _far_cut(text, limit)


def _far_cut(text: str, limit: int) -> str:
    return f" ({len(text):,} characters in all)" if len(text) > 4 * limit else ""
