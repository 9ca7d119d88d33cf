"""The ledger prints what was printed, and makes no sentence of its own."""

from __future__ import annotations

from datetime import date

from tests.statements.ferry import account
from writethru.dossier.ledger import as_printed, commitment_groups
from writethru.model import ArticleText, Block, BlockKind
from writethru.statements.reading import Place

SENTENCE = "The draft demands that Tarne, a member since May, open its harbour within 15 days."


def place(words: str) -> Place:
    start = SENTENCE.index(words)
    return Place(0, start, start + len(words))


TEXT = ArticleText(headline="Harbour", blocks=(Block(BlockKind.PARAGRAPH, SENTENCE),))


def test_parts_stand_in_the_order_printed() -> None:
    """Tarne demands nothing: it is demanded of it."""
    who, trigger, deed = place("Tarne"), place("demands that"), place("open its harbour")
    assert as_printed(TEXT, (who, trigger, deed)) == "demands that Tarne … open its harbour"


def test_parts_that_touch_or_overlap_are_printed_once() -> None:
    assert as_printed(TEXT, (place("demands that Tarne"), place("that Tarne"), None)) == "demands that Tarne"
    assert as_printed(TEXT, (None, None, place("open"))) == "open"
    assert as_printed(TEXT, (None,)) == ""


def test_what_something_is_done_to_is_printed_with_it() -> None:
    made = account(1, "A", "The market will be held on Saturday as usual.")
    ((group,), left) = commitment_groups([made], date(2031, 3, 1))
    assert ([one.words for one in group.lines], left) == (["The market will be held on Saturday as usual"], 0)


def test_a_not_is_never_left_out() -> None:
    text = ArticleText(blocks=(Block(BlockKind.PARAGRAPH, "The county asked the media not to name the girl."),))

    def part(words: str) -> Place:
        at = text.blocks[0].text.index(words)
        return Place(0, at, at + len(words))

    assert as_printed(text, (part("asked"), part("the media"), part("name the girl"))) == (
        "asked the media … not name the girl"
    )
    text = ArticleText(blocks=(Block(BlockKind.PARAGRAPH, "Lind was not certain it applies, but planned to leave."),))
    assert as_printed(text, (part("Lind"), part("planned to"), part("leave"))) == "Lind … planned to leave"
