"""Quick looks at pages whose furniture changed: how many a CPU second, and which pages have no fingerprint, and why.

    python bench/extract_looks.py [--every N] [--offset N] [--sets aeb,fundus] [--kinds KIND,KIND…]

A page (``$WRITETHRU_DATA/extraction``) is read once for its fingerprint; then copies of it are looked at, the best of
five each: the page itself, and one for each kind of ``furniture_variants`` that applies.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from extract_peers import DATA, pages
from extract_stability import _squeeze, altered, serialise
from lxml import html
from machine import heading, machine

from bench.furniture_variants import FURNITURE
from writethru.extraction import unchanged
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import _relevant, read_guided, read_known

KINDS = "link_targets,counters,menu_items,related_box,most_read,footer_text"
ROUNDS = 5


def cost(page: bytes, made: str) -> tuple[float, bool]:
    """(CPU seconds of a look, best of five; what it said)."""
    best, said = 9.0, False
    for _ in range(ROUNDS):
        started = time.process_time()
        said = unchanged.is_unchanged(page, "", made)
        best = min(best, time.process_time() - started)
    return best, said


def why_none(page: bytes, url: str | None) -> str:
    """Why a page has no fingerprint."""
    guided = read_guided(page, url, Knowledge())
    if guided is None:
        return "no article's box"
    relevant = _relevant(guided.reading, guided.extraction)
    if relevant.body_chars < unchanged.LEAST_TEXT:
        return f"little text ({relevant.body_chars})"
    if not relevant.sources <= unchanged._KNOWN_SOURCES:
        return f"a source of its own: {sorted(relevant.sources - unchanged._KNOWN_SOURCES)}"
    if unchanged._region(page, relevant) is None:
        alone = [
            text for text in relevant.article if unchanged._region(page, replace(relevant, article=[text])) is None
        ]
        return (
            f"{len(alone)} of {len(relevant.article)} blocks not found below a headline: {[t[:70] for t in alone[:2]]}"
        )
    return "too much text outside, or the check of itself failed"


@dataclass
class Found:
    """CPU seconds and answers by kind, sizes of pages with a fingerprint, pages without one."""

    spent: dict[str, list[float]] = field(default_factory=dict)
    yes: Counter[str] = field(default_factory=Counter)
    sizes: list[int] = field(default_factory=list)
    none: list[str] = field(default_factory=list)


def measure(found: Found, row: dict[str, Any], raw: bytes, kinds: list[str]) -> None:
    """All looks at one page."""
    root = html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))
    page, truth = serialise(root).encode(), _squeeze(row["truth"].get("body") or "")
    memory = read_known(page, row["url"], Knowledge()).memory
    if memory is None or not memory.fingerprint:
        found.none.append(f"{row['file']}: {why_none(page, row['url'])}")
        return
    found.sizes.append(len(page))
    copies = {kind: altered(root, truth, FURNITURE[kind], f"1/{row['file']}/{kind}") for kind in kinds}
    for kind, copy in ({"same bytes": page} | {kind: copy.encode() for kind, copy in copies.items() if copy}).items():
        seconds, said = cost(copy, memory.fingerprint)
        found.spent.setdefault(kind, []).append(seconds)
        found.yes[kind] += said


def report(found: Found) -> None:
    """The table for people."""
    size = sum(found.sizes) / max(1, len(found.sizes)) / 1000
    print(f"{len(found.sizes)} pages of {size:.0f} KB have a fingerprint, {len(found.none)} none")
    print(*(f"  {line}" for line in found.none), sep="\n")
    for kind, many in found.spent.items():
        each, said = sum(many) / len(many) * 1000, f"said unchanged of {found.yes[kind]} of {len(many)}"
        print(f"{kind:16} {1000 / each:6.0f} a CPU second, {each:.2f} ms, worst {max(many) * 1000:.1f} ms; {said}")
    everything = [seconds for many in found.spent.values() for seconds in many]
    print(f"{'all':16} {len(everything) / sum(everything):6.0f} a CPU second")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--sets", default="aeb,fundus")
    parser.add_argument("--kinds", default=KINDS)
    options = parser.parse_args()
    if not DATA.exists():
        print(f"no {DATA}: set WRITETHRU_DATA to the annotated pages", file=sys.stderr)
        return 3
    found = Found()
    for number, (row, raw) in enumerate(pages(set(options.sets.split(",")))):
        if number % options.every == options.offset:
            measure(found, row, raw, options.kinds.split(","))
    print(heading(machine()))
    report(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
