"""The tables, once for both databases.

Columns that hold a time (``Moment``) end in ``_at``; enumerations are stored by value,
so that a database can be read by hand.
Version texts, extractions and changes are packed (see ``codec``).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

from writethru.storage.columns import Characters, Id, Moment

SCHEMA_TABLE = "writethru_schema"
"""Where the schema's revision stands; its name tells our databases from others'."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, doc: str = "") -> Column[str]:
    return Column(name, Characters, nullable=False, server_default="", doc=doc)


outlets = Table(
    "outlets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Characters, nullable=False, unique=True, doc="as the outlet writes it"),
    _text("host", 'where its articles are, "" if not known'),
    info={"holds": "Publishers."},
)

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Characters, nullable=False, doc="feed, url-list, page or file"),
    Column(
        "key",
        Characters,
        nullable=False,
        unique=True,
        doc="what the source is found by: its URL, or a digest of one too long for an index",
    ),
    Column("url", Characters, nullable=False),
    Column("host", Characters, nullable=False, doc="whom to ask; leases are by host"),
    Column("outlet_id", Id, ForeignKey("outlets.id")),
    Column("added_at", Moment, nullable=False),
    Column("next_look_at", Moment, doc="when it is due, NULL for never"),
    _text("etag", "validator of the last response"),
    _text("last_modified", "validator of the last response"),
    _text("body_digest", "SHA-256 of the last body, to skip one that is equal"),
    Column("failures", Integer, nullable=False, doc="looks in a row that failed"),
    Column("last_look_at", Moment),
    Column("last_news_at", Moment, doc="when it last brought an article that was new"),
    _text("last_error", "what the last failure was, for a person"),
    Index("ix_sources_host_next_look_at", "host", "next_look_at"),
    info={"holds": "Where an outlet's articles are found, each with its own timer."},
)

source_looks = Table(
    "source_looks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_id", Id, ForeignKey("sources.id"), nullable=False),
    Column("looked_at", Moment, nullable=False),
    Column("status", Integer, doc="HTTP status, NULL where there was no response"),
    _text("body_digest", "SHA-256 of the body"),
    _text("detail", "for a person"),
    Column("file", Characters, doc="evidence: WARC file"),
    Column("offset", Id, doc="evidence: byte in the file"),
    Column("length", Id, doc="evidence: bytes"),
    Column("record_id", Characters, index=True, doc="evidence: WARC-Record-ID"),
    Column("found", Integer, nullable=False, server_default="0", doc="articles it brought that were new"),
    Index("ix_source_looks_source_id_looked_at", "source_id", "looked_at"),
    Index("ix_source_looks_looked_at", "looked_at"),
    info={"holds": "One look at a source each, with where its evidence stands."},
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("source_id", Id, ForeignKey("sources.id"), primary_key=True, autoincrement=False),
    Column("token", Characters, nullable=False, unique=True, doc="the callback's own path; nobody else knows it"),
    Column("hub", Characters, nullable=False, doc="URL that was asked"),
    Column("topic", Characters, nullable=False, doc="URL of the feed as it names itself"),
    Column("secret", Characters, nullable=False, doc="deliveries are signed with it"),
    Column("state", Characters, nullable=False, doc="asked, active, denied or failed"),
    Column("asked_at", Moment, nullable=False),
    Column("until_at", Moment, doc="end of the lease, NULL before the hub gave one"),
    Column("delivered_at", Moment, doc="of the last delivery whose signature was right"),
    _text("detail", "what the hub answered, for a person"),
    info={"holds": "WebSub subscriptions, one a feed at most."},
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Characters, nullable=False, doc="canonical, or urn:sha256:… where none is known"),
    Column("host", Characters, nullable=False, doc="whom to ask; leases are by host"),
    Column("outlet_id", Id, ForeignKey("outlets.id")),
    Column("added_at", Moment, nullable=False),
    Column("next_look_at", Moment, doc="when it is due, NULL for never"),
    _text("next_look_reason", "why then, for a person"),
    Column("retired_at", Moment, doc="when we stopped looking, NULL while we look"),
    _text("etag", "validator of the last response"),
    _text("last_modified", "validator of the last response"),
    _text("payload", "record of the last accepted page that holds its bytes, for revisit records; JSON"),
    Column("same_as", Id, index=True, doc="the article that this one turned out to be, NULL while it stands alone"),
    Column("pace", Integer, nullable=False, server_default="0", doc="class of the wait before the next look"),
    Index("ix_articles_host_next_look_at", "host", "next_look_at"),
    Index("ix_articles_pace_next_look_at", "pace", "next_look_at"),
    Index("ix_articles_outlet_id_id", "outlet_id", "id"),
    Index("ix_articles_added_at", "added_at"),
    info={"holds": "One piece at one canonical URL each, with its timer."},
)

