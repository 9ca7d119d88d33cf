"""How exactly a figure is put ("about", "more than", "up to", "or so"), and which way it is said to have moved."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from writethru.comparison.lexicon import listed
from writethru.statements.pieces import Piece


class Hedge(StrEnum):
    """What a figure claims of the true number."""

    NONE = ""
    ABOUT = "about"
    NEARLY = "nearly"
    """A little less: "nearly", "almost"."""
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    LESS_THAN = "less than"
    UP_TO = "up to"


class Hedging(NamedTuple):
    """A hedge over the pieces ``first`` to ``after`` (not counted in)."""

    hedge: Hedge
    first: int
    after: int


_BEFORE = {
    Hedge.ABOUT: "about|around|roughly|approximately|approx|circa|some|an estimated|estimated|in the region of|"
    "close to|"
    "~|≈|perhaps|more or less|something like|somewhere around|in the order of",
    Hedge.NEARLY: "nearly|almost|not quite|approaching",
    Hedge.MORE_THAN: "more than|over|above|well over|just over|in excess of|upwards of|exceeding|topping|north of|"
    "greater than|beyond|well above|a little over|slightly more than|more than the|higher than|"
    "over the age of|older than",
    Hedge.AT_LEAST: "at least|no fewer than|no less than|not less than|a minimum of|minimum of|not fewer than",
    Hedge.LESS_THAN: "less than|just under|just below|just short of|under|below|fewer than|lower than|"
    "well under|sub -|short of|south of|smaller than|"
    "under the age of|below the age of|younger than",
    Hedge.UP_TO: "up to|as many as|as much as|no more than|at most|a maximum of|not more than|maximum of|as high as|"
    "a high of|as few as|as little as",
}
_PHRASES = sorted(
    ((tuple(phrase.split()), hedge) for hedge, phrases in _BEFORE.items() for phrase in phrases.split("|")),
    key=lambda row: -len(row[0]),
)
_BEHIND = (
    (("or", "so"), Hedge.ABOUT), (("or", "thereabouts"), Hedge.ABOUT), (("or", "more"), Hedge.AT_LEAST),
    (("or", "above"), Hedge.AT_LEAST), (("or", "over"), Hedge.AT_LEAST), (("or", "higher"), Hedge.AT_LEAST),
    (("and", "above"), Hedge.AT_LEAST), (("and", "over"), Hedge.AT_LEAST),
    (("or", "less"), Hedge.UP_TO), (("or", "fewer"), Hedge.UP_TO), (("or", "under"), Hedge.UP_TO),
    (("-", "odd"), Hedge.ABOUT), (("-", "plus"), Hedge.MORE_THAN), (("plus",), Hedge.MORE_THAN),
    (("+",), Hedge.MORE_THAN), (("-", "ish"), Hedge.ABOUT),
)  # fmt: skip
_UP = listed(
    "up rise rises rose risen rising gain gains gained gaining climb climbs climbed climbing jump jumps jumped "
    "jumping ",
    "increase increases increased increasing grow grows grew grown growing surge surges surged surging soar "
    "soars soared ",
    "soaring added advance advances advanced advancing rally rallied rallying rebounded swell swelled ",
    "higher expanded strengthened leapt leaped spiked",
)
_DOWN = listed(
    "down fall falls fell fallen falling drop drops dropped dropping lose loses lost losing slide slides slid sliding ",
    "decline declines declined declining decrease decreases decreased decreasing plunge plunges plunged plunging ",
    "plummet plummeted plummeting slip slips slipped slipping shed sheds lower cut cuts sink sinks sank sunk tumble ",
    "tumbled tumbling shrink shrinks shrank shrunk contracted weakened dipped dip dips tanked crashed eased",
)
_BETWEEN = listed("by another a an some just further only of as much sharply slightly steadily modestly nearly almost")
"""What may stand between the verb and its figure."""
_FAR = 4
_ABOUT_WHAT = listed(
    "talk talks talked talking speak speaks spoke spoken speaking ask asks asked asking think thinks thought thinking ",
    "worry worries worried worrying complain complains complained complaining know knows knew hear hears heard ",
    "tell tells told telling write writes wrote written writing read reads learn learns learned care cares cared ",
    "argue argues argued concerned concerns concern question questions statement statements story stories book books ",
    "report information data joke jokes joked dispute disputes debate rumours rumors something anything nothing things",
)
"""Behind one of these "about" says of what, and not how exactly."""


_UNDER_WHOM = listed("served serving serve worked working work cleaned lived living live played playing trained ruled")
"""Behind one of these "under" says under whom ("I have served under four ministers")."""


def hedge_before(pieces: Sequence[Piece], at: int) -> Hedging | None:
    """The hedge that ends right before piece ``at``, the longest one."""
    words = [piece.lower for piece in pieces[max(0, at - 4) : at]]
    for phrase, hedge in _PHRASES:
        if len(phrase) <= len(words) and tuple(words[-len(phrase) :]) == phrase:
            if phrase == ("about",) and words[-2:-1] and words[-2] in _ABOUT_WHAT:
                return None
            if phrase == ("under",) and words[-2:-1] and words[-2] in _UNDER_WHOM:
                return None
            return Hedging(hedge, at - len(phrase), at)
    return None


def hedge_after(pieces: Sequence[Piece], at: int) -> Hedging | None:
    """The hedge that begins with piece ``at``: "or more", "or so", "-odd"."""
    words = tuple(piece.lower for piece in pieces[at : at + 2])
    for phrase, hedge in _BEHIND:
        glued = phrase[0] in "+-"
        if words[: len(phrase)] == phrase and not (glued and pieces[at].spaced):
            return Hedging(hedge, at, at + len(phrase))
    return None


def movement_before(pieces: Sequence[Piece], at: int) -> int:
    """1 where what stands before piece ``at`` says the figure is a rise, -1 a fall, 0 neither.

    A verb and its figure may be parted by an adverb, and by an object where "by" follows: "grow sales by 35 %".
    """
    reach = _FAR + 3 * (at > 0 and pieces[at - 1].lower == "by")
    for back in range(1, min(reach, at) + 1):
        word = pieces[at - back].lower
        if word in _UP and (word != "up" or back == 1 or pieces[at - back + 1].lower != "to"):
            return 1
        if word in _DOWN:
            return -1
        if (
            word == "to"
            and back == 1
            and at > 1
            and pieces[at - 2].lower in (_UP | _DOWN) - {"up", "down", "cut", "cuts"}
        ):
            continue
        if word not in _BETWEEN and (reach == _FAR or pieces[at - back].kind == "sign"):
            return 0
    return 0
