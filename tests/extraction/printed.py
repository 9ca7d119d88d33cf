"""A fictional article page, printed with whatever a test wants to be different."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

PARAGRAPHS = (
    "NORHAVEN, May 4 - The harbour board will close the east quay for eleven days, it said on Sunday.",
    "The closure follows a survey in which divers found 12 cracked piles under the ferry berth, the board said.",
    "“We could not wait for the autumn,” said Ida Marlow, who chairs the board and signed the order herself.",
    "Ferries will use the west quay, where two of the three berths are open to foot passengers only.",
    "A second survey is to begin in June and will cost the town about 1.4 million crowns, according to the order.",
)
HEADLINE = "Norhaven closes its east quay for eleven days"
NOTE = "Correction: An earlier version of this article misstated the number of cracked piles."


@dataclass(frozen=True)
class Printing:
    """How the page is printed this time."""

    headline: str = HEADLINE
    author: str = "Ada Quill"
    paragraphs: tuple[str, ...] = PARAGRAPHS
    box: str = "story-body"
    between: str = ""  # markup behind the second paragraph
    above: str = ""  # markup behind the headline
    below: str = ""  # markup behind the last paragraph, inside the box
    menu: str = "<li><a href='/sea'>Sea</a></li>"
    most_read: str = "<li><a href='/1'>Ferry fares to rise again</a></li>"
    footer: str = "<p>The Norhaven Ledger is printed by the Ledger Company of Norhaven, 1 Quay Street.</p>"
    modified: str = "2031-05-04T09:00:00Z"
    json_author: bool = True
    caption: str = "The east quay on Sunday, with the ferry Marigold at berth two."

    def but(self, **changes: object) -> Printing:
        """The same page but for some parts."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def edited(self, number: int, old: str, new: str) -> Printing:
        """The same page with other words in one paragraph."""
        changed = list(self.paragraphs)
        assert old in changed[number]
        changed[number] = changed[number].replace(old, new)
        return replace(self, paragraphs=tuple(changed))

    def html(self) -> bytes:
        """The page."""
        author = f'"author":{{"@type":"Person","name":"{self.author}"}},' if self.json_author else ""
        said = [f"<p>{text}</p>" for text in self.paragraphs]
        said.insert(2, self.between)
        figure = f"<figure><img src=q.jpg><figcaption>{self.caption}</figcaption></figure>"
        return (
            f"<!doctype html><html lang=en><head><title>{self.headline} - The Norhaven Ledger</title>"
            '<meta property="og:type" content="article"><meta name="description" content="The east quay closes.">'
            f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{self.headline}",{author}'
            f'"datePublished":"2031-05-04T06:00:00Z","dateModified":"{self.modified}"}}</script></head><body>'
            f"<nav><ul>{self.menu}</ul></nav><main><article><h1>{self.headline}</h1>{self.above}"
            f'<p class="byline">By {self.author}</p>{figure}<div class="{self.box}">{"".join(said)}{self.below}</div>'
            f"</article></main><aside class=most-read><h2>Most read</h2><ol>{self.most_read}</ol></aside>"
            f"<footer>{self.footer}</footer></body></html>"
        ).encode()


PAGE = Printing()


@dataclass(frozen=True)
class Case:
    """A named change to the page."""

    name: str
    page: Printing = field(default_factory=Printing)

    def __str__(self) -> str:
        return self.name


LINKS = "<ul><li><a href='/a'>Ferry fares to rise</a></li><li><a href='/b'>Night trains return to Lindow</a></li></ul>"
FURNITURE = (
    Case("menu", PAGE.but(menu="<li><a href='/x'>Weather</a></li><li><a href='/y'>Sport</a></li>")),
    Case("most read", PAGE.but(most_read="<li><a href='/2'>Bridge repairs cost twice as much</a></li>")),
    Case("related box", PAGE.but(between=f"<div class=q7x><h3>More on this story</h3>{LINKS}</div>")),
    Case("read more", PAGE.but(between="<p>Read more: <a href='/z'>Divers find more cracks</a></p>")),
    Case("link alone", PAGE.but(between="<p><b><a href='/z'>Divers find more cracks at the west quay</a></b></p>")),
    Case("newsletter", PAGE.but(between="<p>Sign up to our newsletter and get the news in your inbox.</p>")),
    Case("clock", PAGE.but(above="<div class=zz>Updated 7 minutes ago</div>")),
    Case("box renamed by a build", PAGE.but(box="story-body css-9x8y7z")),
    Case("promo box", PAGE.but(below="<div class=k3><h4>Hear it first</h4><p>The Ledger app, now with maps</p></div>")),
    Case("comments", PAGE.but(footer="<p>6 comments</p><p>I have lived here for years, Ida Marlow is right!</p>")),
)
EDITS = (
    Case("one word", PAGE.edited(1, "cracked", "broken")),
    Case("one figure", PAGE.edited(1, "12", "21")),
    Case("first paragraph", PAGE.edited(0, "eleven", "twelve")),
    Case("last paragraph", PAGE.edited(4, "about ", "")),
    Case("paragraph goes", PAGE.but(paragraphs=PARAGRAPHS[:2] + PARAGRAPHS[3:])),
    Case("last paragraph goes", PAGE.but(paragraphs=PARAGRAPHS[:-1])),
    Case("paragraph comes", PAGE.but(between="<p>He denied it twice.</p>")),
    Case("paragraph below", PAGE.but(paragraphs=(*PARAGRAPHS, "The board meets again on Friday."))),
    Case("paragraphs change places", PAGE.but(paragraphs=(PARAGRAPHS[1], PARAGRAPHS[0], *PARAGRAPHS[2:]))),
    Case("headline", PAGE.but(headline="Norhaven closes its east quay for twelve days")),
    Case("byline", PAGE.but(author="Ben Farrow")),
    Case("caption", PAGE.but(caption="The east quay on Saturday.")),
    Case("note on top", PAGE.but(above=f"<p><em>{NOTE}</em></p>")),
    Case("note below", PAGE.but(below=f"<p><em>{NOTE}</em></p>")),
    Case("note in an aside", PAGE.but(between=f"<aside class=u1><p>{NOTE}</p></aside>")),
    Case("note in the footer", PAGE.but(footer=f"<p>{NOTE}</p><p>The Norhaven Ledger is printed by us.</p>")),
)
