"""Withdrawing an article: hidden everywhere at once, with a reason; its evidence kept, or destroyed for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from writethru.errors import InputError, NotInArchive
from writethru.evidence import EvidenceFolder
from writethru.evidence.destroyed import Order
from writethru.storage.store import Store
from writethru.storage.withheld_store import DESTROYED, KEPT, Withdrawal

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class WithdrawnNow:
    """What withdrawing came to.

    Attributes:
        articles: the one asked for, and those that were found to be the same.
        records: evidence records destroyed.
    """

    articles: tuple[int, ...]
    records: int = 0


class Withdrawing:
    """Withdraws and restores.

    Args:
        store, evidence: of the archive.
    """

    def __init__(self, store: Store, evidence: EvidenceFolder) -> None:
        self._store = store
        self._evidence = evidence

    def withdraw(self, order: Withdrawal) -> WithdrawnNow:
        """Hide an article and all that were found to be the same; ``order.changes`` is ignored.

        With its evidence to be destroyed, one that is withdrawn already loses it too.

        Raises:
            NotInArchive, Withdrawn: there is none, or it is withdrawn and its evidence is to be kept.
            InputError: no reason, or a record to be destroyed holds another article too.
            EvidenceError: the evidence cannot be overwritten; the article is hidden all the same.
        """
        if not order.reason.strip() or len(order.reason) > LONGEST_REASON:
            raise InputError(
                f"needs a reason of at most {LONGEST_REASON} characters; everybody can read it", key="reason"
            )
        known = self._store.withheld.withdrawal(order.article_id)
        destroying = order.evidence == DESTROYED
        group = self._hide(order) if known is None or not destroying else self._group_of(known)
        records = sum(self._destroy(number, order) for number in group) if destroying else 0
        return WithdrawnNow(tuple(group), records)

    def _hide(self, order: Withdrawal) -> list[int]:
        with self._store.transaction():
            article = self._store.article(order.article_id)
            root = article.same_as or article.id
            group = [root, *(joined.id for joined in self._store.joined_to(root))]
            for number in group:
                self._store.withheld.withdraw(_of(order, number, KEPT))
                self._store.log("withdrawn", number, 0, order.at)
        return group

    def _group_of(self, known: Withdrawal) -> list[int]:
        """Articles that were withdrawn in one go."""
        return [one.article_id for one in self._store.withheld.withdrawals() if one.at == known.at]

    def _destroy(self, article_id: int, order: Withdrawal) -> int:
        refs = self._store.withheld.evidence_of(article_id)
        shared = self._store.withheld.used_elsewhere([ref.record_id for ref in refs])
        if shared:
            raise InputError(
                f"{len(shared)} of its records hold other articles too, so none was destroyed; withdraw those first",
                key=article_id,
            )
        urls = self._store.withheld.urls_of(article_id)
        self._store.withheld.order_destruction(article_id)  # first: half a destruction cannot be restored
        records = self._evidence.destroy(refs, urls, Order(order.at, order.who, order.reason)) if refs else 0
        self._store.withheld.destroy(article_id)
        return records

    def restore(self, article_id: int, at: datetime) -> Sequence[int]:
        """Put an article back, and those withdrawn with it. Raises NotInArchive, Withdrawn."""
        known = self._store.withheld.withdrawal(article_id)
        if known is None:
            raise NotInArchive(
                "this article is not withdrawn; `writethru withdrawn` lists those that are", key=article_id
            )
        with self._store.transaction():
            group = self._group_of(known)
            for number in group:
                self._store.withheld.restore(number)
                self._store.log("rebuilt", number, 0, at)
        return group


def _of(order: Withdrawal, article_id: int, evidence: str) -> Withdrawal:
    return Withdrawal(article_id, order.at, order.who, order.reason, evidence, 0)
