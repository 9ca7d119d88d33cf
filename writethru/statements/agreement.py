"""Do two figures agree, does one refine the other, are they compatible, or do they conflict? With the reason.

A figure is a claim that the true value lies in an interval: an exact one claims a point (which may be rounded), "about"
a neighbourhood, "more than" a half line. Claims that share no value conflict. Whether two figures speak of the same
thing is not asked here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from writethru.statements.figures import Figure
from writethru.statements.hedges import Hedge
from writethru.statements.measures import Measure
from writethru.statements.numbers import Form


class Relation(StrEnum):
    """How two figures stand to each other."""

    AGREE = "agree"
    """They say the same, perhaps in other words or units."""
    REFINE = "refine"
    """Both can be true, and one says more exactly what the other says."""
    COMPATIBLE = "compatible"
    """Both can be true; neither follows from the other."""
    CONFLICT = "conflict"
    """They cannot both be true."""
    INCOMPARABLE = "incomparable"
    """Quantities of different sorts, or in currencies that only a rate of a day could set side by side."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A relation and why, in words for people.

    Attributes:
        finer: 0 or 1, which of the two is the more exact where one refines the other, else None.
    """

    relation: Relation
    reason: str
    finer: int | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """The values a figure allows, from ``low`` to ``high``; open ends are not counted in.

    Attributes:
        point: the one value said, None for a range.
        hedged: a word around it says that it is rough.
    """

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    point: float | None = None
    hedged: bool = False

    @property
    def width(self) -> float:
        return self.high - self.low


_DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD"})
_LONG = {"millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0,
         "fortnight": 1_209_600.0, "month": 2_629_800.0, "year": 31_557_600.0, "decade": 315_576_000.0,
         "century": 3_155_760_000.0}  # fmt: skip
"""Seconds; months and years are mean ones."""
_CONVERTED = 0.025
"""A figure in another unit is the same one where it is this close: each text rounded for itself."""
_HUNDREDTHS = {("cent", "$"): 0.01, ("cent", "USD"): 0.01, ("cent", "EUR"): 0.01, ("pence", "GBP"): 0.01,
               ("pence", "pound"): 0.01}  # fmt: skip
_ONE_MONEY = ({"pound", "GBP"}, {"¥", "JPY"}, {"¥", "CNY"}, {"rupee", "INR"}, {"franc", "CHF"})
_ROUNDED = 0.1
"""A figure may be the rounding of another where its last place is at most this share of it."""
_FAR = 1.5
"""Above "more than N" by more than this factor, a figure says something else than N does."""
_SAME = 1e-9


_Convert = Callable[[float], float]


def agreement(one: Figure, other: Figure) -> Agreement:
    """How two figures of the same thing stand to each other."""
    convert = _conversion(one, other)
    if isinstance(convert, str):
        return Agreement(Relation.INCOMPARABLE, convert)
    if one.movement * other.movement < 0:
        return Agreement(Relation.CONFLICT, "one is a rise, the other a fall")
    a, b = _claim(one), _claim(other)
    if one.unit != other.unit and one.measure in (Measure.PHYSICAL, Measure.TIME, Measure.AGE):
        return _converted(a, b, convert)
    return _related(a, _moved(b, convert))


def _conversion(one: Figure, other: Figure) -> _Convert | str:
    """What takes the other's values into the unit of the first, or why nothing does."""
    times = {one.measure, other.measure} <= {Measure.TIME, Measure.AGE}
    if one.measure is not other.measure and not times:
        return f"quantities of different sorts: {one.measure.value} and {other.measure.value}"
    if one.rate != other.rate:
        return f"counted by different measures: {one.rate or 'in all'} and {other.rate or 'in all'}"
    if one.measure is Measure.SHARE:
        return _by((100 if one.unit == "%" else 1) / (100 if other.unit == "%" else 1))
    if one.unit == other.unit or not (one.unit and other.unit):
        return _by(1)
    if one.measure is Measure.MONEY:
        return _moneys(one.unit, other.unit)
    if times:
        return _by(_LONG[other.unit] / _LONG[one.unit])
    if one.measure is Measure.PHYSICAL:
        return _physical(one.unit, other.unit)
    if {one.unit, other.unit} == {"pp", "bp"}:
        return _by(0.01 if one.unit == "pp" else 100)
    return f"counted in {one.unit} and in {other.unit}"


def _by(factor: float) -> _Convert:
    return lambda value: value * factor


def _moneys(mine: str, theirs: str) -> _Convert | str:
    if ("$" in (mine, theirs) and {mine, theirs} & _DOLLARS) or {mine, theirs} in _ONE_MONEY:
        return _by(1)
    if factor := _HUNDREDTHS.get((theirs, mine)):
        return _by(factor)
    if factor := _HUNDREDTHS.get((mine, theirs)):
        return _by(1 / factor)
    return f"in {mine} and in {theirs}: only the rate of a day could compare them"


