"""Joining by mean similarity (average linkage): the two parts most alike first, until none are alike enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

APART = -1e6
"""Two that must not come together: no mean makes up for it."""


def mean_links(drawn: list[list[float]], least: float) -> list[list[int]]:
    """Parts of what is numbered from 0, each in order; the same for the same numbers, whatever happened before.

    Args:
        drawn: how much each is drawn to each other, symmetric; changed on the way.
        least: mean below which two parts stay apart.
    """
    parts = {at: [at] for at in range(len(drawn))}
    best = {at: _nearest(at, drawn, parts) for at in parts}
    while len(parts) > 1:
        one = min(parts, key=lambda at: (-best[at][0], at))
        if best[one][0] < least:
            break
        one, other = sorted((one, best[one][1]))
        _join(one, other, drawn, parts)
        del best[other]
        for at in parts:
            if at == one or best[at][1] in (one, other):
                best[at] = _nearest(at, drawn, parts)
            elif drawn[at][one] > best[at][0]:
                best[at] = drawn[at][one], one
    return sorted(sorted(part) for part in parts.values())


def _join(one: int, other: int, drawn: list[list[float]], parts: dict[int, list[int]]) -> None:
    a, b = len(parts[one]), len(parts[other])
    row, second = drawn[one], drawn[other]
    for at in parts:
        row[at] = drawn[at][one] = (row[at] * a + second[at] * b) / (a + b)
    parts[one] += parts.pop(other)


def _nearest(at: int, drawn: Sequence[Sequence[float]], parts: Mapping[int, object]) -> tuple[float, int]:
    """How much, and to which part; the first of equals."""
    row = drawn[at]
    found = max((other for other in parts if other != at), key=lambda other: (row[other], -other), default=at)
    return (row[found], found) if found != at else (APART, at)
