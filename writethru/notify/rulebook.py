"""The rules file: targets and rules in TOML, or a ``ConfigError`` that names what is wrong and never an address."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from writethru.alerts import Step
from writethru.errors import ConfigError
from writethru.notify.happened import ATTRIBUTION, OF_STORIES, STATED
from writethru.notify.hours import Quiet, Timing, When
from writethru.notify.rules import Rule
from writethru.publish.words import KINDS

FROM_ENVIRONMENT: Final = "env:"
"""A target's address may stand in the environment: ``desk = "env:DESK_URL"``."""

_RULE: Final = frozenset(
    {
        "name",
        "to",
        "articles",
        "outlets",
        "kinds",
        "significance",
        "words",
        "when",
        "at",
        "zone",
        "quiet",
        "stories",
        "speakers",
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class RuleBook:
    """Rules, and the addresses of targets by name; these hold passwords and are never shown."""

    rules: tuple[Rule, ...] = ()
    targets: Mapping[str, str] | None = None

    def pairs(self) -> set[tuple[str, str]]:
        """Every rule's name with each of its targets."""
        return {(rule.name, target) for rule in self.rules for target in rule.to}

    def address(self, target: str) -> str:
        """Of a target, to be handed to nothing but the program that sends."""
        return (self.targets or {})[target]

    def shown(self, target: str) -> str:
        """A target as it may be shown: its name and its kind."""
        return f"{target} ({self.address(target).partition('://')[0][:20] or 'unknown'})"


def read_rulebook(path: Path, environ: Mapping[str, str]) -> RuleBook:
    """Read a rules file.

    Raises:
        ConfigError: it cannot be read, or something in it is wrong.
    """
    try:
        form = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("the rules file cannot be read", key=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ConfigError("the rules file is not valid TOML", key=path) from None  # its message could show a line
    _known(form, {"targets", "rule"}, str(path))
    targets = {name: _address(name, given, environ, path) for name, given in _table(form, "targets", path).items()}
    listed = form.get("rule", [])
    if not isinstance(listed, list):
        raise ConfigError("rules are written [[rule]]", key=path)
    rules = tuple(_rule(one, f"{path}: rule {at}", targets) for at, one in enumerate(listed, 1))
    names = [rule.name for rule in rules]
    if len(set(names)) != len(names):
        raise ConfigError("two rules have one name", key=path)
    return RuleBook(rules, targets)


def _table(form: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    table = form.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"[{name}] must be a table", key=path)
    return table


def _address(name: str, given: Any, environ: Mapping[str, str], path: Path) -> str:
    if not isinstance(given, str) or not given:
        raise ConfigError(f"target {name} must be an address, as text", key=path)
    if not given.startswith(FROM_ENVIRONMENT):
        return given
    variable = given.removeprefix(FROM_ENVIRONMENT)
    if not environ.get(variable):
        raise ConfigError(f"target {name}: the variable {variable} is not set", key=path)
    return environ[variable]


def _rule(form: Any, where: str, targets: Collection[str]) -> Rule:
    if not isinstance(form, dict):
        raise ConfigError("a rule is a table", key=where)
    _known(form, _RULE, where)
    name = form.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 80:
        raise ConfigError("a rule needs a name, of 80 characters at most", key=where)
    where = f"{where} ({name})"
    to = _texts(form, "to", where)
    if not to or not set(to) <= set(targets):
        raise ConfigError("`to` must name targets of this file", key=where)
    kinds = _texts(form, "kinds", where)
    if wrong := set(kinds) - {*KINDS, *Step, *STATED}:
        raise ConfigError(f"unknown kind {sorted(wrong)[0]!r}", key=where)
    if OF_STORIES & set(kinds) and not form.get("stories"):
        raise ConfigError(f"{', '.join(sorted(OF_STORIES))} need `stories`", key=where)
    if ATTRIBUTION in kinds and not (form.get("stories") or form.get("articles")):
        raise ConfigError(f"{ATTRIBUTION} needs `stories` or `articles`", key=where)
    significance = form.get("significance", 0.0)
    if isinstance(significance, bool) or not isinstance(significance, int | float) or not 0 <= significance <= 1:
        raise ConfigError("`significance` must be a number from 0 to 1", key=where)
    return Rule(
        name=name,
        to=to,
        articles=_texts(form, "articles", where),
        outlets=_texts(form, "outlets", where),
        kinds=kinds,
        significance=float(significance),
        words=_texts(form, "words", where),
        timing=_timing(form, where),
        stories=_texts(form, "stories", where),
        speakers=_texts(form, "speakers", where),
    )


def _texts(form: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = form.get(name, [])
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) or (name in ("articles", "stories") and type(one) is int) for one in listed):
        raise ConfigError(f"`{name}` must be a text or a list of texts", key=where)
    found = tuple(str(one).strip() for one in listed)
    if not all(found):
        raise ConfigError(f"`{name}` has an empty text", key=where)
    return found


def _timing(form: Mapping[str, Any], where: str) -> Timing:
    try:
        when = When(form.get("when", When.INSTANT))
    except ValueError:
        raise ConfigError("`when` must be instant, hourly or daily", key=where) from None
    if "at" in form and when is not When.DAILY:
        raise ConfigError("`at` is for daily digests", key=where)
    quiet = form.get("quiet")
    return Timing(
        when,
        _zone(form.get("zone", "UTC"), where),
        _time(form.get("at", "08:00"), where),
        None if quiet is None else _quiet(quiet, where),
    )


def _zone(name: Any, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, TypeError, OSError):
        raise ConfigError("`zone` must be a time zone, as Europe/Berlin", key=where) from None


def _quiet(value: Any, where: str) -> Quiet:
    begin, dash, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not dash:
        raise ConfigError('`quiet` must be as in "22:00-07:00"', key=where)
    quiet = Quiet(_time(begin.strip(), where), _time(end.strip(), where))
    if quiet.begin == quiet.end:
        raise ConfigError("`quiet` must begin and end at different times", key=where)
    return quiet


def _time(value: Any, where: str) -> time:
    try:
        hour, minute = (int(part) for part in str(value).split(":"))
        return time(hour, minute)
    except ValueError:
        raise ConfigError('a time of day must be as in "08:00"', key=where) from None


def _known(form: Mapping[str, Any], names: Collection[str], where: str) -> None:
    from difflib import get_close_matches

    for name in form:
        if name not in names:
            close = get_close_matches(name, sorted(names), n=1)
            raise ConfigError(f"unknown `{name}`{f'; did you mean {close[0]}?' if close else ''}", key=where)
