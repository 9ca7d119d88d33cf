"""The tables of the index of grams; part of the same schema as ``tables``."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table

from writethru.storage.columns import Id
from writethru.storage.tables import metadata

gram_state = Table(
    "gram_state",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, doc="1: there is one row"),
    Column("moved", Id, nullable=False, doc="how often rows of gram_recent were moved on, or an article taken out"),
    Column("number", Id, nullable=False, doc="highest number that a row of gram_recent had"),
    Column(
        "sketched",
        Id,
        nullable=False,
        server_default="-1",
        doc="the value of moved for which gram_sketches hold; where it is another, they hold nothing",
    ),
    Column(
        "taken",
        Id,
        nullable=False,
        server_default="0",
        doc="how often an article was taken out, or sketches begun anew: no far bucket is known any more",
    ),
    info={"holds": "How far the index of grams is: what a process keeps in memory of it holds while this stands."},
)

gram_recent = Table(
    "gram_recent",
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("article_id", Id, nullable=False),
    Column("postings", LargeBinary, nullable=False, doc="as in gram_buckets"),
    info={"holds": "The grams of the articles that came last, each as it came; 512 rows at most."},
)

gram_buckets = Table(
    "gram_buckets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, doc="first bits of its grams: 13, or 8192 and 18 bits"),
    Column(
        "postings", LargeBinary, nullable=False, doc="sorted: gram, article, outlet (0: none), place; 4, 4, 4, 2 bytes"
    ),
    info={"holds": "Which articles have which grams of words: the index that finds shared text."},
)

gram_sketches = Table(
    "gram_sketches",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, doc="of the near bucket above those far ones: 13 bits"),
    Column("moved", Id, nullable=False, doc="gram_state.moved when it was written"),
    Column("bits", LargeBinary, nullable=False, doc="4,096 bytes: one bit for each next 15 bits of a gram"),
    info={"holds": "Which grams nobody has in the far buckets of gram_buckets: these need not be read."},
)

gram_articles = Table(
    "gram_articles",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("grams", LargeBinary, nullable=False, doc="32-bit grams that the index has of it, sorted, little-endian"),
    info={"holds": "What the index of grams holds of each article, for adding to it and taking it out."},
)