def _physical(mine: str, theirs: str) -> _Convert | str:
    if (mine, theirs) == ("degree_Celsius", "degree_Fahrenheit"):
        return lambda value: (value - 32) * 5 / 9
    if (mine, theirs) == ("degree_Fahrenheit", "degree_Celsius"):
        return lambda value: value * 9 / 5 + 32
    factor = _pint_factor(theirs, mine)
    return _by(factor) if factor else f"{mine} and {theirs} measure different things"


@cache
def _pint_factor(source: str, target: str) -> float:
    """Multiplier between two units; 0 where they do not measure the same thing."""
    import pint

    registry: Any = pint.UnitRegistry()
    try:
        return float(registry.Quantity(1.0, _pint_name(source)).to(_pint_name(target)).magnitude)
    except (pint.DimensionalityError, pint.UndefinedUnitError, pint.OffsetUnitCalculusError):
        return 0


def _pint_name(code: str) -> str:
    for power, word in ((2, "square_"), (3, "cubic_")):
        if code.startswith(word):
            return f"{code.removeprefix(word)} ** {power}"
    return {"tonne": "metric_ton", "ton": "short_ton", "barrel": "oil_barrel"}.get(code, code)


def _claim(figure: Figure) -> _Claim:
    """The values a figure allows, in its own unit."""
    low, high = figure.low, figure.high
    if figure.hedge is Hedge.MORE_THAN:
        return _Claim(low, math.inf, open_low=True, point=low, hedged=True)
    if figure.hedge is Hedge.AT_LEAST:
        return _Claim(low, math.inf, point=low, hedged=True)
    if figure.hedge is Hedge.LESS_THAN:
        return _Claim(-math.inf, high, open_high=True, point=high, hedged=True)
    if figure.hedge is Hedge.UP_TO:
        return _Claim(-math.inf, high, point=high, hedged=True)
    if low != high:
        slack = _slack(high) if figure.hedge is Hedge.ABOUT else 0
        return _Claim(low - slack, high + slack, hedged=figure.hedge is not Hedge.NONE)
    if figure.form is Form.FRACTION and figure.hedge is not Hedge.NEARLY:
        wide = 0.03 if figure.hedge is Hedge.NONE else 0.06
        return _Claim(low * (1 - wide), low * (1 + wide), point=low, hedged=figure.hedge is not Hedge.NONE)
    if figure.hedge is Hedge.NEARLY:
        return _Claim(low - max(2 * _slack(low), abs(low) * 0.1), low, open_high=True, point=low, hedged=True)
    if figure.hedge is Hedge.ABOUT:
        return _Claim(low - _slack(low), low + _slack(low), point=low, hedged=True)
    return _Claim(low, low, point=low)


def _slack(value: float) -> float:
    """How far "about" reaches: a tenth of a number with one digit that counts, less the more exactly it is put."""
    digits = _digits(value)
    if digits > 2:
        return abs(value) * 0.01
    share = abs(value) * (0.1 if digits == 1 else 0.03)
    half_a_place = 0.7 * 10.0 ** (math.floor(math.log10(abs(value))) - 1) if value and digits == 2 else 0
    return max(share, half_a_place, 1 if 5 <= abs(value) < 20 and float(value).is_integer() else 0)


def _digits(value: float) -> int:
    """Digits that count: 2 for 1,400 and for 0.14."""
    mantissa = f"{abs(value):.12e}".split("e")[0].replace(".", "")
    return max(1, len(mantissa.rstrip("0")))


def _moved(claim: _Claim, convert: _Convert) -> _Claim:
    point = None if claim.point is None else convert(claim.point)
    low, high = (end if math.isinf(end) else convert(end) for end in (claim.low, claim.high))
    return replace(claim, low=low, high=high, point=point)


def _converted(a: _Claim, b: _Claim, convert: _Convert) -> Agreement:
    """Claims in two units, where each text rounded for itself."""
    b = _moved(b, convert)
    if a.point is None or b.point is None:
        return _related(a, b)
    close = abs(a.point - b.point) <= _CONVERTED * max(abs(a.point), abs(b.point))
    if not a.hedged and not b.hedged:
        if close:
            return Agreement(Relation.AGREE, "the same in another unit")
        return Agreement(Relation.CONFLICT, _why_apart(a, b))
    if close:
        b = replace(b, low=b.low + a.point - b.point, high=b.high + a.point - b.point, point=a.point)
    return _related(a, b)


