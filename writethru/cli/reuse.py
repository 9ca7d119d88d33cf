"""``writethru reuse``: who copied whom; ``writethru analyse`` brings that up to date."""

from __future__ import annotations

import threading
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import console, plain, print_json, print_table, progress
from writethru.cli.stopping import stop_on_signals
from writethru.text.wording import counted

if TYPE_CHECKING:
    from writethru.analyse.shared_text import Match, PairSide, PairView
    from writethru.archive import Archive
    from writethru.storage.reuse_store import ReusePair


@click.command()
@click.option(
    "--encoder",
    metavar="LEVEL|off",
    help="From now on events of four to eight articles are parted where an encoder (extra [nlp]) finds articles less"
    " alike than this, say 0.6; the archive remembers it. Instead of the setting events.encoder.",
)
@archive_options
def analyse(encoder: str | None, call: Call) -> None:
    """Bring what is derived across articles up to date, as import and watch do by themselves.

    It is done article by article and can be stopped at any time. Where a watch is at it, it is left to that.
    """
    from writethru.config import EventsConfig

    stop = threading.Event()
    stop_on_signals(stop, "article")
    with call.proved() as archive, progress("analysing", quiet=call.as_json) as advance:
        if encoder is not None:
            archive.config = replace(archive.config, events=EventsConfig(encoder))
        reports = archive.analyse(progress=advance, stopped=stop.is_set)
    if call.as_json:
        print_json([asdict(report) for report in reports])
        return
    for report in reports:
        said = f"another process is at it: {report.elsewhere}" if report.elsewhere else ""
        click.echo(plain(f"{report.name}: {said or counted(report.articles, 'article') + ' analysed'}"))
        for article_id, why in report.failed:
            click.echo(plain(f"article {article_id} could not be analysed: {why}"), err=True)


@click.command()
@click.argument("one", metavar="[A]", required=False)
@click.argument("other", metavar="[B]", required=False)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A press release, a wire or any page: which archived articles share its text?",
)
@click.option(
    "--stemma",
    type=click.Choice(["svg", "graphml", "json"]),
    help="Print the tree of descent that article A belongs to.",
)
@archive_options
def reuse(one: str | None, other: str | None, against: Path | None, stemma: str | None, call: Call) -> int:
    """Who copied whom: text that articles share, outside quotation marks.

    Without arguments all pairs are listed; with A the pairs of that article; with A and B the two are
    compared, with what was changed on the way. A and B are numbers of articles, or two files.
    """
    if against is not None:
        return _against(against, call)
    if one is not None and other is not None and not (one.isdigit() and other.isdigit()):
        if one.isdigit() or other.isdigit():
            raise click.UsageError(f"{one!r} and {other!r}: give the numbers of two articles, or two files")
        return _files(one, other, call)
    with call.read() as archive:
        archive.analyse()
        if stemma is not None:
            return _stemma(archive, _number(one), stemma)
        if one is None or other is None:
            return _listing(archive, None if one is None else _number(one), call)
        return _pair(archive.shared.pair(_number(one), _number(other)), call)


def _number(text: str | None) -> int:
    if text is None or not text.isdigit():
        raise click.UsageError(
            f"{text or 'nothing'!r} is not the number of an article; `writethru articles` lists them"
        )
    return int(text[:12])


def _listing(archive: Archive, article_id: int | None, call: Call) -> int:
    from writethru.api.reuse_forms import pair_form

    pairs = archive.shared.pairs(article_id)
    if call.as_json:
        print_json([pair_form(pair) for pair in pairs])
        return 0
    there = archive.shared.count(article_id)
    thirds = archive.shared.thirds(pairs)
    print_table(
        counted(there, "pair") + (f", the {len(pairs)} that share most" if there > len(pairs) else ""),
        ("articles", "verdict", "source", "of A", "of B", "words", "why"),
        [
            (
                f"{pair.a_id} · {pair.b_id}",
                pair.verdict,
                str(thirds.get((pair.a_id, pair.b_id), "")) or _source(pair, "earlier: "),
                f"{pair.shared_a:.0%}",
                f"{pair.shared_b:.0%}",
                pair.words,
                "; ".join(e["words"] for e in pair.form["evidence"]),
            )
            for pair in pairs
        ],
    )
    return 0


def _source(pair: ReusePair, earlier: str, source: str = "") -> str:
    """Which of the two it is, behind the word for one that the other credits, or that was only first."""
    from writethru.reuse.verdict import is_made

    if not pair.source:
        return f"{source}not decided"
    return f"{source if is_made(pair.source, pair.form['evidence']) else earlier}{_from_to(pair)[0]}"


def _from_to(pair: ReusePair) -> tuple[int, int]:
    """The numbers of the two, as alterations are told: the first of them first, where that is decided."""
    return (pair.b_id, pair.a_id) if pair.source == "b" else (pair.a_id, pair.b_id)


