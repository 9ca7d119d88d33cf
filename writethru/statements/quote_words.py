"""The words of a quotation, made comparable: what an editor put in and left out is told from what was said.

Marks, capitals, contractions, spellings of one word and ways of writing a number are set aside; every word
keeps its place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from writethru.comparison.lexicon import NUMBERS, listed
from writethru.text.tokens import word_spans

MOST_WORDS = 600
"""Words of one quotation that are compared; of a longer one (a speech printed whole) the rest is not."""


class QuoteWord(NamedTuple):
    """One word.

    Attributes:
        same: the form in which words are compared ("won't" gives "will" and "not", with one place).
        start, end: characters of the quotation.
        inserted: an editor's word, in brackets.
        broken: words are said to be left out before it (an ellipsis, or an insertion in place of words).
    """

    same: str
    start: int
    end: int
    inserted: bool
    broken: bool


_DOTS = r"(?:…|\.(?:\s?\.){2,})"
_LETTERS = r"[^\W\d_]{1,3}"
_EDITED = re.compile(
    rf"(?P<dots>\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS})"
    rf"|(?P<put>(?<![^\W\d_])(?:\[(?!{_LETTERS}\][^\W\d_])[^\[\]]*\]|\([^()]*\)))"
)
"""Words left out, and words put in."""
_WORD = re.compile(rf"(?:\[{_LETTERS}\])?[^\W_]+(?:['’ʼ.,:/][^\W_]+)*(?:\[{_LETTERS}\])?|(?<=\d)%|(?<=\d )%")
"""A word, with letters that an editor changed: "[W]e", "demand[ed]"."""
_BEYOND_LATIN = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\U0003ffff]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_APOSTROPHES = str.maketrans("’ʼ＇", "'''")
_WHOLE = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us", "gonna": "going to", "wanna": "want to", "gotta": "got to", "'em": "them", "'cause": "because",
    "ok": "okay", "mr": "mister", "percent": "per cent", "favourite": "favorite", "defence": "defense",
    "programme": "program", "programmes": "programs", "grey": "gray", "toward": "towards", "usa": "us",
}  # fmt: skip
_TAILS = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
_WITH_IS = listed(
    "it he she that there what who here where how when this everything everybody everyone nobody nothing something"
)
_NO_NUMBER = listed("half both one halved doubled tripled twice thrice dozen dozens")
_UNSAID = listed("uh um er erm ah hmm")
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=\w{2})our(?=s|ed|ing|ful|able|ite|ites|$)(?=\w*$)"), "or"),
    (re.compile(r"(?<=\w{3})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=\w{2}[aeiou])ll(?=ed$|ing$|er$|ers$)"), "l"),
)


def words_of(text: str) -> tuple[QuoteWord, ...]:
    """The words of a quotation in order, at most ``MOST_WORDS``."""
    found: list[QuoteWord] = []
    at = 0
    broken = False
    for edited in _EDITED.finditer(text):
        broken = _add(found, text, (at, edited.start()), broken)
        if edited["put"] is not None:
            broken = _add(found, text, edited.span(), broken, inserted=True) or bool(found)
        else:
            broken = True
        at = edited.end()
    _add(found, text, (at, len(text)), broken)
    return tuple(found[:MOST_WORDS])


def _add(found: list[QuoteWord], text: str, ends: tuple[int, int], broken: bool, *, inserted: bool = False) -> bool:
    """Add the words of a stretch; is a break still open behind it?"""
    for start, end in _spans(text, *ends):
        for same in compared(text[start:end]):
            found.append(QuoteWord(same, start, end, inserted, broken))
            broken = False
    return broken


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if text.isascii() or not _BEYOND_LATIN.search(text, start, end):
        return [match.span() for match in _WORD.finditer(text, start, end)]
    return [(a + start, b + start) for a, b in word_spans(text[start:end])]


def compared(word: str) -> tuple[str, ...]:
    """The forms in which a word as written is compared; none for a sound that is no word ("uh")."""
    return _compared(word) if len(word) < 40 else (word.lower(),)


@cache
def _compared(word: str) -> tuple[str, ...]:
    lower = word.translate(_APOSTROPHES).replace("[", "").replace("]", "").lower()
    if lower in _UNSAID:
        return ()
    if lower == "%":
        return ("per", "cent")
    if _INITIALS.fullmatch(lower):
        lower = lower.replace(".", "")
    if _THOUSANDS.fullmatch(lower):
        return (lower.replace(",", ""),)
    if lower in _WHOLE:
        return tuple(_WHOLE[lower].split())
    if lower.endswith("n't") and len(lower) > 4:
        return (lower[:-3], "not")
    stem, mark, tail = lower.rpartition("'")
    if mark and stem and f"'{tail}" in _TAILS:
        return (stem, _TAILS[f"'{tail}"])
    if mark and tail == "s" and stem in _WITH_IS:
        return (stem, "is")
    return (_one_spelling(lower.replace("'", "")),)


def _one_spelling(word: str) -> str:
    """British and American spellings, and numbers in letters and digits, are one."""
    number = (
        NUMBERS["en"].get(word)
        if word not in ("half", "both", "one", "halved", "doubled", "tripled", "twice")
        else None
    )
    if number is not None and number <= 90:
        return f"{number:g}"
    if len(word) > 4 and word.isascii():
        for pattern, other in _SPELLINGS:
            word = pattern.sub(other, word)
    return word
