"""Stability and planted pieces, peers beside us in one run: is the body the same, is the piece found, is the minute read?

    python bench/extract_planted.py [--every N] [--offset N] [--seed N] [--peers] [--only PART] [--show KIND] [--json]

``--peers`` needs an environment that has them (see ``extract_peers``). On annotated pages (``$WRITETHRU_DATA/extraction``):

* *furniture*: the body read from a page is the same after one of the ways of ``furniture_variants``;
* *edits*: it differs after one of the edits;
* *planted*: a caption (five markups), a correction note (four places), a paragraph in a bare ``div`` is in what is read
  (for peers: in the text); a page cut down to its first two paragraphs is read as these two and no more;
  a date of publication with minute and zone, stated in one of four ways and nowhere else, is read to the minute.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from extract_peers import PEERS, Answer
from extract_stability import DATA, Count, _squeeze, altered, beds, make_bed, serialise
from lxml.html import HtmlElement, fragment_fromstring
from machine import heading, machine

from bench.article_edits import EDITS
from bench.furniture_variants import FURNITURE
from bench.page_bed import Bed
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known

ASKED = ("trafilatura", "newspaper4k", "goose3", "readability", "resiliparse")
WORDS = "The east quay at low tide on Monday, seen from the customs house"
CAPTIONS = {
    "figcaption": "<figure><img src='/q.jpg'><figcaption>{}.</figcaption></figure>",
    "wp-caption": "<div class='wp-caption alignnone'><img src='/q.jpg'><p class='wp-caption-text'>{}.</p></div>",
    "div-caption": "<div class='article-image'><img src='/q.jpg'><div class='image-caption'>{}.</div></div>",
    "figure-span": "<figure class='media'><picture><img src='/q.jpg'></picture><span class='caption'>{}.</span></figure>",
    "table-caption": "<table><tr><td><img src='/q.jpg'></td></tr><tr><td class='caption'>{}.</td></tr></table>",
}
STUB_ROOM = 1.4
"""A stub is read right with both its paragraphs and at most so many times their letters (a standfirst, a credit)."""
MOMENT = "2024-03-05T14:37:00+02:00"
DATES = {
    "json-ld": '<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","datePublished":"{}"}}</script>',
    "meta": '<meta property="article:published_time" content="{}">',
    "meta-name": '<meta name="date" content="{}">',
    "time": "<time datetime='{}'>5 March 2024</time>",
}
_DATED = re.compile(r"date|time|publish|modif|updated|created|issued", re.I)


def _between(bed: Bed, rng: random.Random, markup: str) -> None:
    """Between two paragraphs that stand side by side."""
    anchor = bed.paragraphs[rng.randrange(1, len(bed.paragraphs) - 1)]
    parent = anchor.getparent()
    made = fragment_fromstring(markup)
    made.tail, anchor.tail = anchor.tail, None
    parent.insert(parent.index(anchor) + 1, made)


def captions(bed: Bed, rng: random.Random, how: str) -> str:
    """A picture with a caption; gives the words to be found."""
    _between(bed, rng, CAPTIONS[how].format(WORDS))
    return WORDS


def bare_div(bed: Bed, rng: random.Random, how: str) -> str:
    """A paragraph that is a ``div``."""
    words = f"The harbour board said that {rng.randrange(12, 90)} of the moorings would stay closed until the survey had been finished"
    _between(bed, rng, f"<div>{words}.</div>")
    return words


def stub(bed: Bed, rng: random.Random, how: str) -> str:
    """A first report: of the article's box nothing is left behind its first two paragraphs."""
    first, second = bed.paragraphs[:2]
    wanted = "".join(_squeeze("".join(map(str, p.itertext()))) for p in (first, second))
    if not bed.truth.startswith(wanted):  # type: ignore[attr-defined]
        return ""
    around = set(bed.paragraphs[-1].iterancestors())
    box = next(element for element in first.iterancestors() if element in around)
    element = second
    while element is not box and element is not None:
        for behind in list(element.itersiblings()):
            behind.drop_tree()
        element.tail = None
        element = element.getparent()
    for script in list(bed.root.iter("script")):
        if "articleBody" in (script.text or ""):  # of the long form of the article
            script.drop_tree()
    return wanted


def dated(bed: Bed, rng: random.Random, how: str) -> str:
    """All that states a time goes; one statement comes."""
    for element in list(bed.root.iter("script", "meta", "time")):
        names = " ".join(filter(None, (element.get(key) for key in ("name", "property", "itemprop", "http-equiv"))))
        if element.tag != "meta" or _DATED.search(names):
            element.drop_tree()
    made = fragment_fromstring(DATES[how].format(MOMENT))
    head = bed.root.find("head")
    if how == "time" or head is None:
        anchor = bed.headline if bed.headline is not None else bed.paragraphs[0]
        anchor.addnext(made) if bed.headline is not None else anchor.addprevious(made)
    else:
        head.append(made)
    return MOMENT


PLANTS: dict[str, tuple[Callable[[Bed, random.Random, str], str], str]] = {
    **{f"caption: {how}": (captions, how) for how in CAPTIONS},
    "bare div": (bare_div, ""),
    "stub of two paragraphs": (stub, ""),
    **{f"minute: {how}": (dated, how) for how in DATES},
}


def ours(page: str, memory: Known | None = None) -> Answer:
    """Our reading: standfirst and text; as ``title``, all blocks."""
    known = read_known(page, None, Knowledge(memory=memory.memory if memory else None))
    read = known.extraction
    every = "\n".join(block.text for block in read.blocks)
    return Answer(f"{read.standfirst}\n{read.text}", every, "", read.published or "")


