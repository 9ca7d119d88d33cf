"""``cold``: finished evidence files on a slower disk or in an object store."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json, print_table


@click.group()
def cold() -> None:
    """Keep finished evidence files in cold storage (archive.cold_url); captures are read from there as before."""


@cold.command()
@click.option(
    "--older-than", type=click.FloatRange(0), default=0.0, metavar="DAYS", help="Only files finished so long ago."
)
@click.option("--free", is_flag=True, help="Remove the copies here of files that are safely there.")
@archive_options
def send(older_than: float, free: bool, call: Call) -> None:
    """Send finished files, read each back and compare; nothing is removed here without --free.

    Files that may hold looks which the record does not know yet are left alone.
    """
    with call.proved() as archive:
        done = archive.evidence.send(older_than=timedelta(days=older_than), free=free)
    if call.as_json:
        print_json(done.to_dict())
        return
    left = f"; {len(done.left)} left alone: the record may not know all in them" if done.left else ""
    click.echo(
        f"{len(done.sent)} files sent and read back ({done.size / 1e6:.1f} MB), {len(done.freed)} freed here{left}"
    )


@cold.command()
@click.argument("names", nargs=-1)
@archive_options
def recall(names: tuple[str, ...], call: Call) -> None:
    """Bring files back, all that were sent if no NAMES are given; each is compared with what was sent."""
    with call.proved() as archive:
        back = archive.evidence.recall(names)
    if call.as_json:
        print_json({"recalled": back})
    else:
        click.echo(plain(f"{len(back)} files brought back"))


@cold.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--older-than", type=click.FloatRange(0), default=0.0, metavar="DAYS", help="Only files finished so long ago."
)
@archive_options
def pack(folder: Path, older_than: float, call: Call) -> None:
    """Copy finished files into FOLDER as .warc.zst, each record as it stands in a frame of its own; each is read back.

    The files here stay: the ledger proves them as they are. What is packed in FOLDER already is left alone.
    """
    with call.proved() as archive:
        done = archive.evidence.pack(folder, older_than=timedelta(days=older_than))
    if call.as_json:
        print_json([asdict(one) for one in done])
        return
    before, after = sum(one.size_before for one in done), sum(one.size for one in done)
    click.echo(f"{len(done)} files packed and read back: {before / 1e6:.1f} MB here, {after / 1e6:.1f} MB there")


@cold.command(name="list")
@archive_options
def list_(call: Call) -> None:
    """What was sent to cold storage, and whether a copy is here too."""
    with call.proved() as archive:
        sent = archive.evidence.sent().values()
        here = {path.name for path in archive.evidence.files()}
    rows = [(one.file, one.size, one.at, "yes" if one.file in here else "no") for one in sent]
    if call.as_json:
        names = ("file", "size", "sent_at", "here")
        print_json([dict(zip(names, (*row[:3], row[3] == "yes"), strict=True)) for row in rows])
    else:
        print_table(f"{len(rows)} files in cold storage", ("file", "bytes", "sent", "here too"), rows)
