"""The life line: everything on the axis, in order, with labels that do not collide."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.fakes import START, FakeArchive, Look
from tests.web.texts import article, many, ordinary, single, undated
from writethru.model import TimeBasis
from writethru.web.lifeline import WIDTH, LifeLine, choose_axis, life_line


def drawn(archive: FakeArchive, article_id: int) -> LifeLine:
    view = archive.article(article_id)
    line = life_line(view.appearances, view.captures)
    assert line is not None
    return line


def test_spans_follow_each_other_and_fill_the_axis() -> None:
    archive = FakeArchive()
    line = drawn(archive, ordinary(archive))
    assert [span.version for span in line.spans] == [1, 2, 3, 2]
    assert [span.returned for span in line.spans] == [False, False, False, True]
    assert line.spans[0].x == 0
    for one, following in pairwise(line.spans):
        assert one.x + one.width + one.gap <= following.x + 2.1
    assert line.ticks[-1].x == WIDTH


def test_outages_are_marked_by_shape() -> None:
    archive = FakeArchive()
    line = drawn(archive, ordinary(archive))
    assert sorted({mark.symbol for mark in line.marks}) == ["!", "×"]
    assert all(mark.title for mark in line.marks)


def test_crowded_labels_are_left_out() -> None:
    archive = FakeArchive()
    line = drawn(archive, many(archive, 200))
    labelled = [span.x for span in line.spans if span.label]
    assert 5 < len(labelled) < 40
    assert all(after - before >= 26 for before, after in pairwise(labelled))


def test_the_last_label_stays_within_the_drawing() -> None:
    archive = FakeArchive()
    line = drawn(archive, archive.play([Look(0, article("one", "a")), Look(35, article("one", "b"))]))
    assert [span.anchor for span in line.spans] == ["start", "end"]


@pytest.mark.parametrize("basis", [TimeBasis.RELATIVE, TimeBasis.IMPORTED])
def test_an_axis_without_dates_says_so_or_is_not_drawn(basis: TimeBasis) -> None:
    archive = FakeArchive()
    view = archive.article(undated(archive, basis))
    line = life_line(view.appearances, view.captures)
    assert (line is None) == (basis is TimeBasis.IMPORTED)
    assert line is None or not line.dated


def test_one_look_is_no_line() -> None:
    archive = FakeArchive()
    view = archive.article(single(archive))
    assert life_line(view.appearances, view.captures) is None


@pytest.mark.parametrize(
    ("minutes", "scale"),
    [((0, 20, 45, 90, 240, 60_000), "logarithmic"), ((0, 20_000, 40_000, 60_000), "linear")],
)
def test_the_axis_sets_versions_apart(minutes: tuple[int, ...], scale: str) -> None:
    moments = [START + timedelta(minutes=m) for m in minutes]
    assert choose_axis(moments[0], moments[-1], moments).scale == scale


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=60))
def test_everything_stays_within_the_drawing(waits: list[float]) -> None:
    archive = FakeArchive()
    minutes, looks = 0.0, [Look(0, article("one", "a"))]
    for number, wait in enumerate(waits):
        minutes += wait
        looks.append(Look(minutes, article("one", "ab"[number % 3 == 0]) if number % 2 else None))
    line = drawn(archive, archive.play(looks))
    places = [x for span in line.spans for x in (span.x, span.x + span.width - 2)] + [tick.x for tick in line.ticks]
    assert all(0 <= place <= WIDTH for place in places)
