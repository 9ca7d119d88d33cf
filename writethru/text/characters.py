"""What each character is to a reader of words: letter, mark, space, sign.

The standard library's ``re`` has no Unicode properties. So a text is first mapped, one
character to one character, to a *class string* of ASCII in which a plain regular
expression can find words; places in the class string are places in the text. An ASCII
text is its own class string.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

EXTENDING = "\x01"
"""Combining marks, invisible characters, emoji skin tones: part of the character before."""
UNSPACED = "\x02"
"""A character of a script written without spaces between words."""
JOINER = "\x03"
"""Zero-width joiner: binds the signs on both sides (emoji families)."""
FLAG = "\x04"
"""Regional indicator; two make a flag."""

OPENING_QUOTES = "\"'“‘«‹„‚「『〝"
CLOSING_QUOTES = "\"'”’»›“‘」』〞"

_KNOWN = {
    **dict.fromkeys("’ʼ＇", "'"),
    **dict.fromkeys("‐‑−", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f", " "),
    "·": "-",
    "٫": ".",
    "٬": ",",
    "‰": "%",
    "\u200d": JOINER,
    "\u00ad": EXTENDING,
}

# Thai and Lao, Myanmar, Khmer, Tai, CJK radicals and marks, Hiragana, Bopomofo, Han, Kana supplements,
# Han extensions. Katakana is left out: its runs are loan words and stay whole.
_NO_SPACE = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19FF), (0x2E80, 0x2FDF), (0x3005, 0x3007),
    (0x3021, 0x3029), (0x3031, 0x303C), (0x3041, 0x309F), (0x3105, 0x312F), (0x31A0, 0x31BF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x1B000, 0x1B16F), (0x20000, 0x3FFFF),
)  # fmt: skip
_NO_SPACE_STARTS = [start for start, _ in _NO_SPACE]


class _Classes(dict[int, str]):
    """Code point to class character, worked out on first need."""

    def __missing__(self, point: int) -> str:
        found = _class_of(chr(point)) if point > 127 else chr(point)
        self[point] = found
        return found


def plain_spaces(text: str) -> str:
    """``text`` with its fixed and narrow spaces as plain ones; the same length."""
    if text.isascii():
        return text
    return text.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ")


def class_string(text: str) -> str:
    """``text`` with every character replaced by its class; the same length."""
    return text if text.isascii() else text.translate(_CLASSES)


def _class_of(char: str) -> str:
    known = _KNOWN.get(char)
    if known is not None:
        return known
    if char.isspace():
        return "\n"
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf":
        return EXTENDING
    if category == "Sc":
        return "$"
    if char.isalnum():
        return _class_of_letter(char)
    return _class_of_sign(ord(char))


def _class_of_letter(char: str) -> str:
    point = ord(char)
    at = bisect_right(_NO_SPACE_STARTS, point) - 1
    if at >= 0 and point <= _NO_SPACE[at][1]:
        return UNSPACED
    return "0" if char.isnumeric() else "x"


def _class_of_sign(point: int) -> str:
    if 0x1F3FB <= point <= 0x1F3FF:
        return EXTENDING
    if 0x1F1E6 <= point <= 0x1F1FF:
        return FLAG
    return "#"


_CLASSES = _Classes()
