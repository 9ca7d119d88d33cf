"""Times of day: "10:35 a.m. Friday", "noon", and of which day they are."""

from __future__ import annotations

import re
from datetime import timedelta

from writethru.statements.calendar import WEEKDAYS
from writethru.statements.time_context import Context, Found, TimeKind
from writethru.statements.time_months import read_full_date
from writethru.statements.time_weekdays import last_day, weekday_near


def read_clock(context: Context) -> Found | None:
    """ "10:35 a.m. Friday", "noon"; None where a date follows that is read by itself ("noon on 3 September")."""
    if context["dated"]:
        return None
    at = _clock_of(context)
    if at is None:
        return None
    last = None if _BESIDE_EVENT.match(context.after) else last_day(context) or context.day
    day: str | None = last.isoformat() if last else None
    if context["weekday"]:
        if context.day is None:
            return None
        day = weekday_near(context, WEEKDAYS[context["weekday"].rstrip(".")]).isoformat()
    elif context["near"] and context.day:
        day = (context.day + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(context["near"], 0))).isoformat()
    elif context["month"]:
        dated = read_full_date(context)
        day = dated.value if dated else None
    return Found(TimeKind.TIME, f"{day or 'XXXX-XX-XX'}T{at}")


def _clock_of(context: Context) -> str | None:
    """Hours and minutes, None for what is no time of day."""
    hour = {"noon": 12, "midday": 12, "midnight": 24}.get(context["word"], -1)
    if hour < 0:
        hour = int(context["hour"] or context["hour24"])
    minute = int(context["minute"] or context["minute24"] or 0)
    if context["at_part"] and not _AT_PLAIN_HOUR.search(context.before):
        return None
    late = (context["of_day"] or context["at_part"]).endswith(("afternoon", "evening", "night"))
    if (late or context["half"].startswith("p")) and hour < 12:
        hour += 12
    if context["half"].startswith("a") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    if context["hour24"] and not _AT_HOUR.search(context.before):
        return None
    return f"{hour:02}:{minute:02}"


_AT_HOUR = re.compile(
    r"\b(?:at|by|until|till|from|before|after|around|about|since|between|to|and|shortly past|on|,)\s*$|[-–]$|^\s*$"
)
"""Before hours and minutes without "a.m.": a time of day, and no length ("an average of 2:25") or score."""
_BESIDE_EVENT = re.compile(r"[^,;]{0,40}?\b(?:\w+|\d+) (?:days?|weeks?|months?|years?) (?:before|after) ")
"""Behind a time of day: of which day it is hangs on an event ("at 6 a.m., ten days before the storm")."""
_AT_PLAIN_HOUR = re.compile(r"\b(?:at|by|until|till|before|after|around|since)\s*$")
"""Before "4 in the morning": a time of day, and not four that were seen then."""
