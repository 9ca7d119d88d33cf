"""How a stored page was read, as a page of the archive: with what was known then, and harmless."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.extraction.test_explanation import BODY, SENTENCE, page
from tests.watch.test_knowledge import Shelf
from tests.web.accessible import faults, parsed
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.storage.store import Store
from writethru.watch.explained import Explainer
from writethru.web import WebSettings, create_app
from writethru.web.security import PAGE_POLICY

BOX = "<div class=qx7><h3>The Quay Hour</h3><p>This week: night trains.</p></div>"
FIRST = page(BODY).encode()
SECOND = page(BODY.replace("2.</p>", f"2.</p>{BOX}<script>steal()</script>", 1)).encode()


@pytest.fixture
def shelf(sqlite_store: Store) -> Shelf:
    """An article seen three times: as it was, with a strange box in it, and byte for byte again."""
    shelf = Shelf(sqlite_store)
    for body in (FIRST, SECOND, SECOND):
        shelf.see(body)
    return shelf


@pytest.fixture
def reader(shelf: Shelf, tmp_path: Path) -> Iterator[TestClient]:
    archive = Archive(shelf.store, Config(archive=ArchiveConfig(evidence=str(tmp_path / "evidence"))))
    archive.__dict__["explained"] = Explainer(shelf.store, shelf.body_of)
    with TestClient(create_app(archive, WebSettings())) as client:
        yield client


def test_the_reasons_are_those_of_memory_and_nothing_of_the_page_runs(reader: TestClient) -> None:
    answer = reader.get("/captures/2/explain")
    assert (answer.status_code, faults(answer.text)) == (200, [])
    assert answer.headers["content-security-policy"] == PAGE_POLICY
    assert "steal()" not in answer.text
    text = " ".join(parsed(answer.text).text_content().split())
    assert "held against the page alone" in text
    assert "not yet believed" in text
    assert "could not be made again" not in text
    assert "another text than was read" not in text
    style = reader.get("/explained.css")
    assert style.headers["content-type"].startswith("text/css")
    assert 'href="/explained.css"' in answer.text


def test_a_look_that_was_not_read_leads_to_the_one_whose_reading_stands(reader: TestClient) -> None:
    answer = reader.get("/captures/3/explain")
    assert answer.status_code == 200
    assert 'href="/captures/2/explain"' in answer.text
    assert reader.get("/captures/99/explain").status_code == 404


def test_the_article_says_what_was_held_and_leads_to_the_reasons(reader: TestClient) -> None:
    answer = reader.get("/articles/1")
    assert faults(answer.text) == []
    text = " ".join(parsed(answer.text).text_content().split())
    assert "left out: “This week: night trains.”" in text
    assert 'href="/captures/3/explain"' in answer.text or 'href="/captures/2/explain"' in answer.text


def test_what_can_not_be_made_again_is_said(shelf: Shelf) -> None:
    other = page(BODY + f"<p>{SENTENCE}</p>").encode()
    explainer = Explainer(shelf.store, lambda capture: other if capture.id == 1 else shelf.body_of(capture))
    assert any("could not be made again" in remark for remark in explainer.capture(2).remarks)
    explainer = Explainer(shelf.store, lambda capture: other if capture.id == 2 else shelf.body_of(capture))
    assert any("another text than was read" in remark for remark in explainer.capture(2).remarks)
