"""Where sentences end.

Every decision looks only at the characters around one mark, so that a sentence which did
not change is cut the same way in both versions, whatever changed around it. The method is
the usual one of rules with exceptions (compare Kiss and Strunk 2006 for the cases); lists
of words stand in ``abbreviations``.
"""

from __future__ import annotations

import re

from writethru.text.abbreviations import COMMON_FIRST_WORDS, MONTHS, NEVER_LAST, SOMETIMES_LAST, SPEECH_VERBS
from writethru.text.characters import CLOSING_QUOTES
from writethru.text.tokens import Span

_CLOSERS = rf"[{CLOSING_QUOTES})\]}}]"
_CANDIDATE = re.compile(
    rf"(?P<mark>[.!?…؟۔।॥։።。！？｡\n\u2028\u2029]+)(?P<close>{_CLOSERS}*)(?:\[\d{{1,3}}\])?(?P<gap>\s*)(?=\S)"
)
_WIDE = frozenset("。！？｡")
_LINES = frozenset("\n\u2028\u2029")
_OPENERS = "\"'“‘«‹„‚「『([{¿¡-–—*•"
_NEXT = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
_LAST = re.compile(r"[^\s(\[{\"“‘«„/–—]*\Z")
_TAG = re.compile(r"\s*(?:[A-ZÀ-ÞА-Я][\w.'’\-]*\s+|[a-z]{1,3}\s+){1,4}?(\w+)\b(?P<stop>[.,]?)")
_WINDOW = 48
_CJK_CLOSED = re.compile(r"[」』”’]")


def sentence_ends(text: str) -> list[int]:
    """The ends of the sentences of ``text``, in order; the last is ``len(text)``.

    White space between two sentences belongs to the one before it. An empty text has none.
    """
    ends = [m.end() for m in _CANDIDATE.finditer(text) if _is_end(text, m)]
    if text and (not ends or ends[-1] != len(text)):
        ends.append(len(text))
    return ends


def sentence_spans(text: str) -> list[Span]:
    """The sentences without the white space around them; together with it they cover the text."""
    spans = []
    start = 0
    for end in sentence_ends(text):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        length = len(piece.strip())
        if length:
            spans.append(Span(start + left, start + left + length))
        start = end
    return spans


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Does this candidate end a sentence?"""
    mark = match["mark"]
    if not (match["gap"] or mark[-1] in _WIDE or mark[-1] in _LINES):
        return False
    if not _LINES.isdisjoint(mark) or not _LINES.isdisjoint(match["gap"]):
        return True
    if mark[-1] in _WIDE:
        return not _wide_continues(text, match)
    following = _first_word(text, match.end())
    if following[:1].islower():
        return False
    if match["close"] and _tag_follows(text, match):
        return False
    return match["mark"] != "." or _stop_ends(text, match, following)


def _wide_continues(text: str, match: re.Match[str]) -> bool:
    """A closing bracket followed by と or a comma carries the sentence on: 「行く。」と述べた。"""
    closed = _CJK_CLOSED.search(match.group()) is not None
    return closed and text[match.end() : match.end() + 1] in tuple("とっ、，,などのはがをに")


def _first_word(text: str, start: int) -> str:
    """The word that begins at or just after ``start``, past opening quotation marks."""
    at = start
    while at < len(text) and text[at] in _OPENERS and at < start + 4:
        at += 1
    match = _NEXT.match(text, at, at + _WINDOW)
    return match.group() if match else ""


def _stop_ends(text: str, match: re.Match[str], following: str) -> bool:
    """Does a single full stop end the sentence, given the word after it?"""
    if match["close"].strip("\"'”’»"):
        return True
    at = match.start()
    word = _word_before(text, at)
    bare = word.lower().lstrip("'’")
    if match["close"]:
        return True
    if bare.isdigit():
        return not _is_ordinal(at, bare, following)
    if bare in NEVER_LAST and bare not in SOMETIMES_LAST:
        return False
    if _is_initial(word) or bare in SOMETIMES_LAST:
        return following.lower() in COMMON_FIRST_WORDS
    return True


def _word_before(text: str, at: int) -> str:
    """The characters before ``at`` back to white space or an opening mark."""
    window = text[max(0, at - _WINDOW) : at]
    cut = max(window.rfind(" "), window.rfind("\u00a0"), window.rfind("\t"))
    found = _LAST.search(window[cut + 1 :])
    return found.group() if found else ""


def _is_initial(word: str) -> bool:
    """``J``, ``U.S``, ``J.K``: single letters with stops between them; not the pronoun."""
    letters = word.split(".")
    return word != "I" and all(len(letter) == 1 and letter.isalpha() for letter in letters)


def _is_ordinal(at: int, digits: str, following: str) -> bool:
    """``12. September``, ``1. First point`` at the very start, ``3. Platz``."""
    if len(digits) > 2:
        return False
    return following.lower() in MONTHS or at == len(digits)


def _tag_follows(text: str, match: re.Match[str]) -> bool:
    """After closing quotation marks: is what follows a tag such as ``Mr Ode asked``?"""
    found = _TAG.match(text, match.end(), match.end() + _WINDOW)
    if found is None or found[1].lower() not in SPEECH_VERBS:
        return False
    return match["mark"] in ("?", "!") or bool(found["stop"])
