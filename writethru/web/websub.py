"""The callback of WebSub: hubs ask whether we meant it, and deliver. Only where the pages have a public address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from writethru.archive import Archive

Token = Annotated[str, Path(max_length=100)]


class WebSubRoutes:
    """The callback over one archive; it can only have a watched feed read sooner."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def router(self) -> APIRouter:
        """Questions by GET, deliveries by POST."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/websub/{token}", self.confirm, methods=["GET"])
        router.add_api_route("/websub/{token}", self.deliver, methods=["POST"])
        return router

    def confirm(self, request: Request, token: Token) -> Response:
        """The hub's challenge back, or 404 where we did not ask."""
        challenge = self.archive.websub_confirm(token, dict(request.query_params))
        if challenge is None:
            return PlainTextResponse("not asked for", status_code=404)
        return PlainTextResponse(challenge)

    async def deliver(self, request: Request, token: Token) -> Response:
        """202 whether or not the signature is right (8): a forger learns nothing."""
        body = await request.body()
        signature = request.headers.get("x-hub-signature", "")
        await run_in_threadpool(self.archive.websub_deliver, token, signature, body)
        return Response(status_code=202)
