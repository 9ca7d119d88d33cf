"""Roles, and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from writethru.errors import NotAllowed


class Role(StrEnum):
    """What somebody may do; each may do what the ones before it may."""

    READER = "reader"  # read, where reading is not for everybody
    EDITOR = "editor"  # add URLs to watch, pause and resume
    ADMIN = "admin"  # withdraw and restore

    def covers(self, needed: Role) -> bool:
        """Whether this role is enough."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does something.

    Attributes:
        name: as the journal has it: ``user NAME``, ``token NAME`` or ``command line (NAME)``.
    """

    name: str
    role: Role

    def require(self, needed: Role) -> None:
        """Raises NotAllowed unless the role is enough."""
        if not self.role.covers(needed):
            raise NotAllowed(f"needs the role {needed}, and {self.name} is {self.role}", key=self.name)
