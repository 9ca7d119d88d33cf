"""Tables, migrations and queries for SQLite and PostgreSQL.

Values from ``model`` go in and come out; no caller sees SQL. May import ``model``,
``errors``, ``config``, ``text`` and ``compare`` (to store a change); nothing else.
"""
