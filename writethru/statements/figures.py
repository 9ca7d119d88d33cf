"""Figures: how many of what, how exactly, and which way it moved; every span points into the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from writethru.comparison.edits import Kind
from writethru.comparison.figures import STREET
from writethru.comparison.lexicon import lexicon, listed
from writethru.statements.clock_words import clock_times
from writethru.statements.counted_words import NO_SPAN, counted_after, is_plural
from writethru.statements.counting_nothing import are_years, counts_one, is_age, is_label, is_year
from writethru.statements.hedges import Hedge, Hedging, hedge_after, hedge_before, movement_before
from writethru.statements.measures import Measure, Unit, rate_after, sign_before, unit_after
from writethru.statements.numbers import Form, Number, beginnings, number_at
from writethru.statements.pieces import Piece, pieces_of
from writethru.text.languages import language_of
from writethru.text.numbers import digits_value
from writethru.text.tokens import Span

MOST_FIGURES = 2_000
"""Of one text; a longer table is not read to its end, and ``figures_in`` says how far it read."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as the text states it.

    Attributes:
        low, high: the ends of the interval said ("15 to 22"); equal for one number. In ``unit``.
        unit: one code for all spellings (``measures``); "" for a count.
        measure: the sort of quantity.
        hedge: what the words around it claim.
        movement: 1 a rise by or to it, -1 a fall, 0 neither said.
        counted: what is counted, as written ("people", "heart transplants"); "" where the text does not say.
        rate: what it is counted by ("year"), "" for a plain figure.
        form: how the number is written.
        span: from the currency or number to the end of the unit.
        counted_span: where ``counted`` stands; empty where there is none.
        hedge_span: where the hedge stands; empty where there is none.
    """

    low: float
    high: float
    unit: str
    measure: Measure
    hedge: Hedge
    movement: int
    counted: str
    rate: str
    form: Form
    span: Span
    counted_span: Span
    hedge_span: Span

    @property
    def is_range(self) -> bool:
        """Two ends were said, or a rough plural."""
        return self.low != self.high


class Read(NamedTuple):
    """What was read: the figures, and up to which character of the text."""

    figures: list[Figure]
    until: int


class _Amount(NamedTuple):
    """A number with its unit; pieces ``first`` to ``after``."""

    number: Number
    unit: Unit | None
    first: int
    after: int
    negative: bool


_YEARS = listed("in since by from until till before after of the during that its their his her this")
"""Before a year."""
_NUMBERED = listed(
    "section row page pages chapter article no nos nr number category phase level stage type grade group "
    "version round ",
    "channel highway route flight gate room unit figure fig table vol volume part step apollo series season episode ",
    "lane top bottom class tier size form rule amendment bill proposition prop exhibit count",
)
"""A number behind one of these is a name, not a quantity."""
_BEFORE_MODELS = listed("the a its their first new latest")
_MODEL = re.compile(r"(?!.*s$)[A-Z][a-z]{3,}")
"""Between these a number is a name: "the *787* Dreamliner"; not "the 300 Syrian refugees"."""
_FUNCTION = listed(
    "the a an in at on by for with and but from of to some about nearly over only just police all his her its "
    "their our ",
    "these those this that last next first another than up down between under is are was were has have had be been ",
    "one two three four five six seven eight nine ten both then when while as or if",
)


def figures_in(text: str, language: str | None = None) -> list[Figure]:
    """The quantities of a text, in order; numbers in dates, times, names and ordinals are none.

    ``language``: a code of ``text.languages``; None guesses it.
    """
    return read_figures(text, language).figures


def read_figures(text: str, language: str | None = None) -> Read:
    """As ``figures_in``, with how far was read (``MOST_FIGURES``)."""
    language = language_of(text) if language is None else language
    pieces = pieces_of(text)
    starts = beginnings(pieces, language)
    taken = _dates(text, [pieces[at].start for at in starts], language)
    found: list[Figure] = []
    dates = free = 0
    for at in starts:
        if at < free:
            continue
        if len(found) >= MOST_FIGURES:
            return Read(found, pieces[free].start)
        while dates < len(taken) and taken[dates].end <= pieces[at].start:
            dates += 1
        if dates < len(taken) and taken[dates].start < pieces[at].end:
            continue
        amount = _amount_at(pieces, at, language, free=free)
        if amount is None:
            continue
        amount, other = _range(pieces, amount, language)
        if _is_quantity(text, pieces, amount, other):
            figure = _figure(text, pieces, amount, other)
            found.append(_inherited(text, found[-1], figure) if found else figure)
        free = (other or amount).after
    whole = len(found) < MOST_FIGURES or free >= len(pieces)
    return Read(found, len(text) if whole else pieces[free].start)


def _dates(text: str, starts: Sequence[int], language: str) -> list[Span]:
    """The dates and times of day on the lines on which a number may begin, in order; none runs over a line."""
    pattern = lexicon(language).patterns[Kind.DATE]
    taken: list[Span] = []
    end = -1
    for start in starts:
        if start < end:
            continue
        line, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        end = len(text) if end < 0 else end
        dates = (Span(*match.span()) for match in pattern.finditer(text, line, end))
        taken += [date for date in dates if not _counts_thousands(text, *date)]
        taken += clock_times(text, line, end)
    return sorted(taken)


_THOUSANDS = re.compile(r"(?: [a-z]+)? (?:[a-z]{2,}[^s\W]s|people|men|women|children)\b")


def _counts_thousands(text: str, start: int, end: int) -> bool:
    """Is what looks like a year a number of things: "1500 people", "2000 new homes"?"""
    if end - start != 4 or not text[start:end].isdigit() or not _THOUSANDS.match(text, end):
        return False
    return text[:start].rstrip().rpartition(" ")[2].lower() not in _YEARS


def _amount_at(
    pieces: Sequence[Piece], at: int, language: str, *, free: int = 0, behind_a_dash: bool = False
) -> _Amount | None:
    """The amount that begins with the number at a piece; pieces before ``free`` are another one's."""
    number = number_at(pieces, at, language)
    if number is None or not (behind_a_dash or _begins(pieces, at)) or not _ends(pieces, number):
        return None
    sign = sign_before(pieces, at)
    if sign is not None and sign.first < free:
        sign = None
    first = sign.first if sign else at
    negative = first > free and _negative(pieces, first)
    if sign is not None:
        return _Amount(number, sign, first, number.after, negative)
    unit = unit_after(pieces, number.after)
    return _Amount(number, unit, first, unit.after if unit else number.after, negative)


