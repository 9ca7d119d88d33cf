"""Every part that is read of a page, each from every place where pages put it: one fictional page a row."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from writethru.extraction import extract
from writethru.model import BlockKind, Extraction

URL = "https://ledger.example/2031/05/quay"
TITLE = "Norhaven closes its east quay for eleven days"
FIRST = "The harbour board will close the east quay for eleven days, it said on Sunday."
SECOND = "The closure follows a survey in which divers found 12 cracked piles under the ferry berth, the board said."
THIRD = "Ferries will use the west quay, where two of the three berths are open to foot passengers only."
FOURTH = "A second survey is to begin in June and will cost the town about 1.4 million crowns, the order says."
TEXT = "".join(f"<p>{text}</p>" for text in (SECOND, THIRD, FOURTH))
NOTE = "Correction: An earlier version of this article misstated the number of cracked piles."


@dataclass(frozen=True)
class Row:
    """One page and what is wanted of it.

    Attributes:
        json: what its JSON-LD states besides type and headline; None for a page without.
        wanted: what ``said`` gives.
    """

    name: str
    said: Callable[[Extraction], object]
    wanted: object
    head: str = ""
    json: dict[str, object] | None = None
    header: str = ""  # between headline and text
    above: str = ""  # before the headline
    first: str = f"<p>{FIRST}</p>"
    body: str = ""  # between second and third paragraph
    after: str = ""  # behind the text, inside the article
    foot: str = ""  # behind the article
    html: str = "lang=en"
    heading: str = TITLE
    title: str = f"{TITLE} | The Ledger"
    article: str = "article"

    def __str__(self) -> str:
        return self.name

    def page(self) -> str:
        """The page."""
        stated = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **(self.json or {})}
        script = f'<script type="application/ld+json">{json.dumps(stated)}</script>' if self.json is not None else ""
        text = TEXT.replace("</p>", f"</p>{self.body}", 1)
        return (
            f"<!doctype html><html {self.html}><head><title>{self.title}</title>{self.head}{script}</head>"
            f"<body><nav><a href=/>Home</a></nav><main><{self.article}>{self.above}<h1>{self.heading}</h1>{self.header}"
            f"<div class=story-body>{self.first}{text}</div>{self.after}</{self.article}></main>{self.foot}"
            "<footer><p>The Ledger Company, 1 Quay Street.</p></footer></body></html>"
        )


def kinds(kind: BlockKind) -> Callable[[Extraction], object]:
    """The texts of the blocks of one kind."""
    return lambda read: [block.text for block in read.blocks if block.kind is kind]


def from_where(field: str) -> Callable[[Extraction], object]:
    """A field's value and its source."""
    return lambda read: (getattr(read, field), read.provenance.get(field, ""))


def people(read: Extraction) -> object:
    return [(person.name, person.role) for person in read.authors]


def others(field: str) -> Callable[[Extraction], object]:
    """What other sources state of a field."""
    return lambda read: [(each.value, each.source) for each in read.otherwise if each.field == field]


