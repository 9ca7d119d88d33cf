"""``writethru article N``: one article, or the lives of its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from writethru.cli.options import ArticleRef, Call, archive_options
from writethru.cli.output import console, plain, print_json, print_table
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.lives import DatedWording, SentenceLife, SentencesView
    from writethru.views import ArticleView


@click.command()
@click.argument("article_id", metavar="ARTICLE", type=ArticleRef())
@click.option("--blame", is_flag=True, help="Which version brought each sentence of the latest text, and what it was.")
@click.option("--lost", is_flag=True, help="Sentences that stood once and stand no more.")
@click.option("--sentence", "words", metavar="WORDS", help="All wordings of the sentences that ever held these words.")
@archive_options
def article(article_id: int, blame: bool, lost: bool, words: str | None, call: Call) -> None:
    """One article: its versions, changes, looks and latest text.

    With --blame, --lost or --sentence: the life of its sentences through all versions.
    """
    if not (blame or lost or words):
        _overview(article_id, call)
        return
    with call.read() as archive:
        view = archive.sentences(article_id)
    asked = [life for shown, lives in ((blame, view.standing), (lost, view.lost)) if shown for life in lives]
    chosen = asked + [life for life in view.about(words or "") if words and life not in asked]
    if call.as_json:
        from writethru.api.json_forms import life_form

        print_json([life_form(life) for life in chosen])
        return
    _print_lives(view, chosen)


def _overview(article_id: int, call: Call) -> None:
    with call.read() as archive:
        view = archive.article(article_id)
    if call.as_json:
        _print_form(view)
        return
    _print_head(view)
    _print_changes(view)


def _print_form(view: ArticleView) -> None:
    from writethru.api.history_forms import article_history_form
    from writethru.api.json_forms import appearance_form, change_form, version_form
    from writethru.api.watch_forms import capture_form

    print_json(
        {
            **article_history_form(view),
            "versions": [version_form(version) for version in view.versions],
            "appearances": [appearance_form(appearance) for appearance in view.appearances],
            "changes": [change_form(row) for row in view.changes],
            "captures": [capture_form(capture) for capture in view.captures],
            "text": view.latest.text if view.latest else None,
        }
    )


def _print_head(view: ArticleView) -> None:
    summary = view.summary
    counts = ((summary.versions, "version"), (summary.changes, "change"), (summary.captures, "look"))
    out = console()
    out.print(plain(summary.headline), style="bold")
    out.print(plain(f"{summary.outlet} · {summary.article.url}"))
    out.print(", ".join(counted(count, noun) for count, noun in counts))
    for note in summary.notes:
        out.print(plain(f"note: {note}"))
    for line in _alerts(view):
        out.print(plain(line))
    next_look = summary.article.next_look_at or summary.article.retired_at
    if next_look:
        out.print(plain(f"next look: {summary.article.next_look_at or 'none'} ({summary.article.next_look_reason})"))


def _alerts(view: ArticleView) -> Iterator[str]:
    """Disappearances, texts in turn and further addresses, a line each."""
    from writethru.views import stamp

    if view.summary.article.same_as is not None:
        yield f"the same article as {view.summary.article.same_as}, which is followed on"
    for other in view.joined:
        yield f"also followed as article {other.id}: {other.url}"
    for absence in view.absences:
        back = f"there again not later than {stamp(absence.back)}" if absence.back else "not seen again"
        since = f"after {stamp(absence.after)} and " if absence.after else ""
        yield f"disappeared: {since}not later than {stamp(absence.first)}, gone at {absence.looks} looks; {back}"
    for turn in view.alternations:
        versions = ", ".join(map(str, turn.versions))
        times = f"{turn.returns} returns from {stamp(turn.first)} to {stamp(turn.last)}"
        yield f"shown in turn: versions {versions}, {times}"
    for alias in view.aliases:
        if alias.url != view.summary.article.url:
            yield f"address: {alias.url} ({alias.kind}, {stamp(alias.first_seen)} to {stamp(alias.last_seen)})"


def _print_changes(view: ArticleView) -> None:
    from writethru.views import observed_interval

    print_table(
        "Changes",
        ("no", "from → to", "interval", "what"),
        [
            (
                row.record.number,
                f"{row.record.from_version} → {row.record.to_version}",
                observed_interval(row.record),
                row.record.summary,
            )
            for row in view.changes
        ],
    )


def _print_lives(view: SentencesView, lives: Sequence[SentenceLife]) -> None:
    """Each sentence with what it was before; those that stand no more say so."""
    click.echo(f"{counted(len(lives), 'sentence')}, {counted(view.followed, 'appearance')} followed")
    if view.left_out:
        click.echo(f"{counted(view.left_out, 'older appearance')} left out: the history is very long")
    for life in lives:
        click.echo("\n" + "\n".join(_life_lines(life)))


def _life_lines(life: SentenceLife) -> Iterator[str]:
    yield plain(life.text)
    yield f"    {_standing(life.wordings[-1])}; {_brought(life.wordings[-1])}"
    if life.gone_with is not None:
        yield f"    gone with change {life.gone_with}"
    for wording in reversed(life.wordings[:-1]):
        yield f"    before, {_standing(wording)}: {plain(wording.text)}"
    if life.split_from:
        yield f"    split off from: {plain(life.split_from)}"


def _standing(wording: DatedWording) -> str:
    first, last = wording.from_version, wording.to_version
    return f"version {first}" if first == last else f"versions {first} to {last}"


def _brought(wording: DatedWording) -> str:
    """What brought a wording, and when it was first seen."""
    from writethru.views import stamp

    known = wording.basis.value not in ("imported", "relative")
    seen = f", first seen {stamp(wording.first_seen)}" if known else ", when is not known"
    if wording.change is None:
        return f"there from the start{seen}"
    return f"{wording.how} with change {wording.change}{seen}"
