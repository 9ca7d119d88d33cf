"""What a request may carry: known parameters only, within bounds."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Path, Query, Request

from writethru.errors import InputError

LARGEST_ID: Final = 2**31 - 1
"""Ids are 32-bit in the database; a larger one cannot be in the archive."""

LARGEST_PAGE: Final = 500

ItemId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Rows of one page.")]
Least = Annotated[int, Query(ge=1, le=1000, description="Articles that a storyline must have.")]
Cursor = Annotated[str, Query(max_length=200, description="From `next` of the page before; never made by hand.")]


def id_of(written: str) -> int | None:
    """The id that digits spell; None where they spell none that can be in the archive."""
    digits = written.lstrip("0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST_ID))):
        return None
    return int(digits) if int(digits) <= LARGEST_ID else None


class Accepts:
    """A dependency that refuses query parameters not named: a misspelt filter must not answer "everything"."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def __call__(self, request: Request) -> None:
        """Check one request. Raises InputError."""
        for name in request.query_params:
            if name not in self.names:
                known = ", ".join(sorted(self.names)) or "none"
                raise InputError(f"unknown query parameter; known here: {known}", key=name)
