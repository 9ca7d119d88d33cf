"""Ways in which a page changes while its article does not, and ways in which the article does.

Each variation takes a parsed page (``Bed``) and a seeded random source and alters the tree in place.
Texts are invented here. ``FURNITURE`` must leave every reading alone; ``EDITS`` must be seen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree, html

_TOPICS = ("harbour tolls", "the bridge repairs", "school meals", "a hospital merger", "night trains", "water prices")
_PLACES = ("Norhaven", "Eastmere", "Port Calder", "Lindow", "Stavely", "Grange")


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
FURNITURE: dict[str, Variation] = {}
EDITS: dict[str, Variation] = {}


def _furniture(function: Variation) -> Variation:
    FURNITURE[function.__name__] = function
    return function


def _edit(function: Variation) -> Variation:
    EDITS[function.__name__] = function
    return function


def _make(markup: str) -> html.HtmlElement:
    return html.fragment_fromstring(markup)


def _title(rng: random.Random) -> str:
    return f"{rng.choice(_PLACES)} council to vote on {rng.choice(_TOPICS)} as costs rise"


def _link(rng: random.Random) -> str:
    return f'<a href="/news/{rng.randrange(10**6)}">{_title(rng)}</a>'


def _insert_after(anchor: html.HtmlElement, markup: str) -> bool:
    parent = anchor.getparent()
    if parent is None:
        return False
    element = _make(markup)
    element.tail, anchor.tail = anchor.tail, None
    parent.insert(parent.index(anchor) + 1, element)
    return True


def _middle(bed: Bed, rng: random.Random) -> html.HtmlElement:
    return bed.paragraphs[rng.randrange(1, len(bed.paragraphs) - 1)]


def _to_body(bed: Bed, markup: str, *, first: bool = False) -> bool:
    body = bed.root.find("body")
    if body is None:
        return False
    if first:
        body.insert(0, _make(markup))
    else:
        body.append(_make(markup))
    return True


def _hash(rng: random.Random) -> str:
    return "".join(rng.choice("abcdefghijkmnpqrstuvwxyz0123456789") for _ in range(7))


@_furniture
def link_targets(bed: Bed, rng: random.Random) -> bool:
    """Every link carries another tracking parameter."""
    for link in bed.root.iter("a"):
        href = link.get("href") or ""
        if href.startswith(("http", "/")):
            link.set("href", f"{href}{'&' if '?' in href else '?'}ref={_hash(rng)}")
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
    return _to_body(bed, f'<div class="counter">{rng.randrange(10**5)} readers online</div>') or done


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
                "class", re.sub(r"((?:css|sc|jsx|svelte)-)[a-z0-9]{5,}", lambda m: m.group(1) + _hash(rng), names)
            )
            done = True
    return done


@_furniture
def menu_items(bed: Bed, rng: random.Random) -> bool:
    """The navigation gets new entries."""
    items = "".join(f"<li><a href='/{_hash(rng)}'>{rng.choice(_PLACES)}</a></li>" for _ in range(rng.randrange(2, 9)))
    return _to_body(bed, f"<nav><ul>{items}</ul></nav>", first=True)


@_furniture
def breaking_banner(bed: Bed, rng: random.Random) -> bool:
    """A strip above everything announces another story."""
    return _to_body(bed, f'<div class="{_hash(rng)}"><strong>Breaking</strong> {_link(rng)}</div>', first=True)


@_furniture
def related_box(bed: Bed, rng: random.Random) -> bool:
    """A box of related links between two paragraphs, named as such."""
    items = "".join(f"<li>{_link(rng)}</li>" for _ in range(4))
    return _insert_after(_middle(bed, rng), f'<div class="related-stories"><h3>Related</h3><ul>{items}</ul></div>')


@_furniture
def related_unnamed(bed: Bed, rng: random.Random) -> bool:
    """The same with class names that say nothing."""
    items = "".join(f"<li>{_link(rng)}</li>" for _ in range(4))
    return _insert_after(
        _middle(bed, rng),
        f'<div class="{_hash(rng)}"><h3>More on this story</h3><ul class="{_hash(rng)}">{items}</ul></div>',
    )


@_furniture
def related_teasers(bed: Bed, rng: random.Random) -> bool:
    """Related articles after the text, each with a sentence of summary."""
    cards = "".join(
        f"<article><h3>{_link(rng)}</h3><p>Residents of {rng.choice(_PLACES)} say they were never asked about "
        f"{rng.choice(_TOPICS)}.</p></article>"
        for _ in range(5)
    )
    last = bed.paragraphs[-1]
    return _insert_after(last, f'<section class="recommended-articles"><h2>You may also like</h2>{cards}</section>')


@_furniture
def newsletter_box(bed: Bed, rng: random.Random) -> bool:
    """A newsletter box with a form."""
    return _insert_after(
        _middle(bed, rng),
        '<div class="newsletter-signup"><h4>The Morning Ferry</h4><p>Get the day\'s main stories in your inbox every '
        'morning at seven.</p><form action="/nl"><input type="email"><button>Sign up</button></form></div>',
    )


@_furniture
def newsletter_unnamed(bed: Bed, rng: random.Random) -> bool:
    """A newsletter paragraph that looks like the others."""
    return _insert_after(
        _middle(bed, rng),
        f'<p>Sign up to our <a href="/nl/{_hash(rng)}">daily newsletter</a> and get the stories that matter in your inbox.</p>',
    )


@_furniture
def read_more(bed: Bed, rng: random.Random) -> bool:
    """A paragraph that points to another story."""
    form = rng.choice(("<p><strong>Read more:</strong> {}</p>", "<p>Read more: {}</p>", "<p><b>READ MORE | </b>{}</p>"))
    return _insert_after(_middle(bed, rng), form.format(_link(rng)))


@_furniture
def see_also(bed: Bed, rng: random.Random) -> bool:
    """A paragraph that is one link, set in bold."""
    return _insert_after(_middle(bed, rng), f"<p><strong>{_link(rng)}</strong></p>")


@_furniture
def updated_ago(bed: Bed, rng: random.Random) -> bool:
    """A running clock above the text."""
    minutes = rng.randrange(2, 59)
    anchor = bed.headline if bed.headline is not None else bed.paragraphs[0]
    return _insert_after(anchor, f'<div class="{_hash(rng)}">Updated {minutes} minutes ago</div>')


@_furniture
def cookie_wall(bed: Bed, rng: random.Random) -> bool:
    """A consent dialog over the page."""
    partners = rng.randrange(100, 900)
    return _to_body(
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
        f'<li class="comment"><p class="author">{rng.choice(_PLACES)}Reader{rng.randrange(99)}</p><p>I have lived here for '
        f"{rng.randrange(3, 60)} years and nobody ever told us anything about {rng.choice(_TOPICS)}, which is typical of "
        "the way things are done in this town.</p></li>"
        for _ in range(6)
    )
    return _to_body(bed, f'<section id="comments" class="comments-area"><h2>6 comments</h2><ol>{said}</ol></section>')


@_furniture
def advert_slots(bed: Bed, rng: random.Random) -> bool:
    """Advert labels between paragraphs."""
    done = False
    for paragraph in bed.paragraphs[1:-1:3]:
        done = (
            _insert_after(paragraph, f'<div class="ad-slot" id="ad-{_hash(rng)}"><span>Advertisement</span></div>')
            or done
        )
    return done


@_furniture
def advert_unnamed(bed: Bed, rng: random.Random) -> bool:
    """The same where only the word says so."""
    return _insert_after(
        _middle(bed, rng), f'<div class="{_hash(rng)}"><p>Article continues below advertisement</p></div>'
    )


@_furniture
def share_bar(bed: Bed, rng: random.Random) -> bool:
    """Share links below the headline."""
    anchor = bed.headline if bed.headline is not None else bed.paragraphs[0]
    links = "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in ("Facebook", "WhatsApp", "Email", "Copy link"))
    return _insert_after(anchor, f'<div class="{_hash(rng)}"><span>Share</span><ul>{links}</ul></div>')


@_furniture
def most_read(bed: Bed, rng: random.Random) -> bool:
    """The most-read list changes."""
    items = "".join(f"<li><span>{n}</span> {_link(rng)}</li>" for n in range(1, 6))
    return _to_body(bed, f'<aside class="most-read"><h2>Most read</h2><ol>{items}</ol></aside>')


@_furniture
def video_player(bed: Bed, rng: random.Random) -> bool:
    """A video player's own words between paragraphs."""
    return _insert_after(
        _middle(bed, rng),
        f'<div class="video-player" id="v{_hash(rng)}"><p>Video Player is loading.</p><button>Play Video</button>'
        "<p>This is a modal window.</p></div>",
    )


