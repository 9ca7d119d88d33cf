"""Commands on the evidence: prove it, and derive everything from it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, Number, archive_options
from writethru.cli.output import log_to_stderr, plain, print_json, progress

if TYPE_CHECKING:
    from writethru.watch.rebuild import RebuildReport
    from writethru.watch.reextract import ReextractReport
    from writethru.watch.verify import VerifyReport

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ROOT = re.compile(r"[0-9a-f]{64}")


@click.command()
@click.option(
    "--capture", type=Number(), metavar="CAPTURE", help="Prove only this capture: its path to the day's root."
)
@click.option("--root", "roots", multiple=True, metavar="DAY=ROOT", help="A day's root as known from elsewhere.")
@archive_options
def verify(capture: int | None, roots: tuple[str, ...], call: Call) -> int:
    """Re-read and re-hash all evidence, version texts and changes; exit code 1 if anything is wrong."""
    if capture is not None:
        return _prove(capture, call)
    known = _roots(roots)
    with call.proved() as archive, progress("verifying", quiet=call.as_json) as advance:
        report = archive.verify(roots=known, progress=advance)
    for stamp in () if call.as_json else report.stamps:
        signed = {None: "signature not checked", True: "signature good", False: "SIGNATURE NOT GOOD"}[stamp.signed]
        click.echo(f"{stamp.day} time-stamped {stamp.at:%Y-%m-%d %H:%M:%S} UTC, {signed}")
    return _print_report(report, call)


def _prove(capture: int, call: Call) -> int:
    with call.proved() as archive:
        proof = archive.prove(capture)
    if call.as_json:
        print_json(proof.to_dict())
    else:
        click.echo(plain(proof.sentence()))
    return 0 if proof.holds else 1


def _roots(given: tuple[str, ...]) -> dict[str, str]:
    from writethru.errors import ConfigError

    pairs = [pair.partition("=") for pair in given]
    for day, _, root in pairs:
        if not _DAY.fullmatch(day) or not _ROOT.fullmatch(root.lower()):
            raise ConfigError("needs DAY=ROOT, as 2031-03-01= and 64 hexadecimal digits", key="--root")
    return {day: root.lower() for day, _, root in pairs}


@click.command()
@archive_options
def index(call: Call) -> None:
    """Bring index.cdxj of the evidence folder up to date, for replay tools."""
    with call.proved() as archive:
        path = archive.evidence.index()
    if call.as_json:
        print_json({"index": None if path is None else str(path)})
    else:
        click.echo(plain(path or "there is no finished evidence file yet"))


@click.command()
@archive_options
def timestamp(call: Call) -> None:
    """Seal the last day if it is over, and have sealed days time-stamped (archive.timestamp_url, RFC 3161)."""
    with call.proved() as archive:
        days = archive.stamp()
    if call.as_json:
        print_json({"stamped": days})
    else:
        click.echo(f"time-stamped: {', '.join(days) or 'nothing new'}")


@click.command()
@click.option("--extract", is_flag=True, help="Read history again as new; says what would come, writes nothing.")
@click.option("--write", is_flag=True, help="With --extract: write it; versions that vanish are kept as they were.")
@archive_options
def rebuild(extract: bool, write: bool, call: Call) -> int:
    """Derive extractions, versions, changes and edits again from the evidence; a lost database whole.

    Reports the articles whose versions came out differently; exit code 1 if evidence was missing.
    With --extract all is read with today's reader, site rules and profiles, as if seen for the first time.
    """
    log_to_stderr()
    if write and not extract:
        raise click.UsageError("--write goes with --extract")
    if extract:
        return _reextract(call, write=write)
    with call.restorable() as archive, progress("rebuilding", quiet=call.as_json) as advance:
        report = archive.rebuild(progress=advance)
    return _print_report(report, call)


def _reextract(call: Call, *, write: bool) -> int:
    """Read history again; each article that differs is named."""
    with call.proved() as archive, progress("reading again", quiet=call.as_json) as advance:
        report = archive.reextract(write=write, progress=advance)
    if not call.as_json:
        for one in report.different:
            numbers = ", ".join(map(str, one.vanish)) or "none"
            click.echo(plain(f"article {one.article_id}: {len(one.appear)} appear, vanish: {numbers}   {one.url}"))
    return _print_report(report, call)


def _print_report(report: VerifyReport | RebuildReport | ReextractReport, call: Call) -> int:
    """Print a report; the exit code says whether it found faults."""
    if call.as_json:
        print_json(report.to_dict())
    else:
        for fault in report.faults:
            click.echo(plain(f"FAULT {fault}"), err=True)
        click.echo(report.sentence())
    return 1 if report.faults else 0
