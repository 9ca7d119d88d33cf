"""Figures and attributions that a later version states otherwise, in words: with both sentences and both versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from writethru.notify.happened import ATTRIBUTION, FIGURE, LONGEST, Stated, number_of, stories_of
from writethru.publish.safe_text import clip

if TYPE_CHECKING:
    from writethru.analyse.turns import Step
    from writethru.dossier.attribution_turns import AttributionTurn
    from writethru.dossier.figure_turns import FigureTurn
    from writethru.statements.counting import Claim
    from writethru.storage.store import Store


def figures_turned(store: Store, story: int, first: datetime, last: datetime, *only: int) -> Iterator[Stated]:
    """Of a story, first seen in this span, if need be of some articles only; none of a story that is not there."""
    from writethru.analyse.turns import Span, Turns
    from writethru.errors import NotInArchive

    try:
        for step, turn in Turns(store).figures(story, Span(first, last), only):
            yield _figure(store, story, step, turn)
    except NotInArchive:
        return


def attributions_turned(store: Store, articles: Iterable[int], first: datetime, last: datetime) -> Iterator[Stated]:
    """Of these articles, first seen in this span."""
    from writethru.analyse.turns import Span, Turns

    for step, turn in Turns(store).attributions(articles, Span(first, last)):
        yield _attribution(store, step, turn)


def _figure(store: Store, story: int, step: Step, turn: FigureTurn) -> Stated:
    sides = [one for one in (turn.old, turn.new) if one is not None]
    words = [word for one in sides for word in (one.evidence.words, one.written)]
    beside = [one.evidence for one in turn.beside if one not in sides]
    return Stated(
        kind=FIGURE,
        stories=(story,),
        at=step.at,
        number=number_of(FIGURE, "" if turn.old else "new", *words),
        title="A figure of the story changed" if turn.reason else "How the figures of the story agree changed",
        summary=f"{_figures_told(step, turn)}{_relations_told(turn)}",
        evidence=turn.latest.evidence,
        url=store.article(step.article).url,
        texts=tuple(dict.fromkeys([*(one.evidence.words for one in sides), *(one.words for one in beside)])),
        speakers=tuple(sorted({one.evidence.speaker for one in sides} - {""})),
        path=_path(step),
    )


def _figures_told(step: Step, turn: FigureTurn) -> str:
    old, new = turn.old, turn.new
    if old is None and new is not None:
        return f"Version {step.new} prints {_printed(new)}, which no version before it printed."
    if new is None and old is not None:
        return f"Version {step.old} printed {_printed(old)}, which version {step.new} does not."
    assert old is not None
    assert new is not None
    told = f"Version {step.old} printed {_printed(old)}, version {step.new} prints {_printed(new)}"
    return f"{told} ({turn.reason})." if turn.reason else f"{told}."


def _relations_told(turn: FigureTurn) -> str:
    from writethru.dossier.wording import FIGURES

    if turn.before is turn.after:
        return ""
    before, after = (FIGURES[one] if one else "nothing to set it beside" for one in (turn.before, turn.after))
    who = " and ".join(f"{_printed(one)} ({one.evidence.outlet})" for one in turn.beside)
    return f" With what other articles print of it: {before} before, {after} now; {who}."


def _printed(one: Claim) -> str:
    said = f", by {clip(one.evidence.speaker, 120)}" if one.evidence.speaker else ""
    return f"“{clip(one.written, 120)}”{said}"


def _attribution(store: Store, step: Step, turn: AttributionTurn) -> Stated:
    old, new = turn.old, turn.new
    was, now = _said(old.speaker, turn.old_cue), _said(new.speaker, turn.new_cue)
    return Stated(
        kind=ATTRIBUTION,
        stories=stories_of(store, step.article),
        at=step.at,
        number=number_of(ATTRIBUTION, turn.turn, turn.words, old.speaker, new.speaker, old.words, new.words),
        title="The attribution of a sentence changed",
        summary=f"“{clip(turn.words, LONGEST)}”: in version {step.old} {was}, in version {step.new} {now}.",
        evidence=new,
        url=store.article(step.article).url,
        texts=tuple(dict.fromkeys((old.words, new.words))),
        speakers=tuple(sorted({old.speaker, new.speaker} - {""})),
        path=_path(step),
    )


def _said(speaker: str, cue: str) -> str:
    """Who is read to say it, as printed."""
    if not speaker:
        return "read as said by nobody"
    return f"attributed to “{speaker}”{f' (“{clip(cue, 60)}”)' if cue else ''}"


def _path(step: Step) -> str:
    return f"/articles/{step.article}/changes/{step.number}" if step.number else f"/articles/{step.article}"
