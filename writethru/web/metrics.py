"""Counts and latencies for Prometheus (``/metrics``), and a sign of life (``/healthz``)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from writethru.archive import Archive
from writethru.health.alarms import Alarm
from writethru.health.report import Health, OutletHealth
from writethru.model import Outcome

BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds; 0.05 is the most a page may take at the 95th percentile."""

MOST_OUTLETS: Final = 200
"""Outlets with metrics of their own: 200 of them make 1,400 series."""

FAILED: Final = (Outcome.ERROR, Outcome.BLOCKED, Outcome.SUSPECT)

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
        yield from _health(self.archive.health(incidents=0))


def _health(health: Health) -> Iterator[GaugeMetricFamily]:
    """Of each outlet, the busiest ``MOST_OUTLETS`` by name, so that labels cannot grow without bound; and alarms."""
    shown = sorted(health.outlets, key=lambda one: (-one.looks, one.outlet.id))[:MOST_OUTLETS]
    yield _gauge("outlet_found", "New articles in the last day.", [(one, one.found) for one in shown])
    yield _gauge("outlet_recent_looks", "Looks that the shares are of.", [(one, one.looks) for one in shown])
    yield _gauge("outlet_words", "Median words read from a page.", [(o, o.words) for o in shown if o.words is not None])
    newest = [(one, one.newest_at.timestamp()) for one in shown if one.newest_at is not None]
    yield _gauge("outlet_newest_article_seconds", "When its newest article was found, Unix time.", newest)
    shares = GaugeMetricFamily("writethru_outlet_share", "Share of recent looks.", labels=["outlet", "outcome"])
    for one in shown:
        for outcome in FAILED:
            shares.add_metric([one.outlet.name, outcome.value], one.shares.get(outcome, 0.0))
    yield shares
    alarms = GaugeMetricFamily("writethru_alarms", "Alarms that last.", labels=["alarm"])
    counts = Counter(incident.alarm for incident in health.lasting)
    for alarm in Alarm:
        alarms.add_metric([alarm.value], counts[alarm])
    yield alarms


def _gauge(name: str, meaning: str, values: Iterable[tuple[OutletHealth, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"writethru_{name}", meaning, labels=["outlet"])
    for one, value in values:
        family.add_metric([one.outlet.name], value)
    return family


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
