"""Settings: ``writethru.toml``, then the environment, then the command line.

Every setting is one field below, with its default, its TOML place ``[section] name``
and its environment variable ``WRITETHRU_SECTION_NAME``.  An unknown section, name or a
value of the wrong kind is a ``ConfigError`` that names it; nothing is silently ignored. A
variable that is no setting is only warned of: the environment may hold what others put there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from writethru.errors import ConfigError

CONFIG_FILE = "writethru.toml"
PREFIX = "WRITETHRU_"
DATABASE = f"{PREFIX}DATABASE"
"""A shorter name of the variable that names the database."""

NOT_SETTINGS = frozenset(
    f"{PREFIX}{name}"
    for name in ("DATA", "HISTORIES", "REQUIRE_POSTGRES", "REQUIRE_BROWSER", "CHROMIUM", "VENV", "DEMO")
)
"""Variables of our own tests, benchmarks and scripts."""


@dataclass(frozen=True, slots=True)
class ArchiveConfig:
    """Where the record is kept.

    Attributes:
        database: a path, ``sqlite:///path`` or ``postgresql://user:password@host/name``.
        evidence: folder of the WARC files; "" = ``NAME.evidence``, beside the SQLite file, or here for a PostgreSQL
            database of that name.
        timestamp_url: a time-stamp authority (RFC 3161) that is sent the digest of each day's ledger; "" = none.
        timestamp_ca: PEM file of the authority's root certificates, for ``verify`` to check its signatures with.
        cold_url: where ``writethru cold send`` keeps evidence: a folder, or ``s3://bucket/prefix``; "" = none.
    """

    database: str = "writethru.db"
    evidence: str = ""
    timestamp_url: str = ""
    timestamp_ca: str = ""
    cold_url: str = ""


@dataclass(frozen=True, slots=True)
class FetchConfig:
    """How outlets are asked.

    Attributes:
        contact: URL or mail address named in the User-Agent, so that an outlet can complain; set it.
        delay_seconds: least time between two requests to one host.
        connect_seconds, read_seconds, total_seconds: limits of one look: connecting, one silence, all of it.
        max_body_bytes: limit of the decoded body.
        allow_hosts: hosts that may have private addresses.
        connect_to: host name to ``ip:port``, as ``["news.example=127.0.0.1:8901"]``.
        threads: how many hosts are asked at the same time.
    """

    contact: str = ""
    delay_seconds: float = 5.0
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_body_bytes: int = 20_000_000
    allow_hosts: tuple[str, ...] = ()
    connect_to: tuple[str, ...] = ()
    threads: int = 8


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """When to look again.

    Attributes:
        floor_minutes: never look at one article more often than this.
        looks: looks that an average article may cost in its life; the best moments are chosen.
        daily_looks: looks at articles a day, in all; the most promising of those due are made. 0 = no limit.
        daily_looks_per_host: the same for each host.
        retire_days: quiet days after which an article is retired.
        source_minutes: how often a feed that brings news is read; a quiet one less often.
    """

    floor_minutes: float = 10.0
    looks: float = 22.0
    daily_looks: int = 0
    daily_looks_per_host: int = 0
    retire_days: float = 32.0
    source_minutes: float = 20.0


@dataclass(frozen=True, slots=True)
class EventsConfig:
    """Which articles are one event.

    Attributes:
        encoder: likeness (0.6 and 0.72 were measured) below which an encoder (the extra ``[nlp]``) draws articles of an
            event of four to eight apart; ``off``; "" = as the archive was last told, and off before that.
    """

    encoder: str = ""


@dataclass(frozen=True, slots=True)
class WebConfig:
    """The web pages.

    Attributes:
        host: address to listen on; the default is reached from this machine only.
        port: 0 = any free one.
        base_url: how others reach the pages, for feeds and permalinks; "" = as asked.
        hub_url: WebSub hub that is told of news of the feed of everything; needs base_url. "" = none.
        requests_per_second: of one client to the API, in the long run, where there is a base URL; 0 = no bound.
        requests_at_once: of one client to the API.
        private: 1 = nobody reads who is not signed in; 0 = reading is for everybody.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    hub_url: str = ""
    requests_per_second: float = 20.0
    requests_at_once: int = 200
    private: int = 0


