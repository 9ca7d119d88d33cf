"""``writethru dossier`` and ``writethru statements``: what a story adds up to, and what a version states."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json, print_table

if TYPE_CHECKING:
    from writethru.dossier.schema import DossierForm
    from writethru.dossier.written import DossierFormat
    from writethru.statements.of_text import TextStatements

FORMATS = ("md", "json", "zip", "annotations.json", "jsonld", "ics")
"""As in ``dossier.written``, which is not imported to start."""


@click.command()
@click.argument("number", type=click.IntRange(min=1), metavar="STORY")
@click.option("--format", "form", type=click.Choice(FORMATS), default="md", show_default=True, help="What is written.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Set it on pages, as PDF, in this file.")
@archive_options
def dossier(number: int, form: str, out: Path | None, pdf: Path | None, call: Call) -> int:
    """A story told with all that was found in it.

    Disagreements first, then days, statements, figures, changes, descent, and what is open. Every sentence was
    printed by an outlet, and names the version it stands in. ``zip`` holds the same as CSV tables;
    ``annotations.json`` are W3C Web Annotations, ``jsonld`` quotations and claims of schema.org, ``ics`` a
    calendar of what falls due. ``--pdf`` needs `pip install 'writethru[pdf]'`.
    """
    from writethru.dossier.written import written

    with call.proved() as archive:
        archive.analyse()
        made = archive.dossiers.form_of_story(number)
        base = archive.config.web.base_url or ""
    if pdf is not None:
        pdf.write_bytes(_paper(made, base))
        return 0
    body, _ = written(made, "json" if call.as_json else cast("DossierFormat", form), base)
    if out is not None:
        out.write_bytes(body)
        return 0
    if form == "zip" and sys.stdout.isatty():
        raise click.UsageError("a zip is not for a screen; say where to with --out")
    sys.stdout.buffer.write(body)
    return 0


def _paper(made: DossierForm, base: str) -> bytes:
    from writethru.web.paper import paper_html, to_pdf
    from writethru.web.rendering import Renderer
    from writethru.web.settings import WebSettings

    return to_pdf(paper_html(Renderer(WebSettings()), made, base))


@click.command()
@click.argument("what", metavar="ARTICLE[/VERSION]|FILE|URL")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day a text was written on: resolves “Thursday”.")
@click.option(
    "--model", type=click.Path(path_type=Path), help="Let a tagger (extra [nlp]; 'shipped', or its weights) read, too."
)
@archive_options
def statements(what: str, day: datetime | None, model: Path | None, call: Call) -> int:
    """What a version, a page or a text states: figures, times, who said what.

    ARTICLE alone is its latest version; ``12/3`` is version 3 of article 12. Anything else is read without an
    archive: a saved page, a plain text, a URL, or - for standard input. Nothing of that, and nothing that ``--model``
    adds, is kept.
    """
    from writethru.api.statement_forms import statements_form

    asked = re.fullmatch(r"(\d{1,18})(?:/(\d{1,9}))?", what)
    if asked is not None and day is not None:
        raise click.UsageError("the day of an article is known from its archive; --day is for a text alone")
    view = _of_archive(call, int(asked[1]), asked[2]) if asked else _of_text(what, day)
    view = _by_model(view, model) if model else view
    print_json(statements_form(view)) if call.as_json else _print(view)
    return 0


def _of_archive(call: Call, article: int, version: str | None) -> TextStatements:
    with call.proved() as archive:
        archive.analyse()
        found = archive.statements
        return found.of_version(article, int(version)) if version else found.of_article(article)


def _of_text(name: str, day: datetime | None) -> TextStatements:
    from writethru.analyse.alone import statements_of
    from writethru.watch.alone import read_alone

    url = name if name.startswith(("http://", "https://")) else ""
    return statements_of(read_alone(name), day=day.date() if day else None, url=url)


def _by_model(view: TextStatements, weights: Path) -> TextStatements:
    from writethru.analyse.said_by_model import said_by_model
    from writethru.nlp.attribution import SHIPPED, AttributionModel

    return said_by_model(view, AttributionModel(SHIPPED if weights == Path("shipped") else weights))


def _print(view: TextStatements) -> None:
    from writethru.analyse.statement_rows import rows_of
    from writethru.analyse.statements import VersionStatements

    day = f"; days meant from {view.written} ({view.basis})" if view.written else "; its day is not known"
    version = view.version if isinstance(view, VersionStatements) else None
    which = f"article {version.article_id}, version {version.number}" if version else "a text in no archive"
    click.echo(plain(f"{which}, read by {view.reader}{day}"))
    if view.unread:
        click.echo(plain(view.unread))
    rows = sorted(rows_of(view), key=lambda row: (row.place.block, row.place.start))
    found = [(row.ref, row.kind, row.words, row.means) for row in rows]
    print_table("Statements", ("place", "what", "words", "means"), found)
