"""Names under labels, in boxes named after the author, and at the foot of the text."""

from __future__ import annotations

import pytest

from tests.extraction.test_header_lines import H1, TEXT, page
from writethru.extraction import extract
from writethru.model import Author

BODY = f"<div class=story-body>{TEXT}</div>"


@pytest.mark.parametrize(
    ("header", "byline"),
    [
        (f"{H1}<div>Written by</div><div>Ada - Harbour desk</div>", "Ada"),
        (f"{H1}<div>Posted by:</div><div>Ada Quill</div>", "Ada Quill"),
        (f"{H1}<h3>Author</h3><p>Ada D. Quill</p>", "Ada D. Quill"),
        (f"{H1}<h3>Author</h3><p>Ada</p>", ""),
        (f"{H1}<p>By <a rel=author href=/m/quayfan>quayfan</a> in Harbours</p>", "quayfan"),
        (f"{H1}<ul><li itemprop=author>Staff</li></ul>", "Staff"),
        (f"{H1}<div class=author-name>ada quill</div>", "ada quill"),
        (f"{H1}<div class=top-author>QuayCo- 2031/5/4</div>", "QuayCo"),
        (f"{H1}<div class=author-description>Licensed Harbour Pilot, M.A. Navigation</div>", ""),
        (f"{H1}<div class=authorInfo>by quayfan</div>", "quayfan"),
        (f"{H1}<div class=share-social><p class=author>Ada van Quill</p></div>", "Ada van Quill"),
        (f"{H1}<div class=post-author><article class=post-teaser>Harbour Desk</article></div>", "Harbour Desk"),
        (f"{H1}<p>by Ada Quill, Senior Director, Harbours & Seas, The Ledger and Quay Institute</p>", "Ada Quill"),
        (f"{H1}<p class=byline>By <a>Ada Quill</a>. Reviewed by <a>Ben Farrow</a></p>", "Ada Quill"),
        (f"{H1}<p>By Ada Quill, MD</p>", "Ada Quill, MD"),
        (f"{H1}<p>4 May 2031</p><p>Repairs in the Harbour</p>", ""),
    ],
)
def test_names_in_the_header(header: str, byline: str) -> None:
    assert extract(page(header, BODY)).byline == byline


@pytest.mark.parametrize(
    ("foot", "byline"),
    [
        ("<div><h2>Article by</h2><div>Ada Quill</div></div>", "Ada Quill"),
        ("<h3>Written by Ada Quill</h3><p>Ada Quill has written about harbours for eleven years.</p>", "Ada Quill"),
        ("<p>This article was originally written by Ada Quill, harbour correspondent of the Ledger.</p>", "Ada Quill"),
        ("<h4 class=author-box__name>Ada Quill</h4>", "Ada Quill"),
        ("<h4 class=author-box__name>Ada Quill</h4><h4 class=author-box__name>Ben Farrow</h4>", ""),
        (
            "<aside><p>Author</p><p>AQ</p><p>Ada Quill</p><p>Staff writer, Ledger</p><p>BF</p><p>Ben Farrow</p>"
            "<p>Director of Harbours</p><p>Reviewed by</p><p>Ola Brandt</p><p>Editor</p></aside>",
            "Ada Quill, Ben Farrow",
        ),
    ],
)
def test_names_at_the_foot(foot: str, byline: str) -> None:
    assert extract(page(H1, f"{BODY}{foot}")).byline == byline


def test_a_sentence_of_the_opening_says_who_wrote_it() -> None:
    said = "<p><em>This post was written by Ada Quill, a pilot of the harbour of Norhaven.</em></p>"
    assert extract(page(H1, f"<div class=story-body>{said}{TEXT}</div>")).byline == "Ada Quill"


def test_a_person_at_the_foot_goes_before_a_team_above() -> None:
    foot = "<div>Written by</div><div>Ada Quill</div>"
    assert extract(page(f"{H1}<p>By The Ledger Team</p>", f"{BODY}{foot}")).byline == "Ada Quill"
    assert extract(page(f"{H1}<p>By The Ledger Team</p>", BODY)).byline == "The Ledger Team"


def test_section_and_topics_are_no_authors() -> None:
    head = '<meta property="article:section" content="North Quay">'
    header = f"{H1}<div>North Quay 09:31 May 4, 2031</div>"
    assert extract(page(header, BODY, head)).byline == ""
    assert extract(page(header, BODY)).byline == "North Quay"


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ('<meta name=author content="Ada Quill - Ledger Editorial Team">', "Ada Quill"),
        ('<meta name=author content="content: Ledger"><meta name=author content="Quay Club on Facebook">', ""),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada">', "Ada"),
        ('<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="4 minutes">', ""),
        (
            '<meta name=author content="Ada Quill"><meta name=citation_author content="Quill, Ada">'
            '<meta name=citation_author content="Farrow, Ben">',
            "Ada Quill, Ben Farrow",
        ),
        ('<meta name=author content="港町 太郎">', "港町 太郎"),
        ('<meta property="og:site_name" content="Ledger"><meta name=byl content="北浜太郎">', "北浜太郎"),
    ],
)
def test_names_in_metadata(head: str, byline: str) -> None:
    assert extract(page(H1, BODY, head)).byline == byline


def test_an_organisation_stated_gives_way_to_a_printed_person() -> None:
    stated = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"%s"}}'
    head = f"{stated % 'Quay Press Group'}</script>"
    assert extract(page(f"{H1}<p class=author>Ada Quill</p>", BODY, head)).byline == "Ada Quill"
    assert extract(page(H1, BODY, head)).byline == "Quay Press Group"


def test_the_outlet_behind_the_names_is_no_author() -> None:
    head = '<meta property="og:site_name" content="QNN"><meta name=author content="Ada Quill, and Ben Farrow, QNN">'
    assert extract(page(H1, BODY, head)).authors == (Author("Ada Quill"), Author("Ben Farrow"))


def test_authors_of_teasers_inside_the_item_are_not_its_authors() -> None:
    def by(name: str) -> str:
        return f"<article><span itemprop=author>{name}</span></article>"

    whole = f"<div itemscope itemtype='http://schema.org/Article'>{by('Ada Quill')}{BODY}{by('Ben Farrow')}</div>"
    assert extract(page(H1, whole)).byline == "Ada Quill"
