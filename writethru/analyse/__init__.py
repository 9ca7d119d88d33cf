"""Runs the pure packages over what is new in the archive: follows the change log, keeps what they find.

What may enter: reading the store, calling pure functions, writing their results back.
May import: the store and the pure packages; no network, no evidence.
"""
