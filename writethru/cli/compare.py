"""``writethru compare A B``: files, URLs, versions of an archive, or standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from writethru.cli.failure import report
from writethru.cli.options import Call, archive_options
from writethru.cli.output import print_json
from writethru.errors import WritethruError
from writethru.text.wording import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from writethru.comparison import Change, Kind
    from writethru.model import ArticleText

DIFFERENT = 1
TROUBLE = 2
"""As ``diff`` and ``cmp`` have it: whatever kept the two from being compared."""


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "markdown", "unified", "html"]),
    default="terminal",
    show_default=True,
    help="How to print the difference.",
)
@click.option("--kinds", is_flag=True, help="Print only the kinds of change, one a line.")
@click.option(
    "--ignore",
    multiple=True,
    metavar="KIND",
    help="Do not mark edits that have only this kind, and exit 0 if there are no others (repeatable).",
)
@archive_options
def compare(old: str, new: str, form: str, kinds: bool, ignore: tuple[str, ...], call: Call) -> int:
    """Compare two texts: exit code 0 if equal, 1 if different, 2 if they could not be compared.

    A and B are files (saved HTML, page dumps, plain text), URLs, versions of an archive
    (ARTICLE@VERSION, as 12@3) or - for standard input. Works as a tool of git:
    git difftool -x "writethru compare"
    """
    from writethru.comparison import compare as compare_texts
    from writethru.watch.alone import text_of

    if old == new == "-":
        raise click.UsageError("only one of A and B can be standard input")
    ignored = _kinds_named(ignore)
    try:
        texts = text_of(old, call.config), text_of(new, call.config)
    except WritethruError as error:
        report(error)
        return TROUBLE
    change = compare_texts(*texts)
    if call.as_json:
        print_json(change.to_dict())
    elif kinds:
        click.echo("".join(f"{kind.value}\n" for kind in change.kinds if kind not in ignored), nl=False)
    else:
        _show(change, texts, form, ignored)
    return DIFFERENT if change.differs_beyond(ignored) else 0


def _kinds_named(codes: Collection[str]) -> frozenset[Kind]:
    from writethru.comparison import Kind

    known = {kind.value: kind for kind in Kind}
    for code in codes:
        if code not in known:
            raise click.UsageError(f"no such kind: {code!r}. Kinds: {', '.join(known)}")
    return frozenset(known[code] for code in codes)


def _show(change: Change, texts: tuple[ArticleText, ArticleText], form: str, ignored: Collection[Kind]) -> None:
    """Print the difference, saying so where there is none to see or where some was set aside."""
    from writethru import comparison

    if form == "html":
        click.echo(comparison.render_html(change, *texts, ignore=ignored))
        return
    aside = sum(edit.is_only(ignored) for edit in change.edits)
    if change.is_empty:
        click.echo("no difference")
    elif change.differs_beyond(ignored):
        click.echo(_drawn(change, texts, form, ignored), nl=False)
    if aside:
        names = ", ".join(sorted(ignored))
        rest = "" if change.differs_beyond(ignored) else "no other difference; "
        click.echo(f"{rest}{counted(aside, 'edit')} of these kinds not shown: {names}")


def _drawn(change: Change, texts: tuple[ArticleText, ArticleText], form: str, ignored: Collection[Kind]) -> str:
    from writethru import comparison

    if form == "markdown":
        return comparison.render_markdown(change, *texts, ignore=ignored)
    if form == "unified":
        return comparison.render_unified(change, *texts, ignore=ignored)
    return comparison.render_terminal(change, *texts, colour=sys.stdout.isatty(), ignore=ignored)
