"""Numbers that count nothing: labels, years, the pronoun "one"; and those that say how old somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from writethru.comparison.lexicon import listed
from writethru.statements.counted_words import is_plural
from writethru.statements.numbers import Form, Number
from writethru.statements.pieces import Piece

_BEFORE_YEARS = listed("in by until till since before after of from . between to")
"""Before a year that no pattern of dates knows."""
_NOT_ONE = listed("each this that every which no any the another first second third fourth fifth last next other only")
"""Before "one": it is one of those, and no figure ("the third one lifted his feet")."""
_PRONOUN_ONE = listed(
    "is was has had would will could can of another or and the that who which to in on by at for as with day thing ",
    "another more else another's hand side time way being",
)


def counts_one(before: str, following: Piece | None) -> bool:
    """ "one proposal", not "each one", "one of them", "one another"."""
    if before in _NOT_ONE or following is None:
        return False
    return following.kind == "word" and following.lower not in _PRONOUN_ONE


def is_year(before: str, number: Number, written: str, following: Piece | None) -> bool:
    """A year that no pattern of dates knows: "by 2120", "A.D. 1000"."""
    if len(written) != 4 or not written.isdigit() or number.scale != 1 or not 1000 <= number.low < 2200:
        return False
    return before in _BEFORE_YEARS and not is_plural(following)


_FEW_YEARS = 20
"""No more lie between two years that are written as one time; more are two ends of a count."""


def are_years(pieces: Sequence[Piece], ends: tuple[Number, Number]) -> bool:
    """Two years with a dash between them: "2022-2023 goals", "(42 pages, 2014-2016)"."""
    low, high = ends
    written = [pieces[end.first].text for end in ends]
    if any(len(one) != 4 or not one.isdigit() for one in written) or pieces[low.after].text not in "-–":
        return False
    return 1900 <= low.low < high.low < 2100 and high.low - low.low <= _FEW_YEARS and low.scale == high.scale == 1


_LABELLED = listed("caliber calibre gauge")
"""Behind a number that is a name: "the 12500 block of", "a .38 caliber revolver"."""
_DESIGNATIONS = listed("ak mig su rpg dc")
"""Before a number that names a model, also where many are counted: "six AK 47 rifles"."""
_HOUSES = 100
_MONTHS = listed("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")


def is_label(pieces: Sequence[Piece], number: Number, following: Piece | None) -> bool:
    """Does the number name a block of houses, a calibre, a model of arms, a day; or is it the end of another?"""
    first = number.first
    if following is not None and (following.lower in _LABELLED or following.text in _MONTHS):
        return True
    if following is not None and following.lower == "block" and number.low >= _HOUSES:
        return True
    if pieces[first].text.startswith("000"):
        return True
    before = pieces[first - 1] if first else None
    if before is not None and before.text in "-‑" and first > 1:
        before = pieces[first - 2]
    return before is not None and before.lower in _DESIGNATIONS


_NAMED_BEFORE = re.compile(
    r"(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\b[Oo]f )(?:\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|"
    r"March|April|May|June|July|August|September|October|November|December)[A-Z][\w'’.-]+|"
    r"\b(?:brother|sister|son|daughter|wife|husband|mother|father|man|woman)s?), $"
)
_AGE_AFTER = re.compile(r"[,;.)]|\s*$| and \d\d?,")
_OLDEST = 115


def is_age(text: str, pieces: Sequence[Piece], number: Number) -> bool:
    """Is a bare number between commas behind a name how old somebody is: "Anna Holm, 34, said"?"""
    written = pieces[number.first].text
    if number.form is not Form.DIGITS or not written.isdigit() or not 0 < number.low <= _OLDEST:
        return False
    start = pieces[number.first].start
    before = _NAMED_BEFORE.search(text[max(0, start - 60) : start])
    return before is not None and _AGE_AFTER.match(text, pieces[number.after - 1].end) is not None
