"""Lines that the outlet's other pages have too are furniture, in pages saved as text."""

from __future__ import annotations

from tests.extraction.printed import HEADLINE, NOTE, PARAGRAPHS
from writethru.extraction import extract
from writethru.extraction.dump_recurrence import recurring_lines

PROMISE = "The Norhaven Post has written about this harbour and its people on every day of the week since 1871."
OFFER = "Three months of the Post for one crown, with the puzzle and the tide tables of both coasts."
OTHERS = [
    "\n\n".join(
        ("* Home", f"The {place} council votes", text, PROMISE, OFFER, NOTE, f"{place} will vote again in May.")
    )
    for place, text in (
        ("Lindow", "The council of Lindow put off its vote on the tolls for a third time on Monday, its clerk said."),
        ("Grange", "Night trains to Grange will run again from June, after two years without any, the railway said."),
    )
]


def saved(*lines: str) -> str:
    return "\n\n".join(("* Home", HEADLINE, *lines))


def read_beside(dump: str, others: list[str]) -> list[str]:
    return [block.text for block in extract(dump, recurring=recurring_lines(dump, others)).blocks]


def test_running_text_that_two_others_have_is_left_out() -> None:
    dump = saved(PARAGRAPHS[0], PROMISE, *PARAGRAPHS[1:], OFFER, NOTE)
    alone = [block.text for block in extract(dump).blocks]
    assert PROMISE in alone
    assert read_beside(dump, OTHERS) == [text for text in alone if text not in (PROMISE, OFFER)]


def test_running_text_that_one_other_has_is_kept() -> None:
    dump = saved(PARAGRAPHS[0], PROMISE, *PARAGRAPHS[1:])
    assert PROMISE in read_beside(dump, OTHERS[:1])


def test_notes_recur_and_stay() -> None:
    assert NOTE in read_beside(saved(*PARAGRAPHS, NOTE), OTHERS)


def test_the_same_article_beside_itself_says_nothing() -> None:
    dump = saved(*PARAGRAPHS)
    assert recurring_lines(dump, [dump, dump]) == frozenset()
    assert recurring_lines("", OTHERS) == frozenset()
