"""Tombstones of withdrawn entries (RFC 6721): feed readers that know them drop what they kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from lxml import etree

from writethru.publish.feed import Minter
from writethru.publish.moments import rfc3339
from writethru.publish.safe_text import mark_controls
from writethru.storage.withheld_store import Withdrawal

MOST: Final = 1_000
"""Tombstones of one document, those of the latest withdrawals: a reader that comes often has seen the others."""

TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"


@dataclass(frozen=True, slots=True)
class Deleted:
    """One entry that was taken back."""

    id: str
    at: datetime
    reason: str


def deleted_entries(withdrawals: Iterable[Withdrawal], minter: Minter) -> tuple[Deleted, ...]:
    """The entries of the changes of withdrawn articles, given newest first; at most ``MOST``."""
    return tuple(islice(_each(withdrawals, minter), MOST))


def add_tombstones(root: etree._Element, deleted: Iterable[Deleted]) -> None:
    """A ``deleted-entry`` for each, into a feed's element."""
    for one in deleted:
        given = {"ref": mark_controls(one.id), "when": rfc3339(one.at)}
        comment = etree.SubElement(
            etree.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", given), f"{{{TOMBSTONES}}}comment"
        )
        comment.text = mark_controls(f"withdrawn: {one.reason}")


def _each(withdrawals: Iterable[Withdrawal], minter: Minter) -> Iterator[Deleted]:
    for one in withdrawals:
        first = -1 if minter.within else 0  # a search has an entry for a first text as well: change 0
        for number in range(one.changes, first, -1):
            yield Deleted(minter.change(one.article_id, number), one.at, one.reason)
