"""Furniture comes, goes and changes; the reading stays. The article changes; the reading follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from writethru.extraction import extract
from writethru.extraction.phrases import furniture_phrase, is_note
from writethru.model import Extraction

PAGE = (Path(__file__).parent / "pages" / "broadsheet.html").read_text(encoding="utf-8")
ANCHOR = "<p>About 14,000 vehicles cross it every day, and no other bridge stands within 20 miles.</p>"

FURNITURE = {
    "read more": '<p>Read more: <a href="/9">Harbour tolls to double</a></p>',
    "read more in bold": '<p><strong>READ MORE | <a href="/9">Harbour tolls to double</a></strong></p>',
    "a linked line": '<p><a href="/9">Harbour tolls to double from April as costs rise</a></p>',
    "related box": '<div class="related"><h3>Related</h3><ul><li><a href="/9">Harbour tolls</a></li></ul></div>',
    "related box without a name": (
        '<div class="q7"><h3>More on this story</h3><ul><li><a href="/9">Harbour tolls</a></li></ul></div>'
    ),
    "newsletter": '<p>Sign up to our <a href="/nl">daily newsletter</a> and never miss a story.</p>',
    "advert": '<div class="x1"><p>Advertisement</p></div>',
    "continues below": "<p>Article continues below advertisement</p>",
    "running clock": "<p>Updated 5 minutes ago</p>",
    "share line": (
        "<div><span>Share</span><ul><li><a href='#'>Facebook</a></li><li><a href='#'>Email</a></li></ul></div>"
    ),
    "video player": '<div class="video-player"><p>Video Player is loading.</p></div>',
    "hidden words": '<span class="sr-only">Skip past the advert</span>',
    "follow us": '<p><em>Follow us on <a href="#">Facebook</a> for more.</em></p>',
    "script": "<script>document.write('<p>x</p>')</script>",
    "empty boxes": "<div class='ad-slot'></div><p>&nbsp;</p>",
    "cookie wall": (
        '<div class="cookie-consent"><p>We value your privacy and so do all of our 900 partners, who store data '
        "on your device.</p></div>"
    ),
}


def whole(read: Extraction) -> tuple[object, ...]:
    return (read.article_text, read.published, read.modified, read.outlet)


@pytest.mark.parametrize("kind", FURNITURE)
def test_furniture_inside_the_text_changes_nothing(kind: str) -> None:
    assert whole(extract(PAGE.replace(ANCHOR, f"{ANCHOR}{FURNITURE[kind]}"))) == whole(extract(PAGE))


def test_furniture_around_the_text_changes_nothing() -> None:
    page = PAGE.replace("Updated 12 minutes ago", "Updated 3 hours ago").replace("2 comments", "214 comments")
    page = page.replace("Seal found in Grange swimming pool", "Fog closes Lindow harbour").replace("412", "977")
    page = page.replace('href="/reports/cracks"', 'href="/reports/cracks?ref=front"').replace("© 2024", "© 2025")
    assert whole(extract(page)) == whole(extract(PAGE))


EDITS = {
    "one figure": ("14,000", "41,000"),
    "one word": ("There is none.", "There is one."),
    "a short paragraph": (ANCHOR, f"{ANCHOR}<p>She denied it.</p>"),
    "a paragraph gone": (ANCHOR, ""),
    "a curly quote": ("county’s", "county's"),
    "a no-break space": ("on&nbsp;Tuesday", "on Tuesday"),
    "caption": ("built in 1931", "built in 1913"),
    "headline": ("<h1>Norhaven bridge to close", "<h1>Norhaven bridge may close"),
    "standfirst": ("Ferries will run until midnight while", "Ferries will run all night while"),
    "byline": ('"name":"Tom Rook"', '"name":"Tom Brook"'),
    "credit": ("Jo Lind", "Jo Linden"),
    "correction": ("the number of vehicles.", "the number of vehicles and the year."),
    "list item": ("£2 each way", "£3 each way"),
    "subhead": ("Ferries until midnight</h2>", "Ferries all night</h2>"),
}


@pytest.mark.parametrize("kind", EDITS)
def test_every_edit_of_the_article_is_seen(kind: str) -> None:
    old, new = EDITS[kind]
    assert old in PAGE
    assert extract(PAGE.replace(old, new)).article_text != extract(PAGE).article_text


@pytest.mark.parametrize(
    "line",
    [
        "Read more into this than there is, said the mayor, and you will be disappointed by what follows.",
        "Follow the river for two miles and you come to the bridge that will now be closed.",
        "More than 400 homes were without power on Tuesday night.",
        "Sign up to the treaty or leave the room, the delegates were told on Monday.",
        "Related charges against two other men were dropped in March.",
        "Close to midnight the ferry turned back.",
        "Advertising revenue fell by 4 per cent.",
        "Subscribers will pay £2 more from April.",
        "He denied it.",
        "“No comment.”",
    ],
)
def test_sentences_that_begin_like_furniture_are_text(line: str) -> None:
    read = extract(PAGE.replace(ANCHOR, f"{ANCHOR}<p>{line}</p>"))
    assert line in [block.text for block in read.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this article gave the wrong year.",
        "This article was amended on 5 March 2024 to correct the number of vehicles.",
        "An earlier version of this story misspelt the name of the ferry.",
        "Clarification, March 5, 2024: The county did not own the bridge then.",
        "Editor’s note: This story has been updated with the county’s reply.",
    ],
)
def test_notes_are_known_by_their_words(line: str) -> None:
    assert is_note(line)


def test_a_sentence_about_a_correction_is_no_note() -> None:
    assert not is_note("Correction officers at the prison went on strike on Monday.")


@pytest.mark.parametrize(
    ("line", "is_call"),
    [
        ("Talk to our mooring experts", True),
        ("Schedule your free consultation!", True),
        ("Catch up on the Ledger’s coverage of the quay, and follow us on Facebook and Instagram.", True),
        ("Talk to a specialist if the pain lasts", False),
        ("Schedule a call between the two ministers", False),
        ("“Talk to our experts,” the board was told.", False),
    ],
)
def test_calls_of_a_shop_are_known_by_their_words(line: str, is_call: bool) -> None:
    assert bool(furniture_phrase(line)) is is_call
