"""Times of day that no pattern of dates knows: in words, and with a point; a number in one of them counts nothing."""

from __future__ import annotations

import re

from writethru.text.tokens import Span

_CLOCK = re.compile(
    r"\b(?:\w+ o[’']clock|(?:half|quarter|five|ten|twenty|twenty-five) past \w+|"
    r"at (?:a )?(?:quarter|five|ten|twenty|twenty-five) to (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)|(?:at|from|until|before|after)(?: about| around)? \d\d?\.[0-5]\d"
    r"(?= (?:this|that|on|the|yesterday|today|in the)\b)|"
    r"(?:\d\d?: ?)?\d\d? ?[ap]\. ?m|\d\d?: [0-5]\d(?= (?:[ap]m|[A-Z]{2,4}T|hrs|hours|UTC)\b)|"
    r"(?<=20\d\d )\d\d?: [0-5]\d)\b",
    re.IGNORECASE,
)
"""Times of day in words, with a point, and set apart ("9: 53 AM", "3 p. m."), which no pattern of dates knows."""
_MAY_BE_CLOCK = re.compile(
    r"clock| past |\d: \d|\d [ap]\. |\b(?:at|about|around|from|until|before|after) \d\d?\.|"
    r"\bat (?:a quarter|quarter|five|ten|twenty)",
    re.IGNORECASE,
)
"""A text without either has no such time: far quicker to look for."""


def clock_times(text: str, start: int, end: int) -> list[Span]:
    """Those of a stretch of text, in order."""
    if not _MAY_BE_CLOCK.search(text, start, end):
        return []
    return [Span(*match.span()) for match in _CLOCK.finditer(text, start, end)]
