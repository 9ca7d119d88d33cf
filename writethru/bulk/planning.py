"""How a job is cut into shares: pure, and the same whatever engine and however many workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Final
from urllib.parse import quote

LEAST: Final = 500
MOST: Final = 2_000
"""Captures of a share: enough that starting one costs nothing beside it, few enough that its rows fit in memory."""

SHARES: Final = 64
"""A job is cut into about so many shares, so that workers finish together; more where it is large."""

NO_OUTLET: Final = "__HIVE_DEFAULT_PARTITION__"
"""What readers of partitioned folders take for "no value"."""

MAX_NAME: Final = 120


def share_size(captures: int) -> int:
    """Captures that a share of a job of so many should have."""
    return min(MOST, max(LEAST, captures // SHARES))


def shares(sizes: Iterable[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """(id, share) of things of (id, size) in their order; a share has at most ``most``, or one thing that has more."""
    share, held = 0, 0
    for number, size in sizes:
        if held and held + size > most:
            share, held = share + 1, 0
        held += size
        yield number, share


def partition(outlet: str | None, month: datetime) -> str:
    """The folder of a row: ``outlet=The%20Courier/month=2031-03``.

    A name too long for a folder is cut and ends in a digest of the whole.
    """
    name = quote(outlet, safe="") if outlet else NO_OUTLET
    if len(name) > MAX_NAME:
        name = f"{name[:MAX_NAME]}~{blake2b(name.encode(), digest_size=8).hexdigest()}"
    return f"outlet={name}/month={month:%Y-%m}"
