"""A page that prints its article twice: one printing is read, and what the other says otherwise is kept beside it."""

from __future__ import annotations

import pytest

from tests.extraction.printed import PAGE, PARAGRAPHS
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known

ADDED = "The board met again on Monday and put the order off by a week, said Ida Marlow."


def twice(second: tuple[str, ...], first: tuple[str, ...] = PARAGRAPHS) -> bytes:
    """The page with its paragraphs once more, for narrow windows."""
    again = "".join(f"<p>{text}</p>" for text in second)
    page = PAGE.but(paragraphs=first).html().decode()
    return page.replace("</article>", f"</article><div class='narrow'>{again}</div>", 1).encode()


def other_words(known: Known) -> list[str]:
    return [each.value for each in known.extraction.otherwise if each.source == "second printing"]


def read(page: bytes, before: Known | None = None) -> Known:
    return read_known(page, None, Knowledge(memory=before.memory if before else None))


def test_a_second_printing_of_the_same_words_says_nothing_and_doubles_nothing() -> None:
    known = read(twice(PARAGRAPHS))
    assert other_words(known) == []
    assert known.extraction.text == read(PAGE.html()).extraction.text


@pytest.mark.parametrize("place", [0, 2, 4])
def test_an_edit_of_the_other_printing_alone_is_told_and_is_no_version(place: int) -> None:
    edited = PARAGRAPHS[place].replace("the", "a", 1).replace("east", "north", 1).replace("survey", "poll", 1)
    second = (*PARAGRAPHS[:place], edited, *PARAGRAPHS[place + 1 :])
    assert edited != PARAGRAPHS[place]
    first = read(twice(PARAGRAPHS))
    known = read(twice(second), first)
    assert known.extraction.article_text == first.extraction.article_text
    assert other_words(known) == [edited]


def test_a_paragraph_that_only_the_other_printing_has_is_told() -> None:
    known = read(twice((*PARAGRAPHS[:2], ADDED, *PARAGRAPHS[2:])))
    assert other_words(known) == [ADDED]


def test_an_edit_of_both_printings_is_an_edit() -> None:
    both = (*PARAGRAPHS[:2], ADDED, *PARAGRAPHS[2:])
    first = read(twice(PARAGRAPHS))
    known = read(twice(both, both), first)
    assert ADDED in known.extraction.text
    assert other_words(known) == []


def test_other_articles_sentences_are_no_second_printing() -> None:
    teaser = f"<div class='narrow'><p>{PARAGRAPHS[0]}</p><p>{ADDED}</p></div>"
    page = PAGE.html().replace(b"</article>", b"</article>" + teaser.encode(), 1)
    assert other_words(read(page)) == []
