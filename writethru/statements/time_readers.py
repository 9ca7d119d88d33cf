"""What each form of time words says: given the match, the text around it and the day of writing, a TIMEX3 value."""

from __future__ import annotations

import re
from datetime import date, timedelta

from writethru.statements.calendar import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    days_of,
    nth_weekday,
    weekend_of,
)
from writethru.statements.time_context import (
    PARTS,
    Context,
    Found,
    TimeKind,
    count_of,
    direction_of,
    moved,
    period,
)
from writethru.statements.time_quarters import QUARTER, read_year_ago
from writethru.statements.time_weekdays import last_day


def read_near_day(context: Context) -> Found | None:
    """ "today", "yesterday", "tomorrow night"."""
    words = context["near"]
    if context.match.group()[0].isupper() and _IN_A_TITLE.search(context.before):
        return None
    if context.day is None:
        return Found(TimeKind.DATE, "XXXX-XX-XX" if words.split()[-1] in ("yesterday", "tomorrow") else "PRESENT_REF")
    offset = {"yesterday": -1, "tomorrow": 1}.get(words.split()[-1], 0)
    if "before yesterday" in words or "after tomorrow" in words:
        offset *= 2
    value = (context.day + timedelta(days=offset)).isoformat()
    part = "NI" if words in ("tonight", "last night") else PARTS.get(context["part"]) or ""
    if words == "last night":
        value = (context.day - timedelta(days=1)).isoformat()
    return Found(TimeKind.TIME, f"{value}T{part}") if part else Found(TimeKind.DATE, value)


_IN_A_TITLE = re.compile(r"\b(?!The|In|On|And|But|For|As|At|To|By|Until)[A-Z][a-z]+\s$|\bUSA\s$")
"""Before "Today": the name of a paper or a programme ("*Psychology* Today")."""


def read_this_part(context: Context) -> Found | None:
    """ "this morning"."""
    if context.day is None:
        return None
    return Found(TimeKind.TIME, f"{context.day.isoformat()}T{PARTS[context['part']]}")


def read_relative_unit(context: Context) -> Found | None:
    """ "last year", "this month", "next week", "the previous quarter"."""
    unit, which = context["unit"], context["which"]
    if context.day is None:
        return None
    if which == "following" and context.named and (day := _first_day(context.named[-1])) is not None:
        return Found(TimeKind.DATE, moved(day, 1, unit)) if unit in ("week", "month", "quarter", "year") else None
    step = {
        "last": -1,
        "latest": -1,
        "previous": -1,
        "past": -1,
        "prior": -1,
        "next": 1,
        "coming": 1,
        "following": 1,
    }.get(which, 0)
    if unit == "weekend":
        if not which and context.day.weekday() < 5 and direction_of(context) <= 0:
            step = -1
        return Found(TimeKind.DATE, weekend_of(context.day + timedelta(weeks=step)))
    if unit in SEASONS:
        return Found(TimeKind.DATE, f"{_season_year(context.day, SEASONS[unit], step)}-{SEASONS[unit]}")
    if unit in ("day", "night"):
        return Found(TimeKind.DATE, (context.day + timedelta(days=step)).isoformat())
    if which in ("past", "last") and context.before.endswith("for ") and unit in _LENGTHS:
        return Found(TimeKind.DURATION, period("a", unit), relative=False)
    if unit in ("century", "decade") and which in ("past", "last"):
        return Found(TimeKind.DURATION, "P100Y" if unit == "century" else "P10Y", relative=False)
    if unit in ("century", "decade") and step == 0:
        return Found(TimeKind.DATE, f"{context.day.year // (10 if unit == 'decade' else 100)}")
    return Found(TimeKind.DATE, moved(context.day, step, unit))


_LENGTHS = ("week", "month", "quarter", "year")
"""Behind "for the last": so long, and not the one before."""


def _first_day(value: str) -> date | None:
    days = days_of(value)
    return days.first if days else None


_SPRING, _DECEMBER = 3, 12


def _season_year(today: date, season: str, step: int) -> int:
    if season == "WI":  # of the year in which it begins
        return (
            today.year - (today.month < _SPRING + (step == 0)) + (step if step < 0 or today.month == _DECEMBER else 0)
        )
    middle = {"SP": 4, "SU": 7, "FA": 10}[season]
    if step < 0:
        return today.year - (today.month <= middle + 1)
    if step > 0:
        return today.year + (today.month >= middle)
    return today.year


