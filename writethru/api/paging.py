"""One page of a listing as the API answers it: items, and where the next page is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse


class Pager:
    """Makes pages.

    Args:
        base: the absolute URL under which a request reached the pages, without a slash at its end.
    """

    def __init__(self, base: Callable[[Request], str]) -> None:
        self.base = base

    def answer(
        self, request: Request, items: Sequence[Any], cursor: str, besides: Mapping[str, Any] | None = None
    ) -> JSONResponse:
        """A page; ``cursor`` continues it, "" at the end."""
        following = self._next(request, cursor) if cursor else None
        headers = {"link": f'<{following}>; rel="next"'} if following else None
        return JSONResponse({"items": list(items), "next": following, **(besides or {})}, headers=headers)

    def _next(self, request: Request, cursor: str) -> str:
        query = request.url.include_query_params(cursor=cursor).query
        return f"{self.base(request)}{request.url.path}?{query}"
