"""``writethru compare A B``: files, URLs, versions of an archive, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import print_json

if TYPE_CHECKING:
    from writethru.comparison import Change
    from writethru.model import ArticleText

DIFFERENT = 1


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "markdown", "unified"]),
    default="terminal",
    show_default=True,
    help="How to print the difference.",
)
@click.option("--kinds", is_flag=True, help="Print only the kinds of change, one a line.")
@click.option("--ignore", multiple=True, metavar="KIND", help="Exit 0 if only these kinds differ (repeatable).")
@archive_options
def compare(old: str, new: str, form: str, kinds: bool, ignore: tuple[str, ...], call: Call) -> int:
    """Compare two texts: exit code 0 if equal, 1 if different.

    A and B are files (saved HTML, page dumps, plain text), URLs, versions of an archive
    (ARTICLE@VERSION, as 12@3) or - for standard input.
    """
    from writethru.comparison import Kind
    from writethru.comparison import compare as compare_texts
    from writethru.watch.alone import text_of

    if old == new == "-":
        raise click.UsageError("only one of A and B can be standard input")
    unknown = sorted(set(ignore) - {kind.value for kind in Kind})
    if unknown:
        raise click.UsageError(f"no such kind: {unknown[0]!r}. Kinds: {', '.join(kind.value for kind in Kind)}")
    texts = text_of(old, call.config), text_of(new, call.config)
    change = compare_texts(*texts)
    _show(change, texts, form, kinds=kinds, as_json=call.as_json)
    if change.is_empty or (ignore and set(change.kinds) <= set(ignore)):
        return 0
    return DIFFERENT


def _show(change: Change, texts: tuple[ArticleText, ArticleText], form: str, *, kinds: bool, as_json: bool) -> None:
    from writethru import comparison

    if as_json:
        print_json(change.to_dict())
    elif kinds:
        for code in change.kinds:
            click.echo(code)
    elif change.is_empty:
        click.echo("no difference")
    else:
        renderers: dict[str, Callable[[], str]] = {
            "terminal": lambda: comparison.render_terminal(change, *texts, colour=sys.stdout.isatty()),
            "markdown": lambda: comparison.render_markdown(change, *texts),
            "unified": lambda: comparison.render_unified(change, *texts),
        }
        if not change.visible:
            click.echo("no visible difference")
        click.echo(renderers[form]())
