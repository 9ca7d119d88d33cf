"""Commands on the evidence: prove it, and derive everything from it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import log_to_stderr, plain, print_json, progress

if TYPE_CHECKING:
    from writethru.watch.rebuild import RebuildReport
    from writethru.watch.verify import VerifyReport


@click.command()
@archive_options
def verify(call: Call) -> int:
    """Re-read and re-hash all evidence, version texts and changes; exit code 1 if anything is wrong."""
    with call.proved() as archive, progress("verifying", quiet=call.as_json) as advance:
        report = archive.verify(progress=advance)
    return _print_report(report, call)


@click.command()
@archive_options
def rebuild(call: Call) -> int:
    """Derive extractions, versions, changes and edits again from the evidence.

    Reports the articles whose versions came out differently; exit code 1 if evidence was missing.
    """
    log_to_stderr()
    with call.proved() as archive, progress("rebuilding", quiet=call.as_json) as advance:
        report = archive.rebuild(progress=advance)
    return _print_report(report, call)


def _print_report(report: VerifyReport | RebuildReport, call: Call) -> int:
    """Print a report; the exit code says whether it found faults."""
    if call.as_json:
        print_json(report.to_dict())
    else:
        for fault in report.faults:
            click.echo(plain(f"FAULT {fault}"), err=True)
        click.echo(report.sentence())
    return 1 if report.faults else 0
