"""Passwords: argon2id (RFC 9106), one at a time, so that guessing costs memory once and not once a guess."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Final

from writethru.errors import InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST: Final = 12
MOST: Final = 1000
"""Characters of a password: the most keeps hashing bounded."""

_one_at_a_time = threading.Lock()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher, profiles

    # 64 MiB, three passes: the second profile that RFC 9106, 4 recommends, for memory-constrained machines
    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


@cache
def _nobodys() -> str:
    """A hash to check against where there is no such user, so that the answer takes as long."""
    return _hasher().hash("nobody has this password")


def hashed(password: str) -> str:
    """As it is stored, with a salt of its own.

    Raises:
        InputError: too short or too long.
    """
    if not LEAST <= len(password) <= MOST:
        raise InputError(f"a password must have from {LEAST} to {MOST} characters", key="password")
    with _one_at_a_time:
        return _hasher().hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Is it the password? ``stored`` None: of nobody; it takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > MOST:
        return False
    with _one_at_a_time:
        try:
            _hasher().verify(stored or _nobodys(), password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None
