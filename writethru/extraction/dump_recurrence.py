"""Lines that pages of one outlet have in common when they were saved as text: furniture, however much like text.

A text file has no boxes, so what repeats from article to article is the best that tells menus, promotions and legal
words from the article. Pages that print the same article (captured twice, or one agency's report) say nothing of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from writethru.extraction.dump import judge_dump
from writethru.extraction.dump_lines import Line, LineKind, read_lines
from writethru.extraction.memory import numberless_digest
from writethru.model import BODY_KINDS

LEAST_LETTERS = 8
"""A shorter line recurs by chance."""
SAME_ARTICLE = 0.3
"""Share of the article's lines that another page may have too; with more, it prints the same article."""
MOST_PAGES = 50
_OWN = frozenset((LineKind.NOTE, LineKind.CREDIT, LineKind.BYLINE))  # one agency, one author has many articles


def line_key(text: str) -> str:
    """The same for lines that differ in their numbers only ("12 comments")."""
    return numberless_digest(text)


def recurring_lines(dump: str, others: Sequence[str]) -> frozenset[str]:
    """Keys (``line_key``) of the lines of a dump that other pages of its outlet have too.

    A line of running text inside the article counts where two others have it: one page can print parts of
    another's article.

    Args:
        dump: a page saved as text.
        others: other pages saved as text; the first ``MOST_PAGES`` are looked at.
    """
    judged = judge_dump(dump, None)
    body = {line_key(one.line.text) for one in judged if one.kind in BODY_KINDS and not _is_own(one.line)}
    prose = {line_key(one.line.text) for one in judged if one.kind and one.line.kind is LineKind.PROSE}
    own = _keys(one.line for one in judged)
    counts: Counter[str] = Counter()
    for other in others[:MOST_PAGES]:
        shared = own & _keys(read_lines(other)[0])
        if len(body & shared) <= SAME_ARTICLE * len(body):
            counts.update(shared)
    return frozenset(key for key, count in counts.items() if count > (key in prose))


def _keys(lines: Iterable[Line]) -> set[str]:
    return {line_key(line.text) for line in lines if not _is_own(line) and _letters(line.text) >= LEAST_LETTERS}


def _is_own(line: Line) -> bool:
    return line.kind in _OWN


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