@_furniture
def follow_us(bed: Bed, rng: random.Random) -> bool:
    """A last paragraph that asks readers to follow."""
    return _insert_after(
        bed.paragraphs[-1], f'<p><em>Follow us on <a href="https://x.test/{_hash(rng)}">Twitter</a>.</em></p>'
    )


@_furniture
def footer_text(bed: Bed, rng: random.Random) -> bool:
    """Legal words at the foot."""
    return _to_body(
        bed,
        f"<footer><p>© {rng.randrange(2015, 2027)} {rng.choice(_PLACES)} Media Ltd. Registered office: 1 Quay Street. "
        "The publisher is not responsible for the content of external sites. Read about our approach to external "
        "linking and about how complaints are handled.</p></footer>",
    )


def _boxed(bed: Bed, rng: random.Random, markup: str) -> bool:
    """A box with a name that says nothing, between two paragraphs."""
    return _insert_after(_middle(bed, rng), f'<div class="{_hash(rng)}">{markup}</div>')


@_furniture
def boxed_appeal(bed: Bed, rng: random.Random) -> bool:
    """An appeal for money in a box of its own."""
    return _boxed(
        bed, rng, f"<p>Reporting from {rng.choice(_PLACES)} costs money. Two crowns a month keep us at it.</p>"
    )


