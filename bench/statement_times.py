"""Time expressions against TimeBank: spans that overlap, and of these the ones with the marked value.

F1 of the value as in TempEval-3: an expression is right when it overlaps a marked one and has its value.

    python -m bench statement_times [--errors] [--half 0|1]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from datetime import date

from machine import data_folder, heading, machine

from writethru.statements.times import TimeExpression, times_in
from writethru.text.tokens import Span

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
    return {"PT24H": "P1D"}.get(value, value)


def contradicted(word: str, value: str) -> bool:
    """Is a weekday marked with a day that the calendar gives another name?"""
    try:
        return date.fromisoformat(value[:10]).weekday() != WEEKDAYS.index(word)
    except ValueError:
        return True


class Scores:
    """Counts over documents; with ``errors`` what differs is printed."""

    def __init__(self, *, errors: bool) -> None:
        self.n: Counter[str] = Counter()
        self.errors = errors

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


def measure(rows: list[dict], *, errors: bool) -> dict[str, float]:
    """Scores over the documents."""
    scores = Scores(errors=errors)
    for row in rows:
        scores.document(row)
    n = scores.n
    return {"expressions": n["marked"], "overlap F1": f1(n["overlap"], n["found"], n["marked"]),
            "strict F1": f1(n["strict"], n["found"], n["marked"]), "type F1": f1(n["type"], n["found"], n["marked"]),
            "value F1": f1(n["value"], n["found"], n["marked"]),
            "value F1, whatever its spelling": f1(n["meaning"], n["found"], n["marked"]),
            "bare weekdays marked with a day of another name": n["weekdays no calendar has"],
            "bare weekdays": round(n["weekdays right"] / max(1, n["weekdays"]), 4)}  # fmt: skip


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--half", type=int, choices=(0, 1))
    options = parser.parse_args()
    place = data_folder() / "statements" / "timebank_train.jsonl.gz"
    if not place.exists():
        sys.exit(f"no data at {place}: set WRITETHRU_DATA")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if options.half is not None:
        rows = rows[options.half :: 2]
    found = measure(rows, errors=options.errors)
    print(heading(machine()))
    print(found)


if __name__ == "__main__":
    main()
