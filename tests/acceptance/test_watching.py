"""Histories served over HTTP on a simulated clock: what is found is what could be seen."""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.acceptance.watching import NOON, as_read, compare_with_served, state, watched
from writethru.model import Outcome, Reason
from writethru.press import Kind, Manner, Rule

BRIDGE = "https://post.example/bridge"
MILL = "https://post.example/mill"
OTHER = "https://echo.example/lead"
WORDS = (
    "The old bridge over the Lune was shut to all traffic on Friday morning.\n"
    "{} people were hurt when a parapet gave way, the fire service said.\n"
    "Engineers will look at the piers on Monday, and the ferry will run until late at night for those who work."
)
TWO = "It has two lines, and the second one is longer than the first."
HISTORY = [
    state(BRIDGE, 0, "Bridge shut", WORDS.format("Twelve")),
    state(BRIDGE, 2, "Bridge shut", WORDS.format("Twenty")),
    state(BRIDGE, 2.1, "Bridge closed", WORDS.format("Twenty-one")),
    state(BRIDGE, 9, "Bridge shut after fall", WORDS.format("Twenty-one")),
    state(BRIDGE, 30, "Bridge shut", WORDS.format("Twelve")),
    state(MILL, 1, "Mill sold", "The mill on the Wenning was sold on Friday.\nThe price was not named."),
    state(MILL, 26, "Mill sold", "The mill on the Wenning was sold on Friday.\nThe price was 1.5 million."),
    state(MILL, 50, "Mill sold", "The mill on the Wenning was sold on Friday.\nThe price was 15 million."),
    state(OTHER, 0.5, "Snow is coming", "Snow will fall on Saturday.\nRoads may be blocked above 300 metres."),
    state(OTHER, 4, "Snow is coming", "Snow will fall on Sunday.\nRoads may be blocked above 300 metres."),
]


@pytest.mark.parametrize("manner", [Manner(), Manner(conditional=False, chunked=True, gzip=True)], ids=["304", "plain"])
def test_versions_found_are_the_versions_served(store_url: str, tmp_path: Path, manner: Manner) -> None:
    with watched(HISTORY, tmp_path, store_url, manner=manner) as run:
        run.follow_feeds()
        report = run.run(72)
        compared = compare_with_served(run)
        assert compared.wrong == {}
        assert (compared.served, compared.unseen, compared.unconfirmed) == (10, 1, 0)
        assert report.failed == 0
        first, second = run.archive.articles().rows[:2]
        assert {first.article.url, second.article.url} <= {canonical_of(url) for url in (BRIDGE, MILL, OTHER)}
        assert run.archive.verify().faults == ()
        rebuilt = run.archive.rebuild()
        assert (rebuilt.different, rebuilt.faults) == ((), ())


def canonical_of(url: str) -> str:
    """As the press lists it: http under its own host."""
    return url.replace("https://", "http://")


def test_a_return_is_an_appearance(sqlite_made: Path, store_url: str, tmp_path: Path) -> None:
    lines = [
        state(BRIDGE, 0, "Bridge shut", WORDS.format("Twelve")),
        state(BRIDGE, 3, "Bridge shut", WORDS.format("Twenty")),
        state(BRIDGE, 9, "Bridge shut", WORDS.format("Twelve")),
    ]
    with watched(lines, tmp_path, store_url) as run:
        run.follow_feeds()
        run.run(30)
        view = run.archive.article(1)
        assert [appearance.version_number for appearance in view.appearances] == [1, 2, 1]
        assert len(view.versions) == 2
        assert [row.record.reason for row in reversed(view.changes)] == [Reason.TEXT_CHANGED, Reason.RETURNED]


def test_suspect_then_confirmed_ends_at_the_first_of_two_looks(store_url: str, tmp_path: Path) -> None:
    long = (
        WORDS.format("Twelve")
        + "\n"
        + "\n".join(
            f"Witness {n} told the paper that the noise was heard across the valley before dawn." for n in range(12)
        )
    )
    lines = [state(BRIDGE, 0, "Bridge shut", long), state(BRIDGE, 5, "Bridge shut", WORDS.format("Twelve"))]
    with watched(lines, tmp_path, store_url) as run:
        run.follow_feeds()
        run.run(20)
        looks = run.captures(canonical_of(BRIDGE))
        (suspect,) = [c for c in looks if c.look.outcome is Outcome.SUSPECT]
        after = next(c for c in looks if c.look.captured_at > suspect.look.captured_at)
        assert (suspect.look.reason, after.look.reason) == (Reason.TEXT_COLLAPSED, Reason.CONFIRMED)
        assert after.look.captured_at - suspect.look.captured_at < timedelta(minutes=15)
        (row,) = run.archive.article(1).changes
        before = max(c.look.captured_at for c in looks if c.look.captured_at < suspect.look.captured_at)
        assert (row.record.after, row.record.before) == (before, suspect.look.captured_at)


