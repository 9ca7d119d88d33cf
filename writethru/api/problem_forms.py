"""The form of every error of the API."""

from __future__ import annotations

from typing_extensions import TypedDict


class ErrorBody(TypedDict):
    """What went wrong: a stable code, the thing it is about, and what to do."""

    code: str
    key: str
    message: str


class ErrorForm(TypedDict):
    """Every error of the API has this shape."""

    error: ErrorBody
