"""Lines of a page saved as text: short sentences, notes, credits, and scripts without spaces."""

from __future__ import annotations

import pytest

from tests.extraction.printed import HEADLINE, NOTE, PARAGRAPHS
from writethru.extraction import extract
from writethru.extraction.dump_lines import LineKind, read_lines
from writethru.model import BlockKind, Extraction

MENU = "* Home\n* Sea\n* Weather\n"
FOOT = "Most read\n\n* Ferry fares to rise again\n* Night trains return to Lindow\n"


def saved(*lines: str) -> Extraction:
    return extract("\n\n".join((MENU, HEADLINE, *lines, FOOT)))


def texts(read: Extraction) -> list[str]:
    return [block.text for block in read.blocks]


def test_a_short_sentence_below_the_last_paragraph_is_the_articles() -> None:
    assert texts(saved(*PARAGRAPHS, "A new date has not been set."))[-1] == "A new date has not been set."


@pytest.mark.parametrize("line", ["Sign up today!", "Want more of this?", "More on the east quay", "See more."])
def test_a_title_a_question_or_a_call_there_is_not(line: str) -> None:
    assert line not in texts(saved(*PARAGRAPHS, line))


def test_short_sentences_do_not_end_a_text() -> None:
    short = ("He denied it twice.", "She did not answer him.", "Nobody was on the quay.", "The ferry left at six.")
    assert texts(saved(*PARAGRAPHS[:2], *short, *PARAGRAPHS[2:])) == [*PARAGRAPHS[:2], *short, *PARAGRAPHS[2:]]


def test_a_note_far_below_the_text_is_kept() -> None:
    read = saved(*PARAGRAPHS, "More on the east quay", "Ferry fares to rise again", "Topics: Sea", NOTE)
    assert [block.text for block in read.blocks if block.kind is BlockKind.NOTE] == [NOTE]


def test_what_stands_above_a_credit_is_the_articles() -> None:
    credit, last = "Additional reporting by Jo Lind", "It will be weeks, not months, said Marlow on Sunday."
    read = saved(*PARAGRAPHS, "The Morning Ferry", "Get the day’s main stories in your inbox.", last, credit)
    assert texts(read)[-2:] == [last, credit]


@pytest.mark.parametrize(
    "text",
    [
        "นักประดาน้ำพบเสาเข็มแตกร้าวสิบสองต้นใต้ท่าเรือข้ามฟากและสองต้นในจำนวนนั้นอยู่ต่ำกว่าระดับน้ำเมื่อวันเสาร์",
        "一日に約一万四千台が通り、周辺に橋はない。",
    ],
)
def test_a_line_without_spaces_can_be_prose(text: str) -> None:
    (line,), _ = read_lines(text)
    assert line.kind is LineKind.PROSE
    assert line.words >= 6
