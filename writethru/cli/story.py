"""``writethru story``: which articles tell of one happening, which happenings continue each other, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json, print_table
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.analyse.stories import EventRow, EventView, LinkView, Stories, StoryView
    from writethru.storage.story_store import StoryLogEntry

RULES = {"must_link": "must-link", "cannot_link": "cannot-link", "pin": "pin"}


@click.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option("--event", is_flag=True, help="NUMBER is an event: its articles, and why each is in it.")
@click.option("--article", is_flag=True, help="NUMBER is an article: its events, or why it is in none.")
@click.option("--log", "journal", is_flag=True, help="The journal of memberships, of all or of this event or article.")
@click.option("--must-link", type=click.IntRange(min=1), help="Rule: article NUMBER and this one are one event.")
@click.option("--cannot-link", type=click.IntRange(min=1), help="Rule: article NUMBER and this one are not.")
@click.option("--pin", type=click.IntRange(min=1), help="Rule: article NUMBER belongs to this event.")
@click.option("--withdraw", is_flag=True, help="NUMBER is a ruling: it holds no longer.")
@click.option("--rulings", is_flag=True, help="What was ruled and holds.")
@click.option("--by", default="", help="Who rules.")
@click.option("--reason", default="", help="Why.")
@archive_options
def story(number: int | None, call: Call, **asked: object) -> int:
    """Events and storylines.

    Without arguments the latest events are listed; with NUMBER the storyline of that event is told. Every
    membership has its reason; what editors rule is honoured by every later run.
    """
    chosen = {name: value for name, value in asked.items() if value}
    if number is None and set(chosen) - {"journal", "rulings", "by", "reason"}:
        raise click.UsageError("say which NUMBER; `writethru story` lists events")
    with call.proved() as archive:
        archive.analyse()
        if number is None:
            return _overview(archive.stories, chosen, call)
        if chosen.pop("withdraw", False):
            archive.stories.withdraw(number)
            click.echo(f"ruling {number} holds no longer")
            return 0
        _rule(archive.stories, number, chosen, call)
        _tell(archive.stories, number, chosen, call)
        return 0


def _overview(stories: Stories, chosen: dict[str, object], call: Call) -> int:
    from writethru.api.story_forms import event_row_form, log_form, ruling_form

    if "rulings" in chosen:
        print_json([ruling_form(one) for one in stories.rulings()])
        return 0
    if "journal" in chosen:
        entries = stories.log()
        print_json([log_form(one) for one in entries]) if call.as_json else _print_log(entries)
        return 0
    rows, _ = stories.events()
    print_json([event_row_form(one) for one in rows]) if call.as_json else _print_rows("events", rows)
    return 0


def _rule(stories: Stories, number: int, chosen: dict[str, object], call: Call) -> None:
    """Rule where that was asked; what is shown after it is the article's events."""
    by, reason = str(chosen.pop("by", "")), str(chosen.pop("reason", ""))
    for option, kind in RULES.items():
        other = chosen.pop(option, None)
        if isinstance(other, int):
            made = stories.rule(kind, number, other, by=by, reason=reason)
            if not call.as_json:
                click.echo(f"ruling {made.id} noted: {kind} {number} {made.other_id}")
            chosen["article"] = True


def _tell(stories: Stories, number: int, chosen: dict[str, object], call: Call) -> None:
    from writethru.api import story_forms as forms

    if "journal" in chosen:
        of_article = "article" in chosen
        entries = stories.log(article_id=number) if of_article else stories.log(event_id=number)
        print_json([forms.log_form(one) for one in entries]) if call.as_json else _print_log(entries)
    elif "article" in chosen:
        _article(stories, number, call)
    elif "event" in chosen:
        view = stories.event(number)
        print_json(forms.event_form(view)) if call.as_json else _print_event(view)
    else:
        told = stories.story(number)
        print_json(forms.story_form(told)) if call.as_json else _print_story(told)


def _article(stories: Stories, number: int, call: Call) -> None:
    from writethru.api.story_forms import article_form

    members, undecided = stories.of_article(number), stories.undecided(number)
    if call.as_json:
        print_json(article_form(members, undecided))
    elif undecided is not None:
        click.echo(plain(undecided.explanation))
    else:
        for member in members:
            click.echo(plain(f"event {member.event_id}: {member.explanation}"))


def _print_rows(title: str, rows: Sequence[EventRow]) -> None:
    print_table(
        counted(len(rows), title.removesuffix("s")),
        ("event", "storyline", "first", "last", "articles", "headline", "names"),
        [
            (row.id, row.story_id, _day(row.first_at), _day(row.last_at), row.articles, row.title, _few(row.names))
            for row in rows
        ],
    )


def _print_event(view: EventView) -> None:
    click.echo(plain(f"event {view.row.id} of storyline {view.row.story_id}: {view.row.title}"))
    for member in view.members:
        also = "" if member.main else " (also)"
        name = f"{member.summary.outlet or member.summary.article.host}: {member.summary.headline}"
        click.echo(plain(f"  {member.summary.article.id}{also} {_day(member.at)} {name}"))
        click.echo(plain(f"      {member.explanation}"))
    _print_links(view.links)


def _print_story(view: StoryView) -> None:
    click.echo(plain(f"storyline {view.id}: {view.title} ({', '.join(view.names)})"))
    if view.cut:
        click.echo("only its latest events are shown")
    _print_rows("events", view.events)
    _print_links(view.links)


def _print_links(links: Sequence[LinkView]) -> None:
    for link in links:
        click.echo(plain(f"  {link.later} → {link.earlier}: {link.explanation} ({link.score:.2f})"))


def _print_log(entries: Sequence[StoryLogEntry]) -> None:
    print_table(
        counted(len(entries), "line"),
        ("line", "at", "what", "article", "event", "why"),
        [
            (one.seq, f"{one.at:%Y-%m-%d %H:%M}", one.action, one.article_id or "", one.event_id or "", _why(one))
            for one in entries
        ],
    )


def _why(entry: StoryLogEntry) -> str:
    form = entry.form
    parts = [f"{name} {form[name]}" for name in ("from", "into", "story") if form.get(name)]
    return "; ".join([*parts, *([form["cause"]] if form.get("cause") else [])])


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:3])


def _day(moment: object) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
