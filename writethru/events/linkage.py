"""Joining by mean similarity (average linkage): the two parts most alike first, until none are alike enough."""

from __future__ import annotations

from math import inf

APART = -1e6
"""Two that must not come together: no mean makes up for it."""
_GONE = -inf
"""How much a part is drawn to itself, and to one that went into another."""


def mean_links(drawn: list[list[float]], least: float) -> list[list[int]]:
    """Parts of what is numbered from 0, each in order; the same for the same numbers, whatever happened before.

    Args:
        drawn: how much each is drawn to each other, symmetric; changed on the way.
        least: mean below which two parts stay apart.
    """
    for at, row in enumerate(drawn):
        row[at] = _GONE
    parts = {at: [at] for at in range(len(drawn))}
    most = list(map(max, drawn))
    nearest = [row.index(much) for row, much in zip(drawn, most, strict=True)]  # the first of equals
    while len(parts) > 1:
        much = max(most)
        if much < least:
            break
        one = most.index(much)
        one, other = sorted((one, nearest[one]))
        _join(one, other, drawn, parts)
        most[other] = _GONE
        for at in parts:
            row = drawn[at]
            if at == one or nearest[at] == one or nearest[at] == other:
                most[at] = max(row)
                nearest[at] = row.index(most[at])
            elif row[one] > most[at]:
                most[at], nearest[at] = row[one], one
    return sorted(sorted(part) for part in parts.values())


def _join(one: int, other: int, drawn: list[list[float]], parts: dict[int, list[int]]) -> None:
    a, b = len(parts[one]), len(parts[other])
    whole = a + b
    parts[one] += parts.pop(other)
    means = drawn[one] = [(x * a + y * b) / whole for x, y in zip(drawn[one], drawn[other], strict=True)]
    for at in parts:
        row = drawn[at]
        row[one], row[other] = means[at], _GONE