@_furniture
def boxed_poll(bed: Bed, rng: random.Random) -> bool:
    """A vote."""
    asked = f"<h4>Have your say</h4><p>Should the council pay for {rng.choice(_TOPICS)}?</p>"
    return _boxed(bed, rng, f"{asked}<button>Yes</button><button>No</button>")


@_furniture
def boxed_podcast(bed: Bed, rng: random.Random) -> bool:
    """A player for another programme."""
    return _boxed(
        bed,
        rng,
        f"<h3>The Quay Hour</h3><p>This week: {rng.choice(_TOPICS)}.</p><audio></audio><span>24:{rng.randrange(10, 60)}</span>",
    )


@_furniture
def boxed_event(bed: Bed, rng: random.Random) -> bool:
    """An evening that the outlet holds."""
    return _boxed(bed, rng, f"<p>Join our editors in {rng.choice(_PLACES)} on 12 June.</p><a href='/e'>Book a seat</a>")


@_furniture
def ticker(bed: Bed, rng: random.Random) -> bool:
    """Short news above the text, each with its time."""
    items = "".join(f"<li><time>{rng.randrange(24)}:{rng.randrange(10, 60)}</time> {_link(rng)}</li>" for _ in range(4))
    return _insert_after(bed.headline if bed.headline is not None else bed.paragraphs[0], f"<ul>{items}</ul>")


@_furniture
def author_box(bed: Bed, rng: random.Random) -> bool:
    """A line about the author below the text."""
    return _insert_after(
        bed.paragraphs[-1],
        f'<div class="{_hash(rng)}"><img src="/a.jpg"><a href="/a">Ada Quill</a><p>Ada covers {rng.choice(_TOPICS)}.</p></div>',
    )


@_furniture
def promo_with_picture(bed: Bed, rng: random.Random) -> bool:
    """A card for another story, with its first sentence."""
    return _boxed(
        bed,
        rng,
        f'<a href="/p"><img src="/p.jpg"></a><h3>{_link(rng)}</h3><p>People in {rng.choice(_PLACES)} say nobody asked '
        f"them about {rng.choice(_TOPICS)}.</p>",
    )


def _words(paragraph: html.HtmlElement) -> html.HtmlElement | None:
    """The element whose own text can be edited: the paragraph or its first inline child."""
    for element in (paragraph, *paragraph):
        if len((element.text or "").split()) >= 4:
            return element
    return None


