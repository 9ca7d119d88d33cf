"""Names and dates printed around the headline, where nothing states them."""

from __future__ import annotations

import pytest

from tests.extraction.printed import HEADLINE, PARAGRAPHS
from writethru.extraction import extract
from writethru.extraction.headlines import without_site
from writethru.extraction.stated_names import joined_names
from writethru.model import Extraction

TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(header: str, text: str = f"<div class=story-body>{TEXT}</div>", head: str = "") -> bytes:
    """An article without a word of metadata about names and dates."""
    return (
        f"<!doctype html><html><head><title>Norhaven closes its east quay</title>{head}</head>"
        f"<body><nav><a href=/>Home</a></nav><main>{header}{text}</main></body></html>"
    ).encode()


H1 = "<h1>Norhaven closes its east quay</h1>"


@pytest.mark.parametrize(
    ("header", "byline"),
    [
        (f"{H1}<div>Ada Quill</div><div>Harbour correspondent</div>", "Ada Quill"),
        (f"{H1}<div>Ada Quill</div><div>Harbours</div><div>May 4, 2031 | 3 min read</div>", "Ada Quill"),
        (f"{H1}<div>Ada Quill</div><div>Last updated:</div>", "Ada Quill"),
        (f"<div>4 May 2031</div><div>Ada Quill</div>{H1}", "Ada Quill"),
        (f"{H1}<h2>Quay Repairs</h2><div>4 May 2031</div>", ""),
        (f"{H1}<ul><li>Find Berths</li></ul><div>4 May 2031</div>", ""),
        (f"{H1}<div>ByAda Quill</div>", "Ada Quill"),
        (f"{H1}<div>By Ada Quill ● 4 May 2031 ● 3 min read</div>", "Ada Quill"),
        (f"{H1}<div>By Ada Quill. Reviewed by Ben Farrow</div>", "Ada Quill"),
        (f"{H1}<div>By 3rd Quay Press</div>", "3rd Quay Press"),
        (f"{H1}<div>By The Ledger editors</div>", "The Ledger editors"),
        (f"<div class=post-grid>{H1}<div class=card>By Ada Quill</div></div>", ""),
        (f"<div class=post-grid>{H1}<div>By Ada Quill</div></div>", "Ada Quill"),
    ],
)
def test_byline_in_the_header(header: str, byline: str) -> None:
    assert extract(page(header)).byline == byline


def test_a_box_that_holds_headline_and_text_has_its_header_between_them() -> None:
    menu = "".join(f"<p>Part {number}</p>" for number in range(20))
    header = f"{H1}<p class=byline>By</p><p class=author-name>Ada Quill</p><p>4 May 2031</p>"
    read = extract(page("", f"<div class=story-body>{menu}{header}{TEXT}</div>"))
    assert (read.byline, read.published) == ("Ada Quill", "2031-05-04")


def test_a_line_below_the_text_says_who_posted_it() -> None:
    read = extract(page(H1, f"<div class=story-body>{TEXT}</div><footer>Posted by Ada Quill on 4 May 2031</footer>"))
    assert read.byline == "Ada Quill"


def test_a_printed_date_that_disagrees_with_the_stated_one_is_recorded() -> None:
    head = '<meta property="article:published_time" content="2031-05-09T10:00:00Z">'
    read = extract(page(f"{H1}<div class=meta>Published 4 May 2031</div>", head=head))
    assert read.published == "2031-05-09T10:00:00Z"
    assert [(each.field, each.value, each.source) for each in read.otherwise] == [("published", "2031-05-04", "page")]


def test_an_only_h1_below_the_text_is_no_headline_where_nothing_agrees_with_it() -> None:
    below = "<div><h1>A message from the founder of the Ledger:</h1><p>Support us, and keep the news free.</p></div>"
    long = TEXT.replace("</p>", " It was said at length, and everybody in the hall heard it quite well.</p>")
    read = extract(page("", f"<div class=story-body>{long}{below}</div>", '<meta property="og:title" content="Shut">'))
    assert read.headline == "Shut"


