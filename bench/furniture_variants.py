"""Ways in which a page changes while its article does not.

Each variation takes a parsed page (``Bed``) and a seeded random source and alters the tree in place.
``FURNITURE`` must leave every reading alone.
"""

from __future__ import annotations

import random
import re

from lxml import html

from bench.furniture_boxes import BOXES
from bench.page_bed import (
    PLACES,
    TOPICS,
    Bed,
    Variation,
    boxed,
    insert_after,
    kept_in,
    made_up_name,
    middle,
    other_link,
    to_body,
)

FURNITURE: dict[str, Variation] = {}
_furniture = kept_in(FURNITURE)


@_furniture
def link_targets(bed: Bed, rng: random.Random) -> bool:
    """Every link carries another tracking parameter."""
    for link in bed.root.iter("a"):
        href = link.get("href") or ""
        if href.startswith(("http", "/")):
            link.set("href", f"{href}{'&' if '?' in href else '?'}ref={made_up_name(rng)}")
    return True


@_furniture
def counters(bed: Bed, rng: random.Random) -> bool:
    """Share, comment and visitor counts outside the text move on."""
    inside = set(bed.paragraphs)
    done = False
    for element in bed.root.iter("span", "li", "button"):
        text = element.text or ""
        around = set(element.iterancestors())
        # numbers in a table or within a line of words are the article's
        in_table = any(box.tag == "table" or (box.tag in ("li", "p") and _has_words(box)) for box in around)
        in_table = in_table or _has_words(element)
        if 0 < len(text.strip()) <= 6 and text.strip().isdigit() and not in_table and not inside & around:
            element.text = str(rng.randrange(10**4))
            done = True
    return to_body(bed, f'<div class="counter">{rng.randrange(10**5)} readers online</div>') or done


def _has_words(element: html.HtmlElement) -> bool:
    return sum(char.isalpha() for char in "".join(map(str, element.itertext()))) > 5


@_furniture
def build_hashes(bed: Bed, rng: random.Random) -> bool:
    """A new build of the site renames its hashed classes."""
    done = False
    for element in bed.root.iter():
        names = element.get("class") if isinstance(element.tag, str) else None
        if names and re.search(r"(?:css|sc|jsx|svelte)-[a-z0-9]{5,}", names):
            element.set(
                "class",
                re.sub(r"((?:css|sc|jsx|svelte)-)[a-z0-9]{5,}", lambda m: m.group(1) + made_up_name(rng), names),
            )
            done = True
    return done


@_furniture
def menu_items(bed: Bed, rng: random.Random) -> bool:
    """The navigation gets new entries."""
    items = "".join(
        f"<li><a href='/{made_up_name(rng)}'>{rng.choice(PLACES)}</a></li>" for _ in range(rng.randrange(2, 9))
    )
    return to_body(bed, f"<nav><ul>{items}</ul></nav>", first=True)


@_furniture
def breaking_banner(bed: Bed, rng: random.Random) -> bool:
    """A strip above everything announces another story."""
    return to_body(
        bed, f'<div class="{made_up_name(rng)}"><strong>Breaking</strong> {other_link(rng)}</div>', first=True
    )


@_furniture
def related_box(bed: Bed, rng: random.Random) -> bool:
    """A box of related links between two paragraphs, named as such."""
    items = "".join(f"<li>{other_link(rng)}</li>" for _ in range(4))
    return insert_after(middle(bed, rng), f'<div class="related-stories"><h3>Related</h3><ul>{items}</ul></div>')


@_furniture
def related_unnamed(bed: Bed, rng: random.Random) -> bool:
    """The same with class names that say nothing."""
    items = "".join(f"<li>{other_link(rng)}</li>" for _ in range(4))
    return insert_after(
        middle(bed, rng),
        f'<div class="{made_up_name(rng)}"><h3>More on this story</h3><ul class="{made_up_name(rng)}">{items}</ul></div>',
    )


