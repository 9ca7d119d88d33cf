"""Headline, byline, dates and the other fields of a page, each with where it was read.

Sources in order of trust: JSON-LD, microdata, meta tags, the page's own text, its URL. Where two
sources disagree on a headline or a date, a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from writethru.extraction import structured
from writethru.extraction.marks import Mark
from writethru.extraction.names import agency_named, looks_like_names, split_names, starts_with_by, without_by
from writethru.extraction.stated_times import stated_time
from writethru.extraction.structured import Object, Stated
from writethru.extraction.tree import Frame, Page, Segment, text_of
from writethru.extraction.verdicts import folded
from writethru.model import Block, Extraction, Sign

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
_META_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "itemprop:datepublished",
    "datepublished",
    "originalpublicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "pubdate",
    "article_date_original",
    "displaydate",
    "article.created",
    "article.published",
    "rnews:datepublished",
    "date",
    "citation_publication_date",
    "bt:pubdate",
)
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "article:modified",
    "itemprop:datemodified",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "article_date_updated",
    "article.updated",
)
_META_AUTHOR = (
    "author",
    "byl",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "rnews:author",
    "authors",
    "cxenseparse:author",
    "article:author",
    "og:article:author",
    "citation_author",
    "itemprop:author",
)
_META_OUTLET = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "twitter:app:name:iphone",
    "copyright_holder",
)
_TITLE_SEPARATOR = re.compile(r"\s+[|\-–—·:»•]{1,2}\s+")
_URL_DATE = re.compile(
    r"/(20\d\d|19\d\d)[/-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|\Z)",
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class Fields:
    """What was read so far."""

    values: dict[str, str] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def set(self, name: str, value: str, source: str) -> None:
        """Keep the first value found for a field."""
        if value and name not in self.values:
            self.values[name] = value
            self.provenance[name] = source

    def get(self, name: str) -> str:
        """The value of a field, or ""."""
        return self.values.get(name, "")

    def extraction(
        self, extractor: str, blocks: tuple[Block, ...], notes: tuple[str, ...], signs: frozenset[Sign] = frozenset()
    ) -> Extraction:
        """The finished Extraction."""
        return Extraction(
            extractor,
            headline=self.get("headline"),
            standfirst=self.get("standfirst"),
            byline=self.get("byline"),
            dateline=self.get("dateline"),
            published=self.get("published") or None,
            modified=self.get("modified") or None,
            outlet=self.get("outlet"),
            agency=self.get("agency"),
            section=self.get("section"),
            language=self.get("language"),
            canonical_url=self.get("canonical_url") or None,
            blocks=blocks,
            provenance=dict(self.provenance),
            signs=signs,
            notes=notes,
        )


def read_stated(stated: Stated, url: str | None) -> Fields:
    """The fields a page states in its structured parts."""
    fields = Fields()
    article = stated.article
    _from_json_ld(fields, article, stated)
    for name, prop in (("published", "datepublished"), ("modified", "datemodified")):
        fields.set(name, _first_time(stated.microdata.get(prop, ())), "microdata")
    fields.set(
        "byline", _join_names(stated.microdata.get("author", []) or stated.microdata.get("creator", [])), "microdata"
    )
    fields.set("published", _meta_time(stated, _META_PUBLISHED), "meta")
    fields.set("modified", _meta_time(stated, _META_MODIFIED), "meta")
    fields.set("byline", _meta_authors(stated), "meta")
    fields.set("outlet", stated.first_meta(*_META_OUTLET), "meta")
    fields.set(
        "section", stated.first_meta("article:section", "section", "parsely-section", "og:article:section"), "meta"
    )
    fields.set("language", stated.language.replace("_", "-"), "page")
    _canonical(fields, stated, url)
    return fields


def _from_json_ld(fields: Fields, article: Object, stated: Stated) -> None:
    fields.set("published", stated_time(structured.text(article.get("datePublished"))) or "", "json-ld")
    fields.set("modified", stated_time(structured.text(article.get("dateModified"))) or "", "json-ld")
    fields.set("byline", _join_names(_author_names(article, stated)), "json-ld")
    publisher = article.get("publisher") or article.get("sourceOrganization")
    fields.set("outlet", structured.text(_resolved(publisher, stated)), "json-ld")
    fields.set("section", structured.text(article.get("articleSection")), "json-ld")
    fields.set("language", structured.text(article.get("inLanguage")), "json-ld")


def _resolved(value: object, stated: Stated) -> object:
    """An object given only by its ``@id`` elsewhere in the graph."""
    if isinstance(value, list):
        return [_resolved(item, stated) for item in value[:30]]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return stated.objects.get(value["@id"], value)
    return value


def _author_names(article: Object, stated: Stated) -> list[str]:
    authors = _resolved(article.get("author") or article.get("creator"), stated)
    found = authors if isinstance(authors, list) else [authors]
    names: list[str] = []
    for author in found[:30]:
        inner = author.get("name") if isinstance(author, dict) else author
        for item in inner if isinstance(inner, list) else [inner]:
            names.append(structured.text(item))
    return names


def _join_names(names: Iterable[str]) -> str:
    """Names in their order, each once, "By" and URLs left out."""
    kept: list[str] = []
    for name in names:
        clean = without_by(" ".join(name.split()))
        if clean and "://" not in clean and "@" not in clean[:1] and clean not in kept and len(clean) < 300:
            kept.append(clean)
    return ", ".join(kept)


def _first_time(values: Iterable[str]) -> str:
    return next((time for value in values if (time := stated_time(value))), "")


def _meta_time(stated: Stated, names: tuple[str, ...]) -> str:
    return next((time for name in names if (time := _first_time(stated.meta.get(name, ())))), "")


def _meta_authors(stated: Stated) -> str:
    for name in _META_AUTHOR:
        joined = _join_names(stated.meta.get(name, ()))
        if joined and "." not in joined.split()[0].strip("."):
            return joined
    return ""


def _canonical(fields: Fields, stated: Stated, url: str | None) -> None:
    for value, source in ((stated.canonical, "link"), (stated.first_meta("og:url"), "meta")):
        absolute = _absolute(value, url)
        if absolute:
            fields.set("canonical_url", absolute, source)


def _absolute(value: str, url: str | None) -> str:
    try:
        joined = urljoin(url or "", value) if value else ""
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).netloc else ""
    except ValueError:
        return ""


def read_headline(fields: Fields, stated: Stated, page: Page) -> None:
    """The headline as readers see it, checked against what the page states."""
    said = _stated_headlines(stated)
    shown = [segment for segment in page.segments if segment.frame.tag == "h1" and _shown(segment)]
    marked = [
        s
        for s in page.segments
        if s.frame.marks & Mark.HEADLINE and s.frame.tag in ("h1", "h2", "div", "p", "span") and _shown(s)
    ]
    agreeing = _agreeing([*shown, *marked], [value for value, _ in said] + [stated.title])
    if agreeing:
        fields.set("headline", agreeing.text, "page")
        _note_disagreement(fields, agreeing.text, said)
    for value, source in said:
        fields.set("headline", value, source)
    if shown:
        fields.set("headline", shown[0].text, "page")
    fields.set("headline", bare_title(stated, fields.get("outlet")), "title")


def _stated_headlines(stated: Stated) -> list[tuple[str, str]]:
    found = [
        (structured.text(stated.article.get("headline")), "json-ld"),
        ((stated.microdata.get("headline") or [""])[0], "microdata"),
        (" ".join(stated.first_meta(*_META_TITLE).split()), "meta"),
    ]
    return [(value, source) for value, source in found if value]


def headline_is_marked(stated: Stated, page: Page) -> bool:
    """Whether metadata or the heading's own names say which text is the headline."""
    return bool(_stated_headlines(stated)) or any(
        s.frame.tag == "h1" and s.frame.marks & Mark.HEADLINE for s in page.segments
    )


