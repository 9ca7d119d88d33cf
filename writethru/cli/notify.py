"""``writethru notify``: rules, a test message, what rules would have sent, and sending what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json, print_table
from writethru.text.wording import counted


@click.group()
def notify() -> None:
    """Tell people of changes, by rules.

    \b
    writethru notify rules           the rules, and what was sent lately
    writethru notify test TARGET     send a test message
    writethru notify dry-run         what the rules would have sent in the last month
    writethru notify run             note what is new and send what is due, as watch and up do by themselves
    """


@notify.command()
@archive_options
def rules(call: Call) -> None:
    """The rules of the file that `notify.rules` names; where messages go is shown without its secrets."""
    from writethru.notify.running import rulebook_of

    book = rulebook_of(call.config())
    with call.read() as archive:
        journal = archive.store.notices.journal(20)
    if call.as_json:
        sent = [
            {"rule": one.new.rule, "target": one.new.target, "article": one.new.article_id, "change": one.new.number,
             "state": one.state.value, "due": one.new.due.isoformat(), "tries": one.tries, "detail": one.detail}
            for one in journal
        ]  # fmt: skip
        print_json({"rules": [{"name": r.name, "to": [book.shown(t) for t in r.to]} for r in book.rules], "sent": sent})
        return
    rows = [
        [r.name, ", ".join(map(book.shown, r.to)), r.timing.when.value, ", ".join(r.outlets + r.articles),
         ", ".join(r.kinds), r.significance, ", ".join(r.words)]
        for r in book.rules
    ]  # fmt: skip
    print_table(counted(len(rows), "rule"), ["name", "to", "when", "of", "kinds", "from", "words"], rows)
    lines = [[n.new.due, n.new.rule, n.new.target, n.new.article_id, n.state.value, n.detail] for n in journal]
    if lines:
        print_table("Latest notices", ["due", "rule", "target", "article", "state", "detail"], lines)


@notify.command()
@click.argument("target")
@archive_options
def test(target: str, call: Call) -> None:
    """Send a test message to TARGET, a name of the rules file."""
    from writethru.notify.running import notifier_of

    with call.tried() as archive:
        notifier_of(archive.store, call.config()).test(target)
    if call.as_json:
        print_json({"target": target, "sent": True})
    else:
        click.echo(plain(f"{target}: the message was taken"))


@notify.command("dry-run")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="How far back.")
@click.option("--full", is_flag=True, help="Print the messages whole.")
@archive_options
def dry_run(days: int, full: bool, call: Call) -> None:
    """What the rules would have sent; nothing is sent, nothing is noted."""
    from writethru.notify.running import notifier_of

    now = datetime.now(UTC)
    with call.read() as archive:
        found = notifier_of(archive.store, call.config()).preview(now - timedelta(days=days), now)
    if call.as_json:
        print_json(
            [
                {"at": one.at.isoformat(), "rule": one.rule, "to": list(one.to), "changes": one.changes,
                 "title": one.message.title, "text": one.message.text, "html": one.message.html}
                for one in found
            ]
        )  # fmt: skip
        return
    for one in found:
        click.echo(plain(f"{one.at:%Y-%m-%d %H:%M} {one.rule} -> {', '.join(one.to)}: {one.message.title}"))
        if full:
            click.echo(plain(one.message.text))
    click.echo(f"{counted(len(found), 'message')} in {counted(days, 'day')}")


@notify.command()
@archive_options
def run(call: Call) -> int:
    """Note what is new and send what is due; exit code 1 if something could not be sent now."""
    from writethru.notify.running import errand_of, rulebook_of

    config = call.config()
    rulebook_of(config)
    with call.proved() as archive:
        done = errand_of(archive.store, config)
    if call.as_json:
        print_json({"noted": done.noted, "sent": done.sent, "failed": done.failed, "dropped": done.dropped})
    else:
        click.echo(f"{done.noted} noted, {done.sent} sent, {done.failed} failed, {done.dropped} dropped")
    return 1 if done.failed else 0
