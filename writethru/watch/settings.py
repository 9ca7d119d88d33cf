"""From the settings file to what fetching and the schedule take; and the private hosts that a user typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from writethru.config import Config, FetchConfig
from writethru.errors import ConfigError
from writethru.fetch import FetchSettings
from writethru.schedule import SchedulePolicy
from writethru.storage.store import Store

ALLOWED: Final = "*allowed*"
"""Where the store keeps the private hosts that the user typed (no host has this name)."""


def schedule_policy(config: Config) -> SchedulePolicy:
    """The settings as the schedule takes them."""
    schedule = config.schedule
    return SchedulePolicy(
        floor=timedelta(minutes=schedule.floor_minutes),
        looks=schedule.looks,
        retire_after=timedelta(days=schedule.retire_days),
        source_floor=timedelta(minutes=schedule.source_minutes),
    )


def fetch_settings(config: FetchConfig, allowed: Iterable[str]) -> FetchSettings:
    """The settings as the fetcher takes them.

    Args:
        allowed: further hosts that may have private addresses.

    Raises:
        ConfigError: ``connect_to`` is not of the form ``host=ip:port``.
    """
    return FetchSettings(
        contact=config.contact,
        delay_seconds=config.delay_seconds,
        connect_seconds=config.connect_seconds,
        read_seconds=config.read_seconds,
        total_seconds=config.total_seconds,
        max_body_bytes=config.max_body_bytes,
        allowed_hosts=frozenset(config.allow_hosts) | frozenset(allowed),
        connect_to=_connections(config.connect_to),
    )


def private_hosts(urls: Iterable[str]) -> list[str]:
    """The hosts of these URLs that are plainly loopback or private: typing one allows it."""
    return sorted({host for host in map(_host, urls) if _is_private(host)})


def allowed_hosts(store: Store) -> list[str]:
    """The private hosts that the user typed, now or earlier."""
    return [str(host) for host in store.host_state(ALLOWED).get("hosts", [])]


def allow_hosts(store: Store, hosts: Iterable[str]) -> None:
    """Remember private hosts that the user typed."""
    known = set(allowed_hosts(store))
    if not set(hosts) <= known:
        store.set_host_state(ALLOWED, {"hosts": sorted(known | set(hosts))})


def _host(url: str) -> str:
    """The host of a URL, "" where it is malformed: whoever uses it will say so."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _connections(pairs: Iterable[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        host, equals, address = pair.partition("=")
        if not equals:
            raise ConfigError("needs HOST=IP:PORT", key=f"fetch.connect_to {pair!r}")
        found[host.strip()] = address.strip()
    return found
