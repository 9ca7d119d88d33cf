"""A simulated clock that a replay press in another process follows."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from writethru.errors import ConfigError, FetchError
from writethru.watch.clock import SimulatedClock


class PressClock(SimulatedClock):
    """Jumps forward and tells the press the new time.

    Args:
        start: the first present.
        press: where the press listens, ``http://127.0.0.1:8901``.

    Raises:
        ConfigError: ``press`` is no http URL.
        FetchError: the press does not answer.
    """

    def __init__(self, start: datetime, press: str) -> None:
        super().__init__(start)
        parts = urlsplit(press)
        if parts.scheme != "http" or not parts.hostname:
            raise ConfigError("needs the press's address, as http://127.0.0.1:8901", key="--press")
        self._press = press
        self._host, self._port = parts.hostname, parts.port or 80
        self._telling = threading.Lock()
        self._tell()

    def advance(self, span: timedelta) -> None:
        """Jump forward by ``span``, the press with us."""
        super().advance(span)
        self._tell()

    def _tell(self) -> None:
        body = self.now().isoformat()
        try:
            with self._telling:
                connection = HTTPConnection(self._host, self._port, timeout=10)
                connection.request("PUT", "/_press/clock", body=body)
                answer = connection.getresponse()
                answer.read()
                connection.close()
        except (OSError, HTTPException) as error:
            raise FetchError("the press does not answer", key=self._press) from error
        if answer.status >= 300:
            raise FetchError(f"the press refused the time {body} with status {answer.status}", key=self._press)
