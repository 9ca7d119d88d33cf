"""When to raise an alarm, as pure functions that say why.

Each gives a ``Verdict``: raised, clear, or not told (too little was seen to say either). An alarm that
is raised stays until it is clear: the two thresholds lie apart, so that it does not flutter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from writethru.health.hours import HOUR, Histogram, OutletHour, SourceHour, added, hour_of, median_words, share_below
from writethru.model import Outcome, Source

RECENT: Final = timedelta(days=1)
"""What an outlet is like now; more, up to ``REACH``, where it was looked at less than ``LEAST`` times."""

REACH: Final = timedelta(days=7)
PAST: Final = timedelta(days=28)
"""What it was like before: four weeks, so that every weekday counts alike."""

LEAST: Final = 5
LEAST_PAST: Final = 20
"""Looks or readings below which nothing is said."""

SILENT: Final = 7.0
"""A source is silent when its own rhythm promised so many articles and none came: by chance once in a thousand
such spans (Poisson, e**-7)."""

WEEKS: Final = 4
"""Of rhythm; with less than one week of looks nobody knows it."""

FAILURES: Final = 3
FEW_WORDS: Final = 20
"""A page read to fewer words counts as empty."""

COLLAPSED, RESTORED = 0.5, 0.7
"""Of the median length before."""

EMPTY, NOT_EMPTY = 0.5, 0.25


class Alarm(StrEnum):
    """What is wrong; stable codes."""

    SOURCE_SILENT = "source_silent"
    SOURCE_FAILING = "source_failing"
    OUTLET_ERRORS = "outlet_errors"
    OUTLET_BLOCKED = "outlet_blocked"
    OUTLET_SUSPECT = "outlet_suspect"
    EXTRACTION_COLLAPSED = "extraction_collapsed"
    NEW_TEMPLATE = "new_template"


SHARES: Final[Mapping[Alarm, tuple[Outcome, float]]] = {
    Alarm.OUTLET_ERRORS: (Outcome.ERROR, 0.5),
    Alarm.OUTLET_BLOCKED: (Outcome.BLOCKED, 0.3),
    Alarm.OUTLET_SUSPECT: (Outcome.SUSPECT, 0.3),
}
"""Share of looks at which an alarm is raised; it is clear below half of it."""


class Standing(StrEnum):
    """What a verdict says."""

    RAISED = "raised"
    CLEAR = "clear"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is cause for an alarm, and why, for a person."""

    alarm: Alarm
    standing: Standing
    why: str = ""


def judge_source(source: Source, hours: Sequence[SourceHour], now: datetime) -> list[Verdict]:
    """All verdicts on one source.

    Args:
        hours: its own, of the last ``PAST`` and more, in any order.
    """
    return [failing(source), silent(hours, now)]


def judge_outlet(hours: Sequence[OutletHour], now: datetime) -> list[Verdict]:
    """All verdicts on one outlet; ``hours`` as for a source."""
    recent, past = spans(hours, now)
    return [*(_share(alarm, recent, past) for alarm in SHARES), collapsed(recent, past)]


def failing(source: Source) -> Verdict:
    """A source that could not be read several times in a row."""
    alarm = Alarm.SOURCE_FAILING
    if source.failures >= FAILURES:
        error = f": {source.last_error}" if source.last_error else ""
        return Verdict(alarm, Standing.RAISED, f"{source.failures} looks in a row failed{error}")
    standing = Standing.CLEAR if source.failures == 0 and source.last_look_at is not None else Standing.NOT_TOLD
    return Verdict(alarm, standing)


