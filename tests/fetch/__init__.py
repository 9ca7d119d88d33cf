"""Tests of fetching, against a server that knows no HTTP."""
