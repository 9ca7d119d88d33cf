"""Times as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime


def rfc3339(moment: datetime) -> str:
    """``2031-03-02T14:05:00Z`` (RFC 3339), with microseconds only where there are some."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
