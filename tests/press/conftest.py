"""A small play, a press that plays it, and a client that sees every byte."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from writethru.press import Clock, Manner, Plays, Press, VirtualClock, load_plays

NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)

LINES: list[dict[str, Any]] = [
    {
        "outlet": "The Post",
        "url": "https://post.example/bridge",
        "time": "2024-01-05T10:00:00Z",
        "title": "Bridge <closed> & shut",
        "text": "The bridge is closed.\n\nTwelve people were hurt.",
        "published": "2024-01-05T09:58:00Z",
    },
    {
        "outlet": "The Post",
        "url": "https://post.example/bridge",
        "time": "2024-01-05T11:00:00Z",
        "title": "Bridge <closed> & shut",
        "text": "The bridge is closed.\n\nTwenty-one people were hurt.",
        "published": "2024-01-05T09:58:00Z",
    },
    {
        "outlet": "The Post",
        "url": "https://post.example/markets?id=7",
        "time": "2024-01-05T11:30:00Z",
        "title": "Markets calm",
        "text": "Nothing happened.",
    },
    {
        "outlet": "Le Journal",
        "url": "http://journal.example/été",
        "time": "2024-01-05T13:00:00Z",
        "title": "Été",
        "html": '<html><head><title>Été</title></head><body><a href="/autre">x</a><p>Un.</p><p>Deux.</p></body></html>',
    },
]


@dataclass(frozen=True)
class Received:
    """What came over the wire for one request."""

    raw: bytes

    @property
    def status(self) -> int:
        return int(self.raw.split(b" ", 2)[1])

    @property
    def headers(self) -> dict[str, str]:
        lines = self.raw.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    @property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def request(method: str, target: str, host: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *(f"{n}: {v}" for n, v in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


@dataclass(frozen=True)
class Client:
    """Asks one press, with a new connection each time."""

    press: Press

    @property
    def loopback(self) -> str:
        return f"127.0.0.1:{self.press.port}"

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.press.port), timeout=10)

    def send(self, raw: bytes, *, limit: int = 50_000_000) -> Received:
        """Send bytes, read until the press closes or ``limit`` bytes came."""
        with self.connect() as connection:
            connection.sendall(raw)
            parts, size = [], 0
            while size < limit and (part := connection.recv(65536)):
                parts.append(part)
                size += len(part)
            return Received(b"".join(parts))

    def get(self, target: str, host: str = "post.example", *, method: str = "GET", **headers: str) -> Received:
        sent = {"Connection": "close", **{n.replace("_", "-"): v for n, v in headers.items()}}
        return self.send(request(method, target, host, sent))

    def control(self, path: str, *, method: str = "GET", body: str = "", **headers: str) -> Received:
        sent = {"Connection": "close", **headers}
        return self.send(request(method, path, self.loopback, sent, body.encode()))


@pytest.fixture
def versions_file(tmp_path: Path) -> Path:
    path = tmp_path / "versions.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), "utf-8")
    return path


@pytest.fixture
def plays(versions_file: Path) -> Plays:
    return load_plays(versions_file)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOON)


Start = Callable[..., Client]


@pytest.fixture
def start(plays: Plays, clock: VirtualClock) -> Iterator[Start]:
    """Starts a press on the small play: ``start(rules=[…], furniture=…, …)`` gives a client."""
    from contextlib import ExitStack

    with ExitStack() as running:

        def begin(*, rules: Any = (), on: Clock = clock, **manner: Any) -> Client:
            started.append(running.enter_context(Press(plays, on, rules=rules, manner=Manner(**manner))))
            return Client(started[-1])

        started: list[Press] = []
        yield begin
    assert [press.faults for press in started] == [[] for _ in started]


@pytest.fixture
def client(start: Start) -> Client:
    return start()
