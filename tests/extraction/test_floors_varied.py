"""Floors of what a reading must hold on pages we wrote: saved as text, changed around the article, and edited.

Pages: the golden ones, and the edit matrix's six templates. The floors and the digest of the corpus are in
``tests/floors/extraction_varied.json``.
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
from collections import Counter
from functools import cache
from typing import Any

from lxml import html

from bench.article_edits import EDITS
from bench.furniture_variants import FURNITURE
from bench.matrix.pages import Page
from bench.matrix.templates import TEMPLATES
from bench.page_bed import Bed, Variation
from bench.rendered_text import render
from tests.extraction.test_floors import FLOORS, PAGES, TRUTH
from tests.extraction.test_floors import digest as golden_digest
from writethru.extraction import extract
from writethru.extraction.decoding import decode
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known
from writethru.model import Extraction

FLOOR: dict[str, Any] = json.loads((FLOORS / "extraction_varied.json").read_text(encoding="utf-8"))
NOT_PRINTED = {"next_data.html"}  # its text stands in a program only
COUNTS = {"one_word": (1, 1), "paragraph_deleted": (1, 0), "paragraph_moved": (0, 0), "headline_changed": (0, 0)}
"""Blocks that go and come with an edit; one comes with the others. The byline is changed on pages that state one."""


@cache
def printed() -> dict[str, str]:
    """Name of a template to its page."""
    return {name: draw(Page(story)) for name, (story, draw) in TEMPLATES.items()}


def digest() -> str:
    whole = hashlib.sha256(golden_digest().encode())
    for name, page in sorted(printed().items()):
        whole.update(f"{name}\n{page}".encode())
    return whole.hexdigest()


def altered(name: str, kind: str, variation: Variation) -> str | None:
    root = copy.deepcopy(html.document_fromstring(printed()[name]))
    told = {" ".join(block.text.split()) for block in first(name).extraction.blocks}
    paragraphs = [p for p in root.iter("p") if " ".join(p.text_content().split()) in told]
    if len(paragraphs) < 4 or not variation(Bed(root, paragraphs, root.find(".//h1")), random.Random(f"{name}/{kind}")):
        return None
    return "<!doctype html>" + html.tostring(root, encoding="unicode")


@cache
def first(name: str) -> Known:
    root = html.document_fromstring(printed()[name])
    return read_known("<!doctype html>" + html.tostring(root, encoding="unicode"), None, Knowledge())


def whole(read: Extraction) -> tuple[Any, ...]:
    return (read.headline, read.byline, read.standfirst, read.article_text.blocks)


def is_exact(kind: str, old: Extraction, new: Extraction) -> bool:
    before, after = (Counter(block.text for block in read.article_text.blocks) for read in (old, new))
    counts = ((before - after).total(), (after - before).total())
    wanted = counts == COUNTS.get(kind, (0, 1)) and whole(old) != whole(new)
    return wanted and (kind != "headline_changed" or old.headline != new.headline)


def share(found: list[bool]) -> float:
    assert found
    return sum(found) / len(found)


def test_the_corpus_is_the_one_the_floors_were_measured_on() -> None:
    assert digest() == FLOOR["sha256"], "measure again, and give the reason for a lower floor in the file"


def test_lines_of_pages_saved_as_text_are_above_their_floor() -> None:
    scores = []
    for name in sorted(set(TRUTH) - NOT_PRINTED):
        page, body = decode((PAGES / name).read_bytes()).text, TRUTH[name]["body"]
        read = extract(render(page) if name.endswith(".html") else page)
        said = [line for line in (*read.text.split("\n"), read.standfirst) if line]
        common = sum(line in body for line in said)
        scores.append(2 * common / (len(said) + len(body)))
    assert sum(scores) / len(scores) >= FLOOR["dump_line_f1"], scores


def test_a_reading_holds_still_when_only_furniture_changes() -> None:
    alone, known = [], []
    for turn, name in enumerate(printed()):
        for kind, variation in list(FURNITURE.items())[turn % 3 :: 3]:  # each kind on two or three templates
            if (page := altered(name, kind, variation)) is not None:
                was = first(name)
                alone.append(whole(read_known(page, None, Knowledge()).extraction) == whole(was.extraction))
                again = read_known(page, None, Knowledge(memory=was.memory)).extraction
                known.append(whole(again) == whole(was.extraction))
    assert share(known) >= FLOOR["same_with_memory"]
    assert share(alone) >= FLOOR["same_alone"]


def test_an_edit_is_seen_exactly() -> None:
    seen = {}
    for name in printed():
        for kind, variation in EDITS.items():
            if kind != "byline_changed" and (page := altered(name, kind, variation)) is not None:
                again = read_known(page, None, Knowledge(memory=first(name).memory)).extraction
                seen[name, kind] = is_exact(kind, first(name).extraction, again)
    assert share(list(seen.values())) >= FLOOR["seen_exactly"], [key for key, good in seen.items() if not good]
