"""Ways in which an article changes: each of ``EDITS`` must be seen, and nothing else with it."""

from __future__ import annotations

import random
import re

from lxml import etree, html

from bench.page_bed import Bed, Variation, insert_after, kept_in, made_up_name, make, middle

EDITS: dict[str, Variation] = {}
_edit = kept_in(EDITS)


def _words(paragraph: html.HtmlElement) -> html.HtmlElement | None:
    """The element whose own text can be edited: the paragraph or its first inline child."""
    for element in (paragraph, *paragraph):
        if len((element.text or "").split()) >= 4:
            return element
    return None


@_edit
def one_word(bed: Bed, rng: random.Random) -> bool:
    """One word of one paragraph."""
    element = _words(middle(bed, rng))
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
    return insert_after(
        middle(bed, rng),
        f"<p>The harbour board said in a statement that {rng.randrange(12, 90)} of the moorings would stay closed until a "
        "survey of the east quay had been finished.</p>",
    )


@_edit
def short_paragraph_inserted(bed: Bed, rng: random.Random) -> bool:
    """A new paragraph of one short sentence."""
    return insert_after(middle(bed, rng), f"<p>He denied it {rng.randrange(2, 9)} times.</p>")


@_edit
def paragraph_deleted(bed: Bed, rng: random.Random) -> bool:
    """A paragraph goes."""
    paragraph = middle(bed, rng)
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
    return insert_after(
        middle(bed, rng),
        '<figure><img src="/quay.jpg" alt=""><figcaption>The east quay at low tide on Monday.</figcaption></figure>',
    )


_NOTE = "Correction: An earlier version of this article misstated the number of moorings on the east quay."


@_edit
def note_on_top(bed: Bed, rng: random.Random) -> bool:
    """A correction note before the text."""
    parent = bed.paragraphs[0].getparent()
    parent.insert(parent.index(bed.paragraphs[0]), make(f"<p><em>{_NOTE}</em></p>"))
    return True


@_edit
def note_at_end(bed: Bed, rng: random.Random) -> bool:
    """A correction note after the text."""
    return insert_after(bed.paragraphs[-1], f"<p><em>{_NOTE}</em></p>")


@_edit
def note_in_aside(bed: Bed, rng: random.Random) -> bool:
    """A correction note in a box beside the text."""
    return insert_after(middle(bed, rng), f'<aside class="{made_up_name(rng)}"><p>{_NOTE}</p></aside>')


@_edit
def note_in_footer(bed: Bed, rng: random.Random) -> bool:
    """A correction note in the article's footer."""
    return insert_after(bed.paragraphs[-1], f"<footer><p>{_NOTE}</p></footer>")


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
