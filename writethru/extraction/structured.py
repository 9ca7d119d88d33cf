"""What a page states about itself: JSON-LD, microdata and meta tags, each with its source.

JSON-LD first (schema.org NewsArticle family, also inside ``@graph``), then microdata, then meta.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from writethru.extraction.tree import text_of


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLE_TYPES = _names("""
Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle
ReportageNewsArticle ReviewNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting Report ScholarlyArticle
TechArticle SatiricalArticle AdvertiserContentArticle MedicalScholarlyArticle DiscussionForumPosting
""")
LISTING_TYPES = frozenset(["CollectionPage", "SearchResultsPage"])
_PAGE_TYPES = frozenset(("WebPage", "CreativeWork", "Recipe", "Review", "HowTo", "FAQPage", "VideoObject", "Product"))
_EMBEDDED_DATE = re.compile(
    r"\\?\"(datePublished|publishedAt|published_at|publishDate|firstPublished(?:At)?|publicationDate|dateModified|updatedAt)"
    r"\\?\"\s*:\s*\\?\"(\d{4}-\d\d-\d\d(?:[T ][0-9:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?)?)"
)
_MAX_BLOCKS = 60
_MAX_RELATIONS = 100
_MAX_OBJECTS = 2_000
_MAX_SCRIPT = 2_000_000

Object = Mapping[str, Any]


@dataclass(slots=True)
class Stated:
    """Everything the page states, by source.

    Attributes:
        article: the JSON-LD object of the article itself, or {}.
        web_page: the JSON-LD object of the page around it, or {}.
        types: all JSON-LD types on the page.
        scripts: the page's own programs and data that speak of publishing (see ``embedded_times``).
        relations: (relation, target, language) of ``<link>`` elements that name other addresses of the article.
        meta: meta tag name (lower case) to its contents in page order.
        microdata: itemprop (lower case) to texts, of an article item only.
    """

    article: Object = field(default_factory=dict)
    web_page: Object = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    scripts: list[str] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    microdata: dict[str, list[str]] = field(default_factory=dict)
    canonical: str = ""
    title: str = ""
    language: str = ""
    objects: Mapping[str, Object] = field(default_factory=dict)

    def first_meta(self, *names: str) -> str:
        """The first non-empty content among these meta names, in order of the names."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content.strip():
                    return content.strip()
        return ""


_LANGUAGE = re.compile(r"\A(?!utf-?\d|iso-?\d|gb\d|big5)[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*\Z")
"""The form of a language tag (RFC 5646); some pages name their encoding there."""


def read_structured(root: etree._Element) -> Stated:
    """Read all of a page's statements about itself, once."""
    stated = Stated()
    scripts: list[str] = []
    for element in root.iter("script", "meta", "link", "title", "html"):
        _read_element(element, stated, scripts)
    given = (stated.language, stated.first_meta("content-language"), stated.first_meta("og:locale"))
    stated.language = next((tag for tag in given if _LANGUAGE.match(tag)), "")
    objects = _load_all(scripts)
    stated.types = frozenset(name for thing in objects for name in types_of(thing))
    stated.objects = {str(thing["@id"]): thing for thing in objects if isinstance(thing.get("@id"), str)}
    stated.article = _choose_article(objects, stated)
    stated.web_page = next(
        (thing for thing in objects if types_of(thing) & _PAGE_TYPES and "datePublished" in thing), {}
    )
    stated.microdata = _microdata(root)
    return stated


def unescaped(value: str) -> str:
    """Characters for entities, as JSON-LD often has them."""
    return html.unescape(value) if "&" in value else value


def text(value: Any) -> str:
    """A JSON-LD value as plain text: strings, numbers, the first of a list, an object's name."""
    if isinstance(value, str):
        return " ".join(html.unescape(value).split()) if "&" in value else " ".join(value.split())
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return next((found for item in value[:20] if (found := text(item))), "")
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value"))
    return ""


def resolved(value: object, stated: Stated) -> object:
    """An object given only by its ``@id``, found elsewhere in the graph; of a list, each."""
    if isinstance(value, list):
        return [resolved(item, stated) for item in value[:60]]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return stated.objects.get(value["@id"], value)
    return value


