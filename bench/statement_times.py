"""Time expressions against TimeBank: spans that overlap, and of these the ones with the marked value.

F1 of the value as in TempEval-3: an expression is right when it overlaps a marked one and has its value.

    python -m bench statement_times [--errors] [--half 0|1] [--judged]

With ``--judged`` the values that differ are counted by their causes, as they were judged by hand one by one
(``bench/data/statements/timebank_judged.tsv``: document, place of the mark, cause), and the figures are given once more without
the marks that were judged wrong and those of texts that are not of the day of their document.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import Path

from machine import data_folder, heading, machine

from writethru.statements.times import TimeExpression, times_in
from writethru.text.tokens import Span

DATA = Path(__file__).parent / "data" / "statements"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def f1(right: int, found: int, marked: int) -> float:
    """Harmonic mean of precision and recall."""
    return round(2 * right / (found + marked), 4)


def plain(value: str) -> str:
    """Weeks are marked with and without a zero (``W07``, ``W7``)."""
    return value.replace("-W0", "-W")


def meaning(value: str) -> str:
    """One spelling of values that TIMEX3 can write in several: ``P1E`` and ``P10Y``, ``T17`` and ``T17:00``, ``1948-XX``."""
    value = re.sub(r"(T\d\d):00$", r"\1", plain(value))
    value = re.sub(r"(?:-XX)+$", "", re.sub(r"^(\d{3})X$", r"\1", value))
    length = re.fullmatch(r"P(\d+)([EQC])", value)
    if length:
        times, unit = {"E": (10, "Y"), "Q": (3, "M"), "C": (100, "Y")}[length[2]]
        return f"P{times * int(length[1])}{unit}"
    return {"PT24H": "P1D"}.get(value, re.sub(r"^(\d\d)XX$", r"\1", value))


def contradicted(word: str, value: str) -> bool:
    """Is a weekday marked with a day that the calendar gives another name?"""
    try:
        return date.fromisoformat(value[:10]).weekday() != WEEKDAYS.index(word)
    except ValueError:
        return True


class Scores:
    """Counts over documents; with ``errors`` what differs is printed; ``left_out`` are marks that are not asked about."""

    def __init__(self, *, errors: bool, left_out: Collection[tuple[str, int]] = ()) -> None:
        self.n: Counter[str] = Counter()
        self.errors = errors
        self.left_out = left_out
        self.differing: list[tuple[str, int]] = []

    def document(self, row: dict) -> None:
        """Set what is found in one beside what is marked."""
        found = times_in(row["text"], date.fromisoformat(row["dct"][:10]))
        self.n.update(found=len(found), marked=len(row["times"]))
        taken: set[int] = set()
        for one in found:
            hit = overlapping(row["times"], one.span, taken)
            if hit is None:
                around = " ".join(row["text"][max(0, one.span.start - 40) : one.span.end + 30].split())
                self.tell("EXTRA", repr(row["text"][one.span.start : one.span.end]), one.value, "|", around)
                continue
            taken.add(hit)
            if (row["id"], row["times"][hit]["start"]) in self.left_out:
                self.n.subtract(found=1, marked=1)
            else:
                self.pair(row, one, row["times"][hit])
        for k, t in enumerate(row["times"]):
            if k not in taken:
                around = " ".join(row["text"][max(0, t["start"] - 40) : t["end"] + 30].split())
                self.tell("MISSED", repr(row["text"][t["start"] : t["end"]]), t["value"], "|", around)

    def pair(self, row: dict, one: TimeExpression, marked: dict) -> None:
        """One that overlaps a marked one."""
        written = row["text"][marked["start"] : marked["end"]].lower()
        same = plain(marked["value"]) == plain(one.value)
        self.n["overlap"] += 1
        self.n["strict"] += (marked["start"], marked["end"]) == tuple(one.span)
        self.n["type"] += marked["type"] == one.kind
        self.n["value"] += same
        self.n["meaning"] += meaning(marked["value"]) == meaning(one.value)
        if written in WEEKDAYS:
            self.n["weekdays"] += 1
            self.n["weekdays right"] += same
            self.n["weekdays no calendar has"] += contradicted(written, marked["value"])
        if meaning(marked["value"]) != meaning(one.value):
            self.differing.append((row["id"], marked["start"]))
            around = " ".join(row["text"][max(0, one.span.start - 60) : one.span.end + 30].split())
            ours = repr(row["text"][one.span.start : one.span.end])
            self.tell("VALUE", ours, one.value, "marked", repr(written), marked["value"], row["dct"], "|", around)

    def tell(self, *words: object) -> None:
        """A difference, where they are asked for."""
        if self.errors:
            print(*words)


def overlapping(times: list[dict], span: Span, taken: set[int]) -> int | None:
    """The first marked one that is not taken and overlaps."""
    for k, t in enumerate(times):
        if k not in taken and t["start"] < span.end and span.start < t["end"]:
            return k
    return None


def measure(rows: list[dict], scores: Scores) -> dict[str, float]:
    """Scores over the documents."""
    for row in rows:
        scores.document(row)
    n = scores.n
    return {"expressions": n["marked"], "overlap F1": f1(n["overlap"], n["found"], n["marked"]),
            "strict F1": f1(n["strict"], n["found"], n["marked"]), "type F1": f1(n["type"], n["found"], n["marked"]),
            "value F1": f1(n["value"], n["found"], n["marked"]),
            "value F1, whatever its spelling": f1(n["meaning"], n["found"], n["marked"]),
            "bare weekdays marked with a day of another name": n["weekdays no calendar has"],
            "bare weekdays": round(n["weekdays right"] / max(1, n["weekdays"]), 4)}  # fmt: skip


def judged() -> dict[tuple[str, int], str]:
    """What was judged of each value that differs, by document and place."""
    lines = (DATA / "timebank_judged.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {(document, int(start)): cause for document, start, cause in rows}


def without_wrong(rows: list[dict], scores: Scores) -> None:
    """Print the causes of what differs, and the figures without the marks that cannot be met."""
    causes = judged()
    print(Counter(causes.get(place, "not judged") for place in scores.differing))
    left_out = {place for place, cause in causes.items() if cause in ("wrong", "date")}
    print("without marks that are wrong or of another day:", measure(rows, Scores(errors=False, left_out=left_out)))


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--judged", action="store_true")
    options = parser.parse_args()
    place = data_folder() / "statements" / "timebank_train.jsonl.gz"
    if not place.exists():
        sys.exit(f"no data at {place}: set WRITETHRU_DATA")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if options.half is not None:
        rows = rows[options.half :: 2]
    scores = Scores(errors=options.errors)
    found = measure(rows, scores)
    print(heading(machine()))
    print(found)
    if options.judged:
        without_wrong(rows, scores)


if __name__ == "__main__":
    main()
