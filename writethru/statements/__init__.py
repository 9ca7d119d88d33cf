"""Who said what, how many, by when: figures, times, attributions and commitments, each a span of the text."""
