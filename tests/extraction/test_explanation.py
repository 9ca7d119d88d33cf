"""An explanation shows every block with its reason, and nothing of the page survives in it but words."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

import writethru.extraction
from writethru.extraction import explained_copy
from writethru.extraction.explained_copy import Shown, ShownBox
from writethru.extraction.explanation import explain
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.reasons import REASONS, sentence_of
from writethru.model import BlockKind

SENTENCE = "The harbour board said on Friday that the east quay would stay closed until the survey had been finished. "
BODY = "".join(f"<p>{SENTENCE * 2}{n}.</p>" for n in range(6))
OUR_TAGS = frozenset(
    ("html", "head", "meta", "title", "style", "body", "main", "h1", "div", "p", "b", "i", "code", "span", "ul", "li")
) | {"table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "bdi"}
OUR_ATTRIBUTES = frozenset(("lang", "charset", "name", "content", "http-equiv", "class", "title", "dir", "scope"))


def page(inside: str, *, head: str = "<h1>Quay to stay closed</h1>") -> str:
    return f"<html><body><main><article>{head}{inside}</article></main></body></html>"


def strange_parts(document: str) -> set[str]:
    """Tags and attributes of a document that are not ours."""
    root = html.document_fromstring(document)
    tags = {str(element.tag) for element in root.iter()} - OUR_TAGS
    return tags | {str(name) for element in root.iter() for name in element.attrib} - OUR_ATTRIBUTES


def test_every_reason_code_of_the_readers_has_a_sentence() -> None:
    codes: set[str] = set()
    for path in Path(writethru.extraction.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in ("Verdict", "left_out", "Judged"):  # type: ignore[attr-defined]
                codes |= {a.value for a in ast.walk(node.args[-1]) if isinstance(a, ast.Constant)}  # type: ignore[attr-defined]
    known = {code for code in codes if isinstance(code, str) and re.fullmatch(r"[a-z]+(?:-[a-z]+)+|[a-z]{4,}", code)}
    assert len(known) > 40
    assert known - {"same"} <= REASONS.keys()


def test_each_block_says_its_reason_in_sight_and_on_hover() -> None:
    shown = explain(
        page(f"{BODY}<p>Read more: <a href=/x>another story</a></p><figure><figcaption>Low tide.</figcaption></figure>")
    )
    root = html.document_fromstring(shown.document)
    for code, words in (("paragraph", SENTENCE.split()[1]), ("read-more", "another story"), ("caption", "Low tide.")):
        block = next(b for b in root.find_class("x-block") if words in b.text_content() and code in b.text_content())
        assert sentence_of(code) in block.text_content()
        assert sentence_of(code) in block.get("title", "")
    legend = root.find_class("x-legend")[0].text_content()
    assert f"part of the article’s text ({len(shown.read.text.split(chr(10) * 2))})" in legend


def test_marks_are_letters_and_line_styles_besides_colours() -> None:
    letters = [mark.letter for mark in explained_copy.MARKS]
    assert len(set(letters)) == len(letters)
    style = explain(page(BODY)).document
    borders = re.findall(r"\.x-(?:text|note|beside|field|out|new)\{border-left:\.4rem (\w+)", style)
    assert len(borders) == len(set(borders)) == len(letters)


def test_nothing_of_a_hostile_page_survives_but_words() -> None:
    attack = (
        "<script>steal()</script><style>body{background:url(//evil.example/x)}</style>"
        '<iframe src="//evil.example"></iframe><base href=//evil.example>'
        '<img src="//evil.example/pixel" onerror="steal()"><svg onload="steal()"><text>shape</text></svg>'
        f'<p onclick="steal()" style="x:url(//evil.example)" class=\'"><script>steal()</script>\'>{SENTENCE}</p>'
        '<a href="javascript:steal()">press this</a><form action="//evil.example"><input onfocus=steal()></form>'
        "<meta http-equiv=refresh content='0;url=//evil.example'><link rel=stylesheet href=//evil.example>"
        "<p>&lt;script&gt;steal()&lt;/script&gt; &lt;img src=x onerror=steal()&gt;</p><![CDATA[<script>st()</script>]]>"
        "</style></title></textarea><noscript><img src=//evil.example/n></noscript>"
    )
    document = explain(page(BODY + attack, head='<h1>Quay</title><script>steal()</script> "closed"</h1>')).document
    assert not strange_parts(document)
    assert "<script" not in document
    assert document.count("<style>") == 1
    assert "default-src 'none'" in document.replace("&#x27;", "'")


@settings(max_examples=60)
@given(
    name=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30),
    words=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60),
)
def test_no_name_and_no_word_of_a_page_becomes_a_tag(name: str, words: str) -> None:
    inside = f'<section class="{name}" id="{name}"><p>{words}</p><h2>{words}</h2></section>'
    assert not strange_parts(explain(page(BODY + inside)).document)


def test_what_memory_decides_against_the_page_is_shown_and_kept() -> None:
    boxed = "<div class=qx7><h3>{0}</h3><p>{1}</p></div>"
    first = page(BODY)
    second = page(BODY.replace("2.</p>", "2.</p>" + boxed.format("The Quay Hour", "This week: night trains."), 1))
    known = Knowledge(memory=read_known(first, None, Knowledge()).memory)
    read = read_known(second, None, known).extraction
    held = [one for one in read.held if one.what == "block"]
    assert any(one.reason == "new-unproven" and not one.kept and "not yet believed" in one.why for one in held)
    shown = explain(second, knowledge=known)
    assert [b.text for b in shown.blocks if b.held] == [one.text for one in held]
    assert "⚑ held against the page alone" in shown.document
    assert explain(second).read.held == ()


def test_a_block_kept_by_memory_says_that_the_page_alone_would_drop_it() -> None:
    first = page(BODY + f"<p>{SENTENCE}Watch it.</p>")
    known = read_known(first, None, Knowledge()).memory
    assert known is not None
    moved = first.replace(f"<p>{SENTENCE}Watch it.</p>", f"<aside><p>{SENTENCE}Watch it.</p></aside>")
    read = read_known(moved, None, Knowledge(memory=known)).extraction
    (held,) = [one for one in read.held if one.what == "block"]
    assert held.kept
    assert "this page alone would call it furniture" in held.why
    assert read.to_dict()["held"][0]["kept"] is True


def test_a_page_of_very_many_blocks_is_cut_with_its_number() -> None:
    shown = explain(page(BODY + "<p>One.</p>" * (explained_copy.MOST_SHOWN + 10)))
    assert f"{len(shown.blocks) - explained_copy.MOST_SHOWN:,} more blocks are not shown" in shown.document
    assert shown.document.count('class="x-why"') == explained_copy.MOST_SHOWN


def test_what_is_left_out_at_a_stretch_is_folded_and_nothing_else_is() -> None:
    menu = "".join(
        f"<li><a href=/{name}>{name}</a></li>" for name in ("Harbour", "Courts", "Tides", "Weather", "Sport")
    )
    rows = f"<p>{SENTENCE}</p><aside class=promo><p><a href=/x>One</a></p><p><a href=/y>Two</a></p></aside>{BODY}"
    made = f"<html><body><nav><ul>{menu}</ul></nav><main><article><h1>Quay</h1>{rows}</article></main></body></html>"
    shown = explain(made)
    document = html.document_fromstring(shown.document)
    (fold,) = document.xpath("//details")
    assert fold.xpath("string(summary)").endswith("5 blocks left out: Harbour · Courts · Tides · Weather · Sport")
    assert len(fold.find_class("x-out")) == 5
    assert len(document.find_class("x-block")) == len(shown.blocks)
    assert not fold.find_class("x-text")
    assert "Quay" in document.xpath("string(//div[contains(@class, 'x-field')])")


BOX = st.sampled_from([ShownBox(number, "furniture", f"box {number}") for number in range(4)])
OUT_BLOCK, TEXT_BLOCK = Shown(None, "elsewhere", "out", "there"), Shown(BlockKind.PARAGRAPH, "paragraph", "in", "there")


@given(st.lists(st.tuples(st.booleans(), st.lists(BOX, max_size=3, unique=True).map(tuple)), max_size=30))
@settings(max_examples=60)
def test_boxes_and_folds_are_closed_in_the_order_they_were_opened(
    given: list[tuple[bool, tuple[ShownBox, ...]]],
) -> None:
    blocks = [
        replace(OUT_BLOCK if out else TEXT_BLOCK, boxes=boxes, text=str(at)) for at, (out, boxes) in enumerate(given)
    ]
    stack: list[str] = []
    for closing, tag in re.findall(r"<(/?)(div|details|p|span|summary)\b", explained_copy.written(blocks)):
        if closing:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert stack == []
    root = html.fromstring(f"<section>{explained_copy.written(blocks)}</section>")
    told = [block.find_class("x-words")[0].text_content() for block in root.find_class("x-block")]
    assert told == [block.text for block in blocks]
    for block, found in zip(root.find_class("x-block"), blocks, strict=True):
        assert [box.xpath("string(p)") for box in block.iterancestors("div")][::-1] == [
            box.label for box in found.boxes
        ]
