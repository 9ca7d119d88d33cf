"""Boxes with a button to buy, book or join, and headings with nothing under them, are no part of the text."""

from __future__ import annotations

import pytest

from tests.extraction.test_header_lines import H1, TEXT, page
from writethru.extraction import extract

WORDS = "Get the loan you need for your boat today"


def read_with(between: str, below: str = "") -> list[str]:
    body = f"<div class=story-body>{TEXT}{between}{TEXT.replace('12', '13')}{below}</div>"
    return [block.text for block in extract(page(H1, body)).blocks]


PLAIN = read_with("")


@pytest.mark.parametrize(
    "button", ["Apply now", "Book a demo", "Start free trial", "➡️ [Save Your Spot Now]", "Sign up"]
)
def test_a_small_box_with_a_button_is_a_promotion(button: str) -> None:
    box = f"<div><h3>Boats for all</h3><div><p>{WORDS}</p></div><div><a href=/go>{button}</a></div></div>"
    assert read_with(box) == PLAIN


OFFER = "<p>Reach every harbour in the country. Just sign up and use code QUAY5. Terms apply.</p>"
BUTTON = "<p><a href=/go>Use code QUAY5 now</a></p>"


@pytest.mark.parametrize(
    "section",
    [
        f"<h3>Find passengers this summer</h3>{OFFER}{BUTTON}",
        "<h3>Advertise with us</h3><p>Get your name before the harbour’s readers. Write to the editors.</p>",
    ],
)
def test_a_short_section_that_sells_is_a_promotion(section: str) -> None:
    after = "<h3>The second ferry</h3>"
    assert read_with(section + after) == read_with(after)


@pytest.mark.parametrize(
    "section",
    [
        f"<h3>{WORDS}</h3><p>The board meets on Monday in the town hall.</p><p><a href=/go>Register now</a></p>",
        f"<h3>{WORDS}</h3>{OFFER}",
        f"<h3>{WORDS}</h3>{TEXT}{OFFER}{BUTTON}",
    ],
)
def test_a_section_without_an_offer_and_a_button_stays(section: str) -> None:
    assert WORDS in read_with(section + "<h3>The second ferry</h3>")


@pytest.mark.parametrize(
    "box",
    [
        f"<div><p>{WORDS}</p><div><a href=/go>The harbour’s own page</a></div></div>",
        f"<div>{TEXT}<p>{WORDS}</p><div><a href=/go>Apply now</a></div></div>",
        f"<p>{WORDS}</p><p><a href=/go>Apply now</a></p>",
        f"<div><table><tr><td>{WORDS}</td><td>40 berths</td></tr></table><a href=/go>Get a quote</a></div>",
    ],
)
def test_text_beside_a_link_stays(box: str) -> None:
    assert any(WORDS in text for text in read_with(box))


def test_a_last_heading_with_nothing_under_it_goes() -> None:
    assert read_with("", "<h2>How other harbours stack up</h2>") == PLAIN
    assert "How other harbours stack up" in read_with("<h2>How other harbours stack up</h2>")


def test_headings_whose_text_is_hidden_stay() -> None:
    heads = "".join(f"<h2>Question {word} about the quay</h2>" for word in ("one", "two", "three"))
    assert "Question two about the quay" in read_with("", heads)
