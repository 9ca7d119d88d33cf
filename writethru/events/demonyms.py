"""A country and its adjective are one name: "Russia" and "Russian" say the same of an event."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_ENDINGS = ("n", "an", "ian", "ean", "i", "ish", "ese")
_FALLING = ("a", "e", "y", "o", "en", "ey", "land", "an")
"""Ends of countries' names that an ending may take the place of: Ital-y, Swed-en, Fin-land."""
_OTHERS = """
britain british / spain spanish
france french / germany german / greece greek / thailand thai / netherlands dutch / wales welsh / norway norwegian
switzerland swiss / denmark danish / ireland irish / philippines filipino / scotland scottish / england english
cyprus cypriot / peru peruvian / czechia czech / portugal portuguese / iceland icelandic / kazakhstan kazakh
uzbekistan uzbek / afghanistan afghan / pakistan pakistani / serbia serb / croatia croat / turkey turkish
"""
_ADJECTIVES = {
    adjective: country
    for line in _OTHERS.strip().splitlines()
    for country, adjective in (pair.split() for pair in line.split("/"))
}
_LEAST = 3
"""Letters that both must begin with."""


def one_name(names: Iterable[str]) -> dict[str, str]:
    """Each adjective among these names to the one country or place among them that it is made of.

    >>> one_name(["Russia", "Russian", "Syria", "John Kerry", "French"])
    {'Russian': 'Russia'}
    """
    single = {name for name in names if name.isalpha() and name[:1].isupper()}
    made: dict[str, list[str]] = {}
    for name in single:
        for adjective in _made_of(name.casefold()):
            made.setdefault(adjective, []).append(name)
    found = {}
    for name in sorted(single):
        folded = name.casefold()
        country = _ADJECTIVES.get(folded)
        sources = {other for other in made.get(folded, ()) if other != name}
        sources |= {other for other in single if country is not None and other.casefold() == country}
        if len(sources) == 1:
            found[name] = sources.pop()
    return found


@lru_cache(maxsize=8_192)
def _made_of(country: str) -> frozenset[str]:
    """What a name might become with one of the endings."""
    stems = [country, *(country.removesuffix(end) for end in _FALLING if country.endswith(end))]
    return frozenset(stem + ending for stem in stems if len(stem) >= _LEAST for ending in _ENDINGS)
