"""A text read for statements, paragraph by paragraph: what a paragraph says depends on it and on little else.

A *unit* is a paragraph with those that carry its last quotation on; it is read by itself, so that a later version of an
article, which has most of its units from the one before, costs only what is new in it. The price: a pronoun, and "that
year", are resolved within their unit only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from writethru.model import BODY_KINDS, ArticleText, BlockKind
from writethru.reuse.quoting import begins_quoted, quoted_stretches
from writethru.statements import speech
from writethru.statements.attributed import PUBLISHED, Attribution, Directness
from writethru.statements.attribution import attributions_in, is_noun_phrase
from writethru.statements.calendar import Days
from writethru.statements.commitments import Commitment, commitments_in, was_offered_once
from writethru.statements.figures import Figure, figures_in
from writethru.statements.times import TimeExpression, times_in
from writethru.text.languages import language_of
from writethru.text.tokens import Span

READER: Final = "statements/19"
"""What texts are read by; raised whenever the same text may be read differently, so that all is read again."""

LANGUAGES: Final = frozenset({"en"})
"""Languages whose attributions and times are read; of others only figures are, and that is said."""

HEADLINE: Final = -2
STANDFIRST: Final = -1
"""The numbers of the places that are no blocks."""

MOST_BLOCKS: Final = 40
"""Of one unit."""
MOST_UNITS: Final = 1_000
"""Of one version; what stands behind is left out, and counted."""
MOST_KEPT: Final = 400
"""Statements of each kind of one unit; what stands behind is left out, and counted."""
LONGEST: Final = 20_000
"""Characters of a block that are read."""

READ_KINDS: Final = BODY_KINDS - {BlockKind.NOTE, BlockKind.EMBED} | {BlockKind.CAPTION}
"""A note of correction repeats what was wrong; a pulled quotation stands in the text already."""


@dataclass(frozen=True, slots=True)
class Place:
    """Characters ``start`` to ``end`` of a block (``HEADLINE`` and ``STANDFIRST`` are places too)."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FigureAt:
    """A figure; its spans are of its block."""

    block: int
    figure: Figure

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.block, *self.figure.span)


