"""Telling a WebSub hub of news in the feed of everything: one post for all that is new, again until it is taken.

Source: WebSub (W3C Recommendation), section 7; how publishers tell hubs is left to them, and ``hub.mode=publish``
is what public hubs understand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from writethru.errors import FetchError
from writethru.fetch import Fetcher

if TYPE_CHECKING:
    from writethru.storage.store import Store

STATE: Final = "*hub*"
"""Where the store keeps how far the hub was told (no host has this name)."""

PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=6)
STEP: Final = 1_000
NEWS: Final = frozenset({"change", "absence", "rebuilt"})

Post = Callable[[str, dict[str, str]], int]
"""Posts a form to a URL and gives the status. Raises FetchError."""

log = structlog.get_logger("writethru.notify")


class Hub:
    """Tells one hub.

    Args:
        store: the change log, and the journal of what was told.
        url: of the hub.
        topic: URL of the feed.
        post: sends the form; it must refuse private addresses and end in bounded time.
    """

    def __init__(self, store: Store, url: str, topic: str, post: Post) -> None:
        self._store = store
        self._url = url
        self._topic = topic
        self._post = post

    def tell(self, now: datetime) -> bool:
        """Post if there is news since the last post that was taken, and the hub is not resting; whether it was."""
        state = self._store.host_state(STATE)
        if "seq" not in state:
            self._store.set_host_state(STATE, {"seq": self._news(0)[0]})
            return False
        seq, is_news = self._news(int(state["seq"]))
        resting = "not_before" in state and now < datetime.fromisoformat(str(state["not_before"]))
        if not is_news or resting:
            return False
        fault = self._fault()
        failures = int(state.get("failures", 0)) + 1 if fault else 0
        pause = min(PAUSE * 2 ** min(max(failures - 1, 0), 20), LONGEST_PAUSE)
        told = {"seq": state["seq"] if fault else seq, "failures": failures, "not_before": (now + pause).isoformat()}
        self._store.set_host_state(STATE, {**told, "asked_at": now.isoformat(), "detail": fault})
        log.info("hub told", hub=self._url, fault=fault)
        return not fault

    def _fault(self) -> str:
        try:
            status = self._post(self._url, {"hub.mode": "publish", "hub.url": self._topic})
        except FetchError as error:
            return error.message
        return "" if 200 <= status < 300 else f"the hub answered {status}"

    def _news(self, seq: int) -> tuple[int, bool]:
        """The end of the change log, and whether anything after ``seq`` is an entry of the feed."""
        is_news = False
        while entries := self._store.log_since(seq, STEP):
            seq = entries[-1].seq
            is_news = is_news or any(entry.kind in NEWS for entry in entries)
        return seq, is_news


def posting(fetcher: Fetcher) -> Post:
    """Posts through the fetcher: its guard against private addresses, its limits of time and size."""

    def post(url: str, fields: dict[str, str]) -> int:
        return fetcher.post(url, fields).status or 0

    return post
