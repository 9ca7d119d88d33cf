"""Body, title, author and date accuracy on the annotated pages, page alone, beside public extractors.

    python bench/extract_accuracy.py [--sets aeb,wcxb-dev,…] [--peers FOLDER] [--every N] [--half a|b] [--worst N]

Reads ``$WRITETHRU_DATA/extraction`` (default ``../shared/data``); says so and stops when it is absent.
``--peers`` names the folder that ``extract_peers`` filled. Our body is standfirst and running text,
without headline, captions and credits.

``body`` is the measure of the public article-extraction benchmark (the source of the ``aeb`` set): runs
of four words (``\\w+``, as printed) counted as multisets, a page's true and false positives and false
negatives divided by their sum, precision and recall averaged over pages, and F1 taken of the two
averages. ``words`` is the mean over pages of the F1 of the bags of lower-cased words. ``with`` and ``without``:
share of the snippets that must (must not) appear and do, compared without case, space and punctuation.
``title``: equal without case and punctuation. ``author``: F1 over names. ``day``: the published day, of pages
whose truth has one; ``minute``: of pages whose truth states a time of day.
``--half`` takes the pages whose id has an even (a) or odd (b) digest; neither half is held out.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extract_peers import DATA, PEERS, SETS, Answer, kept, pages
from machine import heading, machine

_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
MIDNIGHT = "00:00"
_NO_AUTHOR = ("agency", "contributor", "editor", "translator")


@dataclass
class Tally:
    """Sums over the pages of one set for one extractor."""

    pages: int = 0
    seconds: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    wanted: list[bool] = field(default_factory=list)
    unwanted: list[bool] = field(default_factory=list)
    title: list[bool] = field(default_factory=list)
    day: list[bool] = field(default_factory=list)
    minute: list[bool] = field(default_factory=list)
    names: list[int] = field(default_factory=lambda: [0, 0, 0])
    scores: list[tuple[float, str]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def body(self) -> float:
        """F1 of the means of precision and recall, 0 where nothing was read."""
        precision, recall = mean(self.precision), mean(self.recall)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ours(page: bytes, url: str | None) -> Answer:
    """Writethru's reader."""
    from writethru.extraction import extract

    start = time.process_time()
    read = extract(page, url)
    body = f"{read.standfirst}\n{read.text}" if read.standfirst else read.text
    spent = time.process_time() - start
    names = "; ".join(person.name for person in read.authors if person.role not in _NO_AUTHOR)
    return Answer(body, read.headline, names or read.byline, read.published or read.modified or "", spent)


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Multiset of the runs of ``size`` words; a shorter text is one run."""
    words = _WORD.findall(text)
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
    tally.seconds.append(answer.seconds)
    if truth.get("body"):
        _add_body(tally, truth["body"], answer.body, name)
    squeezed = _squeeze(answer.body)
    tally.wanted.extend(_squeeze(snippet) in squeezed for snippet in truth.get("with") or ())
    tally.unwanted.extend(_squeeze(snippet) in squeezed for snippet in truth.get("without") or ())
    if truth.get("title"):
        _check(tally, tally.title, f"title {name}", _squeeze(truth["title"]), _squeeze(answer.title))
    _add_day(tally, truth, answer, name)
    _add_names(tally, truth, answer, name)


def _check(tally: Tally, into: list[bool], what: str, wanted: str, said: str) -> None:
    into.append(wanted == said)
    if wanted != said:
        tally.missed.append(f"{what}: {wanted[:120]!r} but {said[:120]!r}")


def _add_body(tally: Tally, truth: str, said: str, name: str) -> None:
    tp, fp, fn = overlap(shingles(truth), shingles(said))
    if tp + fp:
        tally.precision.append(tp / (tp + fp))
    tally.recall.append(tp / (tp + fn))
    bag = f1(*overlap(shingles(truth.lower(), 1), shingles(said.lower(), 1)))
    tally.words.append(bag)
    tally.scores.append((f1(tp, fp, fn), name))


def _add_day(tally: Tally, truth: dict[str, Any], answer: Answer, name: str) -> None:
    given = str(truth.get("date") or truth.get("publish_date") or truth.get("publishedTime") or "")
    day = _DAY.search(given)
    if not day:
        return
    _check(tally, tally.day, f"day {name}", day.group(), answer.date[:10])
    clock = _CLOCK.match(given)
    if clock and clock.group()[-5:] != MIDNIGHT:
        _check(tally, tally.minute, f"minute {name}", _instant(given), _instant(answer.date))


def _instant(stated: str) -> str:
    """A stated time as UTC to the minute; as stated where it has no zone."""
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return stated[:16]
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M")


def _squeeze(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _add_names(tally: Tally, truth: dict[str, Any], answer: Answer, name: str) -> None:
    given = truth.get("authors") or truth.get("author") or truth.get("byline")
    if not given:
        return
    wanted = Counter(_squeeze(part) for part in (given if isinstance(given, list) else _names(given)))
    said = Counter(_squeeze(part) for part in _names(answer.authors))
    tp, fp, fn = overlap(wanted, said)
    if fp or fn:
        tally.missed.append(f"author {name}: {sorted(wanted)} but {sorted(said)}")
    for place, value in enumerate((tp, fp, fn)):
        tally.names[place] += int(value)


def _names(line: str) -> list[str]:
    parts = re.split(r"\s*(?:,|;|\||\band\b|&)\s*", line.removeprefix("By ").removeprefix("by "))
    return [part for part in parts if part.strip()]


def in_half(name: str, half: str) -> bool:
    """Whether a page belongs to the half of the pages asked for ("" is both)."""
    even = hashlib.sha256(name.encode()).digest()[0] % 2 == 0
    return not half or (half == "a") == even


def mean(values: list[Any]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def report(name: str, tally: Tally) -> str:
    """One line of the table."""
    share = lambda values: f"{mean(values):.4f}" if values else "     -"  # noqa: E731
    precision, recall = mean(tally.precision), mean(tally.recall)
    body = f"{tally.body:.4f}" if precision + recall else "     -"
    total = sum(tally.seconds) or 1e-9
    slow = sorted(tally.seconds)[int(len(tally.seconds) * 0.99)] * 1000
    figures = [body, share(tally.words), f"{precision:.4f}", f"{recall:.4f}", share(tally.wanted)]
    figures += [share(tally.unwanted), share(tally.title), f"{f1(*tally.names):.4f}", share(tally.day)]
    figures.append(share(tally.minute))
    return f"{name:30} {tally.pages:4} {' '.join(figures)} {tally.pages / total:7.1f} {slow:6.0f}"


HEAD = (
    "set/extractor                 pages body   words  prec   rec    with   without title author day    minute"
    "  pages/s p99ms"
)


def tallies(options: argparse.Namespace) -> dict[tuple[str, str], Tally]:
    """(set, extractor) → sums, ours first."""
    known = {name: kept(options.peers, name) for name in PEERS} if options.peers else {}
    found: dict[tuple[str, str], Tally] = {}
    for row, page in pages(set(options.sets.split(",")), options.every):
        if not in_half(row["file"], options.half):
            continue
        answers = {"ours": ours(page, row["url"])} | {
            name: answers[row["file"]] for name, answers in known.items() if row["file"] in answers
        }
        for name, answer in answers.items():
            add_page(found.setdefault((row["set"], name), Tally()), row["truth"], answer, row["file"])
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default=SETS)
    parser.add_argument("--every", type=int, default=1, help="only every Nth page")
    parser.add_argument("--half", choices=("", "a", "b"), default="")
    parser.add_argument("--peers", type=Path, help="the folder extract_peers filled")
    parser.add_argument("--worst", type=int, default=0, help="list our N lowest body scores of each set")
    parser.add_argument("--missed", action="store_true", help="list the titles, names and dates we read otherwise")
    options = parser.parse_args()
    if not (DATA / "truth_dev.jsonl.gz").exists():
        print(f"no {DATA / 'truth_dev.jsonl.gz'}: set WRITETHRU_DATA", file=sys.stderr)
        return 3
    found = tallies(options)
    print(heading(machine()), HEAD, sep="\n")
    for (group, name), tally in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] != "ours")):
        print(report(f"{group}/{name}", tally))
    for (group, name), tally in found.items():
        if name == "ours":
            for score, file in sorted(tally.scores)[: options.worst]:
                print(f"{score:.3f} {group} {file}")
            print(*(tally.missed if options.missed else ()), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
