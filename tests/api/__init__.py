"""Tests of ``writethru.api``."""
