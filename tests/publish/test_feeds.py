"""Atom, JSON Feed and RSS documents, held to their specifications."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from lxml import html

from tests.publish.checking import CHECKS, read_by_another
from tests.publish.samples import MINTER, feed
from writethru.alerts import Absence, Step
from writethru.errors import InputError
from writethru.model import Reason
from writethru.publish.atom import atom
from writethru.publish.feed import EPOCH, Feed, entry_of
from writethru.publish.json_feed import json_feed
from writethru.publish.rss import rss
from writethru.publish.safe_text import mark_controls
from writethru.storage.feed_store import ABSENT, FeedRow

NAMES = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
WRITERS: dict[str, Callable[[Feed], bytes]] = {
    "atom": lambda sample: atom(sample, "Writethru 1"),
    "json": json_feed,
    "rss": lambda sample: rss(sample, "Writethru 1"),
}


def parsed(**options: object) -> ET.Element:
    return ET.fromstring(atom(feed(**options), "Writethru 1"))  # type: ignore[arg-type]


def links(root: ET.Element, relation: str) -> list[str]:
    return [e.get("href", "") for e in root.findall("a:link", NAMES) if e.get("rel") == relation]


@pytest.mark.parametrize("form", list(WRITERS))
@pytest.mark.parametrize("archived", [False, True])
def test_documents_follow_their_specification(form: str, archived: bool) -> None:
    older = f"https://record.example/feed.{form}?cursor=7"
    sample = replace(feed(archived=archived, older=older), hub_url="" if archived else "https://hub.example/")
    read = CHECKS[form](WRITERS[form](sample))
    assert len(read.ids) == 4
    assert all(re.fullmatch(r"tag:record\.example,2031:article/\d+/change/\d+", name) for name in read.ids)
    assert read.ids == [entry.id for entry in sample.entries]
    assert read.contents == [mark_controls(entry.content) for entry in sample.entries]
    assert (read.older, read.archived) == (older, archived and form != "json")


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("atom", b"<updated>", b"<updated>yesterday "),
        ("atom", b"<summary>", b"<summary type='xhtml'>"),
        ("atom", b'rel="self" href="https:', b'rel="self" href="'),
        ("atom", b"</feed>", b"<extra xmlns=''/></feed>"),
        ("json", b'"version":"https', b'"version":"http'),
        ("json", b'"content_html"', b'"content"'),
        ("rss", b'isPermaLink="false"', b""),
        ("rss", b"<pubDate>", b"<pubDate>one fine "),
    ],
)
def test_what_does_not_follow_it_is_found_out(form: str, old: bytes, new: bytes) -> None:
    content = WRITERS[form](feed())
    assert old in content
    with pytest.raises((AssertionError, ValueError, AttributeError, KeyError)):
        CHECKS[form](content.replace(old, new))


def test_feed_updated_is_that_of_its_newest_entry() -> None:
    root = parsed()
    assert root.findtext("a:updated", "", NAMES) == max(e.text or "" for e in root.findall("a:entry/a:updated", NAMES))
    assert replace(feed(), entries=()).updated == EPOCH


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_an_independent_reader_finds_no_fault(form: str) -> None:
    content = WRITERS[form](feed())
    assert read_by_another(content) == [entry.id for entry in feed().entries]
    first = feedparser.parse(content).entries[0]
    assert [tag.term for tag in first.tags] == list(feed().entries[0].kinds)
    assert first.author == feed().entries[0].outlet
    assert "<del>" in (first.content[0].value if form == "atom" else first.summary)


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


def test_only_web_addresses_are_linked() -> None:
    addresses = {e.get("href", "") for e in parsed().iter(f"{{{NAMES['a']}}}link")}
    assert len(addresses) > 4
    assert all(address.startswith("https://") for address in addresses)


def test_ids_do_not_depend_on_where_pages_are_served() -> None:
    assert MINTER.change(12, 3) == "tag:record.example,2031:article/12/change/3"
    assert MINTER.feed("article/12") == "tag:record.example,2031:article/12"


def absent(step: Step, back_after: int = 0) -> FeedRow:
    back = EPOCH + timedelta(hours=back_after) if back_after else None
    gone = Absence(EPOCH, EPOCH + timedelta(hours=1), EPOCH + timedelta(hours=4), 3, (Reason.STATUS_GONE,), back)
    return FeedRow(back or gone.last, 7, ABSENT, "https://a.example/<7>", "A & B", "Pier <shut>", None, step, gone)


def test_a_disappearance_and_a_return_are_entries() -> None:
    gone = entry_of(absent(Step.DISAPPEARED), MINTER, "https://record.example")
    assert gone.title == "Pier <shut> (disappeared)"
    assert gone.id == "tag:record.example,2031:article/7/disappeared/19700101T040000.000000Z"
    assert gone.kinds == ("disappeared",)
    assert "after 1970-01-01 00:00 UTC and not later than 1970-01-01 01:00 UTC" in gone.summary
    assert "not there at 3 looks" in gone.content
    back = entry_of(absent(Step.RETURNED, 6), MINTER, "https://record.example")
    assert (back.updated, back.url) == (EPOCH + timedelta(hours=6), "https://record.example/articles/7")
    assert "back at its address, after 1970-01-01 04:00 UTC and not later than 1970-01-01 06:00 UTC" in back.summary
    sample = replace(feed(), entries=(back, gone))
    for form, write in WRITERS.items():
        assert CHECKS[form](write(sample)).ids == [back.id, gone.id]


def test_a_row_that_is_neither_is_refused() -> None:
    with pytest.raises(InputError):
        entry_of(replace(absent(Step.RETURNED), step=None), MINTER, "https://record.example")


def test_another_library_may_take_the_prefixes_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    before = WRITERS["atom"](feed())
    monkeypatch.setitem(ET._namespace_map, NAMES["a"], "taken")  # type: ignore[attr-defined]
    assert WRITERS["atom"](feed()) == before
