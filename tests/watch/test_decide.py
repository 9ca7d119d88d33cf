"""One behaviour of the verdict a test: what is known, what was seen, what follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.model import ArticleText, Block, BlockKind, Extraction, Medium, Outcome, Reason, Sign
from writethru.watch.decide import Decision, Known, Seen, decide_response, decide_status, decide_text, kinship

OLD = ArticleText(headline="Ferry sinks", blocks=(Block(BlockKind.PARAGRAPH, "Twelve people were killed."),))
WORDS = frozenset(f"word{n}" for n in range(200))
KNOWN = Known(
    current=1,
    numbers={OLD.digest(): 1},
    body_digest="b" * 64,
    words=400,
    vocabulary=WORDS,
    headline_marked=True,
    urls=frozenset({"https://ledger.example/a"}),
)
PAGE = Extraction("page/1", headline="Ferry sinks", blocks=OLD.blocks)


def seen(**changes: object) -> Seen:
    """A plain 200 response with a text not seen before."""
    plain = Seen(
        medium=Medium.HTTP,
        status=200,
        body_digest="c" * 64,
        extraction=PAGE,
        text_digest="d" * 64,
        words=395,
        vocabulary=WORDS,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def text_of(known: Known, look: Seen) -> tuple[Outcome, Reason]:
    decision = decide_text(known, look)
    return decision.outcome, decision.reason


@pytest.mark.parametrize(
    ("status", "outcome", "reason"),
    [
        (404, Outcome.GONE, Reason.STATUS_GONE),
        (410, Outcome.GONE, Reason.STATUS_GONE),
        (401, Outcome.BLOCKED, Reason.STATUS_FORBIDDEN),
        (403, Outcome.BLOCKED, Reason.STATUS_FORBIDDEN),
        (451, Outcome.BLOCKED, Reason.STATUS_FORBIDDEN),
        (429, Outcome.BLOCKED, Reason.RATE_LIMITED),
        (500, Outcome.ERROR, Reason.STATUS_SERVER),
        (503, Outcome.ERROR, Reason.STATUS_SERVER),
        (302, Outcome.ERROR, Reason.STATUS_OTHER),
        (418, Outcome.ERROR, Reason.STATUS_OTHER),
    ],
)
def test_status_alone_decides_what_is_no_success(status: int, outcome: Outcome, reason: Reason) -> None:
    assert decide_status(status) == Decision(outcome, reason)


def test_a_304_is_the_same() -> None:
    assert decide_response(KNOWN, seen(status=304)) == Decision(Outcome.SAME, Reason.NOT_MODIFIED)


def test_a_304_to_an_unconditional_request_is_a_fault_of_the_server() -> None:
    assert decide_response(Known(), seen(status=304)) == Decision(Outcome.ERROR, Reason.BROKEN_RESPONSE)


def test_equal_bytes_are_the_same_without_reading() -> None:
    assert decide_response(KNOWN, seen(body_digest="b" * 64)) == Decision(Outcome.SAME, Reason.BYTES_EQUAL)


def test_equal_bytes_that_the_source_calls_another_version_are_read() -> None:
    assert decide_response(KNOWN, seen(body_digest="b" * 64, stated_change=True)) is None


def test_a_redirect_to_the_home_page_is_a_move() -> None:
    look = seen(final_url="https://ledger.example/")
    assert decide_response(KNOWN, look) == Decision(Outcome.MOVED, Reason.REDIRECT_HOME)


def test_an_outage_is_an_error_and_robots_a_block() -> None:
    assert decide_response(KNOWN, seen(failure=Reason.TIMEOUT)) == Decision(Outcome.ERROR, Reason.TIMEOUT)
    assert decide_response(KNOWN, seen(failure=Reason.ROBOTS)) == Decision(Outcome.BLOCKED, Reason.ROBOTS)


def test_the_first_text_makes_the_first_version() -> None:
    assert text_of(Known(), seen()) == (Outcome.EDITED, Reason.FIRST_SEEN)


def test_an_equal_text_is_the_same() -> None:
    assert text_of(KNOWN, seen(text_digest=OLD.digest())) == (Outcome.SAME, Reason.TEXT_EQUAL)


def test_an_older_text_returns_as_what_it_was() -> None:
    known = replace(KNOWN, current=2, numbers={OLD.digest(): 1, "e" * 64: 2})
    decision = decide_text(known, seen(text_digest=OLD.digest()))
    assert decision == Decision(Outcome.EDITED, Reason.RETURNED, returns_to=1)
    assert not decision.makes_version


def test_a_new_text_is_an_edit() -> None:
    assert text_of(KNOWN, seen()) == (Outcome.EDITED, Reason.TEXT_CHANGED)


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        (Sign.CHALLENGE, (Outcome.BLOCKED, Reason.CHALLENGE_PAGE)),
        (Sign.CONSENT, (Outcome.BLOCKED, Reason.CONSENT_WALL)),
        (Sign.SOFT_404, (Outcome.GONE, Reason.SOFT_404)),
        (Sign.LISTING, (Outcome.SUSPECT, Reason.OTHER_ARTICLE)),
    ],
)
def test_pages_that_stand_in_the_articles_place(sign: Sign, expected: tuple[Outcome, Reason]) -> None:
    look = seen(extraction=replace(PAGE, signs=frozenset({sign})))
    assert text_of(KNOWN, look) == expected


def test_a_paywalled_page_with_less_text_is_a_teaser_and_with_all_of_it_is_not() -> None:
    page = replace(PAGE, signs=frozenset({Sign.PAYWALL}))
    assert text_of(KNOWN, seen(extraction=page, words=60)) == (Outcome.TEASER, Reason.PAYWALL)
    assert text_of(KNOWN, seen(extraction=page, words=390)) == (Outcome.EDITED, Reason.TEXT_CHANGED)


def test_a_source_that_states_versions_is_believed_about_signs() -> None:
    page = replace(PAGE, signs=frozenset({Sign.CHALLENGE}))
    assert text_of(KNOWN, seen(extraction=page, medium=Medium.JSONL)) == (Outcome.EDITED, Reason.TEXT_CHANGED)


def test_an_empty_page_is_suspect() -> None:
    empty = Extraction("page/1")
    assert text_of(KNOWN, seen(extraction=empty, words=0)) == (Outcome.SUSPECT, Reason.TEXT_EMPTY)


def test_a_collapse_is_suspect_until_the_next_look_agrees() -> None:
    look = seen(words=100)
    assert text_of(KNOWN, look) == (Outcome.SUSPECT, Reason.TEXT_COLLAPSED)
    assert text_of(replace(KNOWN, pending_digest="d" * 64), look) == (Outcome.EDITED, Reason.CONFIRMED)
    assert text_of(replace(KNOWN, pending_digest="f" * 64), look) == (Outcome.SUSPECT, Reason.TEXT_COLLAPSED)


def test_an_empty_body_is_never_confirmed_however_often_it_is_seen() -> None:
    look = seen(words=0, vocabulary=frozenset())
    assert text_of(replace(KNOWN, pending_digest="d" * 64), look) == (Outcome.SUSPECT, Reason.TEXT_EMPTY)


def test_a_short_text_may_shrink_honestly() -> None:
    assert text_of(replace(KNOWN, words=80), seen(words=30)) == (Outcome.EDITED, Reason.TEXT_CHANGED)


def test_a_headline_that_lost_its_mark_is_a_template_break() -> None:
    page = replace(PAGE, signs=frozenset({Sign.NO_HEADLINE_MARK}))
    assert text_of(KNOWN, seen(extraction=page)) == (Outcome.SUSPECT, Reason.TEMPLATE_BREAK)
    never_marked = replace(KNOWN, headline_marked=False)
    assert text_of(never_marked, seen(extraction=page)) == (Outcome.EDITED, Reason.TEXT_CHANGED)


def test_another_articles_text_is_suspect() -> None:
    other = frozenset(f"other{n}" for n in range(200))
    assert text_of(KNOWN, seen(vocabulary=other)) == (Outcome.SUSPECT, Reason.OTHER_ARTICLE)


def test_a_body_that_cannot_be_read_as_a_page_is_an_error() -> None:
    assert text_of(KNOWN, seen(extraction=None)) == (Outcome.ERROR, Reason.NOT_TEXT)


def test_a_stated_version_is_one_even_where_the_text_is_equal() -> None:
    look = seen(medium=Medium.NEWS_SNIFFER, status=None, text_digest=OLD.digest(), stated_change=True)
    assert text_of(KNOWN, look) == (Outcome.EDITED, Reason.STATED_BY_SOURCE)


@given(st.frozensets(st.text(max_size=4)), st.frozensets(st.text(max_size=4)))
def test_kinship_is_a_share_and_symmetric(one: frozenset[str], other: frozenset[str]) -> None:
    assert 0 <= kinship(one, other) <= 1
    assert kinship(one, other) == kinship(other, one)


@given(st.integers(100, 599))
def test_only_edited_ever_makes_a_version(status: int) -> None:
    decision = decide_response(KNOWN, seen(status=status))
    assert decision is None or not decision.makes_version or decision.outcome is Outcome.EDITED
    assert (decision is None) == (200 <= status < 300)
