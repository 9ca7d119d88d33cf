"""The rules that peers look by, for comparing with them: time since the last change in, wait out (minutes)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from writethru.errors import InputError
from writethru.schedule.grid import MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class Looked:
    """What a peer's rule goes by.

    Attributes:
        quiet: minutes since the look that saw the last change (or the first look).
        last_wait: minutes waited before this look, 0 at the first.
        changed: this look saw a change, or was the first.
    """

    quiet: float
    last_wait: float
    changed: bool


Rule = Callable[[Looked], float | None]
"""Minutes until the next look; None = never again."""

NAMES: Final = ("writethru", "news-sniffer", "newsdiffs", "fixed:MIN", "age:FACTOR")

_NEWSDIFFS: Final = ((3 / 24, 15.0), (1.0, 60.0), (7.0, 180.0), (30.0, 3 * MINUTES_A_DAY), (360.0, 30 * MINUTES_A_DAY))
"""(days since the last change, minutes between looks)."""

AGE_FLOOR: Final = 20.0
AGE_END: Final = 7 * MINUTES_A_DAY


def rule_of(name: str) -> Rule:
    """A peer's rule by its name.

    Raises:
        InputError: there is no such rule, or its number is wrong.
    """
    kind, colon, given = name.partition(":")
    if kind == "news-sniffer" and not colon:
        return news_sniffer
    if kind == "newsdiffs" and not colon:
        return newsdiffs
    if kind in ("fixed", "age") and colon:
        number = _number(given, name)
        return (lambda _: number) if kind == "fixed" else (lambda looked: age(looked, number))
    raise InputError(f"no such policy; there are {', '.join(NAMES)}", key=name)


def news_sniffer(looked: Looked) -> float | None:
    """30 minutes after a new version, then a fifth longer each time, until that is 40 days."""
    wait = 30.0 if looked.changed else looked.last_wait * 1.2
    return wait if wait < 40 * MINUTES_A_DAY else None


def newsdiffs(looked: Looked) -> float | None:
    """15 minutes for 3 hours, 60 for a day, 3 hours for a week, 3 days for a month, 30 days for a year."""
    days = looked.quiet / MINUTES_A_DAY
    return next((wait for end, wait in _NEWSDIFFS if days < end), None)


def age(looked: Looked, factor: float) -> float | None:
    """A share of the time since the last change, at least 20 minutes; none after a week."""
    return max(AGE_FLOOR, factor * looked.quiet) if looked.quiet < AGE_END else None


def _number(given: str, name: str) -> float:
    try:
        number = float(given)
    except ValueError:
        number = 0.0
    if not 0.01 <= number < 1e6:
        raise InputError("needs a number of at least 0.01, as fixed:60 or age:0.35", key=name)
    return number