PERSON = {"@type": "Person", "name": "Ada Quill"}
WALL = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"}
ROWS = (
    # headline, kicker, standfirst
    Row("headline, printed and stated", from_where("headline"), (TITLE, "page"), json={}),
    Row(
        "headline, a kicker inside it",
        lambda r: (r.kicker, r.headline),
        ("Harbour", TITLE),
        json={},
        heading=f"<span class=kicker>Harbour</span> {TITLE}",
    ),
    Row(
        "headline, beside a site's name that is longer",
        lambda r: r.headline,
        "Harbour life in a warming world",
        above="<div class=site-title>Norhaven Harbour-Based Learning</div>",
        heading="Harbour life in a warming world",
        title="Harbour life in a warming world | Norhaven Harbour-Based Learning",
    ),
    Row(
        "headline, disagreement",
        others("headline"),
        [("Quay shut", "meta")],
        head='<meta property="og:title" content="Quay shut">',
        json={},
    ),
    Row("kicker over the headline", lambda r: r.kicker, "Harbour", above="<p class=kicker>Harbour</p>"),
    Row(
        "standfirst",
        from_where("standfirst"),
        ("Divers found cracks under the berth in April.", "page"),
        header="<p class=standfirst>Divers found cracks under the berth in April.</p>",
    ),
    Row(
        "standfirst, the description's twin",
        lambda r: r.standfirst,
        "Divers found cracks under the berth in April.",
        head='<meta name="description" content="Divers found cracks under the berth in April.">',
        header="<h2>Divers found cracks under the berth in April.</h2>",
    ),
    # people
    Row("byline from JSON-LD", from_where("byline"), ("Ada Quill", "json-ld"), json={"author": PERSON}),
    Row(
        "role from jobTitle",
        people,
        [("Ada Quill", "Transport editor")],
        json={"author": {**PERSON, "jobTitle": "Transport editor"}},
    ),
    Row(
        "two authors and a contributor",
        people,
        [("Ada Quill", ""), ("Ben Farrow", ""), ("Cy Lund", "contributor")],
        json={"author": [PERSON, {"@type": "Person", "name": "Ben Farrow"}], "contributor": {"name": "Cy Lund"}},
    ),
    Row(
        "author in parts of a name",
        lambda r: (r.byline, people(r)),
        ("Ada Quill", [("Ada Quill", "")]),
        json={"author": {"@type": "Person", "givenName": "Ada", "familyName": "Quill"}},
    ),
    Row("byline beside a date over the headline", lambda r: r.byline, "Ada Quill", above="<p>May 4, 2031Ada Quill</p>"),
    Row("no byline in a sentence", lambda r: r.byline, "", header="<p>May 4, 2031</p><p>Then I learned Lean.</p>"),
    Row("no byline in a button", lambda r: r.byline, "", header="<p>May 4, 2031</p><p>Find A Location</p>"),
    Row(
        "byline below the text",
        lambda r: (r.byline, "Written by" in r.text),
        ("Ada Quill", False),
        after="<h3>Written by Ada Quill</h3>",
    ),
    Row(
        "byline as the last line of the text",
        lambda r: (r.byline, people(r)),
        ("Ada Quill", [("Ada Quill", "")]),
        foot="<p>Written by Ada Quill</p>",
    ),
    Row(
        "author given by @id in a graph",
        lambda r: r.byline,
        "Ada Quill",
        head='<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"'
        + TITLE
        + '","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ada Quill"}]}</script>',
    ),
    Row(
        "byline from microdata",
        from_where("byline"),
        ("Ada Quill", "microdata"),
        article='article itemscope itemtype="https://schema.org/NewsArticle"',
        header="<p itemprop=author itemscope><span itemprop=name>Ada Quill</span></p>",
    ),
    Row("byline from meta", from_where("byline"), ("Ada Quill", "meta"), head='<meta name=author content="Ada Quill">'),
    Row("byline printed", from_where("byline"), ("Ada Quill", "page"), header="<p class=byline>By Ada Quill</p>"),
    Row(
        "byline printed, with a role",
        people,
        [("Ada Quill", "Transport editor")],
        header="<p class=byline>By Ada Quill, Transport editor</p>",
    ),
    Row(
        "byline printed, two people",
        people,
        [("Ada Quill", ""), ("Ben Farrow", "")],
        header="<p class=byline>By Ada Quill and Ben Farrow</p>",
    ),
    Row(
        "byline, an agency",
        lambda r: (people(r), r.agency),
        ([("Ada Quill", ""), ("Reuters", "agency")], "Reuters"),
        header="<p class=byline>By Ada Quill, Reuters</p>",
    ),
    Row(
        "byline, disagreement",
        others("byline"),
        [("Ben Farrow", "meta")],
        head='<meta name=author content="Ben Farrow">',
        json={"author": PERSON},
    ),
    Row(
        "credit: additional reporting",
        lambda r: r.credits,
        ("Additional reporting by Cy Lund; Editing by Dee Moor",),
        body="<p>Additional reporting by Cy Lund; Editing by Dee Moor</p>",
    ),
    Row(
        "credit: in brackets",
        lambda r: r.credits,
        ("(Reporting by Ada Quill in Norhaven; editing by Cy Lund)",),
        body="<p>(Reporting by Ada Quill in Norhaven; editing by Cy Lund)</p>",
    ),
    Row(
        "credit: an agency",
        lambda r: (r.credits, r.agency),
        (("With files from The Associated Press",), "AP"),
        body="<p>With files from The Associated Press</p>",
    ),
    Row(
        "credit: contributed to this report",
        lambda r: r.credits,
        ("Cy Lund contributed to this report.",),
        body="<p><em>Cy Lund contributed to this report.</em></p>",
    ),
    # dateline
    Row(
        "dateline with agency",
        lambda r: (r.dateline, r.agency),
        ("NORHAVEN", "Reuters"),
        first=f"<p>NORHAVEN (Reuters) - {FIRST}</p>",
    ),
    Row(
        "dateline with a day",
        lambda r: (r.dateline, r.agency),
        ("NORHAVEN", "AFP"),
        first=f"<p>NORHAVEN, May 4 (AFP) — {FIRST}</p>",
    ),
    Row(
        "dateline without agency",
        lambda r: r.dateline,
        "NORHAVEN, Lindland",
        first=f"<p>NORHAVEN, Lindland — {FIRST}</p>",
    ),
    # times
    Row(
        "published with its zone",
        from_where("published"),
        ("2031-05-04T06:00:00+02:00", "json-ld"),
        json={"datePublished": "2031-05-04T06:00:00+02:00"},
    ),
    Row(
        "published without a zone",
        from_where("published"),
        ("2031-05-04T06:00:00", "json-ld"),
        json={"datePublished": "2031-05-04T06:00:00"},
    ),
    Row(
        "published, a day only",
        from_where("published"),
        ("2031-05-04", "meta"),
        head='<meta property="article:published_time" content="2031-05-04">',
    ),
    Row(
        "published and modified",
        lambda r: (r.published, r.modified),
        ("2031-05-04T06:00Z", "2031-05-05T07:30Z"),
        json={"datePublished": "2031-05-04T06:00Z", "dateModified": "2031-05-05T07:30Z"},
    ),
    Row(
        "published printed, with clock and zone",
        from_where("published"),
        ("2031-05-04T18:40+01:00", "page"),
        header="<p class=date>4 May 2031, 6.40pm BST</p>",
    ),
    Row(
        "published and updated printed",
        lambda r: (r.published, r.modified),
        ("2031-05-04", "2031-05-05"),
        header="<p class=date>Published 4 May 2031</p><p class=date>Updated 5 May 2031</p>",
    ),
    Row(
        "published from time's datetime",
        from_where("published"),
        ("2031-05-04T06:00:00Z", "page"),
        header="<time datetime=2031-05-04T06:00:00Z>Sunday</time>",
    ),
    Row(
        "published from microdata",
        from_where("published"),
        ("2031-05-04T06:00Z", "microdata"),
        article='article itemscope itemtype="https://schema.org/NewsArticle"',
        header="<meta itemprop=datePublished content=2031-05-04T06:00Z>",
    ),
    Row(
        "times, disagreement",
        others("published"),
        [("2031-05-03T22:00:00Z", "meta")],
        head='<meta property="article:published_time" content="2031-05-03T22:00:00Z">',
        json={"datePublished": "2031-05-04T06:00:00Z"},
    ),
    # what the page is
    Row("section from JSON-LD", from_where("section"), ("Harbour", "json-ld"), json={"articleSection": "Harbour"}),
    Row(
        "section from meta",
        from_where("section"),
        ("Harbour", "meta"),
        head='<meta property="article:section" content="Harbour">',
    ),
    Row("language", lambda r: r.language, "en-GB", html="lang=en-GB"),
    Row("language from JSON-LD", from_where("language"), ("da", "json-ld"), json={"inLanguage": "da"}, html=""),
    Row("outlet", from_where("outlet"), ("The Ledger", "json-ld"), json={"publisher": {"name": "The Ledger"}}),
    Row(
        "canonical",
        from_where("canonical_url"),
        ("https://ledger.example/quay", "link"),
        head='<link rel=canonical href="/quay">',
    ),
    Row(
        "alternates",
        lambda r: [(a.relation, a.url) for a in r.alternates],
        [
            ("amp", "https://ledger.example/amp/quay"),
            ("next", "https://ledger.example/2031/05/quay?page=2"),
            ("print", "https://ledger.example/print/quay"),
            ("language", "https://ledger.example/da/quay"),
        ],
        head='<link rel=amphtml href="/amp/quay"><link rel=next href="?page=2">'
        '<link rel=alternate media=print href="/print/quay"><link rel=alternate hreflang=da href="/da/quay">',
    ),
    Row("free", lambda r: r.free, True, json={"isAccessibleForFree": True}),
    Row("paid", lambda r: r.free, False, json={"isAccessibleForFree": "False", "hasPart": WALL}),
    Row("paid by tier", lambda r: r.free, False, head='<meta property="article:content_tier" content="locked">'),
    Row("nothing said of pay", lambda r: r.free, None, json={}),
    # blocks
    Row("subhead", kinds(BlockKind.SUBHEAD), ["What divers saw"], body="<h2>What divers saw</h2>"),
    Row(
        "subhead, bold in a paragraph",
        kinds(BlockKind.SUBHEAD),
        ["What divers saw"],
        body="<p><strong>What divers saw</strong></p>",
    ),
    Row(
        "quote",
        kinds(BlockKind.QUOTE),
        ["We could not wait for the autumn."],
        body="<blockquote><p>We could not wait for the autumn.</p></blockquote>",
    ),
    Row(
        "pull quote",
        kinds(BlockKind.PULL_QUOTE),
        ["We could not wait"],
        body="<aside class=pullquote>We could not wait</aside>",
    ),
    Row(
        "pull quote in a figure",
        kinds(BlockKind.PULL_QUOTE),
        ["We could not wait for the autumn"],
        body='<figure class="pullquote"><blockquote><p>We could not wait for the autumn</p></blockquote></figure>',
    ),
    Row(
        "list items",
        kinds(BlockKind.LIST_ITEM),
        ["Foot passengers: west quay", "Cars: by road"],
        body="<ul><li>Foot passengers: west quay</li><li>Cars: by road</li></ul>",
    ),
    Row(
        "table",
        kinds(BlockKind.TABLE),
        ["Berth | Piles", "2 | 12"],
        body="<table><tr><th>Berth</th><th>Piles</th></tr><tr><td>2</td><td>12</td></tr></table>",
    ),
    Row(
        "caption and credit",
        lambda r: (kinds(BlockKind.CAPTION)(r), kinds(BlockKind.IMAGE_CREDIT)(r)),
        (["The east quay on Sunday."], ["Photo: Eve Hart"]),
        body="<figure><img src=q.jpg><figcaption><span>The east quay on Sunday.</span>"
        "<div class=credit>Photo: Eve Hart</div></figcaption></figure>",
    ),
    Row(
        "caption in a div",
        kinds(BlockKind.CAPTION),
        ["The east quay on Sunday."],
        body="<div class=image><img src=q.jpg><p class=caption>The east quay on Sunday.</p></div>",
    ),
    Row(
        "caption without a name",
        kinds(BlockKind.CAPTION),
        ["The east quay on Sunday"],
        body="<div class=x7k><img src=q.jpg><span>The east quay on Sunday</span></div>",
    ),
    Row(
        "caption among utility classes",
        kinds(BlockKind.CAPTION),
        ["The east quay on Sunday."],
        body='<div class="[&_aside]:mt-2 lg:sidebar-open max-w-2xl"><figure><img src=q.jpg>'
        "<figcaption>The east quay on Sunday.</figcaption></figure></div>",
    ),
    Row(
        "embed",
        kinds(BlockKind.EMBED),
        ["https://play.example/quay"],
        body="<iframe src=https://play.example/quay></iframe>",
    ),
    Row("paragraph in a bare div", lambda r: "He denied it." in r.text, True, body="<div>He denied it.</div>"),
    Row("note on top", kinds(BlockKind.NOTE), [NOTE], header=f"<p><em>{NOTE}</em></p>"),
    Row("note in the text", kinds(BlockKind.NOTE), [NOTE], body=f"<p><em>{NOTE}</em></p>"),
    Row("note in an aside", kinds(BlockKind.NOTE), [NOTE], body=f"<aside class=x1><p>{NOTE}</p></aside>"),
    Row("note in the article's footer", kinds(BlockKind.NOTE), [NOTE], after=f"<footer><p>{NOTE}</p></footer>"),
    Row("note in the page's footer", kinds(BlockKind.NOTE), [NOTE], foot=f"<footer><p>{NOTE}</p></footer>"),
    Row(
        "note in a box named so",
        kinds(BlockKind.NOTE),
        ["The berth was misnamed in the first edition."],
        body="<div class=correction><p>The berth was misnamed in the first edition.</p></div>",
    ),
    Row(
        "note stated in JSON-LD only",
        lambda r: [b.text for b in r.blocks if b.kind is BlockKind.NOTE] or others("correction")(r),
        [("The berth was misnamed.", "json-ld")],
        json={"correction": "The berth was misnamed."},
    ),
    Row(
        "links with targets",
        lambda r: [(link.text, link.url) for link in r.links],
        [("the order", "https://ledger.example/orders/7"), ("a map", "https://maps.example/quay")],
        first=f'<p>{FIRST} See <a href="/orders/7">the order</a>, <a href="https://maps.example/quay">a map</a>.</p>',
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_read(row: Row) -> None:
    assert row.said(extract(row.page(), URL)) == row.wanted


@pytest.mark.parametrize("row", ROWS[:: len(ROWS) // 8], ids=str)
def test_the_text_around_is_whole(row: Row) -> None:
    text = extract(row.page(), URL).text
    assert all(paragraph in text for paragraph in (FIRST, SECOND, THIRD, FOURTH))


@pytest.mark.parametrize(
    ("given", "read"), [("utf-8", ""), ("zh-CN", "zh-CN"), ("gb2312", ""), ("sr-Latn-RS", "sr-Latn-RS")]
)
def test_an_encoding_is_no_language(given: str, read: str) -> None:
    head = f"<meta http-equiv='content-language' content='{given}'>"
    assert extract(f"<html><head>{head}</head><body><p>The ferry left.</p></body></html>").language == read
