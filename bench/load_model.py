"""The load model held against a replay of real publication times, and against archives that were really watched.

    python -m bench load_model [--sample N] [--archive FOLDER ...] [--json]

**Requests**: NHK's articles of 2023 with their update stamps, spread over the year, are followed by the shipped schedule as
one outlet. After 32 days as many articles retire as begin; from then on the looks of each day and each hour are counted
and set beside what `writethru schedule load` makes of the same number of articles a day. **Bytes**: of each archive given
(a folder with `writethru.db` and its evidence) the sizes of database and evidence beside the model's, from its numbers of
looks, versions and articles.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import Any

from machine import data_folder, heading, machine

from writethru.cli.update_file import read_histories
from writethru.schedule import SchedulePolicy
from writethru.schedule.load import MEASURED, Fleet, load_of
from writethru.schedule.replay import Score, replay_ours, sample

HOURS_A_DAY = 24
WARM_UP = 33
"""Days until retirements are as many as new articles."""


def steady(score: Score, first: float, last: float) -> dict[int, int]:
    """Looks of each full hour between the warm-up and the last article."""
    start = (int(first // 1440) + WARM_UP) * HOURS_A_DAY
    end = int(last // 1440) * HOURS_A_DAY
    return {hour: score.hours[hour] for hour in range(start, end)}


def requests(size: int) -> dict[str, Any]:
    """A year replayed, and the model's day."""
    every = read_histories(data_folder() / "schedule" / "nhk_updates_dev.csv.gz")
    chosen = sample([each for each in every if each.stated.startswith("2023")], size)
    score = replay_ours(chosen, SchedulePolicy(), 365, learning=True)
    begun = sorted(each.minute for each in chosen)
    hours = steady(score, begun[0], begun[-1])
    days: Counter[int] = Counter()
    week: Counter[int] = Counter()
    for hour, looks in hours.items():
        days[hour // HOURS_A_DAY] += looks
        week[hour % (7 * HOURS_A_DAY)] += looks
    a_day = sum(1 for minute in begun if min(hours) <= minute // 60 <= max(hours)) / len(days)
    looks, versions = score.looks / score.articles, (score.articles + score.caught) / score.articles
    model = load_of(Fleet(outlets=1, articles=a_day, looks=looks, versions=versions))
    average = sum(week.values()) / len(week)
    return {
        "what": "requests",
        "articles": len(chosen),
        "articles_a_day": round(a_day, 2),
        "looks_an_article": round(looks, 2),
        "versions_an_article": round(versions, 3),
        "model_looks_a_day": round(model.looks, 1),
        "replayed_looks_a_day": round(mean(days.values()), 1),
        "off_percent": round(100 * (model.looks / mean(days.values()) - 1), 2),
        "busiest_day_by_mean": round(max(days.values()) / mean(days.values()), 2),
        "busiest_hour_of_week_by_mean": round(max(week.values()) / average, 2),
        "quietest_hour_of_week_by_mean": round(min(week.values()) / average, 2),
    }


def stored(folder: Path) -> dict[str, Any]:
    """An archive's sizes, and the model's for its numbers."""
    with sqlite3.connect(f"file:{folder / 'writethru.db'}?mode=ro", uri=True) as connection:
        articles, versions, looks, quiet = (
            connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
            for what in ("articles", "versions", "captures", "captures WHERE reason IN ('not_modified', 'bytes_equal')")
        )
    found = [path for path in folder.rglob("*.warc.gz*") if path.is_file()]
    evidence = sum(path.stat().st_size for path in found)
    modelled = looks * MEASURED.look_bytes + versions * MEASURED.version_bytes + articles * MEASURED.index_bytes
    return {
        "what": f"bytes, {folder.name}",
        "articles": articles,
        "versions": versions,
        "looks": looks,
        "database": (folder / "writethru.db").stat().st_size,
        "model_database": modelled,
        "evidence": evidence,
        "evidence_of_a_full_answer": round((evidence - quiet * MEASURED.unmodified_bytes) / max(looks - quiet, 1)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=4000)
    parser.add_argument("--archive", type=Path, nargs="*", default=[])
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = [requests(args.sample), *(stored(folder) for folder in args.archive)]
    if args.json:
        print(json.dumps({"machine": machine(), "rows": rows}, indent=2))
        return
    print(heading(machine()))
    for row in rows:
        print(", ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
