"""Proper names that were altered, known by their capitals and by what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from writethru.comparison.edits import Finding, Kind
from writethru.comparison.figures import follows_name
from writethru.comparison.gaps import Gap, Side
from writethru.comparison.lexicon import UNITS, listed
from writethru.comparison.reading import Reading
from writethru.text.abbreviations import COMMON_FIRST_WORDS
from writethru.text.tokens import Span

_WORD = re.compile(r"[^\W_](?:\w|[.'’\-&](?=\w))*")
_AFTER = re.compile(r"[\s.(\"“]*([^\W_][\w.'’\-]*)")
_VERSION = re.compile(r"\d[\d.]*(?!\S)|\d[\d.]*,")
_DOMAIN = re.compile(r"[\w-]+\.(?:[a-z]{2,3}|info)")
_JOINING = listed("of and for the de del la las los von van der den du des di da y & und et")
"""Words that stand inside names without a capital."""
_PARTICLES = listed("de du da di la van von der den ten al el bin ibn")
_AND = frozenset(("and", "&", "und", "et", "y", "+"))
_GERMAN_BEFORE = listed("in aus nach bei Herr Frau Herrn Dr. Prof. Minister Ministerin Trainer Trainerin")
LONGEST_EXTENSION = 3
"""A name is lengthened by up to so many words; more are another line of a list."""
_WINDOW = 40
TITLE_CASE = 0.85
"""Share of longer words with a capital above which capitals mean nothing (headlines in title case)."""


class _Name(NamedTuple):
    text: str
    span: Span


def name_findings(reading: Reading) -> list[Finding]:
    """Names replaced by another, respelled, lengthened or shortened; not those that only came or went."""
    found = []
    names = [_names_of_gap(reading, gap) for gap in reading.gaps] if reading.capitals else []
    for gap, (olds, news) in zip(reading.gaps, names, strict=False):
        if _altered(reading, gap, olds, news):
            found.append(_finding(reading, olds, news))
    if found and _only_exchanged(names):
        found = []
    if found and (_title_case(reading.old.text) or _title_case(reading.new.text)):
        found = [finding for finding in found if any(map(_unmistakable, dict(finding.detail).values()))]
    for gap, pieces in zip(reading.gaps, reading.pieces, strict=True):
        if _recased(*pieces) or _renumbered(reading, gap, pieces) or _rejoined(reading, gap, pieces):
            found.append(_finding(reading, [_piece(reading.old, gap.old)], [_piece(reading.new, gap.new)]))
    return found


def _names_of_gap(reading: Reading, gap: Gap) -> tuple[list[_Name], list[_Name]]:
    return _names(reading.old, gap.old, reading.dates[0]), _names(reading.new, gap.new, reading.dates[1])


def _altered(reading: Reading, gap: Gap, olds: Sequence[_Name], news: Sequence[_Name]) -> bool:
    if olds and news:
        if reading.lexicon.language == "de" and not _german_name(reading, gap, olds, news):
            return False
        return _letters(olds) != _letters(news)
    if news:
        return gap.old.start == gap.old.end and _extends((reading.new, reading.old), gap.new, news)
    return bool(olds) and gap.new.start == gap.new.end and _extends((reading.old, reading.new), gap.old, olds)


def _german_name(reading: Reading, gap: Gap, olds: Sequence[_Name], news: Sequence[_Name]) -> bool:
    """Every noun has a capital: a name shows by a capital inside it, by what stands before it, or by its likeness."""
    if any(_unmistakable(name.text) for name in (*olds, *news)):
        return True
    before = reading.new.text[max(0, gap.new.start - _WINDOW) : gap.new.start].split()
    after = reading.new.text[gap.new.end :].split(maxsplit=1)
    if before and (before[-1] in _GERMAN_BEFORE or (before[-1][:1].isupper() and len(before) > 1)):
        return True
    if after and after[0][:1].isupper():
        return True
    a, b = olds[0].text, news[0].text
    return a[:2] == b[:2] and abs(len(a) - len(b)) <= 1 and a[-2:] == b[-2:]


def _only_exchanged(names: Sequence[tuple[Sequence[_Name], Sequence[_Name]]]) -> bool:
    """ "A met B" and "B met A": the same names on both sides."""
    olds = Counter(name.text for side, _ in names for name in side)
    return olds == Counter(name.text for _, side in names for name in side)


def _finding(reading: Reading, olds: Sequence[_Name], news: Sequence[_Name]) -> Finding:
    detail = [("old", " ".join(n.text for n in olds))] if olds else []
    detail += [("new", " ".join(n.text for n in news))] if news else []
    evidence = tuple(reading.old.evidence(*n.span) for n in olds), tuple(reading.new.evidence(*n.span) for n in news)
    return Finding(Kind.NAME, *evidence, tuple(detail))


def _letters(names: Sequence[_Name]) -> str:
    """Letters and digits, and where one word ends: ``GSAs`` is no other spelling of ``GSA's``."""
    words = " ".join(name.text for name in names).replace("-", " ").split()
    return " ".join("".join(filter(str.isalnum, word)) for word in words)


