"""When a page was published, judged by when it was captured: relative times resolved, wrong clocks named.

Pure functions over a finished reading and the time of its capture. What the outlet states is never replaced: a
relative time becomes a day only where no other day is possible, and a clock that cannot be right is a note.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from writethru.extraction.fields import RELATIVE
from writethru.extraction.relative_times import EASTERNMOST, WESTERNMOST, TimeRange, resolve
from writethru.model import Extraction

_EARLIEST_YEAR = 1990  # no page on the web is older; 1970-01-01 and 0001-01-01 are unset clocks
_AHEAD = timedelta(minutes=10)  # clocks of two machines differ by so much
_DAY_CHARS = 10
_FIELDS = ("published", "modified")
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?\Z")


def dated(read: Extraction, seen: datetime) -> Extraction:
    """The reading with its relative times resolved and its doubtful ones noted.

    Args:
        read: a reading of a page, as ``extract`` gives it.
        seen: when the page was captured, aware.
    """
    for field in _FIELDS:
        stated = getattr(read, field)
        doubt = clock_doubt(stated, seen) if stated else ""
        if doubt:
            read = replace(read, notes=(*read.notes, f"{field} “{stated}” is doubtful: {doubt}"))
    return _with_relative(read, seen)


def _with_relative(read: Extraction, seen: datetime) -> Extraction:
    for said in read.otherwise:
        if said.source != RELATIVE or said.field not in _FIELDS or getattr(read, said.field):
            continue
        meant = resolve(said.value, seen)
        if meant is None:
            continue
        if not meant.day:
            return replace(read, notes=(*read.notes, f"{said.field} {_between(meant)}"))
        source = f"{RELATIVE}: {_between(meant)}"
        provenance = {**read.provenance, said.field: source}
        notes = tuple(note for note in read.notes if note != "no date on the page")
        if said.field == "published":
            return replace(read, published=meant.day, provenance=provenance, notes=notes)
        return replace(read, modified=meant.day, provenance=provenance, notes=notes)
    return read


def _between(meant: TimeRange) -> str:
    first, last = (moment.strftime("%Y-%m-%dT%H:%MZ") for moment in (meant.earliest, meant.latest))
    return f"between {first} and {last}: {meant.basis}"


def clock_doubt(stated: str, seen: datetime) -> str:
    """Why a stated time cannot be right or says less than it seems to, or ""."""
    meant = instants(stated)
    if meant is None:
        return "it cannot be read as a time"
    if meant.latest.year < _EARLIEST_YEAR:
        return "the clock was not set"
    if meant.earliest > seen.astimezone(UTC) + _AHEAD:
        return "it is later than the capture"
    return "midnight may stand for a day without a time" if _MIDNIGHT.search(stated) else ""


def instants(stated: str) -> TimeRange | None:
    """The moments a stated ISO 8601 time can mean, as far as its precision and its zone go; None where it is none.

    A day is all of that day; without a zone it is that time anywhere on Earth.
    """
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return None
    day_only = len(stated.strip()) <= _DAY_CHARS
    width = timedelta(days=1) if day_only else timedelta(minutes=1) if moment.second == 0 else timedelta(seconds=1)
    try:
        if moment.tzinfo is not None:
            return TimeRange(moment.astimezone(UTC), (moment + width).astimezone(UTC), "stated with its zone")
        first, last = moment.replace(tzinfo=EASTERNMOST), moment.replace(tzinfo=WESTERNMOST) + width
        basis = "a day, no zone stated" if day_only else "no zone stated"
        return TimeRange(first.astimezone(UTC), last.astimezone(UTC), basis)
    except OverflowError:
        return TimeRange(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), "before all clocks")
