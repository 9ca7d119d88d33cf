"""A redirect's target is asked by its own host's rules, and its answers count for that host alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.test_misbehaviour import LONG, SNOW
from tests.acceptance.watching import state, watched
from writethru.press import Kind, Rule

HERE, THERE = "http://post.example/bridge", "http://other.example/bridge"
LINES = [state(HERE, 0, "Bridge shut", LONG), state("http://other.example/bridge", 0, "Bridge shut", LONG)]
LINES.append(state("http://other.example/snow", 0, "Snow", SNOW))
AWAY = Rule(Kind.MOVED, THERE, host="post.example", path="/bridge")


def paths(run: object, host: str) -> list[str]:
    records = run.press.log.records()  # type: ignore[attr-defined]
    return [record.path for record in records if record.host == host]


def test_the_targets_robots_txt_is_asked_first(sqlite_made: Path, tmp_path: Path) -> None:
    with watched(LINES, tmp_path, str(tmp_path / "w.db"), rules=[AWAY]) as run:
        run.follow(HERE)
        run.run(1)
        assert paths(run, "other.example")[:2] == ["/robots.txt", "/bridge"]
        assert run.outcomes(HERE)[0] == ("edited", "first_seen")


def test_a_target_that_robots_txt_forbids_is_not_asked(sqlite_made: Path, tmp_path: Path) -> None:
    deny = Rule(Kind.ROBOTS_DENY, host="other.example", path="/robots.txt")
    with watched(LINES, tmp_path, str(tmp_path / "w.db"), rules=[AWAY, deny]) as run:
        run.follow(HERE)
        run.run(2)
        assert paths(run, "other.example") == ["/robots.txt"]
        assert set(run.outcomes(HERE)) == {("blocked", "robots")}
        assert run.archive.verify().faults == ()


@pytest.mark.parametrize("kind", [Kind.S503, Kind.S429])
def test_a_target_that_asks_for_time_holds_back_its_own_host_only(
    sqlite_made: Path, tmp_path: Path, kind: Kind
) -> None:
    busy = Rule(kind, "7200", host="other.example", path="/bridge")
    with watched(LINES, tmp_path, str(tmp_path / "w.db"), rules=[AWAY, busy]) as run:
        run.follow(HERE)
        run.run(1.5)
        store = run.archive.store
        assert "hold_until" in store.host_state("other.example")
        assert "hold_until" not in store.host_state("post.example")
        assert paths(run, "other.example").count("/bridge") == 1, "it was asked once and then left alone"
        article = store.find_article(HERE)
        assert article is not None
        assert "asked for time" in article.next_look_reason


def test_equal_bytes_are_kept_once(sqlite_made: Path, tmp_path: Path) -> None:
    from writethru.press import Manner

    with watched(LINES, tmp_path, str(tmp_path / "w.db"), manner=Manner(conditional=False)) as run:
        run.follow(HERE)
        run.run(3)
        captures = run.captures(HERE)
        evidence = run.archive.evidence
        kinds = [evidence.read(c.look.evidence).head.kind for c in captures if c.look.evidence]
        assert kinds[0] == "response"
        equal = [c for c in captures[1:] if c.look.reason.value == "bytes_equal"]
        assert equal
        assert all(evidence.read(c.look.evidence).head.kind == "revisit" for c in equal if c.look.evidence)
        assert len({run.archive.raw_capture(c.id) for c in equal} | {run.archive.raw_capture(captures[0].id)}) == 1
        assert run.archive.verify().faults == ()
        assert run.archive.rebuild().different == ()


def test_a_304_names_the_record_that_it_answers_for(sqlite_made: Path, tmp_path: Path) -> None:
    with watched(LINES, tmp_path, str(tmp_path / "w.db")) as run:
        run.follow(HERE)
        run.run(3)
        first, *later = run.captures(HERE)
        assert {c.look.reason.value for c in later} == {"not_modified"}
        assert first.look.evidence is not None
        for capture in later:
            assert capture.look.evidence is not None
            head = run.archive.evidence.read(capture.look.evidence).head
            assert head.get("WARC-Refers-To") == first.look.evidence.record_id
            assert head.get("WARC-Profile").endswith("server-not-modified")


def test_a_target_that_another_worker_is_asking_is_asked_later(store_url: str, tmp_path: Path) -> None:
    from datetime import timedelta

    with watched(LINES, tmp_path, store_url, rules=[AWAY]) as run:
        run.follow(HERE)
        now = run.clock.now()
        store = run.archive.store
        assert store.lease_host("somebody else", "other.example", now, until=now + timedelta(minutes=10))
        assert not store.lease_host("a third", "other.example", now, until=now + timedelta(minutes=10))
        run.run(0.1)
        assert paths(run, "other.example") == []
        assert run.outcomes(HERE) == []
        run.run(1)
        assert run.outcomes(HERE)[0] == ("edited", "first_seen")
        assert store.lease_host("a third", "other.example", run.clock.now(), until=run.clock.now()), "it was given back"
