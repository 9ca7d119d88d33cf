"""Blocks beside the running text: players, pull quotes, image credits; links by block; live entries."""

from __future__ import annotations

import json

from writethru.extraction import extract
from writethru.model import BlockKind, Link, LiveEntry

FIRST = "<p>Ferry fares between Norhaven and the islands will rise by a tenth in May, the operator said on Monday.</p>"
LAST = "<p>Islanders, who held a meeting about it in Stavely on Tuesday night, want the rise to be put off a year.</p>"


def blocks_of(middle: str) -> list[tuple[str, str]]:
    read = extract(f"<title>t</title><article><h1>Ferry fares to rise</h1>{FIRST}{middle}{LAST}</article>")
    return [(block.kind.value, block.text) for block in read.blocks][1:-1]


def test_player_stands_in_its_place_and_not_in_the_text() -> None:
    read = extract(f'<article><h1>Ferry fares</h1>{FIRST}<iframe src="https://video.test/embed/7"></iframe>{LAST}')
    assert [block.kind for block in read.blocks] == [BlockKind.PARAGRAPH, BlockKind.EMBED, BlockKind.PARAGRAPH]
    assert "video.test" not in read.text
    assert all(block.kind is not BlockKind.EMBED for block in read.article_text.blocks)


def test_advert_frames_and_players_in_boxes_of_furniture_are_no_embeds() -> None:
    assert blocks_of('<iframe src="https://ads.test/ads?slot=1"></iframe>') == []
    assert blocks_of('<div class="related"><iframe src="https://video.test/1"></iframe></div>') == []


def test_pull_quote_is_kept_beside_the_text() -> None:
    quote = "want the rise to be put off a year"
    assert blocks_of(f'<div class="pullquote"><p>{quote}</p></div>') == [("pull-quote", quote)]


def test_image_credit_is_told_from_the_caption() -> None:
    credit = '<div class="credit">Ada Quill</div>'
    figure = f'<figure><img src="x"><figcaption>The ferry at Stavely pier</figcaption>{credit}</figure>'
    assert blocks_of(figure) == [("caption", "The ferry at Stavely pier"), ("image-credit", "Ada Quill")]


def test_caption_in_a_box_named_after_the_picture() -> None:
    box = (
        '<div class="image_image-widget__x"><img src="x"><p>The ferry at Stavely pier, which opened in 1931.</p></div>'
    )
    assert blocks_of(box) == [("caption", "The ferry at Stavely pier, which opened in 1931.")]


def test_links_name_their_block_and_are_absolute() -> None:
    read = extract(
        f'<h1>Ferry fares</h1>{FIRST}<p>The plan is set out in <a href="/plan.pdf">a report of 40 pages</a>, and in '
        '<a href="#note">a note</a>.</p>' + LAST,
        "https://courier.test/news/ferry",
    )
    assert read.links == (Link(1, "a report of 40 pages", "https://courier.test/plan.pdf"),)
    assert "a report of 40 pages" in read.blocks[read.links[0].block].text


def test_live_entries_without_boxes_are_found_by_what_the_page_states() -> None:
    updates = [
        {"@type": "BlogPosting", "@id": "#b", "headline": "Power back", "datePublished": "2024-01-09T11:20:00Z"},
        {"@type": "BlogPosting", "@id": "#a", "headline": "Trains stop", "datePublished": "2024-01-09T09:05:00Z"},
    ]
    stated = json.dumps({"@type": "LiveBlogPosting", "headline": "Storm Ada: live", "liveBlogUpdate": updates})
    read = extract(
        f'<script type="application/ld+json">{stated}</script><h1>Storm Ada: live</h1><article>'
        f"<h2>Power back</h2>{FIRST}<h2>Trains stop</h2>{LAST}</article>"
    )
    assert read.entries == (
        LiveEntry("#b", "2024-01-09T11:20:00Z", "Power back", (0, 2)),
        LiveEntry("#a", "2024-01-09T09:05:00Z", "Trains stop", (2, 4)),
    )


def test_an_ordinary_article_has_no_entries() -> None:
    assert extract(f"<h1>Ferry fares</h1>{FIRST}{LAST}").entries == ()


def test_an_instruction_among_paragraphs_is_text() -> None:
    for line in ("Click on the Dataset tab.", "See more Harbour Board Resources", "Facebook"):
        assert blocks_of(f"<p>{line}</p>") == [("paragraph", line)]
    for line in ("Advertisement", "Article continues below advertisement", "Updated 5 minutes ago"):
        assert blocks_of(f"<p>{line}</p>") == []
