"""An Extraction as Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from writethru.extraction.markdown import escaped, to_markdown
from writethru.model import Block, BlockKind, Extraction, Link


def test_every_kind_of_block_has_its_form() -> None:
    kinds = {
        BlockKind.PARAGRAPH: "Read the report on *fares*.",
        BlockKind.SUBHEAD: "Fares",
        BlockKind.QUOTE: "There is none.",
        BlockKind.LIST_ITEM: "Cars pay.",
        BlockKind.CAPTION: "The pier.",
        BlockKind.EMBED: "https://video.test/7",
    }
    read = Extraction(
        "page/7",
        headline="Fares",
        byline="Jo Lind",
        blocks=tuple(Block(kind, text) for kind, text in kinds.items()),
        links=(Link(0, "the report", "https://courier.test/r"),),
    )
    assert to_markdown(read).split("\n\n") == [
        "# Fares",
        "By Jo Lind",
        "Read [the report](https://courier.test/r) on \\*fares\\*.",
        "## Fares",
        "> There is none.",
        "- Cars pay.",
        "*The pier.*",
        "<https://video.test/7>\n",
    ]


def test_what_the_page_says_is_neither_markup_nor_a_list() -> None:
    assert escaped("<script>x</script>") == "\\<script\\>x\\</script\\>"
    assert escaped("1. May is near") == "\\1. May is near" or escaped("1. May is near") == "1\\. May is near"
    assert escaped("# 4") == "\\# 4"


@given(st.text(), st.text(min_size=1))
def test_links_never_lose_words(before: str, words: str) -> None:
    read = Extraction(
        "page/7", blocks=(Block(BlockKind.PARAGRAPH, before + words),), links=(Link(0, words, "https://a.test/"),)
    )
    plain = to_markdown(read).replace("\\", "").replace("](https://a.test/)", "").replace("[", "")
    assert plain.strip() == (before + words).replace("\\", "").replace("[", "").strip()
