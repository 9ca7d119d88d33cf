"""Pairs that share text are kept up to date with the record, whatever the order of arrival."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest

from tests.acceptance.conftest import DATA, config_for
from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE
from tests.storage.made import after, store_version
from writethru.analyse.follow import follow
from writethru.analyse.reuse import ReuseAnalysis
from writethru.analyse.shared_text import SharedText
from writethru.archive import open_archive
from writethru.errors import InputError, NotInArchive
from writethru.model import Article, ArticleText
from writethru.storage.store import Store


def add(store: Store, outlet: str, *texts: str, minutes: float = 0) -> Article:
    """An article of an outlet with these versions."""
    made = store.outlet(outlet, f"{outlet}.example")
    url = f"https://{outlet}.example/fire"
    with store.transaction():
        article = store.add_article(
            url, host=made.host, outlet_id=made.id, at=after(minutes), next_look_at=None, reason="new"
        )
        for number, text in enumerate(texts, 1):
            store_version(store, article.id, after(minutes + number), text)
            store.log("version", article.id, number, after(minutes + number))
    return article


def analysed(store: Store) -> SharedText:
    follow(store, ReuseAnalysis(store))
    return SharedText(store)


def test_a_copy_is_found_with_its_direction_and_its_alterations(store: Store) -> None:
    wire, copy = add(store, "wire", WIRE), add(store, "gazette", COPY, minutes=120)
    add(store, "courier", OWN_ACCOUNT, minutes=60)
    shared = analysed(store)
    (pair,) = shared.pairs()
    assert (pair.verdict, pair.other(wire.id)) == ("wholly", copy.id)
    view = shared.pair(copy.id, wire.id)
    source = view.a if pair.source == "a" else view.b
    assert source.summary.article.id == wire.id
    assert any("126" in edit.new_text and "120" in edit.old_text for edit in view.alterations.altered)
    for side in (view.a, view.b):
        for block, start, end in side.stretches:
            assert side.text.blocks[block].text[start:end].strip()


def test_a_pair_that_only_quotes_the_same_speaker_is_not_derived(store: Store) -> None:
    wire, own = add(store, "wire", WIRE), add(store, "courier", OWN_ACCOUNT)
    shared = analysed(store)
    assert shared.pairs() == []
    view = shared.pair(wire.id, own.id)
    assert view.pair.verdict == "not-derived"
    assert len(view.pair.form["quotations"]) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_same_pairs_in_every_order_of_arrival(sqlite_store: Store, order: tuple[int, ...]) -> None:
    mixed = "\n".join([*OWN_ACCOUNT.split("\n"), *WIRE.split("\n")[:2]])
    told = [("wire", WIRE, 0), ("gazette", COPY, 120), ("courier", mixed, 60)]
    for at in order:
        name, text, minutes = told[at]
        add(sqlite_store, name, text, minutes=minutes)
        analysed(sqlite_store)
    store = sqlite_store
    urls = {store.find_article(f"https://{name}.example/fire"): name for name, _, _ in told}
    names = {article.id: name for article, name in urls.items() if article}
    found = {
        (names[p.a_id], names[p.b_id], p.verdict, p.source, p.words, p.shared_a, str(p.form))
        for p in store.reuse.pairs()
    }
    assert {row[:4] for row in found} == {
        ("courier", "gazette", "wholly", "a"),
        ("courier", "wire", "partly", "b"),
        ("gazette", "wire", "wholly", "b"),
    }
    EVERY_ORDER.setdefault("found", found)
    assert found == EVERY_ORDER["found"]


EVERY_ORDER: dict[str, object] = {}


def twelve() -> list[tuple[str, tuple[str, ...], int]]:
    """Copies, part copies, corrections and accounts of their own; furniture and a credit: outlet, versions, minutes."""
    lines, own = WIRE.split("\n"), OWN_ACCOUNT.split("\n")
    corrected = WIRE.replace("Two night porters", "Three night porters")
    made = [
        ("wire", (WIRE, corrected), 0),
        ("gazette", (COPY,), 120),
        ("courier", (OWN_ACCOUNT,), 60),
        ("echo", (corrected,), 200),
        ("mixed", ("\n".join([*own, *lines[:2]]),), 90),
        ("tail", ("\n".join([*lines[2:], *own[:1]]), COPY), 400),
        ("client", (WIRE + "\nReporting by the wire. (Reuters)",), 30),
        ("client2", (COPY + "\n(Reuters)",), 31),
    ]
    return made + [(f"other{n}", (f"Matter {n} is told here. " + own[0],), 500 + n) for n in range(4)]


def arrived(store: Store, order: list[tuple[str, str, int]]) -> set[tuple[object, ...]]:
    """The pairs, by outlets, after these versions came one after another and each was followed at once."""
    known: dict[str, Article] = {}
    for outlet, text, minutes in order:
        if outlet in known:
            with store.transaction():
                store_version(store, known[outlet].id, after(minutes), text)
                store.log("version", known[outlet].id, 2, after(minutes))
        else:
            known[outlet] = add(store, outlet, text, minutes=minutes)
        analysed(store)
    names = {article.id: outlet for outlet, article in known.items()}
    return {
        (names[p.a_id], p.a_version, names[p.b_id], p.b_version, p.verdict, p.source, p.confidence, str(p.form))
        for p in store.reuse.pairs()
    }


def test_twelve_articles_come_to_the_same_in_any_order(store: Store, sqlite_store: Store) -> None:
    by_article = twelve()
    plain = [(name, text, minutes + 5 * n) for name, texts, minutes in by_article for n, text in enumerate(texts)]
    shuffled = random.Random(2).sample(plain, len(plain))
    shuffled = [row for row in shuffled if row in firsts(plain)] + [row for row in shuffled if row not in firsts(plain)]
    found = arrived(store, shuffled)
    assert found == arrived(sqlite_store, plain)
    assert {row[4] for row in found} == {"wholly", "partly", "common-source"}


def firsts(rows: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The first version of each article: no version of one comes before it."""
    return list({row[0]: row for row in reversed(rows)}.values())


