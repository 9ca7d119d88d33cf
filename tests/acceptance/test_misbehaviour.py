"""Each way in which a host can go wrong: the right outcome and reason, and never a version."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.test_watching import BRIDGE, WORDS, canonical_of
from tests.acceptance.watching import NOON, Watched, state, watched
from writethru.press import Kind, Manner, Rule

PLACE = canonical_of(BRIDGE)
LONG = (
    WORDS.format("Twelve")
    + "\n"
    + "\n".join(
        f"Witness {n} told the paper that the noise was heard across the valley before dawn." for n in range(12)
    )
)
SNOW = (
    "Forecasters expect heavy snow above three hundred metres on Saturday night and again before dawn on Sunday.\n"
    "Farmers were told to bring sheep down from the fells, and the county has put forty gritting lorries on call.\n"
    "Schools in the upper dales may stay closed until Tuesday if buses cannot run, a spokeswoman for the county said.\n"
    "The last storm of this kind, nine winters ago, cut off two villages for the better part of a week and brought "
    "down power lines near the reservoir.\n"
    "Shops reported a run on bread, candles and batteries, although the grid operator says that it has spare crews "
    "ready and does not expect long cuts this time."
)
LINES = [state(BRIDGE, 0, "Bridge shut", LONG), state("https://post.example/snow", 0, "Snow is coming", SNOW)]
START, END = NOON + timedelta(hours=2), NOON + timedelta(hours=4)

EXPECTED = [
    (Kind.S401, "", {("blocked", "status_forbidden")}),
    (Kind.S403, "", {("blocked", "status_forbidden")}),
    (Kind.S404, "", {("gone", "status_gone")}),
    (Kind.S410, "", {("gone", "status_gone")}),
    (Kind.S429, "1800", {("blocked", "rate_limited")}),
    (Kind.S451, "", {("blocked", "status_forbidden")}),
    (Kind.S500, "", {("error", "status_server")}),
    (Kind.S503, "1800", {("error", "status_server")}),
    (Kind.REDIRECT_HOME, "", {("moved", "redirect_home")}),
    (Kind.REDIRECT_LOOP, "", {("error", "broken_response")}),
    (Kind.REDIRECT_PRIVATE, "", {("error", "refused_address")}),
    (Kind.BOT_CHECK, "", {("blocked", "challenge_page")}),
    (Kind.BOT_CHECK, "403", {("blocked", "status_forbidden"), ("blocked", "challenge_page")}),
    (Kind.CONSENT, "", {("blocked", "consent_wall")}),
    (Kind.TEASER, "", {("teaser", "paywall")}),
    (Kind.SOFT_404, "", {("gone", "soft_404")}),
    (Kind.EMPTY, "", {("suspect", "text_empty"), ("error", "not_text")}),
    (Kind.NOT_TEXT, "", {("error", "not_text")}),
    (Kind.SLOW, "20", {("error", "timeout")}),
    (Kind.STALL, "", {("error", "timeout")}),
    (Kind.LENGTH_LONG, "", {("error", "truncated"), ("error", "broken_response")}),
    (Kind.BROKEN_GZIP, "", {("error", "broken_response"), ("error", "truncated")}),
    (Kind.GARBAGE, "", {("error", "broken_response")}),
    (Kind.RESET, "", {("error", "connection")}),
    (Kind.RESET, "300", {("error", "truncated"), ("error", "connection"), ("error", "broken_response")}),
    (Kind.HEADER_FLOOD, "", {("error", "too_large")}),
    (Kind.ENDLESS, "", {("error", "too_large"), ("error", "timeout")}),
    (Kind.GZIP_BOMB, "", {("error", "too_large"), ("error", "timeout")}),
]


IN_DELIVERY = (Kind.SLOW, Kind.LENGTH_LONG, Kind.BROKEN_GZIP, Kind.RESET, Kind.ENDLESS, Kind.GZIP_BOMB)
"""These spoil the sending of a whole page; a 304 is too short for them."""


@pytest.mark.parametrize(("kind", "arg", "wanted"), EXPECTED, ids=lambda value: getattr(value, "value", None))
def test_a_misbehaviour_is_an_observation(
    sqlite_made: Path, tmp_path: Path, kind: Kind, arg: str, wanted: set[tuple[str, str]]
) -> None:
    rule = Rule(kind, arg, path="/bridge", start=START, until=END)
    manner = Manner(conditional=kind not in IN_DELIVERY)
    with watched(LINES, tmp_path, str(tmp_path / "writethru.db"), rules=[rule], manner=manner) as run:
        run.follow(PLACE)
        run.run(14)
        during = [(c.look.outcome.value, c.look.reason.value) for c in looks_in(run)]
        assert during, "it was looked at in that time"
        assert set(during) <= wanted
        assert len(run.texts(PLACE)) == 1, "it made no version"
        assert run.outcomes(PLACE)[-1][0] == "same", "and it is watched on"
        assert run.archive.verify().faults == ()
        rebuilt = run.archive.rebuild()
        assert (rebuilt.different, rebuilt.faults) == ((), ())
        assert set(looks_reasons(run)) == set(during)


def other_article(folder: Path, *, minutes: float) -> list[tuple[str, str]]:
    """Outcomes where the third look, and all for so many minutes, get another article's page."""
    folder.mkdir()
    with watched(LINES, folder, str(folder / "writethru.db")) as run:
        run.follow(PLACE)
        run.run(4)
        third = run.captures(PLACE)[2].look.captured_at
    begin, end = third - timedelta(minutes=1), third + timedelta(minutes=minutes)
    rule = Rule(Kind.OTHER_ARTICLE, path="/bridge", start=begin, until=end)
    second = folder / "second"
    second.mkdir()
    with watched(LINES, second, str(second / "writethru.db"), rules=[rule]) as run:
        run.follow(PLACE)
        run.run(8)
        assert run.outcomes(PLACE)[2] == ("suspect", "another_article")
        return run.outcomes(PLACE)


