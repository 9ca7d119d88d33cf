"""The JSON forms of what was read, as it is stored: numbers and spans, and for each place the words it must hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from writethru.statements.attributed import Directness
from writethru.statements.calendar import Days
from writethru.statements.figures import Figure
from writethru.statements.hedges import Hedge
from writethru.statements.measures import Measure
from writethru.statements.numbers import Form
from writethru.statements.reading import Bound, FigureAt, Place, Reading, Said, TimeAt
from writethru.statements.time_context import TimeKind
from writethru.statements.times import TimeExpression
from writethru.text.tokens import Span

Words = Callable[[Place], str]
"""The characters of a place."""


def reading_form(reading: Reading, words: Words) -> dict[str, Any]:
    """A reading with the words of each of its places, which are compared when it is read again."""
    return {
        "figures": [[one.block, _figure_form(one.figure)] for one in reading.figures],
        "times": [[one.block, _time_form(one.time)] for one in reading.times],
        "said": [_said_form(one) for one in reading.said],
        "bound": [_bound_form(one) for one in reading.bound],
        "left_out": reading.left_out,
        "words": [words(place) for place in reading.places],
    }


def reading_of(form: Mapping[str, Any]) -> Reading:
    """Inverse of ``reading_form``."""
    return Reading(
        figures=tuple(FigureAt(block, _figure(row)) for block, row in form["figures"]),
        times=tuple(TimeAt(block, _time(row)) for block, row in form["times"]),
        said=tuple(_said(row) for row in form["said"]),
        bound=tuple(_bound(row) for row in form["bound"]),
        left_out=form["left_out"],
    )


def _figure_form(one: Figure) -> list[Any]:
    exact = [one.low, one.high, one.unit, one.measure.value, one.hedge.value, one.movement, one.counted, one.rate]
    return [*exact, one.form.value, list(one.span), list(one.counted_span), list(one.hedge_span)]


def _figure(row: Sequence[Any]) -> Figure:
    low, high, unit, measure, hedge, movement, counted, rate, form, *spans = row
    known = (unit, Measure(measure), Hedge(hedge), movement, counted, rate, Form(form))
    return Figure(low, high, *known, *(Span(*span) for span in spans))


def _time_form(one: TimeExpression) -> list[Any]:
    return [one.kind.value, one.value, list(one.span), days_form(one.days), one.anchor, one.relative]


def _time(row: Sequence[Any]) -> TimeExpression:
    kind, value, span, days, anchor, relative = row
    return TimeExpression(TimeKind(kind), value, Span(*span), _days(days), anchor, relative)


def _said_form(one: Said) -> list[Any]:
    return [
        place_form(one.source),
        place_form(one.cue),
        [place_form(place) for place in one.content],
        one.directness.value,
        one.certain,
    ]


def _said(row: Sequence[Any]) -> Said:
    source, cue, content, directness, certain = row
    places = tuple(Place(*place) for place in content)
    way = Directness(directness)
    return Said(source and Place(*source), cue and Place(*cue), places, way, certain=certain)


def _bound_form(one: Bound) -> list[Any]:
    parts = (one.deed, one.trigger, one.who, one.to_whom, one.asked_by, one.condition, one.speaker)
    return [*(place_form(place) for place in parts), one.force, one.negated, one.step, days_form(one.due), one.anchor]


def _bound(row: Sequence[Any]) -> Bound:
    parts, (force, negated, step, due, anchor) = row[:7], row[7:]
    deed, trigger, *others = (None if part is None else Place(*part) for part in parts)
    if deed is None or trigger is None:
        raise ValueError("a commitment without a deed")
    who, to_whom, asked_by, condition, speaker = others
    return Bound(deed, trigger, who, to_whom, asked_by, condition, speaker, force, negated, step, _days(due), anchor)


def days_form(days: Days | None) -> list[str] | None:
    """First and last, ISO 8601."""
    return None if days is None else [days.first.isoformat(), days.last.isoformat()]


def _days(form: Sequence[str] | None) -> Days | None:
    return None if form is None else Days(*(date.fromisoformat(day) for day in form))


def place_form(place: Place | None) -> list[int] | None:
    """Block, first character, one past the last."""
    return None if place is None else [place.block, place.start, place.end]
