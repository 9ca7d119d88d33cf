"""``backup`` and ``from-backup``."""

from __future__ import annotations

from pathlib import Path

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json
from writethru.text.wording import counted


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@archive_options
def backup(folder: Path, call: Call) -> None:
    """Copy the whole archive into FOLDER while it runs; run again, only what is new is copied.

    The database is copied as it is at one moment, then the evidence with its digests. One that fails or is
    killed leaves the last whole backup as it was. PostgreSQL needs pg_dump. See docs/how-to/run-it.md.
    """
    from writethru.backup.make import back_up

    config = call.config()
    with call.proved():
        pass  # there is one, of our schema
    report = back_up(config.archive.database, config.evidence_folder(), folder)
    if call.as_json:
        print_json(report.to_dict())
        return
    click.echo(
        plain(
            f"backed up as of {report.made_at}: {counted(report.files, 'evidence file')}, {report.copied} of them "
            f"copied now, {report.size:,} bytes in all, in {folder}"
        )
    )


@click.command("from-backup")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@archive_options
def from_backup(folder: Path, call: Call) -> None:
    """Make an archive from a backup: a new database (--db) and a new evidence folder.

    Every file is compared with its digest first. Looks that were made during the backup are taken in
    by the next `writethru watch`; `writethru verify` proves all of it.
    """
    from writethru.backup.restore import make_from

    config = call.config()
    report = make_from(folder, config.archive.database, config.evidence_folder())
    if call.as_json:
        print_json(report.to_dict())
        return
    click.echo(f"made from the backup of {report.made_at}: {counted(report.files, 'file')}, {report.size:,} bytes")
    click.echo("next: writethru verify")
