"""Posted forms: small, from our own pages, and of the session that they say they are of."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request

from writethru.errors import InputError, NotAllowed, NotSignedIn
from writethru.safety.accounts import is_form_key
from writethru.web.signing import Viewer, viewer_of

LARGEST_FORM: Final = 20_000
MOST_FIELDS: Final = 20


async def posted(request: Request) -> dict[str, str]:
    """The fields of a form that was posted by one of our own pages.

    Raises:
        NotAllowed: another site posted it.
        InputError: it is no form, or too large.
    """
    if not is_from_here(request):
        raise NotAllowed("this form was posted by another site", key=request.headers.get("origin", ""))
    body = await request.body()
    if len(body) > LARGEST_FORM or not request.headers.get("content-type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        raise InputError(f"not a form of at most {LARGEST_FORM:,} bytes", key="form")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise InputError("not a form", key="form") from error


def is_from_here(request: Request) -> bool:
    """Did a page of ours post it? Browsers say so, and no page can make them lie."""
    origin = request.headers.get("origin")
    if origin is not None:
        return bool(urlsplit(origin).netloc) and urlsplit(origin).netloc == request.headers.get("host", "")
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def signed(request: Request, fields: Annotated[dict[str, str], Depends(posted)]) -> tuple[Viewer, dict[str, str]]:
    """Who posted, and what; the form must carry the key of the session.

    Raises:
        NotSignedIn: nobody is signed in, or the session is over.
        NotAllowed: the form is not one that this session was shown.
    """
    viewer = viewer_of(request)
    if viewer is None:
        raise NotSignedIn("nobody is signed in, or the session is over: sign in at /login", key="session")
    if not is_form_key(viewer.secret, fields.get("key", "")):
        raise NotAllowed("this form is not of this session; go back, reload the page, try again", key="form")
    return viewer, fields
