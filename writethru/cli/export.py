"""``export``, and the import of what it wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from writethru.cli.options import Call, Number, archive_options
from writethru.cli.output import plain, print_json, progress
from writethru.errors import ConfigError, EvidenceError


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "name", type=click.Choice(["jsonl", "parquet"]), default="jsonl", show_default=True)
@click.option("--since", metavar="TIME", help="Only what was observed from then on (ISO 8601, UTC unless it says).")
@click.option("--warc", metavar="FILE", type=click.Path(path_type=Path), help="The evidence of some articles as WARC.")
@click.option("--wacz", metavar="FILE", type=click.Path(path_type=Path), help="The same as WACZ, with index and pages.")
@click.option("--article", "articles", type=Number(), multiple=True, help="For --warc and --wacz; may be repeated.")
@click.option("--story", type=Number(), help="For --warc and --wacz: every article of a storyline.")
@archive_options
def export(folder: Path | None, name: str, since: str | None, call: Call, **slices: Any) -> int:
    """Write the whole record into DIR: a file for each table, a manifest, a data dictionary.

    The folder must be empty, or hold an export that was interrupted: if the record is the same, it goes on. What has a
    manifest.json is whole. Parquet needs `pip install 'writethru[parquet]'`.

    With --warc or --wacz, the recorded bytes of articles or of a storyline instead, with a digest of every record.
    """
    form = next((form for form in ("warc", "wacz") if slices[form]), "")
    if form:
        return _slice(form, slices[form], slices, call)
    if folder is None:
        raise ConfigError("name a folder, or a file with --warc or --wacz", key="DIR")
    with call.proved() as archive, progress("exporting", quiet=call.as_json) as advance:
        report = archive.exchange.write(folder, name, _moment(since), progress=advance)
    if call.as_json:
        print_json(report.to_dict())
        return 0
    kept = f"; {', '.join(report.kept)} were there already" if report.kept else ""
    click.echo(f"wrote {_counts(report.rows)}{kept}")
    return 0


def _slice(form: str, path: Path, wanted: dict[str, Any], call: Call) -> int:
    """Write evidence of articles or of a storyline; 6 where some of it is missing."""
    from writethru.slices import HandingOver

    if bool(wanted["articles"]) == (wanted["story"] is not None):
        raise ConfigError("say whose evidence: --article N (one or more) or --story N", key=f"--{form}")
    with call.proved() as archive:
        handing = HandingOver(archive.store, archive.evidence)
        if wanted["articles"]:
            report = handing.articles(form, path, wanted["articles"])
        else:
            report = handing.story(form, path, wanted["story"])
    if call.as_json:
        print_json(report.to_dict())
    else:
        for capture, why in report.missing:
            click.echo(plain(f"capture {capture} is not in it: {why}"), err=True)
        click.echo(f"wrote {report.captures:,} captures, {report.records:,} records, {report.size:,} bytes to {path}")
    return EvidenceError.exit_code if report.missing else 0


def take_in(folder: Path, call: Call, *, dry_run: bool) -> int:
    """Make an empty archive the one that was exported into a folder."""
    opened = call.tried if dry_run else call.opened
    with opened() as archive, progress("importing", quiet=call.as_json) as advance:
        if dry_run:
            from writethru.export.service import read_manifest

            rows = {table: entry["rows"] for table, entry in read_manifest(folder)["tables"].items()}
        else:
            rows = archive.exchange.take_in(folder, progress=advance).rows
            archive.search.follow()
    if call.as_json:
        print_json({"rows": rows})
    else:
        click.echo(f"{'would take' if dry_run else 'took'} in {_counts(rows)}")
    return 0


def _counts(rows: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {table}" for table, count in rows.items())


def _moment(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise ConfigError("not an ISO 8601 time, as 2031-03-01 or 2031-03-01T06:00Z", key="--since") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
