"""Signing in by a link: the page that it leads to, and the button on it that uses it up."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from writethru.archive import Archive
from writethru.errors import NotSignedIn
from writethru.web.forms import posted
from writethru.web.rendering import Renderer
from writethru.web.writing import FRESH, WritingRoutes

Secret = Annotated[str, Path(max_length=100)]
Form = Annotated[dict[str, str], Depends(posted)]


class LinkRoutes:
    """The pages over one archive.

    Args:
        writing: lets in who has signed in.
    """

    def __init__(self, archive: Archive, renderer: Renderer, writing: WritingRoutes) -> None:
        self.archive = archive
        self.renderer = renderer
        self.writing = writing

    def router(self) -> APIRouter:
        """Both."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/login/link/{secret}", self.page, methods=["GET", "HEAD"])
        router.add_api_route("/login/link", self.sign_in, methods=["POST"])
        return router

    def page(self, request: Request, secret: Secret) -> Response:
        """Who would be signed in; looking at it, as a preview of links does, uses nothing up."""
        name = self.archive.safety.links.whose(secret, here=is_here(request))
        response = self.renderer.page(request, "login_link.html", name=name, secret=secret)
        response.headers.update({**FRESH, "referrer-policy": "no-referrer"})
        return response

    def sign_in(self, request: Request, fields: Form) -> Response:
        """Sign in, once."""
        secret = fields.get("secret", "")
        if len(secret) > 100:
            raise NotSignedIn("this is no link of ours", key="link")
        address = request.client.host if request.client else "an address not known"
        session = self.archive.safety.sign_in_by_link(secret, address, here=is_here(request))
        return self.writing.let_in(request, session, "/watching")


def is_here(request: Request) -> bool:
    """Is it asked for from this very machine, by a name that means it? (Another name could have been rebound.)"""
    return is_loopback(request.client.host if request.client else "") and is_loopback(request.url.hostname or "")


def is_loopback(host: str) -> bool:
    """
    >>> is_loopback("localhost"), is_loopback("127.0.0.9"), is_loopback("::1"), is_loopback("record.example")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
