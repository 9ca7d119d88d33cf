"""One shape and one status for each error, whichever face shows it."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import JSONResponse

from writethru.errors import (
    Busy,
    ConfigError,
    DatabaseUnreachable,
    InputError,
    NotAllowed,
    NotInArchive,
    NotInstalled,
    NotSignedIn,
    StorageError,
    TooLarge,
    TooManyTries,
    Withdrawn,
    WritethruError,
)

_STATUSES: Final[tuple[tuple[type[WritethruError], int], ...]] = (
    (Withdrawn, 410),
    (NotInArchive, 404),
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (TooManyTries, 429),
    (Busy, 503),
    (TooLarge, 413),
    (InputError, 400),
    (DatabaseUnreachable, 503),
    (StorageError, 500),
    (NotInstalled, 501),
    (ConfigError, 500),
)

HTTP_CODES: Final = {400: "input", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
"""Codes of the errors that HTTP itself brings; every other one is ``error``."""


def status_of(error: WritethruError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def problem(code: str, key: str, message: str) -> dict[str, Any]:
    """The one JSON shape of an error."""
    return {"error": {"code": code, "key": key, "message": message}}


def problem_response(status: int, code: str, key: str, message: str) -> JSONResponse:
    """An error as the API answers it."""
    return JSONResponse(problem(code, key, message), status_code=status)