def _names(side: Side, span: Span, dates: Sequence[Span]) -> list[_Name]:
    """Words of a span that are (part of) a proper name."""
    found = []
    for match in _WORD.finditer(side.text, span.start, span.end):
        place = Span(*match.span())
        if _is_name(side, match.group(), place) and not any(d.start < place.end and d.end > place.start for d in dates):
            found.append(_Name(match.group(), place))
    return found


def _is_name(side: Side, word: str, place: Span) -> bool:
    if word == word.lower():
        return False
    capital_inside = word[1:] != word[1:].lower() or _DOMAIN.fullmatch(word) is not None
    if word.lower() in COMMON_FIRST_WORDS and not capital_inside:
        return False
    if capital_inside or not _begins_sentence(side, place.start):
        return word[0].isalpha()
    following = _WORD.match(side.text, place.end + 1)
    beside = side.text[place.end : place.end + 1] == " "
    return beside and following is not None and following.group()[0].isupper()


def _begins_sentence(side: Side, start: int) -> bool:
    before = side.text[max(0, start - _WINDOW) : start].rstrip("\"'“‘«‹„‚「([{¿¡ ")
    return not before or before[-1] in ".!?:…•\n" or start in side.starts


def _extends(sides: tuple[Side, Side], span: Span, names: Sequence[_Name]) -> bool:
    """Does an added or removed name, and nothing but a name, stand directly beside one that both sides have?

    Args:
        sides: the side that has it, and the other.
    """
    side, other = sides
    words = _WORD.findall(side.text[span.start : span.end])
    if len(words) > LONGEST_EXTENSION or sum(word.lower() not in _JOINING for word in words) > len(names):
        return False
    end = names[-1].span.end
    after = _AFTER.match(side.text, end)
    if after is not None and after[1][0].isupper() and after.start(1) >= span.end:
        return after[1].lower() not in COMMON_FIRST_WORDS
    start = names[0].span.start
    before = side.text[max(0, start - _WINDOW) : start].split()
    if side.text[span.start : start].strip() or not before:
        return False
    word = before[-1].lstrip("\"'“‘(«")
    return word[:1].isupper() and word[-1].isalnum() and word in other.text and word.lower() not in COMMON_FIRST_WORDS


def _recased(old: str, new: str) -> bool:
    """``javascript`` to ``JavaScript``: the same letters, with a capital inside on one side."""
    a, b = old.strip(), new.strip()
    if not a or " " in a or a.casefold() != b.casefold() or a.casefold() in UNITS:
        return False
    return "." in a or a.lower() in _PARTICLES or any(map(str.isupper, a[1:] + b[1:]))


def _rejoined(reading: Reading, gap: Gap, pieces: tuple[str, str]) -> bool:
    """``Halvorsen & Sons`` to ``Halvorsen and Sons``: between capitals, the sign is part of the name."""
    a, b = pieces[0].strip(), pieces[1].strip()
    if a == b or a not in _AND or b not in _AND:
        return False
    text = reading.new.text
    before, after = text[max(0, gap.new.start - _WINDOW) : gap.new.start].split(), text[gap.new.end :].split(maxsplit=1)
    return bool(before and after) and before[-1][0].isupper() and after[0][0].isupper()


def _renumbered(reading: Reading, gap: Gap, pieces: tuple[str, str]) -> bool:
    """``WCAG 2.0`` to ``WCAG 2.2``: numbers that belong to the name before them."""
    if not all(_VERSION.match(piece) for piece in pieces):
        return False
    if reading.lexicon.language == "de" or any(d.start <= gap.new.start <= d.end + 1 for d in reading.dates[1]):
        return False
    return follows_name(reading.new.text[: gap.new.start].rstrip(), "")


def _piece(side: Side, span: Span) -> _Name:
    text = side.text[span.start : span.end]
    bare = text.strip()
    start = span.start + text.index(bare)
    return _Name(bare, Span(start, start + len(bare)))


def _unmistakable(name: str) -> bool:
    """A name even in a headline in title case: ``GSA``, ``USAGov``, ``digital.gov``."""
    return any(word[1:] != word[1:].lower() or "." in word.rstrip(".") for word in name.split())


def _title_case(text: str) -> bool:
    if text.rstrip("\"'”’»)").endswith((".", "!", "?")):
        return False
    words = [w for w in _WORD.findall(text) if len(w) > 3 and w[0].isalpha()]
    return len(words) > 3 and sum(w[0].isupper() for w in words) > TITLE_CASE * len(words)
