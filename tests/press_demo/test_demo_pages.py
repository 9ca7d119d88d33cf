"""The demo press prints every state of every article, in full and escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from lxml import html

from writethru.press import Article, Site, Version
from writethru.press.furniture import Furniture, Link, lively
from writethru.press.plays import Sheet
from writethru.press.script import demo_plays

PLAYS = demo_plays()
LINKS = [Link(f'Elsewhere {n}: "<i>" & more', f"http://ledger.example/elsewhere/{n}") for n in range(8)]


def states() -> Iterator[Any]:
    """Every state, the Ledger's in both of its layouts."""
    for site in PLAYS.sites.values():
        for article in site.by_appearance:
            for number, version in enumerate(article.versions, start=1):
                for edition in ("", "spring") if site.host == "ledger.example" else ("",):
                    name = f"{site.host}{article.path}#{number}{edition}"
                    yield pytest.param(site, article, version, edition, id=name)


def furniture(edition: str = "") -> Furniture:
    drawn = lively(Random(1), 12, LINKS)
    return Furniture(
        edition=edition,
        most_read=drawn.most_read,
        related=drawn.related,
        advert=drawn.advert,
        minutes_ago=drawn.minutes_ago,
    )


def printed(site: Site, article: Article, version: Version, around: Furniture) -> str:
    page = version.copy.print(Sheet(site, article, version, version.time + timedelta(minutes=12), around))
    return page.decode("utf-8")


def form_of(version: Version) -> dict[str, Any]:
    return dict(version.copy.article)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("site", "article", "version", "edition"), list(states()))
def test_every_state_is_printed_in_full(site: Site, article: Article, version: Version, edition: str) -> None:
    form = form_of(version)
    tree = html.document_fromstring(printed(site, article, version, furniture(edition)))
    shown = tree.body.text_content()
    for words in (form["headline"], form["standfirst"], form["byline"], form["dateline"]):
        assert words in shown
    spot = 0
    for block in form["blocks"]:
        spot = shown.index(block["text"], spot) + len(block["text"])


@pytest.mark.parametrize("host", list(PLAYS.sites))
def test_furniture_differs_from_look_to_look_and_the_text_does_not(host: str) -> None:
    site = PLAYS.sites[host]
    article = site.by_appearance[0]
    version = article.versions[0]
    one, two = (
        version.copy.print(Sheet(site, article, version, version.time + timedelta(minutes=m), furniture()))
        for m in (12, 185)
    )
    assert one != two


@pytest.mark.parametrize("host", list(PLAYS.sites))
def test_every_template_has_its_furniture(host: str) -> None:
    site = PLAYS.sites[host]
    article = site.by_appearance[0]
    page = printed(site, article, article.versions[0], furniture())
    shown = html.document_fromstring(page).text_content()
    assert "12 minutes ago" in shown
    assert shown.count("Elsewhere") >= 8
    assert str(furniture().advert) in shown
    assert re.search(r"comment|tell us your story", shown, re.IGNORECASE)


def test_markup_in_a_text_stays_text() -> None:
    site = PLAYS.sites["undertow.example"]
    article = site.articles["/tech/tickets-for-everyone"]
    page = printed(site, article, article.versions[0], furniture())
    assert "<script>price=0</script>" not in page
    assert "&lt;script&gt;price=0&lt;/script&gt;" in page
    assert html.document_fromstring(page).xpath("//title/text()")[0].startswith("How one <b> gave")


@pytest.mark.parametrize("edition", ["", "spring"])
def test_json_ld_is_json_and_cannot_end_its_script(edition: str) -> None:
    site = PLAYS.sites["ledger.example"]
    for article in site.by_appearance:
        version = article.versions[-1]
        tree = html.document_fromstring(printed(site, article, version, furniture(edition)))
        [script] = tree.xpath("//script[@type='application/ld+json']/text()")
        assert "<" not in script
        stated = json.loads(script)
        assert stated["headline"] == version.headline
        assert stated["datePublished"].endswith("+01:00")


def test_only_the_ledger_has_structured_data() -> None:
    for host, site in PLAYS.sites.items():
        article = site.by_appearance[0]
        page = printed(site, article, article.versions[0], furniture())
        assert ("application/ld+json" in page) == (host == "ledger.example")


def test_the_courier_prints_times_without_a_zone() -> None:
    site = PLAYS.sites["westmarkcourier.example"]
    article = site.articles["/news/2031/03/stang-bridge-reopening.html"]
    tree = html.document_fromstring(printed(site, article, article.versions[0], furniture()))
    assert tree.xpath("//meta[@name='date']/@content") == ["2031-03-24T10:30"]
    assert "Published: 24 Mar 2031 10:30" in tree.text_content()


def test_a_page_without_furniture_is_printed_too() -> None:
    for site in PLAYS.sites.values():
        article = site.by_appearance[0]
        assert (
            article.versions[0].headline
            in html.document_fromstring(printed(site, article, article.versions[0], Furniture())).text_content()
        )
