"""Words, numbers, punctuation and white space with their exact places.

The tokens of a text tile it: joined, they are the text again, whatever it holds. A word
keeps its apostrophes, hyphens and combining marks; a number keeps its separators, sign,
currency and per cent; a script without spaces gives one token per character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from writethru.text.characters import EXTENDING, FLAG, JOINER, UNSPACED, class_string

# All patterns run on the class string of a text (``characters``), hence re.ASCII.
_EXT = rf"[{EXTENDING}{JOINER}]"
_ATOM = rf"\w+(?:{_EXT}+\w*)*"
_DOMAIN = r"\.(?=(?:com|org|net|gov|mil|edu|info|int|io|eu|co|uk|de|fr|fi|ru|bg|example)(?!\w))"
_JOINED = rf"(?:(?:(?<=\d)[.,:/](?=\d)|['-](?=\w)|{_DOMAIN}){_ATOM})*"
_WORD = rf"{_ATOM}{_JOINED}(?:(?<=\d) ?%|-(?=\s))?"  # "pre-" in "pre- and post-war"
_THOUSANDS = r"\d{1,3}(?: \d{3})+(?!\w)(?:[.,]\d+)?(?: ?%)?"
_AMOUNT = rf"(?:[-+]\$?|\$)(?=\d)(?:{_THOUSANDS}|{_WORD})"
_URL = r"https?://[^\s<>\"]*[\w/=&%+#~-]"
_INITIALS = r"(?=[A-Za-z]\.)(?:[A-Za-z]\.){2,}"
_PLAIN = r"[A-Za-z]+(?=[ ,;])"  # four words of five; found first because it is found fast
_SIGN = rf"(?:\.\.+|--+|==+|[^\w\s]){_EXT}*(?:(?<={JOINER})[^\w\s]{_EXT}*)*"
_SUFFIX = rf"(?<![^\s(\[])-(?=[^\W\d]){_WORD}"  # "-elect"
_SOLID_TOKEN = (
    rf"{_PLAIN}|{_THOUSANDS}|{_INITIALS}|{_URL}|{_WORD}|{_AMOUNT}"
    rf"|{_SUFFIX}|{UNSPACED}{_EXT}*|{FLAG}{{2}}{_EXT}*|{_SIGN}"
)
_SOLID = re.compile(_SOLID_TOKEN, re.ASCII)
_WORDS = re.compile(rf"{_PLAIN}|{_ATOM}{_JOINED}|{UNSPACED}", re.ASCII)
_CURRENCY_OR_SIGN = "+-−$£€¥₹₽₩₪₺₴₦฿¢"


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    end: int


class Token(NamedTuple):
    """One token and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_space(self) -> bool:
        """White space only."""
        return self.text.isspace()

    @property
    def is_word(self) -> bool:
        """Holds a letter or a digit."""
        return any(map(str.isalnum, self.text))

    @property
    def is_number(self) -> bool:
        """Begins with a digit, past sign and currency: ``1,429``, ``£3.2m``, ``12%``."""
        return self.text.lstrip(_CURRENCY_OR_SIGN)[:1].isdigit()


def tokenise(text: str) -> tuple[Token, ...]:
    """All tokens of ``text``, white space included; they tile it exactly."""
    found = _token_pattern().finditer(class_string(text))
    return tuple(Token(text[m.start() : m.end()], m.start(), m.end()) for m in found)


@cache
def _token_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s+|{_SOLID_TOKEN}", re.ASCII)


def solid_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every token of ``text`` that is not white space."""
    return [m.span() for m in _SOLID.finditer(class_string(text))]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every word and number of ``text``."""
    return [m.span() for m in _WORDS.finditer(class_string(text))]


def word_list(text: str) -> list[str]:
    """The words and numbers of ``text``, as written."""
    classes = class_string(text)
    if classes is text:
        return _WORDS.findall(text)
    return [text[start:end] for start, end in [m.span() for m in _WORDS.finditer(classes)]]


def vocabulary(words: Sequence[str]) -> frozenset[str]:
    """The distinct ones of some words, in small letters."""
    return frozenset("\n".join(words).lower().split("\n")) if words else frozenset()
