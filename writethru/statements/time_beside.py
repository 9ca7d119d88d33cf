"""Times told by another one beside them: "the week of March 6", "the day before last Tuesday", "until then"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from writethru.statements.calendar import WEEKDAYS, week_of, weekend_of
from writethru.statements.time_context import PARTS, Context, Found, TimeKind, period
from writethru.statements.time_months import read_full_date
from writethru.statements.time_weekdays import weekday_near

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def read_week_of(context: Context) -> Found | None:
    """ "The week of March 6", "the weekend of 3 May": the one in which that day is."""
    dated = read_full_date(context)
    if dated is None or _DAY.fullmatch(dated.value) is None:
        return None
    day = date.fromisoformat(dated.value)
    return Found(TimeKind.DATE, weekend_of(day) if context["unit"] == "weekend" else week_of(day), dated.relative)


def read_day_beside(context: Context) -> Found | None:
    """ "The day before last Tuesday", "the day after March 6"."""
    step = timedelta(days=-1 if context["side"] == "before" else 1)
    if context["month"]:
        dated = read_full_date(context)
        if dated is None or _DAY.fullmatch(dated.value) is None:
            return None
        return Found(TimeKind.DATE, (date.fromisoformat(dated.value) + step).isoformat(), dated.relative)
    if context.day is None:
        return None
    day = weekday_near(context, WEEKDAYS[context["weekday"].rstrip(".")])
    return Found(TimeKind.DATE, (day + step).isoformat())


def read_then(context: Context) -> Found | None:
    """ "Until then": the day or time that was named last."""
    return Found(TimeKind.DATE, context.named[-1]) if context.named and context.named[-1][:4].isdigit() else None


def read_part_of_day(context: Context) -> Found | None:
    """ "In the morning", "mid-afternoon": of the day named last, else of the day of writing."""
    named = next((value[:10] for value in context.named[-1:] if _DAY.match(value)), None)
    if context.day is None:
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(context["near"])
    if step is not None:
        named = (context.day + timedelta(days=step)).isoformat()
    if named is None and _is_quoted(context):
        return Found(TimeKind.TIME, f"XXXX-XX-XXT{PARTS[context['part']]}")
    return Found(TimeKind.TIME, f"{named or context.day.isoformat()}T{PARTS[context['part']]}")


def _is_quoted(context: Context) -> bool:
    """Is it told in somebody's own words, who may speak of any day?"""
    line = context.text[context.text.rfind("\n", 0, context.match.start()) + 1 : context.match.start()]
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1


def read_length_of_other(context: Context) -> Found | None:
    """ "The year-earlier nine months", "a day-long meeting": a length."""
    return Found(TimeKind.DURATION, period(context["count"] or "a", context["unit"]), relative=False)


def read_half_of_quarters(context: Context) -> Found | None:
    """ "The first two quarters of 1990": its first half."""
    return Found(TimeKind.DATE, f"{context['year']}-H{1 if context['nth'] == 'first' else 2}", relative=False)
