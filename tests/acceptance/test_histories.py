"""Texts in turn are one alert in every feed; gone and back are observed intervals."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from tests.acceptance.test_misbehaviour import LONG
from tests.acceptance.watching import NOON, Watched, state, watched
from writethru.alerts import Step
from writethru.model import Reason
from writethru.press import Kind, Manner, Rule
from writethru.storage.feed_store import Selection
from writethru.web import WebSettings, create_app

HERE = "http://post.example/bridge"
LINES = [state(HERE, 0, "Bridge shut", LONG), state(HERE, 2, "Bridge shut", LONG.replace("Twelve", "Thirteen"))]
_ENTRY = "{http://www.w3.org/2005/Atom}entry"


def article_id(run: Watched) -> int:
    article = run.archive.store.find_article(HERE)
    assert article is not None
    return article.id


def reasons(run: Watched) -> list[Reason]:
    return [row.record.reason for row in reversed(run.archive.article(article_id(run)).changes)]


def test_texts_shown_in_turn_are_one_alert_in_feeds_and_river(store_url: str, tmp_path: Path) -> None:
    flip = Rule(Kind.FLIP_FLOP, path="/bridge", start=NOON + timedelta(hours=3), until=NOON + timedelta(hours=12))
    with watched(LINES, tmp_path, store_url, rules=[flip], manner=Manner(conditional=False)) as run:
        run.follow(HERE)
        run.run(20)
        found = reasons(run)
        assert found[0] is Reason.TEXT_CHANGED
        assert found.count(Reason.ALTERNATING) == 1
        assert found.count(Reason.ALTERNATED) >= 4
        assert found.count(Reason.RETURNED) <= 1
        number = article_id(run)
        reported = len(found) - found.count(Reason.ALTERNATED)
        with TestClient(create_app(run.archive, WebSettings(base_url="https://record.example"))) as reader:
            for path in ("/feed.atom", f"/articles/{number}/feed.atom"):
                entries = ET.fromstring(reader.get(path).content).findall(_ENTRY)
                assert len(entries) == reported
            assert len(json.loads(reader.get("/feed.json").content)["items"]) == reported
            assert "shown in turn" in reader.get(f"/articles/{number}").text
            assert reader.get("/").text.count('class="summary"') <= reported
            form = reader.get(f"/api/v1/articles/{number}").json()
            assert [turn["versions"] for turn in form["alternations"]] == [[1, 2]]
            assert len(reader.get(f"/api/v1/articles/{number}/changes").json()["items"]) == len(found)
        assert run.archive.rebuild().different == ()
        assert reasons(run) == found


def test_a_revert_that_stands_is_one_change(sqlite_made: Path, tmp_path: Path) -> None:
    lines = [*LINES, state(HERE, 6, "Bridge shut", LONG)]
    with watched(lines, tmp_path, str(tmp_path / "w.db"), manner=Manner(conditional=False)) as run:
        run.follow(HERE)
        run.run(48)
        assert reasons(run) == [Reason.TEXT_CHANGED, Reason.RETURNED]


@pytest.mark.parametrize("kind", [Kind.S404, Kind.S410, Kind.SOFT_404, Kind.REDIRECT_HOME])
def test_gone_and_back_are_observed_intervals(sqlite_made: Path, tmp_path: Path, kind: Kind) -> None:
    rule = Rule(kind, path="/bridge", start=NOON + timedelta(hours=4), until=NOON + timedelta(hours=12))
    with watched(LINES, tmp_path, str(tmp_path / "w.db"), rules=[rule]) as run:
        run.follow(HERE)
        run.run(30)
        view = run.archive.article(article_id(run))
        (absence,) = view.absences
        assert absence.after is not None
        assert absence.back is not None
        assert absence.after < rule.start <= absence.first < absence.last < rule.until <= absence.back  # type: ignore[operator]
        assert [row.record.reason for row in view.changes] == [Reason.TEXT_CHANGED], "its return is no edit"
        with TestClient(create_app(run.archive, WebSettings())) as reader:
            page = reader.get(f"/articles/{article_id(run)}").text
            assert "It disappeared after" in page
            assert "It was there again not later than" in page
            items = reader.get(f"/articles/{article_id(run)}/feed.json").json()["items"]
            assert [item["tags"] for item in items if item["tags"][0] in set(Step)] == [["returned"], ["disappeared"]]
            feed = reader.get("/feed.json").json()["items"]
        assert run.archive.rebuild().different == ()
        with TestClient(create_app(run.archive, WebSettings())) as reader:
            assert reader.get("/feed.json").json()["items"] == feed, "made again from the evidence"


def test_one_404_is_kept_and_not_called_a_disappearance(sqlite_made: Path, tmp_path: Path) -> None:
    rule = Rule(Kind.S404, path="/bridge", start=NOON + timedelta(hours=3), until=NOON + timedelta(hours=3.5))
    with watched(LINES, tmp_path, str(tmp_path / "w.db"), rules=[rule]) as run:
        run.follow(HERE)
        run.run(10)
        assert ("gone", "status_gone") in run.outcomes(HERE)
        assert run.archive.article(article_id(run)).absences == ()
        assert run.archive.store.feeds.places(Selection.kind("disappeared"), 9) == []