def readers(options: argparse.Namespace) -> dict[str, Callable[[str], Answer]]:
    """Name to reader."""
    found: dict[str, Callable[[str], Answer]] = {"ours alone": ours}
    if options.peers:
        found |= {name: _peer(PEERS[name][0]) for name in ASKED}
    return found


def _peer(read: Callable[[bytes, str | None], Answer]) -> Callable[[str], Answer]:
    def answer(page: str) -> Answer:
        try:
            return read(page.encode(), "https://paper.example/a")
        except Exception:  # a peer that fails on a page has read nothing from it
            return Answer("")

    return answer


def is_found(kind: str, wanted: str, answer: Answer, name: str) -> bool:
    """Whether a planted piece is in an answer."""
    if kind.startswith("minute"):
        return _is_minute(answer.date)
    if kind.startswith("stub"):
        body = _squeeze(answer.body)
        return len(body) <= STUB_ROOM * len(wanted) and all(part in body for part in _halves(wanted))
    return _squeeze(wanted) in _squeeze(answer.title if name.startswith("ours") else answer.body)


def _halves(wanted: str) -> tuple[str, str]:
    """The opening of a stub and its end."""
    return wanted[:60], wanted[-60:]


def _is_minute(said: str) -> bool:
    """The right moment; a peer that leaves out the zone may give the time in either."""
    try:
        moment = datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        return False
    true = datetime.fromisoformat(MOMENT)
    if moment.tzinfo is None:
        return moment in (true.replace(tzinfo=None), true.astimezone(UTC).replace(tzinfo=None))
    return moment == true


def planted(root: HtmlElement, truth: str, kind: str, seed: str) -> tuple[str, str] | None:
    """(page, what is to be found), or None where the page has no room for it (a stub must open the truth)."""
    bed = make_bed(copy.deepcopy(root), truth)
    if bed is None:
        return None
    bed.truth = truth  # type: ignore[attr-defined]
    plant, how = PLANTS[kind]
    wanted = plant(bed, random.Random(seed), how)
    return (serialise(bed.root), wanted) if wanted else None


def trials(options: argparse.Namespace) -> Iterator[tuple[str, str, str, bool]]:
    """(group, kind, reader, good) of everything."""
    asked = readers(options)
    for name, root, truth in beds(options.every, options.offset):
        if make_bed(root, truth) is None:
            continue
        yield from _altered_trials(options, asked, name, root, truth)
        for kind in PLANTS:
            if options.only not in kind:
                continue
            made = planted(root, truth, kind, f"{options.seed}/{name}/{kind}")
            for reader, read in asked.items() if made else ():
                good = is_found(kind, made[1], read(made[0]), reader)  # type: ignore[index]
                if not good and options.show == kind and reader.startswith("ours"):
                    print(name, kind, read(made[0]).date, read(made[0]).body[:300], file=sys.stderr)  # type: ignore[index]
                yield "planted", kind, reader, good


def _altered_trials(
    options: argparse.Namespace, asked: dict[str, Callable[[str], Answer]], name: str, root: HtmlElement, truth: str
) -> Iterator[tuple[str, str, str, bool]]:
    """The same of what is altered; nothing where only some planted pieces are asked for."""
    if not options.only:
        plain = serialise(root)
        known = read_known(plain, None, Knowledge())
        before = {reader: read(plain).body for reader, read in asked.items()}
        before["ours with memory"] = before["ours alone"]
        for kind, variation in (FURNITURE | EDITS).items():
            page = altered(root, truth, variation, f"{options.seed}/{name}/{kind}")
            if page is None or kind in ("byline_changed", "headline_changed", "caption_added"):
                continue
            answers = {reader: read(page).body for reader, read in asked.items()}
            answers["ours with memory"] = ours(page, known).body
            group = "furniture" if kind in FURNITURE else "edits"
            for reader, body in answers.items():
                good = (body == before[reader]) is (kind in FURNITURE)
                if not good and options.show == kind and reader.startswith("ours"):
                    print(name, kind, reader, file=sys.stderr)
                yield group, kind, reader, good


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=60, help="only every Nth page")
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true", help="the other extractors beside ours")
    parser.add_argument("--only", default="", help="planted pieces whose name contains this, and nothing else")
    parser.add_argument("--show", default="", help="name the pages on which ours fails at this kind")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"no {DATA}: set WRITETHRU_DATA to the folder with the annotated pages", file=sys.stderr)
        return 3
    warnings.simplefilter("ignore")
    about, counts = machine(), {}
    for group, kind, reader, good in trials(options):
        for key in ((group, kind, reader), (group, "all", reader)):
            counts.setdefault(key, Count()).add(good)
    if options.json:
        rows = [[*key, count.good, count.all] for key, count in counts.items()]
        print(json.dumps({"machine": about, "results": rows}, indent=2))
        return 0
    print(heading(about))
    report(counts)
    return 0


def report(counts: dict[Any, Count]) -> None:
    """A row for each kind, a column for each reader."""
    names = list(dict.fromkeys(reader for _, _, reader in counts))
    print(f"{'':38}" + "".join(f"{name:>20}" for name in names))
    for group, kind in dict.fromkeys((group, kind) for group, kind, _ in counts):
        cells = (counts.get((group, kind, name), Count()) for name in names)
        print(f"{group + ': ' + kind:38}" + "".join(f"{cell!s:>20}" for cell in cells))


if __name__ == "__main__":
    raise SystemExit(main())
