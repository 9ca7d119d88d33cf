"""Rules of accessible pages that a program can check, after WCAG 2.2 and axe's rule list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import html

Tree = Any
"""A parsed page: lxml's XPath gives whatever was asked for."""

LABELLED_BY = ("aria-labelledby", "aria-describedby")


def faults(page: str) -> list[str]:
    """What is wrong with a page; empty if nothing is."""
    tree = parsed(page)
    checks = (document, landmarks, headings, identities, names, forms, tables, drawings, directions, differences)
    return [fault for check in checks for fault in check(tree)]


def parsed(page: str) -> Tree:
    """A page as a tree."""
    return html.document_fromstring(page)


def document(tree: Tree) -> Iterator[str]:
    """Language, title, viewport that can be zoomed."""
    if not tree.get("lang"):
        yield "the page has no language"
    if not (tree.findtext("head/title") or "").strip():
        yield "the page has no title"
    viewport = tree.xpath("string(//meta[@name='viewport']/@content)")
    if "width=device-width" not in viewport or "user-scalable=no" in viewport or "maximum-scale" in viewport:
        yield f"viewport: {viewport}"


def landmarks(tree: Tree) -> Iterator[str]:
    """One main; a skip link that leads to it; every nav, aside and region named."""
    if len(tree.xpath("//main")) != 1:
        yield "not exactly one main"
    first = tree.xpath("//body//a")[0]
    if first.get("href") != "#main" or not tree.xpath("//*[@id='main']"):
        yield "the first link does not skip to the content"
    for element in tree.xpath("//nav | //aside | //*[@role='region']"):
        if not (element.get("aria-label") or element.get("aria-labelledby")):
            yield f"{element.tag} without a name"
    labels = Counter(element.get("aria-label") for element in tree.xpath("//nav"))
    yield from (f"two navs named {label}" for label, count in labels.items() if count > 1)


def headings(tree: Tree) -> Iterator[str]:
    """One h1; no level skipped; none empty."""
    found = tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    if sum(element.tag == "h1" for element in found) != 1:
        yield "not exactly one h1"
    level = 0
    for element in found:
        here = int(element.tag[1])
        if here > level + 1:
            yield f"h{level} is followed by h{here}: {element.text_content()[:40]}"
        if not element.text_content().strip():
            yield f"empty {element.tag}"
        level = here


def identities(tree: Tree) -> Iterator[str]:
    """Ids are unique; what refers to one finds it."""
    counts = Counter(tree.xpath("//@id"))
    yield from (f"id {name} stands {count} times" for name, count in counts.items() if count > 1)
    for attribute in (*LABELLED_BY, "for"):
        for value in tree.xpath(f"//@{attribute}"):
            yield from (f"{attribute} names {name}, which is not there" for name in value.split() if name not in counts)
    for target in tree.xpath("//a[starts-with(@href, '#')]/@href"):
        if target[1:] not in counts:
            yield f"a link to {target}, which is not there"


def names(tree: Tree) -> Iterator[str]:
    """Links and buttons say what they do."""
    for element in tree.xpath("//a | //button | //summary"):
        if not (element.text_content().strip() or element.get("aria-label")):
            yield f"{element.tag} without words: {html.tostring(element)[:80]!r}"
    for element in tree.xpath("//*[@aria-hidden='true']//a | //*[@aria-hidden='true']//*[@tabindex]"):
        yield f"hidden but reachable: {html.tostring(element)[:80]!r}"
    for element in tree.xpath("//*[@tabindex > 0]"):
        yield f"a tab order of its own: {element.tag}"


def forms(tree: Tree) -> Iterator[str]:
    """Every control has a label."""
    labelled = set(tree.xpath("//label/@for"))
    for element in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        if element.get("id") not in labelled:
            yield f"{element.tag} {element.get('name')} without a label"


def tables(tree: Tree) -> Iterator[str]:
    """Every table has a caption, and scopes on its header cells."""
    for table in tree.xpath("//table"):
        if not table.xpath("caption[normalize-space()]"):
            yield "a table without a caption"
        if table.xpath(".//th[not(@scope)]"):
            yield "a header cell without a scope"
        widths = {
            int(line.xpath("count(th | td) + sum(th/@colspan) - count(th/@colspan)")) for line in table.xpath(".//tr")
        }
        if len(widths) > 1:
            yield f"rows of different length: {widths}"


def directions(tree: Tree) -> Iterator[str]:
    """``dir="auto"`` does not look into ``bdi`` (HTML, the dir attribute): what is all in one stands left to right."""
    for element in tree.xpath("//*[@dir='auto'][.//bdi]"):
        if not "".join(element.xpath(".//text()[not(ancestor::bdi)]")).strip():
            yield f"dir=auto with all text in bdi: {element.text_content().strip()[:40]}"


def drawings(tree: Tree) -> Iterator[str]:
    """Drawings have a role, a title and a description."""
    for drawing in tree.xpath("//*[local-name()='svg']"):
        role = "group" if drawing.xpath(".//*[local-name()='a']") else "img"  # an image has nothing to press inside
        if drawing.get("role") != role or not drawing.get("aria-labelledby"):
            yield "a drawing without role or name"
    yield from ("an image without alt" for _ in tree.xpath("//img[not(@alt)]"))


def differences(tree: Tree) -> Iterator[str]:
    """Every mark says in words what it is."""
    for element in tree.xpath("//ins | //del"):
        if element.getparent().getparent() is not None and element.xpath("ancestor::section[@aria-labelledby='marks']"):
            continue
        if not element.xpath("bdi[@class='sr']"):
            yield f"{element.tag} that a screen reader does not announce"
