"""CPU time of reading articles by rules: figures, times, attributions, speakers, quotations, commitments; then all utterances.

Articles of PolNeAR (dev; US politics), each read whole. With ``--hostile`` texts that could blow up: CPU seconds of each, and of one
twice as long.

    python -m bench statement_speed [--hostile] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import pstats
import sys
import time
from collections.abc import Callable
from datetime import date

from machine import data_folder, heading, machine
from statement_hostile import hostile

from writethru.statements.attribution import attributions_in
from writethru.statements.commitments import commitments_in
from writethru.statements.figures import read_figures
from writethru.statements.quotations import quotations_in
from writethru.statements.speakers import nesting, speakers_of
from writethru.statements.times import times_in
from writethru.statements.utterances import Quote, utterances

WRITTEN = date(2016, 9, 15)


def read_whole(text: str) -> list[str]:
    """All that is read of one article; gives its quotations."""
    read_figures(text)
    times_in(text, WRITTEN)
    attributions = attributions_in(text)
    speakers_of(text, attributions)
    nesting(attributions)
    commitments_in(text, WRITTEN, attributions)
    return [text[slice(*one.span)] for one in quotations_in(text, attributions)]


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def parts(text: str) -> dict[str, Callable[[], object]]:
    """The readers, each by itself."""
    attributions = attributions_in(text)
    return {
        "figures": lambda: read_figures(text),
        "times": lambda: times_in(text, WRITTEN),
        "attributions": lambda: attributions_in(text),
        "speakers": lambda: speakers_of(text, attributions),
        "quotations": lambda: quotations_in(text, attributions),
        "commitments": lambda: commitments_in(text, WRITTEN, attributions),
    }


def main() -> None:
    """Print articles a CPU second, shares, and hostile texts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    print(heading(machine()))
    if options.hostile:
        once, twice = hostile(50), hostile(100)
        for name, text in once.items():
            first, second = spent(lambda text=text: read_whole(text)), spent(lambda text=twice[name]: read_whole(text))
            print(f"{name:24} {len(text):>7} characters {first:6.2f} s, twice {second:6.2f} s")
        return
    place = data_folder() / "statements" / "polnear_dev.jsonl.gz"
    if not place.exists():
        sys.exit(f"no data at {place}: set WRITETHRU_DATA")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    read_whole(texts[0])  # patterns are compiled once
    profile = cProfile.Profile()
    if options.profile:
        profile.enable()
    began = time.process_time()
    quotes = [Quote(f"{k}:{n}", words) for k, text in enumerate(texts) for n, words in enumerate(read_whole(text))]
    whole = time.process_time() - began
    profile.disable()
    print(
        f"{len(texts)} articles of {sum(map(len, texts)) // len(texts)} characters: {len(texts) / whole:.0f} a CPU second"
    )
    totals: dict[str, float] = {}
    for text in texts[::4]:
        for name, work in parts(text).items():
            totals[name] = totals.get(name, 0) + spent(work)
    print({name: f"{1000 * seconds / len(texts[::4]):.1f} ms" for name, seconds in totals.items()})
    print(f"utterances of {len(quotes)} quotations: {spent(lambda: utterances(quotes)):.2f} s")
    if options.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(18)


if __name__ == "__main__":
    main()
