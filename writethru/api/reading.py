"""What every read of the API has besides its answer: an ETag to ask again with, and a bound on how often."""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from writethru.api.problems import problem_response

MOST_CLIENTS: Final = 10_000
"""Clients whose requests are counted at a time; the one longest silent is forgotten, and begins afresh."""


class EntityTags:
    """ASGI middleware: a weak ETag on every JSON answer under a path; an answer that the reader has is a 304.

    Args:
        app: what is wrapped.
        prefix: of the paths.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self.prefix):
            await self.app(scope, receive, send)
            return
        held = Headers(scope=scope).get("if-none-match", "")
        await self.app(scope, receive, _Tagging(held, send))


class _Tagging:
    """Keeps the start of an answer back until its body is known."""

    def __init__(self, held: str, send: Send) -> None:
        self.held = held
        self.send = send
        self.start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self.start = message
            return
        start, self.start = self.start, None
        if start is None:
            await self.send(message)
            return
        if message.get("more_body"):  # never of ours: an answer is one piece
            await self.send(start)
            await self.send(message)
            return
        tag = f'W/"{hashlib.sha256(message["body"]).hexdigest()[:20]}"'
        headers = MutableHeaders(scope=start)
        headers["etag"] = tag
        headers.setdefault("cache-control", "no-cache")
        if has_tag(self.held, tag):
            start["status"] = 304
            del headers["content-length"]
            del headers["content-type"]
            message = {"type": "http.response.body", "body": b""}
        await self.send(start)
        await self.send(message)


def has_tag(held: str, tag: str) -> bool:
    """Does ``If-None-Match`` name this tag (RFC 9110, section 13.1.2: weak comparison)?"""
    opaque = tag.removeprefix("W/")
    return held.strip() == "*" or opaque in {part.strip().removeprefix("W/") for part in held.split(",")}


class Allowance:
    """Token buckets: each client may make ``burst`` requests at once, and ``per_second`` in the long run.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_second = per_second
        self.burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client: tokens, when
        self._lock = threading.Lock()

    def take(self, client: str) -> float:
        """Count one request: 0 where it may go on, else the seconds until one may."""
        now = self._clock()
        with self._lock:
            tokens, then = self._buckets.pop(client, (float(self.burst), now))
            tokens = min(float(self.burst), tokens + (now - then) * self.per_second)
            wait = 0.0 if tokens >= 1 else (1 - tokens) / self.per_second
            self._buckets[client] = (tokens if wait else tokens - 1, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return wait


class RateLimit:
    """ASGI middleware that answers 429 to a client that asks too much of the API.

    Args:
        app: what is wrapped.
        prefix: of the paths that count.
        allowance: how much is allowed.
    """

    def __init__(self, app: ASGIApp, prefix: str, allowance: Allowance) -> None:
        self.app = app
        self.prefix = prefix
        self.allowance = allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        counted = scope["type"] == "http" and scope["path"].startswith(self.prefix) and scope["method"] != "OPTIONS"
        client = scope["client"][0] if counted and scope.get("client") else "unknown"
        wait = self.allowance.take(client) if counted else 0.0
        if not wait:
            await self.app(scope, receive, send)
            return
        seconds = max(1, math.ceil(wait))
        message = (
            f"too many requests: {self.allowance.burst} at once and {self.allowance.per_second:g} a second are"
            f" allowed; try again in {seconds} s"
        )
        response = problem_response(429, "too_many_requests", client, message)
        response.headers["retry-after"] = str(seconds)
        await response(scope, receive, send)
