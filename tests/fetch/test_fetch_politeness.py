"""robots.txt, delays and back-off: pure functions of a JSON-able state."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.errors import BrokenResponse, FetchError
from writethru.fetch import FetchSettings, Pace, Politeness, robots
from writethru.fetch.politeness import Permission, retry_after, robots_answer

NOW = datetime(2026, 9, 11, 12, 0, tzinfo=UTC)
SITE = "https://harbour-courier.example"
POLITE = Politeness(FetchSettings(delay_seconds=5))


def after_robots(text: str, status: int | None = 200) -> dict[str, Any]:
    return POLITE.robots_learned({}, status, text.encode(), NOW)


def allowed(text: str, path: str) -> bool:
    return POLITE.may_fetch(after_robots(text), SITE + path, NOW).allowed


def test_robots_come_first() -> None:
    verdict = POLITE.may_fetch({}, f"{SITE}/a", NOW)
    assert POLITE.robots_due({}, NOW)
    assert (verdict.permission, verdict.reason, verdict.wait_until) == (Permission.WAIT, Pace.ROBOTS_DUE, NOW)
    assert POLITE.may_fetch({}, f"{SITE}/robots.txt", NOW).allowed


@pytest.mark.parametrize(
    ("text", "path", "may"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow: /private", "/private/x", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: writethru\nAllow: /", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: WRITETHRU\nDisallow: /a", "/a", False),
        ("User-agent: otherbot\nDisallow: /", "/a", True),
        ("User-agent: a\nUser-agent: writethru\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("<html>not a robots.txt</html>", "/a", True),
        ("", "/a", True),
    ],
)
def test_rules(text: str, path: str, may: bool) -> None:
    assert allowed(text, path) is may


def test_a_disallowed_url_says_so() -> None:
    verdict = POLITE.may_fetch(after_robots("User-agent: *\nDisallow: /"), f"{SITE}/a", NOW)
    assert (verdict.permission, verdict.reason) == (Permission.DISALLOWED, Pace.ROBOTS_DISALLOW)


@pytest.mark.parametrize("status", [204, 302, 400, 401, 403, 404, 410])
def test_without_robots_txt_everything_is_allowed_for_a_day(status: int) -> None:
    state = after_robots("User-agent: *\nDisallow: /", status)
    assert POLITE.may_fetch(state, f"{SITE}/a", NOW).allowed
    assert not POLITE.robots_due(state, NOW + timedelta(hours=23, minutes=59))
    assert POLITE.robots_due(state, NOW + timedelta(hours=24))


@pytest.mark.parametrize("status", [None, 429, 500, 503])
def test_an_unreachable_robots_txt_forbids_everything_until_the_next_try(status: int | None) -> None:
    state = after_robots("", status)
    verdict = POLITE.may_fetch(state, f"{SITE}/a", NOW)
    assert (verdict.permission, verdict.reason) == (Permission.WAIT, Pace.ROBOTS_UNREACHABLE)
    assert verdict.wait_until == NOW + timedelta(minutes=10)
    assert POLITE.robots_due(state, NOW + timedelta(minutes=10))
    again = POLITE.robots_learned(state, status, b"", NOW)
    assert POLITE.may_fetch(again, f"{SITE}/a", NOW).wait_until == NOW + timedelta(minutes=20)
    assert POLITE.may_fetch(POLITE.robots_learned(again, 404, b"", NOW), f"{SITE}/a", NOW).allowed


def test_after_thirty_days_without_an_answer_the_last_rules_hold() -> None:
    state = after_robots("User-agent: *\nDisallow: /private")
    moments = [NOW + timedelta(days=1), NOW + timedelta(days=30), NOW + timedelta(days=31, hours=1)]
    for moment in moments:
        state = POLITE.robots_learned(state, 503, b"", moment)
        may = POLITE.may_fetch(state, f"{SITE}/a", moment)
        assert may.allowed is (moment == moments[-1])
    assert not POLITE.may_fetch(state, f"{SITE}/private", moments[-1]).allowed
    assert POLITE.robots_due(state, moments[-1] + timedelta(days=1)), "and it is asked for again"
    healed = POLITE.robots_learned(state, 200, b"User-agent: *\nDisallow: /", moments[-1])
    assert not POLITE.may_fetch(healed, f"{SITE}/a", moments[-1]).allowed
    assert "since" not in healed["robots"]


def test_after_thirty_days_without_any_robots_txt_there_are_no_rules() -> None:
    state = POLITE.robots_learned({}, None, b"", NOW)
    later = POLITE.robots_learned(state, None, b"", NOW + timedelta(days=30))
    assert not POLITE.may_fetch(state, f"{SITE}/a", NOW).allowed
    assert POLITE.may_fetch(later, f"{SITE}/a", NOW + timedelta(days=30)).allowed


def test_only_500_kib_of_rules_are_read_and_quickly() -> None:
    rules = "User-agent: *\n" + "Disallow: /*a*b*c*d*e\n" * 40_000 + "Disallow: /last\n"
    began = time.process_time()
    state = after_robots(rules)
    assert POLITE.may_fetch(state, f"{SITE}/last", NOW).allowed
    POLITE.may_fetch(state, SITE + "/" + "abcd" * 500, NOW)
    assert time.process_time() - began < 5


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_robots_txt_gives_a_verdict(body: bytes, path: str) -> None:
    state = json.loads(json.dumps(POLITE.robots_learned({}, 200, body, NOW)))
    POLITE.may_fetch(state, f"{SITE}/{path}", NOW)
    POLITE.after_response(state, 200, (), NOW)
    assert robots.sitemaps(state["robots"]) is not None


def test_one_request_every_five_seconds() -> None:
    state = POLITE.after_response(after_robots(""), 200, {}, NOW)
    verdict = POLITE.may_fetch(state, f"{SITE}/a", NOW)
    assert (verdict.reason, verdict.wait_until) == (Pace.MINIMUM_DELAY, NOW + timedelta(seconds=5))
    assert POLITE.may_fetch(state, f"{SITE}/a", NOW + timedelta(seconds=5)).allowed


@pytest.mark.parametrize(
    ("text", "seconds", "reason"),
    [
        ("User-agent: *\nCrawl-delay: 30", 30, Pace.CRAWL_DELAY),
        ("User-agent: *\nCrawl-delay: 2", 5, Pace.MINIMUM_DELAY),
        ("User-agent: *\nRequest-rate: 1/60", 60, Pace.CRAWL_DELAY),
        ("User-agent: *\nCrawl-delay: 1e99", 86_400, Pace.CRAWL_DELAY),
        ("User-agent: other\nCrawl-delay: 30\nUser-agent: *\nDisallow: /x", 5, Pace.MINIMUM_DELAY),
    ],
)
def test_a_longer_crawl_delay_is_kept(text: str, seconds: int, reason: Pace) -> None:
    verdict = POLITE.may_fetch(POLITE.after_response(after_robots(text), 200, {}, NOW), f"{SITE}/a", NOW)
    assert (verdict.reason, verdict.wait_until) == (reason, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("status", [429, 503, None])
def test_back_off_doubles_up_to_six_hours_and_ends_with_an_answer(status: int | None) -> None:
    state, waits = after_robots(""), []
    for _ in range(12):
        state = POLITE.after_response(state, status, {}, NOW)
        verdict = POLITE.may_fetch(state, f"{SITE}/a", NOW)
        assert verdict.reason is Pace.BACK_OFF
        assert verdict.wait_until is not None
        waits.append((verdict.wait_until - NOW) / timedelta(minutes=1))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert POLITE.may_fetch(POLITE.after_response(state, 200, {}, NOW), f"{SITE}/a", NOW).reason is Pace.MINIMUM_DELAY


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("99999999999999999999999", 86_400),
        ("Fri, 11 Sep 2026 12:10:00 GMT", 600),
        ("Fri, 11 Sep 2026 14:10:00 +0200", 600),
        ("Fri, 01 Jan 2027 00:00:00 GMT", 86_400),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("Fri, 99 Sep 2026 12:10:00 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: int | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == (None if seconds is None else NOW + timedelta(seconds=seconds))


def test_retry_after_outweighs_a_shorter_back_off_only() -> None:
    longer = POLITE.after_response(after_robots(""), 503, (("retry-after", "3600"),), NOW)
    shorter = POLITE.after_response(after_robots(""), 503, (("retry-after", "5"),), NOW)
    assert POLITE.may_fetch(longer, f"{SITE}/a", NOW).reason is Pace.RETRY_AFTER
    assert POLITE.may_fetch(longer, f"{SITE}/a", NOW).wait_until == NOW + timedelta(hours=1)
    assert POLITE.may_fetch(shorter, f"{SITE}/a", NOW).reason is Pace.BACK_OFF


@given(st.text(max_size=40))
def test_any_retry_after_is_bounded(value: str) -> None:
    moment = retry_after({"Retry-After": value}, NOW)
    assert moment is None or moment <= NOW + timedelta(days=1)


def test_the_state_is_json_and_the_old_one_is_left_alone() -> None:
    state = after_robots("User-agent: *\nCrawl-delay: 7")
    before = json.dumps(state)
    after = POLITE.after_response(state, 429, {"Retry-After": "9"}, NOW)
    assert json.dumps(state) == before
    assert json.loads(json.dumps(after)) == after


def test_sitemaps_are_named() -> None:
    state = after_robots(f"Sitemap: {SITE}/news.xml\nUser-agent: *\nDisallow: /x")
    assert robots.sitemaps(state["robots"]) == [f"{SITE}/news.xml"]


def test_a_failed_fetch_of_robots_txt_is_no_answer() -> None:
    assert robots_answer(FetchError("x")) == (None, b"")
    assert robots_answer(BrokenResponse("x")) == (None, b"")


@pytest.mark.parametrize("url", [f"{SITE}:8443/a/b?c", f"{SITE}:8443", f"{SITE}:8443?x=/y"])
def test_robots_txt_stands_at_the_root_of_the_origin(url: str) -> None:
    assert robots.robots_url(url) == f"{SITE}:8443/robots.txt"
