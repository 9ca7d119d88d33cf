"""Units of figures: currencies with their codes, shares, lengths of time, physical measures, and what they are of.

Written forms are kept by the caller; here a form becomes a code: ISO 4217 for a currency whose country is said
(``USD``), its sign where it is not (``$``); a name that ``pint`` knows for measures; ``%`` for shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from writethru.comparison.lexicon import listed
from writethru.statements.pieces import Piece


class Measure(StrEnum):
    """What sort of quantity a figure is; only figures of one sort are ever compared."""

    MONEY = "money"
    SHARE = "share"
    """Percentages, fractions, "one in five"."""
    POINTS = "points"
    """Percentage points, basis points, points of an index."""
    TIME = "time"
    AGE = "age"
    PHYSICAL = "physical"
    COUNT = "count"


class Unit(NamedTuple):
    """A unit over the pieces ``first`` to ``after`` (not counted in).

    Attributes:
        code: one spelling for all ways of writing it.
        measure: the sort of quantity.
        first, after: pieces; equal where the unit is implied.
    """

    code: str
    measure: Measure
    first: int
    after: int


SIGNS = {"$": "$", "£": "GBP", "€": "EUR", "¥": "¥", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₺": "TRY",
         "₴": "UAH", "₦": "NGN", "₫": "VND", "฿": "THB"}  # fmt: skip
_DOLLARS = {"us": "USD", "u.s": "USD", "a": "AUD", "au": "AUD", "aus": "AUD", "c": "CAD", "ca": "CAD", "can": "CAD",
            "nz": "NZD", "hk": "HKD", "s": "SGD", "nt": "TWD", "r": "BRL"}  # fmt: skip
_CODES = listed("USD EUR GBP JPY CNY CHF AUD CAD NZD HKD SGD SEK NOK DKK INR RUB BRL ZAR KRW ILS TRY UAH PLN ",
    "CZK HUF MXN THB IDR MYR PHP SAR AED EGP NGN KES PKR RMB")  # fmt: skip
_PREFIXES = {"rs": "INR", "rm": "MYR", "rmb": "CNY", "chf": "CHF"}
_NATIONS = {
    "us": "USD", "u.s": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "new zealand": "NZD",
    "hong kong": "HKD", "singapore": "SGD", "british": "GBP", "egyptian": "EGP", "sterling": "GBP",
    "chinese": "CNY", "japanese": "JPY", "israeli": "ILS", "indian": "INR", "pakistani": "PKR", "russian": "RUB",
    "mexican": "MXN", "swiss": "CHF", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK", "turkish": "TRY",
}  # fmt: skip
_MONEY = {
    "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$", "euro": "EUR", "euros": "EUR", "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "rupee": "rupee", "rupees": "rupee", "ruble": "RUB", "rubles": "RUB",
    "rouble": "RUB", "roubles": "RUB", "shekel": "ILS", "shekels": "ILS", "franc": "franc", "francs": "franc",
    "krone": "krone", "kroner": "krone", "krona": "krona", "kronor": "krona", "crown": "crown", "crowns": "crown",
    "peso": "peso", "pesos": "peso", "real": "BRL", "reais": "BRL", "rand": "ZAR", "won": "KRW", "lira": "lira",
    "liras": "lira", "zloty": "PLN", "zlotys": "PLN", "forint": "HUF", "forints": "HUF", "dirham": "dirham",
    "dirhams": "dirham", "riyal": "riyal", "riyals": "riyal", "dinar": "dinar", "dinars": "dinar", "quid": "GBP",
    "hryvnia": "UAH", "hryvnias": "UAH", "marks": "mark", "bitcoin": "BTC", "bitcoins": "BTC",
}  # fmt: skip
_HUNDREDTHS = {"cent": "cent", "cents": "cent", "pence": "pence", "penny": "pence", "p": "pence"}
_TIME = {
    "second": "second", "seconds": "second", "sec": "second", "secs": "second", "minute": "minute",
    "minutes": "minute", "min": "minute", "mins": "minute", "hour": "hour", "hours": "hour", "hr": "hour",
    "hrs": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week", "fortnight": "fortnight",
    "month": "month", "months": "month", "year": "year", "years": "year", "yr": "year", "yrs": "year",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "millisecond": "millisecond", "milliseconds": "millisecond",
}  # fmt: skip
_PHYSICAL = {
    "metre": "meter metre metres meters", "kilometer": "kilometre kilometres kilometer kilometers km kms",
    "centimeter": "centimetre centimetres centimeter centimeters cm", "meter": "m",
    "millimeter": "millimetre millimetres millimeter millimeters mm", "nanometer": "nanometre nanometres nanometer "
    "nanometers nm", "micrometer": "μm µm micron microns", "mile": "mile miles mi", "foot": "foot feet ft",
    "inch": "inch inches", "yard": "yard yards yd", "acre": "acre acres", "hectare": "hectare hectares ha",
    "tonne": "tonne tonnes", "ton": "ton tons", "kilogram": "kilo kilos kilogram kilograms kilogramme "
    "kilogrammes kg kgs",
    "gram": "gram grams gramme grammes g", "milligram": "milligram milligrams mg", "ounce": "ounce ounces oz",
    "pound": "lb lbs", "stone": "stone", "liter": "litre litres liter liters", "milliliter": "millilitre millilitres "
    "milliliter milliliters ml", "gallon": "gallon gallons", "barrel": "barrel barrels", "pint": "pint pints",
    "watt": "watt watts w", "kilowatt": "kilowatt kilowatts kw", "megawatt": "megawatt megawatts mw",
    "gigawatt": "gigawatt gigawatts gw", "kilowatt_hour": "kwh", "megawatt_hour": "mwh",
    "horsepower": "horsepower hp bhp",
    "volt": "volt volts v", "ampere": "amp amps", "milliampere_hour": "mah", "hertz": "hz hertz",
    "kilohertz": "khz", "megahertz": "mhz", "gigahertz": "ghz", "megabit_per_second": "mbps",
    "gigabit_per_second": "gbps",
    "byte": "byte bytes", "kilobyte": "kb kilobyte kilobytes", "megabyte": "mb megabyte megabytes",
    "gigabyte": "gb gigabyte gigabytes", "terabyte": "tb terabyte terabytes", "decibel": "decibel decibels db",
    "degree": "degree degrees °", "degree_Celsius": "celsius °c ℃", "degree_Fahrenheit": "fahrenheit °f",
    "mile_per_hour": "mph", "kilometer_per_hour": "kph kmh km/h", "knot": "knot knots",
    "gigapascal": "gigapascal gigapascals gpa", "megapascal": "mpa", "kilopascal": "kpa", "bar": "bar bars",
    "calorie": "calorie calories", "kilocalorie": "kcal", "joule": "joule joules", "carat": "carat carats",
    "ksi": "ksi", "gauge": "gauge", "magnitude": "magnitude",
}  # fmt: skip
_SHARE = frozenset({"%", "percent", "pct", "pc", "per-cent"})
_PER = frozenset({"a", "an", "per", "each", "every", "/"})
_NO_RATE = frozenset({"later", "ago", "earlier", "before", "after", "from", "into", "old", "and", "or"})
"""Behind "an hour": it says when, and not for how long each is counted."""
_BOTH = 4
"""Words of a rate by two things."""
_OF_TIME = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "night", "person", "head", "share",
                      "barrel", "gallon", "litre", "liter", "tonne", "ton", "ounce", "mile", "kilometre", "kilometer",
                      "km", "hr", "h", "gram", "gramme", "kilo", "kilogram", "kg", "pound", "unit", "household",
                      "family",
                      "hectare", "acre", "vote", "ticket", "child", "pupil", "student"})  # fmt: skip


@cache
def _physical() -> dict[str, str]:
    return {word: code for code, words in _PHYSICAL.items() for word in words.split()} | {"metre": "meter"}


def sign_before(pieces: Sequence[Piece], at: int) -> Unit | None:
    """The currency that stands before the number at piece ``at``: "$", "US$", "$US", "EUR", "Rs"."""
    before = pieces[at - 1] if at else None
    if before is None:
        return None
    code = SIGNS.get(before.text)
    if code is not None:
        return _with_country(pieces, at - 1, code, at)
    if before.kind == "word" and at > 1 and pieces[at - 2].text == "$" and not before.spaced:
        country = _DOLLARS.get(before.lower)
        return Unit(country, Measure.MONEY, at - 2, at) if country else None
    if before.text in _CODES:
        return Unit("CNY" if before.text == "RMB" else before.text, Measure.MONEY, at - 1, at)
    if before.text.lower() in _PREFIXES and (before.text[0].isupper()):
        return Unit(_PREFIXES[before.lower], Measure.MONEY, at - 1, at)
    return None


def _with_country(pieces: Sequence[Piece], sign: int, code: str, number: int) -> Unit:
    """ "US$", "A$", "NZ $", "U.S. $"."""
    if code == "$" and sign:
        country = pieces[sign - 1]
        known = _DOLLARS.get(country.lower)
        if known and country.text.isupper() and (len(country.text) > 1 or not pieces[sign].spaced):
            return Unit(known, Measure.MONEY, sign - 1, number)
    return Unit(code, Measure.MONEY, sign, number)


def unit_after(pieces: Sequence[Piece], at: int) -> Unit | None:
    """The unit that begins at piece ``at``, right after a number (a hyphen between them is skipped)."""
    first = at
    if at < len(pieces) and pieces[at].text in "-‑" and not pieces[at].spaced:
        at += 1
    if at >= len(pieces):
        return None
    return _share(pieces, first, at) or _money(pieces, first, at) or _measured(pieces, first, at)


def _lower(pieces: Sequence[Piece], at: int) -> str:
    return pieces[at].lower if at < len(pieces) else ""


def _share(pieces: Sequence[Piece], first: int, at: int) -> Unit | None:
    word, following = _lower(pieces, at), _lower(pieces, at + 1)
    after = 0
    if word in _SHARE:
        after = at + 1
    elif word in ("per", "pour") and following == "cent":
        after = at + 2
    elif word in ("prozent", "prosenttia", "процентов", "процента"):
        after = at + 1
    if after:
        if _lower(pieces, after) == "-" and _lower(pieces, after + 1) in ("point", "points"):
            after += 1
        points = _lower(pieces, after) in ("point", "points") and word != "pc"
        return Unit("pp" if points else "%", Measure.POINTS if points else Measure.SHARE, first, after + points)
    if word in ("percentage", "basis") and following in ("point", "points"):
        return Unit("pp" if word == "percentage" else "bp", Measure.POINTS, first, at + 2)
    if word in ("point", "points"):
        return Unit("point", Measure.POINTS, first, at + 1)
    return None


def _money(pieces: Sequence[Piece], first: int, at: int) -> Unit | None:
    word = _lower(pieces, at)
    two = f"{word} {_lower(pieces, at + 1)}"
    for nation, length in ((two, 2), (word, 1)):
        if nation in _NATIONS:
            behind = at + length + (_lower(pieces, at + length) == ".")
            name = _lower(pieces, behind)
            if name in _MONEY or name in ("pound", "pounds"):
                return Unit(_NATIONS[nation], Measure.MONEY, first, behind + 1)
    if word in _MONEY:
        return Unit(_MONEY[word], Measure.MONEY, first, at + 1)
    if pieces[at].text in SIGNS:
        return Unit(SIGNS[pieces[at].text], Measure.MONEY, first, at + 1)
    if pieces[at].text in _CODES:
        return Unit(pieces[at].text, Measure.MONEY, first, at + 1)
    if word in _HUNDREDTHS and (len(word) > 1 or not pieces[at].spaced):
        return Unit(_HUNDREDTHS[word], Measure.MONEY, first, at + 1)
    if word in ("pound", "pounds"):
        return Unit("pound", Measure.MONEY, first, at + 1)
    return None


def _measured(pieces: Sequence[Piece], first: int, at: int) -> Unit | None:
    piece = pieces[at]
    squared = {"square": "square_", "sq": "square_", "cubic": "cubic_", "metric": ""}.get(piece.lower)
    if squared is not None:
        at += 1 + (_lower(pieces, at + 1) == ".")
        code = _physical().get(_lower(pieces, at))
        if code is not None and not squared:
            code = {"ton": "tonne"}.get(code, code)
        return None if code is None else Unit(squared + code, Measure.PHYSICAL, first, at + 1)
    if piece.lower in _TIME:
        return _time_or_age(pieces, first, at)
    if piece.text == "°" and _lower(pieces, at + 1) in ("c", "f"):
        return Unit(
            "degree_Celsius" if _lower(pieces, at + 1) == "c" else "degree_Fahrenheit", Measure.PHYSICAL, first, at + 2
        )
    if piece.text in ("C", "F") and not piece.spaced and at == first and not _names_somebody(pieces, at):
        return Unit("degree_Celsius" if piece.text == "C" else "degree_Fahrenheit", Measure.PHYSICAL, first, at + 1)
    code = _physical().get(piece.lower)
    if code is None or (len(piece.text) == 1 and piece.text != "°" and not _letter_unit(pieces, at)):
        return None
    after = at + 1
    if code == "kilometer" and [one.lower for one in pieces[after : after + 2]] in (["/", "h"], ["/", "hr"]):
        return Unit("kilometer_per_hour", Measure.PHYSICAL, first, after + 2)
    if code in ("meter", "kilometer", "mile", "foot") and _lower(pieces, after) in ("2", "²"):
        return Unit(f"square_{code}", Measure.PHYSICAL, first, after + 1)
    if code == "degree" and _lower(pieces, after) in ("celsius", "fahrenheit", "c", "f"):
        code = "degree_Celsius" if _lower(pieces, after)[0] == "c" else "degree_Fahrenheit"
        after += 1
    return Unit(code, Measure.PHYSICAL, first, after)


_NO_NAME = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June ",
    "July August September October November December In On At As By For From And Or To Over Under Above Below Before ",
    "After During With This Last Next Today Heat Heatwave Cold Temperature Temperatures Weather Record Day Days Night ",
    "High Highs Low Lows Fever")  # fmt: skip
"""Capitals behind a temperature that make no name of it."""


def _names_somebody(pieces: Sequence[Piece], at: int) -> bool:
    """Is a number with this letter the beginning of a name somewhere in the text: "18F Accessibility Guide"?"""
    number, letter = pieces[at - 1].text, pieces[at].text
    return any(
        (one.text, two.text) == (number, letter) and not two.spaced
        and name.spaced and name.text.istitle() and name.text not in _NO_NAME
        for one, two, name in zip(pieces, pieces[1:], pieces[2:], strict=False)
    )  # fmt: skip


def _letter_unit(pieces: Sequence[Piece], at: int) -> bool:
    """A single letter is a unit where no letter that is its neighbour says otherwise: "32 m", "5 g", not "m." """
    return pieces[at].text in ("m", "g", "V", "W", "v", "w") and _lower(pieces, at + 1) not in ("'", "’")


def _time_or_age(pieces: Sequence[Piece], first: int, at: int) -> Unit:
    code = _TIME[_lower(pieces, at)]
    after = at + 1
    rest = [piece.lower for piece in pieces[after : after + 3]]
    if rest[:2] == ["-", "old"] or rest[:2] == ["-", "olds"]:
        return Unit(code, Measure.AGE, first, after + 2)
    if rest[:1] in (["old"], ["olds"]) or rest[:2] == ["of", "age"]:
        return Unit(code, Measure.AGE, first, after + (1 if rest[0] != "of" else 2))
    return Unit(code, Measure.TIME, first, after)


def rate_after(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """What a figure is counted by: ("year", pieces read) for "a year", "per gallon", "/hr"; else ("", 0)."""
    words = [piece.lower for piece in pieces[at : at + 4]]
    if len(words) > 1 and words[0] in _PER and words[1] in _OF_TIME:
        return ("", 0) if words[2:3] and words[2] in _NO_RATE else (words[1], 2)
    if len(words) == _BOTH and words[0] in _PER and words[2] in _PER and words[3] in _OF_TIME:
        return f"{words[1]}, {words[3]}", _BOTH  # "a patient each year"
    if _lower(pieces, at) == "per" and _lower(pieces, at + 1) in ("square", "cubic"):
        return " ".join(piece.lower for piece in pieces[at + 1 : at + 3]), 3
    if _lower(pieces, at) == "annually":
        return "year", 1
    return "", 0