def types_of(thing: Object) -> frozenset[str]:
    """The ``@type`` names of an object, without a namespace."""
    kinds = thing.get("@type", ())
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    return frozenset(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def _read_element(element: etree._Element, stated: Stated, scripts: list[str]) -> None:
    tag = element.tag
    if tag == "script":
        if "ld+json" in (element.get("type") or "").lower() and element.text and len(scripts) < _MAX_BLOCKS:
            scripts.append(element.text[:_MAX_SCRIPT])
        elif (script := element.text) and "ublish" in script and len(script) < _MAX_SCRIPT:
            stated.scripts.append(script)
    elif tag == "meta":
        _read_meta(element, stated)
    elif tag == "link":
        _read_link(element, stated)
    elif tag == "title":
        parent = element.getparent()
        if not stated.title and parent is not None and parent.tag in ("head", "html", "body"):
            stated.title = " ".join("".join(map(str, element.itertext())).split())
    elif not stated.language:
        stated.language = (
            element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        ).strip()


def _read_link(element: etree._Element, stated: Stated) -> None:
    words = (element.get("rel") or "").lower().split()
    target = (element.get("href") or "").strip()
    if "canonical" in words and not stated.canonical:
        stated.canonical = target
    language = element.get("hreflang") or ""
    relation = next((word for word in words if word in ("amphtml", "next", "prev")), "")
    if "alternate" in words and (element.get("media") or "").lower() == "print":
        relation = "print"
    elif "alternate" in words and language and "xml" not in (element.get("type") or ""):
        relation = "language"
    if relation and target and len(stated.relations) < _MAX_RELATIONS:
        stated.relations.append((relation.removesuffix("html"), target[:2000], language))


def embedded_times(stated: Stated) -> dict[str, str]:
    """Dates in the data a page's own program is given; several different ones say nothing."""
    times: dict[str, str] = {}
    for script in stated.scripts:
        found: dict[str, set[str]] = {}
        for name, day in _EMBEDDED_DATE.findall(script):
            found.setdefault("published" if "ublish" in name else "modified", set()).add(day)
        for name, days in found.items():
            if len(days) == 1:
                times.setdefault(name, days.pop())
    return times


def _read_meta(element: etree._Element, stated: Stated) -> None:
    content = element.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        if name:
            for key in _meta_keys(name.lower()):
                values = stated.meta.setdefault(f"itemprop:{key}" if attribute == "itemprop" else key, [])
                if len(values) < 50:
                    values.append(content[:5000])


def _meta_keys(name: str) -> list[str]:
    """The names in one attribute: several where each has a prefix ("dc:title og:title"); Dublin Core's with a dot."""
    words = name.split()
    several = len(words) > 1 and all(":" in word for word in words)
    return [re.sub(r"\A(dc|dcterms):", r"\1.", key) for key in (words[:5] if several else [name.strip()])]


def _load_all(scripts: list[str]) -> list[Object]:
    found: list[Object] = []
    for script in scripts:
        found.extend(_objects(_load(script)))
        if len(found) > _MAX_OBJECTS:
            break
    return found[:_MAX_OBJECTS]


_WRAPPING = re.compile(r"\A\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[)|(?:-->|\]\]>|//\s*\]\]>)\s*;?\s*\Z")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


def _load(script: str) -> Any:
    cleaned = _WRAPPING.sub("", script).strip().rstrip(";")
    for candidate in (cleaned, _TRAILING_COMMA.sub(r"\1", cleaned)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(loaded: Any) -> Iterator[Object]:
    """The objects of a JSON-LD script: lists, ``@graph``, ``mainEntity`` and ``hasPart`` opened."""
    queue = [(loaded, 0)]
    count = 0
    while queue and count < _MAX_OBJECTS:
        value, depth = queue.pop(0)
        count += 1
        if isinstance(value, list):
            queue.extend((item, depth + 1) for item in value[:500])
        elif isinstance(value, dict):
            yield value
            if depth < 8:
                queue.extend(
                    (value[key], depth + 1)
                    for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
                    if key in value
                )


def _choose_article(objects: list[Object], stated: Stated) -> Object:
    """The article this page is about: the one with its canonical URL, else the one that says most."""
    articles = [thing for thing in objects if types_of(thing) & ARTICLE_TYPES]
    if not articles:
        return {}
    if len(articles) == 1:
        return articles[0]
    own = stated.canonical or stated.first_meta("og:url")
    here = [thing for thing in articles if own and _url_of(thing) == own.rstrip("/")]
    title = stated.first_meta("og:title") or stated.title
    named = [thing for thing in articles if (head := text(thing.get("headline"))) and head in title]
    pool = here or named or articles[:3]
    return max(
        pool, key=lambda thing: sum(key in thing for key in ("headline", "datePublished", "author", "articleBody"))
    )


def _url_of(thing: Object) -> str:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = thing.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            return value.split("#")[0].rstrip("/")
    return ""


def _microdata(root: etree._Element) -> dict[str, list[str]]:
    """itemprop values of the first article item (``itemtype`` …Article), nested items by name."""
    found: dict[str, list[str]] = {}
    for item in root.iterfind(".//*[@itemtype]"):
        kind = (item.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
        if kind in ARTICLE_TYPES:
            home: etree._Element | None = None
            for element in item.iterfind(".//*[@itemprop]"):
                box = _nearest_article(element, item) if _names_author(element) else None
                if box is None or home is None or box is home:  # a teaser's author is not the item's
                    _microdata_value(element, item, found)
                home = home if home is not None or "author" not in found else box
            break
    return found


def _microdata_value(element: etree._Element, item: etree._Element, found: dict[str, list[str]]) -> None:
    names = (element.get("itemprop") or "").lower().split()
    wanted = [name for name in names if name in _MICRODATA_WANTED]
    if not wanted or _owner(element) is not item:
        return
    if element.get("itemscope") is not None:
        named = element.find(".//*[@itemprop='name']")
        value = _value_of(named) if named is not None else ""
    else:
        value = _value_of(element)
    for name in wanted:
        if value:
            found.setdefault(name, []).append(value)


_MICRODATA_WANTED = _names("""
headline alternativeheadline author creator datepublished datemodified publisher articlesection inlanguage
""")


def _names_author(element: etree._Element) -> bool:
    return (element.get("itemprop") or "").lower() in ("author", "creator")


def _nearest_article(element: etree._Element, item: etree._Element) -> etree._Element:
    """The innermost article around an element inside the item, or the item."""
    return next((box for box in element.iterancestors() if box.tag == "article" or box is item), item)


def _owner(element: etree._Element) -> etree._Element | None:
    parent = element.getparent()
    while parent is not None and parent.get("itemscope") is None and parent.get("itemtype") is None:
        parent = parent.getparent()
    return parent


def _value_of(element: etree._Element) -> str:
    given = element.get("content") or element.get("datetime")
    if given:
        return " ".join(given.split())
    return text_of(element)[:1000]
