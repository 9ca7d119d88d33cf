"""What may run beside the loop: something that follows the record, and that the loop knows nothing else of."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol


class Beside(Protocol):
    """Follows the change log while the loop looks; never keeps it waiting."""

    def keep_up(self) -> None:
        """See that what is new is being done; returns at once."""

    def catch_up(self, stop: threading.Event) -> None:
        """Do all that is new here and now, until stopped."""

    def end(self) -> None:
        """Nothing more is to be done."""


class Together:
    """Several of them as one.

    Args:
        several: in the order in which they are asked.
    """

    def __init__(self, several: Sequence[Beside]) -> None:
        self._several = tuple(several)

    def keep_up(self) -> None:
        """See that what is new is being done; returns at once."""
        for one in self._several:
            one.keep_up()

    def catch_up(self, stop: threading.Event) -> None:
        """Do all that is new here and now, until stopped."""
        for one in self._several:
            one.catch_up(stop)

    def end(self) -> None:
        """Nothing more is to be done."""
        for one in self._several:
            one.end()
