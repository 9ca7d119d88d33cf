"""Bylines that share their line with a date, a reading time or a topic: "By Jo Lind • March 12, 2025"."""

from __future__ import annotations

import re

from writethru.extraction.names import looks_like_names
from writethru.extraction.stated_times import MONTHS, WEEKDAYS

_LINE = 160
_WORDS = 7
_BY = re.compile(
    r"(?:(?:written|posted|published|reported|story|text|words|article)\s+)?\bby(?:\s*:?\s+|(?-i:(?=[A-Z][a-z]+\s+[A-Z])))"
    r"(?P<rest>\S.{1,120})",
    re.I,
)
_COLLECTIVE = frozenset(("editors", "editor", "team", "staff", "desk", "writers"))
_DATE = (
    rf"(?:(?:{WEEKDAYS})\b,?\s+)?(?:(?:{MONTHS})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:{MONTHS})\b\.?,?\s+\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|"
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_ANY_DATE = re.compile(_DATE, re.I)
_STOP = re.compile(
    rf"\s*[|•·●⋅∙]|\s[–—-]\s|[,–—-]?\s*(?:{_DATE})|,?\s+(?:on|in|at|for|from|published|updated|posted|last|modified|"
    rf"{WEEKDAYS}|{MONTHS})\b|(?<=\S),?\s+\d|[.,;]?\s+(?:medically\s+|fact[- ])?"
    r"(?:reviewed|checked|edited|illustrated)\b",
    re.I,
)
_POST = re.compile(
    r",\s+(?=(?:[A-Z][\w-]*\s+){0,3}(?:Director|Editor|Reporter|Correspondent|Writer|Professor|Manager|Head|Chief)\b)"
)
_AROUND = re.compile(
    r"(?:\b(?:published|updated|posted|last|modified|on|at)\b\s*:?|\d+\s*[- ]?min(?:ute)?s?\b(?:\s+read)?|"
    r"\d{1,2}:\d{2}\s*(?:am|pm)?|(?:\s+on\s+behalf\s+of|\s+in)\s+.*\Z)",
    re.I,
)
_EDGES = " \t|•·–—-,:;/"


def name_after_by(line: str) -> str:
    """The names behind "by" in a line of a header, up to a date, a topic or a separator; or ""."""
    found = _BY.search(line) if len(line) < _LINE else None
    if found is None or (found.start() > 3 and not _ANY_DATE.search(line[: found.start()])):
        return ""
    rest = found["rest"]
    stop = _STOP.search(rest) or _POST.search(rest)
    name = (rest[: stop.start()] if stop else rest).strip(_EDGES)
    return name if _could_be(name, alone=stop is not None or name == rest.strip(_EDGES)) else ""


def name_beside_date(line: str) -> str:
    """The names in a line that is names and a date: "Dec 17, 2025 Julian Arni"; or ""."""
    if len(line) >= _LINE or not _ANY_DATE.search(line):
        return ""
    name = without_date(line)
    return name if looks_like_names(name) else ""


def without_date(line: str) -> str:
    """What a line says beside dates and reading times, or "" where that is in several pieces."""
    name = _AROUND.sub(" ", _ANY_DATE.sub(" | ", line))
    parts = [part for piece in name.split("|") if (part := " ".join(piece.split()).strip(_EDGES))]
    return parts[0] if len(parts) == 1 else ""


def _could_be(name: str, *, alone: bool) -> bool:
    words = name.replace("(", " ").replace(")", " ").split()
    if not 0 < len(words) <= _WORDS or (name.endswith((".", "?", "!", ":")) and len(words) > 2):
        return False
    if len(words) == 1:
        return alone and 2 < len(name) < 31 and any(char.isalpha() for char in name)
    capitals = sum(word[0].isupper() for word in words)
    return capitals * 2 >= len(words) and (words[-1][0].isupper() or words[-1] in _COLLECTIVE)
