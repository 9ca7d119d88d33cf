"""What storage promises about finished dossiers, kept until what they were made from changes. Rules: ``store``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class DossierStore(Protocol):
    """Finished dossiers; all of them can be made again."""

    def state(self, story_id: int) -> str:
        """Names what a dossier of this storyline is made from: equal names, equal dossiers of one day and one reader.

        A look that brought nothing new changes nothing in it.
        """

    def find(self, story_id: int, state: str) -> dict[str, Any] | None:
        """The form that is kept of this state. Raises StorageError where it is damaged."""

    def keep(self, story_id: int, state: str, form: Mapping[str, Any], article_ids: Sequence[int]) -> None:
        """Keep one in place of any other of its storyline; those made first make room.

        Nothing is kept where one of these articles is gone: what was withdrawn stands nowhere. Raises NotInArchive.
        """
