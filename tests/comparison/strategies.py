"""Texts for the property tests: arbitrary Unicode, and prose-like texts with edits."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from writethru.model import ArticleText, Block, BlockKind

anything = st.text(alphabet=st.characters(codec=None, categories=None), max_size=80)
"""Any code points at all, lone surrogates and controls included."""

_VOCABULARY = (
    "fire 12 1,429 £3.2m the said “no” don't e\u0301te\u0301 привет 東京 ทำ שלום "
    "👩\u200d👩\u200d👧 U.S. Mr 3.5% -4 … co-op"
)
_words = st.sampled_from(_VOCABULARY.split(" "))
_sentence = st.lists(_words, min_size=1, max_size=8).map(lambda ws: " ".join(ws) + ".")
_paragraph = st.lists(_sentence, min_size=1, max_size=4).map(" ".join)
prose = st.lists(_paragraph, max_size=5).map("\n\n".join)
"""Small articles over few words, so that sentences repeat, move, split and merge."""

texts = st.one_of(prose, anything)

blocks = st.builds(
    Block,
    st.sampled_from(list(BlockKind)),
    st.one_of(_paragraph, anything),
    st.sampled_from(["\n\n", "\n", "", " \r\n", "\u2003"]),
)
articles = st.builds(
    ArticleText,
    st.one_of(_sentence, anything),
    st.one_of(_paragraph, anything),
    _sentence,
    st.one_of(st.just(""), _sentence),
    st.lists(blocks, max_size=5).map(tuple),
    st.sampled_from(["", "\n", " "]),
)

relaxed = settings(deadline=None)
"""The first comparison of a run compiles the lists of words; that is no failure."""
