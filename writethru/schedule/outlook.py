"""What is to be expected of an outlet's articles: the shipped prior, moved by what was seen there.

``Interest`` is the one figure that looks are spaced by: ``weight × (pace × hazard + corrections) ** BENT`` a
minute. A look is due when the interest since the look before has come to the price of a look (``budget``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from writethru.schedule.grid import (
    BINS,
    CELLS,
    DAY_BIN,
    EDGES,
    MOMENT,
    MOST_CHANGES,
    PER_CHANGE,
    PHASE_OF,
    PHASES,
    age_of,
    bin_of,
    cell_of,
    changes_of,
)
from writethru.schedule.tally import DAYS, HOURS, PER_MINUTE, Tally

BENT: Final = 0.7
"""½ would make the sum of all delays least, 1 the number of changes seen late; see the sweep in the reference."""

AFTER_A_CHANGE: Final = 1.3
"""Weight of an article that has changed: what is missed there is a version lost, not one seen late."""

CORRECTED: Final = 0.01
"""Share of articles that are corrected in a way that counts; of these, when, is below."""

_CORRECTIONS_LEFT: Final = (
    (0.0, 1.0), (720.0, 0.86), (1440.0, 0.66), (2448.0, 0.5), (4320.0, 0.24), (10_080.0, 0.12), (43_200.0, 0.03),
    (46_080.0, 0.028),
)  # fmt: skip
"""(minutes after publication, share of corrections still to come): from 1.7 days on by NPR's published lags."""

OUTLET_WEIGHT: Final = 20.0
"""An outlet's pace counts as if so many changes had been seen just as expected."""

PHASE_WEIGHT: Final = 20.0
"""The same for each number of changes and phase beside the outlet's pace."""

CLOCK_WEIGHT: Final = 15.0
"""The same for each hour of the day and each day of the week."""

SECTION_WEIGHT: Final = 10.0
"""The same for each section."""

ROUNDS: Final = 8
"""After so many changes in a row what is left is worth next to nothing."""

LEAST_PACE: Final = 1 / 8
MOST_PACE: Final = 8.0


def _corrections() -> tuple[float, ...]:
    """Hazard of a correction by bin, per minute."""
    return tuple(max(_left(low) - _left(high), 0.0) / (high - low) * CORRECTED for low, high in pairwise(EDGES))


def _left(minute: float) -> float:
    for (low, more), (high, less) in pairwise(_CORRECTIONS_LEFT):
        if minute <= high:
            return more + (less - more) * (minute - low) / (high - low)
    return _CORRECTIONS_LEFT[-1][1]


CORRECTIONS: Final = _corrections()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of an outlet.

    Attributes:
        rates: interest a minute, by cell and bin, at an average time of an average section.
        clock: how many times that at each hour of a week (168, from Thursday 0:00 UTC, as 1970 began).
        sections: how many times that in each section that is known.
        lifetime: interest of an average article over 30 days, all its changes included.
    """

    rates: tuple[tuple[float, ...], ...]
    clock: tuple[float, ...]
    sections: dict[str, float]
    lifetime: float

    def wait(self, at: Standing, price: float) -> float:
        """Minutes until the interest has come to ``price``."""
        return _wait(self.rates[at.cell], self.clock, at, self.sections.get(at.section, 1.0), price)

    def interest(self, at: Standing, minutes: float) -> float:
        """The interest of the coming ``minutes`` (the inverse of ``wait``)."""
        return _interest(self.rates[at.cell], self.clock, at, self.sections.get(at.section, 1.0), minutes)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an article stands: its cell, minutes since its last change, minute of the clock (since 1970), section."""

    cell: int
    quiet: float
    clock: float
    section: str = ""


def outlook_of(tally: Tally | None = None) -> Outlook:
    """What an outlet's tally leads to expect; without one, the prior as it is shipped."""
    if tally is None:
        return prior()
    pace = _ratio(sum(map(sum, tally.seen)), sum(map(sum, tally.expected)), OUTLET_WEIGHT)
    paces = [
        [_bounded(pace * _ratio(seen, pace * expected, PHASE_WEIGHT)) for seen, expected in zip(*rows, strict=True)]
        for rows in zip(tally.seen, tally.expected, strict=True)
    ]
    hours = _rhythm(tally.hours_seen, tally.hours_expected, pace)
    days = _rhythm(tally.days_seen, tally.days_expected, pace)
    rates = _rates(paces)
    return Outlook(
        rates,
        tuple((hours[hour] * days[day]) ** BENT for day in range(DAYS) for hour in range(HOURS)),
        {
            name: _ratio(seen, pace * expected, SECTION_WEIGHT) ** BENT
            for name, (seen, expected) in tally.sections.items()
        },
        lifetime_interest(rates, paces),
    )


