"""``add``: one look at each URL to find out what it is, then watch it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from writethru.errors import WritethruError
from writethru.model import SourceKind
from writethru.sources.discover import Discovery, Page, discover
from writethru.text.urls import canonical, host_of
from writethru.watch.visit import Visit

if TYPE_CHECKING:
    from writethru.watch.loop import Watcher


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one URL.

    Attributes:
        kind: ``feed``, ``article``, ``known``, or "" where it could not be added.
        found: articles that a feed brought.
        error: why it could not be added, "" if it was.
    """

    url: str
    kind: str = ""
    found: int = 0
    error: str = ""
    note: str = ""

    @property
    def ok(self) -> bool:
        """It is watched now."""
        return not self.error

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"url": self.url, "kind": self.kind, "found": self.found, "error": self.error, "note": self.note}

    def sentence(self) -> str:
        """For people."""
        if self.error:
            return f"not added: {self.url}: {self.error}"
        found = f"; {self.found} new articles" if self.found else ""
        note = f" ({self.note})" if self.note else ""
        return f"watching {self.kind} {self.url}{found}{note}"


def add_urls(watcher: Watcher, urls: Sequence[str]) -> list[Added]:
    """Look at each URL once and watch what it turns out to be."""
    done: list[Added] = []
    for given in urls:
        try:
            done += _add(watcher, canonical(given), depth=0)
        except WritethruError as error:
            done.append(Added(given, error=error.message))
    return done
