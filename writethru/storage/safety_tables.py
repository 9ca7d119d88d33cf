"""The tables of safety: who may write, what was done by whom, and what was withdrawn."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, Table

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Characters, nullable=False, unique=True),
    Column("role", Characters, nullable=False, doc="reader, editor or admin"),
    Column("password", Characters, nullable=False, doc="argon2id, with its salt and costs"),
    Column("added_at", Moment, nullable=False),
    info={"holds": "Who may sign in."},
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Characters, primary_key=True, doc="SHA-256 of the cookie's value"),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False, index=True),
    Column("until_at", Moment, nullable=False, doc="when it ends by itself"),
    info={"holds": "Who is signed in."},
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("digest", Characters, primary_key=True, doc="SHA-256 of the link's secret, which is shown once"),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False, index=True),
    Column("until_at", Moment, nullable=False, doc="when it is good no longer, used or not"),
    Column("anywhere", Boolean, nullable=False, doc="good from other machines too, not from this one only"),
    info={"holds": "Links that sign somebody in once; a used one is removed."},
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("digest", Characters, nullable=False, unique=True, doc="SHA-256 of the token, which is shown once"),
    Column("name", Characters, nullable=False, doc="what it is for"),
    Column("role", Characters, nullable=False, doc="reader, editor or admin"),
    Column("added_at", Moment, nullable=False),
    Column("until_at", Moment, doc="when it ends by itself, NULL for never"),
    Column("used_at", Moment, doc="when it was used last, to the hour"),
    Column("revoked_at", Moment, doc="when it was revoked, NULL while it is good"),
    info={"holds": "What programs sign in with."},
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("key", Characters, primary_key=True, doc="digest of the name that was tried, or of the address that tried"),
    Column("failures", Integer, nullable=False, doc="in a row"),
    Column("until_at", Moment, nullable=False, doc="no further try is looked at before"),
    info={"holds": "Failed tries to sign in; emptied by one that succeeds."},
)

journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Characters, nullable=False, doc="`user NAME`, `token NAME` or `command line (NAME)`"),
    Column("action", Characters, nullable=False, doc="what was done"),
    Column("subject", Characters, nullable=False, doc="to what"),
    Column("detail", Characters, nullable=False, doc="why, or how"),
    sqlite_autoincrement=True,
    info={"holds": "What was written by whom; lines are only ever added."},
)

pauses = Table(
    "pauses",
    metadata,
    Column("kind", Characters, primary_key=True, doc="article or source"),
    Column("subject_id", Id, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("who", Characters, nullable=False),
    info={"holds": "Articles and sources that somebody paused; while it stands here its next look is never."},
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("who", Characters, nullable=False),
    Column("reason", Characters, nullable=False, doc="shown to everybody"),
    Column("evidence", Characters, nullable=False, doc="kept or destroyed"),
    Column("changes", Integer, nullable=False, doc="how many changes it had: their feed entries are taken back"),
    info={"holds": "Articles that are withdrawn now; who withdrew and restored what before is in the journal."},
)

withheld_rows = Table(
    "withheld_rows",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, nullable=False, index=True),
    Column("table_name", Characters, nullable=False),
    Column("form", LargeBinary, nullable=False, doc="rows as they stood there, packed"),
    info={"holds": "All that the tables held of a withdrawn article, until it is restored."},
)

withheld_urls = Table(
    "withheld_urls",
    metadata,
    Column("digest", Characters, primary_key=True, doc="SHA-256 of the URL"),
    Column("article_id", Id, nullable=False, index=True),
    info={"holds": "Addresses of withdrawn articles: nothing at them is taken in again."},
)

withheld_captures = Table(
    "withheld_captures",
    metadata,
    Column("capture_id", Id, primary_key=True, autoincrement=False),
    Column("article_id", Id, nullable=False, index=True),
    Column("record_id", Characters, index=True, doc="WARC-Record-ID"),
    info={"holds": "Looks at withdrawn articles: their numbers are not given again, their records not taken in again."},
)
