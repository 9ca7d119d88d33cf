"""Headline, byline, dates and the other fields of a page, each with where it was read.

Sources in order of trust: JSON-LD, microdata, meta tags, the page's own text, its URL. Where two
sources disagree on a headline or a date, a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from writethru.extraction import structured
from writethru.extraction.header_lines import (
    Stretch,
    line_by,
    printed_byline,
    printed_kicker,
    printed_relative_time,
    printed_times,
)
from writethru.extraction.headlines import find_headline, folded, stated_headlines, without_site
from writethru.extraction.marks import Mark
from writethru.extraction.names import agency_credited, agency_named, split_names, without_handle
from writethru.extraction.people import FURTHER, by_organisation, printed_people, stated_people, without_repeats
from writethru.extraction.standing import absolute, differs, is_free, read_alternates
from writethru.extraction.stated_names import META_OUTLET, could_be_name, joined_names, meta_authors, outlet_names
from writethru.extraction.stated_times import stated_time
from writethru.extraction.structured import Object, Stated
from writethru.extraction.tree import Frame, Page, Segment
from writethru.model import Alternate, Author, Block, Extraction, Sign, Statement

_META_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "article:published:time",
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
    "published",
    "published-date",
    "published_date",
    "published_time",
    "publication-date",
    "article:publish_date",
    "article:publication_date",
    "dc.date.published",
    "post-date",
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
    "article:modified:time",
    "itemprop:datemodified",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "article_date_updated",
    "article.updated",
)
_URL_DATE = re.compile(
    r"/(20\d\d|19\d\d)[/-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[/-]"
    r"(0?[1-9]|[12]\d|3[01])(?![\w])",
    re.I,
)
_ACCOUNT = re.compile(r"[\d._]|\A[^A-ZÀ-Þ]*[a-z][^A-ZÀ-Þ]*\Z")  # "jo.lind", "CC7567": an account in a system
_META_TOPICS = ("article:section", "article:tag", "keywords", "news_keywords")
_PARTED = re.compile(r"\s[-–—|:]\s|:\s|\s(?=\d)")
_STAMPED = 2  # days; one may be the zone
_ZONED = re.compile(r"T\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)\Z")
_HOUR = 3600
_MOST_OF_A_ZONE = 14 * _HOUR
RELATIVE = "page, relative"
"""The source of a statement whose words are a time relative to the reader; ``dating`` resolves it."""
_WORD = re.compile(r"\w{2,}")
_MOST_STATEMENTS = 40
_STATEMENT_CHARS = 500
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class Fields:
    """What was read so far."""

    values: dict[str, str] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    fallbacks: dict[str, tuple[str, str]] = field(default_factory=dict)  # used when the page prints nothing better
    otherwise: list[Statement] = field(default_factory=list)
    people: tuple[Author, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    free: bool | None = None

    def set(self, name: str, value: str, source: str) -> None:
        """Keep the first value found for a field; one that says something else is noted beside it."""
        if not value:
            return
        if name not in self.values:
            self.values[name] = value
            self.provenance[name] = source
        elif differs(name, self.values[name], value) and len(self.otherwise) < _MOST_STATEMENTS:
            statement = Statement(name, value[:_STATEMENT_CHARS], source)
            if statement not in self.otherwise:
                self.otherwise.append(statement)

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
            kicker=self.get("kicker"),
            authors=self._authors(),
            free=self.free,
            alternates=self.alternates,
            otherwise=tuple(self.otherwise),
        )

    def _authors(self) -> tuple[Author, ...]:
        """The people of the byline; as stated one by one where the byline was read from the same source."""
        if self.people and self.provenance.get("byline", "json-ld") == "json-ld":
            return self.people
        people = printed_people(self.get("byline"))
        own = folded(self.get("outlet"))
        return tuple(person for person in people if folded(person.name) != own) or people


def read_stated(stated: Stated, url: str | None) -> Fields:
    """The fields a page states in its structured parts."""
    fields = Fields()
    _from_json_ld(fields, stated.article, stated)
    fields.set("outlet", stated.first_meta(*META_OUTLET), "meta")
    for name, prop in (("published", "datepublished"), ("modified", "datemodified")):
        fields.set(name, _first_time(stated.microdata.get(prop, ())), "microdata")
    sites = outlet_names(stated)
    _set_byline(fields, stated.microdata.get("author", []) or stated.microdata.get("creator", []), "microdata", sites)
    for name, metas in (("published", _META_PUBLISHED), ("modified", _META_MODIFIED)):
        fields.set(name, time := _meta_time(stated, metas), "meta")
        _mend_zone(fields, name, time)
    for names in meta_authors(stated):
        _set_byline(fields, names, "meta", sites)
    _from_web_page(fields, stated)
    fields.set("section", stated.first_meta("article:section", "section", "parsely-section"), "meta")
    fields.set("language", stated.language.replace("_", "-"), "page")
    _canonical(fields, stated, url)
    fields.alternates = read_alternates(stated, url or fields.get("canonical_url"))
    fields.free = is_free(stated)
    return fields


def _mend_zone(fields: Fields, name: str, meta: str) -> None:
    """The meta tag's clock where microdata are whole hours beside it: themes add a zone of their own to local time."""
    stated = fields.get(name)
    if fields.provenance.get(name) != "microdata" or not _ZONED.search(stated) or not _ZONED.search(meta):
        return
    try:
        beside = abs((datetime.fromisoformat(stated) - datetime.fromisoformat(meta)).total_seconds())
    except ValueError:  # a zone that is none
        return
    if 0 < beside <= _MOST_OF_A_ZONE and beside % _HOUR == 0:
        fields.otherwise = [each for each in fields.otherwise if (each.field, each.source) != (name, "meta")]
        fields.otherwise.append(Statement(name, stated, "microdata"))
        fields.values[name], fields.provenance[name] = meta, "meta"


