"""``watch`` and ``up``: the loop, alone or with the pages."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, archive_options, moment_given
from writethru.cli.output import log_to_stderr, print_json, progress
from writethru.cli.stopping import stop_on_signals
from writethru.errors import ConfigError, WritethruError

if TYPE_CHECKING:
    from writethru.archive import Archive
    from writethru.watch.clock import Clock
    from writethru.watch.loop import Watcher


@click.command()
@click.option("--once", is_flag=True, help="Look at all that is due now, then stop.")
@click.option("--until", metavar="TIME", help="Stop at this time (ISO 8601 with a zone).")
@click.option(
    "--simulated-clock",
    "start",
    metavar="TIME",
    help="Start at this time and jump instead of waiting (needs --once or --until).",
)
@click.option("--press", metavar="URL", help="A replay press whose clock follows the simulated one.")
@archive_options
def watch(once: bool, until: str | None, start: str | None, press: str | None, call: Call) -> None:
    """Look at what is due, for ever: fetch politely, keep the evidence, decide, store.

    Ctrl-C finishes the article in hand and loses nothing.
    """
    log_to_stderr()
    end = moment_given(until, "--until") if until else None
    if start and not (once or end):
        raise ConfigError("a simulated clock needs --once or --until", key="--simulated-clock")
    stop = threading.Event()
    stop_on_signals(stop, "article")
    with (
        call.opened() as archive,
        progress("watching", quiet=call.as_json) as advance,
        archive.watcher(_clock(start, press)) as watcher,
    ):
        report = watcher.run_once(stop=stop, progress=advance) if once else watcher.run(end, stop, progress=advance)
    if call.as_json:
        print_json(report.to_dict())
    else:
        click.echo(report.sentence())


@click.command()
@click.option("--host", help="Address of the pages [default: 127.0.0.1].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the pages [default: 8000].")
@archive_options
def up(host: str | None, port: int | None, call: Call) -> None:
    """Watch, and serve the pages on 127.0.0.1:8000."""
    log_to_stderr()
    from writethru.web.serve import serve

    config = call.config()
    stop = threading.Event()
    failed: list[Exception] = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: the article in hand is finished
    with call.opened() as archive, archive.watcher() as watcher:
        loop = threading.Thread(target=_watching, args=(watcher, stop, failed), name="watch")
        loop.start()
        try:
            serve(
                archive,
                host=host or config.web.host,
                port=config.web.port if port is None else port,
                ready=lambda address: _say_where(archive, address),
            )
        except KeyboardInterrupt:
            if not failed:
                raise
        finally:
            stop.set()
            loop.join()
    if failed:
        raise failed[0]


def _say_where(archive: Archive, address: str) -> None:
    """Where the pages are; and where only this machine can reach them, a link that signs its user in."""
    from urllib.parse import urlsplit

    from writethru.web.link_pages import is_loopback

    click.echo(f"Watching; the pages are at {address} (Ctrl-C to stop).")
    if is_loopback(urlsplit(address).hostname or "") and not archive.config.web.base_url:
        try:
            secret = archive.safety.links.make_local()
        except WritethruError as error:  # reading needs no link; watching and serving go on
            click.echo(f"no link to sign in by could be made: {error}", err=True)
            return
        click.echo("To add what is watched there, sign in by this link, once, within 10 minutes:")
        click.echo(f"{address}login/link/{secret}")


def _watching(watcher: Watcher, stop: threading.Event, failed: list[Exception]) -> None:
    """The loop beside the pages; if it fails the pages end too, rather than show an archive nobody watches."""
    try:
        watcher.run(None, stop)
    except Exception as error:
        failed.append(error)
        os.kill(os.getpid(), signal.SIGTERM)


def _clock(start: str | None, press: str | None) -> Clock | None:
    from writethru.watch.clock import SimulatedClock

    moment = moment_given(start, "--simulated-clock") if start else None
    if moment is None:
        return None
    if press:
        from writethru.watch.press_clock import PressClock

        return PressClock(moment, press)
    return SimulatedClock(moment)
