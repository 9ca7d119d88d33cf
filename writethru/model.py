"""The nouns of Writethru: frozen values shared by every package.

Nothing here does I/O. Times are UTC-aware datetimes; times *stated by an outlet* are
ISO 8601 strings with just the precision and the zone the outlet gave (``2013-09-13``,
``2013-09-14T07:13``, ``2016-09-09T20:01:33+01:00``), because a missing zone is a fact too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any


class Outcome(StrEnum):
    """What one look at an article came to. Only ``edited`` makes or revives a version."""

    SAME = "same"
    EDITED = "edited"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    TEASER = "teaser"
    GONE = "gone"
    MOVED = "moved"
    ERROR = "error"


class Reason(StrEnum):
    """Why an outcome was decided; stable codes, stored with every capture and shown."""

    # edited
    FIRST_SEEN = "first_seen"
    TEXT_CHANGED = "text_changed"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    REWRITTEN = "rewritten"
    ALTERNATING = "alternating"
    ALTERNATED = "alternated"
    STATED_BY_SOURCE = "stated_by_source"
    # same
    NOT_MODIFIED = "not_modified"
    BYTES_EQUAL = "bytes_equal"
    TEXT_EQUAL = "text_equal"
    REGION_EQUAL = "region_equal"
    NEW_TEMPLATE = "new_template"
    # suspect
    TEXT_COLLAPSED = "text_collapsed"
    TEXT_EMPTY = "text_empty"
    TEMPLATE_BREAK = "template_break"
    OTHER_ARTICLE = "other_article"
    ANOTHER_ARTICLE = "another_article"  # also moved, once it has stood for a day
    TRUNCATED = "truncated"
    # blocked
    CHALLENGE_PAGE = "challenge_page"
    CONSENT_WALL = "consent_wall"
    STATUS_FORBIDDEN = "status_forbidden"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"
    # teaser
    PAYWALL = "paywall"
    # gone
    STATUS_GONE = "status_gone"
    SOFT_404 = "soft_404"
    # moved
    REDIRECT_HOME = "redirect_home"
    REDIRECT_ELSEWHERE = "redirect_elsewhere"
    # error
    STATUS_SERVER = "status_server"
    STATUS_OTHER = "status_other"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    REFUSED_ADDRESS = "refused_address"
    TOO_LARGE = "too_large"
    BROKEN_RESPONSE = "broken_response"
    NOT_TEXT = "not_text"
    READING_FAILED = "reading_failed"


class Medium(StrEnum):
    """What kind of evidence a capture rests on."""

    HTTP = "http"  # fetched by us
    WARC = "warc"  # a response record made by someone else
    PAGE = "page"  # a saved HTML file
    DUMP = "dump"  # a page saved as plain text
    JSONL = "jsonl"  # one line of a versions file
    NEWS_SNIFFER = "news-sniffer"  # one column of a version-comparison page
    WIRE = "wire"  # one version of a wire's item (ninjs, NewsML-G2)
    MEMENTO = "memento"  # answered by a web archive, dated by it


class TimeBasis(StrEnum):
    """How far a capture's time can be trusted."""

    OBSERVED = "observed"  # by our own clock
    STATED = "stated"  # by the file it came from (JSONL line, WARC-Date)
    RELATIVE = "relative"  # only the gap to its neighbours is known
    IMPORTED = "imported"  # not known; the time of import is an upper bound


