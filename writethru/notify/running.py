"""Notifications of an archive as its settings want them: in a watch, or once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from writethru.config import Config
from writethru.errors import ConfigError
from writethru.notify.hub import Hub, posting
from writethru.notify.rulebook import RuleBook, read_rulebook
from writethru.notify.service import Notifier, Run
from writethru.notify.target import AppriseTarget

if TYPE_CHECKING:
    from writethru.storage.store import Store

FEED = "/feed.atom"
"""Of everything, under the pages' public address: the feed that a hub is told of."""


def rulebook_of(config: Config, environ: Mapping[str, str] = os.environ) -> RuleBook:
    """The rules that the settings name. Raises ConfigError where none are named, or they are wrong."""
    if not config.notify.rules:
        raise ConfigError("no rules file is named; set `rules` under [notify]", key="notify.rules")
    return read_rulebook(Path(config.notify.rules), environ)


def notifier_of(store: Store, config: Config) -> Notifier:
    """Notifications by the rules that the settings name. Raises ConfigError."""
    return Notifier(store, rulebook_of(config), config.web.base_url, AppriseTarget)


def errand_of(store: Store, config: Config, now: datetime | None = None) -> Run:
    """Tell hub and targets of all that is new, as far as the settings name any.

    The rules are read anew each time, so that a watch need not be started again for a new rule.

    Raises:
        ConfigError: the rules are wrong.
    """
    moment = now or datetime.now(UTC)
    if config.web.hub_url and config.web.base_url:
        hub_of(store, config).tell(moment)
    return notifier_of(store, config).run(moment) if config.notify.rules else Run()


def hub_of(store: Store, config: Config) -> Hub:
    """The hub that the settings name."""
    from writethru.fetch import Fetcher
    from writethru.watch.settings import fetch_settings

    fetcher = Fetcher(fetch_settings(config.fetch, ()))
    return Hub(store, config.web.hub_url, f"{config.web.base_url.rstrip('/')}{FEED}", posting(fetcher))


def is_wanted(config: Config) -> bool:
    """Whether the settings name anybody to tell."""
    return bool(config.notify.rules or (config.web.hub_url and config.web.base_url))