@dataclass(frozen=True, slots=True)
class NotifyConfig:
    """Notifications.

    Attributes:
        rules: TOML file with rules and targets; "" = nobody is notified.
    """

    rules: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings."""

    archive: ArchiveConfig = field(default_factory=ArchiveConfig)
    fetch: FetchConfig = field(default_factory=FetchConfig)
    schedule: ScheduleConfig = field(default_factory=ScheduleConfig)
    events: EventsConfig = field(default_factory=EventsConfig)
    web: WebConfig = field(default_factory=WebConfig)
    notify: NotifyConfig = field(default_factory=NotifyConfig)

    def with_database(self, url: str | None) -> Config:
        """The same settings for another database (``--db``)."""
        return self if url is None else replace(self, archive=replace(self.archive, database=url))

    def evidence_folder(self) -> Path:
        """The folder of the WARC files."""
        if self.archive.evidence:
            return Path(self.archive.evidence)
        url = self.archive.database
        if url.startswith(("postgresql", "postgres")):
            name = urlsplit(url).path.strip("/")
            return Path(f"{name or 'writethru'}.evidence")
        return Path(url.removeprefix("sqlite:///")).with_suffix(".evidence")


def load_config(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Read the settings.

    Args:
        path: the TOML file; None = ``writethru.toml`` here, if there is one.
        environ: the environment; None = none is read.

    Raises:
        ConfigError: a file that was asked for is missing, TOML is broken, or a setting is wrong.
    """
    config = _from_mapping(_read_toml(path), where=str(path or CONFIG_FILE))
    return _from_environment(config, environ or {})


def setting_names() -> list[str]:
    """``section.name`` of every setting, for the reference and its test."""
    return [f"{section.name}.{item.name}" for section in fields(Config) for item in fields(_section_type(section.name))]


def _section_type(name: str) -> Any:
    return type(getattr(Config(), name))


def _read_toml(path: Path | None) -> dict[str, Any]:
    target = path or Path(CONFIG_FILE)
    if path is None and not target.exists():
        return {}
    try:
        return tomllib.loads(target.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("the settings file cannot be read", key=target) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("the settings file is not valid TOML", key=target) from error


def _from_mapping(form: Mapping[str, Any], where: str) -> Config:
    config = Config()
    for section, values in form.items():
        sections = [item.name for item in fields(Config)]
        if section not in sections:
            raise ConfigError(f"unknown section [{section}]{_meant(section, sections)}", key=where)
        if not isinstance(values, Mapping):
            raise ConfigError(f"[{section}] must be a section, not a value", key=where)
        for name, value in values.items():
            config = _with_setting(config, section, name, value, where)
    return config


def _from_environment(config: Config, environ: Mapping[str, str]) -> Config:
    for dotted in setting_names():
        section, name = dotted.split(".")
        variable = _variable(dotted)
        if variable in environ:
            config = _with_setting(config, section, name, environ[variable], variable)
    return config.with_database(environ.get(DATABASE))


def _variable(dotted: str) -> str:
    return f"{PREFIX}{dotted}".replace(".", "_").upper()


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """A warning for each variable ``WRITETHRU_…`` that is no setting, with the one that may be meant; never a value."""
    known = {*map(_variable, setting_names()), DATABASE}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in known | NOT_SETTINGS)
    bare = [name.removeprefix(PREFIX) for name in known]
    return [
        f"{name}: no such setting, so it is ignored{_meant(name.removeprefix(PREFIX), bare, PREFIX)}"
        for name in unknown
    ]


def _meant(name: str, known: Iterable[str], prefix: str = "") -> str:
    """``; did you mean …?``, "" where nothing is like it."""
    close = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {prefix}{close[0]}?" if close else ""


def _with_setting(config: Config, section: str, name: str, value: object, where: str) -> Config:
    part = getattr(config, section)
    names = [item.name for item in fields(part)] if is_dataclass(part) else []
    if name not in names:
        raise ConfigError(f"unknown setting {section}.{name}{_meant(name, names)}", key=where)
    fitted = _fit(value, getattr(part, name), f"{section}.{name}", where)
    return replace(config, **{section: replace(part, **{name: fitted})})


def _fit(value: object, default: object, name: str, where: str) -> object:
    """``value`` as the type of ``default``; text is parsed, a list may be comma-separated text."""
    if isinstance(default, tuple):
        items = value.split(",") if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return tuple(item.strip() for item in items if item.strip())
        raise ConfigError(f"{name} must be a list of texts", key=where)
    if isinstance(default, str):
        if isinstance(value, str):
            return value
        raise ConfigError(f"{name} must be a text", key=where)
    return _fit_number(value, default, name, where)


def _fit_number(value: object, default: object, name: str, where: str) -> float | int:
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError(f"not a number: {value!r}")
        number = int(value) if isinstance(default, int) else float(value)
    except ValueError as error:
        raise ConfigError(f"{name} must be a number", key=where) from error
    if not 0 <= number < float("inf"):
        raise ConfigError(f"{name} must not be negative or infinite", key=where)
    return number
