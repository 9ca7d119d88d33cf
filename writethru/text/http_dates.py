"""Dates as HTTP writes them (RFC 9110, 5.6.7, the preferred form), strictly: a wrong date is worse than none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_HTTP_DATE: Final = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"(\d\d):(\d\d):(\d\d) GMT",
    re.ASCII,
)
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def http_date(value: str) -> datetime:
    """The moment that ``Tue, 15 Nov 1994 08:12:31 GMT`` names, in UTC. Raises ValueError."""
    match = _HTTP_DATE.fullmatch(value.strip())
    if match is None:
        raise ValueError("not an HTTP date")
    day, month, year = int(match[2]), _MONTHS.index(match[3]) // 3 + 1, int(match[4])
    moment = datetime(year, month, day, int(match[5]), int(match[6]), int(match[7]), tzinfo=UTC)
    if _DAYS[moment.weekday()] != match[1]:
        raise ValueError("another day of the week")
    return moment