def _pair(view: PairView, call: Call) -> int:
    from writethru.api.reuse_forms import name_of, pair_detail_form, third_name
    from writethru.reuse.verdict import in_words

    if call.as_json:
        print_json(pair_detail_form(view))
        return 0
    out = console()
    pair = view.pair
    out.print(plain(f"{pair.a_id}  {name_of(view.a)} (version {pair.a_version})"))
    out.print(plain(f"{pair.b_id}  {name_of(view.b)} (version {pair.b_version})"))
    said = in_words(pair.verdict, pair.source, pair.form["evidence"], third_name(view))
    source = f"source: {view.third.article.id}" if view.third else _source(pair, "earlier: ", "source: ")
    out.print(plain(f"{pair.verdict}: {said}; {source}"), style="bold")
    out.print(f"{pair.shared_a:.0%} of {pair.a_id} and {pair.shared_b:.0%} of {pair.b_id} is shared")
    for evidence in pair.form["evidence"]:
        out.print(plain(f"- {evidence['words']}"))
    for title, found in (("shared", "passages"), ("quoted by both", "quotations")):
        for passage in pair.form[found]:
            out.print(plain(f"\n{title}, {counted(passage['words'], 'word')}:"), style="bold")
            out.print(plain(f"  {pair.a_id}: {_shown(view.a, passage['a'])}"))
            out.print(plain(f"  {pair.b_id}: {_shown(view.b, passage['b'])}"))
    if pair.verdict != "not-derived":
        _print_alterations(view)
    return 0


def _print_alterations(view: PairView) -> None:
    from writethru.reuse.verdict import is_made

    out = console()
    told, pair = view.alterations, view.pair
    made = is_made(pair.source, pair.form["evidence"], third=view.third is not None)
    first, second = _from_to(pair)
    for edit in told.altered:
        if edit.old_text == edit.new_text:
            out.print(plain(f"\nelsewhere in {second}:"), style="bold")
            out.print(plain(f"    {edit.old_text}"))
            continue
        done = "changed" if made else "differs"
        out.print(plain(f"\n{done} ({', '.join(kind.value for kind in edit.kinds) or 'wording'}):"), style="bold")
        out.print(plain(f"  - {first}: {edit.old_text}"))
        out.print(plain(f"  + {second}: {edit.new_text}"))
    if told.lead_cut or told.tail_cut:
        cut = " and ".join(name for name, done in (("the lead", told.lead_cut), ("the end", told.tail_cut)) if done)
        left = "of the source: left out" if made else f"of {first}: not in {second}"
        out.print(f"\n{cut} {left}")
    for old, new in view.still_there:
        corrected, other = (pair.a_id, pair.b_id) if view.corrected_by == "a" else (pair.b_id, pair.a_id)
        out.print(plain(f"\n{corrected} has corrected since what still stands in {other}:"), style="bold")
        out.print(plain(f"  - {old}"))
        out.print(plain(f"  + {new}"))


def _shown(side: PairSide, stretches: list[list[int]]) -> str:
    return " ¶ ".join(side.text.blocks[block].text[start:end] for block, start, end in stretches)


def _against(path: Path, call: Call) -> int:
    from writethru.api.reuse_forms import match_form
    from writethru.watch.alone import text_of

    text = text_of(str(path), call.config)
    with call.read() as archive:
        archive.analyse()
        matches = archive.shared.against(text, path.name)
    if call.as_json:
        print_json([match_form(match) for match in matches])
        return 0
    print_table(
        f"{counted(len(matches), 'article')} that share text with {path.name}",
        ("article", "outlet", "headline", "verdict", "of the article", "of the text"),
        [_match_row(match) for match in matches],
    )
    return 0


def _match_row(match: Match) -> tuple[object, ...]:
    summary, found = match.summary, match.reuse
    shares = f"{found.shared_a:.0%}", f"{found.shared_b:.0%}"
    return (summary.article.id, summary.outlet, summary.headline, found.verdict.value, *shares)


def _files(one: str, other: str, call: Call) -> int:
    from writethru.analyse.compared_texts import reuse_form
    from writethru.analyse.reuse import compared, words_of
    from writethru.watch.alone import text_of

    texts = text_of(one, call.config), text_of(other, call.config)
    for text, name in zip(texts, (one, other), strict=True):
        words_of(text, name)
    found, a, b = compared(*texts)
    form = {
        "verdict": found.verdict.value,
        "shared_a": round(found.shared_a, 4),
        "shared_b": round(found.shared_b, 4),
        **reuse_form(found, a, b),
    }
    if call.as_json:
        print_json(form)
        return 0
    click.echo(
        f"{found.verdict.value}: {found.shared_a:.0%} of the first and {found.shared_b:.0%} of the second is shared; "
        f"{counted(len(found.passages), 'passage')}, {counted(len(found.quotations), 'shared quotation')}"
    )
    for passage in form["passages"]:
        for text, side in zip(texts, "ab", strict=True):
            shown = " ¶ ".join(text.blocks[block].text[start:end] for block, start, end in passage[side])
            click.echo(plain(f"  {side}: {shown}"))
    return 0


def _stemma(archive: Archive, article_id: int, form: str) -> int:
    from writethru.api.reuse_forms import stemma_form
    from writethru.reuse.drawing import to_graphml, to_svg

    view = archive.shared.stemma(article_id)
    if form == "json":
        print_json(stemma_form(view))
    else:
        click.echo(to_svg(view.drawn) if form == "svg" else to_graphml(view.drawn))
    return 0
