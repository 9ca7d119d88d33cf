"""Annotations lead to words that stand where they say, on pages that answer; claims are rated by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from tests.dossier.told import ferry_archive
from writethru.web import WebSettings, create_app

BASE = "https://record.example"

QUOTATION = {"@type", "text", "spokenByCharacter", "isPartOf"}
REVIEW = {"@type", "url", "claimReviewed", "reviewBody", "itemReviewed"}
CLAIM = {"@type", "text", "author", "appearance"}
ARTICLE = {"@type", "url", "headline", "archivedAt", "publisher"}
"""Properties that schema.org (29.0) has for these types, of those that are written."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with ferry_archive(tmp_path_factory.mktemp("linked")) as archive:
        app = create_app(archive, WebSettings(base_url=BASE))
        with TestClient(app, base_url=BASE) as made:
            yield made


def test_each_annotation_selects_its_words_on_the_page_it_names(client: TestClient) -> None:
    page = client.get("/stories/1/dossier.annotations.json")
    assert page.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    form = page.json()
    assert (form["@context"], form["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len({one["id"] for one in form["items"]}) == len(form["items"]) > 10
    pages: dict[str, html.HtmlElement] = {}
    for one in form["items"]:
        source = one["target"]["source"]
        if source not in pages:
            answer = client.get(source)
            assert answer.status_code == 200
            pages[source] = html.fromstring(answer.text)
        check(one, pages[source])
    bodies = [one["body"] for one in form["items"] if "body" in one]
    assert bodies
    assert {(one["type"], one["purpose"]) for one in bodies} == {("TextualBody", "tagging")}


def check(one: dict[str, Any], page: html.HtmlElement) -> None:
    """Both selectors give the same characters; the words with what stands beside them stand there once."""
    assert (one["type"], one["id"].startswith(f"{BASE}/")) == ("Annotation", True)
    assert one["motivation"] in ("tagging", "identifying")
    by_words, by_place = one["target"]["selector"]
    assert by_words["type"] == "TextQuoteSelector"
    (element,) = page.xpath("//*[@id=$name]", name=by_place["value"])
    text = element.text_content()
    position = by_place["refinedBy"]
    assert (by_place["type"], position["type"]) == ("FragmentSelector", "TextPositionSelector")
    assert text[position["start"] : position["end"]] == by_words["exact"]
    around = by_words.get("prefix", "") + by_words["exact"] + by_words.get("suffix", "")
    assert text[position["start"] - len(by_words.get("prefix", "")) :].startswith(around)
    whole = page.xpath("//*[contains(@class, 'reading')]")[0].text_content()
    assert whole.count(around) == 1, "nothing else on the page is selected by it"


def test_claims_and_quotations_have_properties_of_schema_org_and_no_rating(client: TestClient) -> None:
    form = client.get("/stories/1/dossier.jsonld").json()
    assert form["@context"] == "https://schema.org"
    kinds = {one["@type"] for one in form["@graph"]}
    assert kinds == {"Quotation", "ClaimReview"}
    for one in form["@graph"]:
        assert set(one) <= (QUOTATION if one["@type"] == "Quotation" else REVIEW)
        claim = one.get("itemReviewed", {"@type": "Claim"})
        assert set(claim) <= CLAIM
        work = one.get("isPartOf") or claim["appearance"]
        assert set(work) <= ARTICLE
        assert work["url"].startswith("https://")
        assert client.get(work["archivedAt"]).status_code == 200
        agent = one.get("spokenByCharacter") or claim.get("author")
        assert agent is None or agent["@type"] in ("Person", "Organization")
    assert not re.search("rating", str(form["@graph"]).replace("none of them rated", ""), re.IGNORECASE)
    people = [one["spokenByCharacter"] for one in form["@graph"] if "spokenByCharacter" in one]
    assert {"@type": "Person", "name": "Ilse Marden"} in people
