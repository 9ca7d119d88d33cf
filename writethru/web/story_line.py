"""The drawing of a storyline: a time axis, a lane for each outlet, a mark for each text. Pure geometry.

News comes in hours and goes on after years, so the axis is compressed: each silence takes room by its
logarithm. Every day on which something began is labelled, where there is room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from writethru.analyse.telling import StoryTelling, ToldArticle

WIDTH: Final = 720.0
LANE: Final = 30.0
TOP: Final = 22.0
LABEL_ROOM: Final = 92.0
UNIT: Final = timedelta(minutes=20)
"""A silence of so long takes as much room as none at all and as much again."""


@dataclass(frozen=True, slots=True)
class LaneMark:
    """A text in its lane: ``kind`` is ``first``, ``version`` or ``correction``."""

    x: float
    kind: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One outlet, or several that printed one text (``folded``)."""

    y: float
    label: str
    folded: int
    marks: tuple[LaneMark, ...]
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Day:
    """A labelled place on the axis."""

    x: float
    label: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class StoryLine:
    """The whole drawing; articles without a time are not in it."""

    height: float
    lanes: tuple[Lane, ...]
    days: tuple[Day, ...]
    undated: int


def story_line(telling: StoryTelling) -> StoryLine | None:
    """The drawing; None where fewer than two texts have a time."""
    dated = [article for article in telling.articles if article.at is not None]
    moments = {article.at for article in dated if article.at} | {m.at for article in dated for m in article.marks}
    if len(moments) < 2:
        return None
    places = _places(sorted(moments))
    lanes = tuple(_lane(number, articles, places) for number, articles in enumerate(_by_lane(dated).values()))
    firsts = sorted({article.at for article in dated if article.at})
    height = TOP + LANE * len(lanes)
    return StoryLine(height, lanes, tuple(_days(firsts, places)), len(telling.articles) - len(dated))


def _places(moments: Sequence[datetime]) -> dict[datetime, float]:
    """Each moment's place, by the logarithms of the silences between."""
    steps = [math.log1p((after - before) / UNIT) + 0.15 for before, after in pairwise(moments)]
    room = WIDTH / sum(steps)
    places, x = {moments[0]: 0.0}, 0.0
    for moment, step in zip(moments[1:], steps, strict=True):
        x += step * room
        places[moment] = round(x, 1)
    return places


def _by_lane(articles: Iterable[ToldArticle]) -> dict[object, list[ToldArticle]]:
    """Articles of a lane: those of an outlet; those that are one text share the lane of its first."""
    lanes: dict[object, list[ToldArticle]] = {}
    lane_of: dict[tuple[int, ...], object] = {}
    for article in articles:
        own: object = article.summary.outlet or article.summary.article.host
        key = lane_of.setdefault(article.copies, own) if len(article.copies) > 1 else own
        lanes.setdefault(key, []).append(article)
    return lanes


def _lane(number: int, articles: Sequence[ToldArticle], places: dict[datetime, float]) -> Lane:
    names = list(dict.fromkeys(article.summary.outlet or article.summary.article.host for article in articles))
    marks = [mark for article in articles for mark in _marks(article, places)]
    marks.sort(key=lambda mark: mark.x)
    label = names[0] or "outlet not known"
    return Lane(TOP + LANE * (number + 0.5), label, len(names) - 1, tuple(marks), marks[0].x, marks[-1].x)


def _marks(article: ToldArticle, places: dict[datetime, float]) -> Iterable[LaneMark]:
    name = article.summary.outlet or article.summary.article.host
    path = f"/articles/{article.summary.article.id}"
    if article.at is not None:
        yield LaneMark(places[article.at], "first", path, f"{name}: {article.summary.headline}")
    for mark in article.marks:
        kind = "correction" if mark.correction else "version"
        yield LaneMark(places[mark.at], kind, f"{path}/changes/{mark.change}", f"{name}: change {mark.change}, {kind}")


def _days(moments: Sequence[datetime], places: dict[datetime, float]) -> Iterable[Day]:
    """Days on which an article first came, as far as their labels have room; the last one always."""
    last_day = moments[-1].date()
    end = places[moments[-1]] if last_day != moments[0].date() else WIDTH + 2 * LABEL_ROOM
    last, seen = -LABEL_ROOM, {last_day} if end <= WIDTH else set()
    for moment in moments:
        x = places[moment]
        if moment.date() in seen or x - last < LABEL_ROOM or x > end - 2 * LABEL_ROOM:
            continue
        seen.add(moment.date())
        last = x
        yield Day(x, _named(moment))
    if end <= WIDTH:
        yield Day(end, _named(moments[-1]), "end")


def _named(moment: datetime) -> str:
    return moment.strftime("%-d %b %Y")
