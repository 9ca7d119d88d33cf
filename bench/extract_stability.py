"""Does a reading stay the same when only furniture changes, and change when the article does?

    python bench/extract_stability.py [--every N] [--offset N] [--seed N] [--peers NAME,NAME…] [--recaptures] [--show KIND]

Takes the annotated pages (``$WRITETHRU_DATA/extraction``), alters a copy of each in every way of
``furniture_variants`` and reads both. Where paragraphs stand is taken from the ground truth, not from
any extractor. ``--peers`` (``all``, or names of ``extract_peers``; an environment with them) reads the same copies with
each; ``memory`` is ours with what was read from the page before. ``--recaptures`` reads the pairs of real captures of one URL instead and lists every
difference for a person to judge.
"""

from __future__ import annotations

import argparse
import copy
import difflib
import gzip
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import html

from bench.article_edits import EDITS
from bench.furniture_variants import FURNITURE
from bench.page_bed import Bed, Variation
from writethru.errors import InputError
from writethru.extraction import extract
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.memory import ArticleMemory
from writethru.model import Extraction

DATA = Path(os.environ.get("WRITETHRU_DATA", "../shared/data")) / "extraction"
SETS = ("aeb", "wcxb-dev", "fundus")
STABLE_PEERS = ("trafilatura", "goose3", "newspaper4k", "readability", "resiliparse")


