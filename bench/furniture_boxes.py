"""More boxes without a telling name between paragraphs, each kind in several wordings and markups.

Written before the rules that are measured with them, so that those are not measured on the very boxes they were made from.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

from bench.page_bed import PLACES, TOPICS, Bed, Variation, boxed, insert_after, made_up_name, other_title

BETWEEN: dict[str, Sequence[str]] = {
    # appeals for money in one or two sentences, without anything to press
    "other_appeal": (
        "<p>The {place} Post has no owner but its readers. Help us stay that way.</p>",
        "<p>You can read this because {number} people pay for it. Be one of them.</p>",
        "<p>No advertisers, no billionaires: our work is paid for by you.</p>",
        "<p>Newsrooms need neighbours. Give what you can.</p>",
    ),
    # questions to readers with something to press
    "other_vote": (
        "<h3>Quiz of the week</h3><p>How well do you know {place}?</p><button>Start</button>",
        "<p>What do you think about {topic}?</p><label><input type='radio'>Good</label><label><input type='radio'>Bad</label>",
        "<h4>Was {topic} worth it?</h4><div><button>Yes</button><button>No</button></div><span>{number} answers</span>",
    ),
    # players of other programmes
    "other_player": (
        "<h4>Watch: {topic} explained</h4><video></video><p>One minute from the quay.</p>",
        "<h4>Listen</h4><iframe src='https://player.test/{name}'></iframe><p>Episode 12: {topic}.</p>",
        "<div><audio src='/{name}.mp3'></audio><span>31:07</span></div><h5>The week in {place}</h5><p>With two guests.</p>",
    ),
    # offers of the outlet, with a link to press
    "other_offer": (
        "<h4>Offer</h4><p>Three months of the Post for one crown.</p><a href='/{name}'>See terms</a>",
        "<p>Tickets for the nights in {place} are on sale.</p><a href='/{name}'>Tickets</a>",
        "<h3>The Post in print</h3><p>Delivered in {place} before seven.</p><p><a href='/{name}'>Order a copy</a></p>",
    ),
    # cards for other stories
    "other_card": (
        "<a href='/{name}'><img src='/p.jpg'><div>{title}</div><div>Nobody was asked about {topic}, say people there.</div></a>",
        "<article><a href='/{name}'><img src='/p.jpg'></a><h4><a href='/{name}'>{title}</a></h4><span>3 min</span></article>",
        "<h5>From the archive</h5><p><a href='/{name}'>{title}</a></p><p>What became of {topic}.</p>",
        "<h4><a href='/{name}'>{title}</a></h4><p>Nobody in {place} was asked.</p><p><a href='/{name}'>Full story</a></p>",
    ),
}
"""Boxes set behind a paragraph, by kind; the places in braces are filled anew for each."""
AUTHORS = (
    "<figure><img src='/a.jpg'></figure><div><h4><a href='/by/ada-quill'>Ada Quill</a></h4><p>Correspondent in {place} "
    "since 2009.</p></div>",
    "<img src='/a.jpg'><strong>Ada Quill</strong><p>Ada Quill is the reporter of the {place} Post for {topic}.</p>",
    "<a href='/by/ada-quill'><img src='/a.jpg'></a><p><a href='/by/ada-quill'>Ada Quill</a> writes about {topic} in "
    "{place}.</p>",
)
"""Cards about the author."""


def _filled(rng: random.Random, forms: Sequence[str]) -> str:
    """One of several forms, its places filled."""
    filled = {"place": rng.choice(PLACES), "topic": rng.choice(TOPICS), "title": other_title(rng)}
    return rng.choice(forms).format(**filled, name=made_up_name(rng), number=rng.randrange(100, 10_000))


def _between(forms: Sequence[str], bed: Bed, rng: random.Random) -> bool:
    """One of the boxes behind a paragraph."""
    return boxed(bed, rng, _filled(rng, forms))


def other_author(bed: Bed, rng: random.Random) -> bool:
    """A card about the author below the text."""
    return insert_after(bed.paragraphs[-1], f'<div class="{made_up_name(rng)}">{_filled(rng, AUTHORS)}</div>')


BOXES: dict[str, Variation] = {kind: partial(_between, forms) for kind, forms in BETWEEN.items()} | {
    "other_author": other_author
}
