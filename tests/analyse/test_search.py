"""Search over every version, on both databases: the same articles, versions and passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.storage.made import after, article, change, look, store_version
from writethru.analyse.search import MOST_CHECKED, Search
from writethru.errors import InputError, MalformedQuery, NotInArchive
from writethru.storage.store import Store
from writethru.storage.withheld_store import KEPT, Withdrawal

KERRY = "“There ought to be consequences,” Kerry said in Geneva."
FIRST = f"About 1,400 people were killed in the attack.\n\n{KERRY}"
SECOND = f"About 1,429 people were killed in the attack.\n\n{KERRY}\n\nLavrov spoke of a solution to this problem."
THIRD = "About 1,429 people were killed in the attack.\n\nLavrov spoke of a solution to this problem."


def told(
    store: Store, bodies: Sequence[str], *, url: str = "a", headline: str = "Talks on Syria", outlet: str = ""
) -> int:
    """An article that had these texts one after the other, a minute apart."""
    made = article(store, f"https://courier.example/{url}")
    if outlet:
        store.update_article(replace(made, outlet_id=store.outlet(outlet).id))
    numbers: dict[str, int] = {}
    for minute, body in enumerate(bodies):
        if body in numbers:
            look = store_look(store, made.id, minute)
            store.add_appearance(made.id, numbers[body], look)
        else:
            numbers[body] = store_version(store, made.id, after(minute), body, headline=headline).number
        store.log("version", made.id, numbers[body], after(minute))
        if minute:
            pair = {"from_version": numbers[bodies[minute - 1]], "to_version": numbers[body]}
            store.add_change(change(made.id, minute, kinds=("figure",), **pair), {"edits": []})
    return made.id


def store_look(store: Store, article_id: int, minute: int):

    return store.add_capture(article_id, look(after(minute)))


@pytest.fixture
def search(store: Store) -> Search:
    """Three states of one article, one of another."""
    told(store, [FIRST, SECOND, THIRD], outlet="The Harbour Courier")
    told(
        store,
        ["Kerry and Lavrov met in Geneva; 15 delegates."],
        url="b",
        headline="Geneva talks go on",
        outlet="Ledger",
    )
    made = Search(store)
    made.follow()
    return made


def ids(search: Search, query: str) -> list[int]:
    return [hit.article.id for hit in search.find(query).hits]


def test_text_that_was_removed_is_found_with_the_versions_it_stood_in(search: Search) -> None:
    (hit,) = search.find('"ought to be consequences"').hits
    assert (hit.article.id, hit.versions, hit.count, hit.standing) == (1, ((1, 2),), 3, False)
    (stood,) = hit.stretches
    assert (stood.first_seen, stood.last_seen, stood.brought_by, stood.taken_by) == (after(0), after(1), None, 2)
    (passage,) = hit.passages
    assert [piece.text for piece in passage.pieces if piece.found] == ["ought to be consequences"]
    assert passage.text == KERRY


QUERIES: list[tuple[str, list[int]]] = [
    ("kerry", [2, 1]),
    ("KERRY lavrov", [2, 1]),
    ("kerry solution", [1]),  # version 2 alone has both
    ('"lavrov spoke" kerry NOT 1,400', [1]),
    ("kerry -lavrov", [1]),  # version 1
    ("1400 lavrov", []),  # never in one version
    ("1,429", [1]),
    ("1429", [1]),
    ("429", []),
    ("delegat*", [2]),
    ("del*", [2]),
    ("gen*", [2, 1]),
    ('"spoke of a sol"*', [1]),
    ("(solution OR delegates) lavrov", [2, 1]),
    ('"killed in the attack" OR delegates', [2, 1]),
    ("headline:geneva", [2]),
    ("headline:syria kerry", [1]),
    ("kerry outlet:courier", [1]),
    ('kerry outlet:"harbour courier"', [1]),
    ("kerry outlet:nobody", []),
    ("kerry removed:yes", [1]),
    ("kerry removed:no", [2]),
    ("kerry after:2031-05-04T12:02Z", []),  # it stood until 12:01
    ("1,429 after:2031-05-04T12:02Z", [1]),
    ("kerry before:2031-05-04", []),
    ("kerry before:2031-05-05", [2, 1]),
    ("lavrov before:2031-05-04T12:01Z", [2]),
    ("kerry kind:figure", [1]),
    ("kerry kind:headline", []),
    ("talks", [2, 1]),
    ("nowhere", []),
]


def test_queries(search: Search) -> None:
    assert [(query, ids(search, query)) for query, _ in QUERIES] == QUERIES


def test_a_match_by_the_headline_comes_first(search: Search, store: Store) -> None:
    told(store, ["Talks in Geneva, said Kerry."], url="c", headline="Elsewhere")
    search.follow()
    assert ids(search, "geneva") == [2, 3, 1]
    assert [hit.article.id for hit in search.find("geneva", order="newest").hits] == [3, 2, 1]


def test_a_text_that_comes_back_stands_again(store: Store) -> None:
    told(store, [FIRST, THIRD, FIRST])
    search = Search(store)
    search.follow()
    (hit,) = search.find("kerry").hits
    assert (hit.versions, hit.standing) == (((1, 1),), True)
    assert [(s.brought_by, s.taken_by) for s in hit.stretches] == [(None, 1), (2, None)]
    assert search.find("1,429 removed:yes").hits


SCRIPTS = [
    ("東京で首脳会談が開かれた。", "首脳会談"),
    ("叙利亚问题谈判", "谈判"),
    ("サウジアラビアの外相", "アラビア"),
    ("서울에서 회담이 열렸다", "서울"),
    ("การประชุมสุดยอดที่กรุงเทพ", "ประชุม"),
    ("قال الوزير إن ١٬٤٢٩ شخصا", "1429"),
    ("הַשָּׂר אמר בירושלים", "השר"),
    ("L’Élysée dément", "elysee"),
    ("The U.S. denied it", "US"),
    ("pre-war co-operation", '"co operation"'),
    ("It cost $1.5m in all", "1.5"),
]


def test_every_script(store: Store) -> None:
    for number, (text, _) in enumerate(SCRIPTS):
        told(store, [text], url=str(number))
    search = Search(store)
    search.follow()
    for number, (text, query) in enumerate(SCRIPTS, 1):
        (hit,) = search.find(query).hits
        assert (hit.article.id, text) == (number, hit.passages[0].text)
        assert any(piece.found for piece in hit.passages[0].pieces)
    assert ids(search, "15") == []


def test_pages_go_on_where_the_last_one_ended(store: Store) -> None:
    for number in range(25):
        told(store, [f"Kerry met number {number}."], url=str(number), headline="Kerry" if number % 5 == 0 else "Talks")
    search = Search(store)
    search.follow()
    whole = ids(search, "kerry")
    assert [number % 5 == 1 for number in whole] == [True] * 5 + [False] * 15  # ids begin with 1
    assert len(search.find("kerry", limit=100).hits) == 25
    found: list[int] = []
    cursor = ""
    for _ in range(30):
        page = search.find("kerry", limit=4, cursor=cursor)
        assert len(page.hits) <= 4
        found += [hit.article.id for hit in page.hits]
        cursor = page.cursor
        if not cursor:
            break
    assert found == [hit.article.id for hit in search.find("kerry", limit=100).hits]


def test_a_page_reads_a_bounded_number_of_articles(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writethru.analyse.search.MOST_CHECKED", 10)
    for number in range(25):
        told(store, ["One met two." if number else "Two met one, and one met two."], url=str(number))
    search = Search(store)
    search.follow()
    hits, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page = search.find("one two NOT number NOT one", cursor=cursor)
        hits += page.hits
        cursor, pages = page.cursor, pages + 1
        assert pages < 10
    assert (len(hits), pages) == (0, 3)
    assert MOST_CHECKED >= 100


def test_following_adds_what_is_new_and_says_what_it_has_not_seen(search: Search, store: Store) -> None:
    assert search.lag() == 0
    told(store, ["A late word: zephyr."], url="late")
    assert (search.lag(), ids(search, "zephyr")) == (1, [])
    assert search.follow().articles == 1
    assert (search.lag(), ids(search, "zephyr")) == (0, [3])
    assert search.follow().lines == 0


def test_an_article_that_was_derived_anew_is_indexed_anew(search: Search, store: Store) -> None:
    store.clear_derived(1)
    store.log("rebuilt", 1, 0, after(9))
    search.follow()
    assert ids(search, "consequences") == []
    store_version(store, 1, after(0), "Only this now.")
    store.log("version", 1, 1, after(9))
    search.follow()
    assert (ids(search, '"only this"'), ids(search, "kerry")) == ([1], [2])


def test_a_withdrawn_article_is_not_found_until_it_is_put_back(search: Search, store: Store) -> None:
    with store.transaction():
        store.withheld.withdraw(Withdrawal(1, after(5), "ida", "a court's order", KEPT, 0))
        store.log("withdrawn", 1, 0, after(5))
    assert ids(search, "kerry") == [2], "at once"
    search.follow()
    assert (ids(search, "kerry"), ids(search, "consequences")) == ([2], [])
    with store.transaction():
        store.withheld.restore(1)
        store.log("rebuilt", 1, 0, after(6))
    search.follow()
    assert ids(search, "kerry") == [2, 1]


def test_rebuilding_gives_the_same(search: Search) -> None:
    before = [search.find(query) for query in ("kerry", "1,429", '"ought to be"')]
    search.rebuild()
    assert [search.find(query) for query in ("kerry", "1,429", '"ought to be"')] == before


def test_a_saved_search_tells_what_came_and_what_went(search: Search, store: Store) -> None:
    saved = search.save("Kerry", "kerry")
    told_of = [(m.match.article_id, m.match.version, m.match.event) for m in search.matches(saved.id)]
    assert told_of == [(1, 1, "began"), (2, 1, "began"), (1, 3, "ended")]
    last = search.matches(saved.id)[-1].seq
    told(store, ["Nothing yet.", "Kerry came.", "Nothing more."], url="new")
    search.follow()
    search.rebuild()
    news = search.matches(saved.id, last)
    assert [(m.match.version, m.match.event, m.match.at) for m in news] == [
        (2, "began", after(1)),
        (3, "ended", after(2)),
    ]
    assert [m.seq for m in search.newest_matches(saved.id)] == [m.seq for m in search.matches(saved.id)][::-1]
    assert search.save("Kerry", "kerry") == saved
    with pytest.raises(InputError, match="another search has this name"):
        search.save("Kerry", "lavrov")
    search.forget(saved.id)
    with pytest.raises(NotInArchive):
        search.saved_search(saved.id)
    assert search.matches(saved.id) == []


def test_wrong_queries_and_cursors_are_refused(search: Search) -> None:
    for query in ("", '"open', "NOT kerry", "a OR"):
        with pytest.raises(MalformedQuery):
            search.find(query)
        with pytest.raises(MalformedQuery):
            search.save("x", query)
    for cursor in ("x", "3-1", "1-", "-1", "1-1-1", "9" * 30):
        with pytest.raises(InputError):
            search.find("kerry", cursor=cursor)
