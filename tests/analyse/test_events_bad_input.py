"""What is no ordinary article: bounded, grouped sensibly, and explained."""

from __future__ import annotations

from tests.analyse.told import FIRE, FLOOD, OTHER, tell
from writethru.analyse.events import SMALL, EventAnalysis
from writethru.analyse.stories import Stories
from writethru.analyse.story_reading import Read
from writethru.events.features import MOST_NAMES, MOST_PARTS, MOST_WORDS, features_of
from writethru.events.moments import Basis, When
from writethru.model import ArticleText, Block, BlockKind
from writethru.storage.store import Store

NOON = When(32_000_000, Basis.PUBLISHED)


def entered(store: Store, text: ArticleText, outlet: str = "odd") -> int:
    """Put an article beside the others and group it as this text."""
    number = tell(store, OTHER.at(outlet))
    EventAnalysis(store).entered(number, Read(features_of(text), NOON))
    return number


def plain(body: str, headline: str = "") -> ArticleText:
    return ArticleText.from_plain(body, headline=headline)


def test_copies_join_their_twin_without_grouping_anything_anew(sqlite_store: Store) -> None:
    analysis = EventAnalysis(sqlite_store)
    text = features_of(plain(FIRE[0].body, FIRE[0].headline))
    for number in range(1, SMALL + 40):
        tell(sqlite_store, FIRE[0].at(f"client{number:03}"))
        analysis.entered(number, Read(text, When(32_000_000 + number, Basis.PUBLISHED)))
    (row,), _ = Stories(sqlite_store).events()
    assert row.articles == SMALL + 39
    assert (row.last_at - row.first_at).total_seconds() == 60 * (SMALL + 38) if row.first_at and row.last_at else False
    view = Stories(sqlite_store).of_article(SMALL + 39)[0]
    assert "Rautila" in view.explanation


def test_a_megabyte_costs_what_its_beginning_costs() -> None:
    text = plain((FIRE[0].body + "\n") * 3_000, FIRE[0].headline)
    assert sum(len(block.text) for block in text.blocks) > 1_000_000
    read = features_of(text)
    assert len(read.bag) <= 2 * MOST_WORDS
    assert len(read.names) <= MOST_NAMES
    assert read.bag.keys() == features_of(plain((FIRE[0].body + "\n") * 12, FIRE[0].headline)).bag.keys()


def test_an_article_that_is_a_list_belongs_to_what_its_entries_tell_of(sqlite_store: Store) -> None:
    for one in (*FIRE, FLOOD):
        number = tell(sqlite_store, one)
        EventAnalysis(sqlite_store).entered(number, Read(features_of(plain(one.body, one.headline)), NOON))
    entries = [FIRE[1].body.replace("\n", " "), FLOOD.body, "Bread\nMilk\nEggs"] + ["Item"] * 200
    blocks = tuple(Block(BlockKind.LIST_ITEM, entry) for entry in entries)
    listed = ArticleText(headline="The week in ten lines", blocks=blocks)
    read = features_of(listed)
    assert read.form == "list"
    assert len(read.parts) <= MOST_PARTS
    number = entered(sqlite_store, listed)
    views = Stories(sqlite_store).of_article(number)
    assert views
    assert all(view.explanation for view in views)


def test_nothing_but_bare_items_stands_alone_and_says_so(sqlite_store: Store) -> None:
    blocks = tuple(Block(BlockKind.LIST_ITEM, f"{number}") for number in range(50))
    (view,) = Stories(sqlite_store).of_article(entered(sqlite_store, ArticleText(headline="", blocks=blocks)))
    assert "no other article" in view.explanation


def test_two_languages_in_one_are_grouped_by_what_both_say(sqlite_store: Store) -> None:
    for one in (*FIRE, FLOOD):
        number = tell(sqlite_store, one)
        EventAnalysis(sqlite_store).entered(number, Read(features_of(plain(one.body, one.headline)), NOON))
    french = "Un incendie a détruit la conserverie de Rautila dans la nuit, selon le chef des pompiers Maren Osthoff."
    number = entered(sqlite_store, plain(f"{FIRE[1].body}\n{french}", "Rautila: incendie"))
    (view,) = Stories(sqlite_store).of_article(number)
    assert {member.summary.outlet for member in Stories(sqlite_store).event(view.event_id).members} >= {"ledger", "odd"}
    assert "Rautila" in view.explanation
