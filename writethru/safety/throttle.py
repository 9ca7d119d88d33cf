"""Failed tries to sign in: after a few, the next ones have to wait, each longer than the one before. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

FREE_OF_NAME: Final = 5
FREE_OF_ADDRESS: Final = 20
"""Tries in a row that cost nothing: many people may share an address."""

LONGEST: Final = timedelta(minutes=5)
"""A longer wait would let anybody keep a user out for good."""


def wait_after(failures: int, free: int) -> timedelta:
    """How long no try is looked at after so many failures in a row: 1, 2, 4 … seconds past the free ones."""
    over = failures - free
    return timedelta() if over < 0 else min(LONGEST, timedelta(seconds=2 ** min(over, 10)))
