"""With memory: what comes in a strange box into a live blog, and an article that a page prints twice."""

from __future__ import annotations

import pytest

from tests.extraction.printed import PAGE, PARAGRAPHS
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known
from writethru.model import BlockKind

ENTRY = (
    "<div class='live-event-entry'><div class='entry-info'>1{0}:00</div><div class='entry-content'>"
    "<h3>Part {0}</h3><p>{1} Part {0} ends here.</p>{2}</div></div>"
)
STRANGE = {
    "podcast": "<div class=q7x2k><h3>The Quay Hour</h3><p>This week: night trains.</p><audio></audio></div>",
    "poll": "<div class=q7x2k><h4>Have your say</h4><p>Should the toll go?</p><button>Yes</button></div>",
    "appeal": "<div class=q7x2k><p>Reporting from Grange costs money. Two crowns a month keep us at it.</p></div>",
}


def live(*numbers: int, within: str = "") -> bytes:
    """A live blog whose wrappers are named after entries too; ``within`` stands inside its oldest entry."""
    texts = {n: PARAGRAPHS[n % len(PARAGRAPHS)] for n in numbers}
    entries = "".join(ENTRY.format(n, text, within if n == min(numbers) else "") for n, text in texts.items())
    wrapped = f"<div class='live-event-container'><div class='live-event-entries'>{entries}</div></div>"
    return PAGE.but(paragraphs=PARAGRAPHS[:1], between=wrapped).html()


def read(page: bytes, before: Known | None = None) -> Known:
    return read_known(page, None, Knowledge(memory=before.memory if before else None))


def texts(known: Known) -> list[str]:
    return [block.text for block in known.extraction.blocks]


@pytest.mark.parametrize("box", STRANGE.values(), ids=STRANGE)
def test_a_strange_box_in_an_entry_that_is_known_is_no_text(box: str) -> None:
    first = read(live(3, 2, 1))
    assert read(live(3, 2, 1, within=box), first).extraction.article_text == first.extraction.article_text


def test_a_paragraph_that_comes_into_an_entry_is_text() -> None:
    again = read(live(3, 2, 1, within="<p>He denied it twice.</p>"), read(live(3, 2, 1)))
    assert "He denied it twice." in texts(again)


def test_a_new_entry_is_text_beside_wrappers_named_after_entries() -> None:
    again = read(live(4, 3, 2, 1), read(live(3, 2, 1)))
    assert any("Part 4 ends here." in text for text in texts(again))
    assert [block.kind for block in again.extraction.blocks if "Part 4 ends" in block.text] == [BlockKind.ENTRY]


CAPTION = "<table><caption>{0}</caption><tr><td><img src=q.jpg></td></tr></table>"


def test_captions_of_a_second_printing_of_the_article_are_none() -> None:
    shown = CAPTION.format("Quay Pictures") + f"<p>{PARAGRAPHS[3]}</p>"
    first = read(PAGE.but(between=shown).html())
    printed_again = f"<div class=sheet>{shown}<p>{PARAGRAPHS[1]}</p></div>"
    twice = PAGE.but(between=shown, above=printed_again).html()
    assert texts(first).count("Quay Pictures") == 1
    assert read(twice, first).extraction.article_text == first.extraction.article_text


def test_the_same_caption_under_one_more_picture_is_an_edit() -> None:
    one = CAPTION.format("Quay Pictures")
    first = read(PAGE.but(between=one).html())
    again = read(PAGE.but(between=one, below=one).html(), first)
    assert texts(again).count("Quay Pictures") == 2


def test_a_handle_behind_a_printed_name_is_no_part_of_it() -> None:
    page = PAGE.but(json_author=False).html().replace(b"By Ada Quill", b"<a rel=author>Ada Quill</a>@adaquill")
    assert read(page).extraction.byline == "Ada Quill"
