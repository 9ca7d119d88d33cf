"""``workers``: who watches, on whatever machine."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import print_json, print_table

COLUMNS = (
    "machine",
    "process",
    "state",
    "last word",
    "hosts",
    "looks",
    "a minute",
    "failed",
    "errors",
    "leads",
    "version",
    "clock",
)


@click.command()
@archive_options
def workers(call: Call) -> int:
    """Who watches this record, on whatever machine, and who does what is done once.

    Exit code 1 if a worker is silent: it ended without saying so, or cannot reach the database.
    """
    from writethru.api.fleet_forms import fleet_form
    from writethru.health.fleet import State

    with call.read() as archive:
        form = fleet_form(archive.store.fleet.fleet(datetime.now(UTC)))
    silent = any(State.SILENT in one["states"] for one in form["workers"])
    if call.as_json:
        print_json(form)
        return int(silent)
    rows = [
        (
            one["host"], one["pid"], ", ".join(one["states"]), one["last_beat"], one["hosts"], one["looks"],
            f"{one['looks_per_minute']:.1f}", one["failed"], one["errors"], ", ".join(one["leads"]) or None,
            one["version"], f"{one['clock_ahead']:+.3f} s",
        )
        for one in form["workers"]
    ]  # fmt: skip
    print_table(f"{form['watching']} of {len(rows)} known workers watch", COLUMNS, rows)
    jobs = [(job["name"], job["holder"] or None, job["until"], job["behind"]) for job in form["jobs"]]
    print_table("\nWhat one process does for all", ("job", "done by", "lease until", "lines behind"), jobs)
    return int(silent)
