"""Figures in a sentence: what quantity, of what, and how it changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from writethru.comparison.edits import Evidence, Finding, Kind
from writethru.comparison.gaps import Side
from writethru.comparison.lexicon import MULTIPLIERS, NUMBERS, UNITS, listed, number_words
from writethru.comparison.reading import Reading
from writethru.text.numbers import digits_value
from writethru.text.tokens import Span

_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_CURRENCY = "$£€¥₹₽₩₪₺₴"
_SAME_UNIT = {
    word: unit
    for unit, words in {
        "km": "kilometre kilometres kilometer kilometers", "m": "metre metres meter meters",
        "kg": "kilo kilos kilograms",
        "ft": "foot feet", "mi": "mile miles", "h": "hour hours hrs", "min": "minute minutes", "l": "litres liters",
        "t": "tonne tonnes", "km/h": "kph", "$": "dollar dollars", "€": "euro euros", "mb": "megabytes",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Units that are one unit written otherwise."""
_STREETS = listed(
    "Street St Road Rd Row Lane Avenue Ave Drive Boulevard Blvd Square Terrace Court Place Way Close Crescent Parade",
    "Quay",
)


_NUMBERED = re.compile(r"(?:^|[\s(])(?:nos?|nr|figs?|pp?|vols?|art|sections?|chapters?|pages?|№|§)\.?$", re.IGNORECASE)


STREET = re.compile(rf" (?:[^\W\d_a-z][\w'’-]* ){{1,2}}(?:{'|'.join(sorted(_STREETS))})\b")
"""After a house number."""


SAME_PLACE = 6
"""In a replaced stretch of more words than this, only figures of one unit answer each other."""


class Figure(NamedTuple):
    """A quantity: its value, its unit ("" if none that matters), and where it stands."""

    value: float | str
    unit: str
    span: Span


@cache
def _pattern(language: str) -> re.Pattern[str]:
    multipliers = "|".join(sorted(map(re.escape, MULTIPLIERS), key=len, reverse=True))
    digits = r"\d{1,3}(?:[,. \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
    return re.compile(
        rf"(?<![\w.,/:@#-])(?P<sign>[-−+](?=[{_CURRENCY}\d]))?(?P<currency>[A-Z]{{0,2}}[{_CURRENCY}])?"
        rf"(?:(?P<score>(?!24[-–]7(?!\d))\d+[-–]\d+(?![-–/\w]))|(?P<digits>{digits})|(?P<words>(?:{number_words(language)})(?!\w)))"
        rf"(?:[ -]?(?P<multiplier>{multipliers})(?![^\W_]))?(?P<unit> ?%| ?[^\W\d_]+(?:[ /-][^\W\d_]+)?)?(?![\d/:])",
        re.IGNORECASE,
    )


def figures_in(text: str, language: str, dates: Sequence[Span]) -> list[Figure]:
    """The quantities of a sentence; numbers inside dates, addresses and names are none."""
    found = []
    at = 0
    pattern = _pattern(language)
    while match := pattern.search(text, at):
        number = "score" if match["score"] else "digits" if match["digits"] else "words"
        end = max(match.end(number), match.end("multiplier") if match["multiplier"] else 0)
        at = end
        if any(date.start < end and date.end > match.start(number) for date in dates):
            continue
        unit = _unit(match)
        if _is_quantity(text, match, number):
            found.append(Figure(_value(match, number, language), unit, Span(match.start(), end)))
    return found


def _is_quantity(text: str, match: re.Match[str], number: str) -> bool:
    """Not part of a name ("Drupal 8", "Version 2.0"), a footnote, or the pronoun "one"."""
    if number == "words":
        return match["words"].lower() != "one" or match["multiplier"] is not None
    if number == "score":
        return True
    before = text[: match.start()].rstrip(" \u00a0")
    if before.endswith("[") or _NUMBERED.search(before[-12:]):
        return False
    if STREET.match(text, match.end(number)):
        return False
    return match["currency"] is not None or match["unit"] == "%" or not follows_name(before, match["unit"] or "")


def follows_name(before: str, unit: str) -> bool:
    """Does a number after ``before`` belong to a name ("Drupal 8", "WCAG 2.0")?"""
    found = re.search(r"[^\W\d_][\w.'’]*$", before[-24:])
    if found is None or not found.group()[0].isupper() or found.group() in _NOT_NAMES:
        return False
    if unit[-1:] == "s" or unit.strip() in ("people", "men", "women", "children"):
        return False
    return found.group().isupper() or len(found.group()) < len(before.strip("\"'“‘("))


_NOT_NAMES = listed("The A An In At On By For With And But From Of To Some About Nearly Over Only Just Police")


def _unit(match: re.Match[str]) -> str:
    if match["currency"]:
        return match["currency"].upper()
    words = (match["unit"] or "").lower().split()
    if not words:
        return ""
    if words[0] in ("per", "pour") and words[1:2] in (["cent"], ["mille"]):
        return "%"
    if words[0] in ("%", "percent", "prozent", "prosenttia", "процентов", "процента"):
        return "%"
    return _SAME_UNIT.get(words[0], words[0]) if words[0] in UNITS else ""


