"""Where sentences end.

Every decision looks only at the characters around one mark, so that a sentence which did
not change is cut the same way in both versions, whatever changed around it. The method is
the usual one of rules with exceptions (Kiss and Strunk 2006 list the cases); the words it
knows stand in ``abbreviations``.
"""

from __future__ import annotations

import re
from functools import cache

from writethru.text.abbreviations import (
    BEFORE_NAMES,
    BEFORE_NUMBERS,
    CAPITAL_ONLY,
    COMMON_FIRST_WORDS,
    NEVER_LAST,
    ORDINAL_ARTICLES,
    ORDINAL_NOUNS,
    SOMETIMES_LAST,
    SPEECH_VERBS,
)
from writethru.text.characters import CLOSING_QUOTES
from writethru.text.tokens import Span

_CLOSERS = rf"(?:[{CLOSING_QUOTES})\]}}）］】〕》]|[ \u00a0\u202f]»(?=\s|$))*"  # French sets » apart
_MARK = r"[.!?…؟۔।॥։።。！？｡\n\u2028\u2029]"
# A set first and not a repeat or a branch: only then does ``re`` scan for it fast.
_CANDIDATE = re.compile(rf"{_MARK}{_MARK}*{_CLOSERS}(?:\[\d{{1,3}}\])?\s*(?=\S)")
_WIDE = frozenset("。！？｡")
_LINES = frozenset("\n\u2028\u2029")
_QUOTES = frozenset(CLOSING_QUOTES)
_OPENERS = frozenset("\"'“‘«‹„‚「『([{¿¡-–—*•")
_WIDE_TAG = re.compile("[^。！？，、：\\s]{1,6}(?:说|道|问|喊|叫)[。！？，：]")
"""After a closing quotation mark: ``他喊道``."""
_DASHES = frozenset("–—")
_CARRIES_ON = frozenset("とっ、，,などのはがをにでもへ")
_NEXT = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
_LONGEST_ABBREVIATION = 9
_LISTED = BEFORE_NAMES | NEVER_LAST | BEFORE_NUMBERS | SOMETIMES_LAST
_ABBREVIATIONS = _LISTED | {word.capitalize() for word in _LISTED} | {word.upper() for word in _LISTED}
_WINDOW = 48


def sentence_ends(text: str) -> list[int]:
    """The ends of the sentences of ``text``, in order; the last is ``len(text)``.

    White space between two sentences belongs to the one before it. An empty text has none.
    """
    ends = [m.end() for m in _CANDIDATE.finditer(text) if _is_end(text, m.start(), m.end())]
    if text:
        ends.append(len(text))
    return ends


def sentence_spans(text: str) -> list[Span]:
    """The sentences without the white space around them; together with it they cover the text."""
    spans = []
    start = 0
    for end in sentence_ends(text):
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            left = start if piece[0] == bare[0] else start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, left + len(bare)))
        start = end
    return spans


def _is_end(text: str, at: int, end: int) -> bool:
    """Does the candidate ``text[at:end]`` (marks, closing signs, white space) end a sentence?"""
    if text[at] == "." and text[at + 1] == " " and text[end].isupper():
        return _stop_ends(text, at, end)
    candidate = text[at:end]
    if text[at] in _LINES or not _LINES.isdisjoint(candidate):
        return True
    if not candidate[-1].isspace() and _WIDE.isdisjoint(candidate):
        return False
    if text[end] == "»" and not text[end + 1 : end + 2].strip():
        return False
    if not _WIDE.isdisjoint(candidate):
        if candidate.rstrip()[-1] in _WIDE:
            return True
        return text[end] not in _CARRIES_ON and _WIDE_TAG.match(text, end) is None
    if _first_word(text, end)[:1].islower():
        return False
    if not _QUOTES.isdisjoint(candidate):
        return not _tag_follows(text, candidate, end)
    single = candidate.rstrip() == "."
    return not single or _stop_ends(text, at, end)


def _stop_ends(text: str, at: int, end: int) -> bool:
    """Does a single full stop at ``at`` end the sentence, given the words before and after it?"""
    start = text.rfind(" ", max(0, at - _WINDOW), at) + 1
    word = text[start:at]
    if len(word) > 1 and word.isalpha() and word not in _ABBREVIATIONS:
        return not (word.endswith("str") and _first_word(text, end).isdigit())
    word = _word_before(text, at)
    if len(word) > _LONGEST_ABBREVIATION:
        return True
    lower = word.lower()
    following = _first_word(text, end)
    if word.isdigit():
        return not _is_ordinal(text[:at] if at <= _WINDOW else text[at - _WINDOW : at], word, following)
    if word in BEFORE_NAMES or lower in NEVER_LAST:
        return False
    if lower in BEFORE_NUMBERS and following[:1].isdigit():
        return False
    if text[end + 1 : end + 2] == "." and _is_initial(word):
        return False
    if _is_initial(word) or (lower in SOMETIMES_LAST and (lower not in CAPITAL_ONLY or word[0].isupper())):
        return following.lower() in COMMON_FIRST_WORDS
    return True


def _word_before(text: str, at: int) -> str:
    """The characters before ``at``, back to white space or an opening sign."""
    start = max(0, at - _WINDOW)
    pieces = text[start:at].split()
    word = pieces[-1] if pieces else ""
    if word and not word[0].isalnum():
        word = word.lstrip("\"'“‘«‹„‚「『([{¿¡-–—*•/")
    return word


def _first_word(text: str, start: int) -> str:
    """The word that begins at or just after ``start``, past opening signs."""
    at = start
    while at < len(text) and at < start + 4 and (text[at] in _OPENERS or (text[at] == " " and text[at - 1] in _DASHES)):
        at += 1
    match = _NEXT.match(text, at, at + _WINDOW)
    return match.group() if match else ""


def _is_initial(word: str) -> bool:
    """``J``, ``U.S``, ``J.K``: single letters with stops between them; not the pronoun."""
    if len(word) == 1:
        return word.isalpha() and word != "I"
    return "." in word and all(len(letter) == 1 and letter.isalpha() for letter in word.replace("-", "").split("."))


def _is_ordinal(before: str, digits: str, following: str) -> bool:
    """``12. September``, ``1. First point`` at the very start, ``3. Platz``, ``der 5. Präsident``."""
    if len(digits) > 2:
        return False
    lower = following.lower()
    if len(before) == len(digits) or lower in ORDINAL_NOUNS:
        return True
    words = before.split()
    return len(words) > 1 and words[-2].lower() in ORDINAL_ARTICLES and lower not in COMMON_FIRST_WORDS


def _tag_follows(text: str, candidate: str, end: int) -> bool:
    """After closing quotation marks: is what follows a tag such as ``Mr Ode asked``?

    After a full stop the tag must be all that follows, else it begins a new sentence.
    """
    found = _tag_pattern().match(text, end, end + 2 * _WINDOW)
    return found is not None and ("?" in candidate or "!" in candidate or bool(found[1]))


@cache
def _tag_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:[^\W\d_][\w.'’\-]*\s+){{1,4}}?(?:{SPEECH_VERBS})\b(?=([.,;])?)")
