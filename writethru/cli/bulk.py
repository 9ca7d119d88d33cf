"""``bulk``: archives of files into partitioned Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from writethru.cli.output import plain, print_json, progress
from writethru.errors import InputError
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.bulk.engines import Engine


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
    help="Where the result goes: an empty folder, or one with the same job unfinished.",
)  # fmt: skip
@click.option("--engine", type=click.Choice(["processes", "spark"]), default="processes", show_default=True)
@click.option("--workers", type=click.IntRange(1, 512), help="Processes [default: one for each core].")
@click.option("--master", metavar="URL", help="Of Spark [default: local[*]].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bulk(
    paths: tuple[Path, ...], out: Path, engine: str, workers: int | None, master: str | None, as_json: bool
) -> int:
    """Read whole archives and write versions, changes, passages, events, statements as Parquet by outlet and month.

    PATH is what `import` reads: WARC, folders of WARC, saved pages, versions JSONL. Nothing goes into a database;
    `writethru import DIR` makes one of the result. What was finished when a job ended early is kept: start it
    again with the same words. Needs `pip install 'writethru[parquet]'`. The exit code is 3 where something was skipped.
    """
    from writethru.bulk.job import Job

    with progress("bulk", quiet=as_json) as advance, _engine(engine, workers, master) as chosen:
        report = Job(out, chosen, advance).run(paths)
    if as_json:
        print_json(report.to_dict())
        return InputError.exit_code if report.skipped else 0
    for origin, message in report.skipped:
        click.echo(plain(f"skipped {message if message.startswith(origin) else f'{origin}: {message}'}"), err=True)
    click.echo(
        f"{counted(report.captures, 'capture')} of {counted(report.articles, 'article')}: "
        f"{counted(report.versions, 'version')}, {counted(report.changes, 'change')}; {counted(report.pairs, 'pair')} "
        f"that share text, {counted(report.events, 'event')}, {counted(report.statements, 'statement')}; "
        f"{report.already_known} twice, "
        f"{report.listed} only listed, {len(report.skipped)} skipped; {report.kept} of {report.parts} parts were there "
        f"already, {report.lost} workers lost ({report.seconds:.1f} s, {report.cpu_seconds:.1f} s of CPU)"
    )
    return InputError.exit_code if report.skipped else 0


@contextmanager
def _engine(name: str, workers: int | None, master: str | None) -> Iterator[Engine]:
    from writethru.bulk.engines import Processes

    if name == "processes":
        with Processes(workers or 0) as processes:
            yield processes
        return
    from writethru.bulk.spark import Spark

    with Spark(master or f"local[{workers or '*'}]") as spark:
        yield spark
