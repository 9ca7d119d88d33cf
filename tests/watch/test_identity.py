"""Another article's page never becomes an edit; a text written anew does, in time and with its own name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watch.test_decide import KNOWN, PAGE, seen
from writethru.model import Outcome, Reason
from writethru.text.urls import canonical
from writethru.watch.decide import Decision, Doubted, Known, decide_text, turns_on_others
from writethru.watch.identity import Identity, identity, same_address

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)
OURS, OTHERS = "https://ledger.example/a", "https://ledger.example/other"
NEW_WORDS = frozenset(f"new{n}" for n in range(200))
HERE = replace(KNOWN, named=OURS, headline="Ferry sinks")


def look(named: str | None, *, minutes: float = 0, digest: str = "d", headline: str = "All new") -> object:
    """A look that brought a text of other words, from a page that names this address."""
    page = replace(PAGE, canonical_url=named, headline=headline)
    return seen(extraction=page, vocabulary=NEW_WORDS, text_digest=digest * 64, at=NOON + timedelta(minutes=minutes))


def doubted(reason: Reason, *minutes: float, digest: str = "d") -> tuple[Doubted, ...]:
    return tuple(Doubted(NOON + timedelta(minutes=m), reason, digest * 64) for m in sorted(minutes, reverse=True))


def verdict(known: Known, given_look: object) -> tuple[Outcome, Reason]:
    decision = decide_text(known, given_look)  # type: ignore[arg-type]
    return decision.outcome, decision.reason


def test_a_page_that_names_another_article_is_suspect_however_often_it_agrees() -> None:
    known = replace(HERE, pending_digest="d" * 64, doubted=doubted(Reason.ANOTHER_ARTICLE, 0, 10, 30, 70))
    assert verdict(known, look(OTHERS, minutes=150)) == (Outcome.SUSPECT, Reason.ANOTHER_ARTICLE)


def test_after_a_day_another_articles_page_is_a_move_and_no_edit() -> None:
    known = replace(HERE, pending_digest="d" * 64, doubted=doubted(Reason.ANOTHER_ARTICLE, 0, 60, 600))
    assert verdict(known, look(OTHERS, minutes=25 * 60)) == (Outcome.MOVED, Reason.ANOTHER_ARTICLE)


def test_a_redirect_to_a_text_of_other_words_is_a_move() -> None:
    led = replace(look(None), final_url=OTHERS)  # type: ignore[type-var]
    assert verdict(HERE, led) == (Outcome.MOVED, Reason.REDIRECT_ELSEWHERE)


def test_a_new_address_alone_is_no_doubt() -> None:
    """Outlets change the words in an address when they change the headline."""
    page = replace(PAGE, canonical_url=OTHERS)
    assert verdict(HERE, seen(extraction=page)) == (Outcome.EDITED, Reason.TEXT_CHANGED)


def test_a_text_that_is_another_articles_is_doubted_also_where_no_address_is_named() -> None:
    known = replace(HERE, elsewhere=True)
    assert verdict(known, look(None)) == (Outcome.SUSPECT, Reason.ANOTHER_ARTICLE)


def test_whether_another_article_has_the_text_is_asked_only_where_the_verdict_turns_on_it() -> None:
    assert turns_on_others(HERE, look(None))  # type: ignore[arg-type]
    assert not turns_on_others(HERE, seen(text_digest="d" * 64))  # words of this article: believed either way
    assert not turns_on_others(HERE, look(OTHERS))  # type: ignore[arg-type]  # another article's by its address


def test_a_rewrite_under_its_own_address_is_accepted_when_the_next_look_agrees() -> None:
    assert verdict(HERE, look(OURS)) == (Outcome.SUSPECT, Reason.OTHER_ARTICLE)
    agreed = replace(HERE, pending_digest="d" * 64, doubted=doubted(Reason.OTHER_ARTICLE, 0))
    assert verdict(agreed, look(OURS, minutes=10)) == (Outcome.EDITED, Reason.REWRITTEN)


def test_a_rewrite_that_goes_on_changing_is_accepted_after_four_looks_in_an_hour() -> None:
    known = replace(HERE, pending_digest="x" * 64, doubted=doubted(Reason.OTHER_ARTICLE, 0, 10, 30, digest="x"))
    assert verdict(known, look(OURS, minutes=59)) == (Outcome.SUSPECT, Reason.OTHER_ARTICLE)
    assert verdict(known, look(OURS, minutes=70)) == (Outcome.EDITED, Reason.REWRITTEN)


def test_a_rewrite_with_the_old_headline_is_of_this_article_without_any_address() -> None:
    agreed = replace(HERE, pending_digest="d" * 64, doubted=doubted(Reason.OTHER_ARTICLE, 0))
    assert verdict(agreed, look(None, headline="Ferry sinks")) == (Outcome.EDITED, Reason.REWRITTEN)


def test_a_text_that_nothing_ties_to_the_article_must_stand_for_hours() -> None:
    known = replace(HERE, pending_digest="d" * 64, doubted=doubted(Reason.OTHER_ARTICLE, 0, 10, 30))
    assert verdict(known, look(None, minutes=70)) == (Outcome.SUSPECT, Reason.OTHER_ARTICLE)
    assert verdict(known, look(None, minutes=361)) == (Outcome.EDITED, Reason.REWRITTEN)
    unsteady = replace(known, doubted=doubted(Reason.OTHER_ARTICLE, 0, 10, 30, digest="x"))
    assert verdict(unsteady, look(None, minutes=10_000)) == (Outcome.SUSPECT, Reason.OTHER_ARTICLE)


@given(
    st.lists(st.integers(0, 10_000), max_size=12),
    st.sampled_from(["d" * 64, "x" * 64, ""]),
    st.booleans(),
    st.integers(0, 400),
)
def test_no_history_makes_another_articles_page_an_edit(
    minutes: list[int], pending: str, elsewhere: bool, words: int
) -> None:
    known = replace(
        HERE, pending_digest=pending, elsewhere=elsewhere, doubted=doubted(Reason.ANOTHER_ARTICLE, *minutes)
    )
    given_look = replace(look(OTHERS, minutes=20_000), words=words)  # type: ignore[type-var]
    assert decide_text(known, given_look).outcome in (Outcome.SUSPECT, Outcome.MOVED)  # type: ignore[arg-type]
    assert isinstance(decide_text(known, given_look), Decision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://ledger.example/a", "https://www.ledger.example/a/", True),
        ("https://ledger.example/a/amp", "https://ledger.example/a", True),
        ("https://m.ledger.example/a", "https://www.ledger.example/a", True),
        ("https://ledger.example/a?id=1", "https://ledger.example/a?id=2", False),
        ("https://ledger.example/?p=1", "https://ledger.example/?p=2", False),
        ("https://ledger.example/a", "https://ledger.example/A", False),
        ("https://ledger.example/a", "https://herald.example/a", False),
        ("urn:sha256:00", "urn:sha256:00", True),
    ],
)
def test_same_address(one: str, other: str, same: bool) -> None:
    assert same_address(one, other) is same


def test_identity() -> None:
    assert identity("", "", [OURS]) is Identity.UNKNOWN
    assert identity("https://ledger.example/", "", [OURS]) is Identity.UNKNOWN
    assert identity("http://www.ledger.example/a", "", [OURS]) is Identity.SAME
    assert identity("https://ledger.example/news", "https://ledger.example/news", [OURS]) is Identity.UNKNOWN
    assert identity(OTHERS, OURS, [OURS]) is Identity.OTHER


@given(st.sampled_from(["id", "p", "article", "story", "n"]), st.integers(0, 99), st.integers(0, 99))
def test_identifiers_in_the_query_are_never_merged(name: str, one: int, other: int) -> None:
    first, second = (canonical(f"https://ledger.example/story.php?{name}={n}&utm_source=x") for n in (one, other))
    assert same_address(first, second) is (one == other)
    assert (first == second) is (one == other)
