"""Words, sentences and typographic folding, for any language, with or without spaces.

What may enter: pure functions of a string that know nothing of articles, pages or storage.
May import: ``model`` and ``errors``; the standard library only, no I/O.
"""

from writethru.text.folding import fold_invisible, fold_typography
from writethru.text.sentences import sentence_ends, sentence_spans
from writethru.text.tokens import Span, Token, tokenise, word_list

__all__ = [
    "Span",
    "Token",
    "fold_invisible",
    "fold_typography",
    "sentence_ends",
    "sentence_spans",
    "tokenise",
    "word_list",
]
