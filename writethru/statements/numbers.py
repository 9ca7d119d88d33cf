"""Numbers in running text, in digits and in words: "1,429", "a million", "two-thirds", "tens of thousands".

A number is an interval: equal ends for an exact one, ends apart for what is said roughly ("dozens"). English words are
parsed; other languages have digits, their multipliers and the single words of ``comparison.lexicon``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from writethru.comparison.lexicon import MULTIPLIERS, NUMBERS, listed
from writethru.statements.pieces import Piece
from writethru.text.numbers import digits_value


class Form(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    FRACTION = "fraction"
    ROUGH = "rough"
    """A plural of rough size: "dozens", "hundreds of thousands"."""


class Number(NamedTuple):
    """A number over the pieces ``first`` to ``after`` (not counted in).

    Attributes:
        low, high: the ends of the interval, both counted in.
        form: how it is written.
        scale: the multiplier in it ("million": 1e6), 1 where there is none.
    """

    low: float
    high: float
    form: Form
    first: int
    after: int
    scale: float = 1


_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_ROUGH = {
    "dozens": (24.0, 99.0), "scores": (40.0, 99.0), "tens": (10.0, 100.0), "hundreds": (100.0, 1000.0),
    "thousands": (1e3, 1e4), "millions": (1e6, 1e7), "billions": (1e9, 1e10), "trillions": (1e12, 1e13),
}  # fmt: skip
_VULGAR = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅛": 0.125}
_AFTER_A_PART = listed("of in to from by on at since after are were is was have had said say more less as")
"""What may follow "a third" that is a share; "a third man" is an ordinal."""
_HALF_OF = frozenset({"of", "the", "its", "their", "his", "her", "our"})
_ORDINALS = frozenset({"first", "second", "other", "third", "top", "bottom", "better", "this", "last"})
_HALVED_UNITS = listed("year month hour minute day week century decade mile metre meter inch kilo tonne ton "
    "litre liter pint ",
    "acre hectare point percent per")  # fmt: skip
_HEDGING = listed("than nearly about almost over around least under just only roughly some by")
_LENGTHS = listed("long wide high tall deep away sprint relay hurdles freestyle race above below")
_ROUND = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000, 10_000, 100_000})
"""What "one in N" has for N."""


_FIRST_WORDS = frozenset({"a", "an", "half", *_ROUGH, *_ONES, *_TENS, *_SCALES, *_PARTS})
"""Words with which a number in English words can begin, besides "tenfold"."""


_BEHIND_ARTICLE = frozenset({"dozen", "-", *_SCALES, *_PARTS})
"""What stands behind "a" or "an" where a number begins with it."""


def beginnings(pieces: Sequence[Piece], language: str) -> list[int]:
    """The pieces with which a number may begin: at any other ``number_at`` gives None."""
    words = _FIRST_WORDS if language == "en" else NUMBERS.get(language, {}).keys()
    found = [
        at
        for at, (written, lower, _, _, kind, _) in enumerate(pieces)
        if kind == "digits" or lower in words or written in _VULGAR or (lower.endswith("fold") and language == "en")
    ]
    if language != "en":
        return found
    return [at for at in found if pieces[at].lower not in ("a", "an") or _lower(pieces, at + 1) in _BEHIND_ARTICLE]


def number_at(pieces: Sequence[Piece], at: int, language: str) -> Number | None:
    """The longest number that begins with piece ``at``, None where none does."""
    piece = pieces[at]
    if piece.kind == "digits" or piece.text in _VULGAR:
        return _ratio(pieces, _in_digits(pieces, at, language), language)
    if piece.kind != "word":
        return None
    if language == "en" and piece.lower not in _FIRST_WORDS and not piece.lower.endswith("fold"):
        return None
    if language != "en":
        value = NUMBERS.get(language, {}).get(piece.lower)
        return None if value is None else Number(value, value, Form.WORDS, at, at + 1)
    for read in (_rough, _halved, _part, _fold, _cardinal):
        number = read(pieces, at)
        if number is not None:
            return _ratio(pieces, number, language)
    return None


def scale_of(piece: Piece | None, language: str, *, glued: bool) -> float:
    """What a piece after digits multiplies them by: "million", "bn"; 0 where it is no multiplier.

    ``glued``: no space stands before it; single letters count only so ("5m", not "5 m").
    """
    if piece is None or piece.kind != "word":
        return 0
    if piece.lower in _SHORT:
        return _SHORT[piece.lower] if glued or len(piece.lower) > 1 else 0
    value = _SCALES.get(piece.lower) if language == "en" else MULTIPLIERS.get(piece.lower)
    return value or 0


def _piece(pieces: Sequence[Piece], at: int) -> Piece | None:
    return pieces[at] if 0 <= at < len(pieces) else None


def _lower(pieces: Sequence[Piece], at: int) -> str:
    """The piece in lower case, "" outside the text."""
    return pieces[at].lower if 0 <= at < len(pieces) else ""


def _in_digits(pieces: Sequence[Piece], at: int, language: str) -> Number:
    piece = pieces[at]
    after = at + 1
    if piece.text in _VULGAR:
        value = _VULGAR[piece.text]
    else:
        value = digits_value(piece.text, language)
        following = _piece(pieces, after)
        if following is not None and following.text in _VULGAR and not following.spaced:
            value += _VULGAR[following.text]
            after += 1
        elif _simple_fraction(pieces, after):
            value += digits_value(pieces[after].text, language) / digits_value(pieces[after + 2].text, language)
            after += 3
    hyphen = _lower(pieces, after) == "-" and not pieces[after].spaced
    following = _piece(pieces, after + hyphen)
    if following is not None and following.lower == "m" and _is_length(pieces, after + hyphen):
        following = None
    scale = scale_of(following, language, glued=following is not None and not following.spaced and not hyphen)
    if not scale:
        return Number(value, value, Form.DIGITS, at, after)
    after += hyphen + 1
    return Number(value * scale, value * scale, Form.DIGITS, at, after, scale)


def _is_length(pieces: Sequence[Piece], at: int) -> bool:
    """Is the "m" at a piece metres, as in "32m2", "37m long", "37m (121ft)"?"""
    behind = [piece.lower for piece in pieces[at + 1 : at + 4]]
    if not behind:
        return False
    if behind[0] in ("2", "²", "3", "³") and not pieces[at + 1].spaced:
        return True
    length = behind[1] if behind[0] == "-" and behind[1:] else behind[0]
    return length in _LENGTHS or (behind[0] == "(" and behind[2:3] in (["ft"], ["feet"], ["foot"]))


def _simple_fraction(pieces: Sequence[Piece], at: int) -> bool:
    """Does " 1/2" stand here, after a whole number?"""
    three = pieces[at : at + 3]
    return (
        len(three) == 3
        and three[0].spaced
        and [piece.text for piece in three] in (["1", "/", "2"], ["1", "/", "4"], ["3", "/", "4"], ["1", "/", "3"])
    )


def _rough(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "dozens", "tens of thousands"."""
    ends = _ROUGH.get(pieces[at].lower)
    if ends is None:
        return None
    low, high = ends
    after, scale = at + 1, 1.0
    inner = _lower(pieces, at + 2)
    if _lower(pieces, at + 1) == "of" and inner in _ROUGH and inner not in ("dozens", "scores", "tens"):
        scale = _ROUGH[inner][0]
        low, high, after = low * scale, high * scale, at + 3
    return Number(low, high, Form.ROUGH, at, after, scale)


