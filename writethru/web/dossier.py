"""The page of a dossier, and its other forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from writethru.api.parameters import ItemId
from writethru.archive import Archive
from writethru.dossier import wording
from writethru.dossier.written import DossierFormat, written
from writethru.web.dossier_view import Asked, shown
from writethru.web.rendering import Renderer
from writethru.web.settings import WebSettings


def is_installed() -> bool:
    """Can a dossier be set on pages here, as far as can be told without trying? See ``paper``."""
    return find_spec("weasyprint") is not None


FRAGMENT_WORDS: Final = 5
"""Words at either end of a sentence by which a browser finds it in the version's page."""
Choice = Annotated[str, Query(max_length=300)]


class DossierRoutes:
    """The pages of dossiers over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer
        renderer.environment.filters.update(at_words=at_words, marks=marks)

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

    def dossier(self, request: Request, story_id: ItemId, asked: Annotated[Asked, Depends(asked_of)]) -> Response:
        """The dossier of a storyline."""
        form = self.archive.dossiers.form_of_story(story_id)
        if form["story"] != story_id:
            return RedirectResponse(f"{self.settings.root}/stories/{form['story']}/dossier", status_code=308)
        return self.renderer.page(request, "dossier.html", **shown(form, asked), on_paper=is_installed())

    def other(self, request: Request, story_id: ItemId, form: DossierFormat) -> Response:
        """The dossier for programs and for print."""
        return answer(self.archive, story_id, form, self.renderer.base(request))


def asked_of(
    speaker: Choice = "", issue: Choice = "", outlet: Choice = "", days: Choice = "", fold: Choice = ""
) -> Asked:
    """What the address of a page asks for; words that choose nothing are no error."""
    return Asked(speaker, issue, outlet, ranked=days == "named", whole=fold == "no")


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


def marks(words: str) -> str:
    """Classes of printed words that begin or end with quotation marks of their own: ours stand apart from them.

    >>> marks("“No,” he said."), marks("He said “no”")
    (' opens', ' closes')
    """
    opens, closes = wording.beside_marks(words)
    return " opens" * opens + " closes" * closes
