"""What was seen at one outlet, in counts small enough to keep beside it: changes, and how many were expected.

"Expected" is by the shipped prior, over the very times in which the article was watched; seen / expected is
therefore the outlet's own pace, whatever the age of its articles and however often they were looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from writethru.schedule.grid import DAY_BIN, EDGES, MOMENT, MOST_CHANGES, PHASE_OF, PHASES, bin_of, cell_of
from writethru.schedule.prior import HAZARDS

HOURS: Final = 24
DAYS: Final = 7

MEMORY: Final = 4000.0
"""Changes after which all counts are halved: an outlet's habits of years ago fade."""

MOST_SECTIONS: Final = 40
"""Sections counted apart; those that come later count for the outlet alone."""

LEAST_RATE: Final = 0.05
"""Changes per million minutes: where NHK had none, another outlet may have one, and it must count."""

PER_MINUTE: Final = tuple(tuple(max(rate, LEAST_RATE) * 1e-6 for rate in row) for row in HAZARDS)
"""The prior's hazards, changes per minute."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One article, from one look to the next.

    Attributes:
        changes, age: changes so far, and its age in minutes at the last of them.
        start, stop: minutes since that change, of the two looks.
        clock: minute since 1970 (UTC) of the first look.
        changed: the second look found a text that was not known.
        section: "" = none.
    """

    changes: int
    age: float
    start: float
    stop: float
    clock: float
    changed: bool
    section: str = ""


class Tally:
    """Counts of one outlet; grows by ``add``, is kept as JSON by ``to_dict``."""

    __slots__ = ("days_expected", "days_seen", "expected", "hours_expected", "hours_seen", "sections", "seen")

    def __init__(self) -> None:
        self.seen = [[0.0] * PHASES for _ in range(MOST_CHANGES + 1)]
        self.expected = [[0.0] * PHASES for _ in range(MOST_CHANGES + 1)]
        self.hours_seen = [0.0] * HOURS
        self.hours_expected = [0.0] * HOURS
        self.days_seen = [0.0] * DAYS
        self.days_expected = [0.0] * DAYS
        self.sections: dict[str, list[float]] = {}

    def add(self, watched: Watched) -> None:
        """Count what was watched. A change is spread over the time in which it may have happened."""
        expected = self._expect(watched, 0.5 if watched.changed else 1.0)
        if watched.changed and expected > 0:  # of a span that ended in a change, about half was watched before it
            self._see(watched, 0.5 / expected)
        if watched.section:
            self._count_section(watched.section, expected, float(watched.changed))
        if watched.changed and sum(map(sum, self.seen)) > MEMORY:
            self._fade()

    def _expect(self, watched: Watched, share: float) -> float:
        """Add what was to be expected, and give it back."""
        row, total = self.expected[min(max(watched.changes, 0), MOST_CHANGES)], 0.0
        hours, days = self.hours_expected, self.days_expected
        for each, changes, clock in _pieces(watched):
            expected = changes * share
            total += expected
            row[PHASE_OF[each]] += expected
            if each < DAY_BIN:
                hours[int((clock + MOMENT) // 60) % HOURS] += expected
                days[int((clock + MOMENT) // 1440) % DAYS] += expected
        return total

    def _see(self, watched: Watched, weight: float) -> None:
        """Add one change, spread over the span by what was expected when."""
        row = self.seen[min(max(watched.changes, 0), MOST_CHANGES)]
        for each, expected, clock in _pieces(watched):
            row[PHASE_OF[each]] += expected * weight
            if each < DAY_BIN:
                self.hours_seen[int((clock + MOMENT) // 60) % HOURS] += expected * weight
                self.days_seen[int((clock + MOMENT) // 1440) % DAYS] += expected * weight

    def _count_section(self, section: str, expected: float, seen: float) -> None:
        if section not in self.sections and len(self.sections) >= MOST_SECTIONS:
            return
        counts = self.sections.setdefault(section, [0.0, 0.0])
        counts[0] += seen
        counts[1] += expected

    def _fade(self) -> None:
        for counts in (*self._rows(), *self.sections.values()):
            counts[:] = [count / 2 for count in counts]

    def merge(self, other: Tally) -> None:
        """Add another tally's counts."""
        for mine, more in zip(self._rows(), other._rows(), strict=True):
            mine[:] = [one + two for one, two in zip(mine, more, strict=True)]
        for section, (seen, expected) in other.sections.items():
            self._count_section(section, expected, seen)
        if sum(map(sum, self.seen)) > MEMORY:
            self._fade()

    def _rows(self) -> list[list[float]]:
        clock = [self.hours_seen, self.hours_expected, self.days_seen, self.days_expected]
        return [*self.seen, *self.expected, *clock]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, 1 to 3 KB; ``from_dict`` gives an equal tally back, to six digits."""
        return {
            "seen": [_rounded(row) for row in self.seen],
            "expected": [_rounded(row) for row in self.expected],
            "hours": [_rounded(self.hours_seen), _rounded(self.hours_expected)],
            "days": [_rounded(self.days_seen), _rounded(self.days_expected)],
            "sections": {name: _rounded(counts) for name, counts in self.sections.items()},
        }

    @classmethod
    def from_dict(cls, form: dict[str, Any]) -> Tally:
        """Inverse of ``to_dict``; a form that has other measures (of another release) is begun anew."""
        made = cls()
        try:
            made._take(form)
        except (KeyError, TypeError, ValueError):
            return cls()
        return made

    def _take(self, form: dict[str, Any]) -> None:
        for name in ("seen", "expected"):
            setattr(self, name, [_counts(row, PHASES) for row in form[name]])
            if len(form[name]) != MOST_CHANGES + 1:
                raise ValueError(name)
        self.hours_seen, self.hours_expected = (_counts(row, HOURS) for row in form["hours"])
        self.days_seen, self.days_expected = (_counts(row, DAYS) for row in form["days"])
        self.sections = {str(name): _counts(row, 2) for name, row in form["sections"].items()}


def _pieces(watched: Watched) -> Iterator[tuple[int, float, float]]:
    """The span cut at the borders of bins and hours: (bin, expected changes, minute of the clock)."""
    rates = PER_MINUTE[cell_of(watched.changes, watched.age)]
    at, clock = max(watched.start, 0.0), watched.clock
    stop = watched.stop if watched.stop < EDGES[-1] else float(EDGES[-1])
    each = bin_of(at)
    while at < stop:
        border = EDGES[each + 1]
        end = border if border < stop else stop
        if each < DAY_BIN:
            end = min(end, at + 60 * (int((clock + MOMENT) // 60) + 1) - clock)
        yield each, rates[each] * (end - at), clock
        clock += end - at
        at = end
        if at >= border:
            each += 1


def _rounded(counts: list[float]) -> list[float]:
    return [float(f"{count:.6g}") for count in counts]


def _counts(row: Any, length: int) -> list[float]:
    counts = [float(count) for count in row]
    if len(counts) != length or not all(0 <= count < 1e12 for count in counts):
        raise ValueError("counts")
    return counts
