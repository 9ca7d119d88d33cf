"""The schedule's whole curve, budget against versions caught, with the peers' rules on it; and the sweep of constants.

    python -m bench schedule_curve [--sample N] [--write] [--sweep] [--json]

Articles of 2023 in `nhk_updates_dev`, which the shipped prior was not learnt from. `--write` draws
`docs/reference/schedule-curve.svg`. Correction lags: how long after publication NPR's corrections came
(`npr_corrections_dev`; the date of publication is read from the address, and notices that stood there when the
collection began are left out), and how late we would have seen them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from machine import data_folder, heading, machine

from writethru.cli.update_file import read_histories
from writethru.schedule import SchedulePolicy, outlook
from writethru.schedule.grid import MINUTES_A_DAY
from writethru.schedule.histories import Published
from writethru.schedule.replay import replay_ours, replay_rule, sample
from writethru.schedule.rules import rule_of

TARGET = Path(__file__).resolve().parent.parent / "docs" / "reference" / "schedule-curve.svg"
LOOKS = (3, 5, 8, 11, 16, 22, 30, 45, 70)
PEERS = {
    "age": ("age:3", "age:1.5", "age:1.1", "age:0.7", "age:0.5", "age:0.35", "age:0.2", "age:0.1"),
    "fixed": ("fixed:10080", "fixed:4320", "fixed:1440", "fixed:720"),
    "news-sniffer": ("news-sniffer",),
    "newsdiffs": ("newsdiffs",),
}
FIGURES = ("looks_per_article", "versions_caught", "updates_caught", "median_delay_min", "p90_delay_min")


def ours(histories: Sequence[Published], looks: float, *, learning: bool) -> dict[str, Any]:
    """One point of our curve."""
    found = replay_ours(histories, SchedulePolicy(looks=looks), 30, learning=learning).to_dict()
    return {"policy": f"{looks:g} looks", **{name: found[name] for name in FIGURES}}


def peer(histories: Sequence[Published], name: str) -> dict[str, Any]:
    """One point of a peer's."""
    found = replay_rule(histories, rule_of(name), 30).to_dict()
    return {"policy": name, **{each: found[each] for each in FIGURES}}


def curves(histories: Sequence[Published]) -> dict[str, list[dict[str, Any]]]:
    """All points, by curve."""
    found = {
        "writethru": [ours(histories, looks, learning=True) for looks in LOOKS],
        "writethru, prior only": [ours(histories, looks, learning=False) for looks in LOOKS],
    }
    return found | {curve: [peer(histories, name) for name in names] for curve, names in PEERS.items()}


def sweep(histories: Sequence[Published]) -> list[dict[str, Any]]:
    """Our point at 22 and 11 looks, by the shape of interest, weight after a change and share corrected."""
    rows = []
    for bent, after, corrected in (
        *((bent, 1.3, 0.01) for bent in (0.5, 0.6, 0.7, 0.8, 1.0)),
        *((0.7, after, 0.01) for after in (1.0, 1.7)),
        *((0.7, 1.3, corrected) for corrected in (0.003, 0.03)),
    ):
        set_constants(bent, after, corrected)
        for looks in (22, 11):
            row = ours(histories, looks, learning=False)
            rows.append({**row, "policy": f"{bent:g} / {after:g} / {corrected:g}"})
    return rows


def set_constants(bent: float, after: float, corrected: float) -> None:
    """Other constants than those shipped."""
    outlook.CORRECTIONS = tuple(each * corrected / outlook.CORRECTED for each in outlook.CORRECTIONS)
    outlook.BENT, outlook.AFTER_A_CHANGE, outlook.CORRECTED = bent, after, corrected
    outlook.prior.cache_clear()