def _squeeze(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def beds(every: int, offset: int = 0) -> Iterator[tuple[str, html.HtmlElement, str]]:
    """(name, parsed page, squeezed true body) of every Nth annotated page, beginning with the one at ``offset``."""
    with gzip.open(DATA / "truth_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["set"] in SETS and row["truth"].get("body")]
    for row in rows[offset::every]:
        page = gzip.decompress((DATA / row["file"]).read_bytes())
        try:
            root = html.document_fromstring(
                page.decode("utf-8", "replace").encode(), parser=html.HTMLParser(encoding="utf-8")
            )
        except (ValueError, html.etree.ParserError):
            continue
        yield row["file"], root, _squeeze(row["truth"]["body"])


def make_bed(root: html.HtmlElement, truth: str) -> Bed | None:
    """The page with its true paragraphs, or None where fewer than four stand in ``<p>``, each once and no link alone."""
    found = []
    for element in root.iter("p"):
        text = _squeeze("".join(map(str, element.itertext())))
        linked = sum(len(_squeeze("".join(map(str, link.itertext())))) for link in element.iter("a"))
        if len(text) >= 40 and text in truth and element.getparent() is not None and linked < len(text):
            found.append((text, element))
    printed = Counter(text for text, _ in found)
    paragraphs = [element for text, element in found if printed[text] == 1]  # no edit changes one copy of two
    return Bed(root, paragraphs, root.find(".//h1")) if len(paragraphs) >= 4 else None


def serialise(root: html.HtmlElement) -> str:
    """The page as HTML text."""
    return "<!doctype html>" + html.tostring(root, encoding="unicode")


def altered(root: html.HtmlElement, truth: str, variation: Variation, seed: str) -> str | None:
    """The page after one variation, or None where it does not apply."""
    bed = make_bed(copy.deepcopy(root), truth)
    if bed is None or not variation(bed, random.Random(seed)):
        return None
    return serialise(bed.root)


def _peer(name: str) -> Callable[[str], str]:
    """A peer's body text of a page; one that fails has read nothing."""
    from extract_peers import PEERS

    def read(page: str) -> str:
        try:
            return PEERS[name][0](page.encode("utf-8", "replace"), None).body
        except Exception:
            return ""

    return read


def _peers_of(options: argparse.Namespace) -> dict[str, Callable[[str], str]]:
    names = STABLE_PEERS if options.peers == "all" else tuple(filter(None, options.peers.split(",")))
    return {name: _peer(name) for name in names}


def _our_text(page: str) -> str:
    return extract(page).text


def _whole(read: Extraction) -> tuple[Any, ...]:
    return (read.headline, read.byline, read.standfirst, read.blocks)


def difference(old: str, new: str) -> list[str]:
    """The lines that differ, with + and -."""
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=0)
    return [line[:160] for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---") and line.strip("+- ")]


class Count:
    """How often something held."""

    def __init__(self) -> None:
        self.good = self.all = 0

    def add(self, good: bool) -> None:
        """One more trial."""
        self.good += good
        self.all += 1

    def __str__(self) -> str:
        return f"{self.good / self.all:7.2%} of {self.all}" if self.all else "      -"


def run_variants(options: argparse.Namespace) -> None:
    """Furniture variations and edits on the annotated pages."""
    counts: dict[tuple[str, str], Count] = {}
    whole: dict[str, Count] = {}
    for name, root, truth in beds(options.every, options.offset):
        if make_bed(root, truth) is None:
            continue
        plain = serialise(root)
        memory = read_known(plain, None, Knowledge()).memory
        readers = {"ours": _our_text, "memory": _with_memory(memory), **_peers_of(options)}
        base = {reader: read(plain) for reader, read in readers.items()}
        base_whole = _whole(extract(plain))
        for kind, variation in (FURNITURE | EDITS).items():
            page = altered(root, truth, variation, f"{options.seed}/{name}/{kind}")
            if page is None:
                continue
            for reader, read in readers.items():
                text = read(page)
                same = text == base[reader] and bool(text)
                counts.setdefault((kind, reader), Count()).add(same if kind in FURNITURE else not same)
                if reader == "ours" and kind == options.show and same != (kind in FURNITURE):
                    print(name, *difference(base[reader], text)[:6], sep="\n    ")
            now = _whole(extract(page))
            whole.setdefault(kind, Count()).add((now == base_whole) == (kind in FURNITURE))
    _print_table(["ours", "memory", *_peers_of(options)], counts, whole)


def _with_memory(memory: ArticleMemory | None) -> Callable[[str], str]:
    return lambda page: read_known(page, None, Knowledge(memory=memory)).extraction.text


def _print_table(readers: Sequence[str], counts: dict[tuple[str, str], Count], whole: dict[str, Count]) -> None:
    for title, kinds in (("furniture changed: reading unchanged", FURNITURE), ("article changed: seen", EDITS)):
        print(f"{title:34}" + "".join(f"{reader:>18}" for reader in readers) + f"{'ours, all blocks':>18}")
        totals = {reader: Count() for reader in (*readers, "whole")}
        for kind in kinds:
            cells = [counts.get((kind, reader), Count()) for reader in readers] + [whole.get(kind, Count())]
            print(f"  {kind:32}" + "".join(f"{cell!s:>18}" for cell in cells))
            for total, cell in zip(totals.values(), cells, strict=True):
                total.good, total.all = total.good + cell.good, total.all + cell.all
        print(f"  {'all':32}" + "".join(f"{total!s:>18}" for total in totals.values()))


def run_recaptures(options: argparse.Namespace) -> None:
    """Real pairs of captures: how many readings differ, and in what."""
    path = next(DATA.glob("recaptures/pairs_dev*"))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    kinds: dict[tuple[str, str], Count] = {}
    for pair in pairs:
        one, two = (gzip.decompress((DATA / "recaptures" / pair[side]).read_bytes()) for side in "ab")
        try:
            old, new = extract(one, pair["url"]), extract(two, pair["url"])
        except InputError as error:
            print(f"{pair['kind']} refused: {error}")
            continue
        kinds.setdefault(("ours", pair["kind"]), Count()).add(_whole(old) == _whole(new))
        for name, read in _peers_of(options).items():
            texts = [read(page.decode("utf-8", "replace")) for page in (one, two)]
            kinds.setdefault((name, pair["kind"]), Count()).add(texts[0] == texts[1])
        if _whole(old) != _whole(new):
            print(pair["kind"], pair["url"], pair["a"], pair["b"])
            for field in ("headline", "byline", "standfirst"):
                if getattr(old, field) != getattr(new, field):
                    print(f"    {field}: {getattr(old, field)[:100]!r} -> {getattr(new, field)[:100]!r}")
            forms = ["\n".join(f"{b.kind}: {b.text}" for b in read.blocks) for read in (old, new)]
            print(*[f"    {line}" for line in difference(*forms)[:8]], sep="\n")
    for (reader, kind), count in sorted(kinds.items()):
        print(f"{reader} {kind}: unchanged {count}")


def main() -> int:
    """Run one of the two tests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=6, help="only every Nth page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--offset", type=int, default=0, help="starting with this one")
    parser.add_argument("--peers", default="", help="these beside ours, or all")
    parser.add_argument("--recaptures", action="store_true")
    parser.add_argument("--show", default="", help="list what differed for one kind")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"no {DATA}: set WRITETHRU_DATA to the folder with the annotated pages", file=sys.stderr)
        return 3
    run_recaptures(options) if options.recaptures else run_variants(options)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
