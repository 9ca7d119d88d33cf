"""Texts a page carries but does not print."""

from __future__ import annotations

import json

import pytest

from writethru.extraction import extract

PARAGRAPHS = [
    "The east quay will close for eleven days from Monday, the harbour board said after a survey of the piles.",
    "Divers found twelve cracked piles under the ferry berth, two of them below the water line, it said.",
    "Ferries to Eastmere will leave from the fish dock, and foot passengers will be let on first at every sailing.",
    "The work is expected to cost 2.1 million crowns, of which the county has promised to pay about a third.",
]
HTML = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
BODY = [{"type": "text", "value": text} for text in PARAGRAPHS]
NEXT = {"props": {"pageProps": {"article": {"title": "East quay to close", "body": BODY}}}}
FUSION = {"headlines": {"basic": "East quay to close"}, "content_elements": BODY}
APOLLO = {"Article:1": {"title": "East quay to close", "bodyHtml": HTML}, "Teaser:2": {"text": "Fog closes the river."}}
LD = {"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)}

CARRIED = {
    "json-ld": f'<script type="application/ld+json">{json.dumps(LD)}</script>',
    "noscript": f"<noscript>{HTML}</noscript>",
    "next": f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(NEXT)}</script>',
    "fusion": f"<script>Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps(FUSION)};Fusion.x=1;</script>",
    "apollo": f"<script>window.__APOLLO_STATE__ = {json.dumps(APOLLO)};</script>",
}
SOURCES = {"json-ld": "json-ld", "noscript": "noscript"}


@pytest.mark.parametrize("kind", CARRIED)
def test_carried_text_is_read_with_its_source(kind: str) -> None:
    read = extract(f"<title>East quay to close</title>{CARRIED[kind]}<h1>East quay to close</h1><div id='app'></div>")
    assert [block.text for block in read.blocks] == PARAGRAPHS
    assert read.provenance["blocks"] == SOURCES.get(kind, "embedded data")


@pytest.mark.parametrize("kind", CARRIED)
def test_what_is_printed_is_read_as_printed(kind: str) -> None:
    printed = "".join(f"<p>{text} It was printed so.</p>" for text in PARAGRAPHS)
    read = extract(f"<title>East quay to close</title>{CARRIED[kind]}<h1>East quay to close</h1>{printed}")
    assert [block.text for block in read.blocks] == [f"{text} It was printed so." for text in PARAGRAPHS]
    assert "blocks" not in read.provenance


def test_broken_data_is_no_text() -> None:
    page = f'<h1>East quay</h1><script type="application/json">{json.dumps(NEXT)[:-40]}</script>'
    assert extract(page).blocks == ()
