"""Who acts from the command line: whoever can open the database may do all that is done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writethru.safety.actors import Actor


def whoever_types() -> Actor:
    """The user of this machine, as the journal names him."""
    import getpass

    from writethru.safety.actors import Actor, Role

    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a number without a name, as in some containers
        name = "unknown"
    return Actor(f"command line ({name})", Role.ADMIN)
