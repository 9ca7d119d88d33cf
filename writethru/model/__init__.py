"""The nouns of Writethru: frozen values shared by every package.

Nothing here does I/O. Times are UTC-aware datetimes; times *stated by an outlet* are
ISO 8601 strings with just the precision and the zone the outlet gave (``2013-09-13``,
``2013-09-14T07:13``, ``2016-09-09T20:01:33+01:00``), because a missing zone is a fact too.
"""

from __future__ import annotations

from writethru.model.extraction import Alternate, Author, Extraction, Held, Link, LiveEntry, Sign, Statement
from writethru.model.looks import Capture, EvidenceRef, Medium, NewCapture, Outcome, Reason, TimeBasis
from writethru.model.moments import utc
from writethru.model.text import BODY_KINDS, ArticleText, Block, BlockKind
from writethru.model.versions import Appearance, ChangeRecord, Version
from writethru.model.watched import Alias, Article, Outlet, Source, SourceKind, Subscription, SubscriptionState

__all__ = [
    "BODY_KINDS",
    "Alias",
    "Alternate",
    "Appearance",
    "Article",
    "ArticleText",
    "Author",
    "Block",
    "BlockKind",
    "Capture",
    "ChangeRecord",
    "EvidenceRef",
    "Extraction",
    "Held",
    "Link",
    "LiveEntry",
    "Medium",
    "NewCapture",
    "Outcome",
    "Outlet",
    "Reason",
    "Sign",
    "Source",
    "SourceKind",
    "Statement",
    "Subscription",
    "SubscriptionState",
    "TimeBasis",
    "Version",
    "utc",
]