def _shown(segment: Segment) -> bool:
    return len(segment.text) > 3 and not any(box.marks & Mark.HIDDEN for box in segment.frame.chain())


def _agreeing(shown: list[Segment], said: list[str]) -> Segment | None:
    """The first printed headline that some statement of the page repeats."""
    statements = [folded(value) for value in said if value]
    for segment in shown:
        own = folded(segment.text)
        if len(own) >= 8 and any(
            own in value or (len(value) > 20 and value.rstrip(".…") in own) for value in statements
        ):
            return segment
    return None


def _note_disagreement(fields: Fields, shown: str, said: list[tuple[str, str]]) -> None:
    for value, source in said:
        if source != "meta" and folded(value) != folded(shown):
            fields.notes.append(f"the {source} headline differs from the printed one: {value[:200]}")


def bare_title(stated: Stated, outlet: str) -> str:
    """``<title>`` without the outlet's name around it."""
    parts = _TITLE_SEPARATOR.split(stated.title)
    if len(parts) == 1:
        return stated.title
    kept = [part for part in parts if not outlet or folded(part) not in (folded(outlet), "")]
    return max(kept or parts, key=len)


def read_standfirst(fields: Fields, stated: Stated, page: Page, container: Frame, zone: Frame) -> None:
    """The standfirst printed between headline and body: marked as one, or the description's twin."""
    described = [
        folded(text) for text in (stated.first_meta("og:description"), stated.first_meta("description")) if text
    ]
    for segment in page.segments:
        if not segment.frame.within(zone) or not 30 <= len(segment.text) <= 600 or segment.link_density > 0.5:
            continue
        inside = segment.frame.within(container)
        if _marked_standfirst(segment) or (not inside and folded(segment.text) in described):
            fields.set("standfirst", segment.text, "page")
            return


