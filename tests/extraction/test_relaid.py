"""A new template may show a list as lines with bullets, a row of cells as one line, and back: nothing is lost by it."""

from __future__ import annotations

from itertools import permutations

import pytest

from bench.matrix import templates
from bench.matrix.pages import Around, Page
from bench.matrix.stories import FERRY
from tests.extraction.test_explanation import BODY, page
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.watch.redesign import same_words

TEMPLATES = ("semantic", "soup", "tables", "data_heavy", "mobile", "blog")


@pytest.mark.parametrize(("old", "new"), tuple(permutations(TEMPLATES, 2)), ids=lambda name: name)
def test_every_template_shows_the_words_that_were_read_in_every_other(old: str, new: str) -> None:
    first = read_known(getattr(templates, old)(Page(FERRY)), None, Knowledge())
    again = read_known(
        getattr(templates, new)(Page(FERRY, Around(most_read=5, inside=3))), None, Knowledge(memory=first.memory)
    )
    assert again.redesigned
    assert same_words(first.extraction.article_text, again.extraction.article_text)


def test_an_edit_in_a_new_template_is_an_edit() -> None:
    first = read_known(templates.semantic(Page(FERRY)), None, Knowledge())
    edited = templates.blog(Page(FERRY)).replace("12 people were killed", "21 people were killed")
    again = read_known(edited, None, Knowledge(memory=first.memory))
    assert again.redesigned
    assert "21 people were killed" in again.extraction.text
    assert not same_words(first.extraction.article_text, again.extraction.article_text)


def test_the_byline_printed_as_a_line_of_text_is_no_paragraph() -> None:
    stated = '<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Ada Quill"}]}</script>'
    for line in ("<div>By Ada Quill</div>", "<p>Ada Quill @adaquill</p>", "<p>Ada Quill</p>"):
        read = read_known(page(f"{stated}{line}{BODY}"), None, Knowledge()).extraction
        assert not [block.text for block in read.blocks if "Ada" in block.text], line
    kept = read_known(page(f"{stated}{BODY}<p>Ada Quill</p>"), None, Knowledge()).extraction
    assert kept.blocks[-1].text == "Ada Quill"
