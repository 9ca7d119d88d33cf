"""Headers on every response: what a browser may do with a page that quotes strangers."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from writethru.api.problems import problem_response

PAGE_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline, nothing from elsewhere: text from an article cannot become code even if escaping failed."""

RAW_POLICY: Final = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""For bytes that outlets sent us: even if a browser renders them, they may do nothing."""

FEEDS: Final = ("/feed.atom", "/feed.json", "/feed.rss")

LARGEST_BODY: Final = 9_000_000
"""Bytes of a request body: two texts of the largest size, escaped as JSON."""

_HEADERS: Final = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


class SecurityHeaders:
    """ASGI middleware that adds the headers a response has not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SharedReads:
    """ASGI middleware that lets other origins read the API and the feeds, and nothing else.

    Args:
        app: what is wrapped.
        prefix: path of the API.
        origins: who may read; ``*`` = everyone.
    """

    def __init__(self, app: ASGIApp, prefix: str, origins: tuple[str, ...]) -> None:
        self.app = app
        self.prefix = prefix
        self.shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match", "Accept-Datetime"],
            expose_headers=["ETag", "Link", "Location"],
            max_age=86_400,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path = scope.get("path", "")
        shared = path.startswith((self.prefix, "/timegate/", "/timemap/")) or path.endswith(FEEDS)
        await (self.shared if shared else self.app)(scope, receive, send)


class BodyLimit:
    """ASGI middleware that refuses a request body over ``LARGEST_BODY`` without reading it all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and not await self._fits(scope, receive, send):
            return
        await self.app(scope, receive, send)

    async def _fits(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether the stated length is within the limit; a body of unstated length is refused."""
        headers = Headers(scope=scope)
        stated = headers.get("content-length", "0")
        chunked = "transfer-encoding" in headers
        if not chunked and stated.isascii() and stated.isdigit() and int(stated) <= LARGEST_BODY:
            return True
        message = f"a request body may have at most {LARGEST_BODY:,} bytes, and must state its length"
        await problem_response(413, "too_large", "body", message)(scope, receive, send)
        return False
