"""Rows and what is drawn from them; summaries; nothing an article says can break out of a page or a terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.comparison.strategies import prose, relaxed, texts
from writethru.comparison import (
    Change,
    Kind,
    compare,
    inline,
    render_html,
    render_markdown,
    render_terminal,
    render_unified,
    side_by_side,
)
from writethru.model import ArticleText, Block, BlockKind

OLD = (
    "A fire at the mill killed 12 people on Monday.\n\nThe mayor wept. He left the hall.\n\n"
    "The river fell and the road was open again.\n\nSchools stay shut for the rest of the week.\n\nPower is back."
)
NEW = (
    "A fire at the mill killed 21 people on Monday.\n\nSchools stay shut for the rest of the week.\n\n"
    "The mayor wept. He left the hall at noon.\n\nThe river fell and the road was open again.\n\nPower is back."
)
HOSTILE = '<script>alert("x")</script> & \x1b[31mred\x07 `code` **bold** [link](http://a.example) | cell'


def test_rows_link_both_places_of_a_move() -> None:
    rows = side_by_side(compare(OLD, NEW), OLD, NEW).rows
    moved = [row for row in rows if row.op == "moved"]
    assert [(row.left is None, row.right is None, row.move) for row in moved] == [(True, False, 1), (False, True, 1)]
    assert [row.op for row in rows] == ["rewritten", "moved", "same", "rewritten", "same", "moved", "same"]


def test_a_paragraph_break_that_went_is_seen_where_no_word_differs() -> None:
    old = "The river had fallen by nightfall\n\nThe road to the coast was open again."
    new = "The river had fallen by nightfall The road to the coast was open again."
    change = compare(old, new)
    (row,) = side_by_side(change).rows
    assert [segment for segment in row.left.segments if segment.mark] == [("\n", "removed")]  # type: ignore[union-attr]
    assert "nightfall[- ¶ -]" in render_terminal(change)
    assert "~~¶~~" in render_markdown(change)
    assert "[removed: paragraph break]" in render_html(change)
    assert (change.summary, change.substantial) == (
        "One sentence merged from several; paragraph breaks changed.",
        False,
    )


def test_unchanged_stretches_far_from_a_change_are_folded() -> None:
    body = "\n\n".join(f"Paragraph number {n} stays as it is." for n in range(10))
    stretches = side_by_side(compare(f"{body}\n\nEnd one.", f"{body}\n\nEnd two.")).stretches(context=1)
    assert [(stretch.folded, len(stretch.rows)) for stretch in stretches] == [(True, 9), (False, 2)]
    assert stretches[0].words == 63


@relaxed
@given(texts, texts)
def test_inline_weaves_both_sides(old: str, new: str) -> None:
    for row, segments in inline(compare(old, new), old, new):
        for cell, other in ((row.left, "added"), (row.right, "removed")):
            if cell is not None and row.left is not None and row.right is not None:
                shown = "".join(segment.text for segment in segments if segment.mark != other)
                assert "".join(shown.casefold().split()) == "".join(cell.text.casefold().split())


@relaxed
@given(prose, prose)
def test_without_the_texts_the_renderers_show_the_edits(old: str, new: str) -> None:
    change = Change.from_dict(compare(old, new).to_dict())
    shown = re.sub(r"\[-|-\]|\{\+|\+\}", "", render_terminal(change))
    for edit in change.edits:
        for sentence in (*edit.old, *edit.new):
            assert all(word.strip(".") in shown for word in sentence.text.split(" "))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


_SIGNS = (
    *("<script>", "</p>", "<!--", "-->", "]]>", "<img src=x onerror=a()>", "&lt;", "&#60;", "&", "<", ">", '"', "'"),
    *("\x1b[31m", "\x1b]0;x\x07", "\x9b", "\x08", "\r", "\u202e", "\u2066", "\u2028", "\n", "\n\n"),
    *(
        "`",
        "```",
        "**",
        "__",
        "~~",
        "[a](http://a.example)",
        "![a](b)",
        "<http://a.example>",
        "# ",
        "- ",
        "1. ",
        "| a |",
    ),
    *(
        "https://a.example/x",
        "www.a.example",
        "a@b.example",
        "$a$",
        "\\",
        "---",
        "===",
        "javascript:a()",
        "word",
        " ",
        ". ",
    ),
)
hostile = st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join)


@given(hostile, hostile)
@settings(deadline=None, max_examples=200)
def test_whatever_the_texts_hold_html_stays_ours(old: str, new: str) -> None:
    parser = _Tags()
    parser.feed(render_html(compare(old, new), old, new))
    parser.close()
    assert set(parser.seen) <= {"div", "p", "ins", "del", "span", "a"}
    assert parser.attributes <= {"class", "id", "href", "aria-hidden"}
    assert all(link.startswith("#move-") for link in parser.links)
    assert not Counter("".join(new.split())) - Counter("".join(parser.words)), "nothing is swallowed"


@given(hostile, hostile)
@settings(deadline=None, max_examples=200)
def test_whatever_the_texts_hold_a_terminal_is_not_steered(old: str, new: str) -> None:
    change = compare(old, new)
    coloured = re.sub("\x1b\\[(?:31;9|32;1|2|1|0)m", "", render_terminal(change, old, new, colour=True))
    for shown in (coloured, render_terminal(change, old, new), render_unified(change, old, new)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", shown)


@given(hostile, hostile)
@settings(deadline=None, max_examples=200)
def test_whatever_the_texts_hold_markdown_makes_nothing_of_it(old: str, new: str) -> None:
    shown = render_markdown(compare(old, new), old, new)
    parser = _Tags()
    parser.feed(MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(shown))
    parser.close()
    assert set(parser.seen) <= {"p", "ul", "li", "em", "strong", "s"}
    assert not re.search(r"(?:https?|ftp|mailto):|www\.|(?<!\\)[@$]", shown), "no bare address becomes a link"


def test_html_holds_no_tag_of_the_article() -> None:
    parser = _Tags()
    parser.feed(render_html(compare(OLD, f"{OLD}\n\n{HOSTILE}"), OLD, f"{OLD}\n\n{HOSTILE}"))
    assert set(parser.seen) <= {"div", "p", "ins", "del", "span", "a"}


def test_html_marks_changes_for_eyes_and_for_screen_readers() -> None:
    html = render_html(compare(OLD, NEW), OLD, NEW)
    assert '<del><span class="wt-sr">[removed: </span>12' in html
    assert '<ins><span class="wt-sr">[added: </span>21' in html
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))


@pytest.mark.parametrize("render", [render_terminal, render_unified])
def test_no_control_character_of_the_article_reaches_a_terminal(render: object) -> None:
    change = compare(OLD, f"{OLD}\n\n{HOSTILE}")
    shown = render(change, OLD, f"{OLD}\n\n{HOSTILE}")  # type: ignore[operator]
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\\x1b[31mred" in shown


def test_colour_is_only_used_when_asked_for() -> None:
    change = compare(OLD, NEW)
    assert "\x1b[" in render_terminal(change, colour=True)
    assert "[-12-]{+21+}" in render_terminal(change)


def test_markdown_escapes_what_the_article_says() -> None:
    shown = render_markdown(compare("One.", f"One.\n\n{HOSTILE}"))
    assert "<script>" not in shown
    assert r"\*\*bold\*\*" in shown
    assert r"\[link\]" in shown


def test_unified_shows_removed_before_added() -> None:
    lines = render_unified(compare(OLD, NEW), OLD, NEW).splitlines()
    at = lines.index("-A fire at the mill killed 12 people on Monday.")
    assert lines[at + 1] == "+A fire at the mill killed 21 people on Monday."


NOTE = Block(BlockKind.NOTE, "Correction: An earlier version of this article gave the wrong number.")


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        ("A.", "A.", "No difference."),
        ("A b.", "A b. ", "No visible difference: white space or invisible characters only."),
        ("The fire killed 12 people.", "The fire killed 21 people.", "12 → 21 people killed."),
        (OLD, NEW, "12 → 21 people killed; date “noon” added; one paragraph moved up."),
        ("He did go.", "He did not go.", "Negation “not” added."),
        ("A dog.\n\nA cat sat.", "A dog.", "One paragraph removed."),
        ("The fire nearly killed 12 people.", "The fire nearly killed 21 people.", "12 → 21 people."),
        ("The death toll rose to 12.", "The death toll rose to 21.", "Death toll 12 → 21."),
        ("It cost 4.5% more.", "It cost 5.4% more.", "4.5% → 5.4%."),
        ("It sold 12 in May.", "It sold 21 in May.", "12 → 21."),
        (
            "Of 3 men 4 sat, 5 ran, 6 hid.",
            "Of 7 men 8 sat, 9 ran, 2 hid.",
            "3 → 7 men; 4 → 8 sat; 5 → 9 ran; one more figure altered.",
        ),
        ("He will not go, it said.", "He cannot go, it said.", "Modal verb will → cannot."),
        ("It was focussed on it.", "It was focused on it.", "Spelling changed in one sentence."),
        ("It rained, he left.", "It rained; he left.", "Punctuation changed in one sentence."),
        ("Jon Pell ran off.", "John Pell ran off.", "Jon Pell → John Pell."),
        ("It is safe, he said.", "It is safe, he claimed.", "Attribution said → claimed."),
        ("It may rain.", "It will rain.", "Modal verb may → will."),
        ("The reform failed.", 'The "reform" failed.', "Quotation marks put around “reform”."),
        ('He said: "We saw it and ran."', 'He said: "We saw it."', "One quotation shortened."),
        ("One dog ran. A cat sat on a mat.", "A cat sat on a mat. One dog ran.", "One sentence moved down."),
        ("A dog ran.", "A dog ran. A cat sat down.", "One sentence added."),
        ("It's “so”.", 'It’s "so".', "Typography changed."),
    ],
)
def test_summaries_read_as_sentences(old: str, new: str, summary: str) -> None:
    assert compare(old, new).summary == summary


def _article(*blocks: Block) -> ArticleText:
    return ArticleText("Dam", blocks=tuple(Block(b.kind, b.text, "\n\n" if n else "") for n, b in enumerate(blocks)))


def test_what_only_moved_is_named_by_its_kind_and_is_no_alteration() -> None:
    body = [
        Block(BlockKind.PARAGRAPH, text.strip())
        for text in ("The dam broke at dawn on Monday, " * 4, "Nobody was hurt. " * 5)
    ]
    for block, noun in ((NOTE, "correction note"), (Block(BlockKind.CAPTION, "The dam."), "caption")):
        change = compare(_article(*body, block), _article(block, *body))
        assert change.summary == f"One {noun} moved up."
        assert change.kinds == (Kind.ORDER,)


def test_a_sentence_that_passes_another_in_its_paragraph_moves_the_way_it_goes() -> None:
    long, short = "The wall of the old dam fell on two parked cars at noon.", "Nobody was hurt by it."
    assert compare(f"{short} {long}", f"{long} {short}").summary == "One sentence moved down."
    assert compare(f"{long} {short}", f"{short} {long}").summary == "One sentence moved up."


def test_a_summary_of_an_article_names_its_fields_first() -> None:
    old = ArticleText("Dam holds", blocks=(Block(BlockKind.PARAGRAPH, "It holds, Ada Holm said.", ""),))
    new = ArticleText("Dam breaks", blocks=(Block(BlockKind.PARAGRAPH, "It holds, Ada Holt said.", ""), NOTE))
    assert compare(old, new).summary == "Headline rewritten; correction note added; Ada Holm → Ada Holt."


def test_no_name_of_the_package_is_hidden_by_a_module_of_it() -> None:
    code = "from writethru.comparison import *; from writethru import comparison as c; import types;"
    code += "print([n for n in c.__all__ if isinstance(getattr(c, n), types.ModuleType)])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, writethru.comparison; print(sorted(m for m in sys.modules if m.startswith('writethru')))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "['writethru', 'writethru.comparison']"
    code = "import sys; from writethru.comparison import compare; print(sorted(m for m in sys.modules if 'lxml' in m))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
