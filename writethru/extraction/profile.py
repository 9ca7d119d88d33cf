"""What an outlet's pages have in common, learnt one article at a time: a small value, made by a pure function.

``learn(profile, page) -> profile`` counts, for each place in the template, how often it held the article's text,
furniture, or a text that other articles' pages have too; which boxes hold bodies; where bylines and dates stand.
Counts do not depend on the order of pages. What is forgotten when the profile is full are texts that were seen
on one page only, the oldest first, so order matters only for those.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from writethru.extraction.memory import numberless_digest
from writethru.extraction.places import Places, spelled
from writethru.extraction.tree import Frame, Page

FORMAT = 1
ENOUGH = 5
"""Articles that must have been learnt before a profile is used (fewer say nothing of what recurs)."""
MOST_SEGMENTS = 400
"""Blocks of one page that are learnt from."""
MOST_PLACES = 300
MOST_TEXTS = 1_500
LEAST_CHARS = 12
"""A shorter text recurs by chance."""
NEW_TEMPLATE = 5
"""So many articles in a row in a box that was never the body's before: the outlet has a new template."""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One block of a page, as a profile learns it."""

    text: str  # digest, numbers alike; "" where the text is too short to recur
    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What a profile learns from one page.

    Attributes:
        container, spelled: path of the body's box, and its last steps for people.
        byline, date: paths of the blocks that print them, "" where nothing does.
    """

    container: str
    spelled: str
    blocks: tuple[PageBlock, ...]
    byline: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How often a place held the article's text, furniture, and texts known from other pages."""

    pages: int = 0
    body: int = 0
    out: int = 0
    recurring: int = 0


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """What was learnt of the pages of one host.

    Attributes:
        pages: articles learnt from, in this template.
        containers: path of a body's box to the number of pages.
        names: such a path, spelled for people.
        places: path to what stood there.
        texts: digest of a text to (pages it stood on, number of the page it was last seen on).
        bylines, dates: path to the number of pages that print one there.
        templates: how many templates were seen, this one included.
        strange: pages in a row whose body stood in a box not known before.
    """

    pages: int = 0
    containers: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, PlaceCount] = field(default_factory=dict)
    texts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    bylines: Mapping[str, int] = field(default_factory=dict)
    dates: Mapping[str, int] = field(default_factory=dict)
    templates: int = 1
    strange: tuple[PageSummary, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether it may be used."""
        return self.pages >= ENOUGH

    def recurs(self, text: str, *, least: int = 2) -> bool:
        """Whether a text (its digest) stood on so many other articles' pages."""
        return self.texts.get(text, (0, 0))[0] >= least

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": FORMAT,
            "pages": self.pages,
            "containers": dict(self.containers),
            "names": dict(self.names),
            "places": {path: [c.pages, c.body, c.out, c.recurring] for path, c in self.places.items()},
            "texts": {text: list(count) for text, count in self.texts.items()},
            "bylines": dict(self.bylines),
            "dates": dict(self.dates),
            "templates": self.templates,
            "strange": [_summary_form(page) for page in self.strange],
        }

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> OutletProfile | None:
        """Inverse of ``to_dict``; None for a form of another time."""
        if form.get("format") != FORMAT:
            return None
        given = {name: form[name] for name in ("pages", "containers", "names", "bylines", "dates", "templates")}
        places = {path: PlaceCount(*counts) for path, counts in form["places"].items()}
        texts = {text: (count, last) for text, (count, last) in form["texts"].items()}
        strange = tuple(_summary(page) for page in form["strange"])
        return cls(**given, places=places, texts=texts, strange=strange)

    def digest(self) -> str:
        """16 hex digits."""
        stored = json.dumps(self.to_dict(), sort_keys=True).encode()
        return hashlib.sha256(stored).hexdigest()[:16]

    def finished(self) -> OutletProfile:
        """What readings need of it: texts that recur, without those of single pages."""
        texts = {text: (count, 0) for text, (count, _) in self.texts.items() if count > 1}
        return replace(self, texts=texts, strange=())


def learn(profile: OutletProfile, page: PageSummary) -> OutletProfile:
    """The profile with one more article in it.

    A page whose body stands in a box never seen before is set aside; when ``NEW_TEMPLATE`` of them come in a row,
    the outlet has changed its template and the profile begins anew with them.
    """
    if profile.is_enough and page.container not in profile.containers:
        strange = (*profile.strange, page)
        if len(strange) < NEW_TEMPLATE:
            return replace(profile, strange=strange)
        anew = OutletProfile(templates=profile.templates + 1)
        for one in strange:
            anew = _added(anew, one)
        return anew
    return replace(_added(profile, page), strange=())


def _added(profile: OutletProfile, page: PageSummary) -> OutletProfile:
    number = profile.pages + 1
    return replace(
        profile,
        pages=number,
        containers=_counted(profile.containers, page.container),
        names={**profile.names, page.container: page.spelled},
        places=_with_places(profile, page),
        texts=_with_texts(profile.texts, {block.text for block in page.blocks if block.text}, number),
        bylines=_counted(profile.bylines, page.byline),
        dates=_counted(profile.dates, page.date),
    )


def _counted(counts: Mapping[str, int], path: str) -> dict[str, int]:
    return {**counts, path: counts.get(path, 0) + 1} if path else dict(counts)


def _with_places(profile: OutletProfile, page: PageSummary) -> dict[str, PlaceCount]:
    places = dict(profile.places)
    at: dict[str, list[PageBlock]] = {}
    for block in page.blocks:
        at.setdefault(block.place, []).append(block)
    for path, here in at.items():
        old = places.get(path, PlaceCount())
        body = sum(1 for block in here if block.kind)
        known = sum(1 for block in here if block.text in profile.texts)
        places[path] = PlaceCount(old.pages + 1, old.body + body, old.out + len(here) - body, old.recurring + known)
    if len(places) <= MOST_PLACES:
        return places
    kept = sorted(places, key=lambda path: (-places[path].pages, path))[:MOST_PLACES]
    return {path: places[path] for path in kept}


def _with_texts(texts: Mapping[str, tuple[int, int]], seen: set[str], number: int) -> dict[str, tuple[int, int]]:
    counted = dict(texts)
    for text in seen:
        counted[text] = (counted.get(text, (0, 0))[0] + 1, number)
    if len(counted) <= MOST_TEXTS:
        return counted
    kept = sorted(counted, key=lambda text: (counted[text][0] < 2, -counted[text][1], text))[:MOST_TEXTS]
    return {text: counted[text] for text in kept}


def summary_of(
    page: Page, kinds: Sequence[str], container: Frame, places: Places, printed: Mapping[str, str]
) -> PageSummary:
    """What a profile learns from a page that was read alone.

    Args:
        kinds: what each segment was read as, "" where it was left out.
        printed: path of the block that prints ``byline`` and ``date``.
    """
    blocks = []
    for segment, kind in zip(page.segments[:MOST_SEGMENTS], kinds[:MOST_SEGMENTS], strict=True):
        long = len(segment.text) >= LEAST_CHARS
        blocks.append(PageBlock(numberless_digest(segment.text) if long else "", places.segment(segment), kind))
    return PageSummary(
        places.of(container), spelled(container), tuple(blocks), printed.get("byline", ""), printed.get("date", "")
    )


def _summary_form(page: PageSummary) -> list[Any]:
    return [page.container, page.spelled, [[b.text, b.place, b.kind] for b in page.blocks], page.byline, page.date]


def _summary(form: Sequence[Any]) -> PageSummary:
    container, name, blocks, byline, date = form
    return PageSummary(container, name, tuple(PageBlock(*block) for block in blocks), byline, date)
