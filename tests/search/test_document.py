"""Documents: blocks once, with their versions; and matching by them, held against a plain reading of the texts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from writethru.model import ArticleText
from writethru.search.document import MOST_BYTES, SearchDocument, Writer, bits_of, runs_of
from writethru.search.folding import folded_words
from writethru.search.matching import Facts, matching, passages
from writethru.search.query import All, Either, Node, Not, Query, Words
from writethru.search.terms import entries_of

WORDS = st.sampled_from(["kerry", "lavrov", "of", "solution", "1429", "1.5"])
BLOCKS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(st.lists(BLOCKS, max_size=3).map("\n\n".join), min_size=1, max_size=5)
LEAVES = st.builds(Words, st.lists(WORDS, min_size=1, max_size=2).map(tuple), st.booleans())
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Either, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)


def document_of(texts: list[str]) -> SearchDocument:
    writer = Writer(1)
    for text in texts:
        made = ArticleText.from_plain(text, headline="Talks")
        writer.add(made.digest(), made)
    return writer.document(len(texts), ())


def plainly(node: Node, text: str) -> bool:
    """The same asked of one text, block by block."""
    if isinstance(node, Words):
        sought = " ".join(node.words) + ("" if node.prefix else " ")
        blocks = [f" {' '.join(folded_words(block))} " for block in ["Talks", *text.split("\n\n")]]
        return any(f" {sought}" in block for block in blocks)
    if isinstance(node, Not):
        return not plainly(node.part, text)
    return (all if isinstance(node, All) else any)(plainly(part, text) for part in node.parts)


@given(TEXTS, NODES)
def test_matching_is_what_reading_each_version_gives(texts: list[str], node: Node) -> None:
    document = document_of(texts)
    query = Query("", node)
    found = matching(document, query, Facts())
    assert [bool(found >> n & 1) for n in range(len(texts))] == [plainly(node, text) for text in texts]
    for passage in passages(document, query, found):
        assert any(piece.found for piece in passage.pieces)


@given(TEXTS)
def test_a_document_grows_and_is_stored_exactly(texts: list[str]) -> None:
    whole = document_of(texts)
    grown = document_of(texts[:-1]) if len(texts) > 1 else None
    writer = Writer(1, grown)
    last = ArticleText.from_plain(texts[-1], headline="Talks")
    writer.add(last.digest(), last)
    assert writer.document(len(texts), ()) == whole
    assert SearchDocument.from_form(1, whole.to_form()) == whole
    assert entries_of(whole) == entries_of(SearchDocument.from_form(1, whole.to_form()))


@given(st.integers(0, 1 << 70))
def test_runs_of_bits(bits: int) -> None:
    runs = runs_of(bits)
    assert bits_of(runs) == bits
    assert all(one[1] + 1 < other[0] for one, other in pairwise(runs))


def test_an_article_with_too_many_words_says_what_is_left_out() -> None:
    long = "\n\n".join(f"block{number} {'word ' * 500}" for number in range(400))
    document = document_of(["short", long])
    assert 0 < document.left_out < 400
    assert sum(len(unit.words) for unit in document.units) <= MOST_BYTES


def test_a_long_block_is_cut_around_what_was_found() -> None:
    text = f"{'before ' * 100}“Kerry’s” <b>words</b> {'after ' * 100}"
    document = document_of([text])
    (passage,) = passages(document, Query("", Words(("kerry",))), 1)
    assert passage.text.startswith("… before")
    assert "“Kerry’s” <b>words</b> after" in passage.text
    assert passage.text.endswith(" …")
    assert [piece.text for piece in passage.pieces if piece.found] == ["Kerry"]