@_edit
def one_word(bed: Bed, rng: random.Random) -> bool:
    """One word of one paragraph."""
    element = _words(_middle(bed, rng))
    if element is None or element.text is None:
        return False
    words = element.text.split(" ")
    place = next((i for i, word in enumerate(words) if word.isalpha() and len(word) > 2), None)
    if place is None:
        return False
    words[place] = "notably"
    element.text = " ".join(words)
    return True


@_edit
def paragraph_inserted(bed: Bed, rng: random.Random) -> bool:
    """A new paragraph."""
    return _insert_after(
        _middle(bed, rng),
        f"<p>The harbour board said in a statement that {rng.randrange(12, 90)} of the moorings would stay closed until a "
        "survey of the east quay had been finished.</p>",
    )


@_edit
def short_paragraph_inserted(bed: Bed, rng: random.Random) -> bool:
    """A new paragraph of one short sentence."""
    return _insert_after(_middle(bed, rng), f"<p>He denied it {rng.randrange(2, 9)} times.</p>")


@_edit
def paragraph_deleted(bed: Bed, rng: random.Random) -> bool:
    """A paragraph goes."""
    paragraph = _middle(bed, rng)
    paragraph.getparent().remove(paragraph)
    return True


@_edit
def paragraph_moved(bed: Bed, rng: random.Random) -> bool:
    """A paragraph moves."""
    one, two = bed.paragraphs[1], bed.paragraphs[-1]
    if one is two or one.getparent() is None or two.getparent() is None or etree.tostring(one) == etree.tostring(two):
        return False
    parent = two.getparent()
    parent.insert(parent.index(two) + 1, one)
    return True


@_edit
def headline_changed(bed: Bed, rng: random.Random) -> bool:
    """One word more in the printed headline."""
    if bed.headline is None or len(bed.headline) or not (bed.headline.text or "").strip():
        return False
    bed.headline.text = f"{(bed.headline.text or '').rstrip()} quickly"
    return True


@_edit
def caption_added(bed: Bed, rng: random.Random) -> bool:
    """A picture with a caption."""
    return _insert_after(
        _middle(bed, rng),
        '<figure><img src="/quay.jpg" alt=""><figcaption>The east quay at low tide on Monday.</figcaption></figure>',
    )


_NOTE = "Correction: An earlier version of this article misstated the number of moorings on the east quay."


@_edit
def note_on_top(bed: Bed, rng: random.Random) -> bool:
    """A correction note before the text."""
    parent = bed.paragraphs[0].getparent()
    parent.insert(parent.index(bed.paragraphs[0]), _make(f"<p><em>{_NOTE}</em></p>"))
    return True


@_edit
def note_at_end(bed: Bed, rng: random.Random) -> bool:
    """A correction note after the text."""
    return _insert_after(bed.paragraphs[-1], f"<p><em>{_NOTE}</em></p>")


@_edit
def note_in_aside(bed: Bed, rng: random.Random) -> bool:
    """A correction note in a box beside the text."""
    return _insert_after(_middle(bed, rng), f'<aside class="{_hash(rng)}"><p>{_NOTE}</p></aside>')


@_edit
def note_in_footer(bed: Bed, rng: random.Random) -> bool:
    """A correction note in the article's footer."""
    return _insert_after(bed.paragraphs[-1], f"<footer><p>{_NOTE}</p></footer>")


@_edit
def byline_changed(bed: Bed, rng: random.Random) -> bool:
    """Another name wherever the page names its author."""
    name = stated_author(bed.root)
    if not name:
        return False
    for element in bed.root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text and name in element.text:
            element.text = element.text.replace(name, "Ada Quillfeather")
        if element.tail and name in element.tail:
            element.tail = element.tail.replace(name, "Ada Quillfeather")
        if element.tag == "meta" and name in (element.get("content") or ""):
            element.set("content", element.get("content", "").replace(name, "Ada Quillfeather"))
    return True


def stated_author(root: html.HtmlElement) -> str:
    """The author's name in the page's JSON-LD, "" without one of two plain words."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            found = re.search(r'"author"\s*:\s*\[?\s*\{[^{}]*"name"\s*:\s*"([A-Z][a-z]+ [A-Z][a-z]+)"', script.text)
            if found:
                return found.group(1)
    return ""
