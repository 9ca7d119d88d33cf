"""What the demo's archive says of the agency's report that three outlets printed."""

from __future__ import annotations

from datetime import datetime

from tests.storage.made import store_version
from writethru.analyse.follow import follow
from writethru.analyse.reuse import ReuseAnalysis
from writethru.analyse.shared_text import SharedText
from writethru.press.demo import build
from writethru.storage.store import Store


def kept(store: Store, event: str) -> dict[str, int]:
    """The articles of an event with all their states, by host."""
    found: dict[str, int] = {}
    for manuscript in (m for m in build.manuscripts() if m.event == event):
        host = manuscript.outlet
        times = [datetime.fromisoformat(state.time) for state in manuscript.states]
        outlet = store.outlet(host, host)
        with store.transaction():
            article = store.add_article(
                f"http://{manuscript.place}", host=host, outlet_id=outlet.id, at=times[0], next_look_at=None, reason=""
            )
            for number, (state, at) in enumerate(zip(manuscript.states, times, strict=True), 1):
                store_version(store, article.id, at, "\n".join(piece.text for piece in state.pieces))
                store.log("version", article.id, number, at)
        found[host] = article.id
    return found


def test_three_articles_are_one_source_and_one_still_says_what_was_corrected(sqlite_store: Store) -> None:
    articles = kept(sqlite_store, "brannik-leak")
    follow(sqlite_store, ReuseAnalysis(sqlite_store))
    shared = SharedText(sqlite_store)
    view = shared.among(articles.values())
    assert (view.independent, len(view.articles)) == (1, 3)
    source = "http://ledger.example/marrin/2031/mar/25/brannik-glassworks-leak"
    assert [link.source for link in view.drawn.links] == [source, source]
    told = shared.pair(articles["ledger.example"], articles["westmarkcourier.example"])
    ((old, new),) = told.still_there
    assert old.startswith("Eleven workers")
    assert new.startswith("Nine workers")


def test_of_the_flood_two_took_the_agency_s_text_and_one_only_quotes(sqlite_store: Store) -> None:
    articles = kept(sqlite_store, "tarne-flood")
    follow(sqlite_store, ReuseAnalysis(sqlite_store))
    shared = SharedText(sqlite_store)
    partners = {pair.other(articles["ledger.example"]) for pair in shared.pairs(articles["ledger.example"])}
    assert partners == {articles["westmarkcourier.example"], articles["undertow.example"]}
    quoting = shared.pair(articles["ledger.example"], articles["mpb.example"])
    assert quoting.pair.verdict == "not-derived"
    assert len(quoting.pair.form["quotations"]) == 2
