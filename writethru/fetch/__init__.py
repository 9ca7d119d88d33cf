"""Polite HTTP that keeps exactly what went over the wire.

What enters: a URL and ``FetchSettings``; what leaves: an ``Exchange`` with every byte, or one ``FetchError``.
May import ``model`` and ``errors`` only. ``exchange``, ``coding`` and ``digests`` are pure and light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from writethru.fetch.exchange import Exchange, Hop, reason_of, received
    from writethru.fetch.fetcher import Fetcher
    from writethru.fetch.politeness import Pace, Politeness, Verdict
    from writethru.fetch.settings import FetchSettings

__all__ = ["Exchange", "FetchSettings", "Fetcher", "Hop", "Pace", "Politeness", "Verdict", "reason_of", "received"]

_HOMES = {
    "Exchange": "exchange",
    "Hop": "exchange",
    "reason_of": "exchange",
    "received": "exchange",
    "Fetcher": "fetcher",
    "FetchSettings": "settings",
    "Pace": "politeness",
    "Politeness": "politeness",
    "Verdict": "politeness",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'writethru.fetch' has no attribute {name!r}")
    value = getattr(import_module(f"writethru.fetch.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
