"""The page of an outlet: its rhythm and its kinds of edit as drawings with tables behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.api.parameters import ItemId
from writethru.archive import Archive
from writethru.outlet_figures import KINDS_SHOWN, OF_FACT, Figures
from writethru.outlet_history import HEALTH_DAYS
from writethru.views import describe_gap
from writethru.web.rendering import Renderer

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHADES: Final = 5
"""Steps of shade in the rhythm, besides none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one weekday, in units of the drawing."""

    x: int
    y: int
    shade: int
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of one kind: height in units, from the foot up."""

    x: float
    height: float
    count: int


class OutletRoutes:
    """Pages of outlets."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/outlets/{outlet_id}", self.outlet, methods=["GET", "HEAD"])
        return router

    def outlet(self, request: Request, outlet_id: ItemId) -> Response:
        """What an outlet's changes add up to, and what was learnt of its pages."""
        view = self.archive.outlet_history.view(outlet_id, self.archive.now())
        return self.renderer.page(
            request,
            "outlet.html",
            view=view,
            figures=view.figures,
            profile=self.archive.outlet_profile(view.outlet.name),
            cells=cells(view.figures.rhythm),
            bars=bars(view.figures),
            weekdays=WEEKDAYS,
            of_fact=sorted(OF_FACT),
            health_days=HEALTH_DAYS,
            gap=describe_gap,
        )


def cells(rhythm: Sequence[Sequence[int]]) -> tuple[Cell, ...]:
    """The rhythm as squares, each shaded by its share of the fullest one; an hour without a change has none.

    A handful of changes makes no dark square: the scale ends at ``SHADES`` at least.
    """
    most = max((count for row in rhythm for count in row), default=0)
    most = max(most, SHADES)
    return tuple(
        Cell(hour, day, -(-SHADES * count // most), count)
        for day, row in enumerate(rhythm)
        for hour, count in enumerate(row)
        if count
    )


def bars(figures: Figures) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    """Each of the most frequent kinds with its bars, all on one scale."""
    most = max((period.kinds.get(kind, 0) for period in figures.periods for kind in figures.kinds), default=0)
    width = 100 / max(1, len(figures.periods))
    return tuple(
        (
            kind,
            tuple(
                Bar(round(number * width, 2), round(20 * period.kinds[kind] / most, 2), period.kinds[kind])
                for number, period in enumerate(figures.periods)
                if period.kinds.get(kind)
            ),
        )
        for kind in figures.kinds[:KINDS_SHOWN]
    )
