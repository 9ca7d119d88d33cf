"""What compare() says of plain cases: operations, places, moves, splits, merges, layout."""

from __future__ import annotations

import pytest

from writethru.comparison import Change, Edit, Kind, Op, compare
from writethru.errors import InputError, MalformedInput
from writethru.model import ArticleText, Block, BlockKind

FIRE = "A fire at the mill killed 12 people on Monday."
MAYOR = "The mayor of Skelby said the town would rebuild it."
RIVER = "The river had fallen by nightfall and the road was open."
SCHOOL = "Schools will stay shut until the end of the week."


def only(change: Change) -> Edit:
    (edit,) = change.edits
    return edit


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def test_one_changed_word_is_one_marked_word() -> None:
    edit = only(compare(text(FIRE, MAYOR), text(FIRE.replace("12", "21"), MAYOR)))
    assert edit.op is Op.REWRITTEN
    assert [edit.old[0].text[a:b] for a, b in edit.old[0].marks] == ["12"]
    assert [edit.new[0].text[a:b] for a, b in edit.new[0].marks] == ["21"]
    assert (edit.old[0].where, edit.old[0].block, edit.old[0].start) == ("paragraph", 0, 0)


def test_a_sentence_added_inside_a_paragraph_has_its_place() -> None:
    edit = only(compare(f"{FIRE} {MAYOR}", f"{FIRE} {RIVER} {MAYOR}"))
    assert (edit.op, edit.new_text, edit.new[0].start) == (Op.ADDED, RIVER, len(FIRE) + 1)


def test_every_sentence_of_a_removed_paragraph_is_an_edit() -> None:
    change = compare(text(FIRE, f"{MAYOR} {RIVER}", SCHOOL), text(FIRE, SCHOOL))
    assert [(e.op, e.old_text) for e in change.edits] == [(Op.REMOVED, MAYOR), (Op.REMOVED, RIVER)]


def test_a_moved_paragraph_is_a_move_and_not_a_removal_and_an_addition() -> None:
    edit = only(compare(text(FIRE, MAYOR, RIVER, SCHOOL), text(FIRE, SCHOOL, MAYOR, RIVER)))
    assert (edit.op, edit.old_text, edit.move) == (Op.MOVED, SCHOOL, 1)
    assert (edit.old[0].block, edit.new[0].block) == (3, 1)
    assert not edit.rewritten


def test_sentences_that_move_together_share_a_number() -> None:
    change = compare(text(f"{MAYOR} {RIVER}", FIRE, SCHOOL * 3), text(FIRE, SCHOOL * 3, f"{MAYOR} {RIVER}"))
    assert [e.move for e in change.edits] == [1, 1]


def test_a_sentence_can_move_and_be_rewritten() -> None:
    change = compare(text(FIRE, MAYOR, RIVER, SCHOOL), text(MAYOR, RIVER, SCHOOL, FIRE.replace("12", "21")))
    edit = only(change)
    assert edit.op is Op.MOVED
    assert edit.rewritten
    assert {Kind.ORDER, Kind.LEAD, Kind.FIGURE} <= set(edit.kinds)


def test_a_split_names_both_new_sentences() -> None:
    old = "The river had fallen by nightfall, and the road to the coast was open again."
    new = "The river had fallen by nightfall. The road to the coast was open again."
    edit = only(compare(old, new))
    assert (edit.op, len(edit.old), len(edit.new)) == (Op.SPLIT, 1, 2)
    assert [edit.new[1].text[a:b] for a, b in edit.new[1].recased] == ["The"]
    assert only(compare(new, old)).op is Op.MERGED


def test_words_that_move_inside_a_sentence_are_shifted_not_changed() -> None:
    edit = only(compare("Holding the children each, they left.", "Holding each the children, they left."))
    assert [edit.new[0].text[a:b].strip() for a, b in edit.new[0].shifted] == ["each"]
    assert not edit.new[0].marks


def test_a_capital_that_follows_from_an_insertion_is_no_change_of_words() -> None:
    edit = only(compare("We use the linear model here.", "In May, we use the linear model here."))
    assert [edit.old[0].text[a:b] for a, b in edit.old[0].recased] == ["We"]
    assert [edit.new[0].text[a:b] for a, b in edit.new[0].marks] == ["In May, "]


def test_a_new_paragraph_break_is_layout() -> None:
    edit = only(compare(f"{FIRE} {MAYOR}", text(FIRE, MAYOR)))
    assert (edit.op, edit.kinds) == (Op.LAYOUT, (Kind.PARAGRAPHS,))
    assert not edit.substantial


