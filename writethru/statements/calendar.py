"""Days, weeks, months, quarters and years as TIMEX3 values, and the interval of days that each covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "wed": 2, "thursday": 3, "thurs": 3,
    "thu": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


class Days(NamedTuple):
    """An interval of days, both ends counted in."""

    first: date
    last: date


def shifted_month(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months from a day's."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def week_of(day: date) -> str:
    """The ISO week of a day, as ``2013-W37``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month - 1) // 3 + 1


def weekend_of(day: date) -> str:
    """The weekend of the week of a day, as ``2013-W37-WE``."""
    return week_of(day) + "-WE"


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; n -1 is the last."""
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def days_of(value: str) -> Days | None:
    """The days a TIMEX3 value covers, None where it names none (durations, "PAST_REF", unknown parts)."""
    for pattern, read in _READERS:
        match = pattern.fullmatch(value)
        if match is not None:
            try:
                return read(*match.groups())
            except ValueError:
                return None
    return None


def _day(year: str, month: str, day: str) -> Days:
    found = date(int(year), int(month), int(day))
    return Days(found, found)


def _month(year: str, month: str) -> Days:
    first = date(int(year), int(month), 1)
    return Days(first, first.replace(day=monthrange(first.year, first.month)[1]))


def _year(year: str) -> Days:
    return Days(date(int(year), 1, 1), date(int(year), 12, 31))


def _decade(decade: str) -> Days:
    return Days(date(int(decade + "0"), 1, 1), date(int(decade + "9"), 12, 31))


def _quarter(year: str, quarter: str) -> Days:
    last = 3 * int(quarter)
    return Days(_month(year, str(last - 2)).first, _month(year, str(last)).last)


def _half(year: str, half: str) -> Days:
    return Days(_month(year, "1" if half == "1" else "7").first, _month(year, "6" if half == "1" else "12").last)


def _week(year: str, week: str) -> Days:
    first = date.fromisocalendar(int(year), int(week), 1)
    return Days(first, first + timedelta(days=6))


def _weekend(year: str, week: str) -> Days:
    first = date.fromisocalendar(int(year), int(week), 6)
    return Days(first, first + timedelta(days=1))


def _season(year: str, season: str) -> Days:
    first, last = _SEASON_MONTHS[season]
    return Days(_month(year, str(first)).first, _month(str(int(year) + (last < first)), str(last)).last)


_READERS = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?"), _day),
    (re.compile(r"(\d{4})-(\d\d)"), _month),
    (re.compile(r"(\d{4})"), _year),
    (re.compile(r"(\d{3})X?"), _decade),
    (re.compile(r"(\d{4})-Q([1-4])"), _quarter),
    (re.compile(r"(\d{4})-H([12])"), _half),
    (re.compile(r"(\d{4})-W(\d\d)"), _week),
    (re.compile(r"(\d{4})-W(\d\d)-WE"), _weekend),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), _season),
)
