"""What an hour came to: the summaries that health is judged by.

Lengths of texts are kept as a histogram in steps of a twelfth of an octave (6 %), so that
hours can be added and a median read off any span.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import log2
from typing import Final

from writethru.model import Outcome

HOUR: Final = timedelta(hours=1)
NO_OUTLET: Final = 0
"""Stands for the outlet of articles whose outlet nobody has told yet."""

STEPS: Final = 12
"""Of the histogram, in one octave."""

Histogram = Mapping[int, int]
"""Step to how many readings had that length; step 0 is no text at all."""


@dataclass(frozen=True, slots=True)
class OutletHour:
    """One outlet in one hour.

    Attributes:
        hour: its beginning, UTC.
        found: articles that were new.
        outcomes: looks at articles by outcome.
        lengths: words of every page that was read.
    """

    outlet_id: int
    hour: datetime
    found: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    lengths: Histogram = field(default_factory=dict)

    @property
    def looks(self) -> int:
        """At articles, of any outcome."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class SourceHour:
    """One source in one hour.

    Attributes:
        looks, failed: how often it was read, and how often that failed.
        found: articles that it brought and that were new.
    """

    source_id: int
    hour: datetime
    looks: int = 0
    failed: int = 0
    found: int = 0


def hour_of(moment: datetime) -> datetime:
    """The beginning of the hour, UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def step_of(words: int) -> int:
    """The histogram's step for a text of so many words."""
    return 0 if words <= 0 else 1 + int(STEPS * log2(words))


def words_of(step: int) -> float:
    """The length that a step stands for: its middle."""
    return 0.0 if step == 0 else float(2 ** ((step - 0.5) / STEPS))


def added(histograms: Iterable[Histogram]) -> Counter[int]:
    """The sum of several."""
    total: Counter[int] = Counter()
    for histogram in histograms:
        total.update(histogram)
    return total


def median_words(lengths: Histogram) -> float | None:
    """The median length to 3 %, None of nothing."""
    count = sum(lengths.values())
    passed = 0
    for step in sorted(lengths):
        passed += lengths[step]
        if 2 * passed >= count > 0:
            return words_of(step)
    return None


def share_below(lengths: Histogram, words: int) -> float:
    """The share of readings with fewer words, 0 of nothing."""
    count = sum(lengths.values())
    return sum(n for step, n in lengths.items() if words_of(step) < words) / count if count else 0.0
