"""All that was read of a text, line by line, for pages and the command line: where it begins, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from writethru.analyse.statements import VersionStatements
from writethru.dossier import wording
from writethru.statements.agreement import plain_number
from writethru.statements.corrections import Kind, place_of
from writethru.statements.evidence import source_words
from writethru.statements.measures import Measure
from writethru.statements.of_text import TextStatements
from writethru.statements.reading import Place, sliced


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was read: where it begins, its words, and what they are taken to mean.

    Attributes:
        ref: as ``ref_of`` has it.
    """

    kind: str
    place: Place
    words: str
    means: str
    ref: str


def rows_of(view: TextStatements) -> list[Row]:
    """By kind, and by place within one."""
    return [_row(view, kind, place, means) for kind, place, means in _found(view)]


def _row(view: TextStatements, kind: Kind, place: Place, means: str) -> Row:
    return Row(kind.value, place, sliced(view.text, place), means, ref_of(view, place))


def ref_of(view: TextStatements, place: Place) -> str:
    """What begins at a place, as corrections name it: article/version:block:first character; in no archive block:…"""
    at = f"{place.block}:{place.start}"
    return f"{view.version.article_id}/{view.version.number}:{at}" if isinstance(view, VersionStatements) else at


def _found(view: TextStatements) -> Iterator[tuple[Kind, Place, str]]:
    yield from _counted(view)
    for said in view.reading.said:
        speaker = wording.speaker(source_words(view.text, said), "", certain=said.certain) or "nobody named"
        yield Kind.SAID, place_of(said), f"{speaker}, {said.directness}"
    for blame in view.blame:
        yield Kind.BLAME, blame.place, f"{blame.accuser}, {wording.ACTS[blame.act]} {blame.accused}".strip()
    for quotation in view.quotations:
        yield Kind.QUOTATION, quotation.place, quotation.speaker or "nobody named"
    for bound in view.reading.bound:
        who = sliced(view.text, bound.who) if bound.who else "nobody named"
        due = "no day known" if bound.due is None else f"due {bound.due.last}"
        yield Kind.COMMITMENT, bound.place, f"{who}: {bound.force}, {due}"


_UNITS: Final = {"pp": "percentage points", "bp": "basis points", "foot": "feet", "inch": "inches"}


def _many(unit: str, amount: float) -> str:
    """A unit as it is said of so many: "3,000 years", "50 %", "3 square kilometers"."""
    words = unit.replace("_", " ")
    if amount == 1 or not words.islower() or len(words) <= len("pp") or words.endswith(("s", "hertz", "foot")):
        return words
    return f"{words[:-1]}ies" if words.endswith("ry") else f"{words}s"


def _counted(view: TextStatements) -> Iterator[tuple[Kind, Place, str]]:
    for figure in view.reading.figures:
        hedge, counted = figure.figure.hedge.value, figure.figure.counted
        low, high = figure.figure.low, figure.figure.high
        ends = plain_number(low) + (f" to {plain_number(high)}" if figure.figure.is_range else "")
        unit = _UNITS.get(figure.figure.unit, "") or _many(figure.figure.unit, high)
        old = "old" if figure.figure.measure is Measure.AGE else ""
        yield Kind.FIGURE, figure.place, " ".join(f"{hedge} {ends} {unit} {old} {counted}".split())
    for time in view.reading.times:
        days = time.time.days
        means = time.time.value if days is None else f"{days.first}" + (f" to {days.last}" * (days.first != days.last))
        yield Kind.TIME, time.place, means
