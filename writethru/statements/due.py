"""By when: the deadline phrases of a text, each with the days it falls on, or the event it hangs on.

A deadline looks ahead: a day that only a year could tell ("3 May") is the next one after the day of writing. What hangs
on an event ("a month after signing") has no day until the event has one (``resolved``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from writethru.statements.calendar import WEEKDAYS, Days, days_of, shifted_month, week_of
from writethru.statements.time_context import EVENT, LOOSE, TimeKind
from writethru.statements.times import TimeExpression, times_in
from writethru.text.tokens import Span


class Reach(StrEnum):
    """How a deadline bounds what is to be done."""

    BY = "by"
    """At any time up to it."""
    ON = "on"
    """At that time."""
    WITHIN = "within"
    """At any time within so long."""
    FROM = "from"
    """It begins then."""
    UNTIL = "until"
    """It lasts till then."""


class CountedFrom(StrEnum):
    """What a length of time is counted from."""

    NOTHING = ""
    """No length is counted: the text names the day."""
    WRITING = "writing"
    """The day of writing, because the text names no other: "in 30 days"."""
    EVENT = "event"
    """An event that the text names: "a month after signing"."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is to be done.

    Attributes:
        span: the phrase with its preposition ("by Friday", "a month after signing the convention").
        reach: how it bounds the deed.
        due: the days on which the last moment falls; None where the text does not say, or an event must come first.
        counted_from: what ``offset`` is counted from.
        anchor: where the event's words stand, None without an event.
        offset: TIMEX3 duration counted from the event ("P1M", "-P3D" before it), "" for none.
        time: the time expression in the phrase, None for one that names an event only ("before the election").
    """

    span: Span
    reach: Reach
    due: Days | None
    counted_from: CountedFrom
    anchor: Span | None
    offset: str
    time: TimeExpression | None


_BEFORE = re.compile(
    r"(?:\b(?P<by>by|no later than|not later than|at the latest by|ahead of|before|prior to|up to)|"
    r"\b(?P<within>within|inside|over|during|in)|\b(?P<until>until|till|through|up until)|"
    r"\b(?P<from>from|starting|beginning|as of|effective|starting from|starting on|starting in|beginning on|"
    r"beginning in)|"
    r"\b(?P<on>on|at|for|around|about|as early as|as soon as))"
    r"(?: (?:around|about|the (?:first|last|early|final) (?:days?|weeks?)|the|early|late|mid|"
    r"some time|sometime|close of business|close of play|the close of business|"
    r"the close of trading|the end of the day|lunchtime|noon|midnight|midday|the morning of|the evening of|"
    r"the night of|"
    r"\d\d?(?::\d\d)? ?[ap]\.?m\.?|at|on|in|of|a|an|next|deadline)){0,4}[ -]?$",
    re.IGNORECASE,
)
_STRICT = ("before", "ahead of", "prior to")
_PART = re.compile(r"(?P<part>early|later|late|mid|the end of|end of|the start of|the beginning of|the middle of|"
r"the close of|the (?:first|early|last|final) (?:days?|weeks?) of)"
                   r"(?: in)?[ -](?:the )?", re.IGNORECASE)  # fmt: skip
_AFTER = re.compile(rf"\s*(?P<way>after|before|from|following|of)\s+(?P<what>(?!now\b|today\b){EVENT})")
_EVENT = re.compile(
    r"\b(?P<way>before|ahead of|until|by the time of|by the time|prior to|after|following|in time for) "
    r"(?P<what>(?:the|its|his|her|their|this|next) (?:[\w’'-]+ ){0,3}?(?:election|elections|vote|referendum|summit|"
    r"conference|meeting|"
    r"talks|hearing|trial|holidays|winter|session|visit|ceremony|inauguration|deadline|ceasefire|truce|handover|"
    r"transfer|"
    r"inquiry|ruling|verdict|match|final|games|festival|harvest|recess|break|school year|budget|strike|launch|release|"
    r"publication|inspection|signing|ratification|ban|law|poll|congress|campaign|season)\b)", re.IGNORECASE,
)  # fmt: skip
_WEEK_ON = re.compile(r"\ba week on $")
_WEEK_BEHIND = re.compile(r" week\b")
_LASTS = re.compile(r"\b(?:for|lasting|took|takes|take|after|every|each|aged|spent|spend|last|than|since|"
r"ago)\s+(?:about |around |"
                    r"nearly |at least |up to |more than |another |the next |the past )?$", re.IGNORECASE)  # fmt: skip
_DURATION = re.compile(r"P(?:(?P<n>\d+)(?P<unit>[DWMY])|T(?P<time>\d+)(?P<small>[HMS]))")
_AHEAD = re.compile(r"\b(?:next|coming|following)\b", re.IGNORECASE)
MOST_DEADLINES = 500
"""Of one text."""


def deadlines_in(text: str, written: date | None = None) -> list[Deadline]:
    """Phrases of a text that can say by when, in order; which deed they bound is not asked.

    Past times are none. ``written``: the day of writing; without it, only what names its year has a day.
    """
    times = times_in(text, written)
    found: list[Deadline] = []
    for number in range(len(times)):
        deadline = _deadline(text, _joined(text, times, number), written)
        if deadline is not None and not (found and deadline.span.start < found[-1].span.end):
            found.append(deadline)
    found += [one for one in _days_of_month(text, written) if not any(_touch(one.span, other.span) for other in found)]
    taken = [one.span for one in found]
    for match in _EVENT.finditer(text):
        if not any(_touch(span, Span(*match.span())) for span in taken):
            found.append(_on_event(match))
    return sorted(found, key=lambda one: one.span)[:MOST_DEADLINES]


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


_NTH = re.compile(
    r"\b(?P<reach>by|on|before|until) the (?P<day>\d\d?)(?:st|nd|rd|th)\b(?! (?:of|century|floor|\w+ary)\b)"
)


def _days_of_month(text: str, written: date | None) -> Iterator[Deadline]:
    """ "By the 15th": the next such day."""
    for match in _NTH.finditer(text) if written is not None else ():
        day = int(match["day"])
        months = (shifted_month(written, step) for step in range(3)) if written else ()
        for year, month in months:
            if 1 <= day <= monthrange(year, month)[1] and written and date(year, month, day) >= written:
                reach = {"on": Reach.ON, "until": Reach.UNTIL}.get(match["reach"], Reach.BY)
                due = date(year, month, day) - timedelta(days=match["reach"] == "before")
                yield Deadline(Span(*match.span()), reach, Days(due, due), CountedFrom.NOTHING, None, "", None)
                break


def resolved(deadline: Deadline, day: date) -> Deadline:
    """The deadline once the event it hangs on is known to fall on ``day``."""
    if deadline.counted_from is not CountedFrom.EVENT:
        return deadline
    back = deadline.offset.startswith("-")
    length = deadline.offset.lstrip("-")
    due = moved_by(day, length, -1 if back else 1) if length else day - timedelta(days=deadline.reach is Reach.BY)
    return replace(deadline, due=None if due is None else Days(due, due))


def moved_by(day: date, length: str, direction: int = 1) -> date | None:
    """A day moved by a TIMEX3 duration; None for a vague one ("PXD") or beyond the calendar."""
    match = _DURATION.fullmatch(length)
    if match is None:
        return None
    try:
        if match["time"]:
            return day + direction * timedelta(hours=int(match["time"])) if match["small"] == "H" else day
        count = direction * int(match["n"])
        if match["unit"] in "DW":
            return day + timedelta(days=count * (7 if match["unit"] == "W" else 1))
        year, month = shifted_month(day, count * (12 if match["unit"] == "Y" else 1))
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None


def _joined(text: str, times: Sequence[TimeExpression], number: int) -> TimeExpression:
    """A day with an hour behind it ("Friday at noon") reaches to the end of the hour."""
    one = times[number]
    if number + 1 < len(times):
        other = times[number + 1]
        if other.kind is TimeKind.TIME and re.fullmatch(r",? (?:at|before|by) ", text[one.span.end : other.span.start]):
            return replace(one, span=Span(one.span.start, other.span.end))
    return one


def _deadline(text: str, time: TimeExpression, written: date | None) -> Deadline | None:
    lead = _lead(text, time.span.start)
    start = lead.start() if lead else time.span.start
    if time.kind is TimeKind.SET:
        return None
    if time.kind is TimeKind.DURATION:
        return _of_length(text, time, written, lead)
    days = _ahead(text, time, written)
    if text[start : time.span.end].startswith("earlier"):
        return None
    if written is not None and (days is None or days.last < written):
        return None
    reach, word = _reach(lead)
    if reach is Reach.FROM and _ON_TO.match(text, time.span.end):
        return None
    if days is not None:
        days = _narrowed(text, time, days, word)
        if word in _STRICT:
            days = _day_before(days, ends="end" in text[start : time.span.start + 12].lower())
    return Deadline(Span(start, time.span.end), reach, days, CountedFrom.NOTHING, None, "", time)


_ON_TO = re.compile(r",? (?:until|till|through|to) ")
"""Behind a day from which something goes on: it is not due then ("from Monday *until* Easter")."""


def _lead(text: str, at: int) -> re.Match[str] | None:
    """The preposition before a time."""
    return _BEFORE.search(text, max(0, at - 60), at) if at else None


def _reach(lead: re.Match[str] | None) -> tuple[Reach, str]:
    if lead is None:
        return Reach.ON, ""
    for reach in (Reach.BY, Reach.UNTIL, Reach.FROM, Reach.WITHIN):
        if lead[reach.value]:
            word = lead[reach.value].lower()
            return (Reach.ON if word in ("in", "during", "over") else reach), word
    return Reach.ON, lead["on"].lower()


def _ahead(text: str, time: TimeExpression, written: date | None) -> Days | None:
    """The days of a time that lies ahead: the next such day, month or season where no year is said."""
    days = time.days
    if days is None or written is None or not time.relative:
        return days
    words = text[slice(*time.span)]
    name = WEEKDAYS.get(words.split()[0].lower().rstrip("."))
    if name is not None:
        day = written + timedelta(days=(name - written.weekday()) % 7 or (7 * (days.first > written)))
        later = _WEEK_BEHIND.search(words + text[time.span.end : time.span.end + 6])
        more = 7 if later or _WEEK_ON.search(text, max(0, time.span.start - 12), time.span.start) else 0
        return Days(day + timedelta(days=more), day + timedelta(days=more))
    if days.last < written and not re.search(r"\b(?:last|ago|earlier|past|previous|yesterday|this)\b", words.lower()):
        return Days(*(_next_year(day) for day in days))
    return days


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, monthrange(day.year + 1, day.month)[1]))


def _narrowed(text: str, time: TimeExpression, days: Days, word: str) -> Days:
    """ "Early", "mid-", "the end of": the part of the days that is meant."""
    match = _PART.search(text, max(0, time.span.start - 22), time.span.end)
    if match is None or days.first == days.last:
        return days
    length = (days.last - days.first).days + 1
    third = max(1, length // 3)
    part = match["part"].lower()
    if "days" in part or "week" in part or "day" in part:
        few = timedelta(days=(7 if "week" in part else 10) - 1)
        return (
            Days(days.first, days.first + few)
            if "first" in part or "early" in part
            else Days(days.last - few, days.last)
        )
    if "end" in part or "close" in part:
        return (
            Days(days.last, days.last)
            if word in ("by", "before", *_STRICT) or "by" in word
            else Days(days.last - timedelta(days=third - 1), days.last)
        )
    if part in ("early", "the start of", "the beginning of"):
        return Days(days.first, days.first + timedelta(days=third - 1))
    if part in ("mid", "the middle of"):
        return Days(days.first + timedelta(days=third), days.last - timedelta(days=third))
    return Days(days.last - timedelta(days=third - 1), days.last) if part == "late" else days


def _day_before(days: Days, *, ends: bool) -> Days:
    """Before a day is the day before it at the latest; before the end of a month is its last day."""
    if ends:
        return days
    day = days.first - timedelta(days=1)
    return Days(day, day)


def _of_length(text: str, time: TimeExpression, written: date | None, lead: re.Match[str] | None) -> Deadline | None:
    """ "Within 15 days", "in 30 days", "a month after signing", "over the next two years"."""
    words = text[slice(*time.span)]
    event = _AFTER.match(text, time.span.end)
    reach, word = _reach(lead)
    start = lead.start() if lead else time.span.start
    if event is not None and not (event["way"] == "of" and reach is not Reach.WITHIN):
        return _after_event(time, event, reach, start)
    if _LASTS.search(text, max(0, start - 30), time.span.start) or re.search(r"\b(?:past|last|recent)\b", words):
        return None
    ahead = _AHEAD.search(text, max(0, time.span.start - 12), time.span.end) is not None
    if (
        not ahead
        and reach is not Reach.WITHIN
        and word != "in"
        and not (reach is Reach.FROM or re.match(r"['’]? time\b", text[time.span.end : time.span.end + 7]))
    ):
        return None
    day = moved_by(written, time.value) if written is not None else None
    if ahead or word in ("within", "inside", "over", "during"):
        reach = Reach.WITHIN
    elif reach is not Reach.FROM:
        reach = Reach.ON
    days = None if day is None else _as_exact(day, time.value) if reach is Reach.ON else Days(day, day)
    return Deadline(Span(start, time.span.end), reach, days, CountedFrom.WRITING, None, time.value, time)


def _as_exact(day: date, length: str) -> Days | None:
    """ "In two weeks" is that week, "in six months" that month, "in 30 days" that day."""
    if length.endswith("W"):
        return days_of(week_of(day))
    return days_of(f"{day.year:04}-{day.month:02}") if length[-1] in "MY" and "T" not in length else Days(day, day)


def _after_event(time: TimeExpression, event: re.Match[str], reach: Reach, start: int) -> Deadline:
    sign = "-" if event["way"] == "before" else ""
    what = LOOSE.sub("", event["what"])
    anchor = Span(event.start("what"), event.start("what") + len(what))
    return Deadline(Span(start, anchor.end), reach, None, CountedFrom.EVENT, anchor, sign + time.value, time)


def _on_event(match: re.Match[str]) -> Deadline:
    way = match["way"].lower()
    reach = Reach.UNTIL if way == "until" else Reach.FROM if way in ("after", "following") else Reach.BY
    return Deadline(Span(*match.span()), reach, None, CountedFrom.EVENT, Span(*match.span("what")), "", None)
