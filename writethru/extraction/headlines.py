"""The headline: which printed heading it is, checked against what the page states about itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from writethru.extraction import structured
from writethru.extraction.marks import Mark, marks_of
from writethru.extraction.phrases import ends_sentence
from writethru.extraction.structured import Stated
from writethru.extraction.tree import Frame, Page, Segment, text_of

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
_TITLE_PARTS = re.compile(r"\s+[|\-–—·:»•]{1,2}\s+|\s*[|»•]\s*|:\s+")
_AROUND_KICKER = " :|–—·•-"
_WORDS_AFTER_A_SITE = 4  # "News | The Courier" is a section's page, not a headline behind a site's name
_WORDS_OF_A_KICKER = 3
_LEADING_SITE = 2  # a part before the headline so many times as long as the site's name says more than the name
_WORDS_OF_A_TITLE = 3  # a shorter <title> is a site's or a section's name rather than a headline
_PROSE = 120  # characters of a paragraph
_PARAGRAPHS_ABOVE = 5  # an only h1 below so many paragraphs is no headline where nothing agrees with it
_NOT_LETTERS = re.compile(r"\W+")
_MARKED_TAGS = frozenset(("h2", "h3", "div", "p", "header", "hgroup"))


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline with its source and remarks; ``kicker`` where the page prints one inside the heading."""

    text: str
    source: str
    notes: tuple[str, ...] = ()
    kicker: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A heading on the page: its text, whether it is an h1, and the pieces its elements part it into."""

    text: str
    is_h1: bool
    pieces: tuple[str, ...] = ()
    kicker: str = ""
    above: bool = True  # next to no running text stands before it


@lru_cache(maxsize=4_000)
def folded(text: str) -> str:
    """Letters and digits only, lower case: to compare a headline with its other printings."""
    return _NOT_LETTERS.sub("", text).lower()


def find_headline(stated: Stated, page: Page, outlet: str) -> Headline | None:
    """The headline as readers see it, or the best statement of it."""
    said = stated_headlines(stated)
    statements = [piece for value in [*(v for v, _ in said), stated.title] for piece in _pieces(value, outlet)]
    shown = _printed(page)
    sites = [each.text for each in shown if _is_site_name(each.text, stated.title, outlet)]
    sites += _named_last(shown, stated.title)
    printed = [each for each in shown if each.text not in sites]
    best = _best(printed, statements)
    if best is None or not best.is_h1:
        best = _only_heading(printed, stated.title) or best
    if best is not None:
        return _as_printed(best, said, outlet)
    heads = [each for each in printed if each.is_h1 and each.above]
    title = without_site(_without_lead(stated.title, sites), outlet, stated.title)
    if len(heads) == 1 and 4 <= len(heads[0].text.split()) <= 30 and (said or len(title.split()) < _WORDS_OF_A_TITLE):
        return _as_printed(heads[0], said, outlet)
    if said:
        return Headline(without_site(said[0][0], outlet, stated.title), said[0][1])
    if heads and (not title or folded(title) == folded(outlet)):
        return Headline(heads[0].text, "page")
    return Headline(title, "title") if title else None


def _only_heading(printed: list[Printed], title: str) -> Printed | None:
    """The one h1 that is a part of the page's title, beside a box that is another part: the site's name."""
    parts = set(map(folded, _TITLE_PARTS.split(title)))
    heads = [each for each in printed if each.is_h1 and each.above and folded(each.text) in parts]
    return heads[0] if len(heads) == 1 else None


def _without_lead(title: str, sites: list[str]) -> str:
    """A page's title without the site's name in front of it ("Jo's notes: Ferry fares to rise")."""
    parts = _TITLE_PARTS.split(title)
    if len(parts) > 1 and folded(parts[0]) in map(folded, sites):
        return title[title.find(parts[1], len(parts[0])) :]
    return title


def _is_site_name(text: str, title: str, outlet: str) -> bool:
    """A heading that is the outlet's name, or the part of the page's title that stands beside its longest part."""
    own = folded(text)
    if own == folded(outlet):
        return True
    parts = _TITLE_PARTS.split(title)
    longest = max(parts, key=len, default="")
    first = not outlet or _names_outlet(parts[0], outlet)
    leads = first and len(longest.split()) >= _WORDS_AFTER_A_SITE and not _names_outlet(parts[-1], outlet)
    ends = (folded(parts[-1]), folded(parts[0]) if leads else "")
    return len(parts) > 1 and own in ends and len(own) * 3 < len(folded(longest)) * 2


def _named_last(shown: list[Printed], title: str) -> list[str]:
    """The h1 that is the last part of the page's title, where all before it is an h1 too: the site's name."""
    parts = _SEPARATOR.split(title)
    heads = {folded(each.text) for each in shown if each.is_h1}
    if len(parts) != 2 or not heads.issuperset(map(folded, parts)) or folded(parts[0]) == folded(parts[1]):
        return []
    return [each.text for each in shown if folded(each.text) == folded(parts[1])]


def _names_outlet(part: str, outlet: str) -> bool:
    """Whether the last part of a title is the site's name: then the first is none, it is named once."""
    return bool(outlet) and (folded(part) in folded(outlet) or folded(outlet) in folded(part))


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
        if not number and len(folded(part)) > _LEADING_SITE * len(site):
            continue  # a headline that has the site's name in it
        rest = parts[:-1] if number else parts[1:]
        bar = bool(re.search(r"[|»•]\s*" + re.escape(part) + r"\s*\Z", title)) and len(part.split()) <= 6
        if (site and folded(part) and (folded(part) in site or site in folded(part)) and len(part.split()) <= 6) or bar:
            start = title.find(rest[0])
            return title[start : title.rfind(rest[-1]) + len(rest[-1])].strip()
    if title == page_title:
        return max(parts, key=len)
    return title


