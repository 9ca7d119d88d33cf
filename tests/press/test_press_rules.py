"""Rules: how they are written, when they strike, and in what order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.errors import ConfigError
from writethru.press.rules import ANSWER_KINDS, DELIVERY_KINDS, MANNER_KINDS, Kind, Rule, RuleBook, parse_rule

NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_every_kind_is_of_one_class() -> None:
    assert len(MANNER_KINDS) + len(ANSWER_KINDS) + len(DELIVERY_KINDS) == len(Kind)
    assert {Kind.FURNITURE, Kind.HONOUR_304} <= MANNER_KINDS
    assert {Kind.S401, Kind.NUL} <= ANSWER_KINDS
    assert {Kind.LATENCY, Kind.RESET} <= DELIVERY_KINDS


@pytest.mark.parametrize(
    ("spelled", "expected"),
    [
        ("403@a.example/b", Rule(Kind.S403, host="a.example", path="/b")),
        ("429=60@A.example/*", Rule(Kind.S429, "60", host="a.example")),
        ("503:25%@*/*", Rule(Kind.S503, probability=0.25)),
        ("503=9:2.5%@*", Rule(Kind.S503, "9", probability=0.025)),
        ("paywall@a.example", Rule(Kind.TEASER, host="a.example")),
        ("empty@a.example/", Rule(Kind.EMPTY, host="a.example", path="/")),
        ("slow=10@/x?y=1", Rule(Kind.SLOW, "10", path="/x?y=1")),
        (
            "redirect=https://b.example:81/c@a.example/@user@2024-01-05T12:00Z..2024-01-05T13:00:00+00:00",
            Rule(Kind.REDIRECT, "https://b.example:81/c", "a.example", "/@user", NOON, NOON + HOUR),
        ),
        ("404@a.example/b@2024-01-05T12:00..", Rule(Kind.S404, "", "a.example", "/b", NOON)),
        ("404@a.example/b@..2024-01-05T12:00", Rule(Kind.S404, "", "a.example", "/b", None, NOON)),
    ],
)
def test_rules_are_read_as_written(spelled: str, expected: Rule) -> None:
    assert parse_rule(spelled) == expected


@pytest.mark.parametrize(
    ("spelled", "why"),
    [
        ("", "not a rule; write KIND"),
        ("403", "not a rule; write KIND"),
        ("418@a.example/*", "no misbehaviour '418'; there are: 304"),
        ("slow=fast@a.example/*", "slow takes a number"),
        ("reset=1.5@a.example/*", "reset takes a number"),
        ("redirect@a.example/*", "redirect needs a URL"),
        ("503:200%@a.example/*", "between 0 and 1"),
        ("503:1.2.3%@a.example/*", "write KIND"),
        ("503@a.example/*@noon..", "not an ISO time: 'noon'"),
        ("bot-check=500@a.example/*", "a bot check comes with"),
    ],
)
def test_what_is_no_rule_is_said_to_be_none(spelled: str, why: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_rule(spelled)
    assert why in str(caught.value)


rules = st.builds(
    Rule,
    kind=st.sampled_from(sorted(Kind)),
    arg=st.just("200"),
    host=st.sampled_from(["*", "a.example"]),
    path=st.sampled_from(["*", "/a*", "/b"]),
    start=st.none() | st.just(NOON),
    until=st.none() | st.just(NOON + HOUR),
    probability=st.floats(0, 1),
    seed=st.integers(0, 9),
)


@given(rules)
def test_the_json_form_is_read_back(rule: Rule) -> None:
    assert Rule.from_dict(rule.to_dict()) == rule


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({}, "no misbehaviour ''"),
        ({"kind": "403", "form": 1}, "no field 'form'"),
        ({"kind": "403", "from": "noon"}, "not an ISO time"),
        ({"kind": "403", "probability": "often"}, "not a rule"),
        ({"kind": "403", "seed": None}, "not a rule"),
        ({"kind": "redirect", "arg": "/a\r\nSet-Cookie: x"}, "one line"),
    ],
)
def test_json_that_is_no_rule(form: Mapping[str, Any], why: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Rule.from_dict(form)
    assert why in str(caught.value)


def test_a_kind_may_be_given_by_name() -> None:
    assert Rule("paywall").kind is Kind.TEASER  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="no misbehaviour 'sulk'"):
        Rule("sulk")  # type: ignore[arg-type]


def test_an_event_of_a_press_script_is_a_rule() -> None:
    form = {"kind": "404", "arg": None, "outlet": "A.example", "path": "", "from": "2024-01-05T12:00Z", "lesson": "x"}
    assert Rule.from_dict(form) == Rule(Kind.S404, host="a.example", start=NOON)


def kinds(book: RuleBook, moment: datetime = NOON, path: str = "/a", *, page: bool = True) -> tuple[str, ...]:
    return book.conduct("a.example", path, moment, page=page).names


def test_a_rule_holds_from_its_start_up_to_its_end() -> None:
    book = RuleBook([Rule(Kind.S403, start=NOON, until=NOON + HOUR)])
    second = timedelta(seconds=1)
    assert [kinds(book, m) for m in (NOON - second, NOON, NOON + HOUR - second, NOON + HOUR)] == [
        (),
        ("403",),
        ("403",),
        (),
    ]


@pytest.mark.parametrize(
    ("host", "path", "strikes"),
    [
        ("*", "*", True),
        ("a.example", "/a", True),
        ("*.example", "/*", True),
        ("b.example", "*", False),
        ("a.example", "/", False),
        ("a.example", "/a?", False),
    ],
)
def test_whom_a_rule_concerns(host: str, path: str, *, strikes: bool) -> None:
    assert bool(kinds(RuleBook([Rule(Kind.S403, host=host, path=path)]))) is strikes


def test_within_a_class_the_rule_added_last_wins_and_classes_combine() -> None:
    book = RuleBook([Rule(Kind.S403), Rule(Kind.S404), Rule(Kind.SLOW), Rule(Kind.GZIP)])
    assert kinds(book) == ("gzip", "404", "slow")
    assert book.add(Rule(Kind.S410)) == 4
    assert kinds(book) == ("gzip", "410", "slow")
    book.remove(4)
    book.remove(1)
    assert kinds(book) == ("gzip", "403", "slow")
    with pytest.raises(ConfigError, match="there are 3 rules"):
        book.remove(3)
    book.clear()
    assert kinds(book) == ()


def test_a_wildcard_leaves_feeds_alone_where_the_kind_is_about_pages() -> None:
    book = RuleBook([Rule(Kind.TEASER), Rule(Kind.S503, path="/feed.xml")])
    assert kinds(book, path="/robots.txt", page=False) == ()
    assert kinds(book, path="/feed.xml", page=False) == ("503",)
    assert kinds(RuleBook([Rule(Kind.EMPTY, path="/feed.xml")]), path="/feed.xml", page=False) == ("empty",)
    assert kinds(RuleBook([Rule(Kind.BOT_CHECK)]), path="/feed.xml", page=False) == ("bot-check",)
    assert kinds(RuleBook([Rule(Kind.ROBOTS_DENY)])) == ()


def test_chance_strikes_about_as_often_as_it_says_and_the_same_again() -> None:
    def struck(seed: int) -> list[bool]:
        book = RuleBook([Rule(Kind.S503, probability=0.3, seed=seed)])
        return [bool(kinds(book)) for _ in range(1000)]

    assert struck(1) == struck(1) != struck(2)
    assert 250 < sum(struck(1)) < 350


def test_chance_never_and_always() -> None:
    assert not any(kinds(RuleBook([Rule(Kind.S503, probability=0)])) for _ in range(50))
    assert all(kinds(RuleBook([Rule(Kind.S503, probability=1)])) for _ in range(50))


def test_every_kind_is_in_the_manual() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "replay.md").read_text("utf-8")
    named = {word for span in re.findall(r"`([^`\n]+)`", manual) for word in re.findall(r"[a-z0-9-]+", span)}
    assert {kind.value for kind in Kind} <= named
