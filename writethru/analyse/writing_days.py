"""From which day a version's "Thursday" is meant: the article's, or the one on which new words were first seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from writethru.model import ArticleText, TimeBasis, Version
from writethru.statements.reading import READ_KINDS, Reading, Unit, read_unit

NEAR: Final = timedelta(hours=36)
"""A version seen later than this after the article's day may have been written on any day since: what is new in it
leaves "Thursday" unresolved."""
_DATED: Final = frozenset({TimeBasis.OBSERVED, TimeBasis.STATED})
_EDITED: Final = 0.5
"""Share of the words of a paragraph that one of the version before has too: it was edited, and may keep its day."""


class WritingDays:
    """The days on which what is new in a version may have been written.

    Args:
        at: when the article was written, None where that is not known.
        version: whose words they are; ``before``: the version before it, None for the first one.
        text_before: the text of that one, asked for only where it is needed.
    """

    def __init__(
        self, at: datetime | None, version: Version, before: Version | None, text_before: Callable[[], ArticleText]
    ) -> None:
        self._first = None if at is None else at.date()
        self._later = () if at is None or before is None else _later(at, version, before)
        self._text_before = text_before
        self._words: list[frozenset[str]] | None = None

    def read(self, unit: Unit, language: str) -> Reading:
        """A unit as it reads from its day; where several may be meant and they read otherwise, from none."""
        days = self._of(unit)
        if not days:
            return read_unit(unit, language, None)
        reading = read_unit(unit, language, days[0])
        if all(read_unit(unit, language, other) == reading for other in days[1:]):
            return reading
        return read_unit(unit, language, None)

    def _of(self, unit: Unit) -> tuple[date, ...]:
        if self._first is None or self._later is None:
            return ()
        if not self._later or self._later == (self._first,):
            return (self._first,)
        if self._is_edit(unit):
            return tuple(dict.fromkeys((self._first, *self._later)))
        return self._later

    def _is_edit(self, unit: Unit) -> bool:
        """Does a paragraph of the version before have half of its words?"""
        if self._words is None:
            text = self._text_before()
            told = [text.headline, text.standfirst, *(one.text for one in text.blocks if one.kind in READ_KINDS)]
            self._words = [_words(one) for one in told]
        mine = _words(" ".join(unit.texts))
        return any(len(mine & other) >= _EDITED * len(mine) for other in self._words)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def _later(at: datetime, version: Version, before: Version) -> tuple[date, ...] | None:
    """From the last look at the version before to the first at this one; None where that is too late to be told."""
    if version.basis not in _DATED or version.first_seen - at > NEAR:
        return None
    begins = version.first_seen if version.basis is TimeBasis.STATED else min(before.last_seen, version.first_seen)
    first, last = max(begins, at).date(), max(version.first_seen, at).date()
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
