"""What one page of the matrix is before any markup: a story, and all that stands around it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from bench.matrix.stories import Story


@dataclass(frozen=True)
class Around:
    """Everything on a page that is not the article.

    Attributes:
        adverts, most_read, related, inside: seeds; another number, other contents.
        banner, newsletter, cookies, breaking: whether the box is there.
    """

    adverts: int = 1
    most_read: int = 1
    related: int = 1
    inside: int = 1
    ago: int = 4
    reading: int = 3
    comments: int = 12
    shares: int = 40
    weather: int = 14
    build: int = 1
    advert_inside: bool = True
    newsletter: bool = True
    cookies: bool = False
    breaking: bool = False


@dataclass(frozen=True)
class Page:
    """One state of one address.

    Attributes:
        live: the story's entries, none for an ordinary report.
        note: a correction note, and where it stands (``body`` or ``footer``).
        spacing: white space between elements.
        entities: characters are written as numeric entities where they may be.
    """

    story: Story
    around: Around = Around()
    live: tuple[tuple[str, str], ...] = ()
    note: str = ""
    note_place: str = "body"
    tracking: str = "a1"
    image: int = 640
    spacing: str = "\n"
    entities: bool = False

    def say(self, what: str, value: object = "") -> str:
        """One of the site's own phrases."""
        return escape(self.story.words[what].format(value))

    def text(self, text: str) -> str:
        """Text as it stands in the markup."""
        if self.entities:
            return "".join(f"&#{ord(c)};" if not c.isascii() or c in "&<>\"'" else c for c in text)
        return escape(text, quote=False)

    def titles(self, seed: int, count: int) -> list[str]:
        """Headlines of other stories, another choice for another seed."""
        return random.Random(f"{seed}{self.story.outlet}").sample(self.story.others, count)

    def links(self, seed: int, count: int, tag: str = "li") -> str:
        """A list of links to other stories."""
        return "".join(
            f'<{tag}><a href="/story-{abs(hash_of(title))}">{escape(title)}</a></{tag}>'
            for title in self.titles(seed, count)
        )

    def paragraph(self, text: str) -> str:
        """A paragraph's inside, with the story's link in it."""
        shown, link = self.text(text), self.text(self.story.link)
        if not self.story.link or self.story.link not in text:
            return shown
        return shown.replace(link, f'<a href="/papers/5?ref={self.tracking}">{link}</a>', 1)

    def content(self) -> list[tuple[str, str]]:
        """The body in order: kind (p, h2, items, rows, entry, note, links, advert, newsletter) and inner markup."""
        story, around = self.story, self.around
        body = [("p", self.paragraph(text)) for text in story.paragraphs]
        body[6:6] = [("rows", ""), *([("newsletter", self.say("newsletter"))] if around.newsletter else [])]
        body[5:5] = [("items", "")]
        body[3:3] = [("h2", self.text(story.subhead))] if story.subhead else []
        if around.advert_inside:
            body[2:2] = [("advert", str(around.adverts))]
        if around.inside:
            title = self.titles(around.inside, 1)[0]
            body[1:1] = [("links", self.say("read_more", title))]
        body[0:0] = [("entry", f"<b>{when}</b> {self.text(text)}") for when, text in self.live]
        if self.note and self.note_place == "body":
            body.append(("note", self.text(self.note)))
        return body


def hash_of(text: str) -> int:
    """A small number for a text, the same in every process."""
    return sum((number + 1) * ord(char) for number, char in enumerate(text)) % 100_000
