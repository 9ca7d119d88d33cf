"""Every state stays up long enough to be seen, every misbehaviour long enough to be met; nothing else does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from writethru.demo import demo_config
from writethru.model import Outcome, Reason
from writethru.press.demo import build
from writethru.press.demo.expectation import OUTCOMES
from writethru.press.demo.manuscript import Manuscript
from writethru.schedule import History, next_look
from writethru.watch.settings import schedule_policy

END = datetime(2031, 4, 10, 6, tzinfo=UTC)
EVENTS = [event for event in build.read_jsonl(build.HERE / "events.jsonl") if event["kind"] in OUTCOMES]
MADE = [(manuscript, build.lines(manuscript)) for manuscript in build.manuscripts()]
PACES = [(delay, article) for delay in (5, 25, 45, 60) for article in (1, 2, 3)]
"""(minutes from the feed to the first look, id, which moves all waits by a little)."""

POLICY = schedule_policy(demo_config(Path()))

Lines = list[dict[str, Any]]


def moment(time: str) -> datetime:
    return datetime.fromisoformat(time)


def looks(lines: list[dict[str, Any]], host: str, delay: int, article: int) -> Iterator[tuple[datetime, int | None]]:
    """(time of a look, index of the state seen or None): first after ``delay`` minutes, then by the normal schedule."""
    listed = next(line for line in lines if line["in_feed"])
    added = now = moment(listed["time"]) + timedelta(minutes=delay)
    newest, changes = added, -1
    seen: set[str] = set()
    while now < END:
        state = max(i for i, line in enumerate(lines) if moment(line["time"]) <= now)
        met = barred(host, lines[0]["path"], now)
        text = json.dumps({**lines[state], "time": ""}, sort_keys=True)
        if not met and text not in seen:
            newest, changes = now, changes + 1
            seen.add(text)
        yield now, None if met else state
        outcome = Outcome.ERROR if met else Outcome.SAME
        known = max(changes, 0)
        history = History(article, added, now, outcome, Reason.TEXT_EQUAL, known, newest if known else None)
        following = next_look(POLICY, history).at
        if following is None:
            return
        now = following


def barred(host: str, path: str, now: datetime) -> bool:
    return any(
        event["host"] == host and event["path"] in ("", path) and moment(event["from"]) <= now < moment(event["until"])
        for event in EVENTS
    )


@pytest.mark.parametrize(("manuscript", "lines"), MADE, ids=lambda value: getattr(value, "path", ""))
def test_every_state_is_seen_but_those_marked_unseen(manuscript: Manuscript, lines: Lines) -> None:
    wanted = {i for i, state in enumerate(manuscript.states) if "unseen" not in state.flags}
    for delay, article in PACES:
        seen = {state for _, state in looks(lines, manuscript.outlet, delay, article)}
        assert seen - {None} == wanted, (delay, article)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: f"{event['kind']}@{event['host']}{event['path']}")
def test_every_misbehaviour_is_met(event: dict[str, Any]) -> None:
    concerned = [(m, lines) for m, lines in MADE if m.outlet == event["host"] and event["path"] in ("", m.path)]
    for delay, article in PACES:
        barred_at = [
            now for m, lines in concerned for now, state in looks(lines, m.outlet, delay, article) if state is None
        ]
        assert any(moment(event["from"]) <= now < moment(event["until"]) for now in barred_at), (delay, article)


def test_exactly_two_states_are_replaced_before_any_look() -> None:
    assert sum("unseen" in state.flags for manuscript, _ in MADE for state in manuscript.states) == 2
