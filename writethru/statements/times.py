"""Time expressions, resolved against the day a text was written: "Thursday", "later this month", "in two weeks".

Values are TIMEX3 (ISO-TimeML): ``2013-09-12``, ``2013-W37``, ``2013-09``, ``P2W``, ``PAST_REF``. What a text leaves
open stays open: a duration that hangs on an event ("a month after signing") is anchored to its words and not to a day.
English only; ``times_in`` of another language gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from writethru.comparison.lexicon import by_letter, listed
from writethru.statements.calendar import MONTHS, WEEKDAYS, Days, days_of
from writethru.statements.time_context import EVENT, LOOSE, Context, TimeKind
from writethru.statements.time_forms import DIGIT, Read, forms_with
from writethru.text.characters import plain_spaces
from writethru.text.tokens import Span


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as the text states it.

    Attributes:
        kind: date, time of day, duration, or a repeated time.
        value: TIMEX3; ``XXXX-WXX-4`` and the like where the day of writing is not known.
        span: where it stands.
        days: the days it covers, None where they are not known.
        anchor: words of the event it hangs on ("after signing"), "" where it stands alone.
        relative: it was resolved against the day of writing.
    """

    kind: TimeKind
    value: str
    span: Span
    days: Days | None
    anchor: str = ""
    relative: bool = False


MOST_TIMES = 2_000
"""Expressions of one text; later ones are left out."""


def times_in(text: str, written: date | None = None) -> list[TimeExpression]:
    """The time expressions of an English text, in order, longest first where they overlap.

    ``written``: the day it was written, from its dateline or its date; without it, relative expressions keep only what
    they say (``XXXX-WXX-4``).
    """
    text = plain_spaces(text)
    found: list[TimeExpression] = []
    end = 0
    for match, read in sorted(_matches(text), key=lambda row: (row[0].start(), -row[0].end())):
        if match.start() < end or len(found) >= MOST_TIMES:
            continue
        named = [one.value for one in found if one.kind is TimeKind.DATE]
        expression = _expression(Context(written, text, match, named), read)
        if expression is not None:
            found.append(expression)
            end = match.end()
    return found


def _matches(text: str) -> Iterator[tuple[re.Match[str], Read]]:
    for start, end in _windows(text):
        window = text[start:end]
        words = set(_LETTERS.findall(window.lower()))
        if _DIGIT.search(window):
            words.add(DIGIT)
        for pattern, read in forms_with(words):
            for match in pattern.finditer(text, start, end):
                if match.end() > match.start():
                    yield match, read


_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_TELLING = listed(
    "mon tue tues wed thu thurs fri sat sun second seconds minute minutes hour hours day days night nights week weeks",
    "weekend weekends fortnight month months quarter quarters year years decade decades century centuries half today",
    "tomorrow tonight yesterday morning afternoon evening noon midnight spring summer fall autumn winter daily nightly",
    "weekly monthly annually yearly hourly now current currently recently future past soon present presently nowadays",
    "thanksgiving christmas boxing halloween nineteen twenty thousand moment these period labor memorial independence",
    "election term twenties thirties forties fifties sixties seventies eighties nineties clock midday",
    *MONTHS, *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS),
)  # fmt: skip
"""Words without which nothing is a time; the forms are tried around these, and around digits, only."""
_SIGN = re.compile(
    rf"(?<![a-z])(?:{by_letter(sorted(_TELLING, reverse=True))})(?![a-z])|\d+(?:(?:[/:-]\d|s\b| ?[ap]\.? ?m\b))?"
)
"""Such a word, or digits with what makes a time of them, in a text of lower case."""
_BEFORE, _AFTER = 60, 50


def _windows(text: str) -> list[tuple[int, int]]:
    """The stretches around words that tell times, apart from each other, their ends between words."""
    found: list[tuple[int, int]] = []
    for match in _SIGN.finditer(_lowered(text)):
        word = match[0]
        if word[0].isdigit() and word.isdigit() and len(word) != 4:
            continue
        start, end = max(0, match.start() - _BEFORE), min(len(text), match.end() + _AFTER)
        while start and not text[start - 1].isspace() and match.start() - start < 2 * _BEFORE:
            start -= 1
        while end < len(text) and not text[end].isspace() and end - match.end() < 2 * _AFTER:
            end += 1
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _lowered(text: str) -> str:
    """In lower case, and of the same length."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if c.isascii() else c for c in text)


def _expression(context: Context, read: Read) -> TimeExpression | None:
    try:
        found = read(context)
    except (ValueError, OverflowError):  # a day that no calendar has: "Feb. 30", "in 99999 years"
        return None
    if found is None:
        return None
    span = Span(context.match.start(), context.match.end())
    anchor = _anchor(context) if found.kind is TimeKind.DURATION else ""
    return TimeExpression(found.kind, found.value, span, days_of(found.value), anchor, found.relative)


_HANGS = re.compile(rf"\s*(?P<words>(?:after|before|of|from|following|since)\s+{EVENT})")


_DISTANCE = re.compile(r"\b(?:was|were|is|are|be|been|am|only|just|still|[’'](?:re|m|s))\s+$")
"""Before a length that "from" follows: how far off something was ("we were eleven weeks from the repair")."""


def _anchor(context: Context) -> str:
    """The event a duration hangs on: "a month *after signing*"."""
    match = _HANGS.match(context.after)
    if match and match["words"].startswith("from ") and _DISTANCE.search(context.before):
        return ""
    return LOOSE.sub("", match["words"]) if match and not match["words"].startswith("of ") else ""
