"""Tests mirror the tree of the package; what they share is in ``conftest`` and beside it."""