aliases = Table(
    "aliases",
    metadata,
    Column("key", Characters, primary_key=True, doc="the URL, or a digest of one too long for an index"),
    Column("url", Characters, doc="the URL where the key is a digest, else NULL"),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False, index=True),
    Column("kind", Characters, nullable=False, doc="canonical, redirect, found, stated, contested or merged"),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    info={
        "holds": "Every URL of an article, its canonical one too; a URL belongs to one article at most. "
        "The key is the URL itself; only for one too long to be a key it is a digest, and url is set."
    },
)

captures = Table(
    "captures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False),
    Column("url", Characters, nullable=False, doc="what was asked for"),
    Column("captured_at", Moment, nullable=False),
    Column("basis", Characters, nullable=False, doc="how far that time can be trusted"),
    Column("medium", Characters, nullable=False, doc="what kind of evidence this rests on"),
    Column("outcome", Characters, nullable=False, doc="what the look came to"),
    Column("reason", Characters, nullable=False, doc="why"),
    Column("status", Integer, doc="HTTP status, NULL where there was no response"),
    _text("final_url", 'where redirects ended, "" if there were none'),
    _text("peer", "address that answered"),
    _text("content_type"),
    _text("body_digest", 'SHA-256 of the decoded body, "" without one'),
    _text("payload_digest", "as the WARC standard defines it"),
    Column("file", Characters, doc="evidence: WARC file, NULL without evidence"),
    Column("offset", Id, doc="evidence: byte in the file"),
    Column("length", Id, doc="evidence: bytes"),
    Column("record_id", Characters, index=True, doc="evidence: WARC-Record-ID"),
    _text("part", 'which part of the evidence this is, "" for all of it'),
    _text("label", "the source's own number for this state"),
    Column("stated_change", Boolean, nullable=False, doc="the source itself says that this is another version"),
    _text("detail", "for a person"),
    _text("etag"),
    _text("last_modified"),
    Index("ix_captures_article_id_captured_at", "article_id", "captured_at", "id", "outcome"),
    Index("ix_captures_captured_at", "captured_at"),
    info={"holds": "One look at an article each; never changed, except that a rebuild may decide it anew."},
)

extractions = Table(
    "extractions",
    metadata,
    Column("capture_id", Id, ForeignKey("captures.id"), primary_key=True, autoincrement=False),
    Column("extractor", Characters, nullable=False, doc="name and version"),
    Column("text_digest", Characters, nullable=False, doc="SHA-256 of the text's stored form"),
    Column("form", LargeBinary, nullable=False, doc="`Extraction.to_dict()` without text and blocks, packed"),
    Column("words", Integer, doc="of the running text; NULL where nobody counted"),
    info={"holds": "What one extractor read from one capture, without the text."},
)

