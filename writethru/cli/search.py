"""``writethru search``: words in every version, and searches that are kept with a feed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from writethru.cli.acting import whoever_types
from writethru.cli.options import Call, stream_options
from writethru.cli.output import plain, print_table
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.analyse.search import Order, SearchHit
    from writethru.archive import Archive
    from writethru.search.matching import Passage
    from writethru.storage.search_store import SavedSearch, SearchMatch

SHOWN = 20
PAGE = 500


@click.command()
@click.argument("query", required=False)
@click.option("--limit", type=click.IntRange(min=1), help=f"At most so many [default: {SHOWN}; with --json all].")
@click.option(
    "--order", type=click.Choice(["best", "newest"]), default="best", show_default=True, help="best: headlines first."
)
@click.option("--save", "name", metavar="NAME", help="Keep the query under a name, with a feed.")
@click.option("--saved", is_flag=True, help="List the searches that are kept, with their feeds.")
@click.option(
    "--matches", "found_by", metavar="ID", type=int, help="What a kept search found, in the order of finding."
)
@click.option("--forget", metavar="ID", type=int, help="Forget a kept search and its feed.")
@stream_options
def search(query: str | None, limit: int | None, order: Order, call: Call, **doing: Any) -> None:
    """Find words in every version of every article, also those that were removed since.

    \b
    writethru search '"ought to be consequences" removed:yes'
    writethru search 'kerry NOT lavrov outlet:courier after:2031-03' --json
    writethru search 'kerry geneva' --save Geneva
    writethru search --saved

    docs/how-to/search.md has the whole language of queries.
    """
    asked = [name for name, value in {"QUERY": query, **doing}.items() if value]
    if len(asked) != 1 and asked != ["QUERY", "name"]:
        raise click.UsageError("give one of QUERY, QUERY --save NAME, --saved, --matches ID and --forget ID")
    if doing["saved"]:
        _list_saved(call)
    elif doing["found_by"]:
        _list_matches(call, doing["found_by"], limit)
    elif doing["forget"]:
        _forget(call, doing["forget"])
    elif doing["name"]:
        _save(call, doing["name"], query or "")
    else:
        _find(call, query or "", order, limit)


def _find(call: Call, query: str, order: Order, limit: int | None) -> None:
    from writethru.api.search_forms import hit_form

    with call.read() as archive:
        lag = archive.search.lag()
        hits = islice(_hits(archive, query, order), limit or (None if call.as_json else SHOWN))
        if call.as_json:
            call.print_items(map(hit_form, hits))
        else:
            count = 0
            for count, hit in enumerate(hits, start=1):  # noqa: B007 (counts)
                click.echo("\n".join(_lines(hit)) + "\n")
            click.echo(f"{counted(count, 'article')}" if count else "nothing was found", err=True)
    if lag:
        click.echo(f"{counted(lag, 'line')} of the record not searchable yet: `writethru analyse`", err=True)


def _hits(archive: Archive, query: str, order: Order) -> Iterator[SearchHit]:
    """Page after page; a page may be empty and yet go on."""
    cursor = ""
    while True:
        page = archive.search.find(query, limit=100, cursor=cursor, order=order)
        yield from page.hits
        cursor = page.cursor
        if not cursor:
            return


def _lines(hit: SearchHit) -> Iterator[str]:
    from writethru.views import stamp

    colour = sys.stdout.isatty()
    headline = plain(hit.article.headline) or "No headline"
    yield click.style(headline, bold=True) if colour else headline
    gone = "" if hit.standing else " · removed since"
    yield f"  {plain(hit.article.outlet or hit.article.url)} · article {hit.article.id}{gone}"
    for passage in hit.passages:
        yield f"  {passage.where}, {_versions(passage)} of {hit.count}: {_marked(passage, colour=colour)}"
    for stood in hit.stretches:
        taken = f", removed with change {stood.taken_by}" if stood.taken_by else ""
        brought = f", brought by change {stood.brought_by}" if stood.brought_by else ""
        yield f"  stood from {stamp(stood.first_seen)} to {stamp(stood.last_seen)}{brought}{taken}"


def _versions(passage: Passage) -> str:
    runs = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in passage.versions)
    return f"version {runs}"


def _marked(passage: Passage, *, colour: bool) -> str:
    def shown(text: str) -> str:
        return click.style(text, bold=True, underline=True) if colour else f"*{text}*"

    return "".join(shown(plain(piece.text)) if piece.found else plain(piece.text) for piece in passage.pieces)


def _save(call: Call, name: str, query: str) -> None:
    from writethru.api.saved_writes import keep_search

    with call.proved() as archive:
        kept = keep_search(archive, whoever_types(), name, query)
    _say(call, kept, f"kept as search {kept.id}; its feed is {_feed(call, kept)}")


def _forget(call: Call, search_id: int) -> None:
    from writethru.api.saved_writes import forget_search

    with call.proved() as archive:
        kept = forget_search(archive, whoever_types(), search_id)
    _say(call, kept, f"forgotten: search {kept.id} ({plain(kept.name)})")


def _say(call: Call, kept: SavedSearch, words: str) -> None:
    if call.as_json:
        call.print_items([_saved_form(call, kept)])
    else:
        click.echo(words)


def _list_saved(call: Call) -> None:
    with call.read() as archive:
        saved = archive.search.saved()
    if call.as_json:
        call.print_items(_saved_form(call, one) for one in saved)
        return
    rows = [(one.id, one.name, one.query, _feed(call, one)) for one in saved]
    print_table(counted(len(saved), "saved search"), ("id", "name", "query", "feed"), rows)


def _list_matches(call: Call, search_id: int, limit: int | None) -> None:
    from writethru.api.search_forms import match_form

    with call.read() as archive:
        archive.search.saved_search(search_id)
        found = islice(_matches(archive, search_id), limit)
        if call.as_json:
            call.print_items(map(match_form, found))
            return
        rows = [(m.seq, m.match.article_id, m.match.version, m.match.event, m.match.at) for m in found]
    print_table(counted(len(rows), "match"), ("no", "article", "version", "words", "version first seen"), rows)


def _matches(archive: Archive, search_id: int) -> Iterator[SearchMatch]:
    after = 0
    while found := archive.search.matches(search_id, after, PAGE):
        yield from found
        after = found[-1].seq


def _saved_form(call: Call, one: SavedSearch) -> dict[str, Any]:
    from writethru.api.search_forms import saved_search_form

    return {**saved_search_form(one), "feed": _feed(call, one)}


def _feed(call: Call, one: SavedSearch) -> str:
    web = call.config().web
    return f"{web.base_url or f'http://{web.host}:{web.port}'}/searches/{one.id}/feed.atom"