@_furniture
def related_teasers(bed: Bed, rng: random.Random) -> bool:
    """Related articles after the text, each with a sentence of summary."""
    cards = "".join(
        f"<article><h3>{other_link(rng)}</h3><p>Residents of {rng.choice(PLACES)} say they were never asked about "
        f"{rng.choice(TOPICS)}.</p></article>"
        for _ in range(5)
    )
    last = bed.paragraphs[-1]
    return insert_after(last, f'<section class="recommended-articles"><h2>You may also like</h2>{cards}</section>')


@_furniture
def newsletter_box(bed: Bed, rng: random.Random) -> bool:
    """A newsletter box with a form."""
    return insert_after(
        middle(bed, rng),
        '<div class="newsletter-signup"><h4>The Morning Ferry</h4><p>Get the day\'s main stories in your inbox every '
        'morning at seven.</p><form action="/nl"><input type="email"><button>Sign up</button></form></div>',
    )


@_furniture
def newsletter_unnamed(bed: Bed, rng: random.Random) -> bool:
    """A newsletter paragraph that looks like the others."""
    return insert_after(
        middle(bed, rng),
        f'<p>Sign up to our <a href="/nl/{made_up_name(rng)}">daily newsletter</a> and get the stories that matter in your inbox.</p>',
    )


@_furniture
def read_more(bed: Bed, rng: random.Random) -> bool:
    """A paragraph that points to another story."""
    form = rng.choice(("<p><strong>Read more:</strong> {}</p>", "<p>Read more: {}</p>", "<p><b>READ MORE | </b>{}</p>"))
    return insert_after(middle(bed, rng), form.format(other_link(rng)))


@_furniture
def see_also(bed: Bed, rng: random.Random) -> bool:
    """A paragraph that is one link, set in bold."""
    return insert_after(middle(bed, rng), f"<p><strong>{other_link(rng)}</strong></p>")


@_furniture
def updated_ago(bed: Bed, rng: random.Random) -> bool:
    """A running clock above the text."""
    minutes = rng.randrange(2, 59)
    anchor = bed.headline if bed.headline is not None else bed.paragraphs[0]
    return insert_after(anchor, f'<div class="{made_up_name(rng)}">Updated {minutes} minutes ago</div>')


@_furniture
def cookie_wall(bed: Bed, rng: random.Random) -> bool:
    """A consent dialog over the page."""
    partners = rng.randrange(100, 900)
    return to_body(
        bed,
        f'<div id="cookie-banner" class="cookie-consent"><h2>We value your privacy</h2><p>We and our {partners} partners '
        "store and access personal data, like browsing data or unique identifiers, on your device. Selecting I Accept "
        "enables tracking technologies to support the purposes shown here.</p><p>You can change your choices at any time "
        "by using the link at the bottom of the page. Your choices will have effect within our website.</p>"
        "<button>I Accept</button></div>",
        first=rng.random() < 0.5,
    )


@_furniture
def comments(bed: Bed, rng: random.Random) -> bool:
    """Readers' comments below."""
    said = "".join(
        f'<li class="comment"><p class="author">{rng.choice(PLACES)}Reader{rng.randrange(99)}</p><p>I have lived here for '
        f"{rng.randrange(3, 60)} years and nobody ever told us anything about {rng.choice(TOPICS)}, which is typical of "
        "the way things are done in this town.</p></li>"
        for _ in range(6)
    )
    return to_body(bed, f'<section id="comments" class="comments-area"><h2>6 comments</h2><ol>{said}</ol></section>')


@_furniture
def advert_slots(bed: Bed, rng: random.Random) -> bool:
    """Advert labels between paragraphs."""
    done = False
    for paragraph in bed.paragraphs[1:-1:3]:
        done = (
            insert_after(
                paragraph, f'<div class="ad-slot" id="ad-{made_up_name(rng)}"><span>Advertisement</span></div>'
            )
            or done
        )
    return done


@_furniture
def advert_unnamed(bed: Bed, rng: random.Random) -> bool:
    """The same where only the word says so."""
    return insert_after(
        middle(bed, rng), f'<div class="{made_up_name(rng)}"><p>Article continues below advertisement</p></div>'
    )


