"""The tables of events and storylines; part of the same schema as ``tables``."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

NO_DAY = -(2**31)
"""What stands for the day of an article without one, so that it can be part of a key."""

story_articles = Table(
    "story_articles",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("digest", Characters, nullable=False, index=True, doc="of its words; equal ones are grouped as one"),
    Column("minute", Id, doc="minutes since 1970 of when it tells of, NULL where nothing says"),
    Column("basis", Characters, nullable=False, doc="published, dateline, address, seen, inferred or none"),
    Column("cluster", Id, nullable=False, index=True, doc="coarse group: its least article id; 0: it waits"),
    Column(
        "bag", LargeBinary, nullable=False, doc="its words with weights, then its names and quotations as JSON; packed"
    ),
    Column("undecided", Characters, nullable=False, doc='why it is in no event and where it might belong, JSON, or ""'),
    info={"holds": "What events are made of: each article's words, names and day, by its latest text."},
)

story_terms = Table(
    "story_terms",
    metadata,
    Column("term", Id, primary_key=True, autoincrement=False, doc="32-bit hash of a folded word or name"),
    Column("day", Integer, primary_key=True, autoincrement=False, doc="days since 1970; -2147483648 for none"),
    Column("article_id", Id, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
    info={"holds": "The rarest words of each article by day: the index that finds its neighbours."},
)

story_counts = Table(
    "story_counts",
    metadata,
    Column("term", Id, primary_key=True, autoincrement=False, doc="0 counts the articles themselves"),
    Column("articles", Integer, nullable=False),
    sqlite_with_rowid=False,
    info={"holds": "In how many articles a word stands."},
)

story_events = Table(
    "story_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, doc="never used twice"),
    Column("story_id", Id, nullable=False, index=True),
    Column("redirect", Id, doc="the event it was merged into, NULL while it stands"),
    Column("first_minute", Id, doc="of its first article, minutes since 1970"),
    Column("last_minute", Id),
    Column("form", Characters, nullable=False, doc="title, names and typical words, JSON"),
    info={"holds": "Happenings that articles tell of."},
)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("event_id", Id, primary_key=True, autoincrement=False, index=True),
    Column("main", Boolean, nullable=False, doc="its one event, or one more that a live blog or round-up belongs to"),
    Column("score", Float, nullable=False),
    Column("form", Characters, nullable=False, doc="what it shares with the event, runner-up, inferred day, JSON"),
    sqlite_with_rowid=False,
    info={"holds": "Which articles belong to which events now, and why."},
)

story_links = Table(
    "story_links",
    metadata,
    Column("later", Id, primary_key=True, autoincrement=False),
    Column("earlier", Id, primary_key=True, autoincrement=False, index=True),
    Column("kind", Characters, nullable=False, doc="continues, revives, reaction, recap or same-kind"),
    Column("score", Float, nullable=False),
    Column("form", Characters, nullable=False, doc="what the two share, JSON"),
    sqlite_with_rowid=False,
    info={"holds": "How events hang together."},
)

story_log = Table(
    "story_log",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("action", Characters, nullable=False, doc="open, assign, move, leave, merge, split, story or encoder"),
    Column("article_id", Id, index=True),
    Column("event_id", Id, index=True),
    Column("form", Characters, nullable=False, doc="from where, cause, score, runner-up, JSON"),
    info={"holds": "Everything that ever happened to memberships; replayed, it gives the present state."},
)

story_meanings = Table(
    "story_meanings",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("made_of", Characters, nullable=False, doc="digest of the encoder and of what it read"),
    Column("grains", LargeBinary, nullable=False, doc="a vector of length one: 16-bit numbers of 1/16384"),
    info={"holds": "What articles mean by an encoder, where the archive asks for it."},
)

story_rulings = Table(
    "story_rulings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", Characters, nullable=False, doc="must-link, cannot-link or pin"),
    Column("article_id", Id, nullable=False, index=True),
    Column("other_id", Id, nullable=False, doc="the other article; of a pin the event"),
    Column("by", Characters, nullable=False),
    Column("reason", Characters, nullable=False),
    Column("withdrawn_at", Moment),
    info={"holds": "What editors ruled: these two are one event, these two are not, this article belongs there."},
)