def _part(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "a third of", "two-thirds", "half of", "three quarters"."""
    word = pieces[at].lower
    if word == "half" and _is_half(pieces, at):
        return Number(0.5, 0.5, Form.FRACTION, at, at + 1)
    count = 1 if word in ("a", "an") else _ONES.get(word, 0)
    if not 0 < count < 20:
        return None
    behind = at + 1 + (_lower(pieces, at + 1) == "-")
    part = _PARTS.get(_lower(pieces, behind))
    following = _piece(pieces, behind + 1)
    if part is None or (count > 1) != pieces[behind].lower.endswith("s") or count >= part:
        return None
    ends = following is None or (following.kind == "sign" and following.text != "-") or following.lower in _AFTER_A_PART
    if not ends and count == 1:
        return None
    of_a = [piece.lower for piece in pieces[behind + 1 : behind + 4]]
    if of_a[:2] == ["of", "a"] and (scale := _SCALES.get("".join(of_a[2:]))):
        return Number(count / part * scale, count / part * scale, Form.WORDS, at, behind + 4, scale)
    return Number(count / part, count / part, Form.FRACTION, at, behind + 1)


def _is_half(pieces: Sequence[Piece], at: int) -> bool:
    """ "half of", "half the", "more than half": a share, unlike "the second half"."""
    before, following = _lower(pieces, at - 1), _piece(pieces, at + 1)
    if before in _ORDINALS:
        return False
    ends = following is None or (following.kind == "sign" and following.text != "-")
    return before in _HEDGING or (ends and not before) or (following is not None and following.lower in _HALF_OF)


def _halved(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "half a million", "half-a-dozen", "a dozen", "two dozen"."""
    words = [piece.lower for piece in pieces[at : at + 5] if piece.lower != "-"]
    if words[:1] == ["half"] and words[1:2] in (["a"], ["an"]) and (scale := _SCALES.get(words[2]) if words[2:] else 0):
        return Number(scale / 2, scale / 2, Form.WORDS, at, _after(pieces, at, 3), scale)
    if words[:1] == ["half"] and words[1:2] in (["a"], ["an"]) and words[2:3] and words[2] in _HALVED_UNITS:
        return Number(0.5, 0.5, Form.WORDS, at, _after(pieces, at, 2))
    if words[:2] == ["half", "a"] and words[2:3] == ["dozen"]:
        return Number(6, 6, Form.WORDS, at, _after(pieces, at, 3))
    if words[:1] in (["a"], ["an"]) and words[1:2] == ["dozen"]:
        return Number(12, 12, Form.WORDS, at, at + 2)
    return None


def _fold(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "sixfold", "tenfold"."""
    value = _ONES.get(pieces[at].lower.removesuffix("fold"), 0) if pieces[at].lower.endswith("fold") else 0
    return Number(value, value, Form.WORDS, at, at + 1) if value else None


def _after(pieces: Sequence[Piece], at: int, words: int) -> int:
    """The index behind so many words, hyphens between them not counted."""
    while words:
        words -= pieces[at].lower != "-"
        at += 1
    return at


def _cardinal(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "twenty-eight thousand six hundred and forty-two", "a million", "two and a half million"."""
    total, current, scale = 0.0, 0.0, 1.0
    place, last = at, ""
    if pieces[at].lower in ("a", "an") and _lower(pieces, at + 1) in _SCALES:
        place, last, current = at + 1, "a", 1
    while place < len(pieces):
        word = pieces[place].lower
        kind = "one" if word in _ONES else "ten" if word in _TENS else "scale" if word in _SCALES else ""
        if not kind or not _joins(last, kind, word, current):
            break
        if kind == "scale" and word != "hundred":
            scale = _SCALES[word]
            total, current = total + max(current, 1) * scale, 0
        else:
            current = max(current, 1) * 100 if kind == "scale" else current + _ONES.get(word, _TENS.get(word, 0))
        place, last = place + 1, word if kind == "scale" else kind
        place += _linked(pieces, place, last)
    while place > at and (_lower(pieces, place - 1) in ("and", "-", ",")):
        place -= 1
    if not last or last == "a":
        return None
    return _and_a_half(pieces, Number(total + current, total + current, Form.WORDS, at, place, scale))


def _joins(last: str, kind: str, word: str, current: float) -> bool:
    """May a word of this kind follow inside one number?"""
    if not last:
        return kind != "scale"
    if last == "a":
        return kind == "scale"
    if kind == "scale":
        return current > 0 or word != "hundred"
    if last == "ten":
        return kind == "one" and 0 < _ONES[word] < 10
    return last in _SCALES


def _linked(pieces: Sequence[Piece], place: int, last: str) -> int:
    """Pieces between two words of one number that say nothing: a hyphen, "and" and a comma after a scale."""
    word = _lower(pieces, place)
    following = _lower(pieces, place + 1)
    numeral = following in _ONES or following in _TENS or (word == "-" and following in _SCALES)
    if word == "-" and numeral and not pieces[place].spaced:
        return 1
    if last in _SCALES and word == "and" and numeral:
        return 1
    return 0


def _and_a_half(pieces: Sequence[Piece], number: Number) -> Number:
    """ "two and a half", "three and a quarter million"."""
    words = [piece.lower for piece in pieces[number.after : number.after + 4]]
    if words[:2] == ["and", "a"] and words[2:3] in (["half"], ["quarter"], ["third"]):
        more = 1 / _PARTS[words[2]]
        scale = _SCALES.get(words[3], 1) if words[3:] else 1
        value = (number.low + more) * scale
        return Number(value, value, Form.WORDS, number.first, number.after + 3 + (scale > 1), scale)
    if words[:1] == ["dozen"]:
        value = number.low * 12
        return Number(value, value, Form.WORDS, number.first, number.after + 1)
    return number


def _ratio(pieces: Sequence[Piece], number: Number, language: str) -> Number:
    """ "one in five", "two out of three": a share; else the number as it is."""
    if language != "en" or number.scale != 1 or number.low != number.high or not 0 < number.low < 100:
        return number
    words = [piece.lower for piece in pieces[number.after : number.after + 3]]
    skip = 2 if words[:2] == ["out", "of"] else 1 if words[:1] in (["in"], ["of"]) else 0
    if not skip:
        return number
    at = number.after + skip + (_lower(pieces, number.after + skip) == "every")
    base = number_at(pieces, at, "") if at < len(pieces) and pieces[at].kind == "digits" else None
    if base is None and at < len(pieces):
        base = _cardinal(pieces, at)
    if base is None or base.low not in _ROUND or base.low <= number.low or (skip == 1 and number.low > 9):
        return number
    return Number(number.low / base.low, number.low / base.low, Form.FRACTION, number.first, base.after)
