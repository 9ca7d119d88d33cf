"""Which changes a rule is about, when its messages go out, and what a rules file may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notify.samples import RULES, SECRET, book
from writethru.errors import ConfigError
from writethru.notify.hours import Quiet, Timing, When
from writethru.notify.rulebook import read_rulebook
from writethru.notify.rules import Rule, Subject, Verdict, judge

PLACES = ("https://ledger.example/pier",)
SUBJECT = Subject(
    7, PLACES, "The Harbour Courier", ("figure", "lead"), 0.6, ("12 piles", "21"), (3,), ("Ilse Marden", "the mayor")
)
RULE = Rule("pier", ("desk",))
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        (RULE, Verdict.MATCH),
        (replace(RULE, articles=("7",)), Verdict.MATCH),
        (replace(RULE, articles=("https://ledger.example/pier", "9")), Verdict.MATCH),
        (replace(RULE, articles=("77",)), Verdict.OTHER_ARTICLE),
        (replace(RULE, outlets=("the HARBOUR courier",)), Verdict.MATCH),
        (replace(RULE, outlets=("Courier",)), Verdict.OTHER_OUTLET),
        (replace(RULE, kinds=("name", "lead")), Verdict.MATCH),
        (replace(RULE, kinds=("name",)), Verdict.OTHER_KIND),
        (replace(RULE, significance=0.6), Verdict.MATCH),
        (replace(RULE, significance=0.61), Verdict.TOO_SLIGHT),
        (replace(RULE, words=("nothing", "12  PILES")), Verdict.MATCH),
        (replace(RULE, words=("pile", "2")), Verdict.NO_WORD),
        (replace(RULE, words=("pil.s",)), Verdict.NO_WORD),
        (replace(RULE, outlets=("Courier",), words=("x",)), Verdict.OTHER_OUTLET),
        (replace(RULE, stories=("9", "3")), Verdict.MATCH),
        (replace(RULE, stories=("33",)), Verdict.OTHER_STORY),
        (replace(RULE, speakers=("marden",)), Verdict.MATCH),
        (replace(RULE, speakers=("mard",)), Verdict.OTHER_SPEAKER),
    ],
)
def test_all_conditions_must_hold_and_any_of_each(rule: Rule, verdict: Verdict) -> None:
    assert judge(rule, SUBJECT) is verdict


def test_typographic_quotes_and_dashes_do_not_hide_a_word() -> None:
    assert judge(replace(RULE, words=("O'Neill",)), replace(SUBJECT, texts=("said O’Neill.",))) is Verdict.MATCH


def berlin(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2031, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("timing", "noted", "due"),
    [
        (Timing(), berlin(3, 14, 5), berlin(3, 14, 5)),
        (Timing(When.HOURLY), berlin(3, 14, 5), berlin(3, 15)),
        (Timing(When.HOURLY), berlin(3, 14), berlin(3, 15)),
        (Timing(When.DAILY, BERLIN, time(8)), berlin(3, 7, 59), berlin(3, 8)),
        (Timing(When.DAILY, BERLIN, time(8)), berlin(3, 8), berlin(4, 8)),
        (Timing(When.DAILY, UTC, time(8)), berlin(3, 9), berlin(3, 10)),
        (Timing(zone=BERLIN, quiet=Quiet(time(22), time(7))), berlin(3, 23), berlin(4, 7)),
        (Timing(zone=BERLIN, quiet=Quiet(time(22), time(7))), berlin(3, 6, 59), berlin(3, 7)),
        (Timing(zone=BERLIN, quiet=Quiet(time(22), time(7))), berlin(3, 7), berlin(3, 7)),
        (Timing(zone=BERLIN, quiet=Quiet(time(12), time(13))), berlin(3, 12, 30), berlin(3, 13)),
        (Timing(When.HOURLY, BERLIN, quiet=Quiet(time(22), time(7))), berlin(3, 21, 30), berlin(4, 7)),
        (Timing(When.DAILY, BERLIN, time(5), Quiet(time(22), time(7))), berlin(3, 4), berlin(3, 7)),
        # clocks go forward on 30 March 2031 at 2:00, and back on 26 October at 3:00
        (Timing(When.DAILY, BERLIN, time(2, 30)), berlin(30, 1, month=3), berlin(30, 3, 30, month=3)),
        (Timing(When.DAILY, BERLIN, time(2, 30)), berlin(26, 1, month=10), berlin(26, 2, 30, month=10)),
        (Timing(zone=BERLIN, quiet=Quiet(time(22), time(7))), berlin(25, 23, month=10), berlin(26, 7, month=10)),
    ],
)
def test_when_a_message_goes_out(timing: Timing, noted: datetime, due: datetime) -> None:
    found = timing.due(noted.astimezone(UTC))
    assert found == due.astimezone(UTC)
    assert found.tzinfo is UTC


@given(
    st.sampled_from(When),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
    st.times(),
    st.tuples(st.times(), st.times()),
    st.datetimes(datetime(2031, 1, 1), datetime(2031, 12, 31)),  # noqa: DTZ001
)
def test_never_before_it_is_noted_never_in_quiet_hours_and_within_three_days(
    when: When, zone: str, at: time, quiet: tuple[time, time], noted: datetime
) -> None:
    begin, end = (one.replace(second=0, microsecond=0) for one in quiet)
    timing = Timing(when, ZoneInfo(zone), at, Quiet(begin, end) if begin != end else None)
    moment = noted.replace(tzinfo=UTC)
    due = timing.due(moment)
    assert moment <= due <= moment + timedelta(days=3)
    local = due.astimezone(timing.zone)
    shifted = local.utcoffset() != (due - timedelta(hours=3)).astimezone(timing.zone).utcoffset()
    assert timing.quiet is None or not timing.quiet.holds(local.time()) or shifted


def test_a_whole_rules_file(tmp_path: Path) -> None:
    text = f"""
    [targets]
    desk = "{SECRET}"
    night = "env:NIGHT"

    [[rule]]
    name = "everything"
    to = ["desk", "night"]

    [[rule]]
    name = "figures"
    to = "desk"
    articles = [12, "https://ledger.example/a"]
    outlets = ["The Ledger"]
    kinds = ["figure", "disappeared"]
    significance = 0.3
    words = ["pier"]
    when = "daily"
    at = "07:30"
    zone = "Europe/Berlin"
    quiet = "22:00-07:00"
    """
    path = tmp_path / "rules.toml"
    path.write_text(text)
    found = read_rulebook(path, {"NIGHT": "ntfy://night"})
    assert found.address("night") == "ntfy://night"
    assert found.pairs() == {("everything", "desk"), ("everything", "night"), ("figures", "desk")}
    figures = found.rules[1]
    assert figures.articles == ("12", "https://ledger.example/a")
    assert figures.timing == Timing(When.DAILY, BERLIN, time(7, 30), Quiet(time(22), time(7)))
    assert found.shown("desk") == "desk (json)"
    assert "hunter2" not in repr(found) + str(found)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('to = "desk"', 'to = "dask"', "targets of this file"),
        ('to = "desk"', "", "targets of this file"),
        ('name = "pier"', "", "needs a name"),
        ('name = "pier"', 'name = "pier"\nkinds = ["figures"]', "unknown kind 'figures'"),
        ('name = "pier"', 'name = "pier"\nkind = ["figure"]', "did you mean kinds"),
        ('name = "pier"', 'name = "pier"\nsignificance = 2', "from 0 to 1"),
        ('name = "pier"', 'name = "pier"\nsignificance = true', "from 0 to 1"),
        ('name = "pier"', 'name = "pier"\nwords = [1]', "list of texts"),
        ('name = "pier"', 'name = "pier"\nwords = [""]', "empty text"),
        ('name = "pier"', 'name = "pier"\nwhen = "weekly"', "instant, hourly or daily"),
        ('name = "pier"', 'name = "pier"\nat = "08:00"', "daily digests"),
        ('name = "pier"', 'name = "pier"\nzone = "Berlin"', "time zone"),
        ('name = "pier"', 'name = "pier"\nzone = "../../etc/passwd"', "time zone"),
        ('name = "pier"', 'name = "pier"\nquiet = "22:00"', "22:00-07:00"),
        ('name = "pier"', 'name = "pier"\nquiet = "22:00-22:00"', "different times"),
        ('name = "pier"', 'name = "pier"\nquiet = "25:00-07:00"', "time of day"),
        ("[[rule]]", "[rule]", "[[rule]]"),
        ("[targets]", "[targets]\nbad = 1", "target bad"),
        ("[targets]", "[targets]\nbad = 'env:NOWHERE'", "NOWHERE is not set"),
        ("[targets]", "[target]", "did you mean targets"),
        ("[targets]", "[targets", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_and_no_address_shown(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(ConfigError) as caught:
        book(tmp_path, RULES.replace(old, new))
    assert named in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None
