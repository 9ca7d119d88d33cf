"""Marks on files that may hold looks which the record does not know yet.

``NAME.warc.gz.unrecorded`` stands beside a file from before its first byte until its writer knows
that all in it is recorded. A writer that dies leaves its marks; whoever takes in what was lost removes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from writethru.errors import EvidenceError

MARK_SUFFIX = ".unrecorded"


def mark(final: Path) -> None:
    """Mark a file by its final name. The first sync of the file makes the mark durable too.

    Raises:
        OSError: it cannot be made.
    """
    mark_of(final).touch()


def unmark(folder: Path, names: Iterable[str]) -> None:
    """These files hold nothing unrecorded.

    Raises:
        EvidenceError: a mark cannot be removed.
    """
    for name in names:
        try:
            mark_of(folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise EvidenceError("the mark cannot be removed", key=mark_of(folder / name)) from error


def marked(folder: Path) -> list[str]:
    """Final names of the marked files that are finished, sorted."""
    names = (path.name.removesuffix(MARK_SUFFIX) for path in folder.glob(f"*{MARK_SUFFIX}"))
    return sorted(name for name in names if (folder / name).is_file())


def mark_of(final: Path) -> Path:
    """Where a file's mark stands."""
    return final.with_name(final.name + MARK_SUFFIX)