def _marked_standfirst(segment: Segment) -> bool:
    own = segment.frame.marks
    around = segment.frame.parent.marks if segment.frame.parent else Mark.NONE
    wanted = own & Mark.STANDFIRST or (around & Mark.STANDFIRST and not around & Mark.BODY)
    return bool(wanted) and not (own | around) & (Mark.FURNITURE | Mark.TEASER | Mark.CAPTION | Mark.HIDDEN)


def read_from_page(fields: Fields, page: Page, zone: Frame, url: str | None) -> None:
    """Byline and dates from the page's own text, where nothing better states them."""
    if not fields.get("byline"):
        fields.set("byline", _printed_byline(page, zone), "page")
    if not fields.get("published"):
        _printed_times(fields, page, zone)
    fields.set("published", url_date(url or fields.get("canonical_url")), "url")


def url_date(url: str | None) -> str:
    """The day in a URL's path (``/2016/sep/09/``) as an ISO date, or ""."""
    try:
        match = _URL_DATE.search(urlsplit(url or "").path)
    except ValueError:
        return ""
    if not match:
        return ""
    year, month, day = match.groups()
    number = _MONTHS.index(month[:3].lower()) + 1 if month[0].isalpha() else int(month)
    return stated_time(f"{year}-{number:02}-{int(day):02}") or ""


def _printed_byline(page: Page, zone: Frame) -> str:
    for accept in (starts_with_by, looks_like_names):
        name = _first_byline(page, zone, accept)
        if name:
            return name
    return ""


def _first_byline(page: Page, zone: Frame, accept: Callable[[str], bool]) -> str:
    boxes = [(m, e) for m, e, frame in page.labelled if m & Mark.BYLINE and frame.within(zone)]
    boxes += [(f.marks, f.element) for f in page.frames if f.marks & Mark.BYLINE and f.within(zone)]
    for _, element in boxes[:40]:
        words = text_of(element)[:300]
        if accept(words) and looks_like_names(words):
            return without_by(words)
    for segment in page.segments:
        if (
            segment.frame.within(zone)
            and len(segment.text) < 120
            and starts_with_by(segment.text)
            and looks_like_names(segment.text)
        ):
            return without_by(segment.text)
    return ""


def _printed_times(fields: Fields, page: Page, zone: Frame) -> None:
    boxes = [(e, f) for m, e, f in page.labelled if m & Mark.TIME]
    boxes += [(f.element, f) for f in page.frames if f.marks & Mark.TIME]
    for element, frame in boxes[:80]:
        if not frame.within(zone) or any(box.marks & (Mark.FURNITURE | Mark.TEASER) for box in _until(frame, zone)):
            continue
        words = text_of(element)[:300]
        time = stated_time(element.get("datetime") or "") or stated_time(words)
        if time:
            name = (
                "modified"
                if re.search(r"updated|modified|edited|aktualisiert|mis à jour", words, re.I)
                else "published"
            )
            fields.set(name, time, "page")


def _until(frame: Frame, zone: Frame) -> Iterable[Frame]:
    for box in frame.chain():
        if box is zone:
            return
        yield box


def read_agency(fields: Fields, dateline_agency: str) -> None:
    """The agency from dateline or byline."""
    fields.set("agency", dateline_agency, "dateline")
    for part in split_names(fields.get("byline")):
        fields.set("agency", agency_named(part), "byline")