class BlockKind(StrEnum):
    """What a block of an article is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    TABLE = "table"
    ENTRY = "entry"  # of a live blog
    NOTE = "note"  # correction or clarification
    CAPTION = "caption"
    IMAGE_CREDIT = "image-credit"
    CREDIT = "credit"  # "Additional reporting by ..."
    PULL_QUOTE = "pull-quote"  # words of the text, set once more for show
    EMBED = "embed"  # a player, a post or a document from elsewhere: its address


BODY_KINDS = frozenset(BlockKind) - {
    BlockKind.CAPTION,
    BlockKind.IMAGE_CREDIT,
    BlockKind.CREDIT,
    BlockKind.PULL_QUOTE,
    BlockKind.EMBED,
}
"""Kinds that are part of the running text; the others stand beside it."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article.

    Attributes:
        kind: what it is.
        text: its characters, without white space at either end.
        gap: the exact characters between the body block before it and this one
            (before the first: leading white space). Not used for captions and credits.
    """

    kind: BlockKind
    text: str
    gap: str = "\n\n"


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text of one article in one state: what is compared, stored and cited.

    Two states are the same version if and only if their ``digest()`` is equal; nothing
    is normalised. Stated dates are not part of it (they live in the extraction).
    """

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    blocks: tuple[Block, ...] = ()
    tail: str = ""  # exact characters after the last body block
    _stored: bytes = field(default=b"", init=False, repr=False, compare=False)  # its stored form, once asked for
    _words: int = field(default=-1, init=False, repr=False, compare=False)  # their number, once asked for

    FIELDS = ("headline", "standfirst", "byline", "dateline")

    @classmethod
    def from_plain(cls, text: str, *, headline: str = "") -> ArticleText:
        """Paragraphs separated by newlines; ``.text`` gives back ``text`` exactly."""
        blocks: list[Block] = []
        end = 0
        for match in _LINE.finditer(text):
            blocks.append(Block(BlockKind.PARAGRAPH, match.group(), text[end : match.start()]))
            end = match.end()
        return cls(headline=headline, blocks=tuple(blocks), tail=text[end:])

    @property
    def text(self) -> str:
        """The running text: body blocks with their exact gaps."""
        return "".join([piece for b in self.blocks if b.kind in BODY_KINDS for piece in (b.gap, b.text)]) + self.tail

    @property
    def words(self) -> int:
        """Words of the running text, parted by white space."""
        if self._words < 0:
            object.__setattr__(self, "_words", len(self.text.split()))
        return self._words

    def body_blocks(self) -> Iterator[Block]:
        """The blocks of the running text, in page order."""
        return (b for b in self.blocks if b.kind in BODY_KINDS)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; ``from_dict`` gives an equal value back."""
        return {
            **{name: getattr(self, name) for name in self.FIELDS},
            "blocks": [[b.kind._value_, b.text, b.gap] for b in self.blocks],  # .value is slow, and this runs often
            "tail": self.tail,
        }

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> ArticleText:
        """Inverse of ``to_dict``."""
        blocks = tuple(Block(BlockKind(kind), text, gap) for kind, text, gap in form["blocks"])
        return cls(**{name: form[name] for name in cls.FIELDS}, blocks=blocks, tail=form["tail"])

    def to_bytes(self) -> bytes:
        """The stored form: canonical JSON, UTF-8 (lone surrogates kept)."""
        if not self._stored:
            form = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            object.__setattr__(self, "_stored", form.encode("utf-8", "surrogatepass"))
        return self._stored

    @classmethod
    def from_bytes(cls, stored: bytes) -> ArticleText:
        """Inverse of ``to_bytes``."""
        return cls.from_dict(json.loads(stored.decode("utf-8", "surrogatepass")))

    def digest(self) -> str:
        """SHA-256 of the stored form, 64 hex digits."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


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


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher."""

    id: int
    name: str
    host: str = ""


class SourceKind(StrEnum):
    """Where an outlet's articles are found."""

    FEED = "feed"
    SITEMAP = "sitemap"  # news sitemap, or an index of sitemaps
    SECTION = "section"  # a page that links to articles
    URL_LIST = "url-list"
    PAGE = "page"  # one article the user named
    FILE = "file"  # imported


@dataclass(frozen=True, slots=True)
class Source:
    """One place where articles are found, with its own timer."""

    id: int
    kind: SourceKind
    url: str
    outlet_id: int | None
    added_at: datetime
    next_look_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    body_digest: str = ""
    failures: int = 0
    last_look_at: datetime | None = None
    last_news_at: datetime | None = None  # when it last brought an article that was new
    last_error: str = ""


