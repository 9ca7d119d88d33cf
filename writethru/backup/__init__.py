"""Backups of a whole archive while it runs, and archives made from them.

A configuration and a folder enter. May import ``storage``, ``evidence`` and what is below them.
"""
