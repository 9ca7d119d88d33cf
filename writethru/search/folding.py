"""The words of a text as search knows them: folded alike in texts and in queries, with their places.

One fold for both databases, so that they find the same: neither tokenises by itself.

* letter case, accents, width and ligatures are set aside (``Élysée`` = ``elysee``); the Cyrillic й stays apart from и
* ``1,429`` = ``1 429`` (no-break space) = ``1429``; ``1.5`` and ``15`` stay apart, and so do ``1.5`` and ``1,5``
* hyphens and apostrophes part words (``Kerry's`` is ``kerry s``); initials join (``U.S.`` is ``us``)
* scripts without spaces, kana and Hangul give one word a character: any run of characters is a phrase
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from writethru.text.characters import EXTENDING, UNSPACED, class_string

LONGEST_WORD: Final = 64
"""Characters of a folded word; what is longer is cut, in texts and in queries."""

NARROW: Final = "\x05"
"""Class of a space that does not break a number."""

_DIGIT: Final = r"\d"
_LETTER: Final = r"[A-Za-z]"
_INSIDE: Final = rf"(?:[A-Za-z0-9]|{EXTENDING})*"
_PATTERN: Final = re.compile(
    rf"(?P<thousands>(?<!\d)(?<!\d[.,])\d{{1,3}}(?:(?:,\d{{3}})+|(?:{NARROW}\d{{3}})+|(?:\.\d{{3}}){{2,}})(?![.,]?\d))"
    rf"|(?P<decimal>(?<!\d)(?<!\d[.,])\d{{1,3}}(?:(?:,\d{{3}})+\.|(?:{NARROW}\d{{3}})+[.,]|(?:\.\d{{3}}){{2,}},)\d+)"
    rf"|(?P<number>\d+(?:[.,]\d+)*)"
    rf"|(?P<initials>(?<![A-Za-z0-9])(?:{_LETTER}\.)+{_LETTER}(?![A-Za-z0-9{EXTENDING}])\.?)"
    rf"|(?P<unspaced>{UNSPACED}{EXTENDING}*)"
    rf"|(?P<word>{_LETTER}{_INSIDE})"
)
_MARKS: Final = re.compile(
    "(?<!и)[\u0300-\u036f]|[\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
    "|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_UNSAFE: Final = re.compile(r"[\x00-\x2b\x2d\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\s\ud800-\udfff]")
"""No folded word holds a sign of ASCII but ``.`` and ``,``: index and queries may use the others as their own."""
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_BY_CHARACTER: Final = (
    (0x1100, 0x11FF), (0x30A0, 0x30FF), (0x3130, 0x318F), (0x31F0, 0x31FF), (0xAC00, 0xD7A3), (0xFF66, 0xFF9F),
)  # fmt: skip
"""Hangul and kana: written with particles or in compounds, so that a word is part of a longer one."""


class Word(NamedTuple):
    """A folded word, and the characters it stands for."""

    text: str
    start: int
    end: int


class _Classes(dict[int, str]):
    """Code point to class character, worked out on first need."""

    def __missing__(self, point: int) -> str:
        self[point] = found = _class_of(point)
        return found


def fold(text: str) -> list[Word]:
    """The words of a text in their order."""
    classes = text if text.isascii() else text.translate(_CLASSES)
    words = []
    for match in _PATTERN.finditer(classes):
        start, end = match.span()
        folded = _folded(text[start:end], match.lastgroup or "word")
        if folded:
            words.append(Word(folded, start, end))
    return words


def folded_words(text: str) -> list[str]:
    """The words alone."""
    return [word.text for word in fold(text)]


def _class_of(point: int) -> str:
    if any(first <= point <= last for first, last in _BY_CHARACTER):
        return UNSPACED if chr(point).isalnum() else " "
    if point in (0xA0, 0x2009, 0x202F):
        return NARROW
    found = class_string(chr(point))
    if found in ".,":
        return found
    if found == "0":
        return "0" if unicodedata.decimal(chr(point), None) is not None else "x"
    return found if found in (EXTENDING, UNSPACED, "x", "\u200d") or point < 128 else _joiner(found)


def _joiner(found: str) -> str:
    """A zero-width joiner extends a word (Persian, Indic); every other sign parts words."""
    return EXTENDING if found == "\x03" else " "


@lru_cache(maxsize=1 << 16)
def _folded(raw: str, kind: str) -> str:
    if kind in ("thousands", "decimal"):
        return _number(raw, kind)
    if kind == "initials":
        raw = raw.replace(".", "")
    if raw.isascii():
        return raw.lower()[:LONGEST_WORD]
    if kind == "number":
        raw = _ascii_number(raw)
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", raw.casefold())).translate(_LETTERS)
    return _UNSAFE.sub("", unicodedata.normalize("NFC", bare))[:LONGEST_WORD]


def _ascii_number(raw: str) -> str:
    known = {"٫": ".", "٬": ","}
    return "".join(known.get(char) or str(unicodedata.decimal(char, char)) for char in raw)


def _number(raw: str, kind: str) -> str:
    plain = _ascii_number(raw)
    whole, mark, rest = plain, "", ""
    if kind == "decimal":
        at = max(plain.rfind("."), plain.rfind(","))
        whole, mark, rest = plain[:at], plain[at], plain[at + 1 :]
    return (re.sub(r"[^0-9]", "", whole) + mark + rest)[:LONGEST_WORD]


_CLASSES: Final = _Classes()
