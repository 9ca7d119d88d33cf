"""The page of a dossier, its forms, and the API beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.dossier.told import HOSTILE, ferry_archive
from tests.web.accessible import faults, parsed
from writethru.dossier import wording
from writethru.web import WebSettings, create_app
from writethru.web.dossier import at_words


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with (
        ferry_archive(tmp_path_factory.mktemp("dossier-page")) as archive,
        TestClient(create_app(archive, WebSettings()), raise_server_exceptions=False) as made,
    ):
        yield made


def test_the_page_is_accessible_escapes_and_begins_with_disagreements(client: TestClient) -> None:
    page = client.get("/stories/1/dossier")
    assert page.status_code == 200
    assert HOSTILE not in page.text
    assert faults(page.text) == []
    assert page.text.index('id="disagreements"') < page.text.index('id="timeline"') < page.text.index('id="method"')
    assert "More than 160 people" in page.text
    assert "last seen in version 1" in page.text
    assert 'href="/articles/1/versions/1#:~:text=' in page.text
    assert 'href="/stories/1/dossier"' in client.get("/stories/1").text


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("json", "application/json"),
        ("md", "text/markdown; charset=utf-8"),
        ("zip", "application/zip"),
        ("annotations.json", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
        ("jsonld", "application/ld+json"),
        ("ics", "text/calendar; charset=utf-8"),
    ],
)
def test_each_form_has_its_media_type(client: TestClient, form: str, kind: str) -> None:
    answer = client.get(f"/stories/1/dossier.{form}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)


def test_the_api_tells_the_dossier_and_what_a_version_states(client: TestClient) -> None:
    assert client.get("/api/v1/stories/1/dossier").json()["format"] == "writethru-dossier/1"
    stated = client.get("/api/v1/articles/1/versions/1/statements").json()
    assert [one["words"] for one in stated["figures"]][:1] == ["140"]
    assert {one["source"]["words"] for one in stated["said"] if one["source"]} >= {"police"}
    text = client.get("/api/v1/articles/1/versions/1").json()
    block, start, end = stated["figures"][0]["place"]
    assert text["blocks"][block]["text"][start:end] == "140"


@pytest.mark.parametrize(
    "path",
    [
        "/stories/99/dossier",
        "/stories/99/dossier.md",
        "/api/v1/stories/99/dossier",
        "/api/v1/articles/1/versions/9/statements",
    ],
)
def test_what_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_form_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/stories/1/dossier.exe").status_code in (404, 422)


def test_a_long_sentence_is_led_to_by_its_ends() -> None:
    assert at_words(" ".join("abcdefghijkl")) == "#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l"


def test_a_change_and_an_article_are_named_by_outlet_and_number(client: TestClient) -> None:
    page = parsed(client.get("/stories/1/dossier?fold=no").text)
    changes = page.xpath("//section[@aria-labelledby='changes']//a")
    assert changes
    articles = {one["article"]: one["outlet"] for one in client.get("/stories/1/dossier.json").json()["articles"]}
    for link in changes:
        _, _, number, _, change = link.get("href").split("/")
        assert link.text_content() == f"{articles[int(number)]}, article {number}, change {change}"
    assert not re.search(r", text \d", page.xpath("string(//section[@aria-labelledby='articles'])"))


def test_articles_that_count_as_one_text_name_each_other() -> None:
    articles = [
        {"article": number, "outlet": name, "group": f"text {min(number, 2)}"} for number, name in enumerate("ABC", 1)
    ]
    assert wording.counted_with(1, "text 1", articles) == ""  # type: ignore[arg-type]
    assert wording.counted_with(3, "text 2", articles) == ", counted as one text with B"  # type: ignore[arg-type]


def test_parts_are_folded_listed_and_reached_by_their_names(client: TestClient) -> None:
    page = client.get("/stories/1/dossier").text
    contents = re.findall(r'<li><a href="#(\w+)">', page[page.index('class="contents"') :])
    assert contents[0] == "disagreements"
    assert {f'<section id="{name}"' in page for name in contents} == {True}
    whole = client.get("/stories/1/dossier?fold=no").text
    assert '<details class="part"' not in whole
    assert faults(whole) == []


def test_statements_are_chosen_by_speaker_issue_and_outlet_without_a_script(client: TestClient) -> None:
    def rows(query: str) -> list[str]:
        page = client.get(f"/stories/1/dossier{query}").text
        return re.findall(r'<th scope="rowgroup" colspan="3"><bdi>(.*?)</bdi>', page)

    everybody = rows("")
    assert len(set(everybody)) > 1
    assert set(rows("?speaker=Ilse+Marden")) == {"Ilse Marden"}
    assert 0 < len(rows("?outlet=Nordwire")) < len(everybody) == len(set(everybody))
    assert rows("?speaker=nobody+of+this+name&days=%3Cscript%3E") == []


def test_days_stand_by_the_calendar_or_by_who_names_them(client: TestClient) -> None:
    def days(query: str) -> list[str]:
        return re.findall(r'<strong><time datetime="([\d-]+)">', client.get(f"/stories/1/dossier{query}").text)

    texts = {one["day"]: len(one["groups"]) for one in client.get("/stories/1/dossier.json").json()["timeline"]}
    assert days("") == sorted(texts)
    assert [texts[day] for day in days("?days=named")] == sorted(texts.values(), reverse=True)
