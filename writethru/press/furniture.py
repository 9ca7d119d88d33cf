"""What stands around an article and changes from look to look: adverts, most-read, "updated N minutes ago".

Furniture is a pure function of a seed, the address and the number of the look, so a run can be repeated.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How much furniture a page carries."""

    NONE = "none"  # byte-stable pages
    LIVELY = "lively"  # other furniture at every look


@dataclass(frozen=True, slots=True)
class Link:
    """A headline that leads elsewhere."""

    headline: str
    url: str

    def __str__(self) -> str:
        """The headline."""
        return self.headline

    @property
    def title(self) -> str:
        """The headline, under the name that feeds use."""
        return self.headline


@dataclass(frozen=True, slots=True)
class Advert:
    """A paid box."""

    sponsor: str
    text: str
    url: str

    def __str__(self) -> str:
        """Its words."""
        return self.text


@dataclass(frozen=True, slots=True)
class Furniture:
    """One look's furniture; everything empty when ``style`` is none.

    Attributes:
        edition: the argument of a ``furniture`` rule, for templates that know several layouts.
        minutes_ago: for "updated N minutes ago"; None when there is none.
        look: how often the page was asked for, this time included.
    """

    style: Style = Style.NONE
    edition: str = ""
    most_read: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    advert: Advert | None = None
    minutes_ago: int | None = None
    comments: int | None = None
    weather: str = ""
    look: int = 0


_ADVERTS = (
    Advert("Brightwater Blinds", "Half-price blinds this weekend only. Measure twice, order once.", "/ad/blinds"),
    Advert("Oakline Bank", "Open a saver account in four minutes. 4.1% gross, terms apply.", "/ad/saver"),
    Advert("Fernhill Tours", "Walk the coast path with people who know it: 7 nights from 640.", "/ad/coast"),
    Advert("Kettle & Crumb", "Your first box of bread is on us. Cancel when you like.", "/ad/bread"),
    Advert("Lumen Phones", "Unlimited data, no contract. Switch today and keep your number.", "/ad/phones"),
    Advert("Marlow Hearing", "Book a free hearing check near you.", "/ad/hearing"),
)
_WEATHER = ("Cloudy, 11°C", "Light rain, 9°C", "Sunny spells, 14°C", "Fog, 6°C", "Windy, 12°C")


def lively(chance: random.Random, minutes: int, links: Sequence[Link]) -> Furniture:
    """Furniture for one look, drawn with ``chance``.

    Args:
        chance: where the draw comes from.
        minutes: since the page last changed; an outlet whose script re-renders pages says less than the truth.
        links: the site's other articles.
    """
    drawn = chance.sample(list(links), min(len(links), 8))
    return Furniture(
        style=Style.LIVELY,
        most_read=tuple(drawn[:5]),
        related=tuple(drawn[5:8]),
        advert=chance.choice(_ADVERTS),
        minutes_ago=max(1, minutes) if minutes < 60 else chance.randrange(1, 60),
        comments=chance.randrange(2, 900),
        weather=chance.choice(_WEATHER),
    )
