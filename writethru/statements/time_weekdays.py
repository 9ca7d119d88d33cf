"""What a day of the week says: which one is meant, by the words around it and the day of writing."""

from __future__ import annotations

import re
from datetime import date, timedelta

from writethru.statements.calendar import MONTHS, WEEKDAY_NAMES, WEEKDAYS, nth_weekday
from writethru.statements.time_context import (
    AHEAD_OF,
    ARRANGED,
    ORDINAL,
    PARTS,
    PAST,
    PAST_BEFORE,
    PAST_BEHIND,
    REACHES,
    Context,
    Found,
    TimeKind,
    direction_of,
    near_year,
)


def read_weekday(context: Context) -> Found | None:
    """ "Friday", "last Friday", "Friday night"."""
    number = WEEKDAYS[context["weekday"].rstrip(".")]
    if _NAMED_DAY.search(context.before) or _is_title(context):
        return None
    if _EVERY.search(context.before):
        return Found(TimeKind.SET, f"XXXX-WXX-{number + 1}", relative=False)
    part = PARTS.get(context["part"]) or ("MO" if context["small"] else None)
    if context.day is None:
        return Found(TimeKind.DATE, f"XXXX-WXX-{number + 1}")
    day = weekday_near(context, number)
    if part is not None:
        return Found(TimeKind.TIME, f"{day.isoformat()}T{part}")
    return Found(TimeKind.DATE, day.isoformat())


_NAMED_DAY = re.compile(
    r"\b(?:Super|Black|Good|Ash|Palm|Bloody|Cyber|Holy|Giving|Shrove|Fat|Maundy|Easter|Whit|Plough)\s$"
)
"""Before a weekday: it is a day of its own, and not that of this week ("*Super* Tuesday")."""
_PART_IN_TITLE = re.compile(r" (?:Morning|Afternoon|Evening|Night)$")


def _is_title(context: Context) -> bool:
    """ "Saturday Night Live": a part of the day with a capital, and another behind it."""
    return _PART_IN_TITLE.search(context.match.group()) is not None and re.match(r" [A-Z]", context.after) is not None


_EVERY = re.compile(rf"\b(?:every|each) (?:(?:{'|'.join(WEEKDAY_NAMES)})(?:, | and |, and ))+$", re.IGNORECASE)
"""Before a weekday: it is one of those on which something happens again and again."""


def weekday_near(context: Context, number: int) -> date:
    """The day that a weekday (0 is Monday) means where it stands."""
    today = context.day
    assert today is not None
    back = (today.weekday() - number) % 7
    which = context["which"]
    if which in ("last", "past"):
        return today - timedelta(days=back or 7)
    if which in ("next", "coming"):
        return today + timedelta(days=(7 - back) % 7 or 7)
    if which == "previous":
        last = last_day(context) or today
        return last - timedelta(days=(last.weekday() - number) % 7 or 7)
    if context["ago"]:
        return today - timedelta(days=back + 7)
    if back == 0:
        return today
    was_to = back <= _JUST_OVER and _WAS_TO.search(context.before)
    if was_to or PAST_BEFORE.search(context.before) or PAST_BEHIND.match(context.after):
        return today - timedelta(days=back)
    if _is_ahead(context, back) or REACHES.search(context.before) or ARRANGED.search(context.before):
        return today + timedelta(days=7 - back)
    if direction_of(context) > 0 and not re.search(r"\bsaid\s*$|\bon\s*$(?<=said on )", context.before[-12:]):
        return today + timedelta(days=7 - back)
    return today - timedelta(days=back)


def _is_ahead(context: Context, back: int) -> bool:
    """ "Ahead of Saturday's vote": it is to come, but where it was just now and the sentence tells of the past."""
    if AHEAD_OF.search(context.before) is None:
        return False
    return back > _JUST_OVER or PAST.search(context.before) is None


_WAS_TO = re.compile(r"\b(?:was|were) to [^,;]{2,60}\bon\s+$")
"""Before a weekday just over: what "was to" happen on it is told from behind."""
_JUST_OVER = 2
"""Days since a weekday ahead of which something was."""


def read_nth_weekday(context: Context) -> Found | None:
    """ "The third Thursday of each month", "the first Monday in September"."""
    number = WEEKDAYS[context["weekday"].rstrip(".")]
    if context["each"]:
        return Found(TimeKind.SET, "P1M", relative=False)
    if context.day is None:
        return None
    month = MONTHS[context["month"].rstrip(".")]
    year = int(context["year"]) if context["year"] else near_year(context, month, None)
    nth = -1 if context["nth"] == "last" else ORDINAL[context["nth"]]
    return Found(TimeKind.DATE, nth_weekday(year, month, number, nth).isoformat(), relative=not context["year"])


def last_day(context: Context) -> date | None:
    """The last day that was named before."""
    named = context.named[-1:] if context.named else ()
    return next((date.fromisoformat(value) for value in named if re.fullmatch(r"\d{4}-\d\d-\d\d", value)), None)
