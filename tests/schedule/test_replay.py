"""Replays: what counts as caught, the peers' rules, and that a replay never sees the future."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.errors import InputError, MalformedInput
from writethru.schedule import SchedulePolicy
from writethru.schedule.grid import MINUTES_A_DAY
from writethru.schedule.histories import Published, parse_histories
from writethru.schedule.replay import replay_ours, replay_rule, sample
from writethru.schedule.rules import Looked, rule_of

HEAD = "published_utc,update_minutes_after_publication\n"
START = 32_000_000.0
POLICY = SchedulePolicy()


def article(*updates: float, at: float = 0.0) -> Published:
    return Published("2031-03-01T06:00Z", START + at, updates)


published = st.lists(st.floats(1, 3000), max_size=6).map(lambda gaps: article(*accumulate(gaps)))


def test_a_version_replaced_between_two_looks_is_not_caught() -> None:
    """Looks at 0, 60, 120: of updates at 10, 20 and 70 the first is never seen, the others 40 and 50 minutes late."""
    score = replay_rule([article(10, 20, 70)], rule_of("fixed:60"), 2 / 24)
    assert (score.looks, score.updates, score.caught, score.delays) == (3, 3, 2, [40.0, 50.0])
    assert score.to_dict()["versions_caught"] == 0.75


def test_an_update_at_the_very_minute_of_a_look_is_seen_by_it() -> None:
    assert replay_rule([article(60)], rule_of("fixed:60"), 2 / 24).delays == [0.0]


def test_updates_after_the_days_followed_do_not_count() -> None:
    score = replay_rule([article(30, 5 * MINUTES_A_DAY)], rule_of("fixed:60"), 1)
    assert (score.updates, score.caught) == (1, 1)


def test_news_sniffer_makes_42_looks_after_the_last_change() -> None:
    """Read from its source: the last of them on day 220."""
    score = replay_rule([article()], rule_of("news-sniffer"), 400)
    assert score.looks == 43


def test_newsdiffs_waits_by_the_time_since_the_last_change() -> None:
    rule = rule_of("newsdiffs")
    days = (0.1, 0.5, 3, 20, 100, 400)
    waits = [rule(Looked(day * MINUTES_A_DAY, 0, changed=False)) for day in days]
    assert waits == [15, 60, 180, 4320, 43_200, None]


def test_the_age_rule_stops_after_a_week() -> None:
    rule = rule_of("age:0.35")
    assert [rule(Looked(quiet, 0, changed=False)) for quiet in (0, 1000, 10_080)] == [20, 350, None]


@pytest.mark.parametrize(
    "name", ["", "fixed", "fixed:", "fixed:0", "age:x", "age:-1", "fixed:nan", "sniffer", "newsdiffs:3"]
)
def test_an_unknown_rule_is_an_error_that_names_it(name: str) -> None:
    with pytest.raises(InputError):
        rule_of(name)


@given(st.lists(published, min_size=1, max_size=5), st.booleans())
@settings(max_examples=30, deadline=None)
def test_ours_is_deterministic_and_scores_are_possible(histories: list[Published], learning: bool) -> None:
    one, other = (replay_ours(histories, POLICY, 30, learning=learning) for _ in range(2))
    assert one == other
    assert one.caught == len(one.delays) <= one.updates
    assert all(delay >= 0 for delay in one.delays)
    assert one.looks >= len(histories)


@given(st.lists(published, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_what_comes_later_never_moves_an_earlier_look(histories: list[Published]) -> None:
    """Cut off after ten days, a replay is the beginning of the whole one."""
    cut = [replace(each, updates=tuple(m for m in each.updates if m <= 10 * MINUTES_A_DAY)) for each in histories]
    assert replay_ours(histories, POLICY, 10, learning=True) == replay_ours(cut, POLICY, 10, learning=True)


def test_more_looks_catch_more() -> None:
    histories = [article(*range(7 * n % 45 + 9, 1200, 60 + n), at=60 * n) for n in range(60)]
    scores = [replay_ours(histories, replace(POLICY, looks=looks), 30, learning=False) for looks in (4, 12, 40)]
    assert [s.looks for s in scores] == sorted(s.looks for s in scores)
    assert [s.caught for s in scores] == sorted(s.caught for s in scores)


def test_a_busier_outlet_keeps_to_the_looks_that_were_set() -> None:
    """Learning that everything changes three times as often makes looks dearer, not more."""
    histories = [article(*range(40, 2400, 80), at=30 * n) for n in range(150)]
    learning, prior = (replay_ours(histories, POLICY, 30, learning=each).looks for each in (True, False))
    assert learning < prior


def test_a_sample_is_spread_evenly_and_always_the_same() -> None:
    histories = [article(at=n) for n in range(100)]
    assert [each.minute - START for each in sample(histories, 4)] == [0, 25, 50, 75]
    assert sample(histories, 1000) == histories


def test_files_are_read_as_they_are_written() -> None:
    lines = [HEAD, "2031-03-01T06:00Z,\n", "2031-03-01T07:30+01:00,152 265.5\n", "\n"]
    first, second = parse_histories(lines, "a")
    assert first.updates == ()
    assert (second.updates, second.minute - first.minute) == ((152.0, 265.5), 30.0)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("yesterday,\n", "no time"),
        ("2031-03-01T06:00,\n", "no time zone"),
        ("2031-03-01T06:00Z,a b\n", "not minutes"),
        ("2031-03-01T06:00Z,20 10\n", "ascend"),
        ("2031-03-01T06:00Z,-5\n", "not negative"),
        ("2031-03-01T06:00Z,inf\n", "finite"),
        ("2031-03-01T06:00Z\n", "too few columns"),
        ("x" * 200_000, "more than 100000 characters"),
    ],
)
def test_a_bad_line_is_named(line: str, words: str) -> None:
    with pytest.raises(MalformedInput, match=words) as caught:
        list(parse_histories([HEAD, "2031-03-01T06:00Z,\n", line], "file.csv"))
    assert "file.csv:3" in str(caught.value)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MalformedInput, match="update_minutes_after_publication is missing"):
        list(parse_histories(["published_utc\n"], "file.csv"))


def test_the_numbers_that_were_aimed_at() -> None:
    """On 2023 of the NHK stamps, which the prior was not learnt from: at most 24 looks, 99 %, 12 minutes."""
    from writethru.cli.update_file import read_histories

    path = Path(os.environ.get("WRITETHRU_DATA", "../shared/data")) / "schedule" / "nhk_updates_dev.csv.gz"
    if not path.exists():
        pytest.skip(f"public data is not here: {path}")
    held_out = sample([each for each in read_histories(path) if each.stated >= "2023"], 3000)
    found = replay_ours(held_out, POLICY, 30, learning=True).to_dict()
    assert found["looks_per_article"] <= 24
    assert found["versions_caught"] >= 0.99
    assert found["median_delay_min"] <= 12
    half = replay_ours(held_out, replace(POLICY, looks=11), 30, learning=True).to_dict()
    peer = replay_rule(held_out, rule_of("age:1.1"), 30).to_dict()
    assert half["looks_per_article"] <= peer["looks_per_article"] + 0.2
    assert half["versions_caught"] > peer["versions_caught"] + 0.008
