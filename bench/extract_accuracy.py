"""Body, title, author and date accuracy on the annotated pages, beside trafilatura, one page at a time.

    python bench/extract_accuracy.py [--sets aeb,wcxb-dev,fundus] [--every N] [--no-peer] [--worst N]

Reads ``$WRITETHRU_DATA/extraction`` (default ``../shared/data``); says so and stops when it is absent.
Body F1 is the F1 of 4-word shingles, each page weighing the same (tp, fp and fn of a page divided by
their sum), as in the public article-extraction benchmark that the ``aeb`` set comes from; ``words`` is
the mean over pages of the F1 of the bags of words. ``with`` and ``without``: share of the snippets that
must (must not) appear and do.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("WRITETHRU_DATA", "../shared/data")) / "extraction"
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Answer:
    """What an extractor says about one page."""

    body: str
    title: str = ""
    authors: str = ""
    date: str = ""


@dataclass
class Tally:
    """Sums over the pages of one set for one extractor."""

    pages: int = 0
    seconds: float = 0.0
    slowest: list[float] = field(default_factory=list)
    tp: float = 0.0
    fp: float = 0.0
    fn: float = 0.0
    words: float = 0.0
    bodies: int = 0
    wanted: list[int] = field(default_factory=lambda: [0, 0])
    unwanted: list[int] = field(default_factory=lambda: [0, 0])
    title: list[int] = field(default_factory=lambda: [0, 0])
    date: list[int] = field(default_factory=lambda: [0, 0])
    names: list[int] = field(default_factory=lambda: [0, 0, 0])
    scores: list[tuple[float, str]] = field(default_factory=list)


def ours(page: bytes, url: str | None) -> Answer:
    """Writethru's reader."""
    from writethru.extraction import extract

    read = extract(page, url)
    body = f"{read.standfirst}\n{read.text}" if read.standfirst else read.text
    return Answer(body, read.headline, read.byline, read.published or read.modified or "")