def _set_byline(fields: Fields, names: Iterable[str], source: str, outlets: Iterable[str] = ()) -> None:
    """Names as byline; an outlet's name, an account's or a single word only when the page prints no better one."""
    joined = joined_names(names)
    own = {folded(name) for name in (fields.get("outlet"), *outlets) if name}
    cased = joined.lower() != joined.upper()  # scripts without capitals set names without a space
    alone = cased and " " not in joined and (source == "meta" or _ACCOUNT.search(joined))
    if joined and (folded(joined) in own or alone):
        fields.fallbacks.setdefault("byline", (joined, source))
    else:
        fields.set("byline", joined, source)


def _from_web_page(fields: Fields, stated: Stated) -> None:
    """Dates stated for the page where none is stated for an article on it."""
    fields.set("published", stated_time(structured.text(stated.web_page.get("datePublished"))) or "", "json-ld")
    fields.set("modified", stated_time(structured.text(stated.web_page.get("dateModified"))) or "", "json-ld")


def _from_json_ld(fields: Fields, article: Object, stated: Stated) -> None:
    fields.set("published", stated_time(structured.text(article.get("datePublished"))) or "", "json-ld")
    fields.set("modified", stated_time(structured.text(article.get("dateModified"))) or "", "json-ld")
    publisher = article.get("publisher") or article.get("sourceOrganization")
    fields.set("outlet", structured.text(structured.resolved(publisher, stated)), "json-ld")
    people = without_repeats(p for p in stated_people(article, stated) if could_be_name(p.name))
    named = [person.name for person in people if person.role not in FURTHER]
    if named and by_organisation(article, stated):
        fields.fallbacks.setdefault("byline", (joined_names(named), "json-ld"))
    else:
        _set_byline(fields, named, "json-ld", outlet_names(stated))
    fields.people = people
    fields.set("section", structured.text(article.get("articleSection")), "json-ld")
    fields.set("language", structured.text(article.get("inLanguage")), "json-ld")


def _first_time(values: Iterable[str]) -> str:
    return next((time for value in values if (time := stated_time(value))), "")


def _meta_time(stated: Stated, names: tuple[str, ...]) -> str:
    return next((time for name in names if (time := _first_time(stated.meta.get(name, ())))), "")


def _canonical(fields: Fields, stated: Stated, url: str | None) -> None:
    for value, source in ((stated.canonical, "link"), (stated.first_meta("og:url"), "meta")):
        fields.set("canonical_url", absolute(value, url), source)


def read_headline(fields: Fields, stated: Stated, page: Page) -> None:
    """The headline, with a note where the sources disagree."""
    found = find_headline(stated, page, fields.get("outlet"))
    if found:
        fields.set("headline", found.text, found.source)
        fields.set("kicker", found.kicker, "page")
        fields.notes.extend(found.notes)
        for value, source in stated_headlines(stated):
            fields.set("headline", without_site(value, fields.get("outlet"), stated.title), source)


