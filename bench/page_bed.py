"""A page laid out for alteration: its true paragraphs, and the ways to set something among them.

Texts are invented here. What alters pages is in ``furniture_variants`` and ``article_edits``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from lxml import html

TOPICS = ("harbour tolls", "the bridge repairs", "school meals", "a hospital merger", "night trains", "water prices")
PLACES = ("Norhaven", "Eastmere", "Port Calder", "Lindow", "Stavely", "Grange")


@dataclass
class Bed:
    """A page to alter.

    Attributes:
        root: the parsed page.
        paragraphs: the ``<p>`` elements that hold the article's text, in order.
        headline: the ``<h1>``, if there is one.
    """

    root: html.HtmlElement
    paragraphs: list[html.HtmlElement]
    headline: html.HtmlElement | None


Variation = Callable[[Bed, random.Random], bool]


def kept_in(variations: dict[str, Variation]) -> Callable[[Variation], Variation]:
    """A decorator that keeps each variation under its name."""

    def kept(function: Variation) -> Variation:
        variations[function.__name__] = function
        return function

    return kept


def make(markup: str) -> html.HtmlElement:
    """The element a piece of markup stands for."""
    return html.fragment_fromstring(markup)


def other_title(rng: random.Random) -> str:
    """The headline of another article."""
    return f"{rng.choice(PLACES)} council to vote on {rng.choice(TOPICS)} as costs rise"


def other_link(rng: random.Random) -> str:
    """A link to another article, its headline for words."""
    return f'<a href="/news/{rng.randrange(10**6)}">{other_title(rng)}</a>'


def insert_after(anchor: html.HtmlElement, markup: str) -> bool:
    """Set something right behind an element; False where that has no parent."""
    parent = anchor.getparent()
    if parent is None:
        return False
    element = make(markup)
    element.tail, anchor.tail = anchor.tail, None
    parent.insert(parent.index(anchor) + 1, element)
    return True


def middle(bed: Bed, rng: random.Random) -> html.HtmlElement:
    """A paragraph that is neither the article's first nor its last."""
    return bed.paragraphs[rng.randrange(1, len(bed.paragraphs) - 1)]


def to_body(bed: Bed, markup: str, *, first: bool = False) -> bool:
    """Set something at the end of the page, or at its beginning."""
    body = bed.root.find("body")
    if body is None:
        return False
    if first:
        body.insert(0, make(markup))
    else:
        body.append(make(markup))
    return True


def made_up_name(rng: random.Random) -> str:
    """A class name that says nothing."""
    return "".join(rng.choice("abcdefghijkmnpqrstuvwxyz0123456789") for _ in range(7))


def boxed(bed: Bed, rng: random.Random, markup: str) -> bool:
    """A box with a name that says nothing, between two paragraphs."""
    return insert_after(middle(bed, rng), f'<div class="{made_up_name(rng)}">{markup}</div>')
