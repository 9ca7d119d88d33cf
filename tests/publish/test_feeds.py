"""Atom and JSON Feed documents, held to their specifications."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import feedparser
from lxml import html

from tests.publish.samples import MINTER, feed
from writethru.publish.atom import atom
from writethru.publish.feed import EPOCH
from writethru.publish.json_feed import json_feed

NAMES = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def parsed(**options: object) -> ET.Element:
    return ET.fromstring(atom(feed(**options), "Writethru 1"))  # type: ignore[arg-type]


def links(root: ET.Element, relation: str) -> list[str]:
    return [e.get("href", "") for e in root.findall("a:link", NAMES) if e.get("rel") == relation]


def test_atom_has_what_rfc_4287_demands() -> None:
    root = parsed()
    for element in [root, *root.findall("a:entry", NAMES)]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", NAMES)) == 1
        assert RFC3339.fullmatch(element.findtext("a:updated", "", NAMES))
        assert element.find("a:author/a:name", NAMES) is not None
    ids = [entry.findtext("a:id", "", NAMES) for entry in root.findall("a:entry", NAMES)]
    assert len(ids) == len(set(ids)) == 4
    assert all(re.fullmatch(r"tag:record\.example,2031:article/\d+/change/\d+", name) for name in ids)


def test_feed_updated_is_that_of_its_newest_entry() -> None:
    root = parsed()
    assert root.findtext("a:updated", "", NAMES) == max(e.text or "" for e in root.findall("a:entry/a:updated", NAMES))
    assert replace(feed(), entries=()).updated == EPOCH


def test_an_independent_reader_finds_no_fault() -> None:
    read = feedparser.parse(atom(feed(), "Writethru 1"))
    assert not read.bozo
    assert [tag.term for tag in read.entries[0].tags]
    assert "<del>" in read.entries[0].content[0].value


def test_kinds_are_categories() -> None:
    entry = feed().entries[0]
    terms = [e.get("term") for e in parsed().find("a:entry", NAMES).findall("a:category", NAMES)]  # type: ignore[union-attr]
    assert terms == list(entry.kinds)


def test_newest_document_links_to_the_archive() -> None:
    root = parsed(older="https://record.example/feed.atom?cursor=7")
    assert links(root, "prev-archive") == links(root, "next") == ["https://record.example/feed.atom?cursor=7"]
    assert root.find("fh:archive", NAMES) is None


def test_archive_document_says_that_it_is_one() -> None:
    root = parsed(archived=True)
    assert root.find("fh:archive", NAMES) is not None
    assert links(root, "current") == ["https://record.example/feed.atom"]
    assert not links(root, "prev-archive")


def test_content_is_html_without_anything_active() -> None:
    for entry in feed().entries:
        tree = html.fromstring(entry.content)
        assert {element.tag for element in tree.iter()} <= {"div", "p", "h4", "blockquote", "strong", "del", "ins"}
        assert not any(element.attrib for element in tree.iter())


def test_json_feed_says_the_same() -> None:
    sample = feed(older="https://record.example/feed.json?cursor=7")
    form = json.loads(json_feed(sample))
    assert form["version"] == "https://jsonfeed.org/version/1.1"
    assert form["next_url"] == sample.older_url
    assert [item["id"] for item in form["items"]] == [entry.id for entry in sample.entries]
    for item in form["items"]:
        assert RFC3339.fullmatch(item["date_published"])
        assert item["content_html"]
        assert item["title"]


def test_only_web_addresses_are_linked() -> None:
    addresses = {e.get("href", "") for e in parsed().iter(f"{{{NAMES['a']}}}link")}
    assert len(addresses) > 4
    assert all(address.startswith("https://") for address in addresses)


def test_ids_do_not_depend_on_where_pages_are_served() -> None:
    assert MINTER.change(12, 3) == "tag:record.example,2031:article/12/change/3"
    assert MINTER.feed(12) == "tag:record.example,2031:article/12"
