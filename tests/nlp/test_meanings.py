"""The encoder itself, as events ask it."""

from __future__ import annotations

from pathlib import Path

from tests.analyse.told import FIRE, FLOOD
from writethru.events.meanings import PIECES, lacking, packed, passage_of, unpacked
from writethru.model import ArticleText
from writethru.nlp.encoder import SentenceEncoder


def test_accounts_of_one_happening_are_alike_and_kept_the_same_in_any_company(encoder_files: Path) -> None:
    encoder = SentenceEncoder()
    texts = [passage_of(ArticleText.from_plain(one.body, headline=one.headline)) for one in (FIRE[0], FIRE[1], FLOOD)]
    kept = [packed(row) for row in encoder.vectors(texts, PIECES)]
    assert [packed(row) for row in encoder.vectors(texts[::-1], PIECES)] == kept[::-1]
    taken = lacking([unpacked(one) for one in kept], 0.6)
    assert taken[0, 1] == 0
    assert taken[0, 2] < -0.2
