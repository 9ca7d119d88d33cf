"""Where messages go. Addresses of targets hold passwords: none is ever logged, stored, or part of an error."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import ModuleType
from typing import Protocol

from writethru.errors import ConfigError, DeliveryFailed
from writethru.notify.message import Message


class Target(Protocol):
    """Somewhere a message can be sent."""

    def send(self, message: Message) -> None:
        """Send it.

        Raises:
            DeliveryFailed: it did not arrive, as far as can be known.
            ConfigError: it never can.
        """


Reach = Callable[[str, str], Target]
"""From a target's name and address to the target."""


class AppriseTarget:
    """One of the services that apprise knows.

    Args:
        name: of the target, for errors.
        address: apprise's URL.
    """

    def __init__(self, name: str, address: str) -> None:
        self._name = name
        self._address = address

    def send(self, message: Message) -> None:
        """Send it; plain text where the service shows no HTML."""
        apprise = _apprise()
        sender = apprise.Apprise()
        try:
            known = sender.add(self._address)
            html = bool(known) and str(sender[0].notify_format) == "html"
            form, body = ("html", message.html) if html else ("text", message.text)
            sent = bool(known) and bool(sender.notify(title=message.title, body=body, body_format=form))
        except Exception as error:  # whatever it says may hold the address
            raise DeliveryFailed(f"the service failed ({type(error).__name__})", key=self._name) from None
        if not known:
            raise ConfigError("apprise does not understand this target's address", key=self._name)
        if not sent:
            raise DeliveryFailed("the service did not take the message", key=self._name)


def _apprise() -> ModuleType:
    """The library, silenced: its log lines may hold addresses. Raises ConfigError where it is missing."""
    try:
        import apprise
    except ImportError:
        raise ConfigError("sending needs the extra: pip install 'writethru[notify]'", key="apprise") from None
    logging.getLogger("apprise").disabled = True
    found: ModuleType = apprise
    return found
