"""Archives in bulk: files in, the whole record out as partitioned Parquet, by as many processes as there are.

Captures enter from ``sources``, go through the live functions of ``watch`` and leave as the tables of ``export``. May
import those and what is below them. ``model`` and ``planning`` are pure; what an engine runs are plain functions.
"""
