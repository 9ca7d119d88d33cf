"""What an article is grouped by: words, names, numbers; bounded whatever comes."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.events import content_words
from writethru.events.content_words import stem
from writethru.events.features import MOST_WORDS, NAME, Features, Sketch, features_of
from writethru.events.people import kind_of
from writethru.model import ArticleText, Block, BlockKind


def read(body: str, headline: str = "") -> Features:
    return features_of(ArticleText.from_plain(body, headline=headline))


def test_a_surname_is_counted_for_the_full_name() -> None:
    found = read(
        "Talks began. Sergei Lavrov spoke first. Then Lavrov left. Mr Lavrov came back, and the crowd saw Lavrov."
    )
    assert found.names == ("Sergei Lavrov",)
    assert found.bag["lavrov"] > NAME


def test_a_surname_of_two_people_is_neither() -> None:
    found = read("The two met. Maren Osthoff and the brother, Jan Osthoff, spoke. Then Osthoff left.")
    assert set(found.names) == {"Maren Osthoff", "Jan Osthoff", "Osthoff"}


def test_what_is_mostly_said_as_places_are_is_a_place() -> None:
    found = read(
        "A boat sank off the Outer Cays. Maren Osthoff spoke in Selwick. In northern Selwick people wept. "
        "People in the Outer Cays heard Osthoff. Then Osthoff went from Selwick to Osthoff House."
    )
    assert found.places == {"cays", "selwick", "house"}
    assert Features.unpacked(found.packed()).places == found.places


def test_a_word_of_place_that_ends_a_sentence_places_nobody() -> None:
    assert read("The storm came in. Maren Osthoff left. The crowd saw Osthoff.").places == frozenset()


def test_a_capital_at_the_beginning_of_a_sentence_is_no_name() -> None:
    found = read("Weapons were found. The weapons were old.")
    assert found.names == ()
    assert found.bag["weapon"] < NAME


def test_numbers_carry_what_they_count() -> None:
    found = read("About 1,400 people fled; it cost 3.2 million and took 12 days.")
    assert "1400 peopl" in found.bag
    assert "3.2 million" in found.bag


def test_organisations_and_places_are_known_by_a_word_of_the_name() -> None:
    assert [kind_of(name) for name in ("Ministry of Defence", "Hudson River", "John Kerry")] == [
        "organisation", "place", "",
    ]  # fmt: skip


def test_german_nouns_are_no_names() -> None:
    found = read(
        "Der Minister sagte, dass die Regierung das Gesetz nicht ändern wird. Das sagte auch Angela Merkel und die SPD."
    )
    assert found.language == "de"
    assert found.bag["regierung"] < NAME
    assert min(found.bag["merkel"], found.bag["spd"]) >= NAME


def test_where_no_spaces_part_words_pairs_of_characters_stand_for_them() -> None:
    found = read("国会議事堂前で集会")
    assert "国会" in found.bag
    assert found.names == ()


def test_a_list_and_a_live_blog_are_known_by_their_blocks_and_have_parts() -> None:
    entry = (
        "Firefighters in Rautila said that the cannery burned through the night and that two porters were hurt badly."
    )
    live = ArticleText(
        headline="Live",
        blocks=tuple(Block(BlockKind.ENTRY, f"{entry} Soldiers piled sandbags at dawn {n}") for n in range(40)),
    )
    found = features_of(live)
    assert found.form == "live"
    assert 0 < len(found.parts) <= 12
    listing = ArticleText(blocks=tuple(Block(BlockKind.LIST_ITEM, f"Harbour {n}") for n in range(400)))
    assert features_of(listing).form == "list"
    assert read("A plain text.").parts == ()


def test_a_megabyte_costs_no_more_than_its_beginning() -> None:
    long = read("Harbour workers walked out. " * 40_000)
    assert long.bag.keys() == read("Harbour workers walked out. " * 400).bag.keys()
    many = read(" ".join(f"word{chr(97 + n % 26)}{n}x" for n in range(100_000)))
    assert len(many.bag) <= MOST_WORDS


def test_two_languages_in_one_text_are_both_read() -> None:
    found = read("The ferry sank off Skelby.\nDie Fähre sank vor Skelby.")
    assert {"ferry", "skelby"} <= found.bag.keys()


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_read_and_written_and_read_again(body: str, headline: str) -> None:
    found = read(body, headline)
    again = Features.unpacked(found.packed())
    assert again == found
    assert again.digest == found.digest
    assert all(weight > 0 for weight in found.bag.values())


@pytest.mark.parametrize("body", ["", "The ferry sank off Skelby, \ud800, and 1,400 people were saved.", "word " * 9])
def test_words_are_read_without_the_rest_and_so_is_what_was_stored_before(body: str) -> None:
    found = read(body, "Ferry sinks")
    form = {**asdict(found), "quotations": sorted(found.quotations)}
    del form["places"]  # which were not told yet
    before = zlib.compress(json.dumps(form, sort_keys=True).encode(), 1)
    assert Features.unpacked(found.packed()) == found
    assert Features.unpacked(before) == replace(found, places=frozenset())
    for stored in (found.packed(), before):
        assert Sketch.unpacked(stored) == (list(found.bag), list(found.bag.values()), "article")


@pytest.mark.parametrize(
    ("words", "one"), [(("attack", "attacks", "attacked", "attacking"), "attack"), (("party", "parties"), "party")]
)
def test_forms_of_a_word_are_one(words: tuple[str, ...], one: str) -> None:
    assert {stem(word) for word in words} == {one}


def test_months_and_numbers_in_words_say_nothing_of_a_happening() -> None:
    found = read("The seals were counted in January and in August: thirty pups, said the institute, of Port Selwick.")
    assert {"januari", "january", "august", "thirty", "thirti"}.isdisjoint(found.bag)
    assert {"selwick", "pups"} & set(found.bag)


def test_words_come_to_the_same_however_few_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "The Ministry said 12,000 weapons reached Geneva. Weapons in Geneva, said Sergei Lavrov, were 12,000."
    before = content_words.content_words(said, "en")
    few = lru_cache(maxsize=3)(content_words._printed.__wrapped__)
    monkeypatch.setattr(content_words, "_printed", few)
    assert [content_words.content_words(said, "en") for _ in range(2)] == [before, before]
    assert few.cache_info().currsize <= 3
