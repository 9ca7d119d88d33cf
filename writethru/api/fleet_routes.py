"""``GET /api/v1/workers``: with a token, since it names machines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from writethru.api.fleet_forms import FleetForm, fleet_form
from writethru.archive import Archive
from writethru.safety.actors import Actor


def add_fleet_routes(router: APIRouter, archive: Archive, actor: Callable[[Request], Actor]) -> None:
    """Add the route.

    Args:
        actor: whose token a request carries; raises NotSignedIn.
    """

    def workers(request: Request) -> Response:
        """Who watches on which machine, how they do, and who does what is done once. Any token will do."""
        actor(request)
        return JSONResponse(fleet_form(archive.store.fleet.fleet(datetime.now(UTC))))

    router.add_api_route("/workers", workers, response_model=FleetForm)
