"""Bodies that a page's own program puts together, and pages of scripts and encodings that readers stumble over."""

from __future__ import annotations

import json

import pytest

from tests.extraction.test_explanation import SENTENCE
from writethru.extraction import extract

TEXTS = [f"{SENTENCE}It’s the {n}th day of the closure, and boats wait outside." for n in range(1, 8)]
STATE = {"A:1": {"body": {"html": "".join(f"<p>{text}</p>" for text in TEXTS)}}}
JAPANESE = (
    "港湾局は金曜日、調査が終わるまで東の岸壁を閉鎖すると発表した。船は沖で待っており、再開の時期はまだ決まっていない。"
)


def flight(count: int) -> str:
    """The paragraphs as a page of React's server components sends them, cut anywhere."""
    lines = "".join(f'{n:x}:["$","p",null,{{"children":{json.dumps(text)}}}]\n' for n, text in enumerate(TEXTS))
    size = len(lines) // count + 1
    pieces = (lines[at : at + size] for at in range(0, len(lines), size))
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)


def quoted(state: object) -> str:
    """As a program has it in single quotes."""
    return "'" + json.dumps(state).replace("\\", "\\\\").replace("'", "\\'") + "'"


@pytest.mark.parametrize(
    "script",
    [
        f"<script>window.__APOLLO_STATE__ = JSON.parse({json.dumps(json.dumps(STATE))});</script>",
        f"<script>window.__APOLLO_STATE__=JSON.parse({quoted(STATE)})</script>",
        flight(1),
        flight(9),
    ],
    ids=["in double quotes", "in single quotes", "in one piece", "in nine pieces"],
)
def test_a_text_that_only_the_pages_program_has_is_read(script: str) -> None:
    read = extract(f"<html><head><title>Quay</title></head><body><div id=root></div>{script}</body></html>")
    assert [block.text for block in read.blocks] == TEXTS
    assert read.provenance["blocks"] == "embedded data"


@pytest.mark.parametrize(
    "script", ['JSON.parse(\'{"a":', 'JSON.parse("{', "JSON.parse('" + "\\" * 20_000, "JSON.parse("]
)
def test_a_program_that_breaks_off_is_no_text(script: str) -> None:
    padding = f"/* {SENTENCE * 8} */"
    page = f"<html><body><div id=root></div><script>window.__NUXT__={script}{padding}</script></body></html>"
    assert extract(page).blocks == ()


@pytest.mark.parametrize(
    ("codec", "label"), [("shift_jis", ""), ("euc_jp", ""), ("shift_jis", "utf-8"), ("euc_jp", "utf-8")]
)
def test_japanese_without_a_right_label_is_told_by_its_bytes(codec: str, label: str) -> None:
    meta = f"<meta charset={label}>" if label else ""
    body = "".join(f"<p>{JAPANESE}{n}回目。</p>" for n in range(6))
    page = f"<html lang=ja><head>{meta}</head><body><article><h1>岸壁は閉鎖</h1>{body}</article></body></html>"
    assert extract(page.encode(codec)).text.count("港湾局") == 6


def test_a_paragraph_that_data_hold_in_pieces_keeps_its_links() -> None:
    pieces = [
        {"kind": "text", "html": "Divers counted twelve cracked piles below the east quay on Sunday, and "},
        {"kind": "text", "html": "<a href='/survey'>a second survey</a>"},
        {"kind": "text", "html": ", which the town pays, is to begin in June."},
    ]
    story = [{"items": pieces}, {"items": [{"kind": "text", "html": TEXTS[0]}]}]
    story += [{"items": [{"kind": "text", "html": text}]} for text in TEXTS[1:]]
    data = json.dumps({"props": {"story": {"elements": story}}})
    page = f"<html><body><script id='__NEXT_DATA__' type='application/json'>{data}</script></body></html>"
    read = extract(page)
    assert read.blocks[0].text == (
        "Divers counted twelve cracked piles below the east quay on Sunday, and a second survey, which the town pays, "
        "is to begin in June."
    )
    assert [block.text for block in read.blocks[1:]] == TEXTS


def test_paragraphs_in_a_list_stay_apart() -> None:
    data = json.dumps({"body": [{"type": "p", "text": text} for text in TEXTS]})
    page = f"<html><body><script id='__NEXT_DATA__' type='application/json'>{data}</script></body></html>"
    assert len(extract(page).blocks) == len(TEXTS)
