"""Times and spans as people and files write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_PACKED = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})[T_ -]?(\d{2})[-:]?(\d{2})(?:[-:]?(\d{2}))?(Z|[+-]\d{2}[-:]?\d{2})?")
_SPAN = re.compile(r"([+-])(\d+(?:\.\d+)?)(s|m|h|d|w)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def parse_time(value: object) -> datetime:
    """An ISO 8601 time as UTC; one without a zone is taken as UTC.

    Raises:
        ValueError: it is not a time.
    """
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"not an ISO time: {value!r}")
    try:
        moment = datetime.fromisoformat(value.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"not an ISO time: {value!r}") from None


def parse_name_time(stem: str) -> datetime | None:
    """The time a file name states, or None.

    ``2024-01-05T10:00:00Z``, ``2024-01-05T10-00-00Z``, ``20240105T100000``, ``20240105100000``
    and ``2024-01-05`` are read; colons may be hyphens, since some file systems forbid them.
    """
    match = _PACKED.fullmatch(stem)
    if match is None:
        return _parse_or_none(stem) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stem) else None
    year, month, day, hour, minute, second, zone = match.groups()
    zone = "+00:00" if zone in (None, "Z") else f"{zone[:3]}:{zone[-2:]}"
    return _parse_or_none(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}")


def _parse_or_none(value: str) -> datetime | None:
    try:
        return parse_time(value)
    except ValueError:
        return None


def parse_span(value: str) -> timedelta | None:
    """A signed span such as ``+3h``, ``+90m``, ``-1d``; None when it is not one.

    Raises:
        ValueError: it is one, but longer than the calendar.
    """
    match = _SPAN.fullmatch(value.strip())
    if match is None:
        return None
    sign, amount, unit = match.groups()
    try:
        span = timedelta(seconds=float(amount) * _SECONDS[unit])
    except OverflowError:
        raise ValueError(f"too long a span: {value}") from None
    return span if sign == "+" else -span


def iso(moment: datetime) -> str:
    """``2017-04-13T15:29:34Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
