"""``writethru extract``: what one page says, without an archive."""

from __future__ import annotations

import click

from writethru.cli.output import console, plain, print_json


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--url", help="Where a saved page stood.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def extract(page: str, url: str | None, as_json: bool) -> None:
    """Read one page: headline, byline, dates and typed blocks, each with where it came from.

    FILE may be saved HTML, a page saved as text, or - for standard input.
    """
    from writethru.errors import InputError
    from writethru.extraction import extract as read
    from writethru.watch.alone import bytes_of

    given = bytes_of(page)
    try:
        extraction = read(given.body, url or given.url, content_type=given.content_type)
    except InputError as error:
        error.key = error.key or page
        raise
    if as_json:
        print_json(extraction.to_dict())
        return
    out = console()
    out.print(plain(extraction.headline or "(no headline)"), style="bold")
    for name in ("standfirst", "byline", "dateline", "published", "modified", "outlet", "agency", "section"):
        value = getattr(extraction, name)
        if value:
            out.print(plain(f"{name}: {value}   [{extraction.provenance.get(name, 'page')}]"))
    for note in extraction.notes:
        out.print(plain(f"note: {note}"))
    for block in extraction.blocks:
        mark = "" if block.kind.value == "paragraph" else f"[{block.kind.value}] "
        out.print(plain(f"\n{mark}{block.text}"))