def read_standfirst(fields: Fields, stated: Stated, page: Page, container: Frame, zone: Frame) -> None:
    """The standfirst printed between headline and body: marked as one, or the description's twin."""
    described = [
        folded(text) for text in (stated.first_meta("og:description"), stated.first_meta("description")) if text
    ]
    headline = folded(fields.get("headline"))
    for segment in page.segments:
        if not 30 <= len(segment.text) <= 600 or segment.link_density > 0.5 or not segment.frame.within(zone):
            continue
        if folded(segment.text) == headline:
            continue
        if _marked_standfirst(segment) or (
            described and not segment.frame.within(container) and folded(segment.text) in described
        ):
            fields.set("standfirst", segment.text, "page")
            return


def _marked_standfirst(segment: Segment) -> bool:
    own = segment.frame.marks
    around = segment.frame.parent.marks if segment.frame.parent else 0
    wanted = own & Mark.STANDFIRST or (around & Mark.STANDFIRST and not around & Mark.BODY)
    return bool(wanted) and not (own | around) & (Mark.FURNITURE | Mark.TEASER | Mark.CAPTION | Mark.HIDDEN)


def read_from_page(fields: Fields, stated: Stated, page: Page, stretch: Stretch, url: str | None) -> None:
    """Byline and dates printed around the headline, where nothing better states them."""
    fields.set("kicker", printed_kicker(page, stretch, fields.get("headline")), "page")
    stretch = replace(stretch, strange=_no_names(fields, stated))
    if not fields.get("byline"):
        fields.set("byline", without_handle(printed_byline(page, stretch)), "page")
    else:
        _prefer_printed(fields, without_handle(line_by(page, stretch)))
    for name, source in fields.fallbacks.items():
        fields.set(name, *source)
    for name, time in printed_times(page, stretch).items():
        fields.set(name, time, "page")
    _not_after_modified(fields)
    read_embedded(fields, stated, url)
    if not fields.get("published") and not fields.get("modified"):
        name, words = printed_relative_time(page, stretch)
        if words:
            fields.otherwise.append(Statement(name, words, RELATIVE))


def _not_after_modified(fields: Fields) -> None:
    """A day of publication after the day of the last change is none: another one that is stated or printed goes first.

    Some systems stamp both with the last change. Where they are the same day, only another tag is believed: beside a
    headline the days of other articles are printed too.
    """
    published, modified = _day(fields.get("published")), _day(fields.get("modified"))
    if published is None or modified is None or published < modified:
        return
    sources = ("meta", "page") if published > modified else ("meta",)
    said = [each for each in fields.otherwise if each.field == "published" and each.source in sources]
    days = ((each, _day(each.value)) for each in said)
    other = next((each for each, day in days if day and (published - day).days >= _STAMPED), None)
    if other is not None:
        before = Statement("published", fields.get("published"), fields.provenance["published"])
        fields.otherwise[fields.otherwise.index(other)] = before
        fields.values["published"], fields.provenance["published"] = other.value, other.source


def _day(time: str) -> date | None:
    try:
        return date.fromisoformat(time[:10])
    except ValueError:
        return None


def _no_names(fields: Fields, stated: Stated) -> frozenset[str]:
    """The headline, its parts between separators, section and topics, folded."""
    topics = [topic for key in _META_TOPICS for value in stated.meta.get(key, ()) for topic in value.split(",")]
    parts = _PARTED.split(fields.get("headline"))
    return frozenset(
        map(folded, (fields.get("headline"), *parts, fields.get("section"), fields.get("kicker"), *topics))
    )


def _prefer_printed(fields: Fields, printed: str) -> None:
    """A line "By …" under the headline is what readers are told, where metadata name somebody else altogether."""
    stated = fields.get("byline")
    if printed and not set(_WORD.findall(printed.lower())) & set(_WORD.findall(stated.lower())):
        fields.otherwise.append(Statement("byline", stated[:_STATEMENT_CHARS], fields.provenance["byline"]))
        fields.values["byline"], fields.provenance["byline"] = printed, "page"


def read_embedded(fields: Fields, stated: Stated, url: str | None) -> None:
    """Dates from the page's own data and its address, where none is stated or printed."""
    if not fields.get("published") and not fields.get("modified"):
        for name, time in structured.embedded_times(stated).items():
            fields.set(name, stated_time(time) or "", "embedded data")
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


def read_agency(fields: Fields, dateline_agency: str, credit_lines: Iterable[str]) -> None:
    """The agency from dateline, byline or a line that credits one."""
    fields.set("agency", dateline_agency, "dateline")
    for part in split_names(fields.get("byline")):
        fields.set("agency", agency_named(part), "byline")
    for line in credit_lines:
        fields.set("agency", agency_credited(line), "credit line")
