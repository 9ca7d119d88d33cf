"""Small boxes among the paragraphs: what is in them tells furniture from text, and no name of a box does."""

from __future__ import annotations

import pytest

from tests.extraction.test_header_lines import H1, TEXT, page
from writethru.extraction import extract

MORE = TEXT.replace("12", "13")


def read_with(between: str, below: str = "") -> list[str]:
    body = f"<div class=story-body>{TEXT}{between}{MORE}{below}</div>"
    return [block.text for block in extract(page(H1, body), "https://paper.example/a").blocks]


PLAIN = read_with("")
CARD = "<h4><a href=/b>Ferries to sail until midnight again</a></h4><p>Nobody on the quay was asked.</p>"


@pytest.mark.parametrize(
    "box",
    [
        "<h4>Have your say</h4><p>Should the quay stay shut?</p><button>Yes</button><button>No</button>",
        "<p>Should the quay stay shut?</p><label><input type=radio>Yes</label>",
        "<h4>The Quay Hour</h4><p>This week: the tolls.</p><audio></audio>",
        CARD,
        CARD.replace("/b", "https://www.paper.example/b"),
        f"<div><div>{CARD}</div></div>",
        "<h4>Offer</h4><p>Three months for one crown.</p><a href=/o>See terms</a>",
        "<p>Reporting from the quay costs money. Two crowns a month keep us at it.</p>",
    ],
)
def test_a_small_box_of_furniture_is_left_out(box: str) -> None:
    assert read_with(f"<div class=k7>{box}</div>") == PLAIN


@pytest.mark.parametrize(
    "box",
    [
        "<div><p>The board meets again on Monday.</p></div>",
        "<div>The board meets again on Monday.</div>",
        "<div><p>Two crowns a month keep the ferry running, the board said on Monday.</p></div>",
        "<div><p>“Give us what you can, and support our work,” the board said.</p></div>",
        "<div><p>A ruling: the board meets again on Monday.</p><a href=/files/ruling.pdf>The full ruling</a></div>",
        "<div><p>Source: the board meets again on Monday</p><a href=/s>The board</a></div>",
        f"<div>{CARD.replace('Nobody on the quay was asked', 'The board meets again on Monday')}</div>".replace(
            "/b", "https://elsewhere.example/b"
        ),
        "<div><h2>What next</h2><p>The board meets again on Monday.</p><a href=/s>The board</a></div>",
        "<div><h4>2. Where next</h4><p>The board meets again on Monday.</p><a href=/s>The board</a></div>",
        "<div><h4>Notes</h4><ul><li>The board meets again on Monday.</li></ul><a href=/s>The board</a></div>",
        "<div><p>The board meets again on Monday. A cabin costs $40.</p><a href=/s>The cabins on board</a></div>",
        "<figure><video></video><figcaption>The board meets again on Monday.</figcaption></figure>",
    ],
)
def test_a_small_box_that_tells_something_stays(box: str) -> None:
    assert any("The board meets again on Monday" in text or "board said" in text for text in read_with(box))


def test_boxes_alike_that_follow_each_other_are_the_text() -> None:
    boxes = "".join(f"<div class=k7>{CARD.replace('quay', word)}</div>" for word in ("quay", "dock", "pier"))
    said = read_with(boxes)
    assert all(f"Nobody on the {word} was asked." in said for word in ("quay", "dock", "pier"))


def test_a_card_about_the_author_stands_below_the_text() -> None:
    card = "<div><img src=/a.jpg><strong>Ada Quill</strong><p>Ada Quill reports on schools.</p></div>"
    assert read_with("", card) == PLAIN
    assert "Ada Quill reports on schools." in read_with(card)


def test_a_button_inside_a_section_takes_its_own_box_only() -> None:
    section = (
        "<section><h3>What is closed</h3><p>The east quay and the fish dock are closed to all ships until Monday.</p>"
        "<div><p>Come on board with our editors.</p><a href=/e>Book a seat</a></div></section>"
    )
    said = read_with(section)
    assert "The east quay and the fish dock are closed to all ships until Monday." in said
    assert "Come on board with our editors." not in said
