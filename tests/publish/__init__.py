"""Tests of ``writethru.publish``."""
