"""One contract suite for both databases, and tests of each part."""