versions = Table(
    "versions",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False, doc="1, 2, 3 … in order of first sighting"),
    Column("digest", Characters, nullable=False, index=True, doc="SHA-256 of the text's stored form"),
    Column("headline", Characters, nullable=False),
    Column("words", Integer, nullable=False, doc="of the running text"),
    _text("label", "the source's own number"),
    Column("seen_at", Moment, nullable=False, doc="of the look that brought it"),
    Column("basis", Characters, nullable=False, doc="how far that time can be trusted"),
    Column("extractor", Characters, nullable=False, doc="name and version"),
    Column(
        "keyframe", Integer, nullable=False, doc="number of the version that is packed alone and that this one rests on"
    ),
    Column("size", Integer, nullable=False, doc="bytes of the text's stored form"),
    Column(
        "packed",
        LargeBinary,
        nullable=False,
        doc="that form as a zstd frame; unless this is a keyframe, with the version before as prefix",
    ),
    _text("dictionary", 'key of the dictionary a keyframe was packed with, "" for none'),
    info={"holds": "A distinct state of an article's text each; the text is packed against the version before."},
)

dictionaries = Table(
    "dictionaries",
    metadata,
    Column("key", Characters, primary_key=True, doc="digest of the content"),
    Column("generation", Integer, nullable=False, unique=True, doc="1, 2, 3 …; the highest is in use"),
    Column("content", LargeBinary, nullable=False, doc="a zstd dictionary (RFC 8878, section 5)"),
    info={"holds": "What keyframes of this archive have in common, learnt from a sample of them."},
)

article_memories = Table(
    "article_memories",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("digest", Characters, nullable=False, doc="of the form, without the fingerprint"),
    _text("fingerprint", "what the raw page said of the article; see `extraction/unchanged.py`"),
    Column("form", LargeBinary, nullable=False, doc="`ArticleMemory.to_dict()` without the fingerprint, packed"),
    info={"holds": "What the last accepted reading of an article was, for the next one."},
)

profile_states = Table(
    "profile_states",
    metadata,
    Column("host", Characters, primary_key=True, doc="whose pages"),
    Column("serial", Integer, primary_key=True, autoincrement=False, doc="1, 2, 3 …; 0 is the one still being learnt"),
    Column("learnt_at", Moment, nullable=False, doc="time of the newest capture that went in; used for later ones"),
    Column("pages", Integer, nullable=False, doc="articles learnt from"),
    Column("digest", Characters, nullable=False, doc="of the form"),
    Column("form", LargeBinary, nullable=False, doc="`OutletProfile.to_dict()`, packed"),
    sqlite_with_rowid=False,
    info={"holds": "What was learnt from a host's pages, each state as it was used; none is ever changed but 0."},
)

template_changes = Table(
    "template_changes",
    metadata,
    Column("capture_id", Id, ForeignKey("captures.id"), primary_key=True, autoincrement=False),
    Column("host", Characters, nullable=False, index=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False, index=True),
    Column("seen_at", Moment, nullable=False),
    Column("detail", Characters, nullable=False, doc="for a person"),
    info={"holds": "Looks at which an article's text stood in another template than before."},
)

site_rules = Table(
    "site_rules",
    metadata,
    Column("digest", Characters, primary_key=True, doc="of the file's text"),
    Column("name", Characters, nullable=False, doc="the outlet, as the file names it"),
    Column("text", Characters, nullable=False, doc="the file"),
    Column("used_at", Moment, nullable=False, doc="time of the first capture read with it"),
    info={"holds": "Every site rule file that a page was ever read with."},
)

former_versions = Table(
    "former_versions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False, doc="as it was"),
    Column("digest", Characters, nullable=False),
    Column("extractor", Characters, nullable=False),
    Column("replaced_at", Moment, nullable=False, doc="when history was read again"),
    Column("form", LargeBinary, nullable=False, doc="`ArticleText.to_dict()`, packed"),
    info={"holds": "Versions that a re-extraction made vanish, as they were read before."},
)

appearances = Table(
    "appearances",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False, doc="1, 2, 3 … in time"),
    Column("version_number", Integer, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("basis", Characters, nullable=False, doc="how far the first time can be trusted"),
    Column("looks", Integer, nullable=False, doc="how often it was seen"),
    ForeignKeyConstraint(["article_id", "version_number"], ["versions.article_id", "versions.number"]),
    sqlite_with_rowid=False,
    info={"holds": "One unbroken run of sightings of a version each."},
)

