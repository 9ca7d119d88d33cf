"""A dossier on paper: its page without folds, with numbered sources and numbered pages, as PDF.

WeasyPrint (an extra, decision 0152) sets the HTML; nothing is fetched while it does, whatever the texts say.
"""

from __future__ import annotations

from typing import Any, Final

from writethru.dossier.schema import DossierForm
from writethru.errors import ConfigError, InputError
from writethru.web.dossier import at_words
from writethru.web.dossier_view import Asked, shown
from writethru.web.rendering import Renderer

MOST_SENTENCES: Final = 600
"""Sentences of a dossier that is set; each takes some 30 ms of a core, and a longer one is no reading for paper."""
_WHOLE: Final = Asked(whole=True)


def paper_html(renderer: Renderer, form: DossierForm, base: str) -> str:
    """The HTML that is set: complete in itself, addresses in full where ``base`` says where the pages are served.

    Raises:
        InputError: it is too long for paper.
    """
    if len(form["evidence"]) > MOST_SENTENCES:
        many = f"{len(form['evidence'])} sentences are too many for paper ({MOST_SENTENCES} at most); take another form"
        raise InputError(many, key=form["story"])
    context: dict[str, Any] = {**shown(form, _WHOLE), "paper": True, "root": base.rstrip("/")}
    renderer.environment.filters["at_words"] = at_words
    return renderer.environment.get_template("dossier_paper.html").render(context)


def to_pdf(html: str) -> bytes:
    """The pages. Raises ConfigError where WeasyPrint, or the Pango that it needs, is not there."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise ConfigError(
            f"PDF needs WeasyPrint and Pango: pip install 'writethru[pdf]', apt install libpangoft2-1.0-0 ({error})",
            key="--pdf",
        ) from error
    made: bytes = HTML(string=html, base_url=None, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf()
    return made