def trafilatura(page: bytes, url: str | None) -> Answer:
    """trafilatura with its defaults, comments off."""
    import trafilatura as peer

    form = peer.extract(page, url=url, output_format="json", include_comments=False, with_metadata=True)
    read = json.loads(form) if form else {}
    return Answer(read.get("text") or "", read.get("title") or "", read.get("author") or "", read.get("date") or "")


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Multiset of the runs of ``size`` words; a shorter text is one run."""
    words = _WORD.findall(text.lower().replace("\xad", ""))
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def f1(tp: float, fp: float, fn: float) -> float:
    """F1 from true positives, false positives, false negatives."""
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def overlap(truth: Counter[Any], said: Counter[Any]) -> tuple[float, float, float]:
    """(tp, fp, fn) of two multisets."""
    tp = (truth & said).total()
    return float(tp), float(said.total() - tp), float(truth.total() - tp)


def add_page(tally: Tally, truth: dict[str, Any], answer: Answer, name: str) -> None:
    """Score one page."""
    tally.pages += 1
    if truth.get("body"):
        _add_body(tally, truth["body"], answer.body, name)
    squeezed = _squeeze(answer.body)
    for snippet in truth.get("with") or ():
        tally.wanted[0] += _squeeze(snippet) in squeezed
        tally.wanted[1] += 1
    for snippet in truth.get("without") or ():
        tally.unwanted[0] += _squeeze(snippet) in squeezed
        tally.unwanted[1] += 1
    if truth.get("title"):
        tally.title[0] += _squeeze(truth["title"]) == _squeeze(answer.title)
        tally.title[1] += 1
    day = _DAY.search(str(truth.get("date") or truth.get("publish_date") or truth.get("publishedTime") or ""))
    if day:
        tally.date[0] += day.group() == answer.date[:10]
        tally.date[1] += 1
    _add_names(tally, truth, answer)


def _add_body(tally: Tally, truth: str, said: str, name: str) -> None:
    tp, fp, fn = overlap(shingles(truth), shingles(said))
    total = tp + fp + fn or 1.0
    tally.tp += tp / total
    tally.fp += fp / total
    tally.fn += fn / total
    tally.bodies += 1
    tally.words += f1(*overlap(shingles(truth, 1), shingles(said, 1)))
    tally.scores.append((f1(tp, fp, fn), name))


def _squeeze(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _add_names(tally: Tally, truth: dict[str, Any], answer: Answer) -> None:
    given = truth.get("authors") or truth.get("author") or truth.get("byline")
    if not given:
        return
    wanted = Counter(_squeeze(name) for name in (given if isinstance(given, list) else _names(given)))
    tp, fp, fn = overlap(wanted, Counter(_squeeze(name) for name in _names(answer.authors)))
    for place, value in enumerate((tp, fp, fn)):
        tally.names[place] += int(value)


def _names(line: str) -> list[str]:
    parts = re.split(r"\s*(?:,|;|\||\band\b|&)\s*", line.removeprefix("By ").removeprefix("by "))
    return [part for part in parts if part.strip()]


def pages(sets: set[str], every: int) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The annotated pages of some sets with their bytes."""
    with gzip.open(DATA / "truth_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["set"] in sets]
    for row in rows[::every]:
        yield row, gzip.decompress((DATA / row["file"]).read_bytes())


def run(extractor: Callable[[bytes, str | None], Answer], row: dict[str, Any], page: bytes, tally: Tally) -> None:
    """Time one extractor on one page and score it; a crash is an empty answer."""
    start = time.process_time()
    try:
        answer = extractor(page, row["url"])
    except Exception as error:
        print(f"{row['file']}: {extractor.__name__}: {error!r}", file=sys.stderr)
        answer = Answer("")
    spent = time.process_time() - start
    tally.seconds += spent
    tally.slowest.append(spent)
    add_page(tally, row["truth"], answer, row["file"])


def report(name: str, tally: Tally) -> str:
    """One line of the table."""
    share = lambda pair: f"{pair[0] / pair[1]:.4f}" if pair[1] else "     -"  # noqa: E731
    body = f"{f1(tally.tp, tally.fp, tally.fn):.4f}" if tally.bodies else "     -"
    words = f"{tally.words / tally.bodies:.4f}" if tally.bodies else "     -"
    precision = tally.tp / (tally.tp + tally.fp) if tally.tp else 0.0
    recall = tally.tp / (tally.tp + tally.fn) if tally.tp else 0.0
    slow = sorted(tally.slowest)[int(len(tally.slowest) * 0.99)] * 1000
    snippets = f"{share(tally.wanted)} {share(tally.unwanted)}"
    fields = f"{share(tally.title)} {f1(*tally.names):.4f} {share(tally.date)}"
    speed = f"{tally.pages / tally.seconds:7.1f} {slow:6.0f}"
    return f"{name:22} {tally.pages:5} {body} {words} {precision:.4f} {recall:.4f} {snippets} {fields} {speed}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", default="aeb,wcxb-dev,fundus,readability,newspaper4k")
    parser.add_argument("--every", type=int, default=1, help="only every Nth page")
    parser.add_argument("--no-peer", action="store_true", help="leave trafilatura out")
    parser.add_argument("--worst", type=int, default=0, help="list our N lowest body scores")
    options = parser.parse_args()
    if not (DATA / "truth_dev.jsonl.gz").exists():
        print(
            f"no {DATA / 'truth_dev.jsonl.gz'}: set WRITETHRU_DATA to the folder with the annotated pages",
            file=sys.stderr,
        )
        return 3
    extractors: list[Callable[[bytes, str | None], Answer]] = [ours] if options.no_peer else [ours, trafilatura]
    tallies: dict[tuple[str, str], Tally] = {}
    for row, page in pages(set(options.sets.split(",")), options.every):
        for extractor in extractors:
            run(extractor, row, page, tallies.setdefault((row["set"], extractor.__name__), Tally()))
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs")
    print("set/extractor          pages body   words  prec   rec    with   without title  author date   pages/s p99ms")
    for (group, name), tally in tallies.items():
        print(report(f"{group}/{name}", tally))
    for (group, name), tally in tallies.items():
        if name == "ours":
            for score, file in sorted(tally.scores)[: options.worst]:
                print(f"{score:.3f} {group} {file}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
