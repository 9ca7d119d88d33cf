"""Whole answers kept until anything is written: what everybody may read, as everybody is shown it.

An answer is kept under the name of the state of the record that it was made from (``standing``), if that was the same
before it was made and after; with the next commit, of whatever process, all of them are forgotten. Whoever sends a
session or a token gets an answer of his own, and a private archive keeps none. Decision 0108.
"""

from __future__ import annotations

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from writethru.api.reading import has_tag
from writethru.errors import WritethruError

MOST_BYTES: Final = 16_000_000
LARGEST: Final = 500_000
"""Compressed bytes of all kept answers together, and of one of them."""

KEPT_PATHS: Final = re.compile(
    r"/|/articles|/stories|(/stories|/events)/\d+"
    r"|/articles/\d+(/versions(/\d+)?|/changes(/\d+)?|/compare|/sentences)?"
    r"|((/articles|/outlets)/\d+|(/kinds|/sections)/[^/]+)?/feed\.(atom|json|rss)"
    r"|/api/v1/(articles|changes|captures|outlets|openapi\.json)"
    r"|/api/v1/articles/\d+(/versions(/\d+)?|/changes(/\d+)?|/sentences)?"
)
"""Answers that depend on the record and the address alone: not on the clock, and not on who asks."""

_OWN: Final = frozenset({b"cookie", b"authorization"})
_REPEATED: Final = frozenset({b"etag", b"cache-control", b"vary", b"link"})
"""Headers of a 304 (RFC 9110, section 15.4.5)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer.

    Attributes:
        body: compressed.
        route: that made it, under which it is counted.
    """

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: str
    route: Any


class Shelf:
    """The kept answers, all of one state of the record."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._standing = ""
        self._bytes = 0
        self._kept: OrderedDict[object, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, standing: str, key: object) -> Kept | None:
        """The answer kept of this state."""
        with self._lock:
            if standing != self._standing or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, standing: str, key: object, answer: Kept) -> None:
        """Keep one; those of any other state are forgotten, then those asked for least lately."""
        with self._lock:
            if standing != self._standing:
                self._kept.clear()
                self._standing, self._bytes = standing, 0
            old = self._kept.pop(key, None)
            self._kept[key] = answer
            self._bytes += len(answer.body) - (len(old.body) if old else 0)
            while self._bytes > self.most:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)


class KeptPages:
    """ASGI middleware that answers from what is kept.

    Args:
        app: what is wrapped; its answers carry an ``ETag``.
        standing: names the state of the record. Raises StorageError.
    """

    def __init__(self, app: ASGIApp, standing: Callable[[], str]) -> None:
        self.app = app
        self.standing = standing
        self.shelf = Shelf()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        standing = await run_in_threadpool(self._standing) if _is_for_all(scope) else ""
        if not standing:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = (scope["path"], scope["query_string"], scope["scheme"], headers.get("host"), scope.get("root_path"))
        kept = self.shelf.find(standing, key)
        if kept is None:
            caught = _Caught(send)
            inner = _without_condition(scope)
            await self.app(inner, receive, caught)
            scope.update({name: inner[name] for name in ("route",) if name in inner})
            kept = await run_in_threadpool(caught.kept, inner.get("route"))
            if kept is None:
                await caught.pass_on()
                return
            if await run_in_threadpool(self._standing) == standing and len(kept.body) <= LARGEST:
                self.shelf.keep(standing, key, kept)
        scope["route"] = kept.route
        await _answer(kept, headers, send)

    def _standing(self) -> str:
        """ "" where it cannot be told: whoever reads the record will say why."""
        try:
            return self.standing()
        except WritethruError:
            return ""


@dataclass(slots=True)
class _Caught:
    """An answer held back until it is whole; one that comes in pieces goes straight on."""

    send: Send
    messages: list[Message] = field(default_factory=list)
    passing: bool = False

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)
        self.passing = self.passing or bool(message.get("more_body"))
        if self.passing:
            await self.pass_on()

    async def pass_on(self) -> None:
        messages, self.messages = self.messages, []
        for message in messages:
            await self.send(message)

    def kept(self, route: Any) -> Kept | None:
        """What can be kept of it: a whole answer with a tag."""
        if len(self.messages) != 2 or self.messages[0]["status"] != 200:
            return None
        headers = Headers(raw=self.messages[0]["headers"])
        if "etag" not in headers or "set-cookie" in headers or "content-encoding" in headers:
            return None
        body = gzip.compress(self.messages[1].get("body", b""), compresslevel=5, mtime=0)
        plain = tuple((name, value) for name, value in headers.raw if name != b"content-length")
        return Kept(plain, body, headers["etag"], route)


def _is_for_all(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not KEPT_PATHS.fullmatch(scope["path"]):
        return False
    return not any(name in _OWN for name, _ in scope["headers"])


def _without_condition(scope: Scope) -> Scope:
    """The same request by somebody who has nothing yet."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]}


async def _answer(kept: Kept, asked: Headers, send: Send) -> None:
    if has_tag(asked.get("if-none-match", ""), kept.tag):
        headers = [pair for pair in kept.headers if pair[0] in _REPEATED]
        status, body = 304, b""
    else:
        packed = "gzip" in asked.get("accept-encoding", "")
        status, body = 200, kept.body if packed else gzip.decompress(kept.body)
        headers = [*kept.headers, (b"content-length", str(len(body)).encode())]
        headers += [(b"content-encoding", b"gzip")] if packed else []
    headers.append((b"vary", b"Accept-Encoding"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
