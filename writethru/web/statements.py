"""The page of what a version states, where editors correct it."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from writethru.analyse.corrections import Asked
from writethru.analyse.statement_rows import rows_of
from writethru.api.correcting import correct, uncorrect
from writethru.api.parameters import ItemId, id_of
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.statements.corrections import FIELDS
from writethru.statements.reading import Place
from writethru.web.forms import signed
from writethru.web.rendering import Renderer
from writethru.web.settings import WebSettings
from writethru.web.signing import Viewer

MOST_SHOWN: Final = 300
Signed = Annotated[tuple[Viewer, dict[str, str]], Depends(signed)]


class StatementRoutes:
    """The pages over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer

    def router(self) -> APIRouter:
        """All of them."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/articles/{article_id}/versions/{number}/statements", self.page, methods=["GET", "HEAD"])
        router.add_api_route("/articles/{article_id}/versions/{number}/statements", self.correct, methods=["POST"])
        router.add_api_route("/corrections/{correction_id}/withdraw", self.withdraw, methods=["POST"])
        return router

    def page(self, request: Request, article_id: ItemId, number: ItemId) -> Response:
        """What a version states, as it was read and as editors have it."""
        statements = self.archive.statements
        view = statements.of_version(article_id, number)
        as_read = statements.as_read(article_id, number)
        rows = rows_of(as_read)
        return self.renderer.page(
            request,
            "statements.html",
            view=view,
            summary=self.archive.article(article_id).summary,
            rows=rows[:MOST_SHOWN],
            more=max(0, len(rows) - MOST_SHOWN),
            corrections=statements.corrections(article_id),
            fields={kind.value: names for kind, names in FIELDS.items()},
        )

    def correct(self, article_id: ItemId, number: ItemId, given: Signed) -> Response:
        """Keep a correction; by an editor, from a form of this page."""
        viewer, fields = given
        block, _, start = fields.get("place", "").partition(":")
        if not (block.removeprefix("-").isdecimal() and start.isdecimal() and len(block) + len(start) < 14):
            raise InputError("a place is block:first character", key="place")
        asked = Asked(
            article_id,
            number,
            fields.get("kind", ""),
            Place(int(block), int(start), int(start)),
            fields.get("field", ""),
            fields.get("value", ""),
            fields.get("reason", ""),
        )
        correct(self.archive, viewer.actor, asked)
        return self._to(article_id, number)

    def withdraw(self, correction_id: ItemId, given: Signed) -> Response:
        """A correction holds no longer."""
        viewer, fields = given
        kept = uncorrect(self.archive, viewer.actor, correction_id)
        return self._to(kept.article_id, id_of(fields.get("version", "")) or 1)

    def _to(self, article_id: int, number: int) -> Response:
        path = f"{self.settings.root}/articles/{article_id}/versions/{number}/statements"
        return RedirectResponse(path, 303, headers={"cache-control": "no-store"})