@dataclass(frozen=True, slots=True)
class TimeAt:
    """A time expression; its span is of its block."""

    block: int
    time: TimeExpression

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.block, *self.time.span)


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution (see ``Attribution``), by places; ``named`` is whom an editor says it is by, else "".

    ``certain``: how it was read is right often enough to be printed without a word of doubt (``PUBLISHED``).
    """

    source: Place | None
    cue: Place | None
    content: tuple[Place, ...]
    directness: Directness
    named: str = ""
    certain: bool = True

    @property
    def places(self) -> tuple[Place, ...]:
        """All of it, in no order."""
        return tuple(place for place in (self.source, self.cue, *self.content) if place is not None)


@dataclass(frozen=True, slots=True)
class Bound:
    """A commitment (see ``commitments.Commitment``), by places.

    Attributes:
        speaker: the source of the attribution that holds it, None for the text's own words.
        due: the days on which the last moment falls, None where they are not known.
        anchor: words of the event that the deadline hangs on, "" for none.
    """

    deed: Place
    trigger: Place
    who: Place | None
    to_whom: Place | None
    asked_by: Place | None
    condition: Place | None
    speaker: Place | None
    force: str
    negated: bool
    step: int
    due: Days | None
    anchor: str

    @property
    def place(self) -> Place:
        """Where it is known by."""
        return self.deed

    @property
    def places(self) -> tuple[Place, ...]:
        """All of it, in no order."""
        parts = (self.deed, self.trigger, self.who, self.to_whom, self.asked_by, self.condition, self.speaker)
        return tuple(place for place in parts if place is not None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a unit, or of a whole text; its blocks are counted from the unit's first, or the text's.

    Attributes:
        left_out: statements, or whole units, that are more than are kept.
    """

    figures: tuple[FigureAt, ...] = ()
    times: tuple[TimeAt, ...] = ()
    said: tuple[Said, ...] = ()
    left_out: int = 0
    bound: tuple[Bound, ...] = ()

    @property
    def places(self) -> Iterator[Place]:
        """Where every statement stands."""
        yield from (one.place for one in self.figures)
        yield from (one.place for one in self.times)
        for one in self.said:
            yield from one.places
        for bound in self.bound:
            yield from bound.places

    def moved(self, by: int) -> Reading:
        """The same, with ``by`` added to the numbers of blocks."""
        return replace(
            self,
            figures=tuple(FigureAt(one.block + by, one.figure) for one in self.figures),
            times=tuple(TimeAt(one.block + by, one.time) for one in self.times),
            said=tuple(_moved(one, by) for one in self.said),
            bound=tuple(_moved_bound(one, by) for one in self.bound),
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """Blocks that are read together.

    Attributes:
        first: number of the first of them.
        texts: their texts, each cut at ``LONGEST``.
    """

    first: int
    texts: tuple[str, ...]

    def digest(self, language: str) -> str:
        """What its reading is kept under, with the day of writing beside it."""
        form = "\0".join((READER, language, *self.texts))
        return hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def place_text(text: ArticleText, block: int) -> str:
    """The characters of a block, of the headline, or of the standfirst.

    Raises:
        IndexError: the text has no such block.
    """
    if block == HEADLINE:
        return text.headline
    if block == STANDFIRST:
        return text.standfirst
    if block < 0:
        raise IndexError(block)
    return text.blocks[block].text


def sliced(text: ArticleText, place: Place) -> str:
    """The characters of a place. Raises IndexError."""
    return place_text(text, place.block)[place.start : place.end]


def article_language(text: ArticleText) -> str:
    """The language of a text by its first paragraphs, "" where it cannot be told."""
    body = " ".join(block.text[:LONGEST] for block in text.blocks[:6] if block.kind in READ_KINDS)
    return language_of(body) or language_of(text.headline)


def units_of(text: ArticleText) -> tuple[list[Unit], int]:
    """The units of a text in order, and how many were left out."""
    units = [Unit(HEADLINE, (text.headline[:LONGEST],)), Unit(STANDFIRST, (text.standfirst[:LONGEST],))]
    units = [unit for unit in units if unit.texts[0]]
    last = None
    for number, block in enumerate(text.blocks):
        if block.kind not in READ_KINDS:
            continue
        words = block.text[:LONGEST]
        adjoins = last == number - 1 and len(units[-1].texts) < MOST_BLOCKS
        if adjoins and units[-1].first >= 0 and _carried_on(units[-1].texts[-1], words):
            units[-1] = Unit(units[-1].first, (*units[-1].texts, words))
        else:
            units.append(Unit(number, (words,)))
        last = number
    return units[:MOST_UNITS], max(0, len(units) - MOST_UNITS)


def read_unit(unit: Unit, language: str, written: date | None) -> Reading:
    """The statements of a unit.

    Args:
        written: the day of writing, None where relative times are to stay unresolved.
    """
    if language not in LANGUAGES:
        figures = [] if not language else _figures(unit, language)
        return _bounded(Reading(tuple(figures)))
    times = [TimeAt(at, one) for at, text in enumerate(unit.texts) for one in times_in(text, written)]
    rows = _Rows(unit.texts)
    joined = "\n".join(unit.texts)
    told = attributions_in(joined)
    said = said_in(unit, told)
    committed = commitments_in(joined, written, told)
    bound = [tied for one in committed if (tied := rows.bound(one, told)) is not None]
    return _bounded(Reading(tuple(_figures(unit, language)), tuple(times), tuple(said), bound=tuple(bound)))


def said_in(unit: Unit, told: Sequence[Attribution]) -> list[Said]:
    """Attributions of the unit's texts, joined by line ends, by places; those with nothing left of their content go."""
    rows = _Rows(unit.texts)
    return [found for one in told if (found := rows.said(one)) is not None]


def read_text(text: ArticleText, written: date | None = None) -> Reading:
    """All of a text, not kept anywhere; a text by itself is read as a version is."""
    language = article_language(text)
    units, left_out = units_of(text)
    return together([read_unit(unit, language, written).moved(unit.first) for unit in units], left_out)


def together(readings: Sequence[Reading], left_out: int) -> Reading:
    """The readings of all units of a text as one."""
    return Reading(
        figures=tuple(one for reading in readings for one in reading.figures),
        times=tuple(one for reading in readings for one in reading.times),
        said=tuple(one for reading in readings for one in reading.said),
        bound=tuple(one for reading in readings for one in reading.bound),
        left_out=left_out + sum(reading.left_out for reading in readings),
    )


def _carried_on(before: str, following: str) -> bool:
    """Is the paragraph quoted, and does the one before it announce it or leave its own quotation open?"""
    if not begins_quoted(following):
        return False
    if speech.ANNOUNCES.search(before, max(0, len(before) - 200)) is not None:
        return True
    stretches = quoted_stretches(before, taken_up=True)
    return bool(stretches) and not stretches[-1].closed


def _figures(unit: Unit, language: str) -> list[FigureAt]:
    return [FigureAt(at, one) for at, text in enumerate(unit.texts) for one in figures_in(text, language)]


def _bounded(reading: Reading) -> Reading:
    kinds = (reading.figures, reading.times, reading.said, reading.bound)
    over = sum(max(0, len(found) - MOST_KEPT) for found in kinds)
    return Reading(
        reading.figures[:MOST_KEPT],
        reading.times[:MOST_KEPT],
        reading.said[:MOST_KEPT],
        over,
        reading.bound[:MOST_KEPT],
    )


class _Rows:
    """From characters of the joined texts to places."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n".join(texts)
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def said(self, one: Attribution) -> Said | None:
        """None where nothing of the content is left."""
        content = tuple(place for span in one.content for place in self._places(span))
        if not content or is_noun_phrase(self._text, one):
            return None
        certain = one.source is None or one.confidence >= PUBLISHED
        return Said(self._alone(one.source), self._alone(one.cue), content, one.directness, certain=certain)

    def bound(self, one: Commitment, told: Sequence[Attribution]) -> Bound | None:
        """None where the words that bind, or the deed, are not in one block."""
        deed, trigger = self._alone(one.deed), self._alone(one.trigger)
        if deed is None or trigger is None:
            return None
        deadline = one.deadline
        due = None if deadline is None else deadline.due
        if deadline is not None and was_offered_once(self._text, one):
            due = None  # the deed's words say by when, as no day does
            deed = self._alone(Span(one.deed.start, max(one.deed.end, deadline.span.end))) or deed
        return Bound(
            deed=deed,
            trigger=trigger,
            who=self._alone(one.who),
            to_whom=self._alone(one.to_whom),
            asked_by=self._alone(one.asked_by),
            condition=self._alone(one.condition),
            speaker=None if one.said_by is None else self._alone(told[one.said_by].source),
            force=one.force.value,
            negated=one.negated,
            step=one.step,
            due=due,
            anchor=self._text[slice(*deadline.anchor)] if deadline and deadline.anchor else "",
        )

    def _alone(self, span: Span | None) -> Place | None:
        """A span that lies in one block."""
        places = [] if span is None else list(self._places(span))
        return places[0] if len(places) == 1 else None

    def _places(self, span: Span) -> Iterator[Place]:
        for number in range(len(self._starts) - 1):
            first, after = self._starts[number], self._starts[number + 1] - 1
            start, end = max(span.start, first), min(span.end, after)
            if start < end:
                yield Place(number, start - first, end - first)


def _moved_bound(one: Bound, by: int) -> Bound:
    def move(place: Place | None) -> Place | None:
        return None if place is None else replace(place, block=place.block + by)

    return replace(
        one,
        deed=replace(one.deed, block=one.deed.block + by),
        trigger=replace(one.trigger, block=one.trigger.block + by),
        who=move(one.who),
        to_whom=move(one.to_whom),
        asked_by=move(one.asked_by),
        condition=move(one.condition),
        speaker=move(one.speaker),
    )


def _moved(one: Said, by: int) -> Said:
    def move(place: Place) -> Place:
        return replace(place, block=place.block + by)

    return replace(
        one,
        source=one.source and move(one.source),
        cue=one.cue and move(one.cue),
        content=tuple(move(place) for place in one.content),
    )
