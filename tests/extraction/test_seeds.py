"""The five seed pages of the mission, read whole. They are not in the repository; absent, these tests skip."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from writethru.extraction import extract, news_sniffer
from writethru.model import Block, BlockKind, Extraction

DATA = Path(os.environ.get("WRITETHRU_DATA", "../shared/data"))
SEEDS = DATA.parent / "seeds"
PAGES = DATA / "revisions" / "news_sniffer_pages"


def seed(number: str) -> bytes:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"no seed pages under {SEEDS.resolve()} (set WRITETHRU_DATA)")
    return found[0].read_bytes()


def saved_page(name: str) -> bytes:
    path = PAGES / name
    if not path.exists():
        pytest.skip(f"no {path.resolve()} (set WRITETHRU_DATA)")
    return path.read_bytes()


def of_kind(read: Extraction, kind: BlockKind) -> list[Block]:
    return [block for block in read.blocks if block.kind is kind]


def test_page_without_a_date_says_so() -> None:
    read = extract(seed("000"))
    assert read.headline.startswith("Syria crisis: John Kerry and Sergei Lavrov announce 'constructive' Geneva")
    assert read.published is None
    assert "no date on the page" in read.notes
    assert (read.outlet, read.agency) == ("The Independent", "AP")
    assert [block.text for block in of_kind(read, BlockKind.CREDIT)] == ["Additional reporting by Associated Press"]
    assert len(of_kind(read, BlockKind.PARAGRAPH)) == 20
    assert all(word not in read.text for word in ("Tradewind", "PROMOTED", "sign up", "Archers", "iJobs"))


def test_wire_page_with_captions_and_credits() -> None:
    read = extract(seed("001"))
    assert read.headline == "U.S., Russia differ on military force as Syria talks open"
    assert (read.published, read.dateline) == ("2013-09-12T20:51", "GENEVA")
    assert (read.outlet, read.agency) == ("Reuters", "Reuters")
    assert len(of_kind(read, BlockKind.CAPTION)) == 2
    assert of_kind(read, BlockKind.CREDIT)[0].text.startswith("Additional reporting by Tom Miles")
    assert len(of_kind(read, BlockKind.PARAGRAPH)) == 23
    assert "tablet" not in read.text


def test_page_with_standfirst_subheads_and_a_promo_in_the_body() -> None:
    read = extract(seed("002"))
    assert read.headline == "US and Russia enter third day of Syria talks"
    assert read.standfirst.startswith("John Kerry and his Russian counterpart seek")
    assert (read.outlet, read.section, read.modified) == ("Al Jazeera", "Middle East", "2013-09-14T07:13")
    assert [block.text for block in of_kind(read, BlockKind.SUBHEAD)] == ["Reviving talks", "UN seeks more information"]
    assert len(of_kind(read, BlockKind.CAPTION)) == 1
    assert "In-depth coverage" not in read.text
    assert read.text.endswith("to enforce the measure.")


def test_agency_page_with_a_credit_line() -> None:
    read = extract(seed("003"))
    assert read.headline == "Russia and US resume high-stakes Syria talks"
    assert (read.byline, read.agency, read.modified) == ("Jo Biddle", "AFP", "2013-09-13")
    assert (read.outlet, read.provenance["outlet"]) == ("AFP", "credit line")
    assert len(of_kind(read, BlockKind.PARAGRAPH)) == 29


def test_comparison_page() -> None:
    page = news_sniffer.parse(seed("004"))
    assert (page.outlet_key, page.outlet, page.first_seen) == ("guardian", "The Guardian", "")
    assert (page.old_number, page.new_number, page.versions_stated) == (4, 5, 6)
    assert (page.gap, page.approximate, page.retired) == (timedelta(minutes=35), False, True)
    assert page.old.headline == "Syrian ceasefire deal between US and Russia could come 'very soon'"
    assert page.old.article_text == page.new.article_text
    assert (page.old.published, page.old.provenance["published"]) == ("2016-09-09", "url")


def test_same_text_under_changed_html_is_the_same() -> None:
    old, new = (extract(saved_page(f"6072486-{side}.stm.html")) for side in "AB")
    assert old.article_text == new.article_text
    assert len(old.blocks) == 5


def test_two_silently_removed_sentences() -> None:
    old, new = (extract(saved_page(f"7984711-{side}.stm.html")) for side in "AB")
    gone = [block.text for block in old.blocks if block not in new.blocks]
    assert len(gone) == 2
    assert gone[0].startswith("He lived in the flat in Admiralty House")
    assert [block for block in new.blocks if block not in old.blocks] == []


def test_page_without_its_headline_mark_is_signed() -> None:
    assert "no-headline-mark" not in extract(saved_page("7984711-B.stm.html")).signs
    assert "no-headline-mark" in extract(saved_page("7984711-invalid.html")).signs
