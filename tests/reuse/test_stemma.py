"""Descent, copy groups, their drawings; alterations on the way; grams."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE, words_of
from writethru.comparison import Kind, compare
from writethru.model import ArticleText
from writethru.reuse.alterations import Covered, alterations
from writethru.reuse.drawing import to_graphml, to_json, to_svg
from writethru.reuse.folding import folded, places
from writethru.reuse.grams import ENOUGH, RARITY, Hit, closeness, grams
from writethru.reuse.passages import shared_passages
from writethru.reuse.stemma import Link, Stemma, Telling, copy_groups, stemma
from writethru.reuse.words import read_words

KEYS = st.sampled_from("abcdefg")
LINKS = st.lists(st.builds(Link, KEYS, KEYS, st.floats(0, 1)), max_size=25)


def texts(keys: str) -> list[Telling]:
    return [Telling(key, f"Article {key}", f"Outlet {key}") for key in keys]


def test_a_chain_of_copies_is_a_chain() -> None:
    links = [Link("a", "b", 0.9), Link("b", "c", 0.8), Link("a", "c", 0.5)]
    drawn = stemma(texts("abc"), links)
    assert {(link.source, link.derived) for link in drawn.links} == {("a", "b"), ("b", "c")}
    assert drawn.others == (links[2],)
    assert [text.key for text in drawn.roots] == ["a"]


@given(LINKS, st.integers())
def test_a_forest_whatever_the_links_and_their_order(links: list[Link], seed: int) -> None:
    drawn = stemma(texts("abcdefg"), links)
    parents = {link.derived: link.source for link in drawn.links}
    assert len(parents) == len(drawn.links)
    for start in list(parents):
        key, seen = start, set()
        while key in parents:
            assert key not in seen
            seen.add(key)
            key = parents[key]
    shuffled = list(links)
    random.Random(seed).shuffle(shuffled)
    assert stemma(texts("gfedcba"), shuffled) == drawn


def test_a_circle_breaks_at_its_weakest_link() -> None:
    drawn = stemma(texts("abc"), [Link("a", "b", 0.9), Link("b", "c", 0.8), Link("c", "a", 0.7)])
    assert {(link.source, link.derived) for link in drawn.links} == {("a", "b"), ("b", "c")}


@given(st.lists(st.tuples(KEYS, KEYS)))
def test_copy_groups_part_the_articles(same: list[tuple[str, str]]) -> None:
    groups = copy_groups("abcdefg", same)
    assert sorted(key for group in groups for key in group) == list("abcdefg")
    where = {key: at for at, group in enumerate(groups) for key in group}
    assert all(where[one] == where[other] for one, other in same)


def test_drawings_are_wellformed_and_escape() -> None:
    odd = Telling('k"<&\x00', "<script>alert(1)</script>\x0b", "Outlet <b>", datetime(2026, 3, 3, tzinfo=UTC))
    drawn = stemma([odd, *texts("ab")], [Link("a", odd.key, 0.5, words="<i>"), Link("b", odd.key, 0.4)])
    for xml in (to_svg(drawn, "<title>"), to_graphml(drawn)):
        ET.fromstring(xml)
        assert "<script>" not in xml
    assert len(to_json(drawn)["others"]) == 1


def test_forty_texts_have_places_of_their_own() -> None:
    keys = [f"n{number:02}" for number in range(40)]
    links = [Link(keys[number // 3], keys[number], 0.5) for number in range(1, 40)]
    drawn = to_svg(stemma([Telling(key, key) for key in keys], links))
    boxes = {(r.get("x"), r.get("y")) for r in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}rect")}
    assert len(boxes) == 40


def behind(drawn: Stemma) -> int:
    """How many texts a folded stemma stands for."""
    boxes = [re.fullmatch(r"and ([\d,]+) more", text.outlet) for text in drawn.texts]
    return sum(int(box.group(1).replace(",", "")) if box else 1 for box in boxes)


@given(st.integers(1, 300), st.integers(0, 3), st.integers(2, 60))
@settings(max_examples=40)
def test_a_folded_stemma_fits_and_stands_for_every_text(count: int, shape: int, most: int) -> None:
    parents: dict[int, Callable[[int], int]] = {
        0: lambda n: 0,
        1: lambda n: n - 1,
        2: lambda n: n // 3,
        3: lambda n: n - 1 if n % 2 else n - 2,
    }
    keys = [f"n{number:03}" for number in range(count)]
    links = [Link(keys[parents[shape](n)], keys[n], 0.5) for n in range(1, count) if n % 11]
    drawn = stemma([Telling(key, key) for key in keys], links)
    made = folded(drawn, most)
    assert len(made.texts) <= most
    assert behind(made) == count
    assert {link.source for link in made.links} | {link.derived for link in made.links} <= {t.key for t in made.texts}
    assert len(places(made)) == len(made.texts)
    assert (made == drawn) == (count <= most)


def test_copies_of_one_text_are_one_box_and_the_earliest_are_shown() -> None:
    keys = [f"n{number:04}" for number in range(10_000)]
    drawn = to_svg(stemma([Telling(key, key) for key in keys], [Link(keys[0], key, 0.9) for key in keys[1:]]))
    assert len(drawn) < 20_000
    assert "and 9,991 more" in drawn
    assert "10000 texts, 9999 of them seem made from another" in drawn
    assert "9,991 texts, each at least 90%" in drawn


def test_what_was_changed_on_the_way() -> None:
    source, derived = ArticleText.from_plain(WIRE), ArticleText.from_plain(COPY)
    words = read_words(source), read_words(derived)
    found = alterations(source, derived, Covered.of(words, shared_passages(*words)))
    kinds = {kind for edit in found.altered for kind in edit.kinds}
    assert {Kind.FIGURE, Kind.HEDGE} <= kinds
    assert (found.lead_cut, found.tail_cut) == (False, True)
    assert found.put_in == 1
    assert found.left_out == 3


def test_grams_find_a_copy_and_not_another_account() -> None:
    def hits(one: str, other: str) -> list[Hit]:
        there = {gram.hash: gram for gram in grams(words_of(one))}
        shared = [(there[gram.hash], gram) for gram in grams(words_of(other)) if gram.hash in there]
        return [(ours.at, theirs.at, RARITY[1]) for theirs, ours in shared if not (theirs.quoted and ours.quoted)]

    assert closeness(hits(WIRE, COPY)) > 3 * ENOUGH
    assert closeness(hits(WIRE, OWN_ACCOUNT)) < ENOUGH


def test_a_function_word_put_in_leaves_a_gram_whole() -> None:
    one, other = words_of("the crews poured river water"), words_of("those crews then poured some of the river water")
    assert {gram.hash for gram in grams(one)} == {gram.hash for gram in grams(other)}


def test_names_alone_are_no_grams_and_quoted_ones_are_marked() -> None:
    assert grams(words_of("There was Ilse Marden and Jan Holm in Port Ellen.")) == ()
    assert {gram.quoted for gram in grams(words_of("“papers burn badly” she said"))} == {True}
    assert grams(words_of("“papers” burn")) == (), "half of it quoted"


def test_rare_grams_count_for_more() -> None:
    rare, stock = ([(at, at, RARITY[holders]) for at in (3, 9)] for holders in (1, 16))
    assert closeness(rare) > ENOUGH > closeness(stock) > 0
    assert closeness([(3, 3, RARITY[1]), (9, 200, RARITY[1])]) == 0, "near here, far apart there"


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.sampled_from(RARITY[1:])), max_size=12))
def test_partnership_does_not_depend_on_the_order_of_hits(hits: list[Hit]) -> None:
    assert closeness(hits) == closeness(hits[::-1])


def test_sentences_that_share_a_few_words_are_two_and_not_one_altered() -> None:
    seen = "Witnesses told of two men with lamps and a boat without any name, harbour police sergeant Ilse Marden said."
    found_there = "Divers took up an iron chest near the pier at low water, harbour police sergeant Ilse Marden said."
    told = "Crews from five stations fought the flames for nine hours and poured water from the river on to the roof."
    source, derived = ArticleText.from_plain(f"{seen}\n{told}"), ArticleText.from_plain(f"{found_there}\n{told}")
    words = read_words(source), read_words(derived)
    covered = Covered.of(words, shared_passages(*words))
    assert covered[0].share(compare(source, derived).edits[0].old) > 0
    assert alterations(source, derived, covered).altered == ()
    nearly = ArticleText.from_plain(f"{seen.replace('two men', 'three men')}\n{told}")
    words = read_words(source), read_words(nearly)
    assert len(alterations(source, nearly, Covered.of(words, shared_passages(*words))).altered) == 1
