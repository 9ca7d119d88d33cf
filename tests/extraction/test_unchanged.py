"""The quick look: it knows unchanged pages by their bytes and never overlooks an edit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.printed import EDITS, FURNITURE, NOTE, PAGE, Case
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.raw_runs import PlacedRuns, bare, runs, unlinked
from writethru.extraction.unchanged import is_unchanged

KNOWN = read_known(PAGE.html(), None, Knowledge())
assert KNOWN.memory is not None
MADE = KNOWN.memory.fingerprint
PIECES = [b"<p>", b"</p>", b"<b>", b"</b>", b"<a href='x'>", b"</a>", b"word ", b"two", b" &amp; ", b"<!-- no -->",
          b"<script>x</script>", b"\n "]  # fmt: skip
AT_ONCE = ("menu", "most read", "link alone", "box renamed by a build")


def test_the_page_itself_is_unchanged() -> None:
    assert MADE
    assert is_unchanged(PAGE.html(), "", MADE)


@pytest.mark.parametrize("case", EDITS, ids=str)
def test_no_edit_is_overlooked(case: Case) -> None:
    assert not is_unchanged(case.page.html(), "", MADE)


@pytest.mark.parametrize("case", [case for case in FURNITURE if case.name in AT_ONCE], ids=str)
def test_other_furniture_is_known_at_once(case: Case) -> None:
    assert is_unchanged(case.page.html(), "", MADE)


def test_numbers_in_furniture_inside_the_region_may_run() -> None:
    clock = PAGE.but(above="<div>Updated 7 minutes ago</div>")
    known = read_known(clock.html(), None, Knowledge())
    later = PAGE.but(above="<div>Updated 42 minutes ago</div>")
    assert known.memory is not None
    assert is_unchanged(later.html(), "", known.memory.fingerprint)
    other = PAGE.but(above="<div>Withdrawn 42 minutes ago</div>")
    assert not is_unchanged(other.html(), "", known.memory.fingerprint)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"dateModified":"2031-05-04T09', b'"dateModified":"2031-05-04T10'),
        (b'content="The east quay closes."', b'content="The quay closes."'),
        (b"<title>Norhaven", b"<title>UPDATE Norhaven"),
        (b"lang=en", b"lang=nn"),
        (b"</head>", b"<link rel=canonical href='https://ledger.example/q'></head>"),
        (b"</body>", b"<p>The harbour board has since withdrawn its order, a spokesman said.</p></body>"),
        (b"</body>", b"<p>Clarification: no</p></body>"),
        (b"</article>", f"<p>{NOTE}</p></article>".encode()),
    ],
)
def test_what_the_page_says_elsewhere_is_not_overlooked(old: bytes, new: bytes) -> None:
    page = PAGE.html()
    assert old in page
    assert not is_unchanged(page.replace(old, new, 1), "", MADE)


def test_a_headline_that_is_printed_twice_is_watched_twice() -> None:
    twice = PAGE.html().replace(b"<article>", f"<article><h1> {PAGE.headline}\n</h1>".encode())
    known = read_known(twice, None, Knowledge())
    assert known.memory is not None
    assert is_unchanged(twice, "", known.memory.fingerprint)
    assert not is_unchanged(twice.replace(b"eleven days\n", b"eleven days, it says\n"), "", known.memory.fingerprint)


def test_another_encoding_is_looked_at() -> None:
    assert not is_unchanged(PAGE.html(), "text/html; charset=windows-1252", MADE)


def test_there_is_none_for_a_stub() -> None:
    stub = read_known(PAGE.but(paragraphs=("The east quay is closed.",)).html(), None, Knowledge())
    assert stub.memory is None or stub.memory.fingerprint == ""
    assert not is_unchanged(PAGE.html(), "", "")


def test_runs_are_the_text_between_blocks() -> None:
    script = b"<script>var a = '<p>no</p>';</script>"
    page = b"<div>One <b>bold</b> <a href='/x'>link</a>" + script + b"<p>Two<!-- no --> &amp; three</div>"
    found = runs(page)
    assert [bare(run) for run in found] == [b"One bold link", b"Two &amp; three"]
    assert [unlinked(run) for run in found] == [b"One bold", b"Two &amp; three"]
    placed = PlacedRuns(page)
    assert placed.texts == found
    places = [placed.run(number) for number in range(len(found))]
    assert [page[run.start : run.start + 3] for run in places] == [b"One", b"Two"]
    assert [page[run.end : run.end + 3] for run in places] == [b"<p>", b"</d"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join))
@settings(max_examples=150, deadline=None)
def test_a_run_begins_and_ends_where_its_words_stand(page: bytes) -> None:
    placed = PlacedRuns(page)
    assert placed.texts == runs(page)
    for number, text in enumerate(placed.texts):
        run = placed.run(number)
        assert run.text == text
        assert bare(b" ".join(runs(page[run.start : run.end]))) == bare(text)


@pytest.mark.parametrize(
    "other",
    ["<span>{}</span>", "<div>\n   {}\n</div>", "<div><b>{}</b></div>", "<h4>{}</h4>"],
    ids=["inline", "on lines of its own", "bold", "a heading"],
)
@pytest.mark.parametrize("edit", ["{} quickly", "Breaking: {}", "{}!"])
def test_every_printing_of_the_headline_is_watched_whatever_it_stands_in(other: str, edit: str) -> None:
    headline = KNOWN.extraction.headline
    page = PAGE.html().replace(b"<body>", b"<body>" + other.format(headline).encode() + b"<p></p>", 1)
    known = read_known(page, None, Knowledge())
    assert known.memory is not None
    edited = page.replace(other.format(headline).encode(), other.format(edit.format(headline)).encode(), 1)
    assert edited != page
    if known.memory.fingerprint:
        assert is_unchanged(page, "", known.memory.fingerprint)
        assert not is_unchanged(edited, "", known.memory.fingerprint)


def test_a_caption_above_the_headline_belongs_to_the_region() -> None:
    picture = (
        "<figure><img src='quay.jpg'><figcaption>The east quay on Sunday, seen from the {}.</figcaption></figure><h1"
    )
    page = PAGE.html().replace(b"<h1", picture.format("ferry").encode(), 1)
    known = read_known(page, None, Knowledge())
    assert known.memory is not None
    assert "The east quay on Sunday, seen from the ferry." in [block.text for block in known.extraction.blocks]
    made = known.memory.fingerprint
    assert is_unchanged(page, "", made)
    assert not is_unchanged(page.replace(b"from the ferry", b"from the tower"), "", made)
    assert not is_unchanged(page.replace(b"</h1>", b" again</h1>"), "", made)


def test_a_statement_may_not_hide_in_a_tag_that_opens_inside_it() -> None:
    page = PAGE.html().replace(b"<head>", b'<head><meta name="author" content="a <link by Jo Lind">', 1)
    known = read_known(page, None, Knowledge())
    assert known.memory is not None
    assert known.memory.fingerprint
    assert not is_unchanged(page.replace(b"<link by Jo Lind", b"<link by Al Marlow"), "", known.memory.fingerprint)