def _begins(pieces: Sequence[Piece], at: int) -> bool:
    """Not the tail of a name or a code: "COVID-19", "V-12", "TA35", "24-hour-7"."""
    if at == 0 or pieces[at].spaced:
        return True
    before = pieces[at - 1]
    if before.kind == "word":
        return sign_before(pieces, at) is not None
    if before.text in "-–" and at > 1 and not before.spaced:
        return pieces[at - 2].lower in ("sub", "minus", "non", "mid", "now", "then") or pieces[at].kind == "word"
    return before.text not in "/:#@&"


def _ends(pieces: Sequence[Piece], number: Number) -> bool:
    """Not an ordinal, a code or a time: "10th", "5G", "737-800", "7/8", "9:30"."""
    if number.after >= len(pieces):
        return True
    following = pieces[number.after]
    if following.spaced or number.form is not Form.DIGITS:
        return True
    if following.kind == "word":
        return unit_after(pieces, number.after) is not None
    behind = pieces[number.after + 1] if number.after + 1 < len(pieces) else None
    if behind is None or behind.kind != "digits" or behind.spaced:
        return True
    return following.text not in "/:" and not (following.text in "-–" and _is_code(pieces, number.after, number.low))


def _is_code(pieces: Sequence[Piece], hyphen: int, value: float) -> bool:
    """Is "2-0", "2014-15" or "2019-09-01" a result or a date rather than a range?"""
    second = float(digits_value(pieces[hyphen + 1].text, "en"))
    more = pieces[hyphen + 2].text if hyphen + 2 < len(pieces) and not pieces[hyphen + 2].spaced else ""
    return second <= value or more in ("-", "–", "/")


def _negative(pieces: Sequence[Piece], first: int) -> bool:
    before = pieces[first - 1] if first else None
    if before is None or pieces[first].spaced:
        return before is not None and before.lower == "minus"
    return before.text in "-−–" and (first == 1 or before.spaced or pieces[first - 2].lower in ("minus", "("))


