"""What is learnt of an outlet's pages, whatever their order, and what it is good for."""

from __future__ import annotations

import json
import random

from tests.extraction.printed import PAGE, PARAGRAPHS, Printing
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known, summarise
from writethru.extraction.profile import (
    ENOUGH,
    MOST_PLACES,
    MOST_TEXTS,
    NEW_TEMPLATE,
    OutletProfile,
    PageSummary,
    learn,
)
from writethru.model import Extraction

APPEAL = "The Ledger belongs to its readers, and two crowns a month keep it on the quay."
TOWNS = ("Eastmere", "Lindow", "Stavely", "Grange", "Port Calder", "Wick", "Sallow", "Orme", "Thrupp", "Marle")


def page(number: int, **parts: object) -> Printing:
    """Another article of the same outlet, with the same appeal between its paragraphs."""
    town = TOWNS[number]
    said = tuple(f"In {town}, sentence {chr(97 + n)} tells what the council of {town} decided." for n in range(5))
    given = {"between": f"<p>{APPEAL}</p>", "headline": f"{town} council decides on the quay for once", **parts}
    return PAGE.but(paragraphs=said, **given)


def summary(printed: Printing) -> PageSummary:
    made = summarise(printed.html(), None)
    assert made is not None
    return made


def learnt(pages: list[Printing]) -> OutletProfile:
    profile = OutletProfile()
    for printed in pages:
        profile = learn(profile, summary(printed))
    return profile


def texts(extraction: Extraction) -> list[str]:
    return [block.text for block in extraction.blocks]


KNOWN = learnt([page(number) for number in range(5)])


def test_a_text_that_other_articles_have_is_furniture() -> None:
    new = PAGE.but(between=f"<p>{APPEAL}</p>")
    alone = read_known(new.html(), None, Knowledge()).extraction
    known = read_known(new.html(), None, Knowledge(profile=KNOWN)).extraction
    assert APPEAL in texts(alone)
    assert texts(known) == [text for text in texts(alone) if text != APPEAL]


def test_a_profile_of_fewer_pages_is_not_used() -> None:
    few = learnt([page(number) for number in range(ENOUGH - 1)])
    new = PAGE.but(between=f"<p>{APPEAL}</p>")
    assert APPEAL in texts(read_known(new.html(), None, Knowledge(profile=few)).extraction)


def test_an_article_that_was_learnt_before_is_read_whole() -> None:
    twice = learnt([page(1)] * 3 + [page(number) for number in range(2, 6)])
    assert len(texts(read_known(page(1).html(), None, Knowledge(profile=twice)).extraction)) >= 5


def test_the_usual_box_is_read_where_the_reader_would_choose_another() -> None:
    long = "".join(f"<p>{text} {text} {text}</p>" for text in PARAGRAPHS)
    below = page(7).but(footer="").html().replace(b"<main>", f"<main><section class=digest>{long}</section>".encode())
    new = below.replace(b"story-body", b"story-body")
    known = read_known(new, None, Knowledge(profile=KNOWN)).extraction
    assert any("Orme" in text for text in texts(known))
    assert not any("divers" in text for text in texts(known))


def test_memory_wins_over_what_was_learnt_later() -> None:
    new = PAGE.but(between=f"<p>{APPEAL}</p>")
    first = read_known(new.html(), None, Knowledge())
    again = read_known(new.html(), None, Knowledge(memory=first.memory, profile=KNOWN))
    assert again.extraction.article_text == first.extraction.article_text


def test_a_new_block_that_recurs_elsewhere_does_not_earn_its_place() -> None:
    first = read_known(PAGE.html(), None, Knowledge())
    new = PAGE.but(between=f"<p>{APPEAL}</p>").html()
    assert APPEAL in texts(read_known(new, None, Knowledge(memory=first.memory)).extraction)
    known = read_known(new, None, Knowledge(memory=first.memory, profile=KNOWN)).extraction
    assert known.article_text == first.extraction.article_text


def test_the_order_of_pages_does_not_matter() -> None:
    pages = [page(number) for number in range(8)]
    shuffled = random.Random(4).sample(pages, len(pages))
    one, other = learnt(pages), learnt(shuffled)
    assert one.finished().texts == other.finished().texts
    assert one.containers == other.containers
    assert one.bylines == other.bylines
    assert {path: (c.pages, c.body, c.out) for path, c in one.places.items()} == {
        path: (c.pages, c.body, c.out) for path, c in other.places.items()
    }


def test_a_new_template_begins_a_new_profile() -> None:
    profile = KNOWN
    for number in range(NEW_TEMPLATE):
        assert profile.templates == 1
        profile = learn(profile, summary(page(5 + number, box="paper-sheet")))
    assert (profile.templates, profile.pages) == (2, NEW_TEMPLATE)
    assert set(profile.containers).isdisjoint(KNOWN.containers)


def test_a_single_odd_page_does_not() -> None:
    odd = learn(KNOWN, summary(page(5, box="gallery-sheet")))
    assert learn(odd, summary(page(6))).templates == 1
    assert odd.containers == KNOWN.containers


def test_the_stored_form_gives_the_profile_back() -> None:
    odd = learn(KNOWN, summary(page(5, box="gallery-sheet")))
    for profile in (KNOWN, KNOWN.finished(), odd):
        form = json.loads(json.dumps(profile.to_dict()))
        assert OutletProfile.from_dict(form) == profile
    assert OutletProfile.from_dict({**KNOWN.to_dict(), "format": 99}) is None


def test_it_stays_small() -> None:
    profile = KNOWN
    one = summary(page(0))
    for number in range(40):
        blocks = tuple(
            type(block)(f"{number:04x}{n:06x}", f"{number:04x}{n % 50:04x}", "paragraph")
            for n, block in enumerate(one.blocks * 20)
        )
        profile = learn(profile, PageSummary(one.container, one.spelled, blocks))
    assert len(profile.texts) <= MOST_TEXTS
    assert len(profile.places) <= MOST_PLACES
    assert len(json.dumps(profile.to_dict())) < 80_000


def test_a_page_read_with_a_profile_needs_no_second_reading_to_be_learnt_from() -> None:
    new = PAGE.but(between=f"<p>{APPEAL}</p>")
    known = read_known(new.html(), None, Knowledge(profile=KNOWN))
    assert APPEAL not in texts(known.extraction), "the profile was used"
    assert known.summary == summary(new), "what is learnt is what the page alone says"
    memory = read_known(new.html(), None, Knowledge()).memory
    assert read_known(new.html(), None, Knowledge(memory=memory)).summary is None
