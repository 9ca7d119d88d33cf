"""A subscriber's side of WebSub: only what we asked for is confirmed, only what is signed is believed."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.model import Subscription, SubscriptionState
from writethru.sources.websub import LEASE_BOUNDS, answered, hub_links, is_due, is_signed, request_form

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
TOPIC = "https://post.example/feed.xml"
ASKED = Subscription(1, "t", "https://hub.example/", TOPIC, "s3cret", SubscriptionState.ASKED, NOW)
QUESTION = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "c", "hub.lease_seconds": "864000"}


def test_the_question_we_expect_is_answered_with_its_challenge() -> None:
    settled = answered(ASKED, QUESTION, NOW)
    assert settled is not None
    known, answer = settled
    assert (known.state, known.until, answer) == (SubscriptionState.ACTIVE, NOW + timedelta(days=10), "c")


@pytest.mark.parametrize(
    "change",
    [
        {"hub.topic": "https://other.example/"},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
        {"hub.challenge": "x" * 5000},
    ],
)
def test_any_other_question_is_not(change: dict[str, str]) -> None:
    assert answered(ASKED, QUESTION | change, NOW) is None


def test_a_denial_is_kept_with_its_reason() -> None:
    settled = answered(ASKED, {"hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "no"}, NOW)
    assert settled is not None
    assert (settled[0].state, settled[0].detail) == (SubscriptionState.DENIED, "no")


@given(st.text(max_size=12) | st.integers(0, 10**12).map(str))
def test_a_lease_is_bounded(stated: str) -> None:
    settled = answered(ASKED, QUESTION | {"hub.lease_seconds": stated}, NOW)
    assert settled is not None
    assert settled[0].until is not None
    assert LEASE_BOUNDS[0] <= settled[0].until - NOW <= LEASE_BOUNDS[1]


def test_a_lease_is_renewed_in_good_time() -> None:
    active = replace(ASKED, state=SubscriptionState.ACTIVE, until=NOW + timedelta(days=10))
    assert not is_due(active, NOW + timedelta(days=8))
    assert is_due(active, NOW + timedelta(days=9))
    short = replace(active, until=NOW + timedelta(hours=4))
    assert not is_due(short, NOW + timedelta(hours=2.9))
    assert is_due(short, NOW + timedelta(hours=3))


def test_a_hub_that_says_nothing_is_asked_again_later() -> None:
    assert is_due(replace(ASKED, state=SubscriptionState.WANTED), NOW)
    assert not is_due(ASKED, NOW + timedelta(hours=5))
    assert is_due(ASKED, NOW + timedelta(hours=6))
    assert not is_due(replace(ASKED, state=SubscriptionState.DENIED), NOW + timedelta(days=6))


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_signatures(method: str) -> None:
    right = hmac.new(b"s3cret", b"body", method).hexdigest()
    assert is_signed("s3cret", f"{method}={right}", b"body")
    assert is_signed("s3cret", f"{method}={right.upper()}", b"body")
    assert not is_signed("s3cret", f"{method}={right}", b"body!")
    assert not is_signed("other", f"{method}={right}", b"body")


@given(st.text(max_size=100), st.binary(max_size=50))
def test_no_made_up_signature_is_right(header: str, body: bytes) -> None:
    assert not is_signed("s3cret", header, body)
    assert not is_signed("s3cret", f"md5={hashlib.md5(b's3cret' + body, usedforsecurity=False).hexdigest()}", body)


def test_links_of_a_header() -> None:
    header = '<https://hub.example/>; rel="hub", <https://post.example/feed.xml>; title="x"; rel="self alternate"'
    assert hub_links(header) == {"hub": "https://hub.example/", "self": "https://post.example/feed.xml"}


@given(st.text(max_size=3000))
def test_any_link_header_is_read_in_bounded_time(header: str) -> None:
    assert set(hub_links(header)) <= {"hub", "self"}


def test_the_form_asks_for_the_topic_and_names_the_callback() -> None:
    form = request_form(ASKED, "https://ours.example/websub/t")
    assert (form["hub.topic"], form["hub.callback"], form["hub.secret"]) == (
        TOPIC,
        "https://ours.example/websub/t",
        "s3cret",
    )
