"""The whole system against the ground truth: 40 virtual days watched over HTTP. Minutes long, so only on request."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from writethru.press.demo import build

EXPECTED = json.loads((build.HERE / "expected.json").read_text("utf-8"))["articles"]
FLIPPING = {place for place, article in EXPECTED.items() if article["flip_flop"]}

pytestmark = [
    pytest.mark.xdist_group("demo"),  # played once
    pytest.mark.skipif(
        "WRITETHRU_DEMO" not in os.environ,
        reason="plays the demo press for 40 days; set WRITETHRU_DEMO=1, or to the folder of a demo already played",
    ),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """Per article: versions, changes, and outcomes with their reasons."""
    from writethru.archive import open_archive
    from writethru.demo import demo_config, play_demo

    folder = Path(os.environ["WRITETHRU_DEMO"])
    if not (folder / "writethru.db").is_file():
        folder = tmp_path_factory.mktemp("demo") / "played"
        play_demo(folder)
    config = demo_config(folder)
    with open_archive(config.archive.database, config) as archive:
        yield {
            row.article.url.partition("//")[2]: {
                "versions": row.versions,
                "changes": row.changes,
                "outcomes": Counter(
                    (c.look.outcome.value, c.look.reason.value) for c in archive.captures(row.article.id)
                ),
            }
            for row in archive.articles(limit=1000).rows
        }


def test_every_article_is_found(found: dict[str, dict[str, Any]]) -> None:
    assert set(found) == set(EXPECTED)


@pytest.mark.parametrize("place", sorted(set(EXPECTED) - FLIPPING))
def test_versions_and_changes_are_those_served(place: str, found: dict[str, dict[str, Any]]) -> None:
    wanted = EXPECTED[place]["watched"]
    assert (found[place]["versions"], found[place]["changes"]) == (wanted["versions"], wanted["changes"])


@pytest.mark.parametrize("place", sorted(FLIPPING))
def test_two_texts_in_turn_are_two_versions(place: str, found: dict[str, dict[str, Any]]) -> None:
    assert found[place]["versions"] == EXPECTED[place]["watched"]["versions"]
    assert found[place]["changes"] >= EXPECTED[place]["watched"]["changes"], "every return that was seen is kept"


def test_every_misbehaviour_has_the_outcome_it_should(found: dict[str, dict[str, Any]]) -> None:
    met: Counter[tuple[str, str, str]] = Counter()
    for place, article in EXPECTED.items():
        for event in article["unavailable"]:
            outcome = (event["outcome"], event["reason"])
            met[event["kind"], event["from"], " ".join(outcome)] += found[place]["outcomes"][outcome]
    assert [event for event, count in met.items() if not count] == []
