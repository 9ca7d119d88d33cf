"""The change log is followed by one process at a time; a crash repeats an article and doubles nothing."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta

import pytest

from tests.analyse.test_reuse import add
from tests.reuse.material import COPY, OWN_ACCOUNT, WIRE
from tests.storage.made import after
from writethru.analyse import follow as following
from writethru.analyse.follow import follow
from writethru.analyse.leading import this_process
from writethru.analyse.reuse import ReuseAnalysis
from writethru.storage.store import Store

ALIVE = f"{socket.gethostname()}-{os.getppid()}-0"
ELSEWHERE = "another-machine.example-1-0"
ENDED = f"{socket.gethostname()}-{2**22 + 5}-0"
"""No process has so high a number."""
FORMER_LIFE = f"{socket.gethostname()}-{os.getpid()}-0"
"""This process's number before the machine was started anew."""


class KilledError(BaseException):
    """The process dies here."""


def tell(store: Store) -> None:
    """A wire, a copy of it and an account by another hand."""
    add(store, "wire", WIRE)
    add(store, "gazette", COPY, minutes=120)
    add(store, "courier", OWN_ACCOUNT, minutes=60)


def hold(store: Store, worker: str, minutes: float) -> None:
    """A process has the analysis for so long."""
    now = datetime.now(UTC)
    assert store.followers.take("reuse", worker, now, now + timedelta(minutes=minutes))


@pytest.mark.parametrize("holder", [ALIVE, ELSEWHERE], ids=["alive", "elsewhere"])
def test_what_another_process_is_at_is_left_to_it(store: Store, holder: str) -> None:
    tell(store)
    hold(store, holder, 5)
    report = follow(store, ReuseAnalysis(store))
    assert (report.elsewhere, report.articles) == (holder, 0)
    assert store.reuse.size() == (0, 0)


@pytest.mark.parametrize(
    ("holder", "minutes"), [(ENDED, 5), (FORMER_LIFE, 5), (ELSEWHERE, -1)], ids=["ended", "former life", "over"]
)
def test_the_work_of_a_dead_process_is_taken_over(store: Store, holder: str, minutes: float) -> None:
    tell(store)
    hold(store, holder, minutes)
    report = follow(store, ReuseAnalysis(store))
    assert (report.elsewhere, report.articles) == ("", 3)
    assert store.followers.state("reuse").worker == "", "and given back at the end"


def test_who_lost_the_lease_keeps_nothing_more(store: Store) -> None:
    tell(store)
    done = []

    def taken_over(_done: int, _total: int | None, _name: str) -> None:
        done.append(store.reuse.size())
        store.followers.release("reuse", this_process())
        hold(store, ELSEWHERE, 5)

    report = follow(store, ReuseAnalysis(store), progress=taken_over)
    assert report.articles == len(done) == 1
    assert store.reuse.size() == done[0]
    assert store.followers.state("reuse").worker == ELSEWHERE


@pytest.mark.parametrize("method", ["keep_pair", "add_postings", "holding"])
@pytest.mark.parametrize("call", [1, 2, 3])
def test_killed_at_any_place_it_goes_on_as_if_it_had_not(
    store: Store, monkeypatch: pytest.MonkeyPatch, method: str, call: int
) -> None:
    tell(store)
    calls = 0

    def dies(*given: object) -> object:
        nonlocal calls
        calls += 1
        found = real(*given)  # type: ignore[arg-type]
        if calls == call:
            raise KilledError
        return found

    with monkeypatch.context() as broken:
        real = getattr(store.reuse, method)
        broken.setattr(store.reuse, method, dies)
        try:
            follow(store, ReuseAnalysis(store))
        except KilledError:
            lines = store.log_since(store.followers.state("reuse").seq, 10)
            assert len(lines) == 3 - (store.reuse.size()[1] > 0) * len(indexed(store)), "position and index agree"
    follow(store, ReuseAnalysis(store))
    pairs, size = store.reuse.pairs(), store.reuse.size()
    assert [(pair.a_id, pair.b_id, pair.verdict) for pair in pairs] == [(2, 1, "wholly")]
    for number in (1, 2, 3):
        store.log("rebuilt", number, 0, after(300))
    follow(store, ReuseAnalysis(store))
    assert (store.reuse.pairs(), store.reuse.size()) == (pairs, size)


def indexed(store: Store) -> set[int]:
    """The articles of which the index holds anything."""
    grams = [gram for number in (1, 2, 3) for gram in ReuseAnalysis(store).grams_of(number)["gram"].tolist()]
    return {holder.article_id for holder in store.reuse.holders(grams)}


def test_an_article_that_cannot_be_analysed_is_said_and_passed_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(store)
    real = ReuseAnalysis._compared

    def fails(self: ReuseAnalysis, one: int, other: int) -> object:
        if {one, other} == {1, 2}:
            raise RuntimeError("a text that nobody thought of")
        return real(self, one, other)

    monkeypatch.setattr(ReuseAnalysis, "_compared", fails)
    report = follow(store, ReuseAnalysis(store))
    assert report.failed == ((2, "RuntimeError: a text that nobody thought of"),)
    assert report.articles == 3
    assert follow(store, ReuseAnalysis(store)).lines == 0


def test_it_stops_between_two_articles(store: Store) -> None:
    tell(store)
    done: list[int] = []
    report = follow(
        store, ReuseAnalysis(store), progress=lambda articles, *_: done.append(articles), stopped=lambda: bool(done)
    )
    assert report.articles == 1
    assert follow(store, ReuseAnalysis(store)).articles == 2


def test_an_article_with_many_lines_is_done_once_and_no_line_is_passed_unread(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "STEP", 4)
    wire = add(store, "wire", WIRE, COPY)
    add(store, "gazette", COPY, minutes=120)
    store.log("version", wire.id, 2, after(400))
    add(store, "courier", OWN_ACCOUNT, minutes=60)
    assert follow(store, ReuseAnalysis(store)).articles == 3
    assert store.followers.state("reuse").seq == store.log_since(0, 100)[-1].seq
