"""The headline: which printed heading it is, checked against what the page states about itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from writethru.extraction import structured
from writethru.extraction.marks import Mark
from writethru.extraction.structured import Stated
from writethru.extraction.tree import Frame, Page, Segment

AGREEMENT = 0.5  # share of letter trigrams a printed heading must have in common with a statement
SURE = 0.75  # the first heading in page order that agrees so well is the headline
_NAMED_PENALTY = 0.25  # a box that is only named "title" must agree that much better than an h1
_META_TITLE = (
    "og:title",
    "twitter:title",
    "headline",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "parsely-title",
    "title",
)
_SEPARATOR = re.compile(r"\s+[|\-–—·:»•]{1,2}\s+|\s*[|»•]\s*")
_NOT_LETTERS = re.compile(r"\W+")
_MARKED_TAGS = frozenset(("h2", "h3", "div", "p", "header", "hgroup"))


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline with its source and remarks."""

    text: str
    source: str
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=4_000)
def folded(text: str) -> str:
    """Letters and digits only, lower case: to compare a headline with its other printings."""
    return _NOT_LETTERS.sub("", text).lower()


def find_headline(stated: Stated, page: Page, outlet: str) -> Headline | None:
    """The headline as readers see it, or the best statement of it."""
    said = stated_headlines(stated)
    statements = [piece for value in [*(v for v, _ in said), stated.title] for piece in _pieces(value, outlet)]
    printed = _printed(page)
    best = _best(printed, statements)
    if best is not None:
        return _as_printed(best, said, outlet)
    lone = [text for text, is_h1 in printed if is_h1]
    if len(lone) == 1 and 4 <= len(lone[0].split()) <= 30 and folded(lone[0]) != folded(outlet):
        return Headline(lone[0], "page", _disagreements(lone[0], said))
    if said:
        return Headline(without_site(said[0][0], outlet, stated.title), said[0][1])
    heads = [text for text, is_h1 in printed if is_h1 and folded(text) != folded(outlet)]
    if heads:
        return Headline(heads[0], "page")
    title = without_site(stated.title, outlet, stated.title)
    return Headline(title, "title") if title else None


def stated_headlines(stated: Stated) -> list[tuple[str, str]]:
    """(headline, source) pairs the page states, most trusted first."""
    found = [
        (structured.text(stated.article.get("headline")), "json-ld"),
        ((stated.microdata.get("headline") or [""])[0], "microdata"),
        (" ".join(stated.first_meta(*_META_TITLE).split()), "meta"),
    ]
    return [(value, source) for value, source in found if value]


def is_marked(stated: Stated, page: Page) -> bool:
    """Whether metadata or the heading's own names say which text is the headline."""
    return bool(stated_headlines(stated)) or any(f.tag == "h1" and f.marks & Mark.HEADLINE for f in page.frames)


def without_site(title: str, outlet: str, page_title: str) -> str:
    """A stated title without the site's name behind (or before) it.

    The part behind ``|`` always goes; a part behind another separator only when it is the outlet's name
    or the page's own ``<title>`` has nothing but that part more.
    """
    parts = _SEPARATOR.split(title)
    if len(parts) == 1:
        return title
    site = folded(outlet)
    for number, part in ((-1, parts[-1]), (0, parts[0])):
        rest = parts[:-1] if number else parts[1:]
        bar = bool(re.search(r"[|»•]\s*" + re.escape(part) + r"\s*\Z", title)) and len(part.split()) <= 6
        if (site and folded(part) and (folded(part) in site or site in folded(part)) and len(part.split()) <= 6) or bar:
            start = title.find(rest[0])
            return title[start : title.rfind(rest[-1]) + len(rest[-1])].strip()
    if title == page_title:
        return max(parts, key=len)
    return title


def _printed(page: Page) -> list[tuple[str, bool]]:
    """(text, is an h1) of every heading a headline could be, in page order."""
    heads: dict[int, list[str]] = {}
    found: list[tuple[str, bool] | int] = []
    for segment in page.segments:
        h1 = next((box for box in segment.frame.chain() if box.tag == "h1"), None)
        if h1 is not None and _is_shown(segment.frame):
            if h1.order not in heads:
                found.append(h1.order)
            heads.setdefault(h1.order, []).append(segment.text)
        elif _is_marked_box(segment):
            found.append((segment.text, False))
    texts = [(" ".join(heads[item]), True) if isinstance(item, int) else item for item in found[:200]]
    return [(text, is_h1) for text, is_h1 in texts if len(text) > 3]


def _is_marked_box(segment: Segment) -> bool:
    frame = segment.frame
    named = frame.marks & Mark.HEADLINE and frame.tag in _MARKED_TAGS
    return bool(named) and len(segment.text) < 300 and _is_shown(frame)


def _is_shown(frame: Frame) -> bool:
    return not any(box.marks & Mark.HIDDEN for box in frame.chain())


def _pieces(value: str, outlet: str) -> list[str]:
    """A statement whole, and without the site's name."""
    parts = [part for part in _SEPARATOR.split(value) if folded(part) != folded(outlet)]
    longest = max(parts, key=len, default="")
    return [piece for piece in dict.fromkeys((value, longest)) if len(folded(piece)) >= 4]


def _best(printed: list[tuple[str, bool]], statements: list[str]) -> str | None:
    known = [_trigrams(piece) for piece in statements]
    best, best_score = None, AGREEMENT
    for text, is_h1 in printed:
        own = _trigrams(text)
        score = max((_dice(own, other) for other in known), default=0.0) - (0.0 if is_h1 else _NAMED_PENALTY)
        if score >= SURE:
            return text
        if score > best_score + 1e-9:
            best, best_score = text, score
    return best


def _trigrams(text: str) -> Counter[str]:
    plain = f"  {folded(text)[:400]} "
    return Counter(plain[i : i + 3] for i in range(len(plain) - 2))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _as_printed(text: str, said: list[tuple[str, str]], outlet: str) -> Headline:
    """The printed heading; a kicker run together with it is left out where a statement lacks it."""
    for value, source in said:
        bare = without_site(value, outlet, "")
        if len(folded(bare)) >= 12 and folded(text) != folded(bare) and folded(text).endswith(folded(bare)):
            return Headline(bare, source)
    return Headline(text, "page", _disagreements(text, said))


def _disagreements(text: str, said: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(
        f"the {source} headline differs from the printed one: {value[:200]}"
        for value, source in said
        if source != "meta" and folded(value) != folded(text)
    )
