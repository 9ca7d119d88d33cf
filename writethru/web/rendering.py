"""Templates and what they may use: escaped by default, strict about unknown names."""

from __future__ import annotations

import hashlib
from functools import cached_property
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from writethru.api.reading import has_tag
from writethru.dossier.wording import sentence
from writethru.errors import Withdrawn
from writethru.model import Medium, Outcome, Reason
from writethru.publish.moments import DATED
from writethru.publish.safe_text import one_line
from writethru.publish.words import ALARMS, BASES, KINDS, MEDIA, OUTCOMES, REASONS
from writethru.views import observed_interval, stamp
from writethru.web.advice import advice_for
from writethru.web.excerpt import excerpt_segments
from writethru.web.markup import block_text, origin_name, plural, seen_element, time_element, told_element
from writethru.web.settings import WebSettings
from writethru.web.signing import viewer_of

EXPLAINED = (Medium.HTTP, Medium.WARC, Medium.PAGE)
"""Media whose reading can be explained: the page itself is kept."""


class Renderer:
    """Makes pages from templates.

    Args:
        settings: title and addresses.
    """

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self.environment = Environment(
            loader=PackageLoader("writethru.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.filters.update(
            stamp=stamp,
            line=one_line,
            text=block_text,
            plural=plural,
            time=time_element,
            told=told_element,
            seen=seen_element,
            origin=origin_name,
        )
        self.environment.globals.update(
            settings=settings,
            root=settings.root,
            stylesheet=self._versioned("style.css"),
            script=self._versioned("keys.js"),
            outcome_words=OUTCOMES,
            reason_words=REASONS,
            medium_words=MEDIA,
            basis_words=BASES,
            dated=DATED,
            kind_words=KINDS,
            alarm_words=ALARMS,
            observed_interval=observed_interval,
            excerpt_segments=excerpt_segments,
            explained_media=EXPLAINED,
            Outcome=Outcome,
            Reason=Reason,
        )

    def base(self, request: Request) -> str:
        """The absolute URL of the pages, without a slash at its end."""
        return (self.settings.base_url or str(request.base_url)).rstrip("/")

    def page(self, request: Request, template: str, code: int = 200, **context: Any) -> Response:
        """A page; an unchanged one costs its reader nothing (304)."""
        viewer = viewer_of(request)
        html = self.environment.get_template(template).render(base=self.base(request), viewer=viewer, **context)
        body = html.encode("utf-8", "replace")
        tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
        headers = {"etag": tag, "cache-control": "private, no-cache" if viewer else "no-cache", "vary": "Cookie"}
        if code == HTTPStatus.OK and matches(request, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return HTMLResponse(body, status_code=code, headers=headers)

    def fragment(self, template: str, **context: Any) -> Markup:
        """A part of a page, the same for every reader."""
        return Markup(self.environment.get_template(template).render(**context))  # noqa: S704 (escaped by the template)

    def error(self, request: Request, status: int, name: str, key: str, message: str) -> Response:
        """An error as a page; ``name`` is its stable code."""
        if name == Withdrawn.code:
            return self.page(request, "withdrawn.html", status, key=key, message=message)
        told = message != HTTPStatus(status).phrase
        said = {"status": status, "name": name, "key": key, "message": sentence(message), "told": told}
        return self.page(request, "error.html", status, advice=advice_for(status), **said)

    def _versioned(self, name: str) -> str:
        """The address of a static file with its digest, so that browsers may keep it for ever."""
        content = (files("writethru.web") / "static" / name).read_bytes()
        return f"{self.settings.root}/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"

    @cached_property
    def generator(self) -> str:
        """Name and version of the software, for feeds."""
        from writethru import __version__

        return f"Writethru {__version__}"


def matches(request: Request, tag: str) -> bool:
    """Whether the reader already has this."""
    return has_tag(request.headers.get("if-none-match", ""), tag)
