"""``writethru today``: the river of changes in the terminal, asked as on the page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, stream_options
from writethru.cli.output import plain
from writethru.cli.paging import all_rows
from writethru.cli.suggestions import did_you_mean
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.archive import Archive
    from writethru.river import Wanted
    from writethru.views import ChangeRow

SHOWN = 30
"""Changes that people are shown where they do not say how many."""


@click.command()
@click.option("--outlet", metavar="NAME|ID", help="Only of this outlet.")
@click.option("--kind", metavar="KIND", help="Only with an edit of this kind, as figure or headline.")
@click.option("--section", metavar="NAME", help="Only from this section, as the outlet writes it.")
@click.option("--since", metavar="DAY", help="First seen on this day (UTC) or later, as 2031-03-01.")
@click.option("--until", metavar="DAY", help="First seen on this day or earlier.")
@click.option(
    "--order", type=click.Choice(["newest", "significant"]), default="newest", show_default=True, help="What is first."
)
@click.option(
    "--limit", type=click.IntRange(min=1), help=f"At most so many [default: {SHOWN}; with --json all that fit]."
)
@stream_options
def today(limit: int | None, call: Call, **asked: str | None) -> None:
    """What outlets changed, newest first: the words, the kind of edit, and when it can have happened.

    Removed words stand as [-these-], added ones as {+these+}; in colour where the terminal has it.
    """
    from writethru.api.json_forms import change_form

    with call.read() as archive:
        wanted = _wanted(archive, {name: value for name, value in asked.items() if value})
        rows = all_rows(
            lambda most, cursor: archive.river.page(wanted, limit=most, cursor=cursor),
            limit if limit or call.as_json else SHOWN,
        )
        if call.as_json:
            call.print_items(map(change_form, rows))
            return
        colour = sys.stdout.isatty()
        shown = _print(rows, partial(_entry, colour=colour, dated=wanted.order != "newest"))
    if not shown:
        click.echo("no change fits; `writethru articles` shows what is followed", err=True)
    elif shown == SHOWN and limit is None:
        click.echo(f"the first {counted(SHOWN, 'change')}; --limit N shows more, --json all", err=True)


def _wanted(archive: Archive, asked: Mapping[str, str]) -> Wanted:
    """The question; an outlet may be named. Raises InputError."""
    from writethru.comparison import Kind
    from writethru.web.river import wanted_by

    outlet = {"outlet": str(_outlet_id(archive, asked["outlet"]))} if "outlet" in asked else {}
    kind = asked.get("kind")
    if kind and kind not in [one.value for one in Kind]:
        raise click.UsageError(f"no such kind of edit: {kind!r}.{did_you_mean(kind, [one.value for one in Kind])}")
    return wanted_by({**asked, **outlet})


def _outlet_id(archive: Archive, asked: str) -> int:
    """The outlet of this number, of this name, or the only one whose name holds it. Raises UsageError."""
    outlets = {outlet.name: outlet.id for outlet in archive.river.outlets()}
    if asked.isascii() and asked.isdigit():
        if int(asked) in outlets.values():
            return int(asked)
        raise click.UsageError(f"no outlet has the number {asked}; `writethru outlet` lists them")
    found = [name for name in outlets if name.casefold() == asked.casefold()]
    found = found or [name for name in outlets if asked.casefold() in name.casefold()]
    if len(found) == 1:
        return outlets[found[0]]
    if found:
        raise click.UsageError(f"several outlets are called so: {plain(', '.join(sorted(found)[:6]))}")
    raise click.UsageError(f"no outlet is called {plain(asked)!r}.{plain(did_you_mean(asked, outlets))}")


def _print(rows: Iterable[ChangeRow], entry: partial[Iterator[str]]) -> int:
    """Each change as soon as it is read, under its day; how many there were."""
    day, count = "", 0
    for count, row in enumerate(rows, start=1):
        if not entry.keywords["dated"] and f"{row.record.before:%Y-%m-%d}" != day:
            day = f"{row.record.before:%Y-%m-%d}"
            click.echo(("" if count == 1 else "\n") + f"{row.record.before:%A, %-d %B %Y}")
        click.echo("\n" + "\n".join(entry(row)))
    return count


def _entry(row: ChangeRow, *, colour: bool, dated: bool) -> Iterator[str]:  # noqa: ARG001 (days stand above)
    from writethru.comparison import render_segments
    from writethru.views import observed_interval
    from writethru.web.excerpt import excerpt_segments

    record = row.record
    yield f"{plain(row.outlet or 'Outlet not known')} · article {record.article_id}, change {record.number}"
    yield (
        click.style(plain(row.headline) or "No headline", bold=True) if colour else plain(row.headline) or "No headline"
    )
    yield f"  {plain(record.summary)} Observed {observed_interval(record)}."
    if any(row.excerpt):
        yield f"  {render_segments(excerpt_segments(*row.excerpt), colour=colour)}"