class SubscriptionState(StrEnum):
    """How far a WebSub subscription has come."""

    WANTED = "wanted"  # the feed names a hub
    ASKED = "asked"  # the hub has not asked back yet
    ACTIVE = "active"
    DENIED = "denied"  # by the hub
    FAILED = "failed"  # the hub could not be asked


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed's subscription at its hub.

    Attributes:
        token: last part of the callback's path, which only the hub is told.
        secret: deliveries are signed with it; never shown.
        asked_at: when the hub was last asked (or first named).
        until: end of the lease, None before there is one.
        delivered_at: of the last delivery whose signature was right.
        detail: what went wrong, for a person.
    """

    source_id: int
    token: str
    hub: str
    topic: str
    secret: str
    state: SubscriptionState
    asked_at: datetime
    until: datetime | None = None
    delivered_at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One piece at one canonical URL. ``url`` is ``urn:sha256:…`` where none is known.

    Attributes:
        payload: where the last accepted page was recorded whole (``watch.revisits``), "" if nowhere.
        same_as: id of the article that this one turned out to be; None while it stands alone.
        pace: class of the wait before its next look (``schedule.choice.pace_of``); 0 is the shortest.
    """

    id: int
    url: str
    host: str
    outlet_id: int | None
    added_at: datetime
    next_look_at: datetime | None = None
    next_look_reason: str = ""
    retired_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    payload: str = ""
    same_as: int | None = None
    pace: int = 0


@dataclass(frozen=True, slots=True)
class Alias:
    """Another URL of an article, dated."""

    url: str
    kind: str  # "canonical" | "redirect" | "found" | "stated" | "contested" | "merged" | "dump-name"
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """Where a record stands: WARC file name (relative to the evidence folder), byte offset, length."""

    file: str
    offset: int
    length: int
    record_id: str = ""  # WARC-Record-ID, "<urn:uuid:…>"


@dataclass(frozen=True, slots=True)
class NewCapture:
    """One look at an article, before it has an id. Immutable once stored.

    Attributes:
        part: which part of the evidence this capture is ("" = all of it; ``version 4``).
        label: the source's own number for this state, if it states one.
        stated_change: the source itself says this is another version than the one before.
        body_digest: SHA-256 of the decoded body (64 hex digits), "" where there is none.
    """

    url: str
    captured_at: datetime
    basis: TimeBasis
    medium: Medium
    outcome: Outcome
    reason: Reason
    status: int | None = None
    final_url: str = ""
    peer: str = ""
    content_type: str = ""
    body_digest: str = ""
    payload_digest: str = ""
    evidence: EvidenceRef | None = None
    part: str = ""
    label: str = ""
    stated_change: bool = False
    detail: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """A stored look."""

    id: int
    article_id: int
    look: NewCapture


@dataclass(frozen=True, slots=True)
class Version:
    """A distinct state of an article's text.

    Attributes:
        number: 1, 2, 3 … in order of first sighting.
        label: the source's own number (News Sniffer's "4"), or "".
        first_seen, last_seen: over all its appearances.
    """

    article_id: int
    number: int
    digest: str
    headline: str
    words: int
    label: str
    first_seen: datetime
    last_seen: datetime
    basis: TimeBasis
    appearances: int
    extractor: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """One unbroken run of sightings of a version."""

    article_id: int
    ordinal: int  # 1, 2, 3 … in time
    version_number: int
    first_seen: datetime
    last_seen: datetime
    basis: TimeBasis
    looks: int


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change between two consecutive appearances, as stored.

    It happened in the interval (``after``, ``before``]: the old text was last seen at
    ``after``, the new one first seen at ``before``.
    """

    article_id: int
    number: int  # 1 = between appearance 1 and 2
    from_version: int
    to_version: int
    after: datetime
    before: datetime
    basis: TimeBasis
    summary: str
    kinds: tuple[str, ...]
    significance: float
    edits: int
    reason: Reason  # text_changed | returned | confirmed | rewritten | alternating | alternated | stated_by_source


def utc(moment: datetime) -> datetime:
    """``moment`` in UTC.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    return moment.astimezone(UTC)
