"""A feed names a hub; the hub asks back, delivers, and the feed is read at once."""

from __future__ import annotations

import hmac
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.fetch.servers import Connection, serving
from writethru.archive import Archive, open_archive
from writethru.config import WebConfig
from writethru.model import SourceKind, SubscriptionState
from writethru.web import WebSettings, create_app

OURS = "https://record.example"
FEED, HUB = "http://post.example/feed.xml", "http://hub.example/subscribe"
BODY = (
    f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><link rel="hub" href="{HUB}"/>'
    f'<link rel="self" href="{FEED}"/></feed>'
).encode()


def answer(connection: Connection) -> None:
    if connection.request.startswith(b"POST"):
        connection.say(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
    elif connection.path == "/feed.xml":
        connection.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY)
    else:
        connection.say(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def archive_at(url: str, folder: Path, port: int, base_url: str) -> Archive:
    connect = (f"post.example=127.0.0.1:{port}", f"hub.example=127.0.0.1:{port}")
    config = config_for(url, folder, connect_to=connect, delay_seconds=0.0)
    return open_archive(url, replace(config, web=WebConfig(base_url=base_url)))


def follow(archive: Archive) -> None:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    archive.store.add_source(SourceKind.FEED, FEED, outlet_id=None, at=now, next_look_at=now)


def test_subscribe_verify_deliver(store_url: str, tmp_path: Path) -> None:
    with serving(answer) as server, archive_at(store_url, tmp_path, server.port, OURS) as archive:
        follow(archive)
        archive.watch_once()
        (asked,) = archive.subscriptions()
        assert (asked.state, asked.hub, asked.topic) == (SubscriptionState.ASKED, HUB, FEED)
        (posted,) = [request for request in server.requests if request.startswith(b"POST")]
        assert b"Content-Type: application/x-www-form-urlencoded" in posted
        assert asked.secret.encode() not in b"".join(path.read_bytes() for path in archive.evidence.files())
        with TestClient(create_app(archive, WebSettings(base_url=OURS))) as hub:
            place = f"/websub/{asked.token}"
            question = {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "xyz", "hub.lease_seconds": "9000"}
            assert hub.get("/websub/guess", params=question).status_code == 404
            assert hub.get(place, params=question | {"hub.topic": HUB}).status_code == 404
            confirmed = hub.get(place, params=question)
            assert (confirmed.status_code, confirmed.text) == (200, "xyz")
            assert archive.subscriptions()[0].state is SubscriptionState.ACTIVE
            waiting = archive.sources()[0].next_look_at
            forged = hub.post(place, content=b"<feed/>", headers={"x-hub-signature": "sha256=00"})
            assert (forged.status_code, archive.sources()[0].next_look_at) == (202, waiting)
            signature = hmac.new(asked.secret.encode(), b"<feed/>", "sha256").hexdigest()
            hub.post(place, content=b"<feed/>", headers={"x-hub-signature": f"sha256={signature}"})
            due = archive.sources()[0].next_look_at
            assert due is not None
            assert waiting is not None
            assert due < waiting
        before = len(server.requests)
        archive.watch_once()
        assert len(server.requests) > before, "the feed was read again"


@pytest.mark.parametrize("base_url", ["", OURS])
def test_without_a_public_address_no_hub_is_asked(sqlite_made: Path, tmp_path: Path, base_url: str) -> None:
    database = str(tmp_path / "w.db")
    with serving(answer) as server, archive_at(database, tmp_path, server.port, base_url) as archive:
        follow(archive)
        archive.watch_once()
        posted = [request for request in server.requests if request.startswith(b"POST")]
        assert len(archive.subscriptions()) == len(posted) == bool(base_url)
        with TestClient(create_app(archive, WebSettings(base_url=base_url))) as hub:
            assert hub.post("/websub/x", content=b"").status_code == (202 if base_url else 404)


def test_a_hub_that_fails_is_noted_and_asked_again_another_day(sqlite_made: Path, tmp_path: Path) -> None:
    def refusing(connection: Connection) -> None:
        if connection.request.startswith(b"POST"):
            connection.say(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
        else:
            answer(connection)

    with serving(refusing) as server, archive_at(str(tmp_path / "w.db"), tmp_path, server.port, OURS) as archive:
        follow(archive)
        archive.watch_once()
        (failed,) = archive.subscriptions()
        assert (failed.state, failed.detail) == (SubscriptionState.FAILED, "the hub answered 500")
