"""Tests of evidence: files, crashes, proofs."""
