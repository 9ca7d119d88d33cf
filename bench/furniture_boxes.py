"""More boxes without a telling name between paragraphs, each kind in several wordings and markups.

Written before the rules that are measured with them, so that those are not measured on the very boxes they were made from.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.page_bed import PLACES, TOPICS, Bed, Variation, boxed, insert_after, made_up_name, other_title

BOXES: dict[str, Variation] = {}


def _box(function: Variation) -> Variation:
    BOXES[function.__name__] = function
    return function


def _one_of(rng: random.Random, forms: Sequence[str]) -> str:
    """One of several forms, its places filled."""
    filled = {"place": rng.choice(PLACES), "topic": rng.choice(TOPICS), "title": other_title(rng)}
    return rng.choice(forms).format(**filled, name=made_up_name(rng), number=rng.randrange(100, 10_000))


@_box
def other_appeal(bed: Bed, rng: random.Random) -> bool:
    """Appeals for money in one or two sentences, without anything to press."""
    forms = (
        "<p>The {place} Post has no owner but its readers. Help us stay that way.</p>",
        "<p>You can read this because {number} people pay for it. Be one of them.</p>",
        "<p>No advertisers, no billionaires: our work is paid for by you.</p>",
        "<p>Newsrooms need neighbours. Give what you can.</p>",
    )
    return boxed(bed, rng, _one_of(rng, forms))


@_box
def other_vote(bed: Bed, rng: random.Random) -> bool:
    """Questions to readers with something to press."""
    forms = (
        "<h3>Quiz of the week</h3><p>How well do you know {place}?</p><button>Start</button>",
        "<p>What do you think about {topic}?</p><label><input type='radio'>Good</label><label><input type='radio'>Bad</label>",
        "<h4>Was {topic} worth it?</h4><div><button>Yes</button><button>No</button></div><span>{number} answers</span>",
    )
    return boxed(bed, rng, _one_of(rng, forms))


@_box
def other_player(bed: Bed, rng: random.Random) -> bool:
    """Players of other programmes."""
    forms = (
        "<h4>Watch: {topic} explained</h4><video></video><p>One minute from the quay.</p>",
        "<h4>Listen</h4><iframe src='https://player.test/{name}'></iframe><p>Episode 12: {topic}.</p>",
        "<div><audio src='/{name}.mp3'></audio><span>31:07</span></div><h5>The week in {place}</h5><p>With two guests.</p>",
    )
    return boxed(bed, rng, _one_of(rng, forms))


@_box
def other_offer(bed: Bed, rng: random.Random) -> bool:
    """Offers of the outlet, with a link to press."""
    forms = (
        "<h4>Offer</h4><p>Three months of the Post for one crown.</p><a href='/{name}'>See terms</a>",
        "<p>Tickets for the nights in {place} are on sale.</p><a href='/{name}'>Tickets</a>",
        "<h3>The Post in print</h3><p>Delivered in {place} before seven.</p><p><a href='/{name}'>Order a copy</a></p>",
    )
    return boxed(bed, rng, _one_of(rng, forms))


@_box
def other_author(bed: Bed, rng: random.Random) -> bool:
    """Cards about the author below the text."""
    forms = (
        "<figure><img src='/a.jpg'></figure><div><h4><a href='/by/ada-quill'>Ada Quill</a></h4><p>Correspondent in {place} "
        "since 2009.</p></div>",
        "<img src='/a.jpg'><strong>Ada Quill</strong><p>Ada Quill is the reporter of the {place} Post for {topic}.</p>",
        "<a href='/by/ada-quill'><img src='/a.jpg'></a><p><a href='/by/ada-quill'>Ada Quill</a> writes about {topic} in "
        "{place}.</p>",
    )
    return insert_after(bed.paragraphs[-1], f'<div class="{made_up_name(rng)}">{_one_of(rng, forms)}</div>')


@_box
def other_card(bed: Bed, rng: random.Random) -> bool:
    """Cards for other stories."""
    forms = (
        "<a href='/{name}'><img src='/p.jpg'><div>{title}</div><div>Nobody was asked about {topic}, say people there.</div></a>",
        "<article><a href='/{name}'><img src='/p.jpg'></a><h4><a href='/{name}'>{title}</a></h4><span>3 min</span></article>",
        "<h5>From the archive</h5><p><a href='/{name}'>{title}</a></p><p>What became of {topic}.</p>",
        "<h4><a href='/{name}'>{title}</a></h4><p>Nobody in {place} was asked.</p><p><a href='/{name}'>Full story</a></p>",
    )
    return boxed(bed, rng, _one_of(rng, forms))
