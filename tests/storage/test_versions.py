"""Versions, their texts and appearances: the same on both databases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import update

from tests.storage.made import NOON, after, article, look, reading, store_version
from writethru.errors import NotInArchive, StorageError
from writethru.model import Appearance, ArticleText, Block, BlockKind, TimeBasis, Version
from writethru.storage import codec, open_store
from writethru.storage.connect import Database
from writethru.storage.store import Store
from writethru.storage.tables import versions


def bodies(count: int, paragraphs: int = 40) -> list[str]:
    """The states of a text that grows and has its figures revised."""
    return ["\n\n".join(_paragraph(n, state // 3) for n in range(paragraphs + state // 5)) for state in range(count)]


def _paragraph(n: int, figure: int) -> str:
    return f"Paragraph {n} of {figure} at pier {n * 31 % 17}."


def test_numbers_count_up_and_texts_come_back(store: Store) -> None:
    article_id = article(store).id
    stored = [store_version(store, article_id, after(n), body) for n, body in enumerate(bodies(23))]
    assert [made.number for made in stored] == list(range(1, 24))
    for made in stored:
        assert store.version_text(article_id, made.number) == made.extraction.article_text


def test_a_version_with_all_it_says(store: Store) -> None:
    article_id = article(store).id
    capture = store.add_capture(article_id, look(label="4", basis=TimeBasis.RELATIVE))
    text = reading("Twelve ships\nleft.").article_text
    number = store.add_version(article_id, text, capture, extractor="sniffer/2")
    fresh = Version(
        article_id, 1, text.digest(), "Harbour reopens", 3, "4", NOON, NOON, TimeBasis.RELATIVE, 0, "sniffer/2"
    )
    assert store.version(article_id, number) == fresh
    store.add_appearance(article_id, number, capture)
    assert list(store.versions(article_id)) == [replace(fresh, appearances=1)]


def test_sightings_are_over_all_appearances(store: Store) -> None:
    article_id = article(store).id
    first = store_version(store, article_id, after(0), "a")
    store_version(store, article_id, after(10), "b")
    back = store.add_capture(article_id, look(after(20)))
    assert store.add_appearance(article_id, first.number, back) == 3
    store.extend_appearance(article_id, store.add_capture(article_id, look(after(30))))
    seen = [(v.number, v.first_seen, v.last_seen, v.appearances) for v in store.versions(article_id)]
    assert seen == [(1, after(0), after(30), 2), (2, after(10), after(10), 1)]
    assert list(store.appearances(article_id)) == [
        Appearance(article_id, 1, 1, after(0), after(0), TimeBasis.OBSERVED, 1),
        Appearance(article_id, 2, 2, after(10), after(10), TimeBasis.OBSERVED, 1),
        Appearance(article_id, 3, 1, after(20), after(30), TimeBasis.OBSERVED, 2),
    ]


def test_an_earlier_sighting_does_not_shorten_an_appearance(store: Store) -> None:
    article_id = article(store).id
    store_version(store, article_id, after(10), "a")
    store.extend_appearance(article_id, store.add_capture(article_id, look(after(5))))
    assert store.appearances(article_id)[0].last_seen == after(10)


def test_extending_before_the_first_appearance(store: Store) -> None:
    article_id = article(store).id
    with pytest.raises(NotInArchive):
        store.extend_appearance(article_id, store.add_capture(article_id, look()))


def test_two_versions_may_have_one_text(store: Store) -> None:
    article_id = article(store).id
    one, two = (store_version(store, article_id, after(n), "no visible difference") for n in range(2))
    assert (one.number, two.number) == (1, 2)
    assert store.version_text(article_id, 2) == one.extraction.article_text


@pytest.mark.parametrize("number", [0, 2, -1])
def test_not_there(store: Store, number: int) -> None:
    article_id = article(store).id
    store_version(store, article_id, NOON, "a")
    with pytest.raises(NotInArchive):
        store.version(article_id, number)
    with pytest.raises(NotInArchive):
        store.version_text(article_id, number)


def test_texts_that_no_text_column_would_hold(store: Store) -> None:
    article_id = article(store).id
    text = ArticleText("NUL \0", blocks=(Block(BlockKind.NOTE, "lone \ud800 surrogate \U0001f6a2", "\r\n"),), tail="\0")
    capture = store.add_capture(article_id, look())
    store.add_version(article_id, text, capture, extractor="x/1")
    assert store.version_text(article_id, 1) == text
    assert store.version(article_id, 1).headline == "NUL \N{REPLACEMENT CHARACTER}"


def test_reading_one_of_300_takes_ten_decodes_at_most(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    article_id = article(store).id
    with store.transaction():
        stored = [store_version(store, article_id, after(n), body) for n, body in enumerate(bodies(300, 5))]
    decodes: list[int] = []
    decode = codec.decode

    def counted(link: codec.Packed, before: bytes, learnt: codec.Dictionary | None) -> bytes:
        decodes.append(link.number)
        return decode(link, before, learnt)

    monkeypatch.setattr(codec, "decode", counted)
    monkeypatch.setattr(codec.RecentTexts, "get", lambda recent, digest: None)  # nothing is remembered
    most = 0
    for made in stored:
        decodes.clear()
        assert store.version_text(article_id, made.number) == made.extraction.article_text
        most = max(most, len(decodes))
    assert most == codec.KEYFRAME_EVERY == 10


def test_appending_does_not_decode_what_was_just_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "unpack", None)
    article_id = article(store).id
    for n, body in enumerate(bodies(15)):
        store_version(store, article_id, after(n), body)
    assert store.state(article_id).next_version == 16


def test_a_rolled_back_version_does_not_spoil_the_next(store: Store, store_url: str) -> None:
    article_id = article(store).id
    one, lost, two = bodies(3)
    store_version(store, article_id, after(0), one)
    with suppress(KeyboardInterrupt), store.transaction():
        store_version(store, article_id, after(1), lost)
        raise KeyboardInterrupt
    made = store_version(store, article_id, after(2), two)
    again = open_store(store_url)
    assert again.version_text(article_id, 2) == made.extraction.article_text
    again.close()


@pytest.mark.parametrize("damage", ["bytes", "digest", "size"])
def test_damage_is_noticed_and_named(store: Store, store_url: str, damage: str) -> None:
    article_id = article(store).id
    made = [store_version(store, article_id, after(n), body) for n, body in enumerate(bodies(3))]
    database = Database(store_url)
    values = {
        "bytes": {"packed": b"\x28\xb5\x2f\xfd broken"},
        "digest": {"digest": "0" * 64},
        "size": {"size": 2**31 - 1},
    }
    with database.write() as connection:
        connection.execute(update(versions).where(versions.c.number == 2).values(values[damage]))
    database.close()
    fresh = open_store(store_url)
    with pytest.raises(StorageError, match=f"version 2 of article {article_id} is damaged.*rebuild"):
        fresh.version_text(article_id, 2)
    assert fresh.version_text(article_id, 1) == made[0].extraction.article_text
    fresh.close()


def test_the_articles_that_have_a_text(store: Store) -> None:
    one, other = article(store).id, article(store, "https://ledger.example/pier").id
    stored = [store_version(store, article_id, NOON, "Shared words.") for article_id in (one, other)]
    digest = stored[0].extraction.article_text.digest()
    assert list(store.articles_with_text(digest)) == [one, other]
    assert list(store.articles_with_text("0" * 64)) == []
    assert store.text_digest_of(stored[0].capture.id) == digest
    assert store.text_digest_of(store.add_capture(one, look(after(1))).id) == ""