@pytest.mark.parametrize("new", [f"{FIRE}\n{MAYOR}", text(FIRE, MAYOR) + "\n", f"  {FIRE}\n\n{MAYOR}"])
def test_white_space_alone_is_not_visible(new: str) -> None:
    change = compare(text(FIRE, MAYOR), new)
    assert change.kinds == (Kind.WHITESPACE,)
    assert not change.visible
    assert not change.is_empty
    assert change.significance == 0.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("caf\u00e9", "cafe\u0301"),
        ("the co\u00adop shop", "the coop shop"),
        ("40\u00a0crowns", "40 crowns"),
    ],
)
def test_what_no_reader_sees_is_typographic_and_not_visible(old: str, new: str) -> None:
    change = compare(f"{old} is here.", f"{new} is here.")
    assert change.kinds == (Kind.TYPOGRAPHIC,)
    assert not change.visible
    assert not change.substantial


def test_curly_quotes_are_visible_but_not_substantial() -> None:
    change = compare('He said it\'s "over".', "He said it’s “over”.")
    assert change.kinds == (Kind.TYPOGRAPHIC,)
    assert change.visible
    assert not change.substantial


def test_fields_are_compared_by_name() -> None:
    old = ArticleText("Dam holds", "All is well.", "By Ada Holm", "SKELBY", (Block(BlockKind.PARAGRAPH, FIRE, ""),))
    new = ArticleText("Dam breaks", "", "By Ada Holm and Per Aune", "SKELBY", old.blocks)
    change = compare(old, new)
    assert [(e.where, e.op) for e in change.edits] == [
        ("headline", Op.REWRITTEN),
        ("byline", Op.REWRITTEN),
        ("standfirst", Op.REMOVED),
    ]
    assert {Kind.HEADLINE, Kind.STANDFIRST, Kind.BYLINE} <= set(change.kinds)


def test_a_block_that_becomes_another_kind_is_named() -> None:
    old = ArticleText(blocks=(Block(BlockKind.PARAGRAPH, "What we know", ""), Block(BlockKind.PARAGRAPH, FIRE)))
    new = ArticleText(blocks=(Block(BlockKind.SUBHEAD, "What we know", ""), Block(BlockKind.PARAGRAPH, FIRE)))
    edit = only(compare(old, new))
    assert (edit.op, edit.kinds) == (Op.LAYOUT, (Kind.BLOCK_KIND,))
    assert edit.findings[0].detail == (("old", "paragraph"), ("new", "subhead"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (BlockKind.CAPTION, Kind.CAPTION),
        (BlockKind.CREDIT, Kind.CREDIT),
        (BlockKind.NOTE, Kind.CORRECTION),
        (BlockKind.ENTRY, Kind.ENTRY_ADDED),
    ],
)
def test_what_an_added_block_is_follows_from_its_kind(kind: BlockKind, expected: Kind) -> None:
    old = ArticleText(blocks=(Block(BlockKind.PARAGRAPH, FIRE, ""),))
    new = ArticleText(blocks=(*old.blocks, Block(kind, "Water in the streets of Skelby.")))
    assert expected in only(compare(old, new)).kinds


def test_texts_may_be_of_different_types() -> None:
    change = compare(FIRE, ArticleText("Fire", blocks=(Block(BlockKind.PARAGRAPH, FIRE, ""),)))
    assert [e.where for e in change.edits] == ["headline"]
    assert isinstance(change.apply(FIRE), ArticleText)


def test_anything_else_is_refused() -> None:
    with pytest.raises(InputError, match="got int"):
        compare(FIRE, 7)  # type: ignore[arg-type]


@pytest.mark.parametrize("stored", [{}, {"format": 99}, {"format": 1, "plain": []}, {"format": 1, "edits": 3}])
def test_a_form_that_is_none_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(MalformedInput):
        Change.from_dict(stored)


def test_the_form_stores_unchanged_text_once_at_most() -> None:
    body = text(*(f"Paragraph {n} says something of its own about the number {n}." for n in range(200)))
    size = len(str(compare(body, body.replace("number 100", "number 101")).to_dict()))
    assert size < len(body) / 5
    line = "word " * 5_000
    assert len(str(compare(f"{line}a {line}", f"{line}b {line}").to_dict())) < 1.2 * len(line) * 2
