"""The whole record as files that other programs read, and such files as a record again: JSON Lines and Parquet.

Rows of the store enter, files leave, and the other way round. May import ``model``, ``errors`` and ``storage``.
``pyarrow`` (the extra ``parquet``) is loaded only where Parquet is asked for.
"""
