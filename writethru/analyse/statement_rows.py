"""All that was read of a version, line by line, for pages and the command line: where it begins, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from writethru.analyse.statements import VersionStatements
from writethru.dossier import wording
from writethru.statements.corrections import Kind, place_of
from writethru.statements.evidence import source_words
from writethru.statements.reading import Place, sliced


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was read: where it begins, its words, and what they are taken to mean.

    Attributes:
        ref: article/version:block:first character.
    """

    kind: str
    place: Place
    words: str
    means: str
    ref: str


def rows_of(view: VersionStatements) -> list[Row]:
    """By kind, and by place within one."""
    return [_row(view, kind, place, means) for kind, place, means in _found(view)]


def _row(view: VersionStatements, kind: Kind, place: Place, means: str) -> Row:
    ref = f"{view.version.article_id}/{view.version.number}:{place.block}:{place.start}"
    return Row(kind.value, place, sliced(view.text, place), means, ref)


def _found(view: VersionStatements) -> Iterator[tuple[Kind, Place, str]]:
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


def _counted(view: VersionStatements) -> Iterator[tuple[Kind, Place, str]]:
    for figure in view.reading.figures:
        hedge, counted = figure.figure.hedge.value, figure.figure.counted
        ends = f"{figure.figure.low:g}" + (f" to {figure.figure.high:g}" if figure.figure.is_range else "")
        yield Kind.FIGURE, figure.place, " ".join(f"{hedge} {ends} {figure.figure.unit} {counted}".split())
    for time in view.reading.times:
        days = time.time.days
        means = time.time.value if days is None else f"{days.first}" + (f" to {days.last}" * (days.first != days.last))
        yield Kind.TIME, time.place, means
