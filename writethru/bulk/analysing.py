"""What is found across articles, as steps of a job: each a function over tasks by key, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from writethru.bulk.finish import number_outlets
from writethru.bulk.gathered import outlets_path
from writethru.bulk.model import Analysed, AnalysisTask
from writethru.bulk.read_texts import read_share
from writethru.bulk.shared_text import join_grams, judge_pairs
from writethru.bulk.stating import read_statements
from writethru.bulk.stories import tell_stories
from writethru.bulk.whole import write_json


class Step(NamedTuple):
    """One step.

    Attributes:
        what: for people.
        tasks: by the key that the ledger knows them by.
    """

    what: str
    work: Callable[[AnalysisTask], Analysed]
    tasks: Mapping[str, AnalysisTask]


_STEPS: Final = (
    ("texts", "reading texts", read_share),
    ("asks", "joining shared text", join_grams),
    ("pairs", "comparing texts", judge_pairs),
    ("stories", "grouping events", tell_stories),
    ("states", "reading statements", read_statements),
)
"""By the names under which they are noted as done: one whose files change takes another name, so that a job which was
begun before goes on with it anew."""
_ALONE: Final = "stories"
"""The step that is one piece."""


def steps(folder: Path, out: Path, shares: int) -> Iterator[Step]:
    """The steps over so many shares, which are all recorded."""
    outlets = number_outlets(folder, shares)
    write_json(outlets_path(folder), {name: number for name, (number, _) in outlets.items()})
    for key, what, work in _STEPS:
        count = 1 if key == _ALONE else shares
        tasks = {f"{key}-{number:06d}": AnalysisTask(number, str(folder), str(out), shares) for number in range(count)}
        yield Step(what, work, tasks)
