"""``schedule``: try a schedule on what is known to have happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from writethru.cli.output import print_json, print_table
from writethru.errors import InputError

if TYPE_CHECKING:
    pass

OURS: Final = "writethru"

DEFAULT_POLICIES: Final = (OURS, "news-sniffer", "newsdiffs", "age:0.35", "fixed:60")

COLUMNS: Final = {
    "looks_per_article": "looks an article",
    "versions_caught": "versions caught",
    "updates_caught": "updates caught",
    "median_delay_min": "median delay, min",
    "p90_delay_min": "90 % within, min",
}


@click.group()
def schedule() -> None:
    """When articles are looked at again."""


@schedule.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME",
    help="writethru, news-sniffer, newsdiffs, fixed:MIN or age:FACTOR; may be given more than once. [default: all]",
)
@click.option(
    "--looks",
    "--budget",
    "looks",
    type=click.FloatRange(min=1),
    help="Most looks an average article may cost (ours only).",
)
@click.option(
    "--days", type=click.FloatRange(0.1, 400), default=30.0, show_default=True, help="Follow articles so long."
)
@click.option("--floor", type=click.FloatRange(1), default=None, help="Least minutes between looks (ours only).")
@click.option("--sample", type=click.IntRange(min=1), help="Only so many articles, spread evenly over the file.")
@click.option("--no-learning", is_flag=True, help="Ours by the shipped prior alone, without learning from the file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def simulate(file: Path, policies: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Replay FILE, gzip'd CSV of articles and their updates, against a policy.

    The file has the columns published_utc (2031-03-01T06:00Z) and update_minutes_after_publication ("152 265").
    Printed are the looks that an article costs, the share of versions that some look saw before the next
    replaced them, and how late updates were seen. Articles count as those of one outlet; our policy learns its
    rhythm as it goes, only ever from what it has seen by then.
    """
    from writethru.cli.update_file import read_histories
    from writethru.schedule.replay import sample

    names = policies or DEFAULT_POLICIES
    checked = [(name, _replaying(name, given)) for name in names]
    histories = read_histories(file)
    if given["sample"]:
        histories = sample(histories, given["sample"])
    rows = [{"policy": name, "days": given["days"], **replay(histories).to_dict()} for name, replay in checked]
    if as_json:
        print_json(rows[0] if len(rows) == 1 else rows)
        return
    print_table(
        f"{len(histories)} articles, each followed for {given['days']:g} days",
        ("policy", *COLUMNS.values()),
        [(row["policy"], *(_cell(name, row[name]) for name in COLUMNS)) for row in rows],
    )


def _replaying(name: str, given: dict[str, Any]) -> Any:
    """A function from articles to a score. Raises InputError for an unknown policy."""
    from writethru.schedule.replay import replay_ours, replay_rule
    from writethru.schedule.rules import rule_of

    if name == OURS:
        policy = _policy(given)
        learning = not given["no_learning"]
        return lambda histories: replay_ours(histories, policy, given["days"], learning=learning)
    if given["looks"] or given["floor"] or given["no_learning"]:
        raise InputError("--looks, --floor and --no-learning are for the policy writethru", key=name)
    rule = rule_of(name)
    return lambda histories: replay_rule(histories, rule, given["days"])


def _policy(given: dict[str, Any]) -> Any:
    from datetime import timedelta

    from writethru.schedule import SchedulePolicy

    policy = SchedulePolicy()
    return SchedulePolicy(
        floor=policy.floor if given["floor"] is None else timedelta(minutes=given["floor"]),
        looks=given["looks"] or policy.looks,
    )


def _cell(name: str, value: float) -> str:
    return f"{100 * value:.2f} %" if name.endswith("caught") else f"{value:g}"