def _range(pieces: Sequence[Piece], amount: _Amount, language: str) -> tuple[_Amount, _Amount | None]:
    """The amount with its other end, where the text gives two: "15 to 22", "$62-$68", "between 50 and 70"."""
    at = amount.after
    link = pieces[at].lower if at < len(pieces) else ""
    if link not in ("to", "-", "–", "—", "or", "and") or at + 1 >= len(pieces):
        return amount, None
    start = at + 1
    if sign_at := _skip_sign(pieces, start):
        start = sign_at
    other = _amount_at(pieces, start, language, behind_a_dash=True) if start < len(pieces) else None
    if other is None or not _one_range(pieces, amount, other, link):
        return amount, None
    return _scaled(amount, other), other


def _skip_sign(pieces: Sequence[Piece], at: int) -> int:
    """Behind a currency that begins at ``at``, 0 where none does."""
    for number in (at + 1, at + 2):
        if number < len(pieces) and pieces[number].kind == "digits":
            sign = sign_before(pieces, number)
            if sign is not None and sign.first == at:
                return number
    return 0


def _one_range(pieces: Sequence[Piece], amount: _Amount, other: _Amount, link: str) -> bool:
    if other.first != amount.after + 1 or amount.number.form in (Form.ROUGH, Form.FRACTION):
        return False
    mine, theirs = amount.unit, other.unit
    if mine is not None and (theirs is None or not _same_unit(mine.code, theirs.code)):
        return False
    if mine is None and theirs is not None and theirs.first < other.number.first:
        return False
    low, high = amount.number.low, other.number.low
    between = _opener(pieces, amount) == "between"
    if link == "and":
        return between
    if link == "or":
        return high == low + 1 and amount.number.form is other.number.form
    if link == "to" and low > high and theirs is None and _opener(pieces, amount) != "from":
        return False  # a vote: "by seven to four", "168 to 42"
    if link == "to":
        return mine is not None or movement_before(pieces, amount.first) == 0 or _opener(pieces, amount) == "from"
    return low < high or other.number.scale > amount.number.scale


def _same_unit(code: str, other: str) -> bool:
    """One unit; a bare dollar sign may be any dollar."""
    dollars = ("$", "USD", "AUD", "CAD", "NZD", "HKD", "SGD")
    return code == other or ("$" in (code, other) and code in dollars and other in dollars)


def _opener(pieces: Sequence[Piece], amount: _Amount) -> str:
    """The word before the amount, its hedge left out."""
    hedging = hedge_before(pieces, amount.first)
    first = hedging.first if hedging else amount.first
    return pieces[first - 1].lower if first else ""


def _scaled(amount: _Amount, other: _Amount) -> _Amount:
    """ "$89 to $93 billion": the first end is in billions too."""
    mine, theirs = amount.number, other.number
    if mine.scale == 1 and theirs.scale > 1 and mine.low < 1000 and mine.low * theirs.scale <= theirs.low * 100:
        mine = mine._replace(low=mine.low * theirs.scale, high=mine.high * theirs.scale)
    return amount._replace(number=mine)


def _is_quantity(text: str, pieces: Sequence[Piece], amount: _Amount, other: _Amount | None) -> bool:
    """Not part of a name ("Model 3", "Section 427"), an address, a year, and not the pronoun "one"."""
    number, end = amount.number, other or amount
    if other is not None and are_years(pieces, (amount.number, other.number)):
        return False
    if any(one.unit is not None and one.unit.first != one.unit.after for one in (amount, end)):
        return True
    before = pieces[amount.first - 1].lower if amount.first else ""
    following = pieces[end.after] if end.after < len(pieces) else None
    if number.form is Form.WORDS and pieces[number.first].lower == "one" and number.after == number.first + 1:
        return counts_one(before, following)
    if number.form is not Form.DIGITS:
        return following is None or following.text != "-" or following.spaced
    if (before == "(" and following is not None and following.text == ")") or (other and before in ("a", "an")):
        return False
    return not (
        is_year(before, number, pieces[number.first].text, following)
        or is_label(pieces, number, following)
        or STREET.match(text, pieces[end.after - 1].end)
        or _is_named(pieces, amount, following)
    )


