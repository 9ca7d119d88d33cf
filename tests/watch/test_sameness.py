"""Many addresses become one article on the evidence of equal texts; two articles never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.text.urls import canonical
from writethru.watch.sameness import Ground, Pair, Verdict, judge, judge_address, judge_pair

EQUAL = Pair(shared=True, overlap=1.0, words=200, one_headline=True, looks=2)
URL = "https://ledger.example/2031/03/bridge-shut"


@pytest.mark.parametrize(
    ("url", "named", "ground"),
    [
        (URL, "https://ledger.example/", Ground.HOME_PAGE),
        (URL, "https://ledger.example/2031", Ground.SECTION_PAGE),
        (URL, "https://ledger.example/2031/03/", Ground.SECTION_PAGE),
        (URL, "https://wire.example/2031/03/bridge-shut", Ground.OTHER_SITE),
        ("https://ledger.example/story.php?id=5", "https://ledger.example/story.php", Ground.DROPS_AN_ID),
        ("https://ledger.example/story?id=5", "https://ledger.example/story?id=6", Ground.DROPS_AN_ID),
        ("https://ledger.example/?p=12", "https://ledger.example/?p=1", Ground.DROPS_AN_ID),
        (URL, "https://ledger.example/2031/03/bridge-shut-for-a-week", None),
        (f"{URL}/amp", URL, None),
        (f"{URL}?ref=front", URL, None),
        ("https://m.ledger.example/2031/bridge", "https://www.ledger.example/2031/bridge", None),
        ("https://ledger.example/?p=12", URL, None),
    ],
)
def test_what_a_stated_address_may_say(url: str, named: str, ground: Ground | None) -> None:
    assert judge_address(url, named) is ground


def test_a_free_address_is_one_more_of_this_article() -> None:
    assert judge(f"{URL}/amp", URL, None).verdict is Verdict.ALIAS


def test_equal_texts_join_and_different_ones_never() -> None:
    assert judge(f"{URL}/amp", URL, EQUAL).ground is Ground.EQUAL_TEXT
    close = replace(EQUAL, shared=False, overlap=0.95)
    assert judge_pair(close).ground is Ground.CLOSE_TEXT
    for pair in (replace(close, one_headline=False), replace(close, overlap=0.8)):
        assert judge_pair(pair).ground is Ground.DIFFERENT_TEXT


def test_one_look_and_few_words_prove_nothing() -> None:
    assert judge_pair(replace(EQUAL, looks=1)).ground is Ground.TOO_SOON
    assert judge_pair(replace(EQUAL, words=12)).ground is Ground.LITTLE_TEXT


@given(
    st.builds(
        Pair, shared=st.just(False), overlap=st.floats(0, 0.89), words=st.integers(0, 999),
        one_headline=st.booleans(), looks=st.integers(0, 99),
    ),
    st.sampled_from([f"{URL}/amp", f"{URL}?x=1", "https://ledger.example/other"]),
)  # fmt: skip
def test_articles_of_different_text_are_never_joined(pair: Pair, url: str) -> None:
    assert judge(canonical(url), URL, pair).verdict is Verdict.NOTHING


@given(st.sampled_from(["id", "p", "article", "storyid"]), st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_in_the_query_are_never_dropped(name: str, one: int, other: int) -> None:
    url = f"https://ledger.example/story.php?{name}={one}"
    assert judge(url, "https://ledger.example/story.php", EQUAL).verdict is Verdict.NOTHING
    if one != other:
        assert judge(url, f"https://ledger.example/story.php?{name}={other}", EQUAL).verdict is Verdict.NOTHING
