"""``withdraw``, ``restore``, ``withdrawn``; ``pause`` and ``resume``."""

from __future__ import annotations

import click

from writethru.cli.acting import whoever_types
from writethru.cli.options import ArticleRef, Call, Number, archive_options, list_options
from writethru.cli.output import plain, print_json, print_table
from writethru.text.wording import counted

KIND = click.Choice(["article", "source"])


@click.command()
@click.argument("article_id", metavar="ARTICLE", type=ArticleRef())
@click.option("--reason", required=True, help="Why; everybody can read it in the article's place.")
@click.option("--destroy-evidence", is_flag=True, help="Destroy its records for good: it can never be restored.")
@click.option("--yes", is_flag=True, help="Do not ask before evidence is destroyed.")
@archive_options
def withdraw(article_id: int, reason: str, destroy_evidence: bool, yes: bool, call: Call) -> None:
    """Hide an article everywhere: pages, feeds, API, search and exports say that it was withdrawn, and why.

    Its evidence is kept, and `writethru restore` brings all of it back; unless --destroy-evidence.
    Articles that were found to be the same one go with it. See docs/how-to/withdraw.md.
    """
    if destroy_evidence and not yes:
        question = f"Destroy the evidence of article {article_id} for good? Nothing can bring it back"
        click.confirm(question, abort=True, err=True)
    with call.proved() as archive:
        done = archive.safety.withdraw(whoever_types(), article_id, reason, destroy_evidence=destroy_evidence)
    if call.as_json:
        print_json({"withdrawn": list(done.articles), "records_destroyed": done.records})
        return
    numbers = ", ".join(map(str, done.articles))
    end = f"; {counted(done.records, 'record')} destroyed, journalled" if destroy_evidence else "; evidence kept"
    click.echo(f"withdrawn: article {numbers}{end}")


@click.command()
@click.argument("article_id", metavar="ARTICLE", type=Number())
@archive_options
def restore(article_id: int, call: Call) -> None:
    """Put a withdrawn article back exactly as it was, and those withdrawn with it."""
    with call.proved() as archive:
        numbers = archive.safety.restore(whoever_types(), article_id)
    if call.as_json:
        print_json({"restored": list(numbers)})
    else:
        click.echo(f"restored: article {', '.join(map(str, numbers))}; `writethru analyse` finds its relations again")


@click.command()
@list_options
def withdrawn(call: Call) -> None:
    """Articles that are withdrawn: when, by whom, why, and whether their evidence is kept."""
    with call.read() as archive:
        found = archive.safety.withdrawals()
    if call.as_json:
        call.print_items(
            {
                "article": one.article_id,
                "at": one.at.isoformat().replace("+00:00", "Z"),
                "who": one.who,
                "reason": one.reason,
                "evidence": one.evidence,
            }
            for one in found
        )
        return
    rows = [(one.article_id, one.at, one.who, one.evidence, one.reason) for one in found]
    print_table(counted(len(found), "withdrawn article"), ("article", "when", "by", "evidence", "reason"), rows)


@click.command()
@click.argument("kind", type=KIND)
@click.argument("number", type=Number())
@archive_options
def pause(kind: str, number: int, call: Call) -> None:
    """Do not look at an article or a source until it is resumed."""
    with call.proved() as archive:
        archive.safety.pause(whoever_types(), kind, number)
    _done(call, "paused", kind, number)


@click.command()
@click.argument("kind", type=KIND)
@click.argument("number", type=Number())
@archive_options
def resume(kind: str, number: int, call: Call) -> None:
    """Look again at an article or a source that was paused; it is due now."""
    with call.proved() as archive:
        done = archive.safety.resume(whoever_types(), kind, number)
    _done(call, "resumed" if done else "was not paused:", kind, number)


def _done(call: Call, what: str, kind: str, number: int) -> None:
    if call.as_json:
        print_json({"done": what.rstrip(":"), "kind": kind, "id": number})
    else:
        click.echo(plain(f"{what} {kind} {number}"))
