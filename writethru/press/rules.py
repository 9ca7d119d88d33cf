"""Switchable misbehaviour: which look at which place is treated how, and when.

A rule is match + behaviour + from/until + probability. Rules fall into three classes that combine: how the press
serves in general (*manner*), what it answers (*answer*) and how the bytes go out (*delivery*). Within a class the
rule added last wins.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any

from writethru.errors import ConfigError
from writethru.press.moments import iso, parse_time


class Kind(StrEnum):
    """What can go wrong; the argument after ``=`` is in brackets."""

    # manner
    HONOUR_304 = "304"  # conditional requests are honoured by version, whatever the furniture
    NO_304 = "no-304"  # no validators, never 304
    STALE_304 = "stale-304"  # every conditional request gets 304, changed or not
    GZIP = "gzip"  # gzip where the client accepts it
    CHUNKED = "chunked"  # chunked transfer coding
    PLAIN = "plain"  # neither
    FURNITURE = "furniture"  # [none | lively | the name of a layout]
    # answer
    S401 = "401"
    S403 = "403"
    S404 = "404"
    S410 = "410"
    S429 = "429"  # [Retry-After: seconds or an HTTP date; 120]
    S451 = "451"
    S500 = "500"
    S502 = "502"
    S503 = "503"  # [Retry-After]
    S504 = "504"
    MOVED = "moved"  # 301 [URL or path]
    REDIRECT = "redirect"  # 302 [URL or path]
    REDIRECT_HOME = "redirect-home"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_PRIVATE = "redirect-private"  # [URL; a cloud metadata address]
    BOT_CHECK = "bot-check"  # a challenge page with status 200 [another status]
    CONSENT = "consent"
    TEASER = "teaser"
    SOFT_404 = "soft-404"
    EMPTY = "empty"
    OTHER_ARTICLE = "other-article"
    FLIP_FLOP = "flip-flop"  # every second look gets an older version [its number; the one before]
    ROBOTS_DENY = "robots-deny"  # robots.txt forbids everything
    ROBOTS_DELAY = "robots-delay"  # robots.txt asks for a delay [seconds; 10]
    NOT_TEXT = "not-text"
    BROKEN_ENCODING = "broken-encoding"  # bytes that do not match the stated charset
    NUL = "nul"
    # delivery
    LATENCY = "latency"  # [real seconds before the answer; 1]
    SLOW = "slow"  # drip [bytes a second; 100]
    STALL = "stall"  # no answer at all, the connection stays open
    ENDLESS = "endless"  # a body without an end
    LENGTH_LONG = "length-long"  # Content-Length promises more than comes
    LENGTH_SHORT = "length-short"  # … less than comes
    BROKEN_GZIP = "broken-gzip"
    GZIP_BOMB = "gzip-bomb"  # [megabytes when unpacked; 1000]
    HEADER_FLOOD = "header-flood"  # [kilobytes of headers; 1000]
    GARBAGE = "garbage"  # not HTTP
    RESET = "reset"  # connection reset [after so many bytes of the answer; 0]


MANNER_KINDS = frozenset(list(Kind)[:7])
DELIVERY_KINDS = frozenset(list(Kind)[list(Kind).index(Kind.LATENCY) :])
ANSWER_KINDS = frozenset(Kind) - MANNER_KINDS - DELIVERY_KINDS
PAGE_KINDS = frozenset(
    {
        Kind.CONSENT,
        Kind.TEASER,
        Kind.SOFT_404,
        Kind.OTHER_ARTICLE,
        Kind.FLIP_FLOP,
        Kind.FURNITURE,
        Kind.EMPTY,
        Kind.REDIRECT_HOME,
    }
)
"""Kinds that are about article pages; a wildcard in their path leaves robots.txt and feeds alone."""

LOOP_MARK = "?again"
"""What tells the second address of a redirect loop from the first."""

_ALIASES = {"paywall": Kind.TEASER, "encoding": Kind.BROKEN_ENCODING, "conditional": Kind.HONOUR_304}
_NUMERIC = frozenset({Kind.ROBOTS_DELAY, Kind.LATENCY, Kind.SLOW})
_WHOLE = frozenset({Kind.GZIP_BOMB, Kind.HEADER_FLOOD, Kind.RESET, Kind.BOT_CHECK, Kind.FLIP_FLOP})
_SPELLED = re.compile(r"(?P<kind>[a-z0-9-]+)(?:=(?P<arg>[^@]*?))?(?::(?P<chance>[\d.]+)%)?@(?P<rest>.+)")
_WINDOW = re.compile(r"(?P<place>.*?)@(?P<start>[^@/]*)\.\.(?P<until>[^@/]*)")
_FORM = "KIND[=ARG][:CHANCE%]@HOST/PATH[@FROM..UNTIL]"
_FIELDS = frozenset(
    {"kind", "arg", "host", "outlet", "path", "from", "until", "probability", "seed", "lesson", "time", "id", "note"}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One misbehaviour.

    Attributes:
        kind, arg: what happens.
        host, path: whom it concerns; ``*`` and ``?`` are wildcards, the path includes the query.
        start, until: virtual time from (inclusive) and until (exclusive); None is open.
        probability: of each matching look, 0 … 1, drawn from ``seed``, the place and the number of the look.
    """

    kind: Kind
    arg: str = ""
    host: str = "*"
    path: str = "*"
    start: datetime | None = None
    until: datetime | None = None
    probability: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot work.

        Raises:
            ConfigError: no such kind, a number out of range, or an argument of the wrong form.
        """
        object.__setattr__(self, "kind", _kind(self.kind))
        if not 0 <= self.probability <= 1:
            raise ConfigError("a probability lies between 0 and 1", key=f"{self.kind}:{self.probability}")
        form = r"\d{1,9}" if self.kind in _WHOLE else r"\d{1,9}(\.\d+)?"
        if self.kind in _NUMERIC | _WHOLE and self.arg and not re.fullmatch(form, self.arg, re.ASCII):
            raise ConfigError(f"{self.kind} takes a number that is not negative", key=f"{self.kind}={self.arg}")
        if self.kind is Kind.BOT_CHECK and self.arg and self.arg not in ("200", "202", "403", "429", "503"):
            raise ConfigError("a bot check comes with 200, 202, 403, 429 or 503", key=f"{self.kind}={self.arg}")
        if self.kind in (Kind.MOVED, Kind.REDIRECT) and not self.arg:
            raise ConfigError(f"{self.kind} needs a URL or a path to lead to, as {self.kind}=/new", key=self.kind)
        if any(c in self.arg for c in "\r\n\0"):
            raise ConfigError("an argument is one line", key=self.kind)

    def amount(self, default: float) -> float:
        """The argument as a number, or ``default`` where there is none."""
        return float(self.arg) if self.arg else default

    def covers(self, host: str, path: str, moment: datetime) -> bool:
        """Whether place and time match (chance aside)."""
        if (self.start and moment < self.start) or (self.until and moment >= self.until):
            return False
        if self.kind is Kind.REDIRECT_LOOP:
            path = path.removesuffix(LOOP_MARK)
        return fnmatchcase(host, self.host) and (self.path == "*" or fnmatchcase(path, self.path))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form of the control endpoint and of ``events.jsonl``."""
        return {
            "kind": self.kind.value,
            "arg": self.arg,
            "host": self.host,
            "path": self.path,
            "from": iso(self.start) if self.start else None,
            "until": iso(self.until) if self.until else None,
            "probability": self.probability,
            "seed": self.seed,
        }

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> Rule:
        """Read the JSON form; ``outlet`` may stand for ``host``, an empty path means every path.

        Raises:
            ConfigError: a field is missing, unknown or of the wrong form.
        """
        unknown = set(form) - _FIELDS
        if unknown:
            raise ConfigError(f"a rule has no field {sorted(unknown)[0]!r}", key="rule")
        try:
            return cls(
                kind=_kind(str(form.get("kind", ""))),
                arg=_argument(form.get("arg")),
                host=str(form.get("host") or form.get("outlet") or "*").lower(),
                path=str(form.get("path") or "*"),
                start=parse_time(form["from"]) if form.get("from") else None,
                until=parse_time(form["until"]) if form.get("until") else None,
                probability=float(form.get("probability", 1.0)),
                seed=int(form.get("seed", 0)),
            )
        except (TypeError, ValueError) as problem:
            raise ConfigError(f"not a rule: {problem}", key=str(form.get("kind", "rule"))) from None


