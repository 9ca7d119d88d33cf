"""What editors say of what was read: applied to a reading, found again by the words and what stands beside them.

A correction names no row and no version: it is for the words it was made on, wherever they stand with the same words
before or behind them, and so it survives a new reader, a rebuild and later versions of the article.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from writethru.errors import InputError
from writethru.statements.calendar import Days
from writethru.statements.figures import Figure
from writethru.statements.reading import Bound, FigureAt, Place, Reading, Said, TimeAt
from writethru.text.tokens import Span

CONTEXT: Final = 40
"""Characters on either side of the words by which they are found again."""
ENOUGH: Final = 12
"""Characters of one side that suffice where the other side was edited."""
MOST_WORDS: Final = 2_000
LONGEST_VALUE: Final = 200


class Kind(StrEnum):
    """What is corrected."""

    FIGURE = "figure"
    TIME = "time"
    SAID = "said"
    COMMITMENT = "commitment"
    BLAME = "blame"
    """An accusation or a denial."""
    QUOTATION = "quotation"
    """Words in quotation marks, as one utterance with others or not."""


SAME, APART = "same", "apart"
"""What is said of two quotations."""
FIELDS: Final = {
    Kind.FIGURE: ("counted", "value"),
    Kind.TIME: ("day",),
    Kind.SAID: ("speaker",),
    Kind.COMMITMENT: ("due",),
    Kind.BLAME: ("accuser", "accused"),
    Kind.QUOTATION: (SAME, APART),
}
"""What of it can be set; "" rejects it, but for a quotation, whose attribution can be rejected."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words and what stands beside them."""

    words: str
    before: str
    after: str

    def fits(self, other: Mark) -> bool:
        """Are these the same words in the same place of a text that may have been edited beside them?"""
        if self.words != other.words:
            return False
        left, right = self.before == other.before, self.after == other.after
        return (left and right) or (left and len(self.before) >= ENOUGH) or (right and len(self.after) >= ENOUGH)

    @property
    def digest(self) -> str:
        """Names it in another one's correction, without its words."""
        return hashlib.sha256("\0".join((self.words, self.before, self.after)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's word on something that was read.

    Attributes:
        field: what is set, "" where it is rejected.
        value: what it is set to.
    """

    kind: Kind
    mark: Mark
    field: str
    value: str


def mark_at(text: str, place: Place) -> Mark:
    """The mark of a place in its block's text."""
    start, end = place.start, place.end
    return Mark(text[start:end][:MOST_WORDS], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def places_of(mark: Mark, text: str) -> Iterator[tuple[int, int]]:
    """Where a mark stands in the text of a block: first character, one past the last."""
    start = text.find(mark.words) if mark.words else -1
    while start >= 0:
        end = start + len(mark.words)
        if mark.fits(mark_at(text, Place(0, start, end))):
            yield start, end
        start = text.find(mark.words, start + 1)


def place_of(one: FigureAt | TimeAt | Said | Bound) -> Place:
    """The place by which something that was read is known: of an attribution, the beginning of what was said; of a
    commitment, the deed."""
    return one.content[0] if isinstance(one, Said) else one.place


def checked(correction: Correction) -> Correction:
    """The same, its value in the form in which it is kept.

    Raises:
        InputError: there is no such field, or the value is none for it.
    """
    kind, name, value = correction.kind, correction.field, " ".join(correction.value.split())
    if kind is Kind.QUOTATION and not name:
        raise InputError(f"of a quotation is said: {', '.join(FIELDS[kind])}; reject its attribution instead", key=name)
    if name and name not in FIELDS[kind]:
        raise InputError(f"of a {kind} can be set: {', '.join(FIELDS[kind])}; nothing rejects it", key=name)
    if bool(name) != bool(value) or len(value) > LONGEST_VALUE:
        raise InputError(f"a value of at most {LONGEST_VALUE} characters is needed, and none to reject", key="value")
    if name in ("day", "due"):
        _day(value)
    if name == "value":
        _ends(value)
    return replace(correction, value=value)


def applied(reading: Reading, text_of: Callable[[int], str], known: Sequence[Correction]) -> tuple[Reading, set[int]]:
    """The reading as editors have it, and the indexes of the corrections that were for something in it.

    ``text_of``: the text of a block by its number. The latest correction of a thing holds.
    """
    used: set[int] = set()
    if not known:
        return reading, used

    def ruled(kind: Kind, one: One) -> One | None:
        mark = mark_at(text_of(place_of(one).block), place_of(one))
        for number in reversed(range(len(known))):
            if known[number].kind is kind and known[number].mark.fits(mark):
                used.add(number)
                return _set(one, known[number])
        return one

    figures = [ruled(Kind.FIGURE, one) for one in reading.figures]
    times = [ruled(Kind.TIME, one) for one in reading.times]
    said = [ruled(Kind.SAID, one) for one in reading.said]
    bound = [ruled(Kind.COMMITMENT, one) for one in reading.bound]
    return replace(
        reading,
        figures=tuple(one for one in figures if one is not None),
        times=tuple(one for one in times if one is not None),
        said=tuple(one for one in said if one is not None),
        bound=tuple(one for one in bound if one is not None),
    ), used


One = TypeVar("One", FigureAt, TimeAt, Said, Bound)


def _set(one: One, correction: Correction) -> One | None:
    """None where it is rejected."""
    if not correction.field:
        return None
    if isinstance(one, FigureAt):
        return replace(one, figure=_figure(one, correction))
    if isinstance(one, TimeAt):
        day = _day(correction.value)
        return replace(one, time=replace(one.time, value=day.isoformat(), days=Days(day, day), anchor=""))
    if isinstance(one, Bound):
        day = _day(correction.value)
        return replace(one, due=Days(day, day), anchor="")
    return replace(one, named=correction.value, certain=True)


def _figure(one: FigureAt, correction: Correction) -> Figure:
    if correction.field == "counted":
        return replace(one.figure, counted=correction.value, counted_span=Span(0, 0))
    low, high = _ends(correction.value)
    return replace(one.figure, low=low, high=high)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError("a day is written 2031-05-04", key=value) from error


def _ends(value: str) -> tuple[float, float]:
    """ "1400" or "1400..1500"."""
    low, _, high = value.partition("..")
    try:
        ends = float(low), float(high or low)
    except ValueError as error:
        raise InputError("a figure is written 1400, a range 1400..1500", key=value) from error
    if not (0 <= ends[0] <= ends[1] < 1e15):
        raise InputError("the ends of a figure must rise, from 0 to below 1e15", key=value)
    return ends
