"""Reading with the memory of the last reading: furniture stays out, the text stays in, edits are exact."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.printed import EDITS, FURNITURE, PAGE, PARAGRAPHS, Case
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known
from writethru.extraction.memory import ArticleMemory, FieldMemory, likeness, numberless_digest, sketch, text_digest
from writethru.model import BlockKind, Extraction

URL = "https://ledger.example/quay"


def read(page: bytes, before: Known | None = None) -> Known:
    return read_known(page, URL, Knowledge(memory=before.memory if before else None))


def texts(extraction: Extraction) -> list[str]:
    return [block.text for block in extraction.blocks]


FIRST = read(PAGE.html())


def test_the_first_reading_is_the_page_alone() -> None:
    assert texts(FIRST.extraction) == [PAGE.caption, *PARAGRAPHS]
    assert FIRST.extraction.byline == "Ada Quill"


@pytest.mark.parametrize("case", FURNITURE, ids=str)
def test_furniture_leaves_the_reading_as_it_was(case: Case) -> None:
    again = read(case.page.html(), FIRST)
    assert again.extraction.article_text == FIRST.extraction.article_text


@pytest.mark.parametrize("case", EDITS, ids=str)
def test_an_edit_is_read_as_without_memory(case: Case) -> None:
    again = read(case.page.html(), FIRST)
    assert again.extraction.article_text == read(case.page.html()).extraction.article_text
    assert again.extraction.article_text != FIRST.extraction.article_text


def test_what_stood_in_the_text_stays_although_it_looks_like_furniture_now() -> None:
    page = PAGE.but(between="<p>The board meets on Friday.</p>")
    boxed = PAGE.but(between="<div class='newsletter-promo'><p>The board meets on Friday.</p></div>")
    first = read(page.html())
    assert "The board meets on Friday." in texts(first.extraction)
    assert "The board meets on Friday." not in texts(read(boxed.html()).extraction)
    assert read(boxed.html(), first).extraction.article_text == first.extraction.article_text


def test_a_paragraph_that_is_gone_is_gone_although_its_words_stand_elsewhere() -> None:
    shorter = PAGE.but(paragraphs=PARAGRAPHS[:3] + PARAGRAPHS[4:], footer=f"<p>{PARAGRAPHS[3]}</p>")
    assert PARAGRAPHS[3] not in texts(read(shorter.html(), FIRST).extraction)


def test_of_lines_with_the_same_words_those_that_were_left_out_are_left_out_again() -> None:
    repeated = "The map shows where."
    page = PAGE.but(paragraphs=tuple(text for one in PARAGRAPHS for text in (one, repeated)))
    first = read(page.html())
    assert first.memory is not None
    known = [at for at, block in enumerate(first.memory.blocks) if block.digest == text_digest(repeated)]
    assert len(known) == len(PARAGRAPHS)
    for chosen in known:
        blocks = tuple(
            replace(block, kind="", sketch=0) if at == chosen else block for at, block in enumerate(first.memory.blocks)
        )
        before = replace(first, memory=replace(first.memory, blocks=blocks))
        left = known.index(chosen)
        expected = [
            PAGE.caption,
            *(text for at, one in enumerate(PARAGRAPHS) for text in (one, repeated)[: 2 - (at == left)]),
        ]
        assert texts(read(page.html(), before).extraction) == expected


def test_a_new_template_is_noticed_and_is_no_edit() -> None:
    renamed = PAGE.but(box="new-template-copy").html()
    other = renamed.replace(b"<article>", b"<section class=paper><div class=sheet>")
    other = other.replace(b"</article>", b"<p class=blurb>The Ledger has a new look.</p></div></section>")
    again = read(other, FIRST)
    assert again.redesigned
    assert again.extraction.article_text == FIRST.extraction.article_text


def test_another_text_at_the_same_place_is_read_as_a_page_alone() -> None:
    rewritten = PAGE.but(paragraphs=tuple(f"Nothing of what stood here is left in sentence {n}." for n in range(6)))
    again = read(rewritten.html(), FIRST)
    assert again.extraction.article_text == read(rewritten.html()).extraction.article_text
    assert not again.redesigned


class TestFields:
    def test_a_byline_that_only_moves_to_another_source_stays(self) -> None:
        bare = PAGE.but(json_author=False).html().replace(b"By Ada Quill", b"By ADA QUILL")
        assert read(bare).extraction.byline == "ADA QUILL"
        assert read(bare, FIRST).extraction.byline == "Ada Quill"

    def test_a_source_that_appears_with_another_spelling_changes_nothing(self) -> None:
        first = read(PAGE.but(json_author=False).html())
        with_json = PAGE.html().replace(b'"name":"Ada Quill"', b'"name":"Quill, Ada, Norhaven"')
        assert read(with_json, first).extraction.byline == first.extraction.byline

    def test_a_byline_that_its_own_source_changes_is_changed(self) -> None:
        other = PAGE.html().replace(b"Ada Quill", b"Ben Farrow")
        assert read(other, FIRST).extraction.byline == "Ben Farrow"

    def test_a_printed_byline_stands_when_the_metadata_alone_names_another_and_that_is_told(self) -> None:
        other = PAGE.html().replace(b'"name":"Ada Quill"', b'"name":"Ben Farrow"')
        extraction = read(other, FIRST).extraction
        assert extraction.byline == "Ada Quill"
        assert ("byline", "Ben Farrow") in [(one.field, one.value) for one in extraction.otherwise]

    def test_a_headline_that_still_stands_in_a_trail_of_links_is_changed(self) -> None:
        trail = PAGE.but(menu=f"<li><a href='/q'>{PAGE.headline}</a></li>")
        first = read(trail.html())
        changed = trail.html().replace(b"<h1>Norhaven closes", b"<h1>Norhaven council closes")
        assert read(changed, first).extraction.headline == "Norhaven council closes its east quay for eleven days"


def test_notes_that_come_are_notes() -> None:
    notes = [case for case in EDITS if case.name.startswith("note")]
    for case in notes:
        blocks = read(case.page.html(), FIRST).extraction.blocks
        assert sum(block.kind is BlockKind.NOTE for block in blocks) == 1, case.name


def test_the_stored_form_gives_the_memory_back() -> None:
    memory = FIRST.memory
    assert memory is not None
    form = json.loads(json.dumps(memory.to_dict()))
    assert ArticleMemory.from_dict(form) == memory
    assert ArticleMemory.from_dict({**form, "format": 99}) is None


def test_the_same_captures_give_the_same_memories() -> None:
    one, other = (read(EDITS[0].page.html(), read(PAGE.html())) for _ in range(2))
    assert one.memory is not None
    assert other.memory is not None
    assert one.memory.digest() == other.memory.digest() != FIRST.memory.digest()  # type: ignore[union-attr]


@given(st.text(min_size=1, max_size=200))
def test_a_text_is_like_itself_and_digests_tell_numbers_from_words(text: str) -> None:
    assert likeness(sketch(text), sketch(text)) in (0.0, 1.0)
    assert text_digest(text) != text_digest(text + "x")
    assert numberless_digest(f"{text}7") == numberless_digest(f"{text}12")


class TestParagraphsInBoxesOfTheirOwn:
    def wrapped(self, between: str) -> bytes:
        page = PAGE.but(between="<i id=here></i>").html().replace(b"<p>", b"<div><p>").replace(b"</p>", b"</p></div>")
        return page.replace(b"<i id=here></i>", between.encode())

    def test_a_box_with_more_in_it_than_text_is_none_of_them(self) -> None:
        first = read(self.wrapped(""))
        player = "<div><h3>The Quay Hour</h3><p>This week: the bridge repairs.</p><button>Play</button></div>"
        assert read(self.wrapped(player), first).extraction.article_text == first.extraction.article_text

    def test_a_new_paragraph_is_seen(self) -> None:
        first = read(self.wrapped(""))
        again = read(self.wrapped("<div><p>He denied it twice.</p></div>"), first)
        assert "He denied it twice." in texts(again.extraction)


def test_a_player_that_is_called_by_another_scheme_is_the_same() -> None:
    said = [
        texts(read(PAGE.but(between=f"<iframe src='{scheme}//play.example/quay'></iframe>").html()).extraction)
        for scheme in ("", "http:", "https:")
    ]
    assert said[0] == said[1] == said[2]
    assert "https://play.example/quay" in said[0]


ENTRY = (
    "<article class='live-post' id='e{0}'><header><time>{0}:00</time></header>"
    "<div class='live-post__body'><p>{1}</p></div></article>"
)
SECTION = "<section class='chapter'><h2>Chapter {0}</h2><p>{1}</p></section>"


@pytest.mark.parametrize("form", [ENTRY, SECTION], ids=["entries", "sections"])
def test_a_text_that_is_made_of_boxes_grows_by_boxes(form: str) -> None:
    def page(*numbers: int) -> bytes:
        boxes = "".join(form.format(n, PARAGRAPHS[n % len(PARAGRAPHS)] + f" Part {n} ends here.") for n in numbers)
        return PAGE.but(paragraphs=PARAGRAPHS[:1], between=f"<div class='parts'>{boxes}</div>").html()

    known = read(page(2, 1))
    for numbers in ((3, 2, 1), (5, 4, 3, 2, 1)):
        known = read(page(*numbers), known)
        assert known.extraction.article_text == read(page(*numbers)).extraction.article_text
        assert f"Part {numbers[0]} ends here." in known.extraction.text


@pytest.mark.parametrize(
    "headline",
    [
        "Norhaven Closes Its East Quay for Eleven Days",
        "Norhaven ‘closes’ its east quay for eleven days",
        "Norhaven closes its east quay for eleven days?",
        "No Norhaven closes its east quay for eleven days",
    ],
)
def test_a_headline_that_is_only_printed_is_compared_to_the_letter(headline: str) -> None:
    def printed(text: str) -> bytes:
        return f"<html><body><main><h1>{text}</h1><article>{BODY}</article></main></body></html>".encode()

    first = read(printed(PAGE.headline))
    assert first.extraction.headline == PAGE.headline
    assert read(printed(headline), first).extraction.headline == headline


BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


class TestAHeadlineStaysWhereItStands:
    """A page prints its headline twice and states it once more; the heading itself, edited, is the headline still."""

    @staticmethod
    def page(heading: str, title: str = "Norhaven closes its east quay for eleven days") -> bytes:
        return (
            f"<html><head><title>{title}</title><meta property='og:title' content='{title}'></head><body>"
            f"<div class=headline>{title}</div><main>"
            f"<h1 class=story-headline>{heading}</h1><article>{BODY}</article></main></body></html>"
        ).encode()

    def test_where_the_rest_still_says_the_old_one(self) -> None:
        first = read(self.page(PAGE.headline))
        assert first.extraction.headline == PAGE.headline
        edited = PAGE.headline.replace("eleven", "at least twelve")
        assert read(self.page(edited), first).extraction.headline == edited

    def test_another_text_at_its_place_is_none_by_that_alone(self) -> None:
        first = read(self.page(PAGE.headline))
        assert read(self.page("Ferry fares to rise again in Lindow"), first).extraction.headline != (
            "Ferry fares to rise again in Lindow"
        )


def test_a_short_paragraph_among_those_of_a_lead_is_the_articles() -> None:
    def lead(inner: str) -> bytes:
        opening = "".join(f"<p>{text}</p>" for text in (PARAGRAPHS[0], inner, PARAGRAPHS[1]) if text)
        return PAGE.but(paragraphs=PARAGRAPHS[2:] * 3, above=f"<div class=opening>{opening}</div>").html()

    first = read(lead(""))
    assert PARAGRAPHS[1] in texts(first.extraction)
    assert "He denied it twice." in texts(read(lead("He denied it twice."), first).extraction)


class TestReadByAnOlderReader:
    """The memory is of a reader that read bylines otherwise; the page says what it said."""

    @staticmethod
    def remembered(byline: str, source: str) -> Known:
        first = read(PAGE.html())
        assert first.memory is not None
        old = FieldMemory(byline, source, "", {source: byline} if source else {})
        fields = {**first.memory.fields, "byline": old}
        return replace(first, memory=replace(first.memory, reader="page/1", fields=fields))

    @pytest.mark.parametrize(("byline", "source"), [("", ""), ("By Ada Quill", "page"), ("ADA QUILL", "json-ld")])
    def test_an_upgrade_is_no_edit_at_once_or_later(self, byline: str, source: str) -> None:
        again = read(PAGE.but(menu="").html(), self.remembered(byline, source))
        assert again.extraction.byline == byline
        assert read(PAGE.html(), again).extraction.byline == byline

    def test_another_author_is_an_edit(self) -> None:
        changed = read(PAGE.but(author="Ben Farrow").html(), self.remembered("ADA QUILL", "json-ld"))
        assert changed.extraction.byline == "Ben Farrow"


def test_an_edited_headline_leaves_the_header_where_a_second_printing_says_the_old_one() -> None:
    about = "<p>The Ledger goes to one harbour every week and prints what is said on its quays.</p>"
    again = f'{about}<section><h2>{PAGE.headline}</h2><p class="byline">'
    page = PAGE.html().replace(b'<p class="byline">', again.encode()).replace(b"</article>", b"</section></article>")
    before = read(page)
    after = read(page.replace(f"<h1>{PAGE.headline}".encode(), f"<h1>{PAGE.headline} soon".encode()), before).extraction
    assert after.headline == f"{PAGE.headline} soon"
    assert after.blocks == before.extraction.blocks
