"""An article's state and summary, forgetting, and the counts: the same on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.storage.made import NOON, URL, after, article, change, look, reading, store_version
from writethru.errors import NotInArchive
from writethru.model import Outcome, Reason, SourceKind, TimeBasis
from writethru.storage.store import ArticleState, ArticleSummary, Store
from writethru.storage.tally_store import Status


class TestState:
    def test_before_the_first_look(self, store: Store) -> None:
        made = article(store)
        assert store.state(made.id) == ArticleState(made)

    def test_not_there(self, store: Store) -> None:
        with pytest.raises(NotInArchive):
            store.state(5)

    def test_after_an_edit_and_a_return(self, store: Store) -> None:
        made = article(store)
        one, two = (store_version(store, made.id, after(n), body) for n, body in enumerate("ab"))
        back = store.add_capture(made.id, look(after(9), body_digest="c" * 64))
        store.add_appearance(made.id, 1, back)
        store.extend_appearance(made.id, store.add_capture(made.id, look(after(12), outcome=Outcome.SAME)))
        assert store.state(made.id) == ArticleState(
            made,
            current=1,
            current_appearance=3,
            numbers=((one.extraction.article_text.digest(), 1), (two.extraction.article_text.digest(), 2)),
            last_body_digest="c" * 64,  # a 304 has no body
            last_seen=after(12),
            last_change=after(9),
            latest_capture_at=after(12),
            next_version=3,
            newest_text_at=after(1),
            last_outcome=Outcome.SAME,
        )

    def test_a_suspect_look_is_pending_until_the_next(self, store: Store) -> None:
        made = article(store)
        store_version(store, made.id, NOON, "a")
        doubtful = store.add_capture(made.id, look(after(1), outcome=Outcome.SUSPECT, reason=Reason.TEXT_COLLAPSED))
        store.add_extraction(doubtful.id, reading("half"))
        assert store.state(made.id).pending_digest == reading("half").article_text.digest()
        store.add_capture(made.id, look(after(2), outcome=Outcome.ERROR, reason=Reason.TIMEOUT))
        assert store.state(made.id).pending_digest == ""

    def test_only_accepted_looks_give_the_body(self, store: Store) -> None:
        made = article(store)
        store.add_capture(made.id, look(after(1), body_digest="a" * 64))
        store.add_capture(made.id, look(after(2), body_digest="b" * 64, outcome=Outcome.BLOCKED))
        assert store.state(made.id).last_body_digest == "a" * 64

    def test_as_it_was_before_a_capture(self, store: Store) -> None:
        made = article(store)
        looks = [store.add_capture(made.id, look(after(n), body_digest=f"{n:064}")) for n in (1, 2, 2, 3)]
        known = [store.state(made.id, before=capture) for capture in looks]
        assert [state.last_body_digest.lstrip("0") for state in known] == ["", "1", "2", "2"]
        assert [state.latest_capture_at for state in known] == [None, after(1), after(2), after(2)]


class TestClear:
    def test_forgets_what_was_derived_and_keeps_the_looks(self, store: Store) -> None:
        made, other = article(store), article(store, "https://b.example/")
        for article_id in (made.id, other.id):
            stored = [store_version(store, article_id, after(n), str(n)) for n in range(3)]
            store.add_change(change(article_id, 1), {"edits": [{"op": "added"}]})
        store.clear_derived(other.id)
        captures = store.captures(other.id)
        assert len(captures) == 3
        assert store.extraction_of(captures[0].id) is None
        assert [list(found) for found in (store.versions(other.id), store.appearances(other.id))] == [[], []]
        assert store.state(other.id).next_version == 1
        status = store.status(NOON)
        assert (status.versions, status.changes, status.edits, status.captures) == (3, 1, 1, 6)
        assert store.version_text(made.id, 3) == stored[2].extraction.article_text

    def test_versions_count_from_one_again(self, store: Store) -> None:
        article_id = article(store).id
        store_version(store, article_id, NOON, "a")
        store.clear_derived(article_id)
        assert store_version(store, article_id, after(1), "b").number == 1
        assert store.version_text(article_id, 1).text == "b"


class TestSummaries:
    def test_the_latest_reading_and_the_counts(self, store: Store) -> None:
        made = article(store)
        outlet = store.outlet("The Ledger")
        store.update_article(replace(made, outlet_id=outlet.id))
        store_version(store, made.id, after(0), "a", headline="First", byline="A")
        store_version(
            store, made.id, after(5), "b", headline="Second", byline="By Ida Cole", published="2031", notes=("no date",)
        )
        store.add_change(change(made.id, 1), {"edits": []})
        store.add_capture(made.id, look(after(9), outcome=Outcome.GONE, reason=Reason.STATUS_GONE))
        assert list(store.article_summaries()) == [
            ArticleSummary(
                article=replace(made, outlet_id=outlet.id),
                outlet="The Ledger",
                headline="Second",
                byline="By Ida Cole",
                published="2031",
                modified=None,
                first_seen=after(0),
                last_seen=after(5),
                basis=TimeBasis.OBSERVED,
                versions=2,
                changes=1,
                captures=3,
                last_outcome=Outcome.GONE,
                last_reason=Reason.STATUS_GONE,
                last_look_at=after(9),
                notes=("no date",),
            )
        ]

    def test_a_suspect_reading_is_not_the_latest(self, store: Store) -> None:
        made = article(store)
        store_version(store, made.id, after(0), "a", byline="By Ida Cole")
        doubtful = store.add_capture(made.id, look(after(1), outcome=Outcome.SUSPECT, reason=Reason.TEXT_COLLAPSED))
        store.add_extraction(doubtful.id, reading("half", byline="Bot"))
        (summary,) = store.article_summaries(article_id=made.id)
        assert (summary.byline, summary.last_outcome) == ("By Ida Cole", Outcome.SUSPECT)

    def test_an_article_never_looked_at(self, store: Store) -> None:
        made = article(store)
        (summary,) = store.article_summaries()
        assert summary == ArticleSummary(
            made, "", "", "", None, None, None, None, None, versions=0, changes=0, captures=0,
            last_outcome=None, last_reason=None, last_look_at=None,
        )  # fmt: skip

    def test_by_id_in_pages(self, store: Store) -> None:
        ids = [article(store, f"{URL}/{n}").id for n in range(5)]
        first = [summary.article.id for summary in store.article_summaries(limit=2)]
        rest = [summary.article.id for summary in store.article_summaries(after_id=first[-1])]
        assert first + rest == ids
        assert list(store.article_summaries(article_id=99)) == []


class TestStatus:
    def test_an_empty_archive(self, store: Store) -> None:
        assert store.status(NOON) == Status(
            outlets=0, sources=0, articles=0, versions=0, changes=0, captures=0, edits=0, due=0, retired=0,
            next_look_at=None, outcomes={},
        )  # fmt: skip

    def test_counts(self, store: Store) -> None:
        store.outlet("The Ledger")
        store.add_source(SourceKind.FEED, "https://a.example/feed", outlet_id=None, at=NOON, next_look_at=after(-1))
        due = article(store, due=NOON)
        later = article(store, URL + "/2", due=after(1))
        store.update_article(replace(article(store, URL + "/3"), retired_at=NOON))
        store_version(store, due.id, NOON, "a")
        store.add_capture(later.id, look(outcome=Outcome.GONE, reason=Reason.SOFT_404))
        store.add_capture(later.id, look(after(1), outcome=Outcome.GONE, reason=Reason.SOFT_404))
        assert store.status(NOON) == Status(
            outlets=1, sources=1, articles=3, versions=1, changes=0, captures=3, edits=0, due=2, retired=1,
            next_look_at=after(-1), outcomes={"edited": 1, "gone": 2},
        )  # fmt: skip


class TestHosts:
    def test_kept_as_it_was_given(self, store: Store) -> None:
        assert store.host_state("a.example") == {}
        state = {"robots": "User-agent: *\nDisallow: /é", "until": 17.5, "list": [None, True]}
        store.set_host_state("a.example", {"old": 1})
        store.set_host_state("a.example", state)
        store.set_host_state("b.example", {})
        assert store.host_state("a.example") == state

    def test_an_article_added_later_does_not_reset_it(self, store: Store) -> None:
        store.set_host_state("ledger.example", {"delay": 2})
        article(store)
        assert store.host_state("ledger.example") == {"delay": 2}
