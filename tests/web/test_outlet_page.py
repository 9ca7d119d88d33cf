"""An outlet's page: what was learnt of its pages."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from tests.extraction.printed import PAGE
from tests.watch.test_knowledge import Shelf
from tests.web.accessible import faults
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.storage.store import Store
from writethru.web import WebSettings, create_app


def test_what_was_learnt_is_shown_and_what_is_not_there_is_not_found(sqlite_store: Store, tmp_path: Path) -> None:
    Shelf(sqlite_store).see(PAGE.html())
    config = Config(archive=ArchiveConfig(evidence=str(tmp_path / "news.evidence")))
    outlet = sqlite_store.outlets()[0]
    with TestClient(create_app(Archive(sqlite_store, config), WebSettings())) as reader:
        answer = reader.get(f"/outlets/{outlet.id}")
        assert (answer.status_code, faults(answer.text)) == (200, [])
        told = " ".join(answer.text.split())
        assert "Learnt from the pages of 1 article; 1 template seen so far. Not yet in use." in told
        assert reader.get("/outlets/99").status_code == 404
        assert f'href="/outlets/{outlet.id}"' in reader.get("/watching").text
