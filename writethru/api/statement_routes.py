"""The routes of statements and dossiers; all are reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from writethru.api import statement_forms as forms
from writethru.api.parameters import Accepts, ItemId
from writethru.archive import Archive
from writethru.dossier.schema import DossierForm


class StatementApi:
    """The endpoints, over one archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def version(self, article_id: ItemId, number: ItemId) -> Response:
        """What a version states: figures, times and attributions, each a slice of its text."""
        return JSONResponse(forms.statements_form(self.archive.statements.of_version(article_id, number)))

    def dossier(self, story_id: ItemId) -> Response:
        """A storyline told with all that was found in it; every sentence leads to the version it stands in."""
        return JSONResponse(self.archive.dossiers.form_of_story(story_id))


def add_statement_routes(router: APIRouter, archive: Archive) -> None:
    """Statements and dossiers beside the other routes of the API."""
    api = StatementApi(archive)
    reads: Sequence[tuple[str, Callable[..., Response], Any]] = (
        ("/articles/{article_id}/versions/{number}/statements", api.version, forms.StatementsForm),
        ("/stories/{story_id}/dossier", api.dossier, DossierForm),
    )
    for path, endpoint, model in reads:
        router.add_api_route(path, endpoint, response_model=model, dependencies=[Depends(Accepts())])
