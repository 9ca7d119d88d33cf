"""Why an article is in an event, in words that a reporter accepts; and what is typical of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writethru.events.demonyms import one_name
from writethru.events.features import Features

if TYPE_CHECKING:
    from writethru.events.items import Weights
    from writethru.events.storyline import Happening

MOST_SHOWN = 6
LEAST_LIKE = 0.08
"""Similarity below which an event is not named as a rival or candidate."""
_LINKS = {
    "continues": "continues it",
    "revives": "takes it up again after a silence",
    "reaction": "reacts to it",
    "recap": "tells it again",
    "same-kind": "of the same kind, but not the same story",
}


def shared_words(one: Features, others: Iterable[Features], weights: Weights, most: int = MOST_SHOWN) -> list[str]:
    """Names and words that an article shares with others, the most telling first, as it prints them."""
    theirs = list(others)
    counts = Counter(term for other in theirs for term in other.bag if term in one.bag)
    names = _names_of(theirs)
    telling = {term: count * one.bag[term] * weights.of(term) ** 2 for term, count in counts.items()}
    found: list[str] = []
    for term in sorted(telling, key=lambda term: (-telling[term], term)):
        shown = _full(one, term, names)
        if shown.casefold() not in {known.casefold() for known in found}:
            found.append(shown)
        if len(found) == most:
            break
    return found


def shared_terms(
    later: Happening, earlier: Happening, articles: Sequence[Features], before: Iterable[Features]
) -> list[str]:
    """Names and words that two events share, as the later one's articles print them: names first.

    Args:
        articles: of the later event.
        before: of the earlier one.
    """
    names = _names_of(before)
    mine, theirs = (dict(zip(one.vector.words(), one.vector.weights.tolist(), strict=True)) for one in (later, earlier))
    both = [term for term in mine if term in theirs]
    both.sort(key=lambda term: (term not in later.named, -mine[term] * theirs[term], term))
    shown: dict[str, str] = {}
    for term in both:
        holder = next((one for one in articles if term in one.bag), None)
        if holder is not None:
            text = _full(holder, term, names)
            shown.setdefault(text.casefold(), text)
    return list(shown.values())[:MOST_SHOWN]


def _names_of(articles: Iterable[Features]) -> frozenset[str]:
    return frozenset(name for one in articles for name in one.names)


def _full(features: Features, term: str, theirs: frozenset[str]) -> str:
    """A word of a name that the others print too as that name, any other word as printed."""
    printed = features.shown.get(term, term).removesuffix("’s").removesuffix("'s")
    if printed[:1].isupper():
        for name in features.names:
            if name in theirs and printed in name.split():
                return name
    return printed


def typical(features: Sequence[Features], weights: Weights) -> tuple[str, ...]:
    """The names that most articles of an event have, the most telling first; a country and its adjective are one."""
    same = one_name(name for one in features for name in one.names)
    counts = Counter(name for one in features for name in {same.get(name, name) for name in one.names})
    least = 2 if len(features) > 2 else 1
    worth = {
        name: count * max((weights.of(word) for word in map(str.casefold, name.split())), default=0.0)
        for name, count in counts.items()
        if count >= least
    }
    return tuple(sorted(worth, key=lambda name: (-worth[name], name))[:MOST_SHOWN])


def apart(days: float | None) -> str:
    """How far from the event's middle, in words."""
    if days is None:
        return "without a date"
    if days < 1:
        return "the same day"
    return "a day apart" if days < 2 else f"{int(days)} days apart"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is in an event.

    Attributes:
        shared: names and words that it shares with the others.
        days: from the middle one of the others.
        inferred: the day that was inferred for it, "" where it has one of its own.
        alone: there are no others.
        quotes: it quotes words that another of them quotes too.
        weekdays: that it names at its beginning as another does, in English.
        part: only a part of it (of a live blog, of a list) belongs there.
    """

    shared: tuple[str, ...]
    days: float | None
    inferred: str = ""
    alone: bool = False
    part: bool = False
    quotes: bool = False
    weekdays: tuple[str, ...] = ()


def explained(reason: Reason, runner_up: tuple[str, float] | None = None) -> str:
    """One sentence on a membership.

    Args:
        runner_up: headline and score of the nearest other event.
    """
    if reason.alone:
        parts = ["no other article tells of this"]
    else:
        start = "a part of it shares" if reason.part else "shares"
        parts = [f"{start} {_listed(reason.shared)}" if reason.shared else "shares no single telling word"]
        if reason.quotes:
            parts.append("quotes the same words as another of them")
        if reason.weekdays:
            parts.append(f"names {_listed(reason.weekdays)} at its beginning, as another of them does")
        parts.append(apart(reason.days))
    if reason.inferred:
        parts.append(f"its page has no date: {reason.inferred} is inferred from the other articles")
    if runner_up is not None:
        parts.append(f"nearest other event: “{runner_up[0] or 'without a headline'}” (likeness {runner_up[1]:.2f})")
    return "; ".join(parts)


def undecided(candidates: Sequence[tuple[str, float]], siblings: int) -> str:
    """Why an article without a date is in no event."""
    start = "cannot decide: neither the page nor its address nor its source says when this was written"
    if not candidates:
        return f"{start}, and no article with a date is like it"
    named = _listed([f"“{title or 'without a headline'}” (likeness {score:.2f})" for title, score in candidates])
    why = "the articles like it are of different times" if siblings > 1 else "one article alone does not tell its day"
    return f"{start}, and {why}; it might belong to {named}"


def linked(kind: str, shared: Sequence[str]) -> str:
    """One sentence on what a later event is to an earlier one."""
    return f"{_LINKS[kind]}: shares {_listed(shared)}" if shared else _LINKS[kind]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
