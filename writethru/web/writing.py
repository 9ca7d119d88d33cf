"""Pages that write: signing in and out, adding a URL, pausing and resuming; and the journal of all that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from writethru.api.parameters import LARGEST_ID, id_of
from writethru.archive import Archive
from writethru.errors import InputError, NotSignedIn, TooManyTries
from writethru.safety.accounts import SESSION, Session, Try
from writethru.safety.actors import Role
from writethru.web.forms import posted, signed
from writethru.web.rendering import Renderer
from writethru.web.settings import WebSettings
from writethru.web.signing import COOKIE, Viewer, viewer_of

JOURNAL_PAGE: Final = 100
FRESH: Final = {"cache-control": "no-store"}

Form = Annotated[dict[str, str], Depends(posted)]
Signed = Annotated[tuple[Viewer, dict[str, str]], Depends(signed)]


class WritingRoutes:
    """The pages over one archive that need somebody to be signed in."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer

    def router(self) -> APIRouter:
        """All of them."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/login", self.login, methods=["GET", "HEAD"])
        router.add_api_route("/journal", self.journal, methods=["GET", "HEAD"])
        posts: Sequence[tuple[str, Callable[..., Response]]] = (
            ("/login", self.sign_in),
            ("/logout", self.sign_out),
            ("/watch", self.watch),
            ("/pause", self.pause),
            ("/resume", self.resume),
        )
        for path, post in posts:
            router.add_api_route(path, post, methods=["POST"])
        return router

    # signing in

    def login(self, request: Request, following: Annotated[str, Query(alias="next", max_length=2000)] = "") -> Response:
        """The form to sign in with."""
        return self._login(request, following=following)

    def sign_in(self, request: Request, fields: Form) -> Response:
        """Sign in; a wrong try is answered with the form again, and soon with a wait."""
        address = request.client.host if request.client else ""
        tried = Try(fields.get("name", ""), fields.get("password", ""), address)
        following = fields.get("next", "")
        try:
            session = self.archive.safety.sign_in(tried)
        except NotSignedIn as error:
            return self._login(request, 401, following=following, problem=error.message, name=tried.name)
        except TooManyTries as error:
            response = self._login(request, 429, following=following, problem=error.message, name=tried.name)
            response.headers["retry-after"] = str(error.seconds)
            return response
        return self.let_in(request, session, following)

    def let_in(self, request: Request, session: Session, following: str) -> Response:
        """To a page, with the cookie of a session that has just begun."""
        answer = self._to(following)
        answer.set_cookie(
            COOKIE,
            session.secret,
            max_age=int(SESSION.total_seconds()),
            path=self.settings.root or "/",
            secure=self.renderer.base(request).startswith("https:"),
            httponly=True,
            samesite="strict",
        )
        return answer

    def sign_out(self, given: Signed) -> Response:
        """The session ends, here and in the store."""
        viewer, _ = given
        self.archive.safety.accounts.sign_out(viewer.secret)
        answer = self._to("")
        answer.delete_cookie(COOKIE, path=self.settings.root or "/")
        return answer

    def _login(self, request: Request, code: int = 200, **context: str) -> Response:
        shown = {"following": "", "problem": "", "name": "", **context}
        response = self.renderer.page(request, "login.html", code, **shown)
        response.headers.update(FRESH)
        return response

    # writing

    def watch(self, request: Request, given: Signed) -> Response:
        """Watch a URL: it is looked at once, to find out what it is."""
        viewer, fields = given
        url = fields.get("url", "").strip()
        if not url:
            raise InputError("no address was given", key="url")
        added = self.archive.safety.watch(viewer.actor, [url])
        return self.renderer.page(request, "added.html", added=added)

    def pause(self, given: Signed) -> Response:
        """No look at an article or a source until it is resumed."""
        viewer, fields = given
        self.archive.safety.pause(viewer.actor, *_subject(fields))
        return self._to(fields.get("next", "/watching"))

    def resume(self, given: Signed) -> Response:
        """It is due now."""
        viewer, fields = given
        self.archive.safety.resume(viewer.actor, *_subject(fields))
        return self._to(fields.get("next", "/watching"))

    def journal(self, request: Request, before: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0) -> Response:
        """What was done by whom."""
        viewer = viewer_of(request)
        if viewer is None:
            return RedirectResponse(f"{self.settings.root}/login?next=/journal", 303)
        viewer.actor.require(Role.EDITOR)
        lines = self.archive.safety.journal(JOURNAL_PAGE + 1, before)
        return self.renderer.page(
            request,
            "journal.html",
            lines=lines[:JOURNAL_PAGE],
            following=lines[JOURNAL_PAGE - 1].id if len(lines) > JOURNAL_PAGE else 0,
        )

    def _to(self, path: str) -> Response:
        """To a page of ours, never to another site; ``path`` comes from a form."""
        own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
        return RedirectResponse(f"{self.settings.root}{path if own else '/watching'}", 303, headers=FRESH)


def writing_context(request: Request, archive: Archive) -> dict[str, Any]:
    """What the Watching page needs to offer writing to who is signed in."""
    viewer = viewer_of(request)
    return {"pauses": archive.safety.pauses() if viewer is not None and viewer.edits else {}}


def _subject(fields: dict[str, str]) -> tuple[str, int]:
    kind, number = fields.get("kind", ""), fields.get("number", "").strip()
    if kind not in ("article", "source"):
        raise InputError("must be article or source", key="kind")
    subject = id_of(number)
    if subject is None:
        raise InputError("must be the number of an article or a source", key="number")
    return kind, subject
