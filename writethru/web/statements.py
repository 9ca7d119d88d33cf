"""The page of what a version states, where editors correct it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from writethru.analyse.corrections import Asked
from writethru.analyse.statements import VersionStatements
from writethru.api.correcting import correct, uncorrect
from writethru.api.parameters import ItemId, id_of
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.statements.corrections import FIELDS, Kind, place_of
from writethru.statements.evidence import source_words
from writethru.statements.reading import Place, Reading, sliced
from writethru.web.forms import signed
from writethru.web.rendering import Renderer
from writethru.web.settings import WebSettings
from writethru.web.signing import Viewer

MOST_SHOWN: Final = 300
Signed = Annotated[tuple[Viewer, dict[str, str]], Depends(signed)]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was read: where it begins, its words, and what they are taken to mean."""

    kind: str
    place: Place
    words: str
    means: str


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
        rows = list(_rows(as_read, as_read.reading))
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


def _rows(view: VersionStatements, reading: Reading) -> Iterator[Row]:
    for figure in reading.figures:
        hedge, counted = figure.figure.hedge.value, figure.figure.counted
        ends = f"{figure.figure.low:g}" + (f" to {figure.figure.high:g}" if figure.figure.is_range else "")
        means = " ".join(f"{hedge} {ends} {figure.figure.unit} {counted}".split())
        yield Row(Kind.FIGURE.value, figure.place, sliced(view.text, figure.place), means)
    for time in reading.times:
        days = time.time.days
        means = time.time.value if days is None else f"{days.first}" + (f" to {days.last}" * (days.first != days.last))
        yield Row(Kind.TIME.value, time.place, sliced(view.text, time.place), means)
    for said in reading.said:
        speaker = source_words(view.text, said) or "nobody named"
        yield Row(Kind.SAID.value, place_of(said), sliced(view.text, said.content[0]), f"{speaker}, {said.directness}")
    for bound in reading.bound:
        who = sliced(view.text, bound.who) if bound.who else "nobody named"
        due = "no day known" if bound.due is None else f"due {bound.due.last}"
        yield Row(Kind.COMMITMENT.value, bound.place, sliced(view.text, bound.place), f"{who}: {bound.force}, {due}")
