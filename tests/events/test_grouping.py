"""Groups are a function of the set of articles: time is a gate, editors' ties are kept, oversize is bounded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analyse.told import FIRE, FLOOD, FLOOD_YEARS_LATER, OTHER, Told
from writethru.events import splitting
from writethru.events.features import Features, features_of
from writethru.events.grouping import DAY, MOST, group
from writethru.events.items import Item, Ties, Weights
from writethru.events.linkage import APART, mean_links
from writethru.events.membership import Step, number, replay
from writethru.events.moments import Basis, Stated, inferred_minute, when
from writethru.events.reasons import shared_terms, shared_words
from writethru.events.storyline import Happening, Kind, happening, link, storylines
from writethru.events.vectors import Vector, Vocabulary
from writethru.model import ArticleText


def item(one: Told, key: str, day: float = 0) -> Item:
    return Item(key, int(day * DAY), features_of(ArticleText.from_plain(one.body, headline=one.headline)))


def weights(items: list[Item]) -> Weights:
    return Weights(len(items), Counter(term for one in items for term in one.features.bag))


SOME = [*(item(one, f"fire{n}") for n, one in enumerate(FIRE)), item(OTHER, "other"), item(FLOOD, "flood")]


@given(st.permutations(SOME))
def test_order_does_not_matter(some: list[Item]) -> None:
    assert group(some, weights(some)) == group(SOME, weights(SOME))
    assert group(some, weights(some)).events == (("fire0", "fire1", "fire2"), ("flood",), ("other",))


def test_beyond_the_gate_equal_texts_are_two_events() -> None:
    some = [item(FIRE[0], "a", 0), item(FIRE[0], "b", 5.5)]
    assert len(group(some, weights(some)).events) == 2
    near = [item(FIRE[0], "a", 0), item(FIRE[0], "b", 2)]
    assert len(group(near, weights(near)).events) == 1


def test_a_chain_of_days_is_not_one_event_without_end() -> None:
    some = [item(FIRE[0], f"{day:02}", day) for day in range(0, 40, 4)]
    events = group(some, weights(some)).events
    assert all(int(event[-1]) - int(event[0]) <= 10 for event in events)


def test_ties_join_and_part_and_parting_wins() -> None:
    ties = Ties(must=frozenset({("fire0", "other")}), cannot=frozenset({("fire0", "fire1")}))
    events = group(SOME, weights(SOME), ties).events
    (joined,) = [event for event in events if "fire0" in event]
    assert "other" in joined
    assert "fire1" not in joined
    both = Ties(must=frozenset({("fire0", "fire1")}), cannot=frozenset({("fire0", "fire1")}))
    assert all(not {"fire0", "fire1"} <= set(event) for event in group(SOME, weights(SOME), both).events)


def test_groups_are_bounded() -> None:
    some = [Item(f"{n:04}", 0, Features({f"w{n % 3}": 1.0, f"v{n % 7}": 2.0, f"u{n}": 1.0})) for n in range(3 * MOST)]
    found = group(some, weights(some))
    assert sum(map(len, found.events)) == len(some)
    assert len(found.coarse) > 1


def test_mean_links_never_join_what_must_stay_apart() -> None:
    drawn = [[0.0, 1.0, 1.0], [1.0, 0.0, APART], [1.0, APART, 0.0]]
    assert mean_links(drawn, 0.1) == [[0, 1], [2]]


def test_numbers_go_by_overlap_and_replay_gives_them_back() -> None:
    before = {1: 1, 2: 1, 3: 1, 4: 2}
    found = number([[1, 2, 4], [3], [5]], before, {1: 3, 2: 1}, 3)
    assert found.events == (1, 3, 4)
    assert [(step.action, step.article_id, step.event_id) for step in found.steps] == [
        ("split", None, 3), ("open", None, 4), ("move", 4, 1), ("move", 3, 3), ("assign", 5, 4), ("merge", None, 2),
    ]  # fmt: skip
    earlier = [Step("assign", article, event) for article, event in before.items()]
    state = replay([*earlier, *found.steps])
    assert state.events == {1: 1, 2: 1, 3: 3, 4: 1, 5: 4}
    assert state.redirects == {2: 1}


def test_a_merge_takes_along_what_was_not_grouped_anew() -> None:
    state = replay([Step("assign", 1, 1), Step("assign", 2, 2), Step("merge", None, 2, {"into": 1})])
    assert state.events == {1: 1, 2: 1}


def test_when_is_what_is_stated_then_the_address_then_the_first_sight() -> None:
    url = "https://ledger.example/2031/may/04/harbour"
    assert when(Stated("2031-05-05", url, None, None)).basis is Basis.PUBLISHED
    assert when(Stated(None, url, None, None)).basis is Basis.ADDRESS
    assert when(Stated(None, "https://ledger.example/2031/05/99/x", None, None)).basis is Basis.NONE
    assert when(Stated("soon", "x", None, None)).minute is None
    assert inferred_minute([0, DAY, 5 * DAY]) == DAY + DAY // 2


def test_links_say_what_a_later_event_is() -> None:
    def told(key: int, day: int, *title: str) -> Happening:
        return replace(NOTED, key=key, minute=day * DAY, title=frozenset(title))

    first = told(1, 0)
    kinds = [
        link(told(2, 3), first, 0.5).kind,
        link(told(3, 400), first, 0.5).kind,
        link(told(4, 1, "condemn"), first, 0.5).kind,
        link(told(5, 1, "timeline"), first, 0.5).kind,
    ]
    assert kinds == [Kind.CONTINUES, Kind.REVIVES, Kind.REACTION, Kind.RECAP]


VOCABULARY = Vocabulary()


def of(words: dict[str, float]) -> Vector:
    weights = np.array(list(words.values()))
    return Vector(VOCABULARY, VOCABULARY.places(words), weights)


NOTED = Happening(1, 0, of({"orne": 1.0}), frozenset({"orne"}), frozenset(), frozenset(), 10.0)


def two(days: int, alike: float, terms: float = 10.0, *names: str) -> int:
    """How many storylines two events so far apart and so much alike are."""
    one = replace(
        NOTED,
        terms=terms,
        names=frozenset(names),
        leading=frozenset(names[:1]),
        vector=of({"orne": 1.0, "dyke": 0.5}),
    )
    other = replace(one, key=2, minute=days * DAY, vector=of({"orne": alike, "dyke": alike}))
    return len(storylines([one, other]))


def test_a_silence_asks_for_more_but_never_forbids() -> None:
    assert two(10, 0.013) == 1
    assert two(3000, 0.013) == 2
    assert two(3000, 0.2) == 1


def test_articles_must_be_more_alike_than_notes_and_share_two_names() -> None:
    assert two(10, 0.05, 150.0, "brandt", "skelby") == 2
    assert two(10, 0.2, 150.0, "brandt", "skelby") == 1
    assert two(10, 0.2, 150.0, "skelby") == 2, "one place is not one story"
    assert two(10, 0.2, 50.0) == 1


def test_names_that_lead_neither_article_are_not_one_story() -> None:
    one = replace(NOTED, terms=150.0, names=frozenset({"brandt", "skelby"}), vector=of({"orne": 1.0, "dyke": 1.0}))
    assert len(storylines([one, replace(one, key=2)])) == 2
    led = replace(one, leading=frozenset({"skelby"}))
    assert len(storylines([led, replace(led, key=2)])) == 1


def test_names_alone_are_not_one_story() -> None:
    one = replace(
        NOTED,
        terms=150.0,
        names=frozenset({"brandt", "skelby"}),
        leading=frozenset({"brandt"}),
        vector=of({"orne": 1.0, "dyke": 1.0}),
    )
    other = replace(one, key=2, vector=of({"orne": 1.0, "onions": 1.0}))
    assert len(storylines([one, other])) == 2


def test_months_and_days_name_nobody() -> None:
    text = ArticleText.from_plain("The fair of Skelby is in late September, Ilse Brandt said on a cold Monday.")
    assert happening(1, 0, [features_of(text)], [of({})]).names == {"skelby", "brandt"}


def test_reasons_name_what_is_printed_names_first() -> None:
    texts = [ArticleText.from_plain(one.body, headline=one.headline) for one in (FLOOD, FLOOD_YEARS_LATER)]
    read = [features_of(text) for text in texts]
    vectors = [of(dict(one.bag)).unit() for one in read]
    earlier, later = (
        happening(n, 0, [one], [vector]) for n, (one, vector) in enumerate(zip(read, vectors, strict=True))
    )
    shared = shared_terms(later, earlier, read[1:], read[:1])
    assert set(shared[:3]) == {"Ilse Brandt", "Orne", "Skelby"}
    assert {"sandbags", "evacuated", "schools", "soldiers", "dyke"} & {word.casefold() for word in shared[3:]}


def test_a_name_is_shared_only_where_both_print_it() -> None:
    seals, ferry = (
        features_of(ArticleText.from_plain(text))
        for text in (
            "Seals are back at Port Selwick and all over the Outer Cays, the institute at Port Selwick counted.",
            "The ferry sank off Selwick Bar, and Cays Line mourns; it was bound for the Outer Cays from Selwick Bar.",
        )
    )
    assert {"Cays Line", "Selwick Bar"} <= set(ferry.names)
    shared = shared_words(ferry, [seals], weights([Item("1", 0, seals), Item("2", 0, ferry)]))
    assert "Outer Cays" in shared
    assert "Selwick" in shared
    assert {"Cays Line", "Selwick Bar", "Port Selwick"}.isdisjoint(shared)


def events_of(articles: str, *kinds: dict[str, float]) -> list[tuple[str, ...]]:
    """The events of so many articles of each of these kinds; every article has a word of its own besides."""
    some = [
        Item(f"{at}{n}", 0, Features({**bag, f"own{at}{n}": 1.0})) for at, bag in enumerate(kinds) for n in articles
    ]
    return list(group(some, weights(some)).events)


def test_figures_part_happenings_of_one_kind() -> None:
    alike = dict.fromkeys(("tremor", "coast", "harbour"), 3.0) | {f"w{n}": 1.0 for n in range(6)}
    assert len(events_of("abcd", *(alike | {f"{kind}{n}": 1.0 for n in range(6)} for kind in "xy"))) == 1
    found = events_of("abcd", *(alike | {f"{kind}{n}": 1.0 for n in range(6)} for kind in (4, 5)))
    assert found == [("0a", "0b", "0c", "0d"), ("1a", "1b", "1c", "1d")]


def test_an_event_is_looked_at_again_by_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two happenings with one cast are alike among many others, and not beside each other."""
    ours = [{"mayor": 4.0, "harbour": 4.0} | {f"{kind}{n}": 2.0 for n in range(7)} for kind in "xy"]
    others = [{f"c{kind}{n}": 3.0 for n in range(9)} | {"mayor": 1.0} for kind in range(6)]
    assert events_of("abc", *ours, *others)[:2] == [("0a", "0b", "0c"), ("1a", "1b", "1c")]
    monkeypatch.setattr(splitting, "FEW", 1_000)
    assert events_of("abc", *ours, *others)[0] == ("0a", "0b", "0c", "1a", "1b", "1c")
