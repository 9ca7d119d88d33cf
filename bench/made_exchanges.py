"""A fetcher without a network: it answers as an outlet would, for measurements of everything behind it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from writethru.fetch import Exchange, FetchSettings
from writethru.fetch.coding import parse_head
from writethru.fetch.digests import body_digest, labelled
from writethru.fetch.exchange import Hop

SENTENCE = "The harbour office said on Monday that the ferry would sail again when the inquiry has ended. "


class MadeFetcher:
    """Stands where ``Fetcher`` stands.

    Args:
        edits: every how many looks at an article its text changes; 0 = never.
        unchanged: what an unchanged article answers: ``304`` or ``bytes``.
    """

    def __init__(self, settings: FetchSettings, clock: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self.edits = 25
        self._clock = clock or (lambda: datetime.now(UTC))
        self._asked: dict[str, int] = {}
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """By the record's clock."""
        return self._clock()

    @contextmanager
    def alone_at(self, _host: str) -> Iterator[None]:
        """Nobody is asked."""
        yield

    def get(self, url: str, *, etag: str = "", on_behalf: str = "article", **_: Any) -> Exchange:
        """A page, 304, or a robots.txt that allows everything."""
        if on_behalf == "robots":
            return self._answer(url, on_behalf, "404 Not Found", "", b"")
        number = self._count(url)
        state = number // self.edits if self.edits else 0
        body = page(url, state)
        tag = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()[:12]}"'
        if tag == etag:
            return self._answer(url, on_behalf, "304 Not Modified", tag, b"")
        return self._answer(url, on_behalf, "200 OK", tag, body)

    def _count(self, url: str) -> int:
        with self._lock:
            number = self._asked[url] = self._asked.get(url, hash_of(url)) + 1
        return number

    def _answer(self, url: str, on_behalf: str, status: str, etag: str, body: bytes) -> Exchange:
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n"
        now, host = self._clock(), url.split("/")[2]
        whole = not status.startswith("304")
        hop = Hop(
            url=url,
            request=f"GET /{url.split('/', 3)[-1]} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(),
            interim=b"",
            response_head=head.encode(),
            response_body=body,
            payload=body,
            payload_digest=labelled(body) if whole else "",
            head=parse_head(head.encode()),
            unparsed=b"",
            peer="192.0.2.7:80",
            tls=None,
            started=now,
            finished=now,
        )
        return Exchange(url, (hop,), body, body_digest(body) if whole else "", on_behalf)


def hash_of(url: str) -> int:
    """A small number of an address, so that not all articles change in the same round."""
    return sum(url.encode()) % 17


def page(url: str, state: int) -> bytes:
    """A small article in one of its states."""
    text = "".join(f"<p>{number} of {url}: {SENTENCE}</p>" for number in range(6))
    edited = f"<p>The count stood at {100 + state} when this was written.</p>"
    head = '<meta charset=utf-8><meta property="og:type" content="article"><title>Ferry</title>'
    return f"<html><head>{head}</head><body><article><h1>Ferry</h1>{text}{edited}</article></body></html>".encode()
