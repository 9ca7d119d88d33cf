"""Who asks: the session of a cookie, or a token. And whether they may read at all, where reading is not for all."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from writethru.api.problems import problem_response
from writethru.archive import Archive
from writethru.errors import NotSignedIn
from writethru.safety.accounts import form_key
from writethru.safety.actors import Actor, Role

COOKIE: Final = "writethru_session"
OPEN_TO_ALL: Final = ("/login", "/static/", "/healthz", "/websub/")
"""Paths that a private archive shows to those who are not signed in; a hub knows a secret of its own."""

_SCOPE_KEY: Final = "writethru.viewer"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in on a page.

    Attributes:
        secret: of the session; never shown.
    """

    actor: Actor
    secret: str

    @property
    def key(self) -> str:
        """What each form carries."""
        return form_key(self.secret)

    @property
    def edits(self) -> bool:
        """May he add URLs, pause and resume?"""
        return self.actor.role.covers(Role.EDITOR)


def viewer_of(request: Request) -> Viewer | None:
    """Who is signed in."""
    viewer: Viewer | None = request.scope.get(_SCOPE_KEY)
    return viewer


class SigningIn:
    """ASGI middleware that finds out who asks.

    Args:
        app: what is wrapped.
        archive: whose users and tokens count.
        private: nobody reads who is not signed in.
        root, api: path under which the pages stand, and of the API under it.
    """

    def __init__(self, app: ASGIApp, archive: Archive, *, private: bool, root: str, api: str) -> None:
        self.app = app
        self.archive = archive
        self.private = private
        self.root = root
        self.api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        secret = asked.cookies.get(COOKIE, "")
        if secret:
            actor = await run_in_threadpool(self.archive.safety.accounts.of_session, secret)
            scope[_SCOPE_KEY] = Viewer(actor, secret) if actor else None
        if self.private and not scope.get(_SCOPE_KEY) and not scope["path"].startswith(OPEN_TO_ALL):
            refused = await self._refusal(asked)
            if refused is not None:
                await refused(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _refusal(self, asked: HTTPConnection) -> Response | None:
        """None for a good token; else how to sign in, in the form that fits who asks."""
        given = token_of(asked)
        if given:
            try:
                await run_in_threadpool(self.archive.safety.accounts.of_token, given)
            except NotSignedIn as error:
                return problem_response(401, error.code, error.key, error.message)
            return None
        path = asked.scope["path"]
        if path.startswith(f"{self.api}/"):
            answer: Response = problem_response(401, NotSignedIn.code, "token", "this archive is not public")
        elif path.endswith((".atom", ".json", ".rss", "/metrics")):
            answer = PlainTextResponse("this archive is not public: sign in with a token as password", 401)
        else:
            return RedirectResponse(f"{self.root}/login?next={quote(path)}", 303)
        answer.headers["www-authenticate"] = 'Basic realm="Writethru", charset="UTF-8"'
        return answer


def token_of(asked: HTTPConnection) -> str:
    """The token of a request (RFC 6750; or as the password of RFC 7617, for feed readers), "" where it has none."""
    scheme, _, value = asked.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value.strip(), validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
