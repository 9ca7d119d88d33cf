"""The schedule through the watcher, on a simulated clock: budget, rhythm, retirement, and texts that come back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from writethru.config import Config, FetchConfig, ScheduleConfig
from writethru.evidence import EvidenceFolder
from writethru.model import Capture
from writethru.press import Press
from writethru.press.versions_file import read_versions
from writethru.storage import open_store
from writethru.storage.store import Store
from writethru.watch.clock import SimulatedClock
from writethru.watch.loop import Watcher

START = datetime(2031, 5, 4, 0, tzinfo=UTC)
HOST = "courier.example"
TEXT = "The ferry to Aldersund {} on Sunday morning, the harbour master said.\n\nIt carries two hundred people."


def lines(url: str, states: dict[float, str]) -> list[dict[str, str]]:
    return [
        {"url": url, "time": (START + timedelta(hours=hour)).isoformat(), "title": "Ferry", "text": TEXT.format(word)}
        for hour, word in states.items()
    ]


@contextmanager
def watching(
    folder: Path, states: list[dict[str, str]], schedule: ScheduleConfig, *, outlet: str = ""
) -> Iterator[tuple[Store, Watcher]]:
    path = folder / "served.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in states), "utf-8")
    clock = SimulatedClock(START)
    store = open_store(str(folder / "writethru.db"))
    with Press(read_versions(path), clock) as press:
        config = Config(fetch=FetchConfig(connect_to=(f"{HOST}=127.0.0.1:{press.port}",)), schedule=schedule)
        outlet_id = store.outlet(outlet, HOST).id if outlet else None
        for url in dict.fromkeys(line["url"] for line in states):
            store.add_article(url, host=HOST, outlet_id=outlet_id, at=START, next_look_at=START, reason="test")
        with Watcher(store, EvidenceFolder(folder / "evidence"), config, clock) as watcher:
            yield store, watcher
    store.close()


def looks(store: Store, articles: int = 1) -> list[Capture]:
    return [capture for number in range(1, articles + 1) for capture in store.captures(number)]


@pytest.mark.parametrize(
    "schedule",
    [ScheduleConfig(looks=500, daily_looks=24), ScheduleConfig(looks=500, daily_looks_per_host=24)],
    ids=["all", "host"],
)
def test_a_daily_budget_is_kept_and_spread(tmp_path: Path, schedule: ScheduleConfig) -> None:
    states = [line for n in range(3) for line in lines(f"http://{HOST}/news/{n}", {0: f"sails {n}"})]
    with watching(tmp_path, states, schedule) as (store, watcher):
        watcher.run(START + timedelta(days=2))
        made = looks(store, 3)
        days = Counter(capture.look.captured_at.date() for capture in made)
        assert set(days.values()) == {24}
        assert {capture.article_id for capture in made} == {1, 2, 3}
        mornings = sum(capture.look.captured_at.hour < 12 for capture in made)
        assert 0.4 < mornings / len(made) < 0.65


def test_what_was_seen_is_kept_as_the_outlets_rhythm(tmp_path: Path) -> None:
    states = lines(f"http://{HOST}/news/1", {0: "sails", 1: "waits", 2: "sinks"})
    with watching(tmp_path, states, ScheduleConfig(), outlet="Courier") as (store, watcher):
        watcher.run(START + timedelta(days=1))
        form = store.rhythm(1)
        assert sum(map(sum, form["seen"])) == pytest.approx(2)
        assert 0.01 < sum(map(sum, form["expected"])) < 2


def test_a_text_that_comes_back_does_not_bring_the_looks_back(tmp_path: Path) -> None:
    """Two known texts in turn, as a cache or an experiment shows them, cost what one would."""
    flips = {0: "sails", 1: "waits"} | {30 + 6 * n: ("sails", "waits")[n % 2] for n in range(60)}
    with watching(tmp_path, lines(f"http://{HOST}/news/1", flips), ScheduleConfig()) as (store, watcher):
        watcher.run(START + timedelta(days=40))
        article = store.article(1)
        assert len(store.versions(1)) == 2
        assert len(looks(store)) < 60
        assert article.retired_at is not None
        newest = store.versions(1)[1].first_seen
        assert timedelta(days=32) <= article.retired_at - newest < timedelta(days=32, hours=2)
        assert article.next_look_reason == "retired: no change seen for 32 days"
