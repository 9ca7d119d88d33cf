"""Proper names that were altered, by their capitals and what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from writethru.comparison.edits import Finding, Kind
from writethru.comparison.figures import follows_name
from writethru.comparison.gaps import Gap, Side
from writethru.text.abbreviations import COMMON_FIRST_WORDS
from writethru.text.tokens import Span

_WORD = re.compile(r"[^\W_](?:[\w]|[.'’\-&](?=\w))*")
TITLE_CASE = 0.85
"""Share of longer words with a capital above which capitals mean nothing (headlines in title case)."""


class _Name(NamedTuple):
    text: str
    span: Span


def name_findings(
    old: Side, new: Side, gaps: Sequence[Gap], dates: tuple[Sequence[Span], Sequence[Span]]
) -> list[Finding]:
    """Names replaced by another, respelled, lengthened or shortened; not those that only came or went."""
    if _title_case(old.text) or _title_case(new.text):
        return []
    if Counter(n.text for n in _marked_names(old, dates[0])) == Counter(n.text for n in _marked_names(new, dates[1])):
        return _recased(old, new, gaps) + _renumbered(old, new, gaps, dates)
    found = _recased(old, new, gaps)
    for gap in gaps:
        olds, news = _names(old, gap.old, dates[0]), _names(new, gap.new, dates[1])
        replaced = bool(olds and news) and _letters(olds) != _letters(news)
        lengthened = not olds and bool(news) and _extends(new, gap.new, news)
        shortened = not news and bool(olds) and _extends(old, gap.old, olds)
        if replaced or lengthened or shortened:
            found.append(_finding(old, new, olds, news))
    return found + _renumbered(old, new, gaps, dates)


def _renumbered(
    old: Side, new: Side, gaps: Sequence[Gap], dates: tuple[Sequence[Span], Sequence[Span]]
) -> list[Finding]:
    return [
        _finding(old, new, [_piece(old, gap.old)], [_piece(new, gap.new)])
        for gap in gaps
        if _numbers_of_name(old, new, gap)
        and not any(d.start < gap.new.end and d.end > gap.new.start for d in dates[1])
    ]


def _letters(names: Sequence[_Name]) -> str:
    return "".join(filter(str.isalnum, "".join(name.text for name in names)))


def _numbers_of_name(old: Side, new: Side, gap: Gap) -> bool:
    """``WCAG 2.0`` to ``WCAG 2.2``: numbers that belong to the name before them."""
    pieces = _piece(old, gap.old).text, _piece(new, gap.new).text
    if not all(re.match(r"\d[\d.]*(?!\S)|\d[\d.]*,", piece) for piece in pieces):
        return False
    return follows_name(new.text[: gap.new.start].rstrip(), "")


def _piece(side: Side, span: Span) -> _Name:
    text = side.text[span.start : span.end].strip()
    start = side.text.find(text, span.start)
    return _Name(text, Span(start, start + len(text)))


def _finding(old: Side, new: Side, olds: Sequence[_Name], news: Sequence[_Name]) -> Finding:
    detail = [("old", " ".join(n.text for n in olds))] if olds else []
    detail += [("new", " ".join(n.text for n in news))] if news else []
    return Finding(
        Kind.NAME,
        tuple(old.evidence(*n.span) for n in olds),
        tuple(new.evidence(*n.span) for n in news),
        tuple(detail),
    )


def _marked_names(side: Side, dates: Sequence[Span]) -> list[_Name]:
    return [name for mark in side.marks for name in _names(side, mark, dates)]


def _names(side: Side, span: Span, dates: Sequence[Span]) -> list[_Name]:
    """Words of a span that are (part of) a proper name."""
    found = []
    for match in _WORD.finditer(side.text, span.start, span.end):
        place = Span(*match.span())
        if _is_name(side, match.group(), place) and not any(d.start < place.end and d.end > place.start for d in dates):
            found.append(_Name(match.group(), place))
    return found


def _is_name(side: Side, word: str, place: Span) -> bool:
    if not word[0].isupper() and not any(map(str.isupper, word)):
        return False
    if word.lower() in COMMON_FIRST_WORDS and not any(map(str.isupper, word[1:])):
        return False
    if not _begins_sentence(side, place.start) or any(map(str.isupper, word[1:])):
        return word[0].isalpha()
    following = _WORD.match(side.text, place.end + 1)
    beside = side.text[place.end : place.end + 1] == " "
    return beside and following is not None and following.group()[0].isupper()


def _begins_sentence(side: Side, start: int) -> bool:
    before = side.text[:start].rstrip("\"'“‘«‹„‚「([{¿¡ ")
    return not before or before[-1] in ".!?:…•\n" or start in side.starts


def _extends(side: Side, span: Span, names: Sequence[_Name]) -> bool:
    """Does an added or removed name stand directly beside an unmarked one?"""
    after = re.match(r"[\s.(\"“]*([^\W_][\w.'’\-]*)", side.text[names[-1].span.end :])
    if after is not None and after[1][0].isupper() and names[-1].span.end + after.start(1) >= span.end:
        return after[1].lower() not in COMMON_FIRST_WORDS
    before = re.search(r"([^\W_][\w.'’\-]*)[\s]*$", side.text[: names[0].span.start])
    if before is None or before.end(1) > span.start or not before[1][0].isupper():
        return False
    return before[1].lower() not in COMMON_FIRST_WORDS and side.text[span.start : names[0].span.start].strip() == ""


def _recased(old: Side, new: Side, gaps: Sequence[Gap]) -> list[Finding]:
    """``javascript`` to ``JavaScript``: the same letters, with a capital inside on one side."""
    found = []
    for gap in gaps:
        a, b = old.text[gap.old.start : gap.old.end].strip(), new.text[gap.new.start : gap.new.end].strip()
        inside = any(map(str.isupper, a[1:] + b[1:])) or "." in a
        if a and a.casefold() == b.casefold() and inside and " " not in a:
            found.append(_finding(old, new, [_Name(a, gap.old)], [_Name(b, gap.new)]))
    return found


def _title_case(text: str) -> bool:
    words = [w for w in _WORD.findall(text) if len(w) > 3 and w[0].isalpha()]
    return len(words) > 3 and sum(w[0].isupper() for w in words) > TITLE_CASE * len(words)
