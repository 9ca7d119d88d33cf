"""``writethru extract``: what one page says, without an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from writethru.cli.options import moment_given
from writethru.cli.output import console, plain, print_json

if TYPE_CHECKING:
    from writethru.extraction.guide import Knowledge
    from writethru.model import Extraction
    from writethru.watch.alone import Given


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--url", help="Where a saved page stood.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@click.option(
    "--explain", "form", flag_value="explain", help="Print a copy of the page: every block with verdict and reason."
)
@click.option(
    "--earlier",
    multiple=True,
    metavar="FILE",
    help="The same article as saved before, oldest first: read with what was known then. May be repeated.",
)
@click.option(
    "--beside",
    multiple=True,
    metavar="FILE",
    help="Another article's page of the same outlet: what stands on both is furniture. May be repeated.",
)
@click.option("--seen", help="When the page was captured (ISO 8601 with a zone): resolves “2 hours ago”.")
def extract(
    page: str, url: str | None, form: str | None, earlier: tuple[str, ...], beside: tuple[str, ...], seen: str | None
) -> None:
    """Read one page: headline, byline, dates and typed blocks, each with where it came from.

    FILE may be saved HTML, a page saved as text, or - for standard input.
    """
    from writethru.errors import InputError
    from writethru.extraction import dated, to_markdown
    from writethru.extraction.explanation import explain
    from writethru.extraction.knowing import read_known
    from writethru.watch.alone import bytes_of

    given = bytes_of(page)
    known = _known(earlier, url or given.url)
    if beside:
        known = _with_pages_beside(known, given, beside)
    try:
        if form == "explain":
            shown = explain(given.body, url or given.url, content_type=given.content_type, knowledge=known)
            click.echo(shown.document)
            return
        extraction = read_known(given.body, url or given.url, known, content_type=given.content_type).extraction
    except InputError as error:
        error.key = error.key or page
        raise
    if seen:
        extraction = dated(extraction, moment_given(seen, "--seen"))
    if form == "json":
        print_json(extraction.to_dict())
    elif form == "markdown":
        click.echo(to_markdown(extraction), nl=False)
    else:
        _print(extraction)


def _known(earlier: tuple[str, ...], url: str | None) -> Knowledge:
    """What is known of an article after these pages of it."""
    from writethru.errors import InputError
    from writethru.extraction.guide import Knowledge
    from writethru.extraction.knowing import read_known
    from writethru.watch.alone import bytes_of

    known = Knowledge()
    for name in earlier:
        given = bytes_of(name)
        try:
            read = read_known(given.body, url or given.url, known, content_type=given.content_type)
        except InputError as error:
            error.key = error.key or name
            raise
        known = Knowledge(memory=read.memory or known.memory)
    return known


def _with_pages_beside(known: Knowledge, given: Given, names: tuple[str, ...]) -> Knowledge:
    """What is known of a page with what other articles' pages say: lines of texts, a profile of five pages or more."""
    from dataclasses import replace

    from writethru.extraction.decoding import decode
    from writethru.extraction.dump_recurrence import recurring_lines
    from writethru.extraction.knowing import summarise
    from writethru.extraction.profile import OutletProfile, learn
    from writethru.watch.alone import bytes_of

    others = [bytes_of(name) for name in names]
    profile = OutletProfile()
    for other in others:
        page = summarise(other.body, other.url, content_type=other.content_type)
        profile = learn(profile, page) if page else profile
    if profile.pages:
        return replace(known, profile=profile.finished())
    text = decode(given.body, given.content_type).text
    return replace(known, lines=recurring_lines(text, [decode(other.body).text for other in others]))


def _print(extraction: Extraction) -> None:
    out = console()
    if extraction.kicker:
        out.print(plain(extraction.kicker))
    out.print(plain(extraction.headline or "(no headline)"), style="bold")
    for name in ("standfirst", "byline", "dateline", "published", "modified", "outlet", "agency", "section"):
        value = getattr(extraction, name)
        if value:
            out.print(plain(f"{name}: {value}   [{extraction.provenance.get(name, 'page')}]"))
    for person in extraction.authors:
        if person.role:
            out.print(plain(f"{person.name}: {person.role}"))
    for other in extraction.otherwise:
        out.print(plain(f"otherwise: {other.field}: {other.value}   [{other.source}]"))
    for note in extraction.notes:
        out.print(plain(f"note: {note}"))
    for held in extraction.held:
        did = "kept" if held.kept else "left out"
        out.print(plain(f"{did}, against this page alone: {held.text[:80]}   [{held.why}]"))
    for block in extraction.blocks:
        mark = "" if block.kind.value == "paragraph" else f"[{block.kind.value}] "
        out.print(plain(f"\n{mark}{block.text}"))
