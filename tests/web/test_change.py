"""The page of a change: what is shown of it, its files, its picture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from starlette.testclient import TestClient

from tests.web.accessible import parsed
from tests.web.fakes import FakeArchive, Look
from tests.web.texts import article
from writethru.web.share import share_of, share_svg

CHANGE = "/articles/5/changes/2"
SVG = "{http://www.w3.org/2000/svg}"


def edits(client: TestClient, query: str) -> list[str]:
    """Ids of the edits that a page shows."""
    found: list[str] = parsed(client.get(f"{CHANGE}{query}").text).xpath("//*[@data-stop]/@id")
    return found


def test_only_changes_shows_all_edits_and_nothing_else(client: TestClient) -> None:
    page = parsed(client.get(f"{CHANGE}?view=only").text)
    assert edits(client, "?view=only") == edits(client, "")
    assert not page.xpath("//*[contains(@class, 'row same')] | //details[@class='fold']")


@pytest.mark.parametrize("layout", ["side", "inline", "only"])
def test_a_kind_filters_the_edits_and_says_so(client: TestClient, layout: str) -> None:
    page = parsed(client.get(f"{CHANGE}?view={layout}&kind=headline").text)
    rows = page.xpath("//*[@data-stop]")
    assert 0 < len(rows) < len(edits(client, ""))
    assert all("headline" in row.xpath("string(.//p[@class='what'])") for row in rows)
    assert f"{len(rows)} of " in page.xpath("string(//p[@class='held'])")
    assert page.xpath("//a[contains(@class, 'chosen')]/@href") == [f"{CHANGE}?view={layout}"]


def test_an_unknown_kind_is_refused(client: TestClient) -> None:
    assert client.get(f"{CHANGE}?kind=colour").status_code == 400


def test_one_layout_is_always_shown_as_the_one_that_stands(client: TestClient) -> None:
    """Where the width chooses it, the style marks it; where it was chosen, the link is the current one."""
    width, current = "//nav[contains(@class, 'by-width')]", "//nav[@aria-label='Layout']/a[@aria-current]"
    for path, by_width in ((CHANGE, True), (f"{CHANGE}?view=inline", False)):
        page = parsed(client.get(path).text)
        assert (bool(page.xpath(width)), bool(page.xpath(current))) == (by_width, not by_width)


def test_the_layouts_follow_each_other_under_one_key(client: TestClient) -> None:
    order, at = [], CHANGE
    for _ in range(4):
        (at,) = parsed(client.get(at).text).xpath("//main//a[@data-go='layout']/@href")
        order.append(at.partition("view=")[2])
    assert order == ["inline", "only", "side", "inline"]


@pytest.mark.parametrize(
    ("name", "media_type"), [("cite.bib", "application/x-bibtex"), ("cite.json", "application/vnd.citationstyles")]
)
def test_the_citation_is_a_file_too(client: TestClient, name: str, media_type: str) -> None:
    answer = client.get(f"{CHANGE}/{name}")
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert f"https://record.example{CHANGE}" in answer.text
    boxes = parsed(client.get(CHANGE).text).xpath("//textarea/text()")
    assert answer.text.strip() in [box.strip() for box in boxes]


def test_a_version_is_linked_data_too(client: TestClient) -> None:
    article = CHANGE.partition("/changes")[0]
    (place,) = parsed(client.get(f"{article}/versions/2").text).xpath("//link[@type='application/ld+json']/@href")
    answer = client.get(place.removeprefix("https://record.example"))
    assert answer.headers["content-type"].startswith("application/ld+json")
    assert answer.json()["isBasedOn"]["@id"] == f"https://record.example{article}/versions/1"
    assert client.get(f"{article}/versions/99/article.jsonld").status_code == 404


def test_those_who_pass_the_link_on_get_a_picture_and_its_words(client: TestClient) -> None:
    page = parsed(client.get(CHANGE).text)
    (image,) = page.xpath("//meta[@property='og:image']/@content")
    (alt,) = page.xpath("//meta[@property='og:image:alt']/@content")
    answer = client.get(image.removeprefix("https://record.example"))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert etree.fromstring(answer.content).get("aria-label") == alt


def test_the_picture_shows_the_most_telling_words(client: TestClient) -> None:
    drawn = etree.fromstring(client.get("/articles/5/changes/1/share.svg").content)
    struck = drawn.xpath("string(//*[@text-decoration='line-through'])")
    inserted = drawn.xpath("string(//*[@text-decoration='underline'])")
    assert ("1.5" in struck, "15" in inserted) == (True, True) or ("12" in struck, "21" in inserted) == (True, True)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=60)
def test_no_text_breaks_the_picture_or_leaves_it(headline: str, paragraph: str) -> None:
    archive = FakeArchive()
    archive.play([Look(0, article(headline)), Look(60, article(headline, paragraph, byline="By Una"))])
    drawn = share_svg(share_of(archive.change(1, 1)), "Writethru")
    tree = etree.fromstring(drawn.encode("utf-8"))
    assert {element.tag for element in tree.iter()} <= {SVG + name for name in ("svg", "rect", "text", "tspan", "path")}
    assert max(int(text.get("y")) for text in tree.iter(f"{SVG}text")) <= 600
