"""``status``: counts, how each outlet is doing, and alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json, print_table

if TYPE_CHECKING:
    from writethru.health.report import OutletHealth


COLUMNS = (
    "outlet",
    "articles",
    "newest found",
    "found",
    "a day before",
    "looks",
    "failed",
    "words",
    "before",
    "alarms",
)


@click.command()
@click.option("--exact", is_flag=True, help="Count everything now, however large the archive is.")
@archive_options
def status(exact: bool, call: Call) -> None:
    """Counts over the whole archive, how each outlet is doing, and alarms that last.

    Of a large archive the counts are those of `counted at`: whoever watches takes them from time to time.
    """
    from writethru.api.health_forms import health_form
    from writethru.api.watch_forms import status_form

    with call.read() as archive:
        form = status_form(archive.status(exact=exact))
        health = archive.health()
    if call.as_json:
        print_json({**form, **health_form(health)})
        return
    outcomes = ", ".join(f"{count} {name}" for name, count in sorted(form["outcomes"].items())) or "none"
    rows = [(name.replace("_", " "), value) for name, value in form.items() if name != "outcomes"]
    print_table("The record", ("what", "how many"), [*rows, ("outcomes of looks", outcomes)])
    if health.outlets:
        print_table("\nOutlets, the last day", COLUMNS, [_row(one) for one in health.outlets])
    for incident in health.lasting:
        since = f"{incident.begun_at:%Y-%m-%d %H:%M}"
        subject = f"{incident.subject.kind} {incident.subject.id}"
        click.echo(plain(f"ALARM {incident.alarm} ({subject}) since {since}: {incident.why}"))


def _row(one: OutletHealth) -> tuple[object, ...]:
    shares = ", ".join(
        f"{share:.0%} {outcome.value}"
        for outcome, share in one.shares.items()
        if outcome.value in ("error", "blocked", "suspect")
    )
    return (
        one.outlet.name,
        one.articles,
        one.newest_at,
        f"{one.found:.0f}",
        f"{one.found_before:.1f}",
        one.looks,
        shares or "none" if one.looks else None,
        None if one.words is None else f"{one.words:.0f}",
        None if one.words_before is None else f"{one.words_before:.0f}",
        ", ".join(incident.alarm.value for incident in one.incidents) or None,
    )