class TestSomebodyElseIsStated:
    """Metadata name one author, the page another."""

    @staticmethod
    def read(stated: str, line: str) -> Extraction:
        author = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{{"name":"{stated}"}}}}</script>'
        body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
        return extract(
            f"<html><head>{author}</head><body><article><h1>{HEADLINE}</h1>{line}{body}</article></body></html>"
        )

    def test_a_line_by_under_the_headline_is_what_readers_are_told(self) -> None:
        read = self.read("Tom Rook", "<p>By Ines Calder</p>")
        assert (read.byline, read.provenance["byline"]) == ("Ines Calder", "page")
        assert [each.value for each in read.otherwise if each.field == "byline"] == ["Tom Rook"]

    @pytest.mark.parametrize("line", ["", "<p>By Tom Rook, harbour reporter</p>", "<p class=author>Night Desk</p>"])
    def test_without_one_the_stated_name_stays(self, line: str) -> None:
        assert self.read("Tom Rook", line).byline == "Tom Rook"

    @pytest.mark.parametrize("account", ["ines.calder", "IC7567", "icalder"])
    def test_an_account_gives_way_to_a_printed_name(self, account: str) -> None:
        assert self.read(account, "<p class=author>Ines Calder</p>").byline == "Ines Calder"
        assert self.read(account, "").byline == account


def test_a_short_heading_that_begins_a_long_title_is_no_sites_name_where_the_site_is_named_last() -> None:
    title = "Story of barges | Origin, Spread, Norhaven, Eastmere, Facts, and Timeline | Ledger"
    head = f"<title>{title}</title><meta property='og:site_name' content='The Norhaven Ledger'>".encode()
    own = b"<title>Norhaven closes its east quay</title>"
    assert extract(page("<h1>story of barges</h1>").replace(own, head)).headline == "story of barges"


class TestStampedDays:
    """Some systems state the time of the last change as that of publication."""

    @staticmethod
    def read(published: str, modified: str, more: str = "", printed: str = "") -> Extraction:
        stated = f'{{"@type":"NewsArticle","datePublished":"{published}","dateModified":"{modified}"}}'
        head = f'<script type="application/ld+json">{stated}</script>{more}'
        return extract(page(f"{H1}{printed}", f"<div class=story-body>{TEXT}</div>", head))

    def test_a_day_after_the_last_change_gives_way_to_the_printed_one(self) -> None:
        read = self.read("2031-05-12", "2031-05-10", printed="<div>May 4, 2031</div>")
        assert (read.published, read.provenance["published"]) == ("2031-05-04", "page")
        assert [(each.value, each.source) for each in read.otherwise] == [("2031-05-12", "json-ld")]

    @pytest.mark.parametrize(("published", "printed"), [("2031-05-10", "May 4, 2031"), ("2031-05-12", "May 11, 2031")])
    def test_the_same_day_or_a_day_apart_is_no_contradiction(self, published: str, printed: str) -> None:
        assert self.read(published, "2031-05-10", printed=f"<div>{printed}</div>").published == published

    def test_of_one_day_another_tag_is_believed(self) -> None:
        meta = '<meta property="article:published:time" content="2031-05-04T08:00:00Z">'
        assert self.read("2031-05-10T09:00:00Z", "2031-05-10T09:00:00Z", meta).published == "2031-05-04T08:00:00Z"


def test_a_sentence_says_when_it_was_first_published() -> None:
    foot = "<p>This article was originally published on 4 May 2031 at 4:12pm but has been updated since.</p>"
    header = f"{H1}<div>9 June 2032</div>"
    assert extract(page(header, f"<div class=story-body>{TEXT}</div>{foot}")).published == "2031-05-04T16:12"


def test_a_paragraph_of_the_lead_needs_no_stop_at_its_end() -> None:
    lead = "<header><p>The board of the harbour said on Sunday that it had no other choice left.</p>"
    loose = "Whoever has a berth at the east quay will be given another one for the time of the works"
    read = extract(page(f"{H1}{lead}<p>{loose}</p></header>", f"<div class=story-body>{TEXT}</div>"))
    assert [block.text for block in read.blocks][1] == loose


def test_names_beside_titles_above_the_articles_box_are_of_other_articles() -> None:
    teasers = "".join(
        f"<li><div class=story-info><a href=/{n}>What the {n} ferries of Eastmere cost</a>"
        f"<span class=byline><a rel=author href=/tom>Tom {name}</a></span></div></li>"
        for n, name in ((2, "Rook"), (3, "Elk"))
    )
    own = "<span class=byline><a rel=author href=/jo>Jo (J.L.) Lind</a></span>"
    header = f"<ul>{teasers}</ul><div><div>Sunday, May 4, 2031</div>{H1}<div>{own}</div>"
    assert extract(page(header, f"<div class=story-body>{TEXT}</div></div>")).byline == "Jo (J.L.) Lind"


