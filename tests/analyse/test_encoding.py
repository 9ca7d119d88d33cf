"""An encoder that parts events: asked for by the archive, noted in its journal, each text read once; here a stub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.analyse.told import FIRE, FLOOD, Told, tell
from writethru.analyse import encoding
from writethru.analyse.encoder_setting import use_encoder
from writethru.analyse.encoding import level_of
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import follow
from writethru.errors import ConfigError
from writethru.events.membership import Step, replay
from writethru.storage.store import Store

ANOTHER = replace(
    FIRE[1],
    headline="Two hurt as cannery burns in Rautila, owner is asked",
    outlet="herald",
    published=FIRE[1].published,
)
FOUR = (*FIRE, ANOTHER)


class Stub:
    """Finds the first and the third article of ``FOUR`` alike, and the others."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def vectors(self, texts: Sequence[str], most: int) -> list[list[float]]:
        self.read += texts
        return [[0.0, 1.0] if re.match("Two hurt", text) else [1.0, 0.0] for text in texts]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    made = Stub()
    monkeypatch.setattr(encoding, "encoder", lambda: made)
    monkeypatch.setattr(encoding, "missing", lambda: "")
    return made


def together(store: Store, some: Sequence[int]) -> set[frozenset[int]]:
    """The articles of each event."""
    event = {one.article_id: one.event_id for one in store.stories.memberships(some)}
    return {frozenset(one for one in some if event[one] == number) for number in event.values()}


def replays(store: Store, some: Sequence[int]) -> bool:
    state = replay(Step(e.action, e.article_id, e.event_id, e.form) for e in store.stories.log(0, 10_000))
    assert state.encoder == store.stories.meanings.level()
    return state.events == {one.article_id: one.event_id for one in store.stories.memberships(some)}


def told(store: Store, some: Sequence[Told]) -> list[int]:
    return [tell(store, one) for one in some]


def test_it_parts_an_event_from_when_it_is_asked_for_until_it_is_not(store: Store, stub: Stub) -> None:
    a, b, c, d = some = told(store, FOUR)
    follow(store, EventAnalysis(store))
    assert (together(store, some), stub.read) == ({frozenset(some)}, [])
    use_encoder(store, "0.6")
    assert together(store, some) == {frozenset({a, c}), frozenset({b, d})}
    assert [entry.form["below"] for entry in store.stories.log(0, 10_000) if entry.action == "encoder"] == [0.6]
    assert replays(store, some)
    lines = store.stories.last_line()
    use_encoder(store, "")
    use_encoder(store, "0.6")
    assert (store.stories.last_line(), len(stub.read)) == (lines, 4)  # nothing is new: nothing is done
    use_encoder(store, "off")
    assert together(store, some) == {frozenset(some)}
    assert replays(store, some)
    assert len(stub.read) == 4


def test_asked_for_from_the_beginning_it_comes_to_the_same_and_reads_each_text_once(store: Store, stub: Stub) -> None:
    use_encoder(store, "0.6")
    a, b, c, d = some = told(store, FOUR)
    other = tell(store, FLOOD)
    analysis = EventAnalysis(store)
    follow(store, analysis)
    assert together(store, [*some, other]) == {frozenset({a, c}), frozenset({b, d}), frozenset({other})}
    assert len(stub.read) == 5
    analysis.regroup(some)
    EventAnalysis(store).settle()
    use_encoder(store, "")
    assert (len(stub.read), together(store, some)) == (5, {frozenset({a, c}), frozenset({b, d})})
    tell(store, FOUR[3].saying(FIRE[0]), article_id=d, number=2)  # another text: read anew
    follow(store, EventAnalysis(store))
    assert len(stub.read) == 6
    assert any({a, d} <= one for one in together(store, some))
    assert replays(store, [*some, other])


def test_a_process_without_the_encoder_groups_by_what_was_read(
    store: Store, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_encoder(store, "0.6")
    a, b, c, d = some = told(store, FOUR)
    follow(store, EventAnalysis(store))
    monkeypatch.setattr(encoding, "encoder", lambda: pytest.fail("there is none here"))
    EventAnalysis(store).regroup(some)
    assert together(store, some) == {frozenset({a, c}), frozenset({b, d})}


@pytest.mark.parametrize("asked", ["warm", "0", "1", "-0.5", "nan", "OFF"])
def test_a_level_is_a_share_or_off(asked: str) -> None:
    with pytest.raises(ConfigError, match="above 0 and below 1"):
        level_of(asked, 0.6)


def test_nothing_said_is_what_was_said_last() -> None:
    assert [level_of(asked, 0.6) for asked in ("", "off", "0.72")] == [0.6, 0.0, 0.72]


def test_asked_for_and_not_installed_it_says_what_to_install(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "missing", lambda: "onnxruntime: not installed")
    use_encoder(store, "")
    with pytest.raises(ConfigError, match=r"onnxruntime.*writethru\[nlp\].*--encoder off"):
        use_encoder(store, "0.6")
    assert store.stories.meanings.level() == 0
