"""The main job on real pages and real histories."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from writethru.archive import Archive
from writethru.model import Outcome, Reason


def test_the_five_seeds(archive: Archive, seeds: Path) -> None:
    report = archive.import_paths(sorted(seeds.glob("*.txt")))
    assert (report.articles, report.versions, report.skipped) == (5, 6, ())
    independent, reuters, jazeera, afp, guardian = archive.articles().rows
    assert independent.headline.startswith("Syria crisis: John Kerry and Sergei Lavrov announce 'constructive'")
    assert independent.published is None
    assert any("no date" in note.lower() for note in independent.notes)
    assert reuters.headline == "U.S., Russia differ on military force as Syria talks open"
    assert (reuters.outlet, (reuters.published or "")[:10]) == ("Reuters", "2013-09-12")
    assert (jazeera.outlet, jazeera.modified) == ("Al Jazeera", "2013-09-14T07:13")
    assert (afp.byline, afp.modified) == ("Jo Biddle", "2013-09-13")
    assert guardian.article.url == (
        "https://www.theguardian.com/world/2016/sep/09/us-russia-syria-ceasefire-negotiations-john-kerry-geneva"
    )
    assert (guardian.outlet, guardian.published, guardian.versions) == ("The Guardian", "2016-09-09", 2)


def test_the_comparison_page_shows_no_visible_difference(archive: Archive, seeds: Path) -> None:
    archive.import_paths(sorted(seeds.glob("004*")))
    view = archive.change(1, 1)
    assert [view.old_version.label, view.new_version.label] == ["4", "5"]
    assert view.gap == timedelta(minutes=35)
    assert not view.change.visible
    assert view.record is not None
    assert view.record.reason is Reason.STATED_BY_SOURCE


def test_no_furniture_in_the_bodies(archive: Archive, seeds: Path) -> None:
    archive.import_paths(sorted(seeds.glob("00[0-3]*")))
    bodies = [archive.version(number, 1)[1].text for number in (1, 2, 3, 4)]
    for residue in ("Tradewind", "PROMOTED", "Start your day", "narrow-browser", "Email Article", "In-depth coverage"):
        assert not [body for body in bodies if residue in body], residue
    assert "It's a little early for that." in bodies[0]
    assert bodies[1].rstrip().endswith("the joint U.N.-Arab League special envoy.")


@pytest.mark.parametrize("database", ["sqlite"])
def test_digital_gov_imports_completely_and_once(archive: Archive, data: Path, database: str) -> None:
    path = data / "revisions" / "digitalgov_dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    report = archive.import_paths([path])
    assert (report.captures, report.skipped) == (len(lines), ())
    histories: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in lines:
        histories[line["url"]].append((line["title"], line["text"]))
    summaries = archive.articles().rows
    assert len(summaries) == len(histories)
    for summary in summaries:
        number = summary.article.id
        stored = {
            version.number: archive.store.version_text(number, version.number)
            for version in archive.store.versions(number)
        }
        seen = [stored[appearance.version_number] for appearance in archive.store.appearances(number)]
        assert [(text.headline, text.text) for text in seen] == histories[summary.article.url]
        for record in archive.store.changes(article_id=number):
            change = archive.change(number, record.number).change
            old, new = stored[record.from_version], stored[record.to_version]
            assert change.apply(old) == new
            assert change.revert(new) == old
    before = archive.status()
    again = archive.import_paths([path])
    assert (again.captures, again.already_known) == (0, len(lines))
    assert archive.status().versions == before.versions


def test_saved_bbc_pages(archive: Archive, data: Path) -> None:
    report = archive.import_paths([data / "revisions" / "news_sniffer_pages"])
    assert report.skipped == ()
    by_url = {row.article.url: row for row in archive.articles().rows}
    assert len(by_url) == 2
    unchanged = next(row for url, row in by_url.items() if "6072486" in url)
    edited = next(row for url, row in by_url.items() if "7984711" in url)
    assert (unchanged.versions, unchanged.changes) == (1, 0)
    assert (edited.versions, edited.changes) == (2, 1)
    change = archive.change(edited.article.id, 1).change
    removed = [sentence.text for edit in change.edits for sentence in edit.old]
    assert len(change.edits) == 2
    assert not [edit for edit in change.edits if edit.new]
    assert any("Admiralty House" in text for text in removed)
    assert any("as many as a third of MPs" in text for text in removed)


def test_the_invalid_bbc_page_is_not_a_version(archive: Archive, data: Path) -> None:
    """After page A alone, the page without its headline mark is suspect, not an edit."""
    folder = data / "revisions" / "news_sniffer_pages"
    archive.import_paths([folder / "7984711-A.stm.html", folder / "7984711-invalid.html"])
    (row,) = archive.articles().rows
    assert row.versions == 1
    assert {capture.look.outcome for capture in archive.captures(row.article.id)} == {Outcome.EDITED, Outcome.SUSPECT}