def test_a_heading_that_is_a_link_to_the_front_page_is_no_headline() -> None:
    own, title = (
        b"<title>Norhaven closes its east quay</title>",
        b"<title>Quays - Part 1 - Norhaven [Ledger of Coasts]</title>",
    )
    site = page("<h1><a href=/>Ledger of Coasts beta</a></h1>", f"<h2>Quays</h2>{TEXT}").replace(own, title)
    assert extract(site).headline != "Ledger of Coasts beta"


def test_of_two_headings_that_are_the_pages_title_the_last_is_the_sites() -> None:
    title = b"<title>Norhaven closes its east quay - a handbook of harbours of the coast</title>"
    sited = page(f"<h1>A handbook of harbours of the coast</h1>{H1}")
    assert extract(sited.replace(b"<title>Norhaven closes its east quay</title>", title)).headline == (
        "Norhaven closes its east quay"
    )


@pytest.mark.parametrize(
    ("heading", "stated", "headline"),
    [
        (
            "2031 Fares of the ferries of Norhaven",
            "Fares of the ferries of Norhaven",
            "2031 Fares of the ferries of Norhaven",
        ),
        (
            "Harbours: Fares of the ferries of Norhaven",
            "Fares of the ferries of Norhaven",
            "Fares of the ferries of Norhaven",
        ),
    ],
)
def test_a_word_before_the_stated_headline_is_no_kicker(heading: str, stated: str, headline: str) -> None:
    head = f'<meta property="og:title" content="{stated}">'
    assert extract(page(f"<h1>{heading}</h1>", head=head)).headline == headline


def test_an_only_h1_that_begins_the_title_is_no_sites_name_where_the_site_has_another() -> None:
    title = b"<title>What quays cost | 2031 guide to the quays of Norhaven and Eastmere</title>"
    head = "<meta property='og:site_name' content='The Ledger'>"
    sited = page("<h1>What quays cost?</h1>", head=head).replace(b"<title>Norhaven closes its east quay</title>", title)
    assert extract(sited).headline == "What quays cost?"


def test_an_only_h1_keeps_no_line_that_stands_above_the_stated_headline_in_it() -> None:
    head = '<meta property="og:title" content="Norhaven Quay | The Ledger">'
    heading = "<h1><div>All the berths of the coast, from one quay to the next</div>Norhaven Quay</h1>"
    assert extract(page(heading, head=head)).headline == "Norhaven Quay"


def test_a_part_of_a_title_that_has_the_sites_name_in_it_is_more_than_the_name() -> None:
    assert without_site("East quay shut @ Ledger :: Host", "Ledger", "") == "East quay shut @ Ledger :: Host"
    assert without_site("The Ledger :: The east quay closed", "The Ledger", "") == "The east quay closed"


def test_a_portrait_that_begins_with_a_stated_name_is_no_second_name() -> None:
    names = ("Jo Lind", "Jo Lind Reporter of the Ledger Follow this reporter", "Jo Lindqvist")
    assert joined_names(names) == "Jo Lind, Jo Lindqvist"


def test_several_names_in_one_meta_tag() -> None:
    head = '<meta property="x:creator dc:creator" content="Ines Calder">'
    read = extract(page(H1, head=head))
    assert (read.byline, read.provenance["byline"]) == ("Ines Calder", "meta")


class TestClocksOfMicrodata:
    """A theme writes the local clock with a zone of its own; the meta tag has the system's."""

    @staticmethod
    def read(microdata: str, meta: str) -> Extraction:
        head = f'<meta property="article:published_time" content="{meta}">'
        item = f"<time itemprop=datePublished datetime='{microdata}'>May</time>"
        return extract(page(f"<div itemscope itemtype=http://schema.org/Article>{H1}{item}", head=head))

    def test_whole_hours_beside_the_meta_tag_are_a_zone(self) -> None:
        read = self.read("2031-05-04T13:46:00+00:00", "2031-05-04T13:46:00-04:00")
        assert (read.published, read.provenance["published"]) == ("2031-05-04T13:46:00-04:00", "meta")
        assert ("2031-05-04T13:46:00+00:00", "microdata") in [(each.value, each.source) for each in read.otherwise]

    @pytest.mark.parametrize(
        "meta", ["2031-05-04T13:20:00Z", "2031-05-06T13:46:00Z", "2031-05-04T09:46:00+05:99", "2031-05-04T09:46"]
    )
    def test_any_other_difference_is_none(self, meta: str) -> None:
        assert self.read("2031-05-04T13:46:00+00:00", meta).published == "2031-05-04T13:46:00+00:00"
