"""Which number each event bears: by what it shares with the events before; and the journal that says so.

Groups are computed from the set of articles alone; numbers are given by overlap. An event keeps its number in the part
that holds most of its articles; what lost all of them is merged and redirects; numbers are never used twice. Replaying
the journal gives the memberships.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the journal.

    Attributes:
        action: ``open`` (an event begins), ``assign`` (an article enters its first event), ``move`` (from another),
            ``leave`` (it is in none any more), ``split`` (an event begins with articles of another), ``merge``
            (an event goes into another with all it has), ``story`` (an event is put into a storyline), ``encoder``
            (from here on it is asked below this likeness; 0 for never).
    """

    action: str
    article_id: int | None
    event_id: int | None
    form: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbered:
    """Each group with its event's number, in the order of the groups, and what happened."""

    events: tuple[int, ...]
    steps: tuple[Step, ...]


def number(
    groups: Sequence[Collection[int]], before: Mapping[int, int], sizes: Mapping[int, int], first_free: int
) -> Numbered:
    """Give each group of articles its event.

    Args:
        before: article to event, of those that were in one.
        sizes: how many articles each of these events has in all, inside these groups or not.
        first_free: the first number that no event has had.
    """
    owners = _owners(groups, before)
    events: list[int] = []
    steps: list[Step] = []
    for at, group in enumerate(groups):
        if at in owners:
            events.append(owners[at])
        else:
            events.append(first_free)
            came = Counter(before[article] for article in group if article in before)
            source = min(came, key=lambda event: (-came[event], event)) if came else None
            steps.append(Step("open" if source is None else "split", None, first_free, _without({"from": source})))
            first_free += 1
    steps += _moves(groups, events, before)
    steps += _merges(groups, events, before, sizes)
    return Numbered(tuple(events), tuple(steps))


def _owners(groups: Sequence[Collection[int]], before: Mapping[int, int]) -> dict[int, int]:
    """Which event each group goes on with: most shared articles first, the older event first."""
    overlaps = [
        (-count, event, at)
        for at, group in enumerate(groups)
        for event, count in Counter(before[article] for article in group if article in before).items()
    ]
    owners: dict[int, int] = {}
    for _, event, at in sorted(overlaps):
        if at not in owners and event not in owners.values():
            owners[at] = event
    return owners


def _moves(groups: Sequence[Collection[int]], events: Sequence[int], before: Mapping[int, int]) -> Iterator[Step]:
    for group, event in zip(groups, events, strict=True):
        for article in sorted(group):
            was = before.get(article)
            if was is None:
                yield Step("assign", article, event)
            elif was != event:
                yield Step("move", article, event, {"from": was})


def _merges(
    groups: Sequence[Collection[int]], events: Sequence[int], before: Mapping[int, int], sizes: Mapping[int, int]
) -> Iterator[Step]:
    """Events that no group goes on with: where most of their articles went, the rest goes too."""
    going = {before[article] for group in groups for article in group if article in before}.difference(events)
    went: dict[int, Counter[int]] = {event: Counter() for event in going}
    for group, event in zip(groups, events, strict=True) if going else ():
        for article in group:
            if before.get(article) in went:
                went[before[article]][event] += 1
    for event in sorted(going):
        into = min(went[event], key=lambda other: (-went[event][other], other))
        yield Step("merge", None, event, {"into": into, "articles": sizes.get(event, 0)})


def _without(form: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in form.items() if value is not None}


@dataclass(slots=True)
class Replayed:
    """What the journal comes to: article to event, event to where it went, event to storyline; the encoder's level."""

    events: dict[int, int] = field(default_factory=dict)
    redirects: dict[int, int] = field(default_factory=dict)
    stories: dict[int, int] = field(default_factory=dict)
    encoder: float = 0.0


def replay(steps: Iterable[Step]) -> Replayed:
    """Follow the journal from its beginning."""
    state = Replayed()
    members: dict[int, set[int]] = {}
    for step in steps:
        if step.action in ("assign", "move", "leave") and step.article_id is not None:
            members.get(state.events.pop(step.article_id, 0), set()).discard(step.article_id)
            if step.action != "leave" and step.event_id is not None:
                state.events[step.article_id] = step.event_id
                members.setdefault(step.event_id, set()).add(step.article_id)
        elif step.action == "merge" and step.event_id is not None:
            into = int(step.form["into"])
            state.redirects[step.event_id] = into
            state.stories.pop(step.event_id, None)
            for article in members.pop(step.event_id, set()):
                state.events[article] = into
                members.setdefault(into, set()).add(article)
        elif step.action == "story" and step.event_id is not None:
            state.stories[step.event_id] = int(step.form["story"])
        elif step.action == "encoder":
            state.encoder = float(step.form["below"])
    return state
