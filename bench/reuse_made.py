"""Copying made up and planted: is the true source found, are the copied words, and nothing else; and peers.

    python -m bench reuse_made [--cases N] [--hardest N] [--seed N] [--peers FOLDER] [--json]

Cells of share copied (10-50 %) by words edited (0-30 %), passages reworded by people, and pairs that share
nothing but a quotation. The texts are read where ``$WRITETHRU_DATA`` says and never kept. Every text there is
in the index; those of the article's own outlet do not count, as in an archive. A peer that is installed in
``--peers`` (a site-packages folder) is run on the hardest cell: the rule that passim uses to find pairs (written
anew: five runs of five words), MinHash (datasketch, shingles of five words,
128 permutations, the best Jaccard at LSH threshold 0.1) and text-matcher (the true pair alone: it has no index).
passim needs Spark, and what PyPI calls passim is another program.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.machine import data_folder, heading, machine
from bench.made_reuse import Made, Source, cases, corpus, human_cases, human_edits, human_source
from writethru.analyse.partners import NOBODY, partners
from writethru.analyse.reuse import MOST_PARTNERS
from writethru.model import ArticleText
from writethru.reuse.grams import MOST_HOLDERS, gram_rows, grams
from writethru.reuse.passages import Passage, shared_passages, shared_quotations
from writethru.reuse.verdict import Telling, Verdict, judge
from writethru.reuse.words import Mark, Words, read_words
from writethru.storage.postings import of_rows

SHARES, EDITS = (0.1, 0.3, 0.5), (0.0, 0.1, 0.3)
HARDEST = (0.1, 0.3)
QUOTED_PAIRS = 100
RUNS, RUN_HOLDERS = 5, 100

Row = tuple[int, int, int, int]
"""A posting: gram, article, outlet, twice its place."""


@dataclass(slots=True)
class Index:
    """The index of grams as the store has it, in memory."""

    names: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)
    holders: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, source: Source) -> None:
        """Enter a text; articles are numbered from 1."""
        self.names.append(source.id)
        self.outlets.append(source.outlet)
        self.words.append(read_words(ArticleText.from_plain(source.text)))
        for gram in grams(self.words[-1]):
            if len(self.holders[gram.hash]) < MOST_HOLDERS:
                number = self._number(source.outlet)
                row = gram.hash, len(self.names), number, gram.at << 1 | gram.quoted
                self.holders[gram.hash].append(row)

    def found(self, words: Words, outlet: str) -> Iterator[tuple[str, Words]]:
        """The partners of a text of this outlet, the closest first."""
        asked = gram_rows(words)
        rows = [
            row for gram in asked["gram"].tolist() for row in self.holders.get(gram, ()) if self._counts(row, outlet)
        ]
        for article in partners(asked, of_rows(rows), most=MOST_PARTNERS):
            yield self.names[article - 1], self.words[article - 1]

    def _number(self, outlet: str) -> int:
        return NOBODY if outlet == "people" else self.numbers.setdefault(outlet, len(self.numbers) + 1)

    def _counts(self, holder: Row, outlet: str) -> bool:
        return self.outlets[holder[1] - 1] != outlet


@dataclass(slots=True)
class Cell:
    """What came of the cases of one cell."""

    cases: int = 0
    found: int = 0
    called: int = 0
    others: int = 0
    others_called: int = 0
    right: int = 0
    marked: int = 0
    copied: int = 0
    reached: int = 0
    in_order: int = 0
    in_order_reached: int = 0
    seconds: float = 0.0

    def row(self) -> dict[str, float | int]:
        """As figures."""
        return {
            "cases": self.cases,
            "recall": round(self.found / self.cases, 3),
            "called_copying": round(self.called / self.cases, 3),
            "others": round(self.others / self.cases, 2),
            "others_called": round(self.others_called / self.cases, 3),
            "words_precision": round(self.right / max(self.marked, 1), 3),
            "words_recall": round(self.reached / max(self.copied, 1), 3),
            **({"in_order_recall": round(self.in_order_reached / self.in_order, 3)} if self.in_order else {}),
            "ms a text": round(self.seconds / self.cases * 1000, 1),
        }


def measured(index: Index, made: Iterable[Made]) -> Cell:
    """Each case against the index."""
    cell = Cell()
    for case in made:
        started = time.process_time()
        words = read_words(ArticleText.from_plain(case.text))
        cell.cases += 1
        for name, theirs in index.found(words, case.outlet):
            passages = shared_passages(theirs, words)
            if name == case.host or not passages:
                continue
            told = judge(Telling(theirs, "a"), Telling(words, "b"), passages, shared_quotations(theirs, words))
            called = told.verdict is not Verdict.NOT_DERIVED
            if name == case.source:
                cell.found += 1
                cell.called += called
                _count_words(cell, case, words, passages)
            else:
                cell.others += 1
                cell.others_called += called
        cell.seconds += time.process_time() - started
    return cell


def _count_words(cell: Cell, case: Made, words: Words, passages: Sequence[Passage]) -> None:
    """Copied words that are marked, and marked words that are copied; changed words inside count for nothing."""
    tokens = case.text.split("\n")[case.paragraph].split()
    starts, at = {}, 0
    for number, token in enumerate(tokens):
        starts[number], at = at, at + len(token) + 1
    kept_at = {start: case.kept[number] for number, start in starts.items()}
    ordered = {starts[number] for number, kept in enumerate(case.in_order) if kept}
    inside = {number for passage in passages for number in range(*passage.b)}
    for number, place in enumerate(words.places):
        if words.marks[number] & Mark.QUOTED:
            continue
        planted = place.block == case.paragraph
        kept = planted and kept_at.get(place.start, False)
        if kept:
            cell.copied += 1
            cell.reached += number in inside
            cell.in_order += place.start in ordered
            cell.in_order_reached += place.start in ordered and number in inside
        if number in inside and (kept or not planted):
            cell.marked += 1
            cell.right += kept


def quotation_only(texts: Sequence[Source], count: int) -> float:
    """Share of pairs that have one long quotation in common, and nothing else, that are not called copying."""
    chance = random.Random(8)
    wide = [text for text in texts if len(text.text.split()) >= 250]
    right = 0
    for _ in range(count):
        a, b, speaker = chance.sample(wide, 3)
        if a.outlet == b.outlet:
            b = chance.choice([text for text in wide if text.outlet != a.outlet])
        said = [word.strip("\"“”‘’'") for word in speaker.text.split()[:200]]
        at = chance.randrange(len(said) - 90)
        speech = " ".join(said[at : at + chance.randrange(25, 80)])
        tellings = [
            Telling(read_words(ArticleText.from_plain(text)), name)
            for name, text in (
                ("a", f"{a.text[:1500]}\n“{speech},” the speaker said."),
                ("b", f"“{speech},” she told reporters.\n{b.text[:1500]}"),
            )
        ]
        words = tellings[0].words, tellings[1].words
        verdict = judge(tellings[0], tellings[1], shared_passages(*words), shared_quotations(*words)).verdict
        right += verdict is Verdict.NOT_DERIVED
    return round(right / count, 3)


def peers(folder: str, texts: Sequence[Source], made: Sequence[Made]) -> dict[str, Any]:
    """Peers on the same cases, where they are installed."""
    sys.path.append(folder)
    return {
        "five words in a row": _runs(texts, made),
        "MinHash (datasketch)": _minhash(texts, made),
        "text-matcher": _text_matcher(texts, made),
    }


def _runs(texts: Sequence[Source], made: Sequence[Made]) -> Any:
    """The rule that passim uses to find pairs, written anew: five shared runs of five words that few others have."""
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    outlet = {text.id: text.outlet for text in texts}
    for text in texts:
        for run in _runs_of(text.text):
            holders[run].add(text.id)
    started = time.process_time()
    found = others = 0
    for case in made:
        shared: Counter[str] = Counter()
        for run in _runs_of(case.text):
            if len(names := holders.get(run, ())) <= RUN_HOLDERS:
                shared.update(name for name in names if outlet[name] != case.outlet)
        near = {name for name, count in shared.items() if count >= RUNS}
        found += case.source in near
        others += len(near - {case.source})
    return _peer(found, others, len(made), time.process_time() - started)


def _runs_of(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def _peer(found: int, others: int, cases: int, seconds: float) -> dict[str, float]:
    return {
        "recall": round(found / cases, 3),
        "others": round(others / cases, 2),
        "ms a text": round(seconds / cases * 1000, 1),
    }


def _minhash(texts: Sequence[Source], made: Sequence[Made]) -> Any:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return "not installed"

    def of(text: str) -> Any:
        words = text.lower().split()
        found = MinHash(num_perm=128)
        found.update_batch({" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)})
        return found

    index = MinHashLSH(threshold=0.1, num_perm=128)
    outlet = {text.id: text.outlet for text in texts}
    for text in texts:
        index.insert(text.id, of(text.text), check_duplication=False)
    started = time.process_time()
    found = others = 0
    for case in made:
        near = {name for name in index.query(of(case.text)) if outlet[name] != case.outlet}
        found += case.source in near
        others += len(near - {case.source})
    return _peer(found, others, len(made), time.process_time() - started)


def _text_matcher(texts: Sequence[Source], made: Sequence[Made]) -> Any:
    try:
        import contextlib
        import io

        from text_matcher.matcher import Matcher, Text
    except (ImportError, LookupError):  # it is there, and the word lists that it wants are not
        return "not installed, or without its word lists"
    text_of = {text.id: text.text for text in texts}
    found = false = 0
    for number, case in enumerate(made):
        other = made[number - 1]
        for source in (case.source, other.source):
            with contextlib.redirect_stdout(io.StringIO()):
                matches = Matcher(Text(text_of[source], "a"), Text(case.text, "b")).match()[0]
            found += source == case.source and bool(matches)
            false += source != case.source and bool(matches)
    return {"recall of the true pair": round(found / len(made), 3), "another pair": round(false / len(made), 3)}


def main() -> int:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--cases", type=int, default=40)
    options.add_argument("--hardest", type=int, default=200)
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--peers", default="")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, texts = machine(), corpus(data_folder())
    if len(texts) < 100:
        print(f"DATA ABSENT: {data_folder()} (set WRITETHRU_DATA)", file=sys.stderr)
        return 1
    report = run(texts, given)
    if given.json:
        print(json.dumps({"machine": about, **report}, indent=1))
        return 0
    print(heading(about))
    for name, row in report.items():
        print(f"{name:<28} {row}")
    return 0


def run(texts: list[Source], given: argparse.Namespace) -> dict[str, Any]:
    """All figures, by name."""
    edits = human_edits(data_folder())
    index = Index()
    for text in [*texts, *human_source(texts, edits, given.cases, 5)]:
        index.add(text)
    report: dict[str, Any] = {"texts": len(texts), "outlets": len(Counter(index.outlets)), "human edits": len(edits)}
    report["grams a text"] = round(sum(map(len, index.holders.values())) / len(index.names))
    started = time.process_time()
    for share in SHARES:
        for edited in EDITS:
            count = given.hardest if (share, edited) == HARDEST else given.cases
            made = cases(texts, count, share, edited, seed=given.seed)
            report[f"{share:.0%} copied, {edited:.0%} edited"] = measured(index, made).row()
    report["reworded by people"] = measured(index, human_cases(texts, edits, given.cases, 5)).row()
    report["quotation only, not called"] = quotation_only(texts, QUOTED_PAIRS)
    report["CPU seconds"] = round(time.process_time() - started, 1)
    if given.peers:
        report.update(peers(given.peers, texts, list(cases(texts, min(given.hardest, 60), *HARDEST, seed=given.seed))))
    return report


if __name__ == "__main__":
    sys.exit(main())
