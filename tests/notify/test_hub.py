"""Telling a hub: one post for all that is new, again after a failure, never at a private address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.acceptance.conftest import config_for
from tests.fetch.servers import Connection, serving
from tests.notify.samples import Harbour
from tests.storage.made import after
from writethru.config import NotifyConfig, WebConfig
from writethru.errors import FetchError
from writethru.notify.hub import STATE, Hub
from writethru.notify.running import errand_of, hub_of, is_wanted
from writethru.storage.store import Store

TOPIC = "https://record.example/feed.atom"


class Answers:
    """What a hub answers, one after the other, and what it was posted."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.posted: list[dict[str, str]] = []

    def post(self, url: str, fields: dict[str, str]) -> int:
        self.posted.append(fields)
        status = self.statuses.pop(0)
        if not status:
            raise FetchError("no answer", key=url)
        return status


def test_one_post_for_all_that_is_new_and_none_for_nothing(store: Store) -> None:
    harbour, answers = Harbour(store), Answers(204, 202)
    hub = Hub(store, "https://hub.example/", TOPIC, answers.post)
    harbour.change(1, "Twenty piles.")
    assert not hub.tell(after(2)), "what was there before is not told"
    for minute in (3, 4, 5):
        harbour.change(minute, f"{minute} piles.")
    assert hub.tell(after(6))
    assert answers.posted == [{"hub.mode": "publish", "hub.url": TOPIC}]
    assert not hub.tell(after(60))
    harbour.vanish(10)
    assert hub.tell(after(300))
    assert len(answers.posted) == 2


def test_not_more_than_once_a_minute(store: Store) -> None:
    harbour, answers = Harbour(store), Answers(204, 204)
    hub = Hub(store, "https://hub.example/", TOPIC, answers.post)
    hub.tell(after(0))
    harbour.change(1, "Twenty piles.")
    assert hub.tell(after(1))
    harbour.change(1.5, "Thirty piles.")
    assert not hub.tell(after(1.9))
    assert hub.tell(after(2))


def test_a_hub_that_fails_is_asked_again_later_and_hears_of_everything(store: Store) -> None:
    harbour, answers = Harbour(store), Answers(0, 500, 204)
    hub = Hub(store, "https://hub.example/", TOPIC, answers.post)
    hub.tell(after(0))
    harbour.change(1, "Twenty piles.")
    told = [hub.tell(after(minute)) for minute in (1, 1.9, 2, 3.9, 4, 9)]
    assert told == [False] * 4 + [True, False]
    assert len(answers.posted) == 3
    assert store.host_state(STATE)["detail"] == ""


def test_the_hub_of_the_settings_over_the_wire(sqlite_store: Store, tmp_path: Path) -> None:
    harbour = Harbour(sqlite_store)
    with serving(lambda asked: asked.say(b"HTTP/1.1 204 No Content\r\n\r\n")) as server:
        config = config_for("x.db", tmp_path, connect_to=(f"hub.example=127.0.0.1:{server.port}",))
        web = WebConfig(base_url="https://record.example/", hub_url="http://hub.example/ping")
        config = replace(config, web=web)
        assert is_wanted(config)
        errand_of(sqlite_store, config, after(0))
        harbour.change(1, "Twenty piles.")
        errand_of(sqlite_store, config, after(2))
        (request,) = server.requests
    assert request.startswith(b"POST /ping HTTP/1.1")
    assert request.endswith(b"hub.mode=publish&hub.url=https%3A%2F%2Frecord.example%2Ffeed.atom")


def test_a_private_address_is_not_asked(sqlite_store: Store, tmp_path: Path) -> None:
    harbour, asked = Harbour(sqlite_store), []

    def answer(connection: Connection) -> None:
        asked.append(connection.request)

    with serving(answer) as server:
        web = WebConfig(base_url="https://record.example", hub_url=f"http://127.0.0.1:{server.port}/")
        hub = hub_of(sqlite_store, replace(config_for("x.db", tmp_path), web=web))
        hub.tell(after(0))
        harbour.change(1, "Twenty piles.")
        assert not hub.tell(after(2))
    assert asked == []
    assert "not globally routable" in str(sqlite_store.host_state(STATE)["detail"])


def test_without_settings_nobody_is_told() -> None:
    from writethru.config import Config

    assert not is_wanted(Config())
    assert not is_wanted(replace(Config(), web=WebConfig(hub_url="https://hub.example/")))
    assert is_wanted(replace(Config(), notify=NotifyConfig(rules="rules.toml")))
