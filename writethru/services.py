"""The parts of an open archive that are reached as one attribute, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from writethru.evidence import EvidenceFolder
from writethru.storage.store import Store
from writethru.watch.payload import PayloadReader

if TYPE_CHECKING:
    from writethru.analyse.dossier import Dossiers
    from writethru.analyse.search import Search
    from writethru.analyse.shared_text import SharedText
    from writethru.analyse.statements import Statements
    from writethru.analyse.stories import Stories
    from writethru.analyse.telling import Tellings
    from writethru.export.service import Exchange
    from writethru.happenings import Happenings
    from writethru.histories import Histories
    from writethru.mementos import Mementos
    from writethru.outlet_history import OutletHistory
    from writethru.river import River
    from writethru.watch.explained import Explainer


class Services:
    """Over a store and its evidence."""

    store: Store
    evidence: EvidenceFolder

    @cached_property
    def explained(self) -> Explainer:
        """Why stored pages were read as they were."""
        from writethru.watch.explained import Explainer

        return Explainer(self.store, PayloadReader(self.evidence, self.store).body_of)

    @cached_property
    def shared(self) -> SharedText:
        """What the archive knows of text that articles share; as of the last ``analyse``."""
        from writethru.analyse.shared_text import SharedText

        return SharedText(self.store)

    @cached_property
    def outlet_history(self) -> OutletHistory:
        """What one outlet's changes add up to."""
        from writethru.outlet_history import OutletHistory

        return OutletHistory(self.store)

    @cached_property
    def histories(self) -> Histories:
        """One article's versions and looks, a page at a time."""
        from writethru.histories import Histories

        return Histories(self.store)

    @cached_property
    def river(self) -> River:
        """Changes by outlet, kind, section and time."""
        from writethru.river import River

        return River(self.store)

    @cached_property
    def tellings(self) -> Tellings:
        """Events and storylines with what their articles share; as of the last ``analyse``."""
        from writethru.analyse.telling import Tellings

        return Tellings(self.store)

    @cached_property
    def statements(self) -> Statements:
        """What versions state; as of the last ``analyse``."""
        from writethru.analyse.statements import Statements

        return Statements(self.store)

    @cached_property
    def dossiers(self) -> Dossiers:
        """Storylines with all that was found in them; as of the last ``analyse``."""
        from writethru.analyse.dossier import Dossiers

        return Dossiers(self.store)

    @cached_property
    def stories(self) -> Stories:
        """Events and storylines; as of the last ``analyse``."""
        from writethru.analyse.stories import Stories

        return Stories(self.store)

    @cached_property
    def exchange(self) -> Exchange:
        """The whole record as files, and files as a record."""
        from writethru.export.service import Exchange

        return Exchange(self.store)

    @cached_property
    def search(self) -> Search:
        """Words in every version; as of the last line of the change log that it followed (``search.lag()``)."""
        from writethru.analyse.search import Search

        return Search(self.store)

    @cached_property
    def mementos(self) -> Mementos:
        """The record as mementos of addresses (RFC 7089)."""
        from writethru.mementos import Mementos

        return Mementos(self.store, PayloadReader(self.evidence, self.store).body_of)

    @cached_property
    def happenings(self) -> Happenings:
        """Changes, disappearances and returns, as feeds tell of them."""
        from writethru.happenings import Happenings

        return Happenings(self.store)