def parse_rule(spelled: str) -> Rule:
    """Read ``KIND[=ARG][:CHANCE%]@HOST/PATH[@FROM..UNTIL]``; an ``@`` in the argument is written ``%40``.

    Raises:
        ConfigError: it has another form; the message names the part.
    """
    match = _SPELLED.fullmatch(spelled.strip())
    if match is None:
        raise ConfigError(f"not a rule; write {_FORM}, for example 503=60@news.example/*", key=spelled)
    window = _WINDOW.fullmatch(match["rest"])
    place = window["place"] if window else match["rest"]
    host, slash, path = place.partition("/")
    try:
        return Rule(
            kind=_kind(match["kind"]),
            arg=match["arg"] or "",
            host=host.lower() or "*",
            path=f"/{path}" if slash and path not in ("", "*", "**") else ("/" if slash and not path else "*"),
            start=parse_time(window["start"]) if window and window["start"] else None,
            until=parse_time(window["until"]) if window and window["until"] else None,
            probability=float(match["chance"]) / 100 if match["chance"] else 1.0,
        )
    except ValueError as problem:
        raise ConfigError(f"{problem}; write {_FORM}", key=spelled) from None


@dataclass(frozen=True, slots=True)
class Conduct:
    """The rules in force for one look, at most one of a class but for manners, the strongest first.

    Attributes:
        turn: how often the answer rule has struck at this place, this look included (from 1).
    """

    manners: tuple[Rule, ...] = ()
    answer: Rule | None = None
    delivery: Rule | None = None
    turn: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Kinds in force, for the log."""
        rules = (*self.manners, *(rule for rule in (self.answer, self.delivery) if rule))
        return tuple(rule.kind.value for rule in rules)


ORDERLY = Conduct()
"""Nothing misbehaves."""


class RuleBook:
    """The rules of a press; threads may change and consult it at the same time."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._lock = threading.Lock()
        self._rules: tuple[Rule, ...] = tuple(rules)
        self._struck: Counter[tuple[Rule, str, str]] = Counter()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order added."""
        return self._rules

    def add(self, rule: Rule) -> int:
        """Add a rule, which from now on is the strongest of its class; returns its number (from 0)."""
        with self._lock:
            self._rules = (*self._rules, rule)
            return len(self._rules) - 1

    def clear(self) -> None:
        """Drop all rules."""
        with self._lock:
            self._rules = ()
            self._struck.clear()

    def remove(self, number: int) -> None:
        """Drop one rule by its number; those after it move up.

        Raises:
            ConfigError: there is no such rule.
        """
        with self._lock:
            if not 0 <= number < len(self._rules):
                raise ConfigError(f"there are {len(self._rules)} rules, numbered from 0", key=f"rule {number}")
            self._rules = self._rules[:number] + self._rules[number + 1 :]

    def conduct(self, host: str, path: str, moment: datetime, *, page: bool) -> Conduct:
        """What is in force for one look; counts the look for every rule that matches it."""
        if not self._rules:
            return ORDERLY
        with self._lock:
            struck = [rule for rule in reversed(self._rules) if self._strikes(rule, host, path, moment, page)]
            answer = next((rule for rule in struck if rule.kind in ANSWER_KINDS), None)
            return Conduct(
                manners=tuple(rule for rule in struck if rule.kind in MANNER_KINDS),
                answer=answer,
                delivery=next((rule for rule in struck if rule.kind in DELIVERY_KINDS), None),
                turn=self._struck[answer, host, path] if answer else 0,
            )

    def is_deleted(self, host: str, path: str, moment: datetime) -> bool:
        """Whether an article is surely gone (404 or 410), so that feeds leave it out."""
        return any(
            rule.kind in (Kind.S404, Kind.S410) and rule.probability == 1 and rule.covers(host, path, moment)
            for rule in self._rules
        )

    def _strikes(self, rule: Rule, host: str, path: str, moment: datetime, page: bool) -> bool:
        if not rule.covers(host, path, moment) or (rule.kind in PAGE_KINDS and not page and rule.path != path):
            return False
        if rule.kind in (Kind.ROBOTS_DENY, Kind.ROBOTS_DELAY) and path != "/robots.txt":
            return False
        self._struck[rule, host, path] += 1
        return rule.probability == 1 or _chance(rule, host, path, self._struck[rule, host, path]) < rule.probability


def _chance(rule: Rule, host: str, path: str, look: int) -> float:
    """A number in [0, 1) that depends on nothing but its arguments, so that a run can be repeated."""
    drawn = hashlib.blake2b(f"{rule.seed}\n{rule.kind}\n{host}\n{path}\n{look}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn) / 2**64


def _kind(name: str) -> Kind:
    kind = _ALIASES.get(name) or next((k for k in Kind if k.value == name), None)
    if kind is None:
        raise ConfigError(f"no misbehaviour {name!r}; there are: {', '.join(k.value for k in Kind)}", key=name)
    return kind


def _argument(value: object) -> str:
    return "" if value is None else str(value)