def read_ago(context: Context) -> Found | None:
    """ "two months ago", "a year earlier", "three weeks from now", "in two weeks' time"."""
    count, unit = count_of(context["count"]), context["unit"]
    direction = -1 if context["way"] in ("ago", "earlier", "before", "back", "previously") else 1
    if unit == "year" and count == 1 and direction < 0:
        return read_year_ago(context)
    if context["way"] in ("later", "earlier"):
        return _fromlast_day(context, direction)
    if count is None:
        return Found(TimeKind.DATE, "PAST_REF" if direction < 0 else "FUTURE_REF")
    if context.day is None:
        return None
    if unit in ("second", "minute", "hour"):
        return Found(TimeKind.DATE, context.day.isoformat())
    return Found(TimeKind.DATE, moved(context.day, direction * count, unit))


def _fromlast_day(context: Context, direction: int) -> Found:
    """ "Three days later": counted from the day that was named last; from an event, which has no day here, a length."""
    count, unit, last = count_of(context["count"]), context["unit"], last_day(context)
    if count is None or last is None or unit in ("second", "minute", "hour"):
        return Found(TimeKind.DURATION, period(context["count"], unit), relative=False)
    return Found(TimeKind.DATE, moved(last, direction * count, unit))


def read_duration(context: Context) -> Found | None:
    """ "two weeks", "the past five years", "years"."""
    unit = context["unit"]
    count = context["count"] or ("X" if context.match["unit_word"].lower().endswith("s") else "a")
    if _is_no_length(context):
        return None
    if context.match.group().lower() == "one day" and _SOME_DAY.search(context.before):
        return Found(TimeKind.DATE, "FUTURE_REF")
    if context["and_half"]:
        count = f"{'one' if count in ('a', 'an') else count} and a half"
    return Found(TimeKind.DURATION, period("recent" if count == "X" else count, unit), relative=False)


_SOME_DAY = re.compile(r"\b(?:will|would|may|might|could|can|to) $")
"""Before "one day": a day to come that nobody names."""


def _is_no_length(context: Context) -> bool:
    """ "Three-quarters of them", "a quarter of a century", "a second man", the programme "60 Minutes"."""
    unit, count = context["unit"], context["count"]
    if unit == "quarter" and count in ("a", "one", "three"):
        return re.match(r" of\b| million\b", context.after) is not None or "-" in context.match.group()
    if unit == "second" and count in ("a", "one", "the"):
        return re.search(r"\b(?:for|in|within|per|half|than|every)\s+$", context.before) is None
    return context.match.group() in ("60 Minutes", "48 Hours")


def read_second_day(context: Context) -> Found | None:
    """The day behind "and" of "April 24 and 25"."""
    last = next((value for value in reversed(context.named) if re.fullmatch(r"\d{4}-\d\d-\d\d", value)), None)
    if last is None or not _DAY_BEFORE.search(context.before):
        return None
    day = int(context["second"])
    whole = date.fromisoformat(last)
    return Found(TimeKind.DATE, whole.replace(day=day).isoformat()) if day > whole.day else None


_DAY_BEFORE = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d\d? and $")


def read_year_only(context: Context) -> Found | None:
    """ "1989", "fiscal 1989"."""
    written = context["year"]
    if re.search(
        r"\b(?:about|some|than|least|over|nearly|almost|around|to|of the) $", context.before, re.IGNORECASE
    ) and (re.match(r" [a-z]+s\b", context.after)):
        return None
    return Found(TimeKind.DATE, written, relative=False)


def read_decade(context: Context) -> Found | None:
    """ "the 1990s", "the '80s"."""
    word = context["decade_word"]
    digits = f"19{DECADES.index(word) + 2}0" if word else context["decade"].lstrip("'’")
    return Found(TimeKind.DATE, (digits if len(digits) == 4 else "19" + digits)[:3] + "X", relative=False)


DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
"""Of the twentieth century, as words."""


def read_century(context: Context) -> Found | None:
    """ "The 20th century": its years begin with 19."""
    return Found(TimeKind.DATE, f"{int(context['nth']) - 1:02}", relative=False)


