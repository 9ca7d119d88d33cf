"""What an extractor read from a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from writethru.model.text import ArticleText, Block, BlockKind


class Sign(StrEnum):
    """What an extractor noticed about the page as a whole; decisions weigh these."""

    CHALLENGE = "challenge"  # bot check
    CONSENT = "consent"  # consent wall in place of the article
    PAYWALL = "paywall"  # only a teaser is shown
    SOFT_404 = "soft-404"  # "page not found" in words
    NO_HEADLINE_MARK = "no-headline-mark"  # headline only guessed from <title>
    LISTING = "listing"  # a section or home page, not an article


@dataclass(frozen=True, slots=True)
class Author:
    """One name of a byline.

    Attributes:
        name: as printed or stated, without "By".
        role: what the page says of the name ("Political editor", "Photographs"), or "".
        url: the address of the author's page, or "".
    """

    name: str
    role: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the article's text.

    Attributes:
        block: index into ``Extraction.blocks``.
        text: its words.
        url: its target, absolute where the page's address is known.
    """

    block: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another address of the article, or of a part of it, that the page names.

    Attributes:
        relation: ``amp``, ``next``, ``prev``, ``print`` or ``language``.
        language: of a page in another language, as stated.
    """

    relation: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """One entry of a live blog.

    Attributes:
        id: as the page names it, or "".
        time: as stated (ISO 8601), or "".
        blocks: indices into ``Extraction.blocks``, from ``blocks[0]`` up to but not including ``blocks[1]``.
    """

    id: str
    time: str
    headline: str
    blocks: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source on the page states for a field, where the field was read from another and differs."""

    field: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Held:
    """Something that was read otherwise than the page alone would have it read, by what is known of article or outlet.

    Attributes:
        what: ``block``, ``box`` (the article's), or the name of a field.
        kept: whether ``text`` is part of the reading.
        text: the words in question, cut where they are long.
        reason: the code of the verdict that stands.
        why: both sides in a sentence.
    """

    what: str
    kept: bool
    text: str
    reason: str
    why: str


@dataclass(frozen=True)
class Extraction:
    """What one extractor read from one page: fields, blocks and where each came from.

    Attributes:
        extractor: name and version, as ``"page/1"``; an upgrade is never an edit.
        published, modified: as the outlet states them (module docstring), or None.
        outlet, agency: names as read from the page, or "" (never guessed from nothing).
        provenance: field name to where it was read: ``json-ld``, ``meta``, ``page``, ``url``, …
        signs: what the page as a whole looked like.
        notes: remarks for a person ("no date on the page").
        read_with: digests of what was known when the page was read: ``memory``, ``profile``, ``rules``.
        kicker: the line over the headline that names the topic or the form.
        authors: the names of ``byline``, one by one.
        free: ``isAccessibleForFree`` as the outlet marks it; None where it says nothing.
        otherwise: what other sources on the page state for the same fields.
        held: what was read otherwise than the page alone says, by memory, profile or rules.
    """

    extractor: str
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    published: str | None = None
    modified: str | None = None
    outlet: str = ""
    agency: str = ""
    section: str = ""
    language: str = ""
    canonical_url: str | None = None
    blocks: tuple[Block, ...] = ()
    tail: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict)
    signs: frozenset[Sign] = frozenset()
    notes: tuple[str, ...] = ()
    read_with: Mapping[str, str] = field(default_factory=dict)
    kicker: str = ""
    authors: tuple[Author, ...] = ()
    free: bool | None = None
    alternates: tuple[Alternate, ...] = ()
    links: tuple[Link, ...] = ()
    entries: tuple[LiveEntry, ...] = ()
    otherwise: tuple[Statement, ...] = ()
    held: tuple[Held, ...] = ()

    @cached_property
    def article_text(self) -> ArticleText:
        """The part that makes a version; not the address of an embed, which a player's upgrade changes."""
        blocks = tuple(block for block in self.blocks if block.kind is not BlockKind.EMBED)
        return ArticleText(self.headline, self.standfirst, self.byline, self.dateline, blocks, self.tail)

    @property
    def credits(self) -> tuple[str, ...]:
        """The lines that credit further work on the article ("Additional reporting by …")."""
        return tuple(block.text for block in self.blocks if block.kind is BlockKind.CREDIT)

    @property
    def text(self) -> str:
        """The running text, without captions and credits."""
        return self.article_text.text

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "extractor": self.extractor,
            "kicker": self.kicker,
            "headline": self.headline,
            "standfirst": self.standfirst,
            "byline": self.byline,
            "authors": [_without_empty(asdict(author)) for author in self.authors],
            "dateline": self.dateline,
            "published": self.published,
            "modified": self.modified,
            "outlet": self.outlet,
            "agency": self.agency,
            "section": self.section,
            "language": self.language,
            "canonical_url": self.canonical_url,
            "alternates": [_without_empty(asdict(alternate)) for alternate in self.alternates],
            "free": self.free,
            "text": self.text,
            "blocks": [{"kind": b.kind.value, "text": b.text} for b in self.blocks],
            "entries": [
                {"id": e.id, "time": e.time, "headline": e.headline, "blocks": list(e.blocks)} for e in self.entries
            ],
            "links": [{"block": link.block, "text": link.text, "url": link.url} for link in self.links],
            "credits": list(self.credits),
            "otherwise": [{"field": s.field, "value": s.value, "source": s.source} for s in self.otherwise],
            "provenance": dict(self.provenance),
            "signs": sorted(s.value for s in self.signs),
            "notes": list(self.notes),
            **({"read_with": dict(self.read_with)} if self.read_with else {}),
            **({"held": [asdict(held) for held in self.held]} if self.held else {}),
        }


def _without_empty(form: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in form.items() if value != ""}
