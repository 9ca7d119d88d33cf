"""No pattern takes twice as long for each further character of a hostile text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

import writethru

RUNS = (" ", "\n", "a", "A", "1", "-", ".", ",", "'", '"', "“", "<", "&", "=", ";", "/", "(", "[", "\xa0", "é", "中")
WORDS = ("a ", "A. ", "Aa ", "1,", "1 ", "a-", "a/", "a=b ", "the ", "of the ", "and ", "John ", "said ", "<!--", "<a ")
LONG = 120
"""Characters: what doubles with each of them does not end; what grows with their square is done at once."""
SECONDS = 5.0
"""Of CPU, for one search of a text of that length: a millionth of it is ordinary."""


def patterns(module: str) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """What a module has compiled, alone or in tuples, lists and dictionaries."""
    for name, value in vars(importlib.import_module(module)).items():
        held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else (value,)
        yield from ((f"{module}.{name}", one) for one in held if isinstance(one, re.Pattern))


def modules() -> list[str]:
    """Every module of the package that can be imported for its own sake."""
    found = (one.name for one in pkgutil.walk_packages(writethru.__path__, "writethru."))
    return [name for name in found if not name.endswith(("__main__", ".spark", ".env")) and ".versions." not in name]


def hostile(pattern: str) -> Iterator[str]:
    """One thing over and over, after nothing and after each of the first words that the pattern spells out."""
    spelt = dict.fromkeys(re.findall(r"[A-Za-z<>&#;:!-]{2,}", re.sub(r"\\.", "", pattern)))
    for before in ("", *list(spelt)[:4]):
        for unit in RUNS + WORDS:
            yield before + unit * (LONG // len(unit)) + "!\0"


def stop(_signal: int, _frame: FrameType | None) -> None:
    """It took too long."""
    raise TimeoutError


def test_every_pattern_ends_on_hostile_text() -> None:
    compiled = {(one.pattern, one.flags): (where, one) for name in modules() for where, one in patterns(name)}
    assert len(compiled) > 300
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        for where, one in compiled.values():
            spelt = one.pattern if isinstance(one.pattern, str) else one.pattern.decode("latin-1")
            for text in hostile(spelt):
                signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                try:
                    one.search(text if isinstance(one.pattern, str) else text.encode())  # type: ignore[arg-type]
                except TimeoutError:
                    pytest.fail(f"{where} does not end on {text!r}")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