def _related(a: _Claim, b: _Claim) -> Agreement:
    if _equal(a.low, b.low) and _equal(a.high, b.high) and (a.open_low, a.open_high) == (b.open_low, b.open_high):
        return Agreement(Relation.AGREE, "the same")
    if a.point is not None and b.point is not None and _equal(a.point, b.point):
        return _same_point(a, b)
    if _apart(a, b):
        return _rounded(a, b) or Agreement(Relation.CONFLICT, _why_apart(a, b))
    return _nested(a, b)


def _equal(x: float, y: float) -> bool:
    return math.isclose(x, y, rel_tol=_SAME, abs_tol=_SAME * 1e-3)


def _apart(a: _Claim, b: _Claim) -> bool:
    """No value satisfies both; two that are both "about" must be within the reach of one of them."""
    if a.point is not None and b.point is not None and a.hedged and b.hedged and math.isfinite(a.width + b.width):
        return abs(a.point - b.point) > max(a.width, b.width) / 2
    low, high = (a, b) if (a.low, a.high) <= (b.low, b.high) else (b, a)
    if _equal(low.high, high.low):
        return low.open_high or high.open_low
    return low.high < high.low


def _rounded(a: _Claim, b: _Claim) -> Agreement | None:
    """An exact number whose rounding is the other one: "1,400" and "1,429"."""
    if a.point is None or b.point is None or a.width or b.width:
        return None
    points = (a.point, b.point)
    coarse, fine = (0, 1) if _digits(a.point) < _digits(b.point) else (1, 0)
    place = _place(points[coarse])
    if not place or not _equal(math.floor(points[fine] / place + 0.5) * place, points[coarse]):
        return None
    return Agreement(
        Relation.REFINE, f"{plain_number(points[coarse])} may be {plain_number(points[fine])} rounded", fine
    )


def _place(value: float) -> float:
    """The last place of a number that may be rounded: 100 for 1,400, 10 for 500, 1 for 9, .1 for 0.5."""
    if value == 0:
        return 0
    place = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - _digits(value))
    while place > 1 and place > _ROUNDED * abs(value):
        place /= 10
    return place


_LARGE = 1e6


def plain_number(value: float) -> str:
    """A number as people write it: never with an exponent that hides how large it is."""
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:,.6g}"


def _why_apart(a: _Claim, b: _Claim) -> str:
    if a.point and b.point and not a.hedged and not b.hedged:
        low, high = sorted((abs(a.point), abs(b.point)))
        return (
            f"{plain_number(high)} is {high / low:.1f} times {plain_number(low)}"
            if high >= 1.5 * low
            else f"{plain_number(high - low)} apart"
        )
    return "no number satisfies both"


def _same_point(a: _Claim, b: _Claim) -> Agreement:
    """One number, put in two ways: "1,400" and "about 1,400", "more than 20" and "at least 20"."""
    if not a.hedged and not b.hedged:
        return Agreement(Relation.AGREE, "the same")
    if a.hedged != b.hedged:
        if _apart(a, b):
            return Agreement(Relation.CONFLICT, "one says this number, the other leaves it out")
        return Agreement(Relation.REFINE, "the same number, once hedged and once not", 1 if a.hedged else 0)
    if _apart_bounds(a, b):
        return Agreement(Relation.CONFLICT, "one says more, the other less")
    return Agreement(Relation.COMPATIBLE, "the same number, hedged in two ways")


def _apart_bounds(a: _Claim, b: _Claim) -> bool:
    """ "more than 20" and "up to 20": the two half lines share nothing."""
    low, high = (a, b) if (a.low, a.high) <= (b.low, b.high) else (b, a)
    return _equal(low.high, high.low) and (low.open_high or high.open_low)


def _nested(a: _Claim, b: _Claim) -> Agreement:
    """Claims that share values: does the narrower one lie in the wider?"""
    finer = 0 if (a.width, a.hedged) < (b.width, b.hedged) else 1
    fine, wide = (a, b) if finer == 0 else (b, a)
    if math.isinf(fine.width):
        return Agreement(Relation.COMPATIBLE, "both are bounds, and some numbers satisfy both")
    if not (wide.low <= fine.low and fine.high <= wide.high):
        return Agreement(Relation.COMPATIBLE, "some numbers satisfy both")
    if math.isinf(wide.width) and wide.point is not None and _far(fine, wide.point):
        return Agreement(Relation.COMPATIBLE, "within the bound, but far from it")
    return Agreement(Relation.REFINE, "the narrower lies within the wider", finer)


def _far(fine: _Claim, bound: float) -> bool:
    middle = (fine.low + fine.high) / 2
    if not bound or not middle:
        return False
    return not 1 / _FAR <= middle / bound <= _FAR
