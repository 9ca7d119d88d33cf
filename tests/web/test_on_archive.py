"""The faces over the real archive, on both databases: import, then read everything back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from tests.web.accessible import faults, parsed
from writethru.api import json_forms as forms
from writethru.api import routes, watch_forms
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.storage.store import Store
from writethru.web import WebSettings, create_app

URL = "https://courier.example/2031/pier"
OPENING = "The harbour board will close the north pier on Friday after engineers found cracks in {} of its piles."
REST = "Ferries to Skerry Island will leave from the coal quay.\n\nThe board will meet again on 14 March."
STATES = [
    ("2031-03-02T14:05:00Z", "Board shuts north pier", OPENING.format(12)),
    ("2031-03-02T15:00:00Z", "Board shuts north pier", OPENING.format(21)),
    ("2031-03-02T18:00:00Z", "Board ‘knew of cracks’ <script>alert(1)</script>", OPENING.format(21)),
    ("2031-03-03T09:00:00Z", "Board shuts north pier", OPENING.format(21)),
]


@pytest.fixture
def reader(store: Store, tmp_path: Path) -> Iterator[TestClient]:
    """A reader of an archive into which four states of one article were imported."""
    lines = [
        {"outlet": "The Harbour Courier", "url": URL, "time": time, "title": title, "text": f"{opening}\n\n{REST}"}
        for time, title, opening in STATES
    ]
    path = tmp_path / "pier.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    archive = Archive(store, Config(archive=ArchiveConfig(evidence=str(tmp_path / "evidence"))))
    report = archive.import_paths([path])
    assert (report.articles, report.skipped) == (1, ())
    with TestClient(create_app(archive, WebSettings(base_url="https://record.example"))) as client:
        yield client


def test_the_lives_of_sentences_are_those_of_the_appearances(reader: TestClient) -> None:
    form = reader.get("/api/v1/articles/1/sentences").json()
    assert (form["followed"], form["left_out"], form["lost"]) == (4, 0, [])
    headline, opening = form["standing"][:2]
    assert [(w["how"], w["from_version"], w["change"]) for w in headline["wordings"]] == [
        ("first", 1, None),
        ("rewritten", 3, 2),
        ("rewritten", 2, 3),
    ]
    assert [(w["from_version"], w["to_version"], w["first_seen"]) for w in opening["wordings"]] == [
        (1, 1, "2031-03-02T14:05:00Z"),
        (2, 2, "2031-03-02T15:00:00Z"),
    ]
    assert reader.get("/api/v1/articles/1/sentences").json() == form, "the same again from memory"


def test_everything_imported_can_be_read_back(reader: TestClient) -> None:
    article = reader.get("/api/v1/articles").json()["items"][0]
    assert (article["versions"], article["changes"], article["url"]) == (3, 3, URL)
    here = f"/articles/{article['id']}"
    for path in (
        *("/", "/articles", here, f"{here}/versions/1", f"{here}/changes/1", f"{here}/changes/2", f"{here}/changes/3"),
        *(f"{here}/compare?old=1&new=3", f"{here}/sentences", "/watching", "/about"),
    ):
        answer = reader.get(path)
        assert (path, answer.status_code, faults(answer.text)) == (path, 200, [])
    main = " ".join(parsed(reader.get(here).text).xpath("string(//main)").split())
    assert "3 versions, 3 changes, one of them a return" in main
    assert "<script>alert(1)</script>" in parsed(reader.get(f"{here}/changes/2").text).xpath("string(//h1)")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 3),
        ("kind=headline", 2),
        ("kind=scare-quotes&outlet=1", 2),
        ("outlet=1&since=2031-03-02&until=2031-03-02", 2),
        ("until=2031-03-01", 0),
        ("section=Business", 0),
        ("order=significant", 3),
    ],
)
def test_river_can_be_asked(reader: TestClient, query: str, shown: int) -> None:
    tree = parsed(reader.get(f"/?{query}").text)
    assert len(tree.xpath("//article[contains(@class, 'entry')]")) == shown


def test_river_shows_the_figure_that_changed(reader: TestClient) -> None:
    entry = parsed(reader.get("/").text).xpath("//article")[-1]
    assert entry.xpath("string(.//p[@class='words']//del)") == "[removed: 12] "
    assert entry.xpath("string(.//p[@class='words']//ins)") == "[added: 21] "


def test_answers_of_the_api_are_as_documented(reader: TestClient) -> None:
    for path, kind in (
        ("/articles", routes.ArticlePage),
        ("/articles/1/versions", routes.VersionList),
        ("/articles/1/versions/2", forms.VersionTextForm),
        ("/articles/1/changes/1", forms.ChangeDetailForm),
        ("/changes?limit=2", routes.ChangePage),
        ("/captures?article=1", routes.CapturePage),
        ("/outlets", routes.OutletList),
        ("/status", watch_forms.StatusForm),
    ):
        TypeAdapter(kind).validate_json(reader.get(f"/api/v1{path}").content, strict=True)


def test_feeds_carry_every_change_with_its_words(reader: TestClient) -> None:
    root = ET.fromstring(reader.get("/feed.atom").content)
    contents = [e.text or "" for e in root.iter("{http://www.w3.org/2005/Atom}content")]
    assert len(contents) == 3
    assert "<del>12</del>" in contents[-1]
    assert "<ins>21</ins>" in contents[-1]


def test_paging_by_key_on_the_database(reader: TestClient) -> None:
    found: list[int] = []
    url = "/api/v1/changes?limit=1"
    while url:
        page = reader.get(url.removeprefix("https://record.example")).json()
        found += [item["number"] for item in page["items"]]
        url = page["next"]
    assert found == [3, 2, 1]


def test_evidence_is_handed_over(reader: TestClient) -> None:
    capture = reader.get("/api/v1/captures?article=1").json()["items"][0]
    answer = reader.get(f"/captures/{capture['id']}/raw")
    assert answer.headers["content-type"] == "text/plain"
    assert OPENING.format(12).encode() in answer.content


@pytest.mark.parametrize(
    "path", ["/articles/7", "/articles/1/changes/9", "/captures/999/raw", "/articles/1/versions/9"]
)
def test_what_is_not_there_is_a_404(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404
