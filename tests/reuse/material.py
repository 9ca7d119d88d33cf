"""A fictional wire text, what outlets made of it, and an account of the same fire by another hand."""

from __future__ import annotations

from writethru.model import ArticleText, Block, BlockKind
from writethru.reuse.words import Words, read_words

WIRE = (
    "A fire that broke out before dawn in the old customs house at Harbour Street destroyed the records of three "
    "shipping companies on Tuesday, the fire service said.\n"
    "Crews from four stations fought the flames for about nine hours and poured water from the river on to the roof "
    "until it fell in shortly after noon.\n"
    "Two night porters were taken to hospital with burns, and around 120 people had to leave their flats in the "
    "neighbouring buildings while the walls were made safe.\n"
    "“We have never seen papers burn like this, and nobody should go near the building until the engineers have been "
    "through it,” said the chief fire officer, Ilse Marden.\n"
    "The customs house was built in 1871 and stood empty for a decade before the companies moved their archives into "
    "its upper floors.\n"
    "Investigators will begin looking for the cause once the ruins have cooled, which is expected to take until the "
    "end of the week."
)

COPY = (
    "A fire that broke out before dawn in the old customs house at Harbour Street destroyed the records of three "
    "shipping firms on Tuesday, the fire service said.\n"
    "Crews from five stations fought the flames for nine hours and poured water from the river on to the roof until "
    "it collapsed shortly after noon.\n"
    "Two night porters were taken to hospital with burns, and 126 people had to leave their flats in the neighbouring "
    "buildings while the walls were made safe.\n"
    "The mayor is to visit the street on Wednesday."
)

OWN_ACCOUNT = (
    "Smoke still hung over the waterfront on Tuesday evening, many hours after the former customs building went up in "
    "flames.\n"
    "“We have never seen papers burn like this, and nobody should go near the building until the engineers have been "
    "through it,” Ilse Marden, who leads the city's firefighters, told reporters.\n"
    "Neighbours described being woken by sirens at four o'clock; one of them, a retired sailor, carried his cat down "
    "six flights of stairs.\n"
    "Insurers put the damage at several million, although no list of the lost files exists."
)


def words_of(text: str) -> Words:
    """The words of a plain text."""
    return read_words(ArticleText.from_plain(text))


def with_byline(text: str, byline: str) -> ArticleText:
    """A text under a byline."""
    plain = ArticleText.from_plain(text)
    return ArticleText(byline=byline, blocks=plain.blocks, tail=plain.tail)


def paragraphs(*texts: str) -> ArticleText:
    """Blocks one by one."""
    return ArticleText(blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))
