"""Small lines of figures as SVG, drawn on the server; the table beside them has the same figures in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 112
HEIGHT: Final = 24
_INSET: Final = 2.0


@dataclass(frozen=True, slots=True)
class Spark:
    """A line ready to be drawn.

    Attributes:
        runs: points as SVG takes them, one run for each stretch without a gap.
        last: where the newest figure stands, None if it is a gap.
        text: the same in words, for who does not see it.
    """

    runs: tuple[str, ...]
    last: tuple[float, float] | None
    text: str


def spark(figures: Sequence[float | None], unit: str) -> Spark:
    """A line through the figures, oldest first, from zero up; None is a gap, never a zero."""
    known = [figure for figure in figures if figure is not None]
    top = max([*known, 1.0])
    step = (WIDTH - 2 * _INSET) / max(1, len(figures) - 1)
    places = [
        None if figure is None else (_INSET + n * step, HEIGHT - _INSET - (HEIGHT - 2 * _INSET) * figure / top)
        for n, figure in enumerate(figures)
    ]
    text = "no figures" if not known else f"{known[0]:.0f} to {known[-1]:.0f} {unit}, at most {max(known):.0f}"
    return Spark(tuple(_runs(places)), places[-1] if places else None, text)


def _runs(places: Sequence[tuple[float, float] | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{place[0]:.1f},{place[1]:.1f}")
    return [" ".join(run) for run in runs if run]
