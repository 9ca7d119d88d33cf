"""Queries: what is understood, and that every fault has its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.errors import MalformedQuery
from writethru.search.query import All, Either, Not, Query, Words, parse

PIECES = ['"', "(", ")", "AND", "OR", "NOT", "-", "*", ":", "outlet:", "kind:figure", "before:2031", "removed:yes"]
QUERIES = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(alphabet="ab1é東-.*'\\%", max_size=4)), max_size=12).map(
        " ".join
    ),
)


def word(text: str) -> Words:
    return Words((text,))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("a b", All((word("a"), word("b")))),
        ("a AND b OR c", Either((All((word("a"), word("b"))), word("c")))),
        ("a (b OR c)", All((word("a"), Either((word("b"), word("c")))))),
        ("a -b", All((word("a"), Not(word("b"))))),
        ("a NOT (b c)", All((word("a"), Not(All((word("b"), word("c"))))))),
        ('"To be, or not"', Words(("to", "be", "or", "not"))),
        ("“Prime minis*”", Words(("prime", "minis"), prefix=True)),
        ("co-operate", Words(("co", "operate"))),
        ("headline:Storm", Words(("storm",), field="headline")),
        ("and or not", All((word("and"), word("or"), word("not")))),
        ("https://x.example/a", Words(("https", "x", "example", "a"))),
    ],
)
def test_understood(text: str, root: object) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "at least one word", (0, 0)),
        ('say "so', "not closed", (4, 7)),
        ("(a b", "not closed", (0, 1)),
        ("a b)", "closes nothing", (3, 4)),
        ("a ()", "nothing in these", (2, 3)),
        ("a OR", "OR needs words", (2, 4)),
        ("AND a", "AND needs words", (0, 3)),
        ("a NOT", "NOT needs words", (2, 5)),
        ("NOT a", "say what to look for", (0, 5)),
        ("a OR NOT b", "say what to look for", (0, 10)),
        ("th*", "at least 3 letters", (0, 3)),
        ("who:me", "there is no filter who:", (0, 4)),
        ("a kind:silly", "no such kind", (7, 12)),
        ("a after:soon", "no date", (8, 12)),
        ("a removed:maybe", "yes or no", (10, 15)),
        ("a OR outlet:x", "OR needs words", (2, 4)),
        ("a NOT outlet:x", "cannot be negated", (2, 5)),
        ("a (outlet:x)", "for the whole query", (2, 3)),
        ("…", "no letter or digit", (0, 1)),
        ("(" * 21 + "a", "more than 20", (20, 21)),
        ("a " * 65, "more than 64 words", (128, 129)),
        ("a" * 1001, "at most 1,000", (80, 80)),
    ],
)
def test_every_fault_has_its_place(text: str, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(MalformedQuery, match=message) as refused:
        parse(text)
    assert (refused.value.place, refused.value.code) == (place, "query_malformed")


@given(QUERIES)
def test_anything_is_understood_or_refused(text: str) -> None:
    try:
        query: Query | MalformedQuery = parse(text)
    except MalformedQuery as error:
        query = error
    if isinstance(query, MalformedQuery):
        assert 0 <= query.place[0] <= query.place[1] <= max(len(text), 80)
    else:
        assert list(query.leaves())
