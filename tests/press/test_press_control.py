"""The press's own pages, for use by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from writethru.press import VirtualClock

NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)


def test_the_index_names_what_is_on_and_how_to_watch_it(client) -> None:
    page = client.control("/").text
    assert "4 versions, from 2024-01-05T10:00:00Z to 2024-01-05T13:00:00Z" in page
    assert f"writethru add http://{client.loopback}/post.example/feed.xml" in page
    assert "2024-01-05T12:00:00Z" in page


def test_the_clock_is_read_and_set(client, clock: VirtualClock) -> None:
    assert client.control("/_press/clock").json == {"now": "2024-01-05T12:00:00Z", "speed": 0.0}
    assert client.control("/_press/clock", method="PUT", body="+3h").json["now"] == "2024-01-05T15:00:00Z"
    assert clock.now() == NOON + timedelta(hours=3)
    client.control("/_press/clock", method="PUT", body='"2024-01-01T00:00:00+02:00"')
    assert clock.now() == datetime(2023, 12, 31, 22, tzinfo=UTC)


@pytest.mark.parametrize("body", ["", "later", "+99999999w", "+999999999999999999999w", "2024-13-01"])
def test_a_time_that_is_none_changes_nothing(client, clock: VirtualClock, body: str) -> None:
    answer = client.control("/_press/clock", method="PUT", body=body)
    assert answer.status == 400
    assert answer.json["error"]
    assert clock.now() == NOON


def test_a_clock_that_cannot_be_set_is_left_alone(start) -> None:
    client = start(on=SimpleNamespace(now=lambda: NOON))
    answer = client.control("/_press/clock", method="PUT", body="+1h")
    assert answer.status == 400
    assert "set by the program that started it" in answer.json["error"]


def test_rules_are_added_listed_and_dropped(client) -> None:
    assert client.control("/_press/rules").json == []
    client.control("/_press/rules", method="POST", body="503@post.example/*\nslow=5@*/x\n")
    client.control("/_press/rules", method="POST", body='{"kind": "410", "path": "/bridge"}')
    listed = client.control("/_press/rules", method="POST", body='[{"kind": "gzip"}]').json
    assert [(rule["number"], rule["kind"]) for rule in listed] == [(0, "503"), (1, "slow"), (2, "410"), (3, "gzip")]
    assert client.get("/bridge").status == 410
    assert [r["kind"] for r in client.control("/_press/rules?number=2", method="DELETE").json] == [
        "503",
        "slow",
        "gzip",
    ]
    assert client.get("/bridge").status == 503
    assert client.control("/_press/rules", method="DELETE").json == []
    assert client.get("/bridge").status == 200


@pytest.mark.parametrize("body", ["{", "[1]", "nonsense", '{"kind": "418"}', '[{"kind": "410"}, {"kind": "?"}]'])
def test_what_is_no_rule_adds_none(client, body: str) -> None:
    assert client.control("/_press/rules", method="POST", body=body).status == 400
    assert client.press.book.rules == ()


@pytest.mark.parametrize("query", ["number=9", "number=x", "all"])
def test_what_is_not_there_cannot_be_dropped(client, query: str) -> None:
    assert client.control(f"/_press/rules?{query}", method="DELETE").status == 400


def test_the_log_is_read_in_parts_and_cleared(client) -> None:
    for _ in range(3):
        client.get("/bridge")
    assert [r["number"] for r in client.control("/_press/log?since=1").json] == [2, 3]
    assert client.control("/_press/log").json[0]["virtual"] == "2024-01-05T12:00:00Z"
    assert client.control("/_press/log", method="DELETE").json == []
    client.get("/bridge")
    assert [r["number"] for r in client.control("/_press/log").json] == [1]


def test_versions_say_when_they_stood_and_who_looked(client, clock: VirtualClock) -> None:
    client.get("/bridge")
    clock.set(NOON + timedelta(minutes=5))
    client.get("/bridge")
    article = client.control("/_press/versions").json[0]
    assert article["url"] == "http://post.example/bridge"
    first, second = article["versions"]
    assert (first["from"], first["until"]) == ("2024-01-05T10:00:00Z", "2024-01-05T11:00:00Z")
    assert (first["looks"], first["first_look"]) == (0, None)
    assert (second["until"], second["looks"]) == (None, 2)
    assert (second["first_look"], second["last_look"]) == ("2024-01-05T12:00:00Z", "2024-01-05T12:05:00Z")


def test_urls_are_a_list_that_can_be_watched(client) -> None:
    assert client.control("/_press/urls").text.splitlines() == [
        "http://post.example/bridge",
        "http://post.example/markets?id=7",
        "http://journal.example/%C3%A9t%C3%A9",
    ]


def test_what_is_not_there_and_what_is_not_allowed(client) -> None:
    assert client.control("/_press/nothing").status == 404
    assert client.control("/_press/log", method="PUT", body="x").status == 405
    assert client.get("/_press/log").status == 404
    assert (client.control("/_press/log", method="HEAD").status, client.control("/", method="HEAD").body) == (200, b"")


def test_a_web_page_elsewhere_cannot_turn_the_knobs(client, clock: VirtualClock) -> None:
    refused = client.control("/_press/clock", method="PUT", body="+1h", Origin="http://evil.example")
    assert refused.status == 403
    own = client.control("/_press/clock", method="PUT", body="+1h", Origin=f"http://{client.loopback}")
    assert own.status == 200
    assert clock.now() == NOON + timedelta(hours=1)


def test_json_is_utf_8(client) -> None:
    client.control("/_press/clock", method="PUT", body="+3h")
    assert "Été" in json.dumps(client.control("/_press/versions").json, ensure_ascii=False)
