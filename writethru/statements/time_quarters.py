"""Quarters and halves of years, and the comparisons that business news makes between them ("a year earlier")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from writethru.statements.calendar import MONTHS, days_of, quarter_of, shifted_month
from writethru.statements.time_context import ORDINAL, Context, Found, TimeKind, near_year

QUARTER: Final = re.compile(r"\d{4}-Q\d")
"""The TIMEX3 value of a quarter."""
_ENDED = re.compile(r" (?:that )?end(?:ed|ing|s) (?:on )?(?P<month>[A-Z][a-z]{2,8})\.?(?: (?P<day>\d\d?)(?!\d))?")


def read_quarter(context: Context) -> Found | None:
    """ "the third quarter", "the first half of 1989"."""
    number = ORDINAL.get(context["nth"], 0) or (2 if context["nth"] == "last" and context["what"] == "half" else 0)
    year = context["year"] or context["year2"]
    if not number:
        return _ended_quarter(context) or _latest_quarter(context)
    half = context["what"].startswith("half")
    if not year and context.day is None:
        return Found(TimeKind.DATE, f"XXXX-{'H' if half else 'Q'}{number}")
    named = int(year) if year else _quarter_year(context, number, half=half)
    return Found(TimeKind.DATE, f"{named}-{'H' if half else 'Q'}{number}", relative=not year)


def _quarter_year(context: Context, number: int, *, half: bool) -> int:
    today = context.day
    assert today is not None
    words = context.match.group().lower()
    if "last year" in words or "last year" in context.after[:16] or re.search(r"year[ -](?:ago|earlier)", words):
        return today.year - 1
    if "next year" in words:
        return today.year + 1
    now = quarter_of(today) if not half else (1 if today.month < 7 else 2)
    return today.year - (number > now + 1)


def _ended_quarter(context: Context) -> Found | None:
    """ "The quarter ended July 31": the quarter of the calendar in which most of those three months lie."""
    ended = _ENDED.match(context.after)
    month = MONTHS.get(ended["month"].lower()) if ended else None
    if ended is None or month is None or context.day is None:
        return None
    day = int(ended["day"]) if ended["day"] else None
    middle = date(near_year(context, month, day), month, min(day or 28, 28)) - timedelta(days=45)
    return Found(TimeKind.DATE, f"{middle.year}-Q{quarter_of(middle)}")


def _latest_quarter(context: Context) -> Found | None:
    """The latest of the quarters named last that is over, else the last one of the calendar."""
    if context.day is None:
        return None
    quarters = _over(context.named, context.day)
    if quarters:
        return Found(TimeKind.DATE, max(quarters[-3:]))
    year, month = shifted_month(context.day, -3)
    return Found(TimeKind.DATE, f"{year}-Q{(month - 1) // 3 + 1}")


def _over(named: Sequence[str], today: date) -> list[str]:
    """The quarters among named times that ended before a day: what is compared with a year ago has its figures."""
    found = [(value, days_of(value)) for value in named if QUARTER.fullmatch(value)]
    return [value for value, days in found if days is not None and days.last < today]


def read_year_ago(context: Context) -> Found | None:
    """A year before the day of writing; before the quarter that was named last, where quarters are compared."""
    if context.day is None:
        return None
    quarters = _over(context.named[-4:], context.day)
    last = max(quarters, default="")
    if last and context.day.year - int(last[:4]) <= 1:
        told = _quarters_between(last, context.day) > _QUARTERS_OF_YEAR  # it is the year-ago quarter itself
        return Found(TimeKind.DATE, f"{int(last[:4]) - (not told)}{last[4:]}")
    return Found(TimeKind.DATE, f"{context.day.year - 1}")


_QUARTERS_OF_YEAR = 4


def _quarters_between(value: str, today: date) -> int:
    """Quarters from one, as ``1989-Q3``, to that of a day."""
    return 4 * (today.year - int(value[:4])) + quarter_of(today) - int(value[-1])


def read_quarter_of_year(context: Context) -> Found | None:
    """ "The 1988 quarter", beside the third quarter of another year: the third of that one; else the year."""
    quarters = [value for value in context.named[-4:] if QUARTER.fullmatch(value)]
    return Found(TimeKind.DATE, context["year"] + (quarters[-1][4:] if quarters else ""), relative=False)
