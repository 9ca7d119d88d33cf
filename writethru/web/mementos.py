"""The routes of Memento (RFC 7089): TimeGate, TimeMaps, original bytes and our reading of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.archive import Archive
from writethru.listing import summary_of
from writethru.mementos import Chosen, accept_datetime, span_of
from writethru.model import Capture
from writethru.publish.timemap import JSON, LINK_FORMAT, Places, http_date, json_timemap, link_header, link_timemap
from writethru.web.rendering import Renderer
from writethru.web.security import RAW_POLICY

_CONTENT_TYPE: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}(?:; ?charset=\"?[\w.:-]{1,40}\"?)?", re.ASCII)
_PAGE: Final = re.compile(r"([0-9]{14}(?:[0-9]{6})?)/(.*)", re.DOTALL)
_ENCODED: Final = re.compile(r"https?%3a%2f%2f", re.IGNORECASE)


class MementoRoutes:
    """Memento over one archive."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """All routes."""
        router = APIRouter(include_in_schema=False)
        routes: Sequence[tuple[str, Callable[..., Response]]] = (
            ("/timegate/{url:path}", self.timegate),
            ("/timemap/{form}/{url:path}", self.timemap),
            ("/web/{stamp}id_/{url:path}", self.raw),
            ("/web/{stamp}/{url:path}", self.reading),
        )
        for path, route in routes:
            router.add_api_route(path, route, methods=["GET", "HEAD"])
        return router

    def timegate(self, request: Request) -> Response:
        """Leads to the memento that was in force at ``Accept-Datetime``, without one to the latest."""
        url = asked_for(request, "/timegate/")
        wanted = request.headers.get("accept-datetime")
        chosen = self.archive.mementos.negotiate(url, None if wanted is None else accept_datetime(wanted))
        places = self._places(request, url)
        headers = {
            "location": places.memento(chosen.capture),
            "vary": "accept-datetime",
            "link": link_header(places, chosen),
            "cache-control": "no-cache",
        }
        return Response(status_code=302, headers=headers)

    def timemap(self, request: Request, form: Literal["link", "json"]) -> Response:
        """The mementos of an address, in time, a thousand a page."""
        rest = asked_for(request, f"/timemap/{form}/")
        page = _PAGE.fullmatch(rest)
        since, url = (span_of(page[1])[0], page[2]) if page else (None, rest)
        timemap = self.archive.mementos.timemap(url, since)
        places = self._places(request, url)
        headers = {"cache-control": "no-cache"}
        if form == "json":
            return Response(json_timemap(places, timemap), headers=headers, media_type=JSON)
        return Response(link_timemap(places, timemap), headers=headers, media_type=LINK_FORMAT)

    def raw(self, request: Request, stamp: str) -> Response:
        """The bytes of one look, as the outlet sent them, with their own type; they may do nothing."""
        url = asked_for(request, f"/web/{stamp}id_/")
        chosen = self.archive.mementos.exactly(url, stamp)
        look = chosen.capture.look
        headers = {
            **self._about(self._places(request, url), chosen),
            "content-type": look.content_type if _CONTENT_TYPE.fullmatch(look.content_type) else UNKNOWN_TYPE,
            "content-security-policy": RAW_POLICY,
            "cross-origin-resource-policy": "same-origin",
            "x-robots-tag": "noindex, noarchive",
        }
        failed = look.status is not None and 400 <= look.status < 600
        body = self.archive.mementos.body(chosen.capture)
        return Response(body, status_code=look.status if failed and look.status else 200, headers=headers)

    def reading(self, request: Request, stamp: str) -> Response:
        """Our reading of one look: the text that stood there, and how we know."""
        url = asked_for(request, f"/web/{stamp}/")
        mementos = self.archive.mementos
        chosen = mementos.exactly(url, stamp)
        places = self._places(request, url)
        number = mementos.version(chosen.capture)
        article_id = chosen.capture.article_id
        answer = self.renderer.page(
            request,
            "memento.html",
            chosen=chosen,
            places=places,
            summary=summary_of(self.archive.store, article_id),
            number=number,
            text=None if number is None else self.archive.version(article_id, number)[1],
        )
        answer.headers.update(self._about(places, chosen, of_reading=True))
        return answer

    def _about(self, places: Places, chosen: Chosen, *, of_reading: bool = False) -> dict[str, str]:
        """What is said of a look: only the memento itself bears its date."""
        capture = chosen.capture
        is_it = (places.reading if of_reading else places.raw)(capture) == places.memento(capture)
        dated = {"memento-datetime": http_date(capture.look.captured_at)} if is_it and chosen.is_memento else {}
        return {**dated, "link": link_header(places, chosen), **_grounds(capture)}

    def _places(self, request: Request, url: str) -> Places:
        from writethru.mementos import with_scheme

        return Places(self.renderer.base(request), with_scheme(url))


UNKNOWN_TYPE: Final = "application/octet-stream"


def _grounds(capture: Capture) -> dict[str, str]:
    """How far the time can be trusted, what it rests on, what the look came to."""
    look = capture.look
    return {
        "writethru-time-basis": look.basis.value,
        "writethru-medium": look.medium.value,
        "writethru-outcome": look.outcome.value,
        "writethru-capture": str(capture.id),
    }


def asked_for(request: Request, prefix: str) -> str:
    """The address after ``prefix`` as it was sent: with its own escapes and its query.

    An address that was escaped whole (``http%3A%2F%2F…``) is taken for what it stands for.
    """
    raw = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.decode("latin-1").partition("?")[0]
    rest = path.partition(prefix)[2]
    query = request.url.query
    url = f"{rest}?{query}" if query else rest
    return unquote(url) if _ENCODED.match(url) else url
