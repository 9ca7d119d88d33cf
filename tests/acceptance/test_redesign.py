"""An outlet builds its pages anew: no edit of any article, one alarm, said once; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.matrix import templates
from bench.matrix.pages import Around, Page
from bench.matrix.stories import DAM, FERRY, VOTE, Story
from tests.acceptance.conftest import config_for
from writethru.archive import Archive, open_archive
from writethru.health.alarms import Alarm
from writethru.model import Outcome, Reason
from writethru.press import Press, load_plays
from writethru.watch.clock import SimulatedClock

HOST, OUTLET = "quaypost.example", "The Quay Post"
START = datetime(2031, 5, 4, 6, tzinfo=UTC)
EVERY = timedelta(minutes=30)
BEFORE, AFTER = 8, 3
STORIES = {name: replace(story, outlet=OUTLET) for name, story in (("ferry", FERRY), ("dam", DAM), ("vote", VOTE))}
Template = Callable[[Page], str]


def furnished(story: Story, number: int) -> Page:
    """The page of one half hour: all around the article is new each time."""
    around = Around(adverts=number, most_read=number, related=number, inside=number + 1, ago=number, shares=number * 7)
    return Page(story, around, tracking=f"t{number}")


def write_states(folder: Path, old: Template, new: Template) -> None:
    """Each article eight times in one template, then in another, with the same texts."""
    for name, story in STORIES.items():
        at = folder / HOST / name
        at.mkdir(parents=True)
        for number in range(BEFORE + AFTER):
            stamp = (START + number * EVERY).strftime("%Y-%m-%dT%H-%M-%SZ")
            printed = (old if number < BEFORE else new)(furnished(story, number))
            (at / f"{stamp}.html").write_text(printed, encoding="utf-8")


@dataclass
class Redesign:
    archive: Archive
    ids: list[int]

    def looks(self) -> list[tuple[Outcome, Reason]]:
        return [(c.look.outcome, c.look.reason) for number in self.ids for c in self.archive.captures(number)]


@contextmanager
def watched(url: str, folder: Path, old: Template, new: Template) -> Iterator[Redesign]:
    """Look at every article in each state."""
    write_states(folder / "site", old, new)
    plays, clock = load_plays(folder / "site"), SimulatedClock(START)
    with Press(plays, clock) as press:
        config = config_for(url, folder, connect_to=(f"{HOST}=127.0.0.1:{press.port}",), delay_seconds=0.0)
        with open_archive(url, config) as archive:
            ids = [add(archive, name) for name in STORIES]
            with archive.watcher(clock) as watcher:
                for number in range(BEFORE + AFTER):
                    clock.advance(START + number * EVERY + timedelta(minutes=1) - clock.now())
                    make_due(archive, ids, clock.now())
                    watcher.run_once()
                clock.advance(timedelta(hours=6))  # on a simulated clock alarms are judged less often
                watcher.run_once()
            yield Redesign(archive, ids)


def add(archive: Archive, name: str) -> int:
    return archive.store.add_article(
        f"http://{HOST}/{name}", host=HOST, outlet_id=None, at=START, next_look_at=START, reason="by hand"
    ).id


def make_due(archive: Archive, ids: list[int], now: datetime) -> None:
    with archive.store.transaction():
        for number in ids:
            archive.store.update_article(replace(archive.store.article(number), next_look_at=now))


@pytest.mark.parametrize(
    ("old", "new"), [("semantic", "blog"), ("blog", "soup"), ("soup", "tables")], ids=lambda name: name
)
def test_a_redesign_is_no_edit_and_one_alarm(store_url: str, tmp_path: Path, old: str, new: str) -> None:
    with watched(store_url, tmp_path, getattr(templates, old), getattr(templates, new)) as run:
        looks = run.looks()
        assert len(looks) >= len(STORIES) * (BEFORE + AFTER)
        assert [reason for outcome, reason in looks if outcome is not Outcome.SAME] == [Reason.FIRST_SEEN] * 3
        assert [reason for _, reason in looks].count(Reason.NEW_TEMPLATE) == len(STORIES)
        assert not run.archive.changes().rows
        alarms = [incident.alarm for incident in run.archive.health().incidents]
        assert alarms.count(Alarm.NEW_TEMPLATE) == 1
        (host,) = run.archive.outlet_profile(OUTLET).hosts
        assert [spell.articles for spell in host.new_templates] == [len(STORIES)]
        assert sum("new template:" in line for line in host.lines()) == 1
        report = run.archive.rebuild()
        assert not report.different
        assert run.looks() == looks
