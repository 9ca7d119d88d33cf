"""Commands that show what the archive holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from writethru.cli.options import ArticleRef, Call, Number, archive_options, list_options
from writethru.cli.output import plain, print_json, print_table
from writethru.cli.paging import all_rows
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.archive import Archive
    from writethru.model import Subscription, TimeBasis, Version
    from writethru.storage.store import ArticleSummary


@click.command()
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@list_options
def articles(limit: int | None, call: Call) -> None:
    """All articles with their counts of versions and changes."""
    from writethru.api.json_forms import article_form

    with call.read() as archive:
        found = all_rows(lambda most, cursor: archive.articles(limit=most, cursor=cursor), limit)
        if call.as_json:
            call.print_items(map(article_form, found))
            return
        rows = list(found)
    print_table(
        counted(len(rows), "article"),
        ("id", "outlet", "headline", "published", "first seen", "versions", "changes", "next look"),
        [
            (
                row.article.id,
                row.outlet,
                row.headline,
                _stated_date(row),
                _seen(row.first_seen, row.basis),
                row.versions,
                row.changes,
                row.article.next_look_at or ("retired" if row.article.retired_at else None),
            )
            for row in rows
        ],
    )


@click.command()
@click.argument("article_id", metavar="[ARTICLE]", type=ArticleRef(), required=False)
@list_options
def versions(article_id: int | None, call: Call) -> None:
    """The versions of one article, or of all; with --json their texts too."""
    from writethru.api.json_forms import version_text_form

    with call.read() as archive:
        each = _versions(archive, article_id)
        if call.as_json:
            call.print_items(version_text_form(*archive.version(v.article_id, v.number)) for v in each)
            return
        found = list(each)
    print_table(
        counted(len(found), "version"),
        ("article", "version", "label", "first seen", "last seen", "words", "headline", "digest"),
        [
            (
                v.article_id,
                v.number,
                v.label,
                _seen(v.first_seen, v.basis),
                _seen(v.last_seen, v.basis),
                v.words,
                v.headline,
                v.digest[:12],
            )
            for v in found
        ],
    )


@click.command()
@click.argument("article_id", metavar="[ARTICLE]", type=ArticleRef(), required=False)
@click.option(
    "--limit", type=click.IntRange(min=1), default=1_000, show_default=True, help="At most so many, the newest."
)
@list_options
def changes(article_id: int | None, limit: int, call: Call) -> None:
    """Changes, newest first."""
    from writethru.api.json_forms import change_form
    from writethru.views import observed_interval

    with call.read() as archive:
        found = all_rows(lambda m, cursor: archive.changes(article_id=article_id, limit=m, cursor=cursor), limit)
        if call.as_json:
            call.print_items(map(change_form, found))
            return
        rows = list(found)
    print_table(
        counted(len(rows), "change"),
        ("article", "no", "outlet", "headline", "interval", "what"),
        [
            (
                row.record.article_id,
                row.record.number,
                row.outlet,
                row.headline,
                observed_interval(row.record),
                row.record.summary,
            )
            for row in rows
        ],
    )


@click.command()
@click.argument("article_id", metavar="ARTICLE", type=ArticleRef())
@click.argument("number", metavar="CHANGE", type=Number())
@archive_options
def change(article_id: int, number: int, call: Call) -> None:
    """One change with every edit, and how to cite it."""
    import sys

    from writethru.api.json_forms import change_detail_form
    from writethru.comparison import render_terminal
    from writethru.publish.citation import cite

    with call.read() as archive:
        view = archive.change(article_id, number)
    if call.as_json:
        print_json(change_detail_form(view))
        return
    click.echo(render_terminal(view.change, view.old, view.new, colour=sys.stdout.isatty()))
    web = call.config().web
    permalink = f"{web.base_url or f'http://{web.host}:{web.port}'}/articles/{article_id}/changes/{number}"
    click.echo(f"\n{plain(cite(view, permalink).plain())}")


@click.command()
@click.argument("article_id", metavar="ARTICLE", type=ArticleRef())
@list_options
def captures(article_id: int, call: Call) -> None:
    """Every look at an article: when, outcome, reason, evidence."""
    from writethru.api.watch_forms import capture_form

    with call.read() as archive:
        looks = all_rows(lambda most, cursor: archive.histories.captures(article_id, limit=most, cursor=cursor))
        if call.as_json:
            call.print_items(map(capture_form, looks))
            return
        found = list(looks)
    print_table(
        counted(len(found), "look"),
        ("id", "when", "outcome", "reason", "status", "evidence"),
        [
            (
                c.id,
                c.look.captured_at,
                c.look.outcome,
                c.look.reason,
                c.look.status,
                c.look.evidence and c.look.evidence.file,
            )
            for c in found
        ],
    )


@click.command()
@click.option("--opml", is_flag=True, help="Print the feeds as OPML, for other readers (`writethru import` reads it).")
@list_options
def sources(opml: bool, call: Call) -> None:
    """Where articles are found, and how each source is doing."""
    with call.read() as archive:
        found = archive.sources()
        if opml:
            click.echo(archive.opml(), nl=False)
            return
        hubs = {known.source_id: known for known in archive.subscriptions()}
    if call.as_json:
        from writethru.api.history_forms import websub_form
        from writethru.api.watch_forms import source_form

        call.print_items({**source_form(source), "websub": websub_form(hubs.get(source.id))} for source in found)
        return
    print_table(
        counted(len(found), "source"),
        ("id", "kind", "url", "last look", "next look", "websub", "failures", "last error"),
        [
            (s.id, s.kind, s.url, s.last_look_at, s.next_look_at, _hub(hubs.get(s.id)), s.failures, s.last_error)
            for s in found
        ],
    )


def _versions(archive: Archive, article_id: int | None) -> Iterator[Version]:
    """Of one article, or of each in turn."""
    pages = all_rows(lambda most, cursor: archive.articles(limit=most, cursor=cursor))
    ids = (row.article.id for row in pages) if article_id is None else [article_id]
    return (version for number in ids for version in archive.article(number).versions)


def _hub(known: Subscription | None) -> str:
    """How far a feed's WebSub subscription has come, "" where its feed names no hub or none was asked."""
    if known is None:
        return ""
    return f"{known.state.value}{f': {known.detail}' if known.detail else ''}"


def _stated_date(row: ArticleSummary) -> str:
    """The date as the page states it."""
    if row.published:
        return row.published
    return f"{row.modified} (modified)" if row.modified else "no date on the page"


def _seen(moment: datetime | None, basis: TimeBasis | None) -> object:
    """A sighting, saying so where its time is not known."""
    if moment is not None and basis is not None and basis.value in ("imported", "relative"):
        return "not known"
    return moment
