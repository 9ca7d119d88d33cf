"""Dates with a month, whole or bare: "Dec. 2, 1956", "July last year", "early September"."""

from __future__ import annotations

import re
from calendar import monthrange

from writethru.statements.calendar import MONTHS
from writethru.statements.time_context import REACHES, Context, Found, TimeKind, direction_of, near_year


def read_full_date(context: Context) -> Found | None:
    """ "Dec. 2, 1956", "2 December", "last Oct. 23"."""
    day, year = context["day"], context["year"]
    month = MONTHS[context["month"].rstrip(".")]
    if day and int(day) > monthrange(int(year) if len(year) == 4 else 2000, month)[1]:
        return None
    if year:
        number = int(year) if len(year) == 4 else 1900 + int(year)
        return Found(TimeKind.DATE, f"{number}-{month:02}" + (f"-{int(day):02}" if day else ""), relative=False)
    if day and (behind := _RANGE_WITH_YEAR.match(context.after)):
        return Found(TimeKind.DATE, f"{behind[1]}-{month:02}-{int(day):02}", relative=False)
    if context.day is None:
        return Found(TimeKind.DATE, f"XXXX-{month:02}" + (f"-{int(day):02}" if day else ""))
    near = near_year(context, month, int(day) if day else None)
    return Found(TimeKind.DATE, f"{near}-{month:02}" + (f"-{int(day):02}" if day else ""))


_RANGE_WITH_YEAR = re.compile(
    r"(?: ?[-–] ?| (?:to|and|through|until) )(?:[A-Z][a-z]{2,8}\.? )?\d\d?(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b"
)
"""Behind a day: the other end of a span, with the year of both ("June 7*-8, 2022*")."""


def read_month_of_year(context: Context) -> Found | None:
    """ "July last year"."""
    if context.day is None:
        return None
    year = context.day.year + {"last": -1, "next": 1}.get(context["which"], 0)
    return Found(TimeKind.DATE, f"{year}-{MONTHS[context['month'].rstrip('.')]:02}")


def read_bare_month(context: Context) -> Found | None:
    """ "December", "last April", "early September"."""
    month = MONTHS[context["month"].rstrip(".")]
    which = context["which"]
    if context.match["month"][0].islower() or (len(month_words := context["month"]) == 3 and month_words != "may"):
        return None  # "Jan" without a point is a name, "Sat" and "mar" are words
    if context.match["month"] in ("May", "March") and not which and not _is_month(context):
        return None
    if context.day is None:
        return Found(TimeKind.DATE, f"XXXX-{month:02}")
    today = context.day
    if which in ("last", "past", "previous"):
        year = today.year - (month >= today.month - 1)  # the month just over is "last month"
    elif which in ("next", "coming"):
        year = today.year + (month <= today.month)
    elif which == "this":
        year = today.year
    elif context.named and (begins := _month_before(context)):
        year = int(context.named[-1][:4]) + (month < begins) if context.named[-1][:4].isdigit() else today.year
    elif REACHES.search(context.before) and (
        _GRANTED.search(context.before) or _STANDS.search(context.before) or direction_of(context) >= 0
    ):
        year = today.year + (month < today.month)
    else:
        year = near_year(context, month, None)
    return Found(TimeKind.DATE, f"{year}-{month:02}")


def _is_month(context: Context) -> bool:
    """Is "March" or "May" a month: "in March", "the May elections"; not "the March on the capital", "Mrs May"?"""
    if _MONTH_BEFORE.search(context.before):
        return True
    return re.search(r"\b[Tt]he $", context.before) is not None and _EVENT_OF_MONTH.match(context.after) is not None


_EVENT_OF_MONTH = re.compile(r" (?!(?:on|of|to|for|in|and|or|was|were|is|has|had|will|would|by|from|with)\b)[a-z]{4,}")


def _month_before(context: Context) -> int:
    """The month that this one is the end of ("from November to January"), 0 where there is none."""
    begins = _FROM_MONTH.search(context.before)
    return MONTHS.get(begins["month"].lower(), 0) if begins else 0


_GRANTED = re.compile(
    r"\b(?:has|have|had) (?:been )?(?:extended|granted|given|allowed|renewed|delayed|postponed|suspended|prolonged)\b"
)
"""Before "through January": time that was given, and that lies ahead."""
_STANDS = re.compile(r"\b(?:has|have) (?!been\b)(?:\w+ly )?\w+(?:ed|ne|nt|ut)\b[^,;]{0,80}\b(?:until|till)\s+$")
"""What has been done and is to last until then ("the flood has closed the theatre until June")."""
_FROM_MONTH = re.compile(
    r"\b(?P<month>[A-Z][a-z]{2,8})\.?(?: \d{1,2})?(?:,? \d{4})? (?:through|to|until|till|and|-|–) $"
)
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|last|next|this|by|until|of|from|for|early|late|mid|to|through|during|between|and|before|after|"
    r"till|around|starting|beginning)[ -]$",
    re.IGNORECASE,
)
