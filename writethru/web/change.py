"""The page of a change or of any two versions, its citation as files, and its picture."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from writethru.api.parameters import LARGEST_ID, ItemId
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.publish.citation import cite
from writethru.publish.citation_formats import BIBTEX_TYPE, CSL_TYPE, bibtex, csl
from writethru.publish.words import KINDS
from writethru.views import ChangeView
from writethru.web.difference import difference_of, limit_of
from writethru.web.rendering import Renderer
from writethru.web.share import share_of, share_svg

VersionNumber = Annotated[int, Query(ge=1, le=LARGEST_ID)]
Layout = Annotated[Literal["auto", "side", "inline", "only"], Query(alias="view")]
KindAsked = Annotated[str, Query(max_length=40)]

LAYOUTS = (("side", "Side by side"), ("inline", "Inline"), ("only", "Only changes"))
"""How a difference can be laid out, in the order in which the key ``v`` goes through them."""


class ChangeRoutes:
    """Differences between two texts of one article."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """All routes."""
        router = APIRouter(include_in_schema=False)
        change = "/articles/{article_id}/changes/{number}"
        routes: Sequence[tuple[str, Callable[..., Response]]] = (
            (change, self.change),
            (f"{change}/cite.bib", self.as_bibtex),
            (f"{change}/cite.json", self.as_csl),
            (f"{change}/share.svg", self.picture),
            ("/articles/{article_id}/compare", self.compare),
        )
        for path, answer in routes:
            router.add_api_route(path, answer, methods=["GET", "HEAD"])
        return router

    def change(
        self, request: Request, article_id: ItemId, number: ItemId, layout: Layout = "auto", kind: KindAsked = ""
    ) -> Response:
        """One change."""
        view = self.archive.change(article_id, number)
        return self._difference(request, view, f"/articles/{article_id}/changes/{number}", (layout, kind))

    def compare(
        self,
        request: Request,
        article_id: ItemId,
        old: VersionNumber,
        new: VersionNumber,
        layout: Layout = "auto",
        kind: KindAsked = "",
    ) -> Response:
        """Any two versions of one article."""
        view = self.archive.compare_versions(article_id, old, new)
        path = f"/articles/{article_id}/compare?old={old}&new={new}"
        return self._difference(request, view, path, (layout, kind))

    def as_bibtex(self, request: Request, article_id: ItemId, number: ItemId) -> Response:
        """The citation as a BibTeX file."""
        view = self.archive.change(article_id, number)
        text = bibtex(view, self._permalink(request, article_id, number))
        return _file(text, BIBTEX_TYPE, f"change-{article_id}-{number}.bib")

    def as_csl(self, request: Request, article_id: ItemId, number: ItemId) -> Response:
        """The citation as a CSL-JSON file."""
        view = self.archive.change(article_id, number)
        text = _json(csl(view, self._permalink(request, article_id, number)))
        return _file(text, CSL_TYPE, f"change-{article_id}-{number}.json")

    def picture(self, article_id: ItemId, number: ItemId) -> Response:
        """The picture of a change."""
        drawn = share_svg(share_of(self.archive.change(article_id, number)), self.renderer.settings.title)
        headers = {"cache-control": "public, max-age=86400"}
        return Response(drawn.encode("utf-8", "replace"), media_type="image/svg+xml", headers=headers)

    def _permalink(self, request: Request, article_id: int, number: int) -> str:
        return f"{self.renderer.base(request)}/articles/{article_id}/changes/{number}"

    def _difference(self, request: Request, view: ChangeView, path: str, asked: tuple[str, str]) -> Response:
        layout, kind = asked
        if kind and kind not in KINDS:
            raise InputError("there is no such kind of edit; /about lists them", key="kind")
        permalink = f"{self.renderer.base(request)}{path}"
        return self.renderer.page(
            request,
            "change.html",
            view=view,
            summary=view.summary,
            difference=difference_of(view),
            limit_of=limit_of,
            citation=cite(view, permalink),
            bibtex=bibtex(view, permalink),
            csl=_json(csl(view, permalink)),
            share=share_of(view),
            path=path,
            layout=layout,
            layouts=LAYOUTS,
            kind=kind,
            fitting=sum(kind in [each.value for each in edit.kinds] for edit in view.change.edits),
        )


def _json(form: Any) -> str:
    return json.dumps(form, ensure_ascii=False, indent=1)


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}
    return Response(text.encode("utf-8", "replace"), media_type=f"{media_type}; charset=utf-8", headers=headers)
