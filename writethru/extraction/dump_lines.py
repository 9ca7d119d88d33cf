"""The lines of a page saved as plain text, each with what its own words and form say.

A line is judged by itself and its blank lines; which lines are the article is decided in ``dump``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from writethru.extraction.names import (
    agency_named,
    is_credit,
    looks_like_names,
    split_names,
    starts_with_by,
    without_by,
)
from writethru.extraction.phrases import (
    AGO,
    BUTTON,
    END_OF_BODY,
    GATE,
    PHOTO_CREDIT,
    READ_MORE,
    SHORT_FURNITURE,
    SIGN_UP,
    ends_sentence,
    is_note,
)
from writethru.extraction.stated_times import is_time_line

MAX_LINES = 100_000
DENSE_WORD = 3  # characters of a script without spaces that say about as much as a word
_LAST_SPACED = "\u2e80"
_DENSE_RUN = 8  # characters between two spaces, at least, where a script has no words between them
_DENSE_SENTENCE = 16  # characters of a sentence in such a script
_UNSTOPPED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)  # Thai, Lao, Burmese, Khmer: neither spaces nor stops


class LineKind(StrEnum):
    """What a line is by itself."""

    PROSE = "prose"
    SHORT = "short"  # could be a headline, a subhead, a section name, a link
    TIME = "time"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    NOTE = "note"
    FURNITURE = "furniture"
    LISTED = "listed"  # bullet or number in front


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line.

    Attributes:
        text: without white space at the ends and without a bullet; the number of a numbered line is the page's word.
        number: 1, 2, 3 … in the file.
        alone: an empty line (or the edge of the file) stands on both sides.
        why: which pattern matched, for furniture.
    """

    text: str
    number: int
    kind: LineKind
    alone: bool
    why: str = ""

    @property
    def words(self) -> int:
        """Number of words; in a script without spaces, of runs of ``DENSE_WORD`` characters."""
        spaced = len(self.text.split())
        dense = self.text > _LAST_SPACED or _UNSTOPPED.match(self.text)
        return len(self.text) // DENSE_WORD if spaced * _DENSE_RUN < len(self.text) and dense else spaced


_BULLET = re.compile(r"\A\s*(?:[•·▪◦‣*-]|\d{1,3}[.)])\s+(?=\S)")
_TOKEN = re.compile(r"\A(?:[a-z0-9]+(?:[-_][a-z0-9]+){1,8}|[\d\s:/|.,%-]+|[\W_]+)\Z")
_LETTER = re.compile(r"[^\W\d_]{2,}")
_FRAGMENT = re.compile(r"\A(?:and|or|by|the|of|to|in|a|an|terms of use|are agreeing to our|privacy policy)\W*\Z", re.I)
_TRUNCATED = re.compile(r"(?:\.\.\.|…)\s*\Z")
_RANGE_OF_PAY = re.compile(
    r"\A[£$€]\s?\d[\d,.]*\s*(?:-|–|to|per)\b|\b(?:per\s+(?:day|hour|annum)|negotiable)\b.*(?:\.\.\.|…)\s*\Z", re.I
)


def read_lines(text: str) -> tuple[list[Line], bool]:
    """The non-empty lines of a dump, and whether its end was left out."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    cut = len(raw) > MAX_LINES
    blank = [not piece.strip() for piece in raw[: MAX_LINES + 1]] + [True]
    lines = []
    for index, piece in enumerate(raw[:MAX_LINES]):
        if not blank[index]:
            alone = (index == 0 or blank[index - 1]) and blank[index + 1]
            lines.append(_line(piece.strip(), index + 1, alone))
    return lines, cut


def _line(text: str, number: int, alone: bool) -> Line:
    bullet = _BULLET.match(text)
    bare = text[bullet.end() :] if bullet else text
    kind, why = _kind(bare)
    if bullet and kind in (LineKind.PROSE, LineKind.SHORT):
        return Line(text if text[0].isdigit() else bare, number, LineKind.LISTED, alone)
    return Line(bare if bullet and kind is LineKind.FURNITURE else text, number, kind, alone, why)


def _kind(text: str) -> tuple[LineKind, str]:
    if is_note(text):
        return LineKind.NOTE, ""
    if is_credit(text):
        return LineKind.CREDIT, ""
    why = _furniture(text)
    if why:
        return LineKind.FURNITURE, why
    if is_time_line(text):
        return LineKind.TIME, ""
    if len(text) < 900 and PHOTO_CREDIT.search(text):
        return LineKind.CAPTION, ""
    if len(text) < 140 and not ends_sentence(text) and is_byline(text):
        return LineKind.BYLINE, ""
    return (LineKind.PROSE if is_prose(text) else LineKind.SHORT), ""


def _furniture(text: str) -> str:
    if len(text) > 300:
        return ""
    if _TOKEN.match(text) or not _LETTER.search(text) or _FRAGMENT.match(text):
        return "residue"
    if _RANGE_OF_PAY.search(text):
        return "job"
    for pattern, name in (
        (SHORT_FURNITURE, "control"),
        (BUTTON, "control"),
        (END_OF_BODY, "end"),
        (SIGN_UP, "sign-up"),
        (AGO, "relative-time"),
    ):
        if pattern.match(text):
            return name
    if READ_MORE.match(text) and not (ends_sentence(text) and len(text) > 60):
        return "read-more"
    if len(text) < 250 and GATE.search(text):
        return "gate"
    return "cut-short" if _TRUNCATED.search(text) and len(text) < 90 else ""


def is_byline(text: str) -> bool:
    """``By Jo Biddle``, ``Jo Biddle, AFP``, ``Jo Biddle in Geneva and Tom Miles``."""
    if starts_with_by(text):
        return looks_like_names(text) or len(without_by(text).split()) <= 8
    parts = split_names(text)
    return len(parts) > 1 and looks_like_names(text) and any(agency_named(part) for part in parts)


def is_prose(text: str) -> bool:
    """A sentence or more."""
    words = len(text.split())
    if text > _LAST_SPACED and words * 20 < len(text):
        return len(text) > _DENSE_SENTENCE and ends_sentence(text)
    if _UNSTOPPED.match(text) and words * 20 < len(text):
        return len(text) > 4 * _DENSE_SENTENCE
    return (
        (words >= 9 and ends_sentence(text))
        or words >= 40
        or (words >= 4 and ends_sentence(text) and text[:1] in "\"“‘'«„")
    )
