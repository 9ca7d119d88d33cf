"""The edit matrix: made-up articles in several markups, what can happen to them, and who notices what."""
