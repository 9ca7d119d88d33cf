"""What a fleet of outlets costs: requests, processor time and bytes of a day, before anything is watched.

A steady state is assumed: as many articles begin as are retired, so that a day holds as many looks as the
articles that begin on it cost in their lives, whenever they are made. Amounts come from measurements
(``bench/README.md``); what differs from outlet to outlet is an assumption, and a field of ``Fleet`` to be set.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

from writethru.errors import InputError

DAY: Final = 86_400.0
MINUTES_A_DAY: Final = 1_440.0
DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Fleet:
    """What shall be watched.

    Attributes:
        outlets: how many.
        articles: new ones of an outlet on a day.
        looks: what one costs in its life (`schedule.looks` is 22; 21.4 were made in the replay).
        versions: texts of an article that are seen, the first one too.
        unmodified: share of the looks without news, and of readings of sources, that are answered 304.
        identical: share of them answered with the same bytes; the rest shows other furniture.
        page: bytes of an answer as it is sent, compressed.
        sources: feeds and sitemaps of an outlet.
        source_minutes: how often each is read.
        feed: bytes of a feed as it is sent.
        peak: looks of the busiest hour of a week by those of an average one.
    """

    outlets: int = 1000
    articles: float = 27.4
    looks: float = 21.4
    versions: float = 2.0
    unmodified: float = 0.3
    identical: float = 0.2
    page: int = 25_000
    sources: int = 2
    source_minutes: float = 20.0
    feed: int = 10_000
    peak: float = 2.2

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not 0 <= value <= 1e9:
                raise InputError(f"must be 0 to 1,000,000,000, not {value:g}", key=each.name)
        if self.unmodified + self.identical > 1:
            raise InputError(
                "unmodified and identical are shares of the same looks: at most 1 together", key="identical"
            )
        if self.source_minutes < 1 or self.versions < 1 or self.looks < self.versions:
            raise InputError(
                "an article has at least one version, each takes a look, and a source a minute", key="looks"
            )


@dataclass(frozen=True, slots=True)
class Costs:
    """Measured on two shared cores at a yardstick of 13 ms: CPU in milliseconds, bytes on disk.

    Where each comes from stands in docs/reference/load.md.

    Attributes:
        unmodified_ms, identical_ms, furniture_ms: a look without news, by how it was answered.
        version_ms: a look with a new text: extraction in full, comparison, record.
        analysis_ms: of a new article: shared text, event, search.
        source_ms: reading a feed that was not modified or holds nothing new.
        unmodified_bytes: evidence of a 304; a copy of the same bytes costs as much where its revisit is recorded.
        record_bytes: evidence of an answer, besides its body.
        look_bytes: of the database, a look.
        version_bytes: of the database, a version with its text, appearance and change.
        index_bytes: of the database, what search and shared text keep of an article.
    """

    unmodified_ms: float = 4.4
    identical_ms: float = 5.2
    furniture_ms: float = 12.4
    version_ms: float = 60.0
    analysis_ms: float = 120.0
    source_ms: float = 6.0
    unmodified_bytes: int = 950
    record_bytes: int = 1_300
    look_bytes: int = 400
    version_bytes: int = 2_200
    index_bytes: int = 12_000


@dataclass(frozen=True, slots=True)
class Load:
    """What that comes to; bytes and seconds of one day.

    Attributes:
        articles: new ones a day.
        looks: at articles, a day.
        source_reads: a day.
        requests_a_second: both, on average.
        peak_requests: in the busiest hour of the week.
        cpu_seconds: a day.
        cores: that busiest hour, with half of each core left free.
        received: bytes from outlets, a day.
        evidence: bytes, a day.
        database: bytes, a day.
        per_host: looks at one outlet's host an hour, on average.
    """

    articles: float
    looks: float
    source_reads: float
    requests_a_second: float
    peak_requests: float
    cpu_seconds: float
    cores: float
    received: float
    evidence: float
    database: float
    per_host: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, with the bytes of a year."""
        day = {each.name: round(getattr(self, each.name), 3) for each in fields(self)}
        return {
            **day,
            "evidence_a_year": round(self.evidence * DAYS_A_YEAR),
            "database_a_year": round(self.database * DAYS_A_YEAR),
        }


MEASURED: Final = Costs()
FREE: Final = 0.5
"""Share of a core that is left free in the busiest hour: queues grow without end where none is."""


def load_of(fleet: Fleet, costs: Costs = MEASURED) -> Load:
    """The load of a fleet in a steady state."""
    articles = fleet.outlets * fleet.articles
    looks = articles * fleet.looks
    reads = fleet.outlets * fleet.sources * MINUTES_A_DAY / fleet.source_minutes
    news = articles * fleet.versions
    quiet = looks - news
    unmodified, identical = quiet * fleet.unmodified, quiet * fleet.identical
    furniture = quiet - unmodified - identical
    cpu = (
        unmodified * costs.unmodified_ms
        + identical * costs.identical_ms
        + furniture * costs.furniture_ms
        + news * costs.version_ms
        + articles * costs.analysis_ms
        + reads * costs.source_ms
    ) / 1000
    full = news + furniture
    read, unread = reads * (1 - fleet.unmodified), reads * fleet.unmodified
    return Load(
        articles=articles,
        looks=looks,
        source_reads=reads,
        requests_a_second=(looks + reads) / DAY,
        peak_requests=(looks * fleet.peak + reads) / DAY,
        cpu_seconds=cpu,
        cores=cpu * fleet.peak / DAY / (1 - FREE),
        received=(full + identical) * fleet.page + read * fleet.feed,
        evidence=full * (fleet.page + costs.record_bytes)
        + (unmodified + identical + unread) * costs.unmodified_bytes
        + read * (fleet.feed + costs.record_bytes),
        database=(looks + reads) * costs.look_bytes + news * costs.version_bytes + articles * costs.index_bytes,
        per_host=fleet.articles * fleet.looks / 24,
    )
