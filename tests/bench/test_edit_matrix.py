"""A pinned part of the edit matrix, looked at by the real watcher: every class once, each on another template.

The whole matrix is ``python -m bench edit_matrix``; here nothing may be missed, nothing may
alarm, nothing unavailable may be an edit, and every outcome has its name.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bench.matrix import ours
from bench.matrix.classes import CLASSES
from bench.matrix.score import GROUPS, failures, score
from bench.matrix.server import Cell, cells, serving
from bench.matrix.templates import TEMPLATES

WATCHED = timedelta(hours=60)  # robots.txt is read again with the first look after 24


def pinned(group: str, start: int) -> list[Cell]:
    """Each class of a group on one template, the templates in turn."""
    classes = [kind for kind in CLASSES if kind.group == group]
    names = list(TEMPLATES)
    turns = [
        cell for number, kind in enumerate(classes) for cell in cells([names[(number + start) % len(names)]], [kind])
    ]
    return [Cell(cell.kind, cell.scene, number) for number, cell in enumerate(turns, 1)]


@pytest.mark.parametrize(("group", "start"), list(zip(GROUPS, (0, 3, 6), strict=True)))
def test_nothing_is_missed_and_nothing_is_invented(group: str, start: int, tmp_path: Path) -> None:
    shown = pinned(group, start)
    assert len(shown) >= 20
    with serving(shown) as server:
        told = ours.look(server, shown, tmp_path, WATCHED)
    assert failures(shown, told) == []


def test_the_score_counts_what_is_missed_and_what_alarms() -> None:
    shown = [cells(["semantic"], [kind])[0] for kind in (CLASSES[0], CLASSES[30], CLASSES[-1])]
    shown = [Cell(cell.kind, cell.scene, number) for number, cell in enumerate(shown, 1)]
    wrong = {
        cell.slug: ours.Told(edits=0 if cell.kind.group == "edit" else 1, named=("text_changed",)) for cell in shown
    }
    found = score(shown, wrong)
    assert (found["found"], found["noise"], found["unavailable"]) == (0, 1, 1)
    assert len(failures(shown, wrong)) == 3


def test_there_are_forty_classes_on_six_templates() -> None:
    assert len({kind.name for kind in CLASSES}) >= 40
    assert len(TEMPLATES) >= 6
