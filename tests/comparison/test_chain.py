"""Sentences followed through many versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.comparison.strategies import prose, relaxed
from writethru.comparison import Kind, Place, follow
from writethru.text import sentence_spans

FIRST = "A fire killed 12 people. The mayor wept.\n\nNo one was hurt elsewhere."
SECOND = "A fire killed 21 people. The mayor wept."
THIRD = "A fire killed 21 people in Skelby. The mayor wept.\n\nNo one was hurt elsewhere. Rain is expected."


def test_blame_tells_which_version_brought_each_sentence_and_what_it_was() -> None:
    blame = follow([FIRST, SECOND, THIRD]).blame
    assert [(life.text, life.born) for life in blame] == [
        ("A fire killed 21 people in Skelby.", 0),
        ("The mayor wept.", 0),
        ("No one was hurt elsewhere.", 0),
        ("Rain is expected.", 2),
    ]
    assert [(w.text, w.first, w.last, w.how) for w in blame[0].wordings] == [
        ("A fire killed 12 people.", 0, 0, "first"),
        ("A fire killed 21 people.", 1, 1, "rewritten"),
        ("A fire killed 21 people in Skelby.", 2, 2, "rewritten"),
    ]


def test_a_sentence_that_returns_is_restored_and_not_new() -> None:
    chain = follow([FIRST, SECOND, THIRD])
    assert [life.text for life in chain.restored(2)] == ["No one was hurt elsewhere."]
    assert chain.restored(1) == ()
    assert [Kind.RESTORED in change.kinds for change in chain.changes] == [False, True]
    assert chain.changes[1].apply(SECOND) == THIRD


def test_lost_is_what_stood_once_and_stands_no_more() -> None:
    assert [(life.text, life.last) for life in follow([FIRST, SECOND]).lost] == [("No one was hurt elsewhere.", 0)]
    assert follow([FIRST, SECOND, THIRD]).lost == ()


def test_a_biography_is_found_from_any_version() -> None:
    chain = follow([FIRST, SECOND, THIRD])
    assert chain.biography(Place(1, "paragraph", 0, 0)) == chain.blame[0]
    assert chain.biography(Place(1, "paragraph", 0, 1)) is None


def test_a_split_sentence_says_what_it_was_split_from() -> None:
    old = "The river had fallen by nightfall, and the road to the coast was open again."
    new = "The river had fallen by nightfall. The road to the coast was open again."
    first, second = follow([old, new]).blame
    assert first.born == 0
    assert (second.born, second.came_from) == (1, Place(0, "paragraph", 0, 0))


def test_a_sentence_merged_into_another_is_not_lost() -> None:
    old = "The river had fallen by nightfall. The road to the coast was open again."
    new = "The river had fallen by nightfall, and the road to the coast was open again."
    chain = follow([old, new])
    assert [(life.text, life.merged) for life in chain.lives] == [(new, False), (old[35:], True)]
    assert chain.lost == ()
    assert [life.text for life in follow([old, new, "Rain."]).lost] == [new]
    assert [life.merged for life in follow([old, new, old]).blame] == [False, False]


def test_a_page_that_goes_back_and_forth_is_compared_once_each_way() -> None:
    chain = follow([FIRST, SECOND] * 20)
    assert len(chain.changes) == 39
    assert len({id(change.patch) for change in chain.changes}) == 2
    assert [len(life.wordings) for life in chain.blame] == [40, 1]


def test_a_moved_sentence_keeps_its_life() -> None:
    text = "One thing happened here.\n\nAnother thing happened there.\n\nA third thing happened as well."
    moved = "A third thing happened as well.\n\nOne thing happened here.\n\nAnother thing happened there."
    assert [life.born for life in follow([text, moved]).blame] == [0, 0, 0]


@relaxed
@given(st.lists(prose, min_size=1, max_size=5))
def test_every_sentence_of_the_latest_version_has_exactly_one_life(versions: list[str]) -> None:
    chain = follow(versions)
    latest = [line.strip()[a:b] for line in versions[-1].split("\n") for a, b in sentence_spans(line.strip())]
    assert [life.text for life in chain.blame] == latest
    assert all(life.last == len(versions) - 1 for life in chain.blame)
    assert len(set(chain.latest)) == len(chain.latest)
    for life in chain.lives:
        assert all(a.last < b.first for a, b in zip(life.wordings, life.wordings[1:], strict=False))


def test_no_versions_make_an_empty_chain() -> None:
    chain = follow([])
    assert (chain.changes, chain.blame, chain.lost) == ((), (), ())