def test_what_the_source_has_corrected_since_and_the_copy_has_not(store: Store) -> None:
    corrected = WIRE.replace("Two night porters", "Three night porters")
    wire, copy = add(store, "wire", WIRE, corrected), add(store, "gazette", COPY, minutes=120)
    shared = analysed(store)
    view = shared.pair(wire.id, copy.id)
    assert (view.a if view.pair.source == "a" else view.b).version.number == 1
    assert view.still_there == ()  # the copy has other words in that sentence
    exact = add(store, "echo", WIRE, minutes=200)
    view = analysed(store).pair(wire.id, exact.id)
    ((old, new),) = view.still_there
    assert old.startswith("Two night porters")
    assert new.startswith("Three night porters")


def test_where_nothing_decides_who_was_first_a_correction_is_said_all_the_same(store: Store) -> None:
    wire = add(store, "wire", WIRE, WIRE.replace("Two night porters", "Three night porters"))
    echo = add(store, "echo", WIRE, minutes=3)
    view = analysed(store).pair(wire.id, echo.id)
    assert view.pair.source == ""
    assert (view.a if view.corrected_by == "a" else view.b).summary.article.id == wire.id
    assert view.still_there[0][1].startswith("Three night porters")


def test_two_clients_are_said_to_have_it_from_the_wire_that_is_held(store: Store) -> None:
    wire, gazette = add(store, "wire", WIRE), add(store, "gazette", COPY, minutes=120)
    echo = add(store, "echo", WIRE, minutes=200)
    shared = analysed(store)
    third = shared.pair(gazette.id, echo.id).third
    assert third is not None
    assert third.article.id == wire.id
    assert shared.pair(wire.id, echo.id).third is None
    between = tuple(sorted((gazette.id, echo.id)))
    assert {tuple(sorted(pair)): number for pair, number in shared.thirds(shared.pairs()).items()} == {between: wire.id}


def test_following_twice_does_nothing_and_a_rebuilt_article_is_read_anew(store: Store) -> None:
    wire = add(store, "wire", WIRE)
    add(store, "gazette", COPY, minutes=120)
    shared = analysed(store)
    before, size = shared.pairs(), store.reuse.size()
    assert follow(store, ReuseAnalysis(store)).lines == 0
    store.log("rebuilt", wire.id, 0, after(300))
    analysed(store)
    assert shared.pairs() == before
    assert store.reuse.size() == size
    store.reuse.forget(wire.id)
    assert shared.pairs() == []


