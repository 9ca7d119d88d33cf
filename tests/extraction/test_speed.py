"""What makes a reading fast must not alter it; and hostile pages cost bounded work."""

from __future__ import annotations

import gc
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.test_explanation import BODY, SENTENCE, page
from writethru.extraction import explain, extract
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.overlong import MOST, without_overlong_tags
from writethru.extraction.phrases import GATE, is_gate
from writethru.extraction.tree import Frame, parse, walk
from writethru.extraction.unchanged import is_unchanged

WORDS = st.sampled_from(
    (
        *(
            "subscribe",
            "Sign up",
            "log in",
            "to continue reading",
            "this article is for",
            "subscribers",
            "members",
            "you",
        ),
        *(
            "have reached your",
            "already a subscriber?",
            "Lesen Sie diesen Artikel mit",
            "jetzt weiterlesen",
            "réservé aux",
        ),
        *(
            "abonnés",
            "cet article est réservé",
            "contenido exclusivo para suscriptores",
            "Artikel ist exklusiv",
            "premium",
        ),
        *(
            "続きを読むには",
            "للمشتركين فقط",
            "only",
            "the harbour",
            "to read this",
            "become a member",
            "for full access",
        ),
    )
)


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_the_words_asked_for_first_miss_no_gate(text: str) -> None:
    assert is_gate(text) is bool(GATE.search(text))


@pytest.mark.parametrize("end", ["</body>", "</BODY >", "</Html>", "</body></html>"])
def test_what_stands_behind_a_stray_end_of_the_page_is_read(end: str) -> None:
    halves = BODY.split("<p>", 4)
    cut = f"<html><body><article><h1>Quay</h1>{'<p>'.join(halves[:4])}{end}<p>{halves[4]}</article></body></html>"
    assert extract(cut).text == extract(cut.replace(end, "")).text


def test_attributes_by_the_thousand_are_gone_before_the_parser_compares_them() -> None:
    many = " ".join(f"a{n}=1 b{n} c{n}='x y'" for n in range(20_000))
    hostile = page(f"{BODY}<p {many}>{SENTENCE}</p>")
    plain = without_overlong_tags(hostile.encode())
    most = max(len(re.findall(rb"\s[a-c]\d+", tag)) for tag in plain.split(b">"))
    assert most <= MOST
    assert SENTENCE.strip() in extract(hostile).text


def test_attributes_that_quote_the_end_of_a_tag_are_gone_too() -> None:
    many = " ".join(f'a{n}="x > y"' for n in range(20_000))
    plain = without_overlong_tags(page(f"{BODY}<p {many}>{SENTENCE}</p>").encode())
    assert b"a19999=" not in plain
    assert SENTENCE.strip() in extract(plain).text


def test_tags_that_never_close_beside_many_ends_are_left_alone() -> None:
    hostile = page("> " * 30_000 + "<b x" * 30_000 + "<i 'y " * 3_000).encode()
    assert without_overlong_tags(hostile) == hostile


def test_a_long_value_is_no_multitude_of_attributes() -> None:
    data = " ".join(f"word{n}=1" for n in range(20_000))
    honest = page(f"<div data-props='{data} > {data}'>{BODY}</div>").encode()
    assert without_overlong_tags(honest) == honest


HOSTILE = {
    "nested boxes": "<div>" * 5_000 + SENTENCE,
    "nested tables": "<table><tr><td>" * 1_000 + SENTENCE,
    "nested lists": "<ul><li>x" * 500 + SENTENCE,
    "nested links": "<a href=x>" * 5_000 + SENTENCE,
    "many siblings": "<i>x</i>" * 30_000,
    "many paragraphs": "<p>x." * 6_000,
    "one long text": "<p>" + SENTENCE * 5_000,
    "many breaks": "<p>" + "x<br>" * 4_000,
    "nothing but openings": "<p>" + "<" * 20_000,
    "comments that never end": "<!--" * 20_000,
    "scripts that never end": "<svg>" * 20_000,
    "tags that never end": "<b " * 10_000,
    "links that never end": "<a " + "href " * 30_000,
    "zeros": "\x00" * 20_000,
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_read_explained_and_looked_at_in_bounds(inside: str) -> None:
    first = read_known(page(BODY).encode(), None, Knowledge())
    assert first.memory is not None
    hostile = page(BODY + inside).encode()
    read = read_known(hostile, None, Knowledge(memory=first.memory)).extraction
    assert first.extraction.blocks[0].text in read.text
    assert len(explain(hostile)) < 12_000_000
    assert not is_unchanged(hostile, "", first.memory.fingerprint) or read.text == first.extraction.text


def test_entities_that_grow_are_not_opened() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    read = extract(f'<!DOCTYPE html [<!ENTITY a0 "ha">{laughs}]>{page(BODY + "<p>&a11;</p>")}')
    assert len(read.text) < 2 * len(extract(page(BODY)).text)


@pytest.mark.parametrize(
    "script", ["[" * 50_000, '{"a":' * 50_000 + "1" + "}" * 50_000, '{"headline":"' + "x" * 500_000 + '"}']
)
def test_statements_that_nest_or_never_end_are_left_alone(script: str) -> None:
    stated = f'<script type="application/ld+json">{script}</script>'
    assert extract(page(stated + BODY)).text == extract(page(BODY)).text


def test_a_page_that_was_read_leaves_nothing_that_holds_itself() -> None:
    """A box that held itself would keep its whole page until garbage is looked for."""
    gc.collect()
    gc.disable()
    try:
        walk(parse(page(BODY)))
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = [held for held in gc.garbage if isinstance(held, Frame)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left == []
