"""A rewritten sentence read for labelling: both sides, its gaps, and which kinds its words may touch.

Made once per edit and handed to everything that looks for kinds, so that nothing is
searched twice and nothing is searched that no word of the gaps calls for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from writethru.comparison.edits import Kind
from writethru.comparison.gaps import Gap, Side
from writethru.comparison.lexicon import Lexicon
from writethru.comparison.quotes import Quote
from writethru.text.tokens import Span, word_list

_CURRENCY = frozenset("$£€¥₹₽₩₪₺₴%")
_VERBS = frozenset(("May", "March"))
_ENDS = ("", ".", "!", "?", "“", '"', ":")


class Reading:
    """One rewritten sentence.

    Attributes:
        gaps: where the sides differ, typography set apart.
        quotes: quotations of both sides, by places in their texts.
        pieces: old and new characters of every gap.
        topics: kinds whose patterns may match in a gap.
        capitals: does a gap hold a capital letter?
    """

    __slots__ = ("_dates", "capitals", "gaps", "lexicon", "new", "old", "pieces", "quotes", "topics")

    def __init__(
        self,
        sides: tuple[Side, Side],
        gaps: Sequence[Gap],
        lexicon: Lexicon,
        quotes: tuple[Sequence[Quote], Sequence[Quote]],
    ) -> None:
        self.old, self.new = sides
        self.gaps = gaps
        self.lexicon = lexicon
        self.quotes = quotes
        old, new = self.old.text, self.new.text
        self.pieces = [(old[a.start : a.end], new[b.start : b.end]) for a, b in gaps]
        together = " ".join(map(" ".join, self.pieces))
        self.topics = lexicon.topics(word_list(together))
        if not _CURRENCY.isdisjoint(together):
            self.topics.add(Kind.FIGURE)
        if "&" in together:
            self.topics.add(Kind.NAME)
        self.capitals = together != together.lower()
        self._dates: tuple[list[Span], list[Span]] | None = None

    @property
    def dates(self) -> tuple[list[Span], list[Span]]:
        """Dates and times of both sides; none is sought where no gap touches one."""
        if self._dates is None:
            if Kind.DATE in self.topics or Kind.FIGURE in self.topics:
                pattern = self.lexicon.patterns[Kind.DATE]
                self._dates = _dates_of(pattern, self.old), _dates_of(pattern, self.new)
            else:
                self._dates = [], []
        return self._dates


def spans_of(pattern: re.Pattern[str], side: Side) -> list[Span]:
    """Where a pattern matches."""
    return [Span(*match.span()) for match in pattern.finditer(side.text)]


def _dates_of(pattern: re.Pattern[str], side: Side) -> list[Span]:
    """Dates; a bare ``May`` or ``March`` that begins a sentence is a verb as a rule."""
    found = spans_of(pattern, side)
    return [
        s for s in found if side.text[s.start : s.end] not in _VERBS or side.text[: s.start].rstrip()[-1:] not in _ENDS
    ]
