"""The JSON form of what a version states."""

from __future__ import annotations

from typing_extensions import TypedDict

from writethru.analyse.statement_rows import ref_of
from writethru.analyse.statements import VersionStatements
from writethru.statements.blame import Accusation
from writethru.statements.forms import days_form, place_form
from writethru.statements.of_text import TextStatements
from writethru.statements.quoted import Quotation
from writethru.statements.reading import Bound, FigureAt, Place, Said, TimeAt, sliced


class SpanForm(TypedDict):
    """Characters of a block (-2: the headline, -1: the standfirst): block, first, one past the last; and the words."""

    place: list[int]
    words: str


class StatedFigureForm(SpanForm):
    """A figure: the interval it claims, in ``unit``; "" for a plain count."""

    low: float
    high: float
    unit: str
    measure: str
    hedge: str
    counted: str
    rate: str


class StatedTimeForm(SpanForm):
    """A time: TIMEX3 ``value``, the days it covers where they are known, the event it hangs on."""

    kind: str
    value: str
    days: list[str] | None
    anchor: str
    relative: bool


class SaidForm(TypedDict):
    """Who said what; no source where the text does not say. ``certain``: the source may be printed without doubt."""

    source: SpanForm | None
    cue: SpanForm | None
    content: list[SpanForm]
    directness: str
    certain: bool


class BoundForm(TypedDict):
    """A commitment: who is bound, the words that bind, the deed; ``due`` where its days are known."""

    deed: SpanForm
    trigger: SpanForm
    who: SpanForm | None
    to_whom: SpanForm | None
    asked_by: SpanForm | None
    condition: SpanForm | None
    speaker: SpanForm | None
    force: str
    negated: bool
    step: int
    due: list[str] | None
    anchor: str


class PrintedBlameForm(SpanForm):
    """Who accuses whom of what, as printed; ``act``: accuses, denies or repeats."""

    act: str
    accuser: str
    accused: str
    deed: str


class PrintedQuotationForm(SpanForm):
    """A quotation; ``ref`` names it in editors' corrections. ``speaker`` is "" where none is named or was read."""

    quoted: str
    ref: str
    speaker: str
    attributed: bool


class StatementsForm(TypedDict):
    """What a version states. ``unread`` says what is not read in its language; ``left_out`` how much was too much.

    ``article`` and ``version`` are null of a text that is in no archive.
    """

    article: int | None
    version: int | None
    digest: str
    reader: str
    language: str
    unread: str
    written: str | None
    basis: str
    left_out: int
    figures: list[StatedFigureForm]
    times: list[StatedTimeForm]
    said: list[SaidForm]
    commitments: list[BoundForm]
    blame: list[PrintedBlameForm]
    quotations: list[PrintedQuotationForm]


def statements_form(view: TextStatements) -> StatementsForm:
    """The JSON form."""
    reading = view.reading
    return {
        "article": view.version.article_id if isinstance(view, VersionStatements) else None,
        "version": view.version.number if isinstance(view, VersionStatements) else None,
        "digest": view.text.digest(),
        "reader": view.reader,
        "language": view.language,
        "unread": view.unread,
        "written": view.written.isoformat() if view.written else None,
        "basis": view.basis,
        "left_out": reading.left_out,
        "figures": [_figure(view, one) for one in reading.figures],
        "times": [_time(view, one) for one in reading.times],
        "said": [_said(view, one) for one in reading.said],
        "commitments": [_bound(view, one) for one in reading.bound],
        "blame": [_blame(view, one) for one in view.blame],
        "quotations": [_quotation(view, one) for one in view.quotations],
    }


def _blame(view: TextStatements, one: Accusation) -> PrintedBlameForm:
    return {
        "place": place_form(one.place) or [],
        "words": sliced(view.text, one.place),
        "act": one.act.value,
        "accuser": one.accuser,
        "accused": one.accused,
        "deed": one.deed,
    }


def _quotation(view: TextStatements, one: Quotation) -> PrintedQuotationForm:
    return {
        "place": place_form(one.place) or [],
        "words": sliced(view.text, one.place),
        "quoted": one.words,
        "ref": ref_of(view, one.place),
        "speaker": one.speaker,
        "attributed": one.attributed,
    }


def _span(view: TextStatements, one: FigureAt | TimeAt) -> SpanForm:
    return {"place": place_form(one.place) or [], "words": sliced(view.text, one.place)}


def _figure(view: TextStatements, one: FigureAt) -> StatedFigureForm:
    figure = one.figure
    return {
        **_span(view, one),
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "measure": figure.measure.value,
        "hedge": figure.hedge.value,
        "counted": figure.counted,
        "rate": figure.rate,
    }


def _time(view: TextStatements, one: TimeAt) -> StatedTimeForm:
    days = one.time.days
    return {
        **_span(view, one),
        "kind": one.time.kind.value,
        "value": one.time.value,
        "days": None if days is None else [days.first.isoformat(), days.last.isoformat()],
        "anchor": one.time.anchor,
        "relative": one.time.relative,
    }


def _bound(view: TextStatements, one: Bound) -> BoundForm:
    def span(place: Place | None) -> SpanForm | None:
        return None if place is None else SpanForm(place=place_form(place) or [], words=sliced(view.text, place))

    return {
        "deed": SpanForm(place=place_form(one.deed) or [], words=sliced(view.text, one.deed)),
        "trigger": SpanForm(place=place_form(one.trigger) or [], words=sliced(view.text, one.trigger)),
        "who": span(one.who),
        "to_whom": span(one.to_whom),
        "asked_by": span(one.asked_by),
        "condition": span(one.condition),
        "speaker": span(one.speaker),
        "force": one.force,
        "negated": one.negated,
        "step": one.step,
        "due": days_form(one.due),
        "anchor": one.anchor,
    }


def _said(view: TextStatements, one: Said) -> SaidForm:
    spans = {place: SpanForm(place=place_form(place) or [], words=sliced(view.text, place)) for place in one.places}
    return {
        "source": spans[one.source] if one.source else None,
        "cue": spans[one.cue] if one.cue else None,
        "content": [spans[place] for place in one.content],
        "directness": one.directness.value,
        "certain": one.certain,
    }