def read_numeric_date(context: Context) -> Found | None:
    """ "1999-10-23", "10/26/89"."""
    if context["iso"]:
        return Found(TimeKind.DATE, context["iso"], relative=False)
    month, day, year = (int(context[name]) for name in ("m", "d", "y"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = year if year > 99 else 1900 + year if year > 30 else 2000 + year
    return Found(TimeKind.DATE, f"{year}-{month:02}-{day:02}", relative=False)


def read_set(context: Context) -> Found | None:
    """ "daily", "every Monday", "each year"."""
    word = context["set"]
    for stem, code in (("dai", "P1D"), ("day", "P1D"), ("night", "P1D"), ("week", "P1W"), ("month", "P1M"),
                       ("quarter", "P3M"), ("annual", "P1Y"), ("year", "P1Y"), ("hour", "PT1H")):  # fmt: skip
        if word.startswith(stem):
            return Found(TimeKind.SET, code, relative=False)
    month = MONTHS.get(word.rstrip("."))
    if month is not None:
        return Found(TimeKind.SET, f"XXXX-{month:02}", relative=False)
    day = WEEKDAYS.get(word.rstrip("s."))
    if day is not None:
        part = PARTS.get(context["parts"])
        return Found(TimeKind.SET, f"XXXX-WXX-{day + 1}" + (f"T{part}" if part else ""), relative=False)
    return Found(TimeKind.SET, period(context["count"] or "a", context["unit"]), relative=False)


def read_reference(context: Context) -> Found | None:
    """ "now", "recently", "the future"."""
    word = context["ref"]
    if word in ("now", "currently", "current", "at present", "at the moment", "nowadays", "presently", "these days"):
        return Found(TimeKind.DATE, "PRESENT_REF")
    if "future" in word or word == "soon" or word.endswith(" term"):
        return Found(TimeKind.DATE, "FUTURE_REF")
    return Found(TimeKind.DATE, "PAST_REF")


def read_holiday(context: Context) -> Found | None:
    """ "Thanksgiving", "election day": the nearest one."""
    if context.day is None:
        return None
    name = context["holiday"].replace("’", "'")
    years = _holiday_years(context)
    for year in years:
        day = {
            "thanksgiving": nth_weekday(year, 11, 3, 4), "christmas eve": date(year, 12, 24),
            "christmas": date(year, 12, 25),
            "boxing day": date(year, 12, 26), "new year's eve": date(year, 12, 31), "new year's day": date(year, 1, 1),
            "independence day": date(year, 7, 4), "labor day": nth_weekday(year, 9, 0, 1),
            "memorial day": nth_weekday(year, 5, 0, -1), "halloween": date(year, 10, 31),
            "valentine's day": date(year, 2, 14), "election day": nth_weekday(year, 11, 0, 1) + timedelta(days=1),
        }.get(name.removesuffix(" day") if name.startswith("thanks") or name == "christmas day" else name)  # fmt: skip
        if day is not None and (len(years) == 1 or abs((day - context.day).days) < 184):
            return Found(TimeKind.DATE, day.isoformat())
    return None


def _holiday_years(context: Context) -> tuple[int, ...]:
    assert context.day is not None
    named = _OF_YEAR.match(context.after)
    if named is not None:
        return (int(named[1]),)
    return context.day.year, context.day.year - 1, context.day.year + 1


_OF_YEAR = re.compile(r",? (?:in |of )?((?:19|20)\d\d)\b")
"""Behind a holiday."""


def read_year_end(context: Context) -> Found | None:
    """ "year-end", "year's end"."""
    if context.day is None:
        return None
    return Found(TimeKind.DATE, f"{context.day.year - context.before.lower().endswith('since ')}-12-31")


def read_that(context: Context) -> Found | None:
    """ "that year": the last one that was named."""
    if context["unit"] == "quarter":
        quarters = [value for value in context.named if QUARTER.fullmatch(value)]
        return Found(TimeKind.DATE, quarters[-1]) if quarters else None
    length = {"year": 4, "month": 7, "day": 10, "night": 10, "": 10}.get(context["unit"], 0)
    whole = re.compile(r"\d{4}(?:-\d\d)*(?:T.*)?")
    named = [value[:length] for value in context.named if length and len(value) >= length and whole.fullmatch(value)]
    if context["same"]:
        day = (last_day(context) or context.day) if named or context.day else None
        return Found(TimeKind.DATE, day.isoformat()) if day else None
    if named and context["next"]:
        return Found(TimeKind.DATE, (date.fromisoformat(named[-1]) + timedelta(days=1)).isoformat())
    return Found(TimeKind.DATE, named[-1]) if named else None


def read_spoken_year(context: Context) -> Found | None:
    """ "nineteen ninety-six", "the year two thousand"."""
    rest = count_of(context["rest"]) if context["rest"] else None
    if context["spoken"] == "two thousand":
        year = 2000 + round(rest or 0) if context.match.group().lower().find("year") >= 0 or rest else 0
    else:
        year = (1900 if context["spoken"] == "nineteen" else 2000) + round(rest or 0) if rest and rest >= 10 else 0
    if not year:
        return None
    if context["month"]:
        return Found(TimeKind.DATE, f"{year}-{MONTHS[context['month']]:02}", relative=False)
    season = SEASONS.get(context["season"])
    return Found(TimeKind.DATE, f"{year}-{season}" if season else str(year), relative=False)
