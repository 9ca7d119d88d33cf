"""Tests of ``writethru.web``."""
