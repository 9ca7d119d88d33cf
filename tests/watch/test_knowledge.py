"""The record with memory: furniture makes no version, unchanged pages are not parsed, replaying gives the same."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from tests.extraction.printed import EDITS, FURNITURE, PAGE, Case
from writethru.model import Article, Capture, Medium, NewCapture, Outcome, Reason, TimeBasis
from writethru.storage.store import Store
from writethru.watch.record import UNDECIDED, Recorded, Recorder, Sighting

START = datetime(2031, 5, 4, 6, tzinfo=UTC)
HOST = "ledger.example"


class Shelf:
    """An article and the pages it was seen as, without any file."""

    def __init__(self, store: Store, path: str = "quay") -> None:
        self.store = store
        self.bodies: dict[str, bytes] = {}
        self.recorder = Recorder(store, self.body_of)
        self.url = f"https://{HOST}/{path}"
        self.article: Article = store.add_article(
            self.url, host=HOST, outlet_id=None, at=START, next_look_at=None, reason=""
        )
        self.looks = 0

    def body_of(self, capture: Capture) -> bytes | None:
        return self.bodies.get(capture.look.body_digest)

    def see(self, page: bytes, basis: TimeBasis = TimeBasis.OBSERVED) -> Recorded:
        outcome, reason = UNDECIDED
        self.looks += 1
        digest = hashlib.sha256(page).hexdigest()
        self.bodies[digest] = page
        look = NewCapture(
            url=self.url,
            captured_at=START + timedelta(minutes=20 * self.looks),
            basis=basis,
            medium=Medium.HTTP,
            outcome=outcome,
            reason=reason,
            status=200,
            content_type="text/html; charset=utf-8",
            body_digest=digest,
        )
        return self.recorder.record(self.article, Sighting(look, page))

    def shape(self) -> list[object]:
        versions = [(version.number, version.digest) for version in self.store.versions(self.article.id)]
        looks = [(c.look.outcome, c.look.reason) for c in self.store.captures(self.article.id)]
        return [versions, looks, self.store.memory(self.article.id)]


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store)


def test_other_furniture_makes_no_version(sqlite_store: Store) -> None:
    shelf = Shelf(sqlite_store)
    shelf.see(PAGE.html())
    for case in FURNITURE:
        seen = shelf.see(case.page.html())
        assert seen.decision.outcome is Outcome.SAME, case.name
    assert len(sqlite_store.versions(shelf.article.id)) == 1


@pytest.mark.parametrize("case", EDITS[:3] + EDITS[-1:], ids=str)
def test_an_edit_makes_one(sqlite_store: Store, case: Case) -> None:
    shelf = Shelf(sqlite_store)
    shelf.see(PAGE.html())
    shelf.see(FURNITURE[0].page.html())
    assert shelf.see(case.page.html()).decision.reason is Reason.TEXT_CHANGED


def test_a_page_that_differs_elsewhere_only_is_not_read(shelf: Shelf) -> None:
    shelf.see(PAGE.html())
    seen = shelf.see(FURNITURE[0].page.html())
    assert (seen.decision.outcome, seen.decision.reason) == (Outcome.SAME, Reason.REGION_EQUAL)
    assert shelf.store.extraction_of(seen.capture.id) is None


def test_a_reading_says_what_it_was_read_with(shelf: Shelf) -> None:
    first, second = shelf.see(PAGE.html()), shelf.see(EDITS[0].page.html())
    alone, known = (shelf.store.extraction_of(seen.capture.id) for seen in (first, second))
    assert alone is not None
    assert known is not None
    assert "read_with" not in alone
    assert len(known["read_with"]["memory"]) == 16


@pytest.mark.parametrize("basis", TimeBasis)
def test_a_relative_time_is_counted_from_a_look_that_has_a_time(sqlite_store: Store, basis: TimeBasis) -> None:
    undated = PAGE.html().replace(b'"datePublished"', b'"x"').replace(b'"dateModified"', b'"y"')
    shelf = Shelf(sqlite_store)
    seen = shelf.see(undated.replace(b"</h1>", b"</h1><p class=date>3 hours ago</p>"), basis)
    form = sqlite_store.extraction_of(seen.capture.id)
    assert form is not None
    clocked = basis in (TimeBasis.OBSERVED, TimeBasis.STATED)
    assert form["published"] == ("2031-05-04" if clocked else None)
    assert ("published" in form["provenance"]) is clocked
    assert {"field": "published", "value": "3 hours ago", "source": "page, relative"} in form["otherwise"]


def test_replaying_the_captures_gives_the_same_record(shelf: Shelf) -> None:
    for case in (Case("first"), FURNITURE[2], EDITS[0], FURNITURE[0], Case("back again"), EDITS[5]):
        shelf.see(case.page.html())
    before = shelf.shape()
    shelf.recorder.rederive(shelf.article.id)
    assert shelf.shape() == before


def test_a_new_template_is_noted_and_makes_no_version(shelf: Shelf) -> None:
    shelf.see(PAGE.html())
    blurb = "<p>Sign up to our newsletter and get the news in your inbox.</p>"
    page = PAGE.but(box="new-template-copy", between=blurb).html().replace(b"<article>", b"<section class=paper>")
    assert shelf.see(page.replace(b"</article>", b"</section>")).decision.outcome is Outcome.SAME
    assert [change.article_id for change in shelf.store.templates(HOST)] == [shelf.article.id]


class TestProfiles:
    APPEAL = "The Ledger belongs to its readers, and two crowns a month keep it on the quay."

    def watched(self, store: Store, towns: int) -> list[Shelf]:
        shelves = []
        for number in range(towns):
            shelf = Shelf(store, f"town{number}")
            shelf.looks = number  # one after the other
            said = tuple(f"In town {'abcdefghij'[number]}, sentence {n} of the council." for n in "uvwxyz")
            shelf.see(PAGE.but(paragraphs=said, between=f"<p>{self.APPEAL}</p>").html())
            shelves.append(shelf)
        return shelves

    def texts(self, shelf: Shelf) -> str:
        return shelf.store.version_text(shelf.article.id, 1).text

    def test_what_recurs_is_left_out_from_the_sixth_article_on(self, store: Store) -> None:
        shelves = self.watched(store, 7)
        assert [self.APPEAL in self.texts(shelf) for shelf in shelves] == [True] * 5 + [False] * 2
        assert [(state.serial, state.pages) for state in store.profiles(HOST)] == [(0, 7), (1, 5)]
        form = store.extraction_of(store.captures(shelves[6].article.id)[0].id)
        assert form is not None
        assert form["read_with"]["profile"].startswith("1:")

    def test_learning_is_no_edit_of_what_was_read_before(self, sqlite_store: Store) -> None:
        shelves = self.watched(sqlite_store, 6)
        first = shelves[0]
        first.looks = 50
        page = next(iter(first.bodies.values())).replace(b"<nav>", b"<nav><p>Sign up to our newsletter.</p>")
        page = page.replace(b"</main>", b"<p>Read more: <a href='/z'>Divers</a></p></main>")
        assert first.see(page).decision.outcome is Outcome.SAME

    def test_an_article_derived_again_is_read_with_what_was_known_then(self, store: Store) -> None:
        shelves = self.watched(store, 7)
        before = [shelf.shape() for shelf in shelves]
        states = store.profiles(HOST)
        for shelf in reversed(shelves):
            shelf.recorder.rederive(shelf.article.id)
        assert [shelf.shape() for shelf in shelves] == before
        assert store.profiles(HOST) == states
