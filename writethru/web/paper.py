"""A dossier on paper: its page without folds, with numbered sources and numbered pages, as PDF.

WeasyPrint (an extra, decision 0152) sets the HTML; nothing is fetched while it does, whatever the texts say.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.api.parameters import ItemId
from writethru.archive import Archive
from writethru.dossier.schema import DossierForm
from writethru.errors import Busy, InputError, NotInstalled
from writethru.web.dossier import at_words, is_installed, marks
from writethru.web.dossier_view import Asked, shown
from writethru.web.rendering import Renderer

MOST_SENTENCES: Final = 600
"""Sentences of a dossier that is set; each takes some 30 ms of a core, and a longer one is no reading for paper."""
_WHOLE: Final = Asked(whole=True)


PATIENCE: Final = 20.0
"""Seconds for which a request waits until the pages of another are set: only one is set at a time."""


class PaperRoutes:
    """The PDF of a dossier, over one archive."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer
        self._setting = Lock()

    def router(self) -> APIRouter:
        """Its route."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/stories/{story_id}/dossier.pdf", self.pdf, methods=["GET", "HEAD"])
        return router

    def pdf(self, request: Request, story_id: ItemId) -> Response:
        """The dossier on paper. Raises NotInArchive, NotInstalled, Busy; InputError where it is too long."""
        form = self.archive.dossiers.form_of_story(story_id)
        html = paper_html(self.renderer, form, self.renderer.base(request))
        if request.method == "HEAD" and is_installed():
            return Response(media_type="application/pdf")
        if not self._setting.acquire(timeout=PATIENCE):
            raise Busy("pages are being set for somebody else; ask again in a minute", key="pdf")
        try:
            body = to_pdf(html)
        finally:
            self._setting.release()
        name = f'attachment; filename="dossier-{form["story"]}.pdf"'
        return Response(body, media_type="application/pdf", headers={"content-disposition": name})


def paper_html(renderer: Renderer, form: DossierForm, base: str) -> str:
    """The HTML that is set: complete in itself, addresses in full where ``base`` says where the pages are served.

    Raises:
        InputError: it is too long for paper.
    """
    if len(form["evidence"]) > MOST_SENTENCES:
        many = f"{len(form['evidence'])} sentences are too many for paper ({MOST_SENTENCES} at most); take another form"
        raise InputError(many, key=form["story"])
    context: dict[str, Any] = {**shown(form, _WHOLE), "paper": True, "root": base.rstrip("/")}
    renderer.environment.filters.update(at_words=at_words, marks=marks)
    return renderer.environment.get_template("dossier_paper.html").render(context)


def to_pdf(html: str) -> bytes:
    """The pages. Raises NotInstalled where WeasyPrint, or the Pango that it needs, is not there."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise NotInstalled(
            f"PDF needs WeasyPrint and Pango: pip install 'writethru[pdf]', apt install libpangoft2-1.0-0 ({error})",
            key="pdf",
        ) from error
    made: bytes = HTML(string=html, base_url=None, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf()
    return made
