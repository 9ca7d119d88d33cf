"""How commands print: JSON for programs, tables for people, plain lines for pipes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

HARMLESS = "\n\u00ad\u200c\u200d\u00a0\u202f\u2009"
"""Unprintable by Unicode's table, yet only white space or joiners of letters."""

Advance = Callable[[int, int | None, str], None]
"""Told of progress: steps done so far, steps in all (None = not known), what is at hand."""


def print_json(value: Any) -> None:
    """One JSON value, readable; all ASCII where the output is not UTF-8. A lone surrogate is escaped."""
    click.echo(_encoded(value, 2))


def print_items(items: Iterable[Any], *, lines: bool) -> None:
    """Many JSON values, each printed as soon as it is there: none is kept.

    Args:
        lines: one value a line (JSON Lines); else one array, as ``print_json`` prints it.
    """
    before = "" if lines else "[\n"
    for item in items:
        if lines:
            click.echo(_encoded(item, None))
        else:
            click.echo(f"{before}{indent(_encoded(item, 2), '  ')}", nl=False)
            before = ",\n"
    if not lines:
        click.echo("[]" if before == "[\n" else "\n]")


def _encoded(value: Any, indented: int | None) -> str:
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    text = json.dumps(value, ensure_ascii=encoding != "utf8", indent=indented)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def console() -> Console:
    """Standard output; plain where it is not a terminal."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() else 160
    return Console(width=wide, highlight=False, markup=False, emoji=False)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table for people; outlets' texts are shown as text, control characters removed."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_lines=False, box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    console().print(table)


def plain(cell: object) -> str:
    """A cell as text that cannot steer the terminal."""
    if cell is None:
        return "—"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return "".join(char if char.isprintable() or char in HARMLESS else "�" for char in str(cell))


@contextmanager
def progress(label: str, *, quiet: bool) -> Iterator[Advance]:
    """A progress bar on standard error while the block runs; nothing when quiet or piped."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _total, _what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, what="")

        def advance(done: int, total: int | None, what: str) -> None:
            bar.update(task, completed=done, total=total, what=what)

        yield advance


def log_to_stderr() -> None:
    """What the loop has to say goes beside the output, a line each; tracebacks without the values in them."""
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
