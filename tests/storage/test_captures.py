"""Captures and extractions: the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.storage.made import NOON, after, article, full_look, look, reading
from writethru.archive import Archive
from writethru.errors import NotInArchive
from writethru.model import EvidenceRef, Outcome, Reason, Sign, TimeBasis
from writethru.storage import captures as captures_
from writethru.storage.store import Store


def test_every_field_comes_back(store: Store) -> None:
    made = store.add_capture(article(store).id, full_look())
    assert made.look == full_look()
    assert list(store.captures(made.article_id)) == [made] == [store.capture(made.id)]


def test_a_look_without_evidence(store: Store) -> None:
    made = store.add_capture(article(store).id, look(status=None))
    assert store.capture(made.id).look == look(status=None)


def test_not_there(store: Store) -> None:
    with pytest.raises(NotInArchive):
        store.capture(4)


def test_read_in_time_then_in_the_order_of_arrival(store: Store) -> None:
    article_id = article(store).id
    ids = [store.add_capture(article_id, look(after(minute))).id for minute in (3, 1, 3, 2)]
    assert [capture.id for capture in store.captures(article_id)] == [ids[1], ids[3], ids[0], ids[2]]


def test_all_are_streamed_by_id(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures_, "PAGE", 2)
    articles = [article(store), article(store, "https://b.example/")]
    made = [store.add_capture(articles[n % 2].id, look(after(-n))) for n in range(5)]
    assert list(store.all_captures()) == made


def test_writing_while_streaming(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures_, "PAGE", 1)
    made = [store.add_capture(article(store).id, look(after(n))) for n in range(3)]
    for capture in store.all_captures():
        store.set_decision(capture.id, Outcome.GONE, Reason.SOFT_404, "rebuilt")
    assert {store.capture(capture.id).look.outcome for capture in made} == {Outcome.GONE}


def test_the_present_is_not_before_the_newest_look_of_our_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    replayed = datetime.now(UTC) + timedelta(days=1_000)
    article_id, archive = article(store).id, Archive(store)
    store.add_capture(article_id, replace(look(replayed + timedelta(days=9)), basis=TimeBasis.STATED))
    store.add_capture(article_id, look(replayed - timedelta(days=9_000)))
    assert datetime.now(UTC) - timedelta(hours=1) < archive.now() < replayed
    store.add_capture(article_id, look(replayed))
    assert archive.now() == replayed == store.newest_look_at()
    monkeypatch.setattr(captures_, "LATEST", 1)
    assert archive.now() < replayed, "only few are asked, however many were imported with times to come"


def test_decided_anew_nothing_else_changes(store: Store) -> None:
    made = store.add_capture(article(store).id, full_look())
    store.set_decision(made.id, Outcome.EDITED, Reason.CONFIRMED, "second look agrees")
    decided = replace(full_look(), outcome=Outcome.EDITED, reason=Reason.CONFIRMED, detail="second look agrees")
    assert store.capture(made.id).look == decided
    with pytest.raises(NotInArchive):
        store.set_decision(made.id + 1, Outcome.EDITED, Reason.CONFIRMED, "")


class TestHasCapture:
    def test_same_time_digest_and_part(self, store: Store) -> None:
        article_id = article(store).id
        assert not store.has_capture(article_id, full_look())
        store.add_capture(article_id, full_look())
        assert store.has_capture(article_id, full_look())

    @pytest.mark.parametrize(
        "other",
        [{"captured_at": after(2)}, {"body_digest": "c" * 64}, {"part": "version 5"}],
        ids=["time", "digest", "part"],
    )
    def test_another(self, store: Store, other: dict[str, object]) -> None:
        article_id = article(store).id
        store.add_capture(article_id, full_look())
        assert not store.has_capture(article_id, replace(full_look(), **other))  # type: ignore[arg-type]

    def test_of_another_article(self, store: Store) -> None:
        store.add_capture(article(store).id, full_look())
        assert not store.has_capture(article(store, "https://b.example/").id, full_look())

    @pytest.mark.parametrize("basis", [TimeBasis.IMPORTED, TimeBasis.RELATIVE])
    def test_where_the_import_gave_the_time_it_says_nothing(self, store: Store, basis: TimeBasis) -> None:
        article_id = article(store).id
        store.add_capture(article_id, replace(full_look(), basis=basis))
        assert store.has_capture(article_id, replace(full_look(), basis=basis, captured_at=after(500)))
        assert not store.has_capture(article_id, replace(full_look(), captured_at=after(500)))


def test_known_records(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures_, "MAX_IDS", 2)
    article_id = article(store).id
    for n in range(5):
        store.add_capture(article_id, look(after(n), evidence=EvidenceRef("a", n, 1, f"<{n}>")))
    store.add_capture(article_id, look(evidence=EvidenceRef("a", 9, 1)))
    assert store.known_record_ids(["<4>", "<x>", "<0>", "", "<2>"]) == {"<0>", "<2>", "<4>"}
    assert store.known_record_ids([]) == set()


class TestExtractions:
    def test_the_form_without_text_and_blocks(self, store: Store) -> None:
        capture = store.add_capture(article(store).id, look())
        extraction = reading(
            "One.\n\nTwo.",
            byline="By Ida Cole",
            published="2031-05-04",
            signs=frozenset({Sign.PAYWALL}),
            notes=("no \0 \ud800 date",),
            provenance={"byline": "json-ld"},
        )
        store.add_extraction(capture.id, extraction)
        expected = extraction.to_dict()
        del expected["text"], expected["blocks"]
        assert store.extraction_of(capture.id) == expected

    def test_nothing_was_read(self, store: Store) -> None:
        assert store.extraction_of(store.add_capture(article(store).id, look()).id) is None


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    article_id = article(store).id
    with pytest.raises(ValueError, match="without a zone"):
        store.add_capture(article_id, look(NOON.replace(tzinfo=None)))
    assert list(store.captures(article_id)) == []
