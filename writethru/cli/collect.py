"""``writethru import --timemap`` and ``--cdx``: what another archive has of an article."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from writethru.cli.options import Call
from writethru.cli.output import plain, print_json, progress
from writethru.cli.stopping import stop_on_signals
from writethru.errors import InputError
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.watch.collecting import CollectReport, Wanted

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--timemap", default="", metavar="URL", help="Fetch every memento that this TimeMap lists."),
    click.option("--cdx", default="", metavar="SERVER", help="Fetch every memento that this CDX server lists…"),
    click.option("--url", default="", metavar="ARTICLE", help="…of this article."),
    click.option("--replay", default="", metavar="PREFIX", help="Where its mementos stand, if not beside the server."),
)


def archive_sources(function: Function) -> Function:
    """The four options, handed to the command as ``wanted``: None where none is given."""

    @wraps(function)
    def with_wanted(*args: Any, timemap: str, cdx: str, url: str, replay: str, **kwargs: Any) -> Any:
        given = (timemap, cdx, url, replay)
        return function(*args, wanted=_wanted(*given) if any(given) else None, **kwargs)

    decorated: Any = with_wanted
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return cast("Function", decorated)


def _wanted(timemap: str, cdx: str, url: str, replay: str) -> Wanted:
    from writethru.watch.collecting import Wanted

    if bool(timemap) == bool(cdx):
        raise click.UsageError("give --timemap URL, or --cdx SERVER with --url ARTICLE")
    if bool(cdx) != bool(url) or (replay and not cdx):
        raise click.UsageError("--cdx needs --url ARTICLE; --url and --replay go with --cdx only")
    return Wanted(timemap, cdx, url, replay)


def collect_into(wanted: Wanted, call: Call) -> int:
    """Fetch the mementos, then analyse. Raises InputError, FetchError, NotInArchive."""
    from writethru.watch.collecting import collect
    from writethru.watch.settings import allow_hosts, private_hosts

    stop = threading.Event()
    stop_on_signals(stop, "memento")
    with call.opened() as archive, progress("fetching", quiet=call.as_json) as advance:
        typed = [place for place in (wanted.timemap, wanted.cdx, wanted.replay) if place]
        allow_hosts(archive.store, private_hosts(typed))
        with archive.watcher() as watcher:
            report = collect(watcher, wanted, progress=advance, stop=stop)
        archive.analyse(progress=advance, stopped=stop.is_set)
    return _say(report, call)


def _say(report: CollectReport, call: Call) -> int:
    if call.as_json:
        print_json(report.to_dict())
    else:
        for place, why in report.skipped:
            click.echo(plain(f"skipped {place}: {why}"), err=True)
        click.echo(
            plain(
                f"{report.url}: {counted(report.listed, 'memento')} listed, {report.captures} fetched, "
                f"{report.already_known} known already, {len(report.skipped)} skipped; "
                f"added {counted(report.versions, 'version')}, {counted(report.changes, 'change')} "
                f"({report.seconds:.1f} s)"
            )
        )
        if report.stopped:
            click.echo(plain(f"not all: {report.stopped}"), err=True)
    return InputError.exit_code if report.skipped or report.stopped else 0
