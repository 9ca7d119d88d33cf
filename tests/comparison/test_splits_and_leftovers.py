"""Sentences that went into others, or came out of them, and those too short for words."""

from __future__ import annotations

from writethru.comparison import Op, compare


def ops(old: str, new: str) -> list[tuple[Op, int, int]]:
    return [(edit.op, len(edit.old), len(edit.new)) for edit in compare(old, new).edits]


def test_a_list_of_short_lines_that_became_one_sentence_is_merged() -> None:
    lines = ["Keep the dogs away from the sheep", "Close both gates behind you", "Take all your litter home"]
    lines += ["Light no fires under the trees", "Ask the warden for a map of paths"]
    assert ops("\n\n".join(lines), " ".join(lines)) == [(Op.MERGED, 5, 1)]


def test_a_neighbour_that_carries_the_rest_makes_a_split_whatever_stands_before_it() -> None:
    old = "The second session opens at two in the hall, and after it the band of the fire brigade plays in the yard."
    new = "Watch the video and read the notes. The second session opens at two in the hall.\n\n"
    new += "After it the band of the fire brigade plays in the yard."
    assert (Op.SPLIT, 1, 2) in ops(old, new)


def test_the_fullest_neighbour_is_the_part() -> None:
    old = "At nine the first eclipse begins.\n\n86,370 people watched it.\n\n"
    old += "At ten the first eclipse is full.\n\n24,228 people watched it."
    new = "At nine the first eclipse begins: 86,370 people watched it.\n\nAt ten the first eclipse is full: "
    new += "24,228 people watched it."
    merged = [edit for edit in compare(old, new).edits if edit.op is Op.MERGED]
    assert [[s.block for s in edit.old] for edit in merged] == [[0, 1], [2, 3]]


def test_one_short_line_between_the_same_neighbours_is_rewritten() -> None:
    old = "The hall was full at noon.\n\nPresenter:\n\nAda Holm of the ferry office."
    assert ops(old, old.replace("Presenter", "Presenters")) == [(Op.REWRITTEN, 1, 1)]
