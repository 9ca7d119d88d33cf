"""What a look came to: a pure function from what is known and what was seen to a verdict.

Nothing here reads a clock, a file or a network; the same input gives the same decision on
the first run and on every rebuild.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from writethru.model import Extraction, Medium, Outcome, Reason, Sign
from writethru.watch.identity import Identity, identity, same_address, stated_address

COLLAPSE_SHARE: Final = 0.5
"""A page that lost at least half its words may be truncated, blocked or broken …"""

COLLAPSE_WORDS: Final = 60
"""… if that is at least this many: shorter texts shrink by honest edits."""

TEASER_SHARE: Final = 0.8
"""A page with a paywall mark and less than this share of the known text is a teaser."""

KINSHIP_SHARE: Final = 0.4
"""Two states of one article share at least this much of the smaller one's vocabulary.

Consecutive versions of digital.gov posts share 0.53 and more (1 in 200 less than 0.83); of two
different news articles (PolNeAR) half share less than 0.28, 9 in 10 less than 0.39: mostly the
words that every text has.
"""

KINSHIP_WORDS: Final = 40
"""Below this vocabulary, sharing little proves nothing."""

REWRITE_LOOKS: Final = 4
"""A text that is new from end to end is accepted when so many looks in a row brought no other kind of text …"""

REWRITE_SPAN: Final = timedelta(hours=1)
"""… over at least this time, if the page names this article or keeps its headline …"""

UNNAMED_SPAN: Final = timedelta(hours=6)
"""… or over this time, and the very same text each time, if nothing says which article it is."""

REMNANT_SHARE: Final = 0.75
"""What is left of an article that was cut has at least this share of its words from the text before; a
notice that stands in its place (maintenance, log-in, an empty shell) has not, and is never confirmed
as the article however long it stands, unless it keeps the headline or the page names the article."""

MOVED_SPAN: Final = timedelta(hours=24)
"""Another article's page that stands so long is reported as a move; it never becomes an edit."""

