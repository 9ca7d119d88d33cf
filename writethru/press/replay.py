"""``writethru replay``: read what to play, start the clock, serve until Ctrl-C."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from writethru.errors import ConfigError, UnreadableInput
from writethru.press.answers import Manner
from writethru.press.clock import VirtualClock
from writethru.press.furniture import Style
from writethru.press.moments import iso, parse_time
from writethru.press.plays import Plays
from writethru.press.rules import parse_rule
from writethru.press.server import Press

SHOWN_WARNINGS = 20
"""How many skipped lines are named one by one."""


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """Options of ``writethru replay``.

    Attributes:
        path: a versions file, a folder of HTML, a press script, or ``demo``.
        port: to listen on; 0 lets the system choose.
        speed: virtual seconds per real second; 0 stands still until the clock is set.
        at: virtual time to start at (ISO), or "" for the first version's.
        misbehave: rules as ``KIND[=ARG][:CHANCE%]@HOST/PATH[@FROM..UNTIL]``.
        furniture: ``none``, ``lively``, or "" for what the material asks for.
        gzip, chunked, conditional: see ``Manner``.
        say: takes one line for the person at the terminal.
    """

    path: Path
    port: int = 8901
    speed: float = 1.0
    at: str = ""
    misbehave: tuple[str, ...] = ()
    furniture: str = ""
    gzip: bool = False
    chunked: bool = False
    conditional: bool = True
    say: Callable[[str], None] = _say


def load_plays(path: Path) -> Plays:
    """Read what a path holds; ``demo`` is the demo press, where nothing else is called so.

    Raises:
        UnreadableInput: there is nothing there.
        MalformedInput: nothing in it can be played.
    """
    if path.is_dir():
        from writethru.press.folder import read_folder
        from writethru.press.script import is_script, read_script

        return read_script(path) if is_script(path) else read_folder(path)
    if str(path) == "demo" and not path.exists():
        from writethru.press.script import demo_plays

        return demo_plays()
    if not path.exists():
        raise UnreadableInput("no such file or folder", key=path)
    from writethru.press.versions_file import read_versions

    return read_versions(path)


def run_replay(options: ReplayOptions) -> None:
    """Serve until Ctrl-C.

    Raises:
        ConfigError: a rule, the time, the speed or the port is wrong.
        InputError: the path cannot be played.
    """
    rules = [parse_rule(spelled) for spelled in options.misbehave]
    start = _start(options.at)
    plays = load_plays(options.path)
    _say_warnings(plays, options.say)
    clock = _clock(start or plays.first, options.speed)
    with Press(plays, clock, port=options.port, rules=rules, manner=_manner(options, plays)) as press:
        try:
            _say_welcome(press, options)
            threading.Event().wait()
        except KeyboardInterrupt:
            options.say(f"\nStopped at {iso(clock.now())}; {len(press.log.records())} requests served.")


def serve(path: Path, port: int, *, clock_start: datetime | None = None, speed: float = 1.0) -> None:
    """Serve ``path`` on ``port`` until Ctrl-C, from ``clock_start`` (default: the first version) at ``speed``.

    Raises:
        ConfigError, InputError: as ``run_replay``.
    """
    run_replay(ReplayOptions(path, port, speed, at=clock_start.isoformat() if clock_start else ""))


def _start(at: str) -> datetime | None:
    try:
        return parse_time(at) if at else None
    except ValueError as problem:
        raise ConfigError(f"{problem}; write it as 2024-01-05T10:00Z", key="--at") from None


def _clock(start: datetime, speed: float) -> VirtualClock:
    try:
        return VirtualClock(start, speed=speed)
    except ValueError as problem:
        raise ConfigError(str(problem), key="--speed") from None


def _manner(options: ReplayOptions, plays: Plays) -> Manner:
    asked = options.furniture or (Style.LIVELY if plays.lively else Style.NONE)
    try:
        style = Style(asked)
    except ValueError:
        raise ConfigError("furniture is 'none' or 'lively'", key=asked) from None
    return Manner(style, conditional=options.conditional, gzip=options.gzip, chunked=options.chunked)


def _say_warnings(plays: Plays, say: Callable[[str], None]) -> None:
    for warning in plays.warnings[:SHOWN_WARNINGS]:
        say(f"skipped {warning}")
    if len(plays.warnings) > SHOWN_WARNINGS:
        say(f"skipped {len(plays.warnings) - SHOWN_WARNINGS} more")


def _say_welcome(press: Press, options: ReplayOptions) -> None:
    plays, say = press.plays, options.say
    articles = sum(len(site.articles) for site in plays.sites.values())
    hosts = ", ".join(list(plays.sites)[:8]) + (" …" if len(plays.sites) > 8 else "")
    say(f"{press.address}/  {plays.count} versions of {articles} articles on {len(plays.sites)} hosts: {hosts}")
    pace = f"{options.speed:g} virtual seconds a second" if options.speed else "stands still until it is set"
    say(f"clock: {iso(press.clock.now())}, {pace}; the last version is of {iso(plays.last)}. Ctrl-C stops.")
