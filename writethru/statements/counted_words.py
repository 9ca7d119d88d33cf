"""Which of the words behind a number name what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from writethru.comparison.lexicon import listed
from writethru.statements.pieces import Piece
from writethru.text.tokens import Span

NO_SPAN = Span(0, 0)
"""Nothing is named."""
_STOPS = listed(
    "in at on by for with and but from of to is are was were has have had be been being the a an that which "
    "who whom whose ",
    "than as or if when while where will would could can may might should must do does did not no it he she "
    "they we you i ",
    "this these those there here its his her their our my your said says say after before since until during "
    "over under ",
    "into out up down about around between through across per each every because so also too only just more less ",
    "ago later earlier early late now then today yesterday tomorrow last next killed wounded injured died dead was ",
    "cannot inside outside away apart off below above behind ahead "
    "worth went came took made got gave left found took set put ended lost fell rose gained dropped",
    "spent met told held won paid built sent brought bought sold kept stood sat ran grew began became fled let goes go",
    "along among within till apiece each again bound fewer repaid",
)
_MEASURING = listed(
    "long wide deep high tall thick north south east west northeast northwest southeast southwest old strong "
    "am pm gmt bst"
)
"""Behind a measure and by themselves these say which way it is taken ("91 metres long"), and not of what."""


_DOES = listed(
    "use feel say believe back think want support oppose prefer expect plan agree disagree see know need like trust "
    "live comprise include remain admit sign own have make get go come pay hold favor favour approve disapprove view "
    "lay lie consider identify describe report show"
)
"""Behind many things these say what they do ("39 % of respondents *use* it"), and are no part of their name."""
_DONE = re.compile(r"(?!hundred|kindred|sacred)\w{3,}[^e]ed")
"""By itself it says what was done ("two developed liver trouble"), and not to what."""
_LONGEST = 5
"""Words of what is counted."""


def counted_after(pieces: Sequence[Piece], at: int) -> Span:
    """What is counted: the words after the figure up to the next word that cannot be part of the noun."""
    start = at
    if at < len(pieces) and pieces[at].text in "-‑" and not pieces[at].spaced:
        at += 1
    if at < len(pieces) and pieces[at].lower == "of" and at + 1 < len(pieces):
        at += 1 + (pieces[at + 1].lower in ("the", "its", "their", "his", "her", "those", "these", "our", "all"))
    first = at
    total = at > start and at < len(pieces) and pieces[at].kind == "digits" and pieces[at].text.isdigit()
    at += total  # "ninety of 121 seats"
    while at < len(pieces) and at - first < _LONGEST and _in_noun(pieces, at, first):
        at += 1
    while at > first and pieces[at - 1].kind == "sign":
        at -= 1
    alone = pieces[first].lower if at == first + 1 else ""
    nothing = at == first or alone in _MEASURING or _DONE.fullmatch(alone) is not None
    return NO_SPAN if nothing else Span(pieces[first].start, pieces[at - 1].end)


def _in_noun(pieces: Sequence[Piece], at: int, first: int) -> bool:
    piece = pieces[at]
    if piece.kind == "word":
        return piece.lower not in _STOPS and not (at > first and _ends_noun(pieces, at))
    if piece.kind == "digits":
        before = pieces[at - 2] if at > first + 1 and pieces[at - 1].text in "-‑" else None
        return before is not None and before.text.isupper() and not piece.spaced
    return piece.text in "-‑" and at > first and not piece.spaced


def _ends_noun(pieces: Sequence[Piece], at: int) -> bool:
    """Is the word at a place no part of the noun: "two ships *seized*", "500 voters *say*"; not "nine *armed* men"?"""
    word = pieces[at].lower
    before = pieces[at - 1]
    if is_plural(before) and word in _DOES:
        return True
    if not re.fullmatch(r"\w+(?:ly|ed)", word):
        return False
    behind = pieces[at + 1] if at + 1 < len(pieces) else None
    return not (word.endswith("ed") and is_plural(behind) and not is_plural(before) and before.lower[-2:] != "ed")


def is_plural(piece: Piece | None) -> bool:
    """Do many things seem to be named: "ships", "people"?"""
    if piece is None or piece.kind != "word" or not piece.text.islower() or piece.lower in _STOPS:
        return False
    return piece.lower[-1] == "s" or piece.lower in ("people", "men", "women", "children")