STATED_MEDIA: Final = frozenset({Medium.JSONL, Medium.NEWS_SNIFFER, Medium.WIRE})
"""Here the source itself vouches for each version; no second look can come."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """A look since the last accepted one whose text was not believed to be this article's."""

    at: datetime
    reason: Reason
    text_digest: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of the article before this look.

    Attributes:
        current: number of the version last seen; None before the first.
        numbers: text digest to version number.
        body_digest: of the last accepted look, "" if none.
        pending_digest: text digest of the suspect look just before, "" if none.
        words, vocabulary: of the current version.
        headline_marked: the current version's page marked its headline.
        urls: canonical URL and aliases.
        named: the address that the last accepted page stated for itself, canonical; "" if none.
        headline: of the current version.
        doubted: looks since the last accepted one that brought a text, newest first.
        elsewhere: this very text is a version of another article.
    """

    current: int | None = None
    numbers: Mapping[str, int] | None = None
    body_digest: str = ""
    pending_digest: str = ""
    words: int = 0
    vocabulary: frozenset[str] = frozenset()
    headline_marked: bool = False
    urls: frozenset[str] = frozenset()
    named: str = ""
    headline: str = ""
    doubted: tuple[Doubted, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What this look brought.

    Attributes:
        failure: why there is no response at all, None if there is one.
        status: HTTP status; None for imported files.
        final_url: where redirects ended, canonical; "" = not redirected.
        body_digest: SHA-256 of the decoded body, "" if none.
        extraction: what was read; None where it was not needed or not possible.
        text_digest: of the extraction's text.
        vocabulary: distinct words of the text.
        words: number of words of the text.
        stated_change: the source says this is another version than the one before.
        at: when the look was made.
    """

    medium: Medium
    failure: Reason | None = None
    status: int | None = None
    final_url: str = ""
    body_digest: str = ""
    extraction: Extraction | None = None
    text_digest: str = ""
    words: int = 0
    vocabulary: frozenset[str] = frozenset()
    stated_change: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one look.

    Attributes:
        returns_to: number of the known version that came back, else None.
    """

    outcome: Outcome
    reason: Reason
    returns_to: int | None = None

    @property
    def makes_version(self) -> bool:
        """A text not seen before."""
        return self.outcome is Outcome.EDITED and self.returns_to is None


def decide_response(known: Known, seen: Seen) -> Decision | None:
    """The verdict where it does not depend on the text; None where the text must be read."""
    if seen.failure is not None:
        blocked = seen.failure in (Reason.ROBOTS, Reason.RATE_LIMITED)
        return Decision(Outcome.BLOCKED if blocked else Outcome.ERROR, seen.failure)
    if seen.status == 304:
        return _not_modified(known)
    if seen.final_url and urlsplit(seen.final_url).path in ("", "/") and seen.final_url not in known.urls:
        return Decision(Outcome.MOVED, Reason.REDIRECT_HOME)
    if seen.status is not None and not 200 <= seen.status < 300:
        return decide_status(seen.status)
    is_shared = seen.stated_change or seen.medium is Medium.WIRE  # a file of several versions: its bytes say nothing
    if seen.body_digest and seen.body_digest == known.body_digest and not is_shared:
        return Decision(Outcome.SAME, Reason.BYTES_EQUAL)
    return None


def _not_modified(known: Known) -> Decision:
    if known.current is None:
        return Decision(Outcome.ERROR, Reason.BROKEN_RESPONSE)
    return Decision(Outcome.SAME, Reason.NOT_MODIFIED)


def decide_status(status: int) -> Decision:
    """The verdict on a response that is not a success (RFC 9110, section 15)."""
    if status in (404, 410):
        return Decision(Outcome.GONE, Reason.STATUS_GONE)
    if status == 429:
        return Decision(Outcome.BLOCKED, Reason.RATE_LIMITED)
    if status in (401, 402, 403, 451):
        return Decision(Outcome.BLOCKED, Reason.STATUS_FORBIDDEN)
    if status >= 500:
        return Decision(Outcome.ERROR, Reason.STATUS_SERVER)
    return Decision(Outcome.ERROR, Reason.STATUS_OTHER)


def decide_text(known: Known, seen: Seen) -> Decision:
    """The verdict on a page that was read.

    A loss that an outage, a bot check or a broken template would also explain is
    ``suspect`` until the next look brings the same text.
    """
    extraction = seen.extraction
    if extraction is None:
        return Decision(Outcome.ERROR, Reason.NOT_TEXT)
    unavailable = _unavailable(known, seen, extraction.signs)
    if unavailable is not None:
        return unavailable
    if not extraction.headline and seen.words == 0:
        return Decision(Outcome.SUSPECT, Reason.TEXT_EMPTY)
    number = (known.numbers or {}).get(seen.text_digest)
    if seen.stated_change:
        return Decision(Outcome.EDITED, Reason.STATED_BY_SOURCE)
    if number is not None and number == known.current:
        return Decision(Outcome.SAME, Reason.TEXT_EQUAL)
    if number is not None:
        return Decision(Outcome.EDITED, Reason.RETURNED, returns_to=number)
    if known.current is None:
        return Decision(Outcome.EDITED, Reason.FIRST_SEEN)
    if seen.medium in STATED_MEDIA:
        return Decision(Outcome.EDITED, Reason.TEXT_CHANGED)
    return _decide_change(known, seen, extraction)


def turns_on_others(known: Known, seen: Seen) -> bool:
    """Whether the verdict is another one where the text stands at another article too: only then it is worth asking."""
    alone, shared = (decide_text(replace(known, elsewhere=elsewhere), seen) for elsewhere in (False, True))
    return alone != shared


def _decide_change(known: Known, seen: Seen, extraction: Extraction) -> Decision:
    """The verdict on a text that the article never had."""
    doubt = _doubt(known, seen, extraction)
    if doubt is None:
        return Decision(Outcome.EDITED, Reason.TEXT_CHANGED)
    stands_in = doubt is Reason.TEXT_COLLAPSED and not _is_remnant(known, seen, extraction)
    is_strange = stands_in or doubt in (Reason.OTHER_ARTICLE, Reason.ANOTHER_ARTICLE)
    if is_strange and _led_elsewhere(known, seen):
        return Decision(Outcome.MOVED, Reason.REDIRECT_ELSEWHERE)
    if stands_in:
        return Decision(Outcome.SUSPECT, doubt)
    if doubt is Reason.ANOTHER_ARTICLE:
        stood = _stood(known, seen, doubt, MOVED_SPAN)
        return Decision(Outcome.MOVED if stood else Outcome.SUSPECT, doubt)
    settled = _settled(known, seen, extraction, doubt)
    return Decision(Outcome.SUSPECT, doubt) if settled is None else Decision(Outcome.EDITED, settled)


def _settled(known: Known, seen: Seen, extraction: Extraction, doubt: Reason) -> Reason | None:
    """Why a doubted text is accepted now, None while it is not."""
    if doubt is Reason.TEXT_EMPTY:
        return None
    agreed = seen.text_digest == known.pending_digest
    lineal = _is_lineal(known, seen, extraction)
    stood = lineal and _stood(known, seen, doubt, REWRITE_SPAN)
    if doubt is not Reason.OTHER_ARTICLE:
        return Reason.CONFIRMED if agreed or stood else None
    if not lineal:
        steady = all(look.text_digest == seen.text_digest for look in known.doubted)
        agreed, stood = False, steady and _stood(known, seen, doubt, UNNAMED_SPAN)
    return Reason.REWRITTEN if agreed or stood else None


def _is_remnant(known: Known, seen: Seen, extraction: Extraction) -> bool:
    """A short text that is what was left of this article, not a notice in its place."""
    if _is_lineal(known, seen, extraction) or not known.vocabulary:
        return True
    return _share(known.vocabulary, seen.vocabulary) >= REMNANT_SHARE


def _is_lineal(known: Known, seen: Seen, extraction: Extraction) -> bool:
    """The page says by its address or by its headline that it is still this article."""
    if _identity(known, extraction) is Identity.SAME:
        return True
    kept = bool(known.headline) and extraction.headline == known.headline
    return kept and not known.elsewhere and not seen.final_url


def _stood(known: Known, seen: Seen, reason: Reason, span: timedelta) -> bool:
    """So many looks, this one included, over so long a time came to the same doubt."""
    looks = [look for look in known.doubted if look.reason is reason]
    if seen.at is None or len(looks) + 1 < REWRITE_LOOKS:
        return False
    return seen.at - looks[-1].at >= span


def _led_elsewhere(known: Known, seen: Seen) -> bool:
    """A redirect led to an address that the article never had."""
    return bool(seen.final_url) and not any(same_address(seen.final_url, url) for url in known.urls)


def _identity(known: Known, extraction: Extraction) -> Identity:
    return identity(stated_address(extraction.canonical_url), known.named, known.urls)


def _unavailable(known: Known, seen: Seen, signs: frozenset[Sign]) -> Decision | None:
    """Pages that stand in the article's place; a source that states versions is believed, a wire that kills one too."""
    if seen.medium in STATED_MEDIA:
        killed = seen.medium is Medium.WIRE and Sign.SOFT_404 in signs
        return Decision(Outcome.GONE, Reason.STATUS_GONE) if killed else None
    if Sign.CHALLENGE in signs:
        return Decision(Outcome.BLOCKED, Reason.CHALLENGE_PAGE)
    if Sign.CONSENT in signs:
        return Decision(Outcome.BLOCKED, Reason.CONSENT_WALL)
    if Sign.SOFT_404 in signs:
        return Decision(Outcome.GONE, Reason.SOFT_404)
    if Sign.PAYWALL in signs and (known.current is None or seen.words < known.words * TEASER_SHARE):
        return Decision(Outcome.TEASER, Reason.PAYWALL)
    if Sign.LISTING in signs:
        moved = bool(seen.final_url) and seen.final_url not in known.urls
        return (
            Decision(Outcome.MOVED, Reason.REDIRECT_ELSEWHERE)
            if moved
            else Decision(Outcome.SUSPECT, Reason.OTHER_ARTICLE)
        )
    return None


