"""What a run of the loop did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from writethru.text.wording import counted
from writethru.watch.look import LookDone


@dataclass
class WatchReport:
    """What a run of the loop did.

    Attributes:
        adopted: looks that were in the evidence only and were taken in.
        mended: how often the database or the disk failed and worked again.
    """

    looks: int = 0
    versions: int = 0
    changes: int = 0
    found: int = 0
    postponed: int = 0
    failed: int = 0
    adopted: int = 0
    mended: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def count(self, done: LookDone) -> None:
        """Add one look."""
        self.postponed += done.postponed
        self.looks += not done.postponed
        self.versions += done.made_version
        self.changes += done.made_change
        self.found += done.found
        if done.outcome is not None:
            self.outcomes[done.outcome.value] += 1

    @property
    def at_articles(self) -> int:
        """Looks at articles; the others were at feeds and lists."""
        return self.outcomes.total()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "looks": self.looks,
            "versions": self.versions,
            "changes": self.changes,
            "found": self.found,
            "postponed": self.postponed,
            "failed": self.failed,
            "adopted": self.adopted,
            "mended": self.mended,
            "outcomes": dict(sorted(self.outcomes.items())),  # not in the order in which threads came back
            "seconds": round(self.seconds, 3),
        }

    def sentence(self) -> str:
        """For people."""
        outcomes = ", ".join(f"{count} {name}" for name, count in sorted(self.outcomes.items())) or "none"
        return (
            f"{counted(self.looks, 'look')}, {self.at_articles} of them at articles ({outcomes}); "
            f"{counted(self.found, 'new article')}, {counted(self.versions, 'new version')}, "
            f"{counted(self.changes, 'change')}; {self.postponed} put off by their host, {self.failed} failed "
            f"({self.seconds:.1f} s)"
        )