def silent(hours: Sequence[SourceHour], now: datetime) -> Verdict:
    """A source that brings nothing although its own rhythm promised several articles by now.

    What it promised is what it brought in the same span of hours one to four weeks ago: nights
    and weekends are part of the rhythm. Hours after it was last read count for nothing.
    """
    alarm = Alarm.SOURCE_SILENT
    newest = max((hour.hour for hour in hours if hour.found), default=None)
    read = [hour.hour for hour in hours if hour.looks > hour.failed]
    if newest is None or not read:
        return Verdict(alarm, Standing.NOT_TOLD, "it has brought nothing yet")
    begin, end = newest + HOUR, max(read) + HOUR
    if end <= begin or now - end > RECENT:
        is_news = hour_of(now) - newest <= HOUR
        return Verdict(alarm, Standing.CLEAR if is_news else Standing.NOT_TOLD, "it was not read since")
    promised = _promised(hours, min(read), begin, end)
    if promised is None:
        return Verdict(alarm, Standing.NOT_TOLD, "watched for too short a time to know its rhythm")
    if promised >= SILENT:
        why = f"nothing new since {newest:%Y-%m-%d %H} h UTC; {promised:.0f} articles were to be expected by its rhythm"
        return Verdict(alarm, Standing.RAISED, why)
    return Verdict(alarm, Standing.CLEAR)


def _promised(hours: Sequence[SourceHour], first: datetime, begin: datetime, end: datetime) -> float | None:
    """How many articles came in this span on average in the weeks before; None: no such week is known whole."""
    week = timedelta(weeks=1)
    length = min(end - begin, week)
    starts = [begin - n * week for n in range(1, WEEKS + 1) if begin - n * week >= first]
    if not starts:
        return None
    came = sum(hour.found for hour in hours for start in starts if start <= hour.hour < start + length)
    return came / len(starts) * ((end - begin) / length)


def spans(hours: Sequence[OutletHour], now: datetime) -> tuple[list[OutletHour], list[OutletHour]]:
    """What is recent and what was before, each with looks enough to judge where there are."""
    reach = RECENT
    while reach < REACH and sum(hour.looks for hour in hours if hour.hour >= now - reach) < LEAST:
        reach += RECENT
    border = now - reach
    return (
        [hour for hour in hours if border <= hour.hour <= now],
        [hour for hour in hours if border - PAST <= hour.hour < border],
    )


def share_of(outcome: Outcome, hours: Sequence[OutletHour]) -> float:
    """The share of looks with this outcome, 0 of none."""
    looks = sum(hour.looks for hour in hours)
    return sum(hour.outcomes.get(outcome, 0) for hour in hours) / looks if looks else 0.0


def _share(alarm: Alarm, recent: Sequence[OutletHour], past: Sequence[OutletHour]) -> Verdict:
    outcome, limit = SHARES[alarm]
    looks = sum(hour.looks for hour in recent)
    if looks < LEAST:
        return Verdict(alarm, Standing.NOT_TOLD, f"{looks} looks are too few")
    share, before = share_of(outcome, recent), share_of(outcome, past)
    if share >= limit and share >= 2 * before:
        return Verdict(alarm, Standing.RAISED, f"{share:.0%} of {looks} looks, {before:.0%} before")
    return Verdict(alarm, Standing.CLEAR if share < limit / 2 else Standing.NOT_TOLD)


def collapsed(recent: Sequence[OutletHour], past: Sequence[OutletHour]) -> Verdict:
    """The extractor reads far less than before: a redesign, or pages that show less."""
    alarm = Alarm.EXTRACTION_COLLAPSED
    now, before = added(hour.lengths for hour in recent), added(hour.lengths for hour in past)
    if now.total() < LEAST or before.total() < LEAST_PAST:
        return Verdict(alarm, Standing.NOT_TOLD, "too few pages were read")
    return _length_verdict(now, before)


def _length_verdict(now: Histogram, before: Histogram) -> Verdict:
    alarm = Alarm.EXTRACTION_COLLAPSED
    median, usual = median_words(now) or 0.0, median_words(before) or 0.0
    empty, was_empty = share_below(now, FEW_WORDS), share_below(before, FEW_WORDS)
    if median < COLLAPSED * usual:
        return Verdict(alarm, Standing.RAISED, f"a median of {median:.0f} words, {usual:.0f} before")
    if empty >= EMPTY and was_empty < NOT_EMPTY:
        return Verdict(alarm, Standing.RAISED, f"{empty:.0%} of pages read to nothing, {was_empty:.0%} before")
    is_well = median >= RESTORED * usual and empty < NOT_EMPTY
    return Verdict(alarm, Standing.CLEAR if is_well else Standing.NOT_TOLD)