def corrections(folder: Path) -> dict[str, Any]:
    """Of NPR's corrections: lag from publication to the notice, in days; and what our looks make of them."""
    with gzip.open(folder / "revisions" / "npr_corrections_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    begun = min(row["first_seen"] for row in rows)  # what the collector found on its first day has no lag
    lags = sorted(lag for row in rows if row["first_seen"] > begun and (lag := lag_of(row)) is not None)
    policy = SchedulePolicy()
    inside = [lag for lag in lags if lag <= policy.retire_after.days]
    score = replay_ours([Published("", 0.0, (lag * MINUTES_A_DAY,)) for lag in inside], policy, 40, learning=False)
    return {
        "notices": len(rows),
        "dated": len(lags),
        "lag_days": {share: round(lags[int(share * len(lags))], 2) for share in (0.25, 0.5, 0.75, 0.9)},
        "inside_the_watched_span": round(len(inside) / len(lags), 4),
        "seen": round(score.caught / len(lags), 4),
        "median_delay_hours": round(score.delay(0.5) / 60, 1),
        "p90_delay_hours": round(score.delay(0.9) / 60, 1),
    }


def lag_of(row: dict[str, str]) -> float | None:
    """Days from the day in the address (its end) to the first sight of the notice; None without such a day."""
    day = re.search(r"/(\d{4})/(\d\d)/(\d\d)/", row["url"])
    if day is None:
        return None
    published = datetime(*map(int, day.groups()), 12, tzinfo=UTC)  # type: ignore[misc]
    seen = datetime.fromisoformat(row["first_seen"])
    return max((seen - published).total_seconds() / 86_400, 0.01)


# the plot

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 470, 70, 50, 150, 60
LOWEST_X, HIGHEST_X = 3.0, 100.0
LOST = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
"""Shares of versions lost that have a line: the axis is logarithmic, or all that matters would be one pixel."""

STYLES = {
    "writethru": ("#0b5394", "", "M-4,0 a4,4 0 1,0 8,0 a4,4 0 1,0 -8,0"),
    "writethru, prior only": ("#0b5394", "5 4", "M-4,-4 h8 v8 h-8 z"),
    "age": ("#a64d00", "", "M0,-5 L5,4 L-5,4 z"),
    "fixed": ("#555555", "2 3", "M-4,-4 L4,4 M-4,4 L4,-4"),
    "news-sniffer": ("#7a1f7a", "", "M0,-6 L6,0 L0,6 L-6,0 z"),
    "newsdiffs": ("#1b6e2f", "", "M-5,-2 h10 v4 h-10 z"),
}


def place(point: dict[str, Any]) -> tuple[float, float]:
    """A point on the plot."""
    share = math.log(min(max(point["looks_per_article"], LOWEST_X), HIGHEST_X) / LOWEST_X)
    lost = min(max(1 - point["versions_caught"], LOST[-1]), LOST[0])
    down = math.log(LOST[0] / lost) / math.log(LOST[0] / LOST[-1])
    wide = WIDTH - LEFT - RIGHT
    return LEFT + wide * share / math.log(HIGHEST_X / LOWEST_X), HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * down


def drawn(found: dict[str, list[dict[str, Any]]], articles: int) -> str:
    """The whole SVG."""
    title = "Looks an article against versions caught"
    about = (
        f"Replay of {articles} articles over 30 days. Our curve lies above every other rule at every budget; "
        "the figures are in the table of the page that shows this plot."
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="curve-title curve-about" font-family="sans-serif" font-size="13">',
        f'<title id="curve-title">{escape(title)}</title>',
        f'<desc id="curve-about">{escape(about)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="26" font-size="16" fill="#111111">{escape(title)}</text>',
        *grid(),
    ]
    for number, (name, points) in enumerate(found.items()):
        parts += curve(name, [point for point in points if point["looks_per_article"] <= HIGHEST_X], number)
    return "\n".join([*parts, "</svg>"]) + "\n"


def grid() -> list[str]:
    """Axes with their lines and words."""
    lines = []
    for looks in (3, 5, 10, 20, 30, 50, 100):
        x, _ = place({"looks_per_article": looks, "versions_caught": 0.9})
        lines.append(f'<path d="M{x:.1f},{TOP} V{HEIGHT - BOTTOM}" stroke="#dddddd"/>')
        lines.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{looks}</text>')
    for lost in LOST:
        _, y = place({"looks_per_article": 3, "versions_caught": 1 - lost})
        lines.append(f'<path d="M{LEFT},{y:.1f} H{WIDTH - RIGHT}" stroke="#dddddd"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{100 * (1 - lost):g} %</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    lines.append(f'<text x="{middle}" y="{HEIGHT - 14}" text-anchor="middle">looks an article (logarithmic)</text>')
    return lines


def curve(name: str, points: list[dict[str, Any]], number: int) -> list[str]:
    """One curve with its marks and its line in the legend; told apart by shape and dash, not by colour alone."""
    colour, dash, mark = STYLES[name]
    places = [place(point) for point in sorted(points, key=lambda point: float(point["looks_per_article"]))]
    path = " L".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    parts = [f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'] if len(places) > 1 else []
    legend = (WIDTH - RIGHT + 22, TOP + 14 + 22 * number)
    for x, y in [*places, legend]:
        parts.append(f'<path transform="translate({x:.1f},{y:.1f})" d="{mark}" fill="{colour}" stroke="{colour}"/>')
    parts.append(f'<text x="{legend[0] + 12}" y="{legend[1] + 4}" font-size="11">{escape(name)}</text>')
    return parts


def printed(rows: Sequence[dict[str, Any]]) -> str:
    """A table in Markdown."""
    lines = ["| policy | looks an article | versions caught | updates caught | median delay | 90 % within |"]
    lines.append("|---|---|---|---|---|---|")
    for row in rows:
        caught = f"{100 * row['versions_caught']:.2f} % | {100 * row['updates_caught']:.1f} %"
        delays = f"{row['median_delay_min']:.0f} min | {row['p90_delay_min']:.0f} min"
        lines.append(f"| {row['policy']} | {row['looks_per_article']:.1f} | {caught} | {delays} |")
    return "\n".join(lines)


def main() -> None:
    """Print tables or JSON; draw the plot if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=6000, help="articles replayed")
    parser.add_argument("--write", action="store_true", help=f"draw {TARGET.name}")
    parser.add_argument("--sweep", action="store_true", help="the sweep of constants instead (articles before 2023)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    source = data_folder() / "schedule" / "nhk_updates_dev.csv.gz"
    if not source.exists():
        sys.exit(f"{source} is not here; set WRITETHRU_DATA")
    started = time.process_time()
    histories = read_histories(source)
    chosen = sample([each for each in histories if (each.stated < "2023") == options.sweep], options.sample)
    if options.sweep:
        print(printed(sweep(chosen)))
        return
    found = curves(chosen)
    lags = corrections(data_folder())
    if options.write:
        TARGET.write_text(drawn(found, len(chosen)), encoding="utf-8")
    if options.json:
        print(
            json.dumps({"machine": machine(), "articles": len(chosen), "curves": found, "corrections": lags}, indent=1)
        )
        return
    print(heading(machine()))
    for name, points in found.items():
        print(f"\n{name}\n\n{printed(points)}")
    print(f"\ncorrections: {lags}\n{time.process_time() - started:.0f} s of CPU")


if __name__ == "__main__":
    main()
