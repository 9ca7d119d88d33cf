"""``schedule``: try a schedule on what is known to have happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from writethru.cli.output import print_json, print_table
from writethru.errors import InputError

if TYPE_CHECKING:
    from writethru.schedule.load import Load

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


@schedule.command()
@click.option("--outlets", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--articles", type=float, default=27.4, show_default=True, help="New ones of an outlet on a day.")
@click.option("--looks", type=float, default=21.4, show_default=True, help="Of an article in its life.")
@click.option("--versions", type=float, default=2.0, show_default=True, help="Of an article that are seen.")
@click.option("--unmodified", type=float, default=0.3, show_default=True, help="Share of looks answered 304.")
@click.option("--identical", type=float, default=0.2, show_default=True, help="Share answered with the same bytes.")
@click.option("--page", type=int, default=25_000, show_default=True, help="Bytes of a page as it is sent.")
@click.option("--sources", type=int, default=2, show_default=True, help="Feeds and sitemaps of an outlet.")
@click.option("--source-minutes", type=float, default=20.0, show_default=True, help="How often each is read.")
@click.option("--feed", type=int, default=10_000, show_default=True, help="Bytes of a feed as it is sent.")
@click.option("--peak", type=float, default=2.2, show_default=True, help="Busiest hour by an average one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def load(as_json: bool, **given: Any) -> None:
    """Say what watching so many outlets will cost: requests, processors, bytes.

    A model, not a measurement of your outlets: what differs from one to the other is an option, what one look costs was
    measured. docs/reference/load.md says how far it was right.
    """
    from writethru.schedule.load import Fleet, load_of

    found = load_of(Fleet(**given))
    if as_json:
        print_json({"fleet": given, "load": found.to_dict()})
        return
    print_table("A day in a steady state", ("what", "amount"), _load_rows(found))


def _load_rows(load: Load) -> list[tuple[str, str]]:
    gigabyte = 1e9
    year = load.to_dict()
    return [
        ("new articles", f"{load.articles:,.0f}"),
        ("looks at articles", f"{load.looks:,.0f}"),
        ("reads of sources", f"{load.source_reads:,.0f}"),
        ("requests a second", f"{load.requests_a_second:.1f}, {load.peak_requests:.1f} in the busiest hour"),
        ("looks an hour at one outlet", f"{load.per_host:.1f}"),
        ("processor time", f"{load.cpu_seconds / 3600:.1f} hours"),
        ("cores", f"{load.cores:.1f} in the busiest hour, half of each left free"),
        ("received", f"{load.received / gigabyte:.1f} GB"),
        ("evidence", f"{load.evidence / gigabyte:.1f} GB, {year['evidence_a_year'] / gigabyte:,.0f} GB a year"),
        ("database", f"{load.database / gigabyte:.2f} GB, {year['database_a_year'] / gigabyte:,.0f} GB a year"),
    ]


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
