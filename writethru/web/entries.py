"""The entries of the river, rendered once: a page of known changes is put together from what is kept."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from writethru.river import Order, Wanted
from writethru.views import ChangeRow
from writethru.web.rendering import Renderer

KEPT: Final = 2_000
"""Entries kept, those shown last: about 3 kB each."""

LONGEST: Final = 4_000
"""Characters of an entry's headline, outlet and summary; one with more is made anew each time."""


class Entries:
    """Renders entries. What is kept is told apart by all that an entry shows, so it is never out of date.

    Args:
        renderer: of the pages.
        words: functions that the template uses, by name.
    """

    def __init__(self, renderer: Renderer, **words: Any) -> None:
        self.renderer = renderer
        self.words = words
        self._kept = lru_cache(KEPT)(self._made)

    def of(self, row: ChangeRow, folded: int, wanted: Wanted) -> Markup:
        """One entry as it stands among the answers to a question."""
        long = len(row.headline) + len(row.outlet) + len(row.record.summary) > LONGEST
        return (self._made if long else self._kept)(row, folded, wanted)

    def _made(self, row: ChangeRow, folded: int, wanted: Wanted) -> Markup:
        dated = wanted.order is not Order.NEWEST
        context = {"row": row, "folded": folded, "wanted": wanted, "dated": dated, "replace": replace}
        return self.renderer.fragment("entry.html", **context, **self.words)
