"""Reading history again: said before it is written, and what vanishes is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extraction.printed import EDITS, PAGE
from tests.watch.test_knowledge import HOST, START, Shelf
from writethru.errors import MalformedInput, UnreadableInput
from writethru.extraction.site_rules import read_rules
from writethru.model import Outcome
from writethru.storage.store import Store
from writethru.watch.record import Recorder
from writethru.watch.reextract import reextract
from writethru.watch.rule_check import check_rules
from writethru.watch.rulebook import RuleBook

TIP = "<div class=tip-jar><p>The Ledger lives on crowns from its readers.</p></div>"
RULES = f'outlet = "The Ledger"\nhosts = ["{HOST}"]\n[body]\ndrop = ["div.tip-jar"]\n'


@pytest.fixture
def shelf(store: Store) -> Shelf:
    """An article whose furniture was read as text, and one edit."""
    shelf = Shelf(store)
    shelf.see(PAGE.but(between=TIP).html())
    shelf.see(EDITS[0].page.but(between=TIP).html())
    return shelf


def ruled(shelf: Shelf) -> Recorder:
    return Recorder(shelf.store, shelf.body_of, RuleBook([read_rules(RULES, "ledger.toml")]))


def test_a_dry_run_says_what_would_come_and_writes_nothing(shelf: Shelf) -> None:
    before = shelf.shape()
    report = reextract(shelf.store, ruled(shelf), START, write=False)
    assert [(len(one.appear), one.vanish) for one in report.different] == [(2, (1, 2))]
    assert shelf.shape() == before
    assert list(shelf.store.former_versions(shelf.article.id)) == []


def test_written_it_is_the_new_history_and_the_old_reading_is_kept(shelf: Shelf) -> None:
    old = [shelf.store.version_text(shelf.article.id, number) for number in (1, 2)]
    planned = reextract(shelf.store, ruled(shelf), START, write=False)
    done = reextract(shelf.store, ruled(shelf), START, write=True)
    assert done.different == planned.different
    assert [v.digest for v in shelf.store.versions(shelf.article.id)] != [text.digest() for text in old]
    assert len(shelf.store.versions(shelf.article.id)) == 2
    assert [former.text for former in shelf.store.former_versions(shelf.article.id)] == old
    assert reextract(shelf.store, ruled(shelf), START, write=False).different == ()


def test_new_rules_make_no_edit_of_an_article_that_is_known(shelf: Shelf) -> None:
    shelf.recorder = ruled(shelf)
    again = shelf.see(EDITS[0].page.but(between=TIP + "<p>Read more: <a href='/z'>Divers</a></p>").html())
    assert again.decision.outcome is Outcome.SAME


def test_an_article_is_derived_again_with_the_rules_it_was_read_with(store: Store) -> None:
    shelf = Shelf(store)
    shelf.recorder = ruled(shelf)
    seen = shelf.see(PAGE.but(between=TIP).html())
    before = shelf.shape()
    form = store.extraction_of(seen.capture.id)
    assert form is not None
    assert store.rules(form["read_with"]["rules"]) == RULES
    Recorder(store, shelf.body_of).rederive(shelf.article.id)
    assert shelf.shape() == before


class TestRuleFiles:
    def test_those_beside_the_evidence_are_used(self, tmp_path: Path) -> None:
        assert RuleBook.beside(tmp_path / "news.evidence").of(HOST) is None
        folder = tmp_path / "news.rules"
        folder.mkdir()
        (folder / "ledger.toml").write_text(RULES)
        book = RuleBook.beside(tmp_path / "news.evidence")
        found = book.of(HOST)
        assert found is not None
        assert found.outlet == "The Ledger"
        assert book.of("other.example") is None

    def test_two_files_for_one_host_are_refused(self, tmp_path: Path) -> None:
        folder = tmp_path / "news.rules"
        folder.mkdir()
        for name in ("a.toml", "b.toml"):
            (folder / name).write_text(RULES)
        with pytest.raises(MalformedInput, match=r"has rules in a.toml already"):
            RuleBook.beside(tmp_path / "news.evidence")

    def test_golden_pairs(self, tmp_path: Path) -> None:
        file = tmp_path / "ledger.toml"
        file.write_text(RULES)
        pairs = tmp_path / "ledger"
        pairs.mkdir()
        (pairs / "quay.html").write_bytes(PAGE.but(between=TIP).html())
        with pytest.raises(UnreadableInput, match="expected text"):
            check_rules(file)
        lines = [f"# {PAGE.headline}", "published: 2031-05-04T06:00:00Z", f"[caption] {PAGE.caption}", *PAGE.paragraphs]
        (pairs / "quay.txt").write_text("\n".join(lines))
        assert check_rules(file).failed == 0
        (pairs / "quay.txt").write_text("\n".join(lines[:-1]))
        assert check_rules(file).pairs[0].differences[-1] == f"+{PAGE.paragraphs[-1]}"
