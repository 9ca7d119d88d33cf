"""Growth by length as an SVG without any library: both axes logarithmic, one line a tool, the numbers as text too."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 760, 470
LEFT, RIGHT, TOP, BOTTOM = 70, 200, 30, 60
COLOURS = ("#0b4a86", "#5b9bd5", "#8a2c0d", "#c9733f", "#3c6e3c", "#6b4a8f", "#7a6a10")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "4 4", "1 2", "10 4")
"""Lines differ in dash as well as in colour."""

Points = Sequence[tuple[float, float]]


TITLE = "Time of a comparison by length of the text"


def svg(
    series: Mapping[str, Points], *, title: str = TITLE, along: str = "words of the article", unit: str = "ms of CPU"
) -> str:
    """The drawing: words (or what ``along`` says) along, milliseconds of CPU (or ``unit``) up."""
    every = [point for points in series.values() for point in points]
    across = _Axis(min(x for x, _ in every), max(x for x, _ in every), LEFT, WIDTH - RIGHT)
    up = _Axis(min(y for _, y in every), max(y for _, y in every), HEIGHT - BOTTOM, TOP)
    parts = [*_frame(across, up, (along, unit))]
    labels = _spread(sorted((up.at(points[-1][1]), name) for name, points in series.items()))
    for number, (name, points) in enumerate(series.items()):
        parts += _line(number, points, (across, up), (name, labels[name]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="title numbers" font-family="sans-serif" font-size="12">\n'
        f'<title id="title">{escape(title)}</title>\n'
        f'<desc id="numbers">{escape(_words(series, along.partition(" ")[0], unit.partition(" ")[0]))}</desc>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


class _Axis:
    """A logarithmic axis between two places of the drawing, widened to whole powers of ten."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = math.floor(math.log10(low)), math.ceil(math.log10(high))
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _frame(along: _Axis, up: _Axis, what: tuple[str, str]) -> list[str]:
    parts = []
    for value in along.ticks():
        x = along.at(value)
        parts.append(f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{HEIGHT - BOTTOM}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{value:,.0f}</text>')
    for value in up.ticks():
        y = up.at(value)
        parts.append(f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{value:,.10g}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 16}" text-anchor="middle">{escape(what[0])}</text>')
    parts.append(f'<text x="{LEFT}" y="{TOP - 10}" text-anchor="middle">{escape(what[1])}</text>')
    return parts


def _line(number: int, points: Points, axes: tuple[_Axis, _Axis], label: tuple[str, float]) -> list[str]:
    along, up = axes
    colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    places = [(along.at(x), up.at(y)) for x, y in points]
    path = " ".join(f"{x},{y}" for x, y in places)
    width = 3 if number == 0 else 1.8
    parts = [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash}"/>'
    ]
    parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places]
    end_x, end_y = places[-1]
    name, y = label
    edge = WIDTH - RIGHT + 12
    parts.append(f'<line x1="{end_x + 4}" y1="{end_y}" x2="{edge - 3}" y2="{y - 4}" stroke="{colour}" opacity="0.35"/>')
    weight = ' font-weight="bold"' if number == 0 else ""
    parts.append(f'<text x="{edge}" y="{y}" fill="{colour}"{weight}>{escape(name)}</text>')
    return parts


def _spread(labels: Sequence[tuple[float, str]], least: float = 16) -> dict[str, float]:
    """Places of the labels, none nearer than ``least`` to the one above."""
    found: dict[str, float] = {}
    last = -least
    for y, name in labels:
        last = max(y + 4, last + least)
        found[name] = round(last, 1)
    return found


def _words(series: Mapping[str, Points], what: str, unit: str) -> str:
    lines = (
        f"{name}: " + ", ".join(f"{y:g} {unit} at {x:,.0f} {what}" for x, y in points)
        for name, points in series.items()
    )
    return ". ".join(lines) + "."