def _is_named(pieces: Sequence[Piece], amount: _Amount, following: Piece | None) -> bool:
    """Does a name or a word such as "section" before the number make it a label?"""
    before = pieces[amount.first - 1] if amount.first else None
    if before is None or before.kind != "word":
        return False
    plural = is_plural(following)
    if before.lower in _BEFORE_MODELS and following is not None and _MODEL.fullmatch(following.text):
        behind = pieces[end + 1] if (end := amount.after) + 1 < len(pieces) else None
        return not is_plural(behind) and following.spaced and amount.unit is None
    if before.lower in _NUMBERED:
        return not plural
    if before.text.islower() or before.lower in _FUNCTION:
        return before.lower == "sp"
    if "," in pieces[amount.number.first].text or amount.number.scale > 1:
        return False
    return not plural or len(before.text) == 1


def _figure(text: str, pieces: Sequence[Piece], amount: _Amount, other: _Amount | None) -> Figure:
    end = other or amount
    unit = amount.unit if amount.unit and amount.unit.code != "$" else end.unit or amount.unit
    low, high = amount.number.low, end.number.high
    sign = -1 if amount.negative else 1
    begins = amount.first - amount.negative
    low, high = sorted((low * sign, high * (sign if other is None else 1)))
    rate, read = rate_after(pieces, end.after)
    counted = counted_after(pieces, end.after + read) if unit is None or unit.measure is not Measure.MONEY else NO_SPAN
    if amount.first and pieces[amount.first - 1].lower == "magnitude":
        counted = NO_SPAN  # "a magnitude 6 quake" is no six quakes
    if not rate and counted.end:
        rate, _ = rate_after(pieces, bisect_left(pieces, counted.end, key=lambda piece: piece.start))
    hedging = hedge_before(pieces, _hedged(pieces, amount)) or hedge_after(pieces, end.after)
    measure = unit.measure if unit else Measure.SHARE if amount.number.form is Form.FRACTION else Measure.COUNT
    code = unit.code if unit else ""
    if unit is None and not counted.end and other is None and is_age(text, pieces, amount.number):
        measure, code = Measure.AGE, "year"
    return Figure(
        low, high, code, measure,
        hedging.hedge if hedging else Hedge.NONE,
        _movement(pieces, amount, hedging), text[counted.start : counted.end], rate, amount.number.form,
        Span(pieces[begins].start, pieces[end.after - 1].end), counted,
        Span(pieces[hedging.first].start, pieces[hedging.after - 1].end) if hedging else NO_SPAN,
    )  # fmt: skip


def _inherited(text: str, before: Figure, figure: Figure) -> Figure:
    """What a figure takes over from the one it repeats: "more than 100 km (60 miles)", "190 points, or 0.6 %"."""
    link = text[before.span.end : figure.span.start]
    if figure.hedge or figure.movement or before.unit == figure.unit:
        return figure
    if link.strip() == "(":
        return replace(figure, hedge=before.hedge, hedge_span=before.hedge_span, movement=before.movement)
    if link in (", or ", " or ") and before.movement:
        return replace(figure, movement=before.movement)
    return figure


def _hedged(pieces: Sequence[Piece], amount: _Amount) -> int:
    """Where a hedge of the amount would end: before "between", "from" and a sign of direction."""
    at = amount.first
    if at and (pieces[at - 1].text in "-−+" or pieces[at - 1].lower in ("between", "from", "minus")):
        return at if pieces[at - 1].text == "-" and at > 1 and pieces[at - 2].lower == "sub" else at - 1
    return at


def _movement(pieces: Sequence[Piece], amount: _Amount, hedging: Hedging | None) -> int:
    before = pieces[amount.first - 1] if amount.first else None
    if before is not None and not pieces[amount.first].spaced and before.text in "+-−":
        return 1 if before.text == "+" else -1 if amount.negative and amount.unit and amount.unit.code == "%" else 0
    at = hedging.first if hedging and hedging.first < amount.first else amount.first
    return movement_before(pieces, at - 1 if at and pieces[at - 1].lower == "from" and amount.unit else at)
