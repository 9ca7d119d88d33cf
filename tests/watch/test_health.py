"""From stored looks to alarms: a source that dies out, an outlet that turns us away and lets us in again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from tests.storage.made import NOON, look
from writethru.health.alarms import Alarm
from writethru.health.incidents import Incident
from writethru.model import Outcome, Source, SourceKind
from writethru.storage.store import Store
from writethru.watch.health import report, take_stock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DIES, BLOCKS, LETS_IN, END = 24 * 9, 24 * 9, 24 * 10, 24 * 12


def source_of(store: Store, name: str) -> Source:
    """A feed of an outlet of its own."""
    outlet = store.outlet(name, f"{name}.example")
    source, _ = store.add_source(
        SourceKind.FEED, f"https://{name}.example/feed", outlet_id=outlet.id, at=NOON, next_look_at=NOON
    )
    return source


def play(store: Store) -> list[Incident]:
    """Two outlets, an hour at a time: ``echo`` dies out, ``post`` turns us away for a day."""
    sources = {name: source_of(store, name) for name in ("post", "echo")}
    with store.transaction():
        for n in range(END):
            now = NOON + n * HOUR
            for name, source in sources.items():
                found = int(name == "post" or n < DIES)
                store.add_source_look(source.id, now, status=200, evidence=None, found=found)
            is_blocked = BLOCKS <= n < LETS_IN
            article = store.add_article(
                f"https://post.example/{n}",
                host="post.example",
                outlet_id=sources["post"].outlet_id,
                at=now,
                next_look_at=now,
                reason="",
            )
            outcome = Outcome.BLOCKED if is_blocked else Outcome.EDITED
            store.add_capture(article.id, replace(look(now), outcome=outcome))
            take_stock(store, now + HOUR / 2)
    return list(store.incidents(50))


def test_one_alarm_an_incident_with_its_end(sqlite_store: Store) -> None:
    incidents = play(sqlite_store)
    assert Counter(incident.alarm for incident in incidents) == {Alarm.SOURCE_SILENT: 1, Alarm.OUTLET_BLOCKED: 1}
    found = {incident.alarm: incident for incident in incidents}
    silent, blocked = found[Alarm.SOURCE_SILENT], found[Alarm.OUTLET_BLOCKED]
    assert NOON + (DIES + 6) * HOUR < silent.begun_at < NOON + (DIES + 9) * HOUR, "seven articles would have come"
    assert silent.ended_at is None
    assert NOON + BLOCKS * HOUR < blocked.begun_at < NOON + LETS_IN * HOUR
    assert blocked.ended_at is not None
    assert NOON + LETS_IN * HOUR < blocked.ended_at < NOON + END * HOUR


def test_the_report_has_every_outlet_with_its_figures(sqlite_store: Store) -> None:
    play(sqlite_store)
    now = NOON + END * HOUR
    health = report(sqlite_store, now, 50)
    echo, post = health.outlets
    assert (post.outlet.name, post.articles, post.newest_at) == ("post", END, NOON + (END - 1) * HOUR)
    assert post.found == 24
    assert abs(post.found_before - 24) < 3
    assert post.shares == {Outcome.EDITED: 1.0}
    assert post.incidents == ()
    assert [incident.alarm for incident in health.lasting] == [Alarm.SOURCE_SILENT]
    assert (echo.articles, echo.newest_at, echo.incidents) == (0, None, health.lasting)
    assert [day.looks for day in post.days][-3:] == [24, 24, 24]
