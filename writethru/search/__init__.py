"""Full text over every version: words, queries, the searchable form of an article, and matching. Pure.

Texts of versions and a reader's query enter; which versions match, and where, leaves.
May import: ``model``, ``errors``, ``text``, ``comparison`` (names of kinds); no I/O.
"""