changes = Table(
    "changes",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False, doc="1 is between appearances 1 and 2"),
    Column("from_version", Integer, nullable=False),
    Column("to_version", Integer, nullable=False),
    Column("after_at", Moment, nullable=False, doc="when the old text was last seen"),
    Column("before_at", Moment, nullable=False, doc="when the new text was first seen"),
    Column("basis", Characters, nullable=False, doc="how far the interval can be trusted"),
    Column("summary", Characters, nullable=False, doc="in words"),
    Column(
        "kinds",
        Characters,
        nullable=False,
        doc="codes with a space before and after each, so that `LIKE '% figure %'` finds one",
    ),
    Column("significance", Float, nullable=False, doc="0 to 1"),
    Column("edits", Integer, nullable=False, doc="how many"),
    Column("reason", Characters, nullable=False, doc="why this is a change"),
    Column("form", LargeBinary, nullable=False, doc="`Change.to_dict()`, packed"),
    ForeignKeyConstraint(["article_id", "from_version"], ["versions.article_id", "versions.number"]),
    ForeignKeyConstraint(["article_id", "to_version"], ["versions.article_id", "versions.number"]),
    Index("ix_changes_ranked", "before_at", "article_id", "number", "significance", "reason"),
    info={"holds": "Between two consecutive appearances each; it happened in the interval (after_at, before_at]."},
)

edits = Table(
    "edits",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("change", Integer, primary_key=True, autoincrement=False, doc="number of the change"),
    Column("position", Integer, primary_key=True, autoincrement=False, doc="0, 1, 2 … in the change"),
    Column("op", Characters, nullable=False, doc="added, removed, rewritten, moved, split or merged"),
    Column("place", Characters, nullable=False, doc="headline, paragraph, …"),
    Column("kinds", Characters, nullable=False, doc="codes with a space before and after each"),
    Column("old", Characters, nullable=False, doc="the changed words of the old side, cut"),
    Column("new", Characters, nullable=False, doc="the changed words of the new side, cut"),
    ForeignKeyConstraint(["article_id", "change"], ["changes.article_id", "changes.number"]),
    sqlite_with_rowid=False,
    info={"holds": "The edits of a change, for finding them; texts are cut, the change's form has them whole."},
)

change_log = Table(
    "change_log",
    metadata,
    Column("seq", Id, primary_key=True, doc="numbered in the order of commits"),
    Column("at", Moment, nullable=False, doc="when it was observed"),
    Column("kind", Characters, nullable=False, doc="article, version, change, outcome, absence, rebuilt or joined"),
    Column("article_id", Id, nullable=False),
    Column("number", Integer, nullable=False, doc="of the version or change, of the article it is joined to, or 0"),
    info={"holds": "What later analyses follow, in the order of commits."},
    sqlite_autoincrement=True,
)

identity = Table(
    "identity",
    metadata,
    Column("name", Characters, primary_key=True),
    Column("value", Characters, nullable=False),
    info={"holds": "Which archive this is: its evidence folder bears the same name."},
)

seals = Table(
    "seals",
    metadata,
    Column("day", Characters, primary_key=True, doc="UTC, 2026-09-11"),
    Column("root", Characters, nullable=False, doc="of that day's ledger, 64 hex digits"),
    Column("noted_at", Moment, nullable=False, doc="when the database learnt it"),
    info={"holds": "The roots of sealed days as they first were: a ledger written anew would not fit them."},
)

analyses = Table(
    "analyses",
    metadata,
    Column("name", Characters, primary_key=True),
    Column("seq", Id, nullable=False, doc="last number of the change log that it has done"),
    _text("worker", "the process that does it at the moment, or none"),
    Column("until_at", Moment, doc="end of its lease"),
    sqlite_with_rowid=False,
    info={"holds": "How far each analysis has followed the change log."},
)
