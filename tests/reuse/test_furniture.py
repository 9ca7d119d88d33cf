"""What counts as no reporting, and what must go on counting."""

from __future__ import annotations

import pytest

from tests.reuse.material import WIRE, paragraphs, words_of
from writethru.model import ArticleText, Block, BlockKind
from writethru.reuse.furniture import MOST_WORDS, is_furniture
from writethru.reuse.passages import shared_passages
from writethru.reuse.words import read_words


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2031 Tidewire. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed without leave of the agency.",
        "This report has not been edited by the Harbour Gazette and comes from a syndicated news feed.",
        "It is printed from a wire agency feed without changes to the text; only the headline is ours.",
        "© Harbour Gazette 2031",
        "Subscribe to the Harbour Gazette for £1 a week and read every report without limits.",
        "Sign up for Low Water, our letter on the river, every Thursday.",
        "Get all the day's headlines in your inbox each morning.",
        "Share this article with somebody who should read it.",
        "Follow us on the usual networks, and join the conversation below.",
        "Reporting by Oda Fenn in Skelby; editing by Jory Pike",
        "Read more: what the engineers found in the wall",
        "Got a story? Send us your pictures of the flood to desk@gazette.example and tell us where they were taken.",
        "Alle Rechte vorbehalten.",
        "Abonnez-vous pour lire la suite.",
    ],
)
def test_lines_that_are_no_reporting_have_no_words(line: str) -> None:
    assert is_furniture(line)
    assert len(read_words(paragraphs(line))) == 0


@pytest.mark.parametrize(
    "line",
    [
        "The minister said the papers could be shared once the court had ruled on the rights of the owners.",
        "She left the newspaper to start a newsletter on the river, which 9,000 people read.",
        "Police asked people to register at the town hall and to follow the marked roads.",
        "The court ruled that the terms were unfair, and the editing of the tapes was stopped by the judge.",
    ],
)
def test_reporting_on_such_things_counts(line: str) -> None:
    assert not is_furniture(line)


def test_a_long_paragraph_is_reporting_whatever_it_says() -> None:
    assert not is_furniture("All rights reserved. " + "They met at the bridge. " * (MOST_WORDS // 5 + 1))


def test_two_articles_that_share_only_such_lines_share_nothing() -> None:
    legal = (
        "Copyright 2031 Tidewire. All rights reserved. This material may not be published, rewritten or redistributed."
    )
    offer = (
        "Subscribe to our letter on harbour news, tides and ferries, which is sent to 40,000 readers before breakfast."
    )
    one = paragraphs("The dredger left the quay at noon with nine men aboard.", legal, offer)
    other = paragraphs("A museum in the hills has shown its clocks for the first time.", legal, offer)
    assert shared_passages(read_words(one), read_words(other)) == ()


def test_tables_of_results_captions_and_notes_share_nothing() -> None:
    kinds = (BlockKind.TABLE, BlockKind.CAPTION, BlockKind.NOTE, BlockKind.CREDIT)
    text = ArticleText(blocks=tuple(Block(kind, WIRE.split("\n")[0]) for kind in kinds))
    assert len(read_words(text)) == 0


def test_lists_of_results_in_the_running_text_share_nothing() -> None:
    listing = "\n".join(f"Port Selwick {n % 7} Skelby Rovers {n % 5} Harrowmere {n}" for n in range(60))
    assert all(not passage.pairs for passage in shared_passages(words_of(listing), words_of(WIRE)))
