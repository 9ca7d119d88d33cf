"""Counts and latencies for Prometheus (``/metrics``), and a sign of life (``/healthz``)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from writethru.archive import Archive

BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds; 0.05 is the most a page may take at the 95th percentile."""

_COUNTS: Final = ("outlets", "sources", "articles", "versions", "changes", "captures", "edits", "due", "retired")


class Metrics:
    """The metrics of one application, in a registry of its own."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "writethru_request_seconds",
            "Time from request to the end of the response.",
            ["route", "status"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.registry.register(ArchiveCounts(archive))

    def router(self) -> APIRouter:
        """``/metrics`` and ``/healthz``."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/metrics", self.show)
        router.add_api_route("/healthz", self.health)
        return router

    def show(self) -> Response:
        """All metrics in Prometheus' text format."""
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

    def health(self) -> Response:
        """``{"status": "ok"}`` if the database answers; an error otherwise."""
        self.archive.outlets()
        return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})

    def middleware(self, app: ASGIApp) -> ASGIApp:
        """Times every request that reaches a route."""
        return Timed(app, self.seconds)


class ArchiveCounts(Collector):
    """Reads the counts of the archive when they are asked for."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: the database need not answer when the application starts."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One gauge for each count, and the outcomes of all looks."""
        status = self.archive.status()
        for name in _COUNTS:
            yield GaugeMetricFamily(f"writethru_{name}", f"Number of {name}.", value=getattr(status, name))
        outcomes = GaugeMetricFamily("writethru_looks", "Looks by outcome.", labels=["outcome"])
        for outcome, count in sorted(status.outcomes.items()):
            outcomes.add_metric([outcome], count)
        yield outcomes


class Timed:
    """ASGI middleware that puts each request's time under its route, never under its full path."""

    def __init__(self, app: ASGIApp, seconds: Histogram) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        statuses = [500]

        async def noting_status(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses[0] = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting_status)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self.seconds.labels(route, str(statuses[0])).observe(time.perf_counter() - started)