def _printed(page: Page) -> list[Printed]:
    """Every heading a headline could be, in page order."""
    heads: dict[int, list[Segment]] = {}
    found: list[int | Segment] = []
    for segment in page.segments:
        h1 = segment.frame.heading
        if h1 is not None and _is_shown(segment.frame):
            if h1.order not in heads:
                found.append(h1.order)
            heads.setdefault(h1.order, []).append(segment)
        elif _is_marked_box(segment):
            found.append(segment)
    below = _text_begins(page)
    chosen = [item for item in found[:200] if not isinstance(item, int) or not _leads_to_front_page(heads[item])]
    made = [_heading(heads[item], below) if isinstance(item, int) else Printed(item.text, False) for item in chosen]
    return [each for each in made if len(each.text) > 3]


def _leads_to_front_page(segments: list[Segment]) -> bool:
    """Whether a heading is a link to "/": the site's name."""
    targets = [target for segment in segments for _, target in segment.anchors]
    return bool(targets) and all(target == "/" for target in targets) and all(s.link_density > 0.7 for s in segments)


def _text_begins(page: Page) -> int:
    """Order of the segment before which a few paragraphs of text stand: a first headline is not below it."""
    prose = (s for s in page.segments if len(s.text) > _PROSE and s.frame.tag == "p" and ends_sentence(s.text))
    running = [s.order for s in islice((s for s in prose if s.link_density < 0.3), _PARAGRAPHS_ABOVE)]
    return running[-1] if len(running) == _PARAGRAPHS_ABOVE else len(page.segments)


def _heading(segments: list[Segment], below: int) -> Printed:
    """An h1: its blocks, and the elements in them, may part a kicker or a date from the headline."""
    element = (segments[0].frame.heading or segments[0].frame).element
    pieces = tuple(piece for part in element.itertext() if (piece := " ".join(str(part).split())))
    text = " ".join(segment.text for segment in segments)
    kicker = next((text_of(inner) for inner in element.iterdescendants() if _is_kicker(inner)), "")
    leads = kicker and text.startswith(kicker) and len(text) > len(kicker) + 3
    return Printed(text, True, pieces, kicker if leads else "", segments[0].order < below)


def _is_kicker(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or not element.get("class"):
        return False
    marks = marks_of(element.tag, {"class": element.get("class", "")})
    return bool(marks & Mark.KICKER) and not marks & Mark.HEADLINE


def _is_marked_box(segment: Segment) -> bool:
    frame = segment.frame
    named = frame.marks & Mark.HEADLINE and frame.tag in _MARKED_TAGS
    return bool(named) and len(segment.text) < 300 and _is_shown(frame)


def _is_shown(frame: Frame) -> bool:
    return not frame.around & Mark.HIDDEN


def _pieces(value: str, outlet: str) -> list[str]:
    """A statement whole, and without the site's name."""
    parts = [part for part in _SEPARATOR.split(value) if folded(part) != folded(outlet)]
    longest = max(parts, key=len, default="")
    return [piece for piece in dict.fromkeys((value, longest)) if len(folded(piece)) >= 4]


def _best(printed: list[Printed], statements: list[str]) -> Printed | None:
    known = [_trigrams(piece) for piece in statements]
    best, best_score = None, AGREEMENT
    for each in printed:
        own = _trigrams(each.text)
        score = max((_dice(own, other) for other in known), default=0.0) - (0.0 if each.is_h1 else _NAMED_PENALTY)
        if score >= SURE:
            return each
        if score > best_score + 1e-9:
            best, best_score = each, score
    return best


def _trigrams(text: str) -> Counter[str]:
    plain = f"  {folded(text)[:400]} "
    return Counter(plain[i : i + 3] for i in range(len(plain) - 2))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _as_printed(printed: Printed, said: list[tuple[str, str]], outlet: str) -> Headline:
    """The printed heading; what stands in it before or after the stated headline, in an element of its own, goes."""
    text, kicker = printed.text, printed.kicker.strip(_AROUND_KICKER)
    stated = [(bare, source) for value, source in said if len(folded(bare := without_site(value, outlet, ""))) >= 12]
    if any(folded(bare) == folded(text) for bare, _ in stated):
        return Headline(text, "page", _disagreements(text, said), kicker)
    for bare, source in stated:
        if _ends_in(text, bare) or _parted(printed.pieces, folded(bare)):
            return Headline(bare, source, kicker=kicker)
    return Headline(text, "page", _disagreements(text, said), kicker)


def _ends_in(text: str, bare: str) -> bool:
    """Whether a heading is a stated headline behind a kicker; a word or two ("The", "2031") are the headline's own."""
    if not folded(text).endswith(folded(bare)):
        return False
    before = text[: max(0, len(text) - len(bare))].rstrip()
    return len(before.split()) >= _WORDS_OF_A_KICKER or before.endswith((":", "|", "–", "—", "-", "•", "·"))


def _parted(pieces: tuple[str, ...], wanted: str) -> bool:
    """Whether the first or the last of a heading's pieces, joined, are exactly the wanted text."""
    folds = [folded(piece) for piece in pieces[:20]]
    ends = range(1, len(folds))
    return any("".join(folds[:n]) == wanted or "".join(folds[n:]) == wanted for n in ends)


def _disagreements(text: str, said: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(
        f"the {source} headline differs from the printed one: {value[:200]}"
        for value, source in said
        if source != "meta" and folded(value) != folded(text)
    )