def test_an_article_is_watched_after_it_left_the_feed(store_url: str, tmp_path: Path) -> None:
    lines = [state(BRIDGE, 0, "Bridge shut", WORDS.format("Twelve"))]
    lines += [
        state(
            f"https://post.example/{n}",
            1 + n,
            f"Item {n}",
            f"Item {n} is new today.\nIt has two lines, and the second one is longer than the first.",
        )
        for n in range(3)
    ]
    lines.append(state(BRIDGE, 40, "Bridge shut", WORDS.format("Twenty")))
    with watched(lines, tmp_path, store_url, manner=Manner(feed_items=2)) as run:
        run.follow_feeds()
        run.run(72)
        assert len(run.texts(canonical_of(BRIDGE))) == 2
        assert compare_with_served(run).wrong == {}


def test_retired_after_32_quiet_days(store_url: str, tmp_path: Path) -> None:
    with watched([state(BRIDGE, 0, "Bridge shut", WORDS.format("Twelve"))], tmp_path, store_url) as run:
        run.follow(canonical_of(BRIDGE))
        run.run(24 * 50)
        (row,) = run.archive.articles().rows
        article = row.article
        assert article.next_look_at is None
        assert article.retired_at is not None
        assert timedelta(days=32) <= article.retired_at - NOON < timedelta(days=32, hours=1)
        assert article.next_look_reason == "retired: no change seen for 32 days"
        looks = run.captures(canonical_of(BRIDGE))
        assert looks[-1].look.captured_at <= article.retired_at
        assert 8 < len(looks) < 24
        gaps = [b.look.captured_at - a.look.captured_at for a, b in pairwise(looks)]
        assert min(gaps) >= timedelta(minutes=10)


def test_robots_txt_is_obeyed(store_url: str, tmp_path: Path) -> None:
    rules = [Rule(Kind.ROBOTS_DENY, host="post.example")]
    with watched(HISTORY, tmp_path, store_url, rules=rules) as run:
        run.follow_feeds()
        run.follow(canonical_of(BRIDGE))
        run.run(30)
        asked = {record.path for record in run.press.log.records() if record.host == "post.example"}
        assert asked == {"/robots.txt"}
        assert set(run.outcomes(canonical_of(BRIDGE))) == {("blocked", "robots")}
        assert len(run.texts(canonical_of(OTHER))) == 2, "the other host does not suffer"


def test_real_histories(data: Path, store_url: str, tmp_path: Path) -> None:
    """The real posts with the most versions, eight years squeezed into days (``WRITETHRU_HISTORIES`` of them)."""
    if store_url.startswith("postgresql"):
        pytest.skip("once is enough: what the databases do differently is tested on small histories")
    count = int(os.environ.get("WRITETHRU_HISTORIES", "8"))
    lines = squeezed(data / "revisions" / "digitalgov_dev.jsonl.gz", articles=count, hours=24 * 12)
    with watched(lines, tmp_path, store_url, manner=Manner(feed_items=1000)) as run:
        run.follow_feeds()
        run.run(24 * 14)
        compared = compare_with_served(run, as_read(run))
        assert compared.wrong == {}
        assert compared.found == compared.served - compared.unseen - compared.unconfirmed
        alone = compare_with_served(run, as_read(run, alone=True)).wrong
        assert {url: len(kept) for url, (kept, _, _) in alone.items()} == {
            url: len(got) for url, (_, got, _) in alone.items()
        }, "memory hides no state that a reading without it would see"


def squeezed(path: Path, *, articles: int, hours: float) -> list[dict[str, str]]:
    """Histories of the most versions with their times scaled into so many hours."""
    histories: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            histories[line["url"]].append(line)
    chosen = [h for h in sorted(histories.values(), key=lambda h: (-len(h), h[0]["url"]))[:articles]]
    times = [datetime.fromisoformat(line["time"]) for history in chosen for line in history]
    first, span = min(times), max(times) - min(times)
    return [
        {
            **state(
                line["url"],
                hours * ((datetime.fromisoformat(line["time"]) - first) / span),
                line["title"],
                line["text"],
            )
        }
        for history in chosen
        for line in history
    ]


@pytest.mark.parametrize("text", ["A fire broke out.\nMore follows.", "The mill was sold."])
def test_a_text_of_a_few_words_is_the_text(store_url: str, tmp_path: Path, text: str) -> None:
    with watched([state(BRIDGE, 0, "Fire at the mill", text)], tmp_path, store_url) as run:
        run.follow(canonical_of(BRIDGE))
        run.run(1)
        assert compare_with_served(run).wrong == {}