def _value(match: re.Match[str], number: str, language: str) -> float | str:
    if number == "score":
        return match["score"].replace("–", "-")
    base = (
        digits_value(match["digits"], language) if number == "digits" else _word_value(match["words"].lower(), language)
    )
    multiplier = MULTIPLIERS.get((match["multiplier"] or "").lower(), 1)
    return -base * multiplier if match["sign"] in ("-", "−") else base * multiplier


def _word_value(words: str, language: str) -> float:
    count, _, part = words.replace("-", " ").rpartition(" ")
    singular = part.rstrip("s")
    if count and singular in _FRACTIONS:
        return _COUNTS[count] / _FRACTIONS[singular]
    known = NUMBERS.get(language, NUMBERS["en"])
    tens, joined, ones = words.replace("‑", "-").partition("-")
    return float(known.get(tens, 0) + known.get(ones, 0)) if joined else float(known.get(words, 0))


def figure_findings(reading: Reading) -> list[Finding]:
    """Figures that one side has and the other has not; those of one place, or of one unit, in pairs."""
    old, new, language = reading.old, reading.new, reading.lexicon.language
    olds = figures_in(old.text, language, reading.dates[0])
    news = figures_in(new.text, language, reading.dates[1])
    gone, come = _excess(olds, news), _excess(news, olds)
    gone = gone if come else [figure for figure in gone if _touched(old, figure)]
    come = come if gone else [figure for figure in come if _touched(new, figure)]
    pairs = _paired(reading, gone, come)
    paired = {id(figure) for pair in pairs for figure in pair}
    found = [_finding(old, new, before, after) for before, after in pairs]
    found += [_finding(old, new, figure, None) for figure in gone if id(figure) not in paired]
    found += [_finding(old, new, None, figure) for figure in come if id(figure) not in paired]
    return found


def _paired(reading: Reading, gone: Sequence[Figure], come: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Figures that answer each other: as many in one gap, or the only ones of their unit, or the only ones."""
    by_old = _by_gap(gone, [gap.old for gap in reading.gaps])
    by_new = _by_gap(come, [gap.new for gap in reading.gaps])
    pairs = []
    for gap, olds in by_old.items():
        news = by_new.get(gap, [])
        wide = max(len(piece.split()) for piece in reading.pieces[gap]) > SAME_PLACE
        if len(olds) == len(news) and not wide:
            pairs += [(f, g) for f, g in zip(olds, news, strict=True) if _comparable(f, g)]
        else:
            pairs += [pair for unit in dict.fromkeys(f.unit for f in olds) if (pair := _only(unit, olds, news))]
    if not pairs and len(gone) == len(come) == 1 and not by_old and not by_new:
        return [(gone[0], come[0])]
    return sorted(pairs, key=lambda pair: pair[1].span)


def _comparable(before: Figure, after: Figure) -> bool:
    """Not crowns with years; money with money, and a length in another unit, may be compared."""
    if before.unit == after.unit or not (before.unit and after.unit) or before.value == after.value:
        return True
    return before.unit[-1] in _CURRENCY and after.unit[-1] in _CURRENCY


def _by_gap(figures: Sequence[Figure], gaps: Sequence[Span]) -> dict[int, list[Figure]]:
    """Figures by the number of the gap that touches them."""
    found: dict[int, list[Figure]] = {}
    for figure in figures:
        for number, gap in enumerate(gaps):
            if gap.start < figure.span.end + len(figure.unit) + 1 and gap.end > figure.span.start:
                found.setdefault(number, []).append(figure)
                break
    return found


def _only(unit: str, olds: Sequence[Figure], news: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The figures of a unit, where each side has one."""
    mine, theirs = [f for f in olds if f.unit == unit], [f for f in news if f.unit == unit]
    return (mine[0], theirs[0]) if unit and len(mine) == len(theirs) == 1 else None


def _touched(side: Side, figure: Figure) -> bool:
    return side.marked(figure.span.start, figure.span.end + 12)


def _excess(figures: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Figures for which the other side has no equal one left."""
    left = Counter((figure.value, figure.unit) for figure in others)
    found = []
    for figure in figures:
        key = figure.value, figure.unit
        if left[key]:
            left[key] -= 1
        else:
            found.append(figure)
    return found


def _finding(old: Side, new: Side, before: Figure | None, after: Figure | None) -> Finding:
    detail = []
    evidence_old: tuple[Evidence, ...] = ()
    evidence_new: tuple[Evidence, ...] = ()
    if before is not None:
        evidence_old = (old.evidence(*before.span),)
        detail.append(("old", old.text[before.span.start : before.span.end]))
    if after is not None:
        evidence_new = (new.evidence(*after.span),)
        detail.append(("new", new.text[after.span.start : after.span.end]))
    if before and after:
        detail += _movement(before, after)
    return Finding(Kind.FIGURE, evidence_old, evidence_new, tuple(detail))


def _movement(before: Figure, after: Figure) -> list[tuple[str, str]]:
    """Unit, direction, and the new value as a multiple of the old one."""
    detail = [("unit", after.unit)] if after.unit else []
    if isinstance(before.value, str) or isinstance(after.value, str) or before.unit != after.unit:
        return detail
    detail.append(("direction", "up" if after.value > before.value else "down"))
    if before.value:
        detail.append(("size", f"{after.value / before.value:.3g}"))
    return detail
