"""``replay``: the press by hand; ``demo``: the demo press, watched and shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from writethru.cli.output import log_to_stderr, print_json, progress

PAGES_HOST = "127.0.0.1"


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8901, show_default=True, help="Port on 127.0.0.1; 0 = any."
)
@click.option("--speed", type=float, default=1.0, show_default=True, help="Virtual seconds per second; 0 stands still.")
@click.option("--at", default="", metavar="TIME", help="Virtual time to start at [default: the first version].")
@click.option(
    "--misbehave", multiple=True, metavar="RULE", help="KIND[=ARG][:CHANCE%]@HOST/PATH[@FROM..UNTIL]; repeatable."
)
@click.option("--furniture", type=click.Choice(["none", "lively"]), help="What stands around the articles.")
def replay(path: Path, port: int, speed: float, at: str, misbehave: tuple[str, ...], furniture: str | None) -> None:
    """Serve versions of articles, feeds and robots.txt on a virtual clock.

    PATH is a versions JSONL file, a folder of HTML, or a press script.
    """
    from writethru.press import ReplayOptions, run_replay

    run_replay(
        ReplayOptions(
            path, port=port, speed=speed, at=at, misbehave=misbehave, furniture=furniture or "", say=click.echo
        )
    )


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-archive"),
    show_default=True,
    help="Where the demo's archive is made (an earlier demo there is replaced).",
)
@click.option("--days", type=click.IntRange(1, 400), default=40, show_default=True, help="Virtual days to play.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port of the pages.")
@click.option("--no-serve", is_flag=True, help="Stop when the days are played.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def demo(folder: Path, days: int, port: int, no_serve: bool, no_browser: bool, as_json: bool) -> None:
    """Play four fictional outlets for 40 virtual days, watch them, and open the pages at the first change."""
    log_to_stderr()
    from writethru.web.serve import ensure_free

    if no_serve:
        _play(folder, days, as_json=as_json)
        return
    ensure_free(PAGES_HOST, port)
    _play_beside(folder, days, as_json=as_json)
    _show(folder, port, browser=not no_browser)


def _play(folder: Path, days: int, *, as_json: bool, shown: Callable[[], None] | None = None) -> None:
    from writethru.demo import play_demo

    with progress("playing", quiet=as_json) as advance:
        report = play_demo(folder, days=days, progress=advance, shown=shown)
    if as_json:
        print_json(report.to_dict())
    else:
        click.echo(report.sentence())


def _play_beside(folder: Path, days: int, *, as_json: bool) -> None:
    """Play in a thread of its own; come back when there is a change to look at, or with what went wrong before."""
    import threading

    ready, failures = threading.Event(), []

    def play() -> None:
        try:
            _play(folder, days, as_json=as_json, shown=ready.set)
        except Exception as error:
            if ready.is_set():
                click.echo(f"The demo broke off: {error}", err=True)
            failures.append(error)
        finally:
            ready.set()

    threading.Thread(target=play, name="demo", daemon=True).start()
    ready.wait()
    if failures:
        raise failures[0]


def _show(folder: Path, port: int, *, browser: bool) -> None:
    import threading
    import webbrowser

    from writethru.archive import open_archive
    from writethru.demo import demo_config
    from writethru.web.serve import serve

    def announce(address: str) -> None:
        click.echo(f"The pages are at {address} (Ctrl-C to stop).")
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    config = demo_config(folder)
    with open_archive(config.archive.database, config) as archive:
        serve(archive, host=PAGES_HOST, port=port, ready=announce)