def _doubt(known: Known, seen: Seen, extraction: Extraction) -> Reason | None:
    """Why a changed text is not believed at first sight, None if it is."""
    lost = known.words - seen.words
    if seen.words == 0 and known.words > 0:
        return Reason.TEXT_EMPTY
    if _is_anothers(known, seen, extraction):
        return Reason.ANOTHER_ARTICLE
    if lost >= COLLAPSE_WORDS and seen.words <= known.words * COLLAPSE_SHARE:
        return Reason.TEXT_COLLAPSED
    if Sign.NO_HEADLINE_MARK in extraction.signs and known.headline_marked:
        return Reason.TEMPLATE_BREAK
    if kinship(known.vocabulary, seen.vocabulary) < KINSHIP_SHARE:
        return Reason.OTHER_ARTICLE
    return None


def _is_anothers(known: Known, seen: Seen, extraction: Extraction) -> bool:
    """The page names or is at another address, or nothing, and its text is none of ours."""
    named = _identity(known, extraction)
    if named is Identity.SAME:
        return False
    is_strange = _share(known.vocabulary, seen.vocabulary) < KINSHIP_SHARE
    if is_strange and (named is Identity.OTHER or _led_elsewhere(known, seen)):
        return True
    if named is Identity.OTHER and known.elsewhere:
        return True
    return known.elsewhere and kinship(known.vocabulary, seen.vocabulary) < KINSHIP_SHARE


def kinship(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller vocabulary found in the larger, 0..1; 1 where too small to tell."""
    return 1.0 if min(len(one), len(other)) < KINSHIP_WORDS else _share(one, other)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
