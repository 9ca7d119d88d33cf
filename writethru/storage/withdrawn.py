"""What was withdrawn: asked by every query that finds nothing, and before anything is taken in."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, bindparam, select

from writethru.errors import NotInArchive, Withdrawn
from writethru.storage.columns import key_of
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import missing
from writethru.storage.safety_tables import withdrawals, withheld_captures, withheld_urls
from writethru.storage.withheld_store import Withdrawal

_WITHDRAWAL = Prepared(select(withdrawals).where(withdrawals.c.article_id == bindparam("article")))
_HOLDS = Prepared(select(withheld_urls.c.article_id).where(withheld_urls.c.digest == bindparam("digest")))
_CAPTURE = Prepared(
    select(withheld_captures.c.article_id).where(withheld_captures.c.capture_id == bindparam("capture"))
)


def withdrawal_of(connection: Connection, article_id: int) -> Withdrawal | None:
    """The withdrawal of an article that stands."""
    row = _WITHDRAWAL.first(connection, {"article": article_id})
    return None if row is None else Withdrawal(*row)


def holder_of(connection: Connection, url: str) -> int | None:
    """The withdrawn article whose address this is."""
    holder: int | None = _HOLDS.value(connection, {"digest": url_digest(key_of(url))})
    return holder


def refuse_withheld(connection: Connection, url: str) -> None:
    """Nothing at a withdrawn article's address is taken in again. Raises Withdrawn."""
    holder = holder_of(connection, url)
    if holder is not None:
        raise absent(connection, holder)


def absent(connection: Connection, article_id: int, what: str = "article", key: object = "") -> NotInArchive:
    """Why nothing stands here: it never did, or it was withdrawn."""
    found = withdrawal_of(connection, article_id)
    return missing(what, key or article_id) if found is None else said(found)


def said(found: Withdrawal) -> Withdrawn:
    """What is answered in the article's place."""
    return Withdrawn(f"withdrawn on {found.at:%Y-%m-%d}: {found.reason}", key=found.article_id)


def absent_capture(connection: Connection, capture_id: int) -> NotInArchive:
    """The same of a look."""
    holder = _CAPTURE.value(connection, {"capture": capture_id})
    return missing("capture", capture_id) if holder is None else absent(connection, holder)


def url_digest(key: str) -> str:
    """What a withdrawn address is known by."""
    return hashlib.sha256(key.encode()).hexdigest()
