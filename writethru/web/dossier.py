"""The page of a dossier, and its other forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from writethru.api.parameters import ItemId
from writethru.archive import Archive
from writethru.dossier import wording
from writethru.dossier.form import drawn_from
from writethru.dossier.schema import DossierForm, found_in
from writethru.dossier.written import DossierFormat, written
from writethru.reuse.drawing import to_svg
from writethru.web.rendering import Renderer
from writethru.web.settings import WebSettings
from writethru.web.stories import BASES

FRAGMENT_WORDS: Final = 5
"""Words at either end of a sentence by which a browser finds it in the version's page."""
CHANGES_SHOWN: Final = 60


class DossierRoutes:
    """The pages of dossiers over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer
        renderer.environment.filters["at_words"] = at_words

    def router(self) -> APIRouter:
        """All of them."""
        router = APIRouter(include_in_schema=False)
        pages: Sequence[tuple[str, Callable[..., Response]]] = (
            ("/stories/{story_id}/dossier", self.dossier),
            ("/stories/{story_id}/dossier.{form}", self.other),
        )
        for path, page in pages:
            router.add_api_route(path, page, methods=["GET", "HEAD"])
        return router

    def dossier(self, request: Request, story_id: ItemId) -> Response:
        """The dossier of a storyline."""
        form = self.archive.dossiers.form_of_story(story_id)
        if form["story"] != story_id:
            return RedirectResponse(f"{self.settings.root}/stories/{form['story']}/dossier", status_code=308)
        return self.renderer.page(
            request,
            "dossier.html",
            dossier=form,
            evidence=found_in(form["evidence"]),
            spoken=[(name, list(rows)) for name, rows in groupby(form["statements"], key=lambda one: one["person"])],
            wording=wording,
            changes=form["changes"][-CHANGES_SHOWN:],
            more_changes=max(0, len(form["changes"]) - CHANGES_SHOWN),
            stemma=_drawing(form),
            basis_of=BASES,
        )

    def other(self, request: Request, story_id: ItemId, form: DossierFormat) -> Response:
        """The dossier for programs and for print."""
        return answer(self.archive, story_id, form, self.renderer.base(request))


def answer(archive: Archive, story_id: int, form: DossierFormat, base: str) -> Response:
    """A dossier in one of its forms. Raises NotInArchive."""
    made = archive.dossiers.form_of_story(story_id)
    body, kind = written(made, form, base)
    headers = {"cache-control": "no-cache"}
    if form == "zip":
        headers["content-disposition"] = f'attachment; filename="dossier-{made["story"]}.zip"'
    return Response(body, media_type=kind, headers=headers)


def at_words(words: str) -> str:
    """The end of an address that leads a browser to these words (WICG: URL fragment text directives).

    >>> at_words("Nine people died.")
    '#:~:text=Nine%20people%20died.'
    """
    parts = words.split()
    ends = [parts] if len(parts) <= 2 * FRAGMENT_WORDS else [parts[:FRAGMENT_WORDS], parts[-FRAGMENT_WORDS:]]
    told = (quote(" ".join(one).encode("utf-8", "replace"), safe="").replace("-", "%2D") for one in ends)
    return "#:~:text=" + ",".join(told)


def _drawing(form: DossierForm) -> Markup | str:
    drawn = drawn_from(form)
    return Markup(to_svg(drawn)) if drawn.links else ""  # noqa: S704 (to_svg escapes)