@_furniture
def share_bar(bed: Bed, rng: random.Random) -> bool:
    """Share links below the headline."""
    anchor = bed.headline if bed.headline is not None else bed.paragraphs[0]
    links = "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in ("Facebook", "WhatsApp", "Email", "Copy link"))
    return insert_after(anchor, f'<div class="{made_up_name(rng)}"><span>Share</span><ul>{links}</ul></div>')


@_furniture
def most_read(bed: Bed, rng: random.Random) -> bool:
    """The most-read list changes."""
    items = "".join(f"<li><span>{n}</span> {other_link(rng)}</li>" for n in range(1, 6))
    return to_body(bed, f'<aside class="most-read"><h2>Most read</h2><ol>{items}</ol></aside>')


@_furniture
def video_player(bed: Bed, rng: random.Random) -> bool:
    """A video player's own words between paragraphs."""
    return insert_after(
        middle(bed, rng),
        f'<div class="video-player" id="v{made_up_name(rng)}"><p>Video Player is loading.</p><button>Play Video</button>'
        "<p>This is a modal window.</p></div>",
    )


@_furniture
def follow_us(bed: Bed, rng: random.Random) -> bool:
    """A last paragraph that asks readers to follow."""
    return insert_after(
        bed.paragraphs[-1], f'<p><em>Follow us on <a href="https://x.test/{made_up_name(rng)}">Twitter</a>.</em></p>'
    )


@_furniture
def footer_text(bed: Bed, rng: random.Random) -> bool:
    """Legal words at the foot."""
    return to_body(
        bed,
        f"<footer><p>© {rng.randrange(2015, 2027)} {rng.choice(PLACES)} Media Ltd. Registered office: 1 Quay Street. "
        "The publisher is not responsible for the content of external sites. Read about our approach to external "
        "linking and about how complaints are handled.</p></footer>",
    )


@_furniture
def boxed_appeal(bed: Bed, rng: random.Random) -> bool:
    """An appeal for money in a box of its own."""
    return boxed(bed, rng, f"<p>Reporting from {rng.choice(PLACES)} costs money. Two crowns a month keep us at it.</p>")


@_furniture
def boxed_poll(bed: Bed, rng: random.Random) -> bool:
    """A vote."""
    asked = f"<h4>Have your say</h4><p>Should the council pay for {rng.choice(TOPICS)}?</p>"
    return boxed(bed, rng, f"{asked}<button>Yes</button><button>No</button>")


@_furniture
def boxed_podcast(bed: Bed, rng: random.Random) -> bool:
    """A player for another programme."""
    return boxed(
        bed,
        rng,
        f"<h3>The Quay Hour</h3><p>This week: {rng.choice(TOPICS)}.</p><audio></audio><span>24:{rng.randrange(10, 60)}</span>",
    )


@_furniture
def boxed_event(bed: Bed, rng: random.Random) -> bool:
    """An evening that the outlet holds."""
    return boxed(bed, rng, f"<p>Join our editors in {rng.choice(PLACES)} on 12 June.</p><a href='/e'>Book a seat</a>")


@_furniture
def ticker(bed: Bed, rng: random.Random) -> bool:
    """Short news above the text, each with its time."""
    items = "".join(
        f"<li><time>{rng.randrange(24)}:{rng.randrange(10, 60)}</time> {other_link(rng)}</li>" for _ in range(4)
    )
    return insert_after(bed.headline if bed.headline is not None else bed.paragraphs[0], f"<ul>{items}</ul>")


@_furniture
def author_box(bed: Bed, rng: random.Random) -> bool:
    """A line about the author below the text."""
    return insert_after(
        bed.paragraphs[-1],
        f'<div class="{made_up_name(rng)}"><img src="/a.jpg"><a href="/a">Ada Quill</a><p>Ada covers {rng.choice(TOPICS)}.</p></div>',
    )


@_furniture
def promo_with_picture(bed: Bed, rng: random.Random) -> bool:
    """A card for another story, with its first sentence."""
    return boxed(
        bed,
        rng,
        f'<a href="/p"><img src="/p.jpg"></a><h3>{other_link(rng)}</h3><p>People in {rng.choice(PLACES)} say nobody asked '
        f"them about {rng.choice(TOPICS)}.</p>",
    )


FURNITURE |= BOXES