def test_an_outlets_own_furniture_makes_no_pair(store: Store) -> None:
    boilerplate = (
        "Readers who want to keep following this newspaper can subscribe to the morning letter, which gathers the best "
        "of our reporting, photographs and opinion, and which is sent before breakfast on every working day."
    )
    made = store.outlet("gazette", "gazette.example")
    for number in range(6):
        url = f"https://gazette.example/{number}"
        article = store.add_article(
            url, host=made.host, outlet_id=made.id, at=after(0), next_look_at=None, reason="new"
        )
        store_version(
            store, article.id, after(number), f"Story number {number} is about matter {number}.\n{boilerplate}"
        )
        store.log("version", article.id, 1, after(number))
    add(store, "echo", f"An echo of its own.\n{boilerplate}", minutes=50)
    assert analysed(store).pairs() == []


def test_many_copies_of_one_text_stay_bounded_and_one_group(sqlite_store: Store) -> None:
    store = sqlite_store
    for number in range(55):
        add(store, f"client{number:02}", WIRE, minutes=20 * number)
    shared = analysed(store)
    assert len(shared.pairs()) <= 55 * 12
    view = shared.stemma(1)
    assert len(view.drawn.texts) == 55
    assert view.independent == 1
    assert len(view.drawn.links) == 54


def test_a_press_release_finds_what_was_made_of_it(store: Store) -> None:
    gazette = add(store, "gazette", COPY)
    add(store, "courier", OWN_ACCOUNT)
    with pytest.raises(InputError, match="no running text"):
        SharedText(store).against(ArticleText.from_plain(""), "release.txt")
    matches = analysed(store).against(ArticleText.from_plain(WIRE))
    assert [match.summary.article.id for match in matches] == [gazette.id]
    assert matches[0].reuse.shared_a > 0.8


def test_refusals(store: Store) -> None:
    wire = add(store, "wire", WIRE)
    shared = analysed(store)
    with pytest.raises(InputError):
        shared.pair(wire.id, wire.id)
    with pytest.raises(NotInArchive):
        shared.pair(wire.id, 99)
    with pytest.raises(NotInArchive):
        shared.stemma(99)


def test_odd_articles_are_bounded(sqlite_store: Store) -> None:
    listing = "\n".join(f"Harbour {n} Town {n + 1}" for n in range(400))
    add(sqlite_store, "lists", listing)
    add(sqlite_store, "results", listing)
    add(sqlite_store, "empty", "")
    long = " ".join(f"word{n % 400} of the long text" for n in range(3_000))
    add(sqlite_store, "long", long)
    add(sqlite_store, "longer", long + " and more")
    pairs = analysed(sqlite_store).pairs()
    assert {pair.verdict for pair in pairs} <= {"wholly", "partly", "not-derived", "common-source"}


def test_the_seeds_in_many_orders(tmp_path: Path) -> None:
    folder = DATA.parent / "seeds"
    if not folder.is_dir():
        pytest.skip(f"SEED PAGES ABSENT: {folder} (set WRITETHRU_DATA)")
    orders = random.Random(5).sample(list(permutations(sorted(folder.glob("*.txt")))), 4)
    found = set()
    for number, order in enumerate(orders):
        place = tmp_path / str(number)
        place.mkdir()
        url = f"sqlite:///{place / 'a.db'}"
        with open_archive(url, config_for(url, place)) as archive:
            for path in order:
                archive.import_paths([path])
                archive.analyse()
            (pair,) = archive.shared.pairs()
            view = archive.shared.pair(pair.a_id, pair.b_id)
            source, derived = (view.a, view.b) if pair.source == "a" else (view.b, view.a)
            figures = [edit for edit in view.alterations.altered if "1,429" in edit.new_text]
            assert "about 1,400" in figures[0].old_text
            found.add((source.summary.outlet, derived.summary.outlet, pair.verdict, pair.words))
    assert len(found) == 1
    assert next(iter(found))[:3] == ("AFP", "Al Jazeera", "wholly")