def test_another_articles_page_for_a_moment_makes_no_version(sqlite_made: Path, tmp_path: Path) -> None:
    outcomes = other_article(tmp_path / "moment", minutes=5)
    assert [outcome for outcome, _ in outcomes].count("edited") == 1


def test_another_articles_page_for_hours_makes_no_version(sqlite_made: Path, tmp_path: Path) -> None:
    outcomes = other_article(tmp_path / "hours", minutes=120)
    assert [outcome for outcome, _ in outcomes].count("edited") == 1


def looks_in(run: Watched) -> list:  # type: ignore[type-arg]
    """Looks while the press misbehaved."""
    return [c for c in run.captures(PLACE) if START <= c.look.captured_at < END]


def looks_reasons(run: Watched) -> list[tuple[str, str]]:
    """Their outcomes and reasons, as recorded now."""
    return [(c.look.outcome.value, c.look.reason.value) for c in looks_in(run)]


@pytest.mark.parametrize("kind", [Kind.BROKEN_ENCODING, Kind.NUL, Kind.LENGTH_SHORT])
def test_damaged_pages_do_not_pass_for_edits_without_a_trace(sqlite_made: Path, tmp_path: Path, kind: Kind) -> None:
    """What cannot be told from an edit is kept, and what came back afterwards is a return."""
    rule = Rule(kind, path="/bridge", start=START, until=END)
    with watched(LINES, tmp_path, str(tmp_path / "writethru.db"), rules=[rule]) as run:
        run.follow(PLACE)
        run.run(14)
        texts = run.texts(PLACE)
        assert texts[0] == texts[-1]
        assert not any("\x00" in text for _, text in texts)
        assert run.archive.verify().faults == ()


def test_retry_after_is_waited_for(sqlite_made: Path, tmp_path: Path) -> None:
    rule = Rule(Kind.S429, "5400", path="/bridge", start=START, until=END)
    with watched(LINES, tmp_path, str(tmp_path / "writethru.db"), rules=[rule]) as run:
        run.follow(PLACE)
        run.run(10)
        refused = next(r for r in run.press.log.records() if r.status == 429)
        following = next(r for r in run.press.log.records() if r.number > refused.number)
        assert following.virtual - refused.virtual >= timedelta(seconds=5400)


def test_an_unchanged_page_is_asked_for_conditionally(sqlite_made: Path, tmp_path: Path) -> None:
    with watched(LINES, tmp_path, str(tmp_path / "writethru.db"), manner=Manner(conditional=True)) as run:
        run.follow(PLACE)
        run.run(8)
        assert run.outcomes(PLACE)[0] == ("edited", "first_seen")
        assert set(run.outcomes(PLACE)[1:]) == {("same", "not_modified")}
        assert all(r.conditional for r in run.press.log.records() if r.version and r.status == 304)


def test_a_lying_304_hides_nothing_for_ever(sqlite_made: Path, tmp_path: Path) -> None:
    """A host that answers 304 whatever was changed: its word stands in the record, the version is found afterwards."""
    lines = [*LINES, state(BRIDGE, 2.5, "Bridge shut", LONG.replace("Twelve", "Twenty"))]
    rule = Rule(Kind.STALE_304, path="/bridge", start=START, until=END)
    with watched(lines, tmp_path, str(tmp_path / "writethru.db"), rules=[rule]) as run:
        run.follow(PLACE)
        run.run(20)
        assert len(run.texts(PLACE)) == 2


def test_a_private_address_in_a_feed_is_refused(sqlite_made: Path, tmp_path: Path) -> None:
    """What a feed or a page names may not lead into the machine; what the user types may."""
    import json

    from tests.acceptance.conftest import config_for
    from writethru.archive import open_archive
    from writethru.press import Press, VirtualClock, load_plays

    feed = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>P</title><link>http://post.example/</link>"
        "<item><title>a</title><link>http://127.0.0.1:1/secret</link></item>"
        "<item><title>b</title><link>http://169.254.169.254/latest/meta-data</link></item>"
        "<item><title>c</title><link>http://[::1]/x</link></item></channel></rss>"
    )
    lines = [
        *LINES,
        {"outlet": "P", "url": "https://post.example/evil.xml", "time": NOON.isoformat(), "title": "f", "html": feed},
    ]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    plays = load_plays(tmp_path / "p.jsonl")
    with Press(plays, VirtualClock(NOON)) as press:
        connect = (f"post.example=127.0.0.1:{press.port}",)
        url = str(tmp_path / "writethru.db")
        with open_archive(url, config_for(url, tmp_path, connect_to=connect, delay_seconds=0.0)) as archive:
            (added,) = archive.add(["http://post.example/evil.xml"])
            assert (added.kind, added.found) == ("feed", 3)
            assert archive.watch_once().looks == 3
            outcomes = {
                (c.look.outcome.value, c.look.reason.value)
                for row in archive.articles().rows
                for c in archive.captures(row.article.id)
            }
            assert outcomes == {("error", "refused_address")}
            (typed,) = archive.add([f"{press.address}/post.example/bridge"])
            assert (typed.error, typed.kind) == ("", "article")
