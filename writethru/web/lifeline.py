"""The life line: versions, looks and outages of one article on one time axis.

Pure geometry; the template draws it as SVG. News is edited mostly in its first hours and
corrected weeks later, so the axis is linear or logarithmic, whichever sets the versions further apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Final

from writethru.model import Appearance, Capture, Outcome, TimeBasis
from writethru.publish.moments import DATED
from writethru.text.wording import counted
from writethru.views import describe_gap

WIDTH: Final = 720.0
"""Width of the drawing in its own units; the template scales it."""

_LOG_UNIT: Final = timedelta(minutes=20)
"""The least time between two looks: below it a logarithmic axis has nothing to show."""

_LABEL_WIDTH: Final = 26.0
"""Room that the label of one version needs; crowded labels are left out (the table has them all)."""

_TICK_WIDTH: Final = 78.0
_LAST_TICK_WIDTH: Final = 170.0
"""Room for the label at the end of the axis, the longest one: "12 days 23 hours later"."""

_STEPS: Final = tuple(
    timedelta(minutes=minutes)
    for minutes in (10, 60, 360, 1_440, 10_080, 43_200, 131_400, 525_600, 1_576_800, 5_256_000)
)
_STEP_NAMES: Final = (
    "10 minutes",
    "1 hour",
    "6 hours",
    "1 day",
    "1 week",
    "30 days",
    "3 months",
    "1 year",
    "3 years",
    "10 years",
)

SYMBOLS: Final = {
    Outcome.SUSPECT: "?",
    Outcome.BLOCKED: "×",
    Outcome.TEASER: "~",
    Outcome.GONE: "○",
    Outcome.MOVED: "→",
    Outcome.ERROR: "!",
}
"""The mark of each outcome that brought no text, told apart by shape."""


@dataclass(frozen=True, slots=True)
class Span:
    """One appearance of a version, drawn from ``x`` for ``width`` units; ``gap`` more until the next one."""

    version: int
    x: float
    width: float
    gap: float
    label: str
    anchor: str
    even: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch in which no look brought a text: from the first of these looks to the next that did, or to the end."""

    x: float
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Looks that brought no text, at one place."""

    x: float
    symbol: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class LifeLine:
    """The whole drawing.

    Attributes:
        dated: start and end are dates; otherwise only the time between looks is known.
        looks: the SVG path of the look marks.
    """

    start: datetime
    end: datetime
    scale: str
    dated: bool
    spans: tuple[Span, ...]
    outages: tuple[Outage, ...]
    marks: tuple[Mark, ...]
    looks: str
    ticks: tuple[Tick, ...]

    @property
    def lasted(self) -> str:
        """The length of the axis in words."""
        return describe_gap(self.end - self.start)


@dataclass(frozen=True, slots=True)
class Axis:
    """Times to places: linear, or logarithmic in the time since ``start``."""

    start: datetime
    end: datetime
    scale: str

    def x(self, moment: datetime) -> float:
        """The place of a moment, 0 … ``WIDTH``."""
        span, since = self.end - self.start, moment - self.start
        if self.scale == "linear":
            return round(WIDTH * (since / span), 1)
        return round(WIDTH * math.log1p(since / _LOG_UNIT) / math.log1p(span / _LOG_UNIT), 1)


def life_line(appearances: Sequence[Appearance], captures: Sequence[Capture]) -> LifeLine | None:
    """The drawing, or None where there is no stretch of time to draw.

    Looks whose time is only that of an import have no place on the axis.
    """
    captures = [capture for capture in captures if capture.look.basis is not TimeBasis.IMPORTED]
    appearances = [appearance for appearance in appearances if appearance.basis is not TimeBasis.IMPORTED]
    moments = [c.look.captured_at for c in captures]
    moments += [moment for a in appearances for moment in (a.first_seen, a.last_seen)]
    if not moments or min(moments) == max(moments):
        return None
    axis = choose_axis(min(moments), max(moments), [a.first_seen for a in appearances])
    return LifeLine(
        start=axis.start,
        end=axis.end,
        scale=axis.scale,
        dated=all(capture.look.basis in DATED for capture in captures),
        spans=_spans(axis, appearances),
        outages=tuple(_outages(axis, captures)),
        marks=_marks(axis, captures),
        looks=_looks(axis, captures),
        ticks=_ticks(axis),
    )


def choose_axis(start: datetime, end: datetime, moments: Sequence[datetime]) -> Axis:
    """The axis on which neighbouring moments stand further apart (by the product of the gaps)."""
    axes = [Axis(start, end, scale) for scale in ("linear", "logarithmic")]
    return max(axes, key=lambda axis: _spread([axis.x(moment) for moment in moments]))


def _spread(places: Sequence[float]) -> float:
    ordered = [*sorted(places), WIDTH]
    return sum(math.log(max(after - before, 0.5)) for before, after in pairwise(ordered))


def _spans(axis: Axis, appearances: Sequence[Appearance]) -> tuple[Span, ...]:
    spans: list[Span] = []
    seen: set[int] = set()
    free_from = -_LABEL_WIDTH
    for position, appearance in enumerate(appearances):
        x, end = axis.x(appearance.first_seen), axis.x(appearance.last_seen)
        following = axis.x(appearances[position + 1].first_seen) if position + 1 < len(appearances) else end
        label = ""
        if x - free_from >= _LABEL_WIDTH:
            label, free_from = str(appearance.version_number), x
        spans.append(
            Span(
                version=appearance.version_number,
                x=x,
                width=max(end - x, 2.0),
                gap=max(following - end, 0.0),
                label=label,
                anchor="end" if x > WIDTH - _LABEL_WIDTH else "start",
                even=position % 2 == 1,
                returned=appearance.version_number in seen,
            )
        )
        seen.add(appearance.version_number)
    return tuple(spans)


def _outages(axis: Axis, captures: Sequence[Capture]) -> Iterator[Outage]:
    for failed, group in groupby(captures, key=lambda capture: capture.look.outcome in SYMBOLS):
        members = list(group)
        if not failed:
            continue
        first, last = members[0].look.captured_at, members[-1].look.captured_at
        following = (c.look.captured_at for c in captures if c.look.captured_at > last)
        x, end = axis.x(first), axis.x(next(following, axis.end))
        names = ", ".join(dict.fromkeys(member.look.outcome.value for member in members))
        yield Outage(x, max(round(end - x, 1), 2.0), f"no text at {counted(len(members), 'look')}: {names}")


def _marks(axis: Axis, captures: Sequence[Capture]) -> tuple[Mark, ...]:
    """One mark per kind of failure and 12 units of width."""
    places: dict[tuple[Outcome, int], list[Capture]] = {}
    for capture in captures:
        if capture.look.outcome in SYMBOLS:
            place = (capture.look.outcome, int(axis.x(capture.look.captured_at) / 12))
            places.setdefault(place, []).append(capture)
    return tuple(
        Mark(
            x=axis.x(members[0].look.captured_at),
            symbol=SYMBOLS[outcome],
            title=f"{outcome.value}, {len(members)} {'look' if len(members) == 1 else 'looks'}",
        )
        for (outcome, _), members in places.items()
    )


def _looks(axis: Axis, captures: Sequence[Capture]) -> str:
    places = sorted({axis.x(capture.look.captured_at) for capture in captures})
    return "".join(f"M{place:g} 0v7" for place in places)


def _ticks(axis: Axis) -> tuple[Tick, ...]:
    ticks = [Tick(0.0, "first seen", "start")]
    lasted = axis.end - axis.start
    free_from = 0.0
    for step, name in zip(_STEPS, _STEP_NAMES, strict=True):
        if step >= lasted:
            break
        x = axis.x(axis.start + step)
        if x - free_from >= _TICK_WIDTH and x <= WIDTH - _LAST_TICK_WIDTH:
            ticks.append(Tick(x, name, "middle"))
            free_from = x
    ticks.append(Tick(WIDTH, f"{describe_gap(lasted)} later", "end"))
    return tuple(ticks)
