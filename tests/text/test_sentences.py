"""Where sentences end, in ten languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.text import sentence_ends, sentence_spans

anything = st.text(alphabet=st.characters(codec=None, categories=None), max_size=120)

CASES = {
    "titles and initials": ["Mr. Dahl met Dr. Fors of the U.S. team.", "He left."],
    "initials of a name": ["J. K. Ekwall wrote it.", "The John F. Brandt Centre opened."],
    "country at an end": ["They live in the U.S.", "The rest moved."],
    "months and numbers": ["It fell on Sept. 9.", "See no. 5 and fig. 3.", "He said no.", "So did I.", "Then we left."],
    "decimals and money": ["It rose 1.5% to £3.2m.", "Then it fell 0.3 points."],
    "everyday words": ["He said so.", "It was art.", "She went to mass.", "We did it."],
    "ellipsis": ["He left...", "Then he came back… to stay."],
    "question in quotation marks with a tag": ["“Why?” Ms Oduya asked.", "“No,” he said."],
    "tag after a full stop": ["“We won.” Mr Dahl said.", "“We won.”", "Mr Dahl said he would go."],
    "lower case goes on": ["“Stop!” he cried.", "Yahoo! is a name."],
    "brackets": ["He went (by bus.)", "She stayed."],
    "footnotes": ["It is known.[3]", "It is old."],
    "list number at the start": ["1. First point.", "Second point."],
    "German": ["Am 12. September kam Dr. Müller z.B. nach Hause.", "Das war 1998.", "„Nein“, sagte er."],
    "French": ["M. Oriol a parlé à Mme Brun, p. 12.", "Oui ?", "« Non ! »"],
    "Finnish": ["Esim. Kalma on pieni.", "Se on n. 5 km päässä.", "Kello on 12."],
    "Russian": ["В 2013 г. он уехал.", "Г-н Иванов и А. С. Петров ушли.", "Да!"],
    "Bulgarian": ["Той дойде през 2013 г. в София.", "После си тръгна."],
    "Arabic": ["قال الرئيس.", "ثم ذهب؟", "نعم."],
    "Hebrew": ["הוא אמר.", "אחר כך הלך."],
    "Japanese": ["首相は「行く。」と述べた。", "次に会談した。"],
    "Chinese": ["他说：“我去。”", "后来他走了！", "好？"],
}


@pytest.mark.parametrize("sentences", CASES.values(), ids=CASES.keys())
def test_sentences_are_found(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


def test_lines_end_sentences() -> None:
    text = "Headline\nFirst line without a stop\n\nSecond"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["Headline", "First line without a stop", "Second"]


@given(anything)
def test_sentences_and_the_white_space_between_them_cover_the_text(text: str) -> None:
    ends = sentence_ends(text)
    assert ends == sorted(set(ends))
    assert (ends[-1:] == [len(text)]) == bool(text)
    spans = sentence_spans(text)
    outside = "".join(
        text[a:b] for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True)
    )
    assert not outside.strip()


@given(st.lists(st.sampled_from(["He left.", "She stayed!", "Was it so?", "“No,” he said."]), min_size=1, max_size=6))
def test_a_sentence_is_cut_the_same_whatever_stands_before_it(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


def test_a_million_marks_take_linear_time() -> None:
    assert len(sentence_ends("a. " * 300_000)) > 0
    assert len(sentence_ends("." * 1_000_000)) == 1