def _rhythm(seen: Sequence[float], expected: Sequence[float], pace: float) -> list[float]:
    """How much busier each hour (or day) is than the mean of them."""
    ratios = [_ratio(s, pace * e, CLOCK_WEIGHT) for s, e in zip(seen, expected, strict=True)]
    mean = sum(ratios) / len(ratios)
    return [ratio / mean for ratio in ratios]


def _ratio(seen: float, expected: float, weight: float) -> float:
    return (seen + weight) / (expected + weight)


def _bounded(pace: float) -> float:
    return min(max(pace, LEAST_PACE), MOST_PACE)


def _rates(paces: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    rows = []
    for cell in range(CELLS):
        changes = changes_of(cell)
        weight = AFTER_A_CHANGE if changes else 1.0
        hazards = PER_MINUTE[cell]
        rows.append(
            tuple(
                weight * (paces[changes][PHASE_OF[each]] * hazards[each] + CORRECTIONS[each]) ** BENT
                for each in range(BINS)
            )
        )
    return tuple(rows)


def lifetime_interest(rates: Sequence[Sequence[float]], paces: Sequence[Sequence[float]]) -> float:
    """Expected interest of an article over its life: of each cell until the next change, and of what comes then."""
    worth = [0.0] * CELLS
    last = range(CELLS - PER_CHANGE, CELLS)  # these lead to one another, the others only to those after them
    for cell in [*(list(last) * ROUNDS), *reversed(range(last[0]))]:
        worth[cell] = _worth(cell, rates[cell], paces[changes_of(cell)], worth)
    return worth[0]


def _worth(cell: int, rates: Sequence[float], paces: Sequence[float], worth: Sequence[float]) -> float:
    """Interest from entering a cell to the end, given what entering the others is worth."""
    total, still, entered = 0.0, 1.0, age_of(cell)
    hazards, changes = PER_MINUTE[cell], changes_of(cell)
    for each in range(BINS):
        low, high = EDGES[each], EDGES[each + 1]
        changed = still * (1 - math.exp(-paces[PHASE_OF[each]] * hazards[each] * (high - low)))
        following = worth[cell_of(changes + 1, entered + (low + high) / 2)]
        total += (still - changed / 2) * rates[each] * (high - low) + changed * following
        still -= changed
    return total


def _wait(rates: Sequence[float], clock: Sequence[float], at: Standing, section: float, price: float) -> float:
    left, each = price, bin_of(at.quiet)
    quiet, minute = max(at.quiet, 0.0), at.clock
    started = quiet
    while each < BINS:
        span = EDGES[each + 1] - quiet
        rate = rates[each] * section
        if each < DAY_BIN:
            hour = int((minute + MOMENT) // 60)
            rate *= clock[hour % 168]
            span = min(span, 60 * (hour + 1) - minute)
        if rate * span >= left:
            return quiet + left / rate - started
        left -= rate * span
        quiet += span
        minute += span
        if quiet >= EDGES[each + 1]:
            each += 1
    # whoever never retires is looked at on, as in the last bin
    return quiet + left / (rates[-1] * section) - started


def _interest(rates: Sequence[float], clock: Sequence[float], at: Standing, section: float, minutes: float) -> float:
    total, each = 0.0, bin_of(at.quiet)
    quiet, minute = max(at.quiet, 0.0), at.clock
    stop = quiet + max(minutes, 0.0)
    while each < BINS and quiet < stop:
        end = min(float(EDGES[each + 1]), stop)
        rate = rates[each] * section
        if each < DAY_BIN:
            hour = int((minute + MOMENT) // 60)
            rate *= clock[hour % 168]
            end = min(end, quiet + 60 * (hour + 1) - minute)
        total += rate * (end - quiet)
        minute += end - quiet
        quiet = end
        if quiet >= EDGES[each + 1]:
            each += 1
    return total + rates[-1] * section * max(stop - quiet, 0.0)


@cache
def prior() -> Outlook:
    """Of an outlet that nothing is known of: no hour is better than another."""
    paces = [[1.0] * PHASES] * (MOST_CHANGES + 1)
    rates = _rates(paces)
    return Outlook(rates, (1.0,) * (HOURS * DAYS), {}, lifetime_interest(rates, paces))
