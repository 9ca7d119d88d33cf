"""Commands that bring things in: ``add`` for URLs to watch, ``import`` for files."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from writethru.cli.collect import archive_sources, collect_into
from writethru.cli.options import Call, archive_options
from writethru.cli.output import log_to_stderr, plain, print_json, progress
from writethru.cli.stopping import stop_on_signals
from writethru.errors import InputError
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.watch.collecting import Wanted


@click.command("import")
@click.argument("paths", metavar="PATH…", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@archive_sources
@archive_options
def import_(paths: tuple[Path, ...], dry_run: bool, wanted: Wanted | None, call: Call) -> int:
    """Import files and folders: versions JSONL, saved HTML, text dumps, News Sniffer pages, WARC, URL lists.

    A folder that `writethru export` wrote makes an empty archive the one that was exported.

    Kinds are found out by content. A bad line or file is named and skipped, the rest goes in, and
    the exit code is 3. The same import again changes nothing. What came in is analysed at once, as by
    `analyse`. Ctrl-C finishes the batch in hand.

    With `--timemap`, or `--cdx` and `--url`, no file is read: every memento that a web archive has of one
    article is fetched from it, politely, and dated as the archive says. The same again goes on where it ended.
    """
    if wanted is not None:
        if paths or dry_run:
            raise click.UsageError("--timemap and --cdx take neither files nor --dry-run")
        return collect_into(wanted, call)
    if not paths:
        raise click.UsageError("Missing argument 'PATH…'.")
    if len(paths) == 1 and paths[0].is_dir():
        from writethru.cli.export import take_in
        from writethru.export.service import is_export

        if is_export(paths[0]):
            return take_in(paths[0], call, dry_run=dry_run)
    return _import_files(paths, call, dry_run=dry_run)


def _import_files(paths: tuple[Path, ...], call: Call, *, dry_run: bool) -> int:
    stop = threading.Event()
    stop_on_signals(stop, "batch")
    opened = call.tried if dry_run else call.opened
    with opened() as archive, progress("importing", quiet=call.as_json) as advance:

        def after_batch(done: int, total: int | None, what: str) -> None:
            if stop.is_set():
                raise KeyboardInterrupt
            advance(done, total, what)

        report = archive.import_paths(paths, dry_run=dry_run, progress=after_batch)
        if not dry_run:
            archive.analyse(progress=advance, stopped=stop.is_set)
    if call.as_json:
        print_json(report.to_dict())
    else:
        for origin, message in report.skipped:
            click.echo(plain(f"skipped {_placed(origin, message)}"), err=True)
        verb = "would add" if dry_run else "added"
        click.echo(
            f"{verb} {counted(report.articles, 'article')}, {counted(report.versions, 'version')}, "
            f"{counted(report.changes, 'change')} from {counted(report.captures, 'capture')}; "
            f"{report.already_known} known already, {report.watched} to be watched, "
            f"{len(report.skipped)} skipped ({report.seconds:.1f} s)"
        )
    return InputError.exit_code if report.skipped else 0


@click.command()
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@archive_options
def add(urls: tuple[str, ...], call: Call) -> int:
    """Watch feeds, articles or sites: each URL is looked at once to find out what it is.

    A loopback or private address that you type yourself is allowed for that host; addresses that
    pages or feeds name are not.
    """
    log_to_stderr()
    with call.opened() as archive:
        added = archive.add(urls)
    if call.as_json:
        print_json([item.to_dict() for item in added])
    else:
        for item in added:
            click.echo(plain(item.sentence()), err=not item.ok)
    return 0 if all(item.ok for item in added) else InputError.exit_code


def _placed(origin: str, message: str) -> str:
    """The message with its place before it, once."""
    return message if message.startswith(origin) else f"{origin}: {message}"
