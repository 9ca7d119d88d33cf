"""What a saved search found, in words and as a fragment of HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from writethru.publish.safe_text import mark_controls
from writethru.search.matching import Passage
from writethru.storage.search_store import NewMatch
from writethru.views import stamp

FIRST: Final = 1
"""Ordinal of the first appearance of an article: no change brought it."""


def came_or_went(match: NewMatch) -> str:
    """For a title."""
    if match.event == "ended":
        return "the words left"
    return "the words stand" if match.ordinal == FIRST else "the words came"


def found_words(match: NewMatch) -> str:
    """What was observed, and no more."""
    if match.event == "ended":
        return f"What this search looks for is no more in version {match.version}, first seen {stamp(match.at)}."
    if match.ordinal == FIRST:
        return f"What this search looks for stands in the first text that was seen, at {stamp(match.at)}."
    return f"What this search looks for came with version {match.version}, first seen {stamp(match.at)}."


def found_html(match: NewMatch, difference: str = "", passages: Sequence[Passage] = ()) -> str:
    """The content of an entry: what was found, then the difference, or where the words stand.

    Args:
        difference: of the change, as HTML that is safe.
        passages: of the first text, for which there is no change.
    """
    quoted = "".join(f"<blockquote><p>{_marked(passage)}</p></blockquote>" for passage in passages)
    return f"<div><p>{escape(found_words(match))}</p>{quoted}{difference}</div>"


def _marked(passage: Passage) -> str:
    pieces = ((escape(mark_controls(piece.text)), piece.found) for piece in passage.pieces)
    return "".join(f"<mark>{text}</mark>" if found else text for text, found in pieces)
