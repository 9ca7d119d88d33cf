"""The demo opens its pages when there is something to see, not when all is played."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from writethru.archive import Archive
from writethru.demo import _telling


def test_the_first_change_is_told_once() -> None:
    changes: list[str] = []
    told: list[str] = []
    store: Any = SimpleNamespace(changes=lambda limit: changes[:limit])
    tell = _telling(
        cast(Archive, SimpleNamespace(store=store)),
        lambda done, total, what: told.append(f"{done} of {total} {what}"),
        lambda: told.append("shown"),
    )
    tell(1, 9, "a")
    changes.append("the first")
    tell(2, 9, "b")
    tell(3, 9, "c")
    assert told == ["1 of 9 a", "shown", "2 of 9 b", "3 of 9 c"]


def test_nobody_need_be_told() -> None:
    _telling(cast(Archive, SimpleNamespace()), None, None)(1, 2, "")
