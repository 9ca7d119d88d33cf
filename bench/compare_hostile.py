"""Pairs of texts made to be slow, of a given number of words; what they are is in the name."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Pair = tuple[str, str]
_SYLLABLES = ("ka", "lo", "mi", "tu", "re", "san", "vo", "ni", "pel", "dor")


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 4)))


def _sentences(words: int, rng: random.Random, vocabulary: Sequence[str] = ()) -> list[str]:
    found = []
    while words > 0:
        count = rng.randint(8, 24)
        chosen = [rng.choice(vocabulary) if vocabulary else _word(rng) for _ in range(count)]
        found.append(" ".join(chosen).capitalize() + ".")
        words -= count
    return found


def _paragraphs(sentences: Sequence[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def shuffled(words: int, rng: random.Random) -> Pair:
    """All sentences in another order."""
    sentences = _sentences(words, rng)
    return _paragraphs(sentences), _paragraphs(rng.sample(sentences, len(sentences)))


def every_word_other(words: int, rng: random.Random) -> Pair:
    """No word in common."""
    text = _paragraphs(_sentences(words, rng))
    return text, "".join(c if not c.isalpha() else chr(0x3B1 + (ord(c.lower()) - 97) % 24) for c in text)


def all_reworded(words: int, rng: random.Random) -> Pair:
    """A third of the words of every sentence replaced, from few words."""
    vocabulary = [_word(rng) for _ in range(200)]
    sentences = _sentences(words, rng, vocabulary)
    other = [" ".join(rng.choice(vocabulary) if rng.random() < 0.33 else w for w in s.split(" ")) for s in sentences]
    return _paragraphs(sentences), _paragraphs(other)


def repeated_sentence(words: int, rng: random.Random) -> Pair:
    """One sentence over and over, with a few others amid."""
    sentences = ["The same sentence stands here again."] * (words // 6)
    other = list(sentences)
    for number in range(20):
        other.insert(rng.randrange(len(other)), f"Another sentence, number {number}.")
    return " ".join(sentences), " ".join(other)


def repeated_with_small_changes(words: int, rng: random.Random) -> Pair:
    """One sentence over and over, each with one word of its own, another one on the other side."""
    old = [f"The council said on day {k} that it had met." for k in range(words // 10)]
    new = [f"The council said on day {rng.randrange(words)} that it had met." for _ in range(words // 10)]
    return _paragraphs(old), _paragraphs(new)


def two_in_turn(words: int, rng: random.Random) -> Pair:
    """Two sentences in turn; on the other side they begin with the second."""
    both = ["It rained on the hills all day.", "The river rose to the bridge."]
    return " ".join(both * (words // 13)), " ".join(both[::-1] * (words // 13))


def one_word(words: int, rng: random.Random) -> Pair:
    """One word all the way, with another amid."""
    at = rng.randrange(words)
    return " ".join(["word"] * words), " ".join(["word"] * at + ["other"] + ["word"] * (words - at))


def one_sentence(words: int, rng: random.Random) -> Pair:
    """No punctuation at all, every tenth word replaced."""
    old = [_word(rng) for _ in range(words)]
    return " ".join(old), " ".join(_word(rng) if rng.random() < 0.1 else word for word in old)


def two_letters(words: int, rng: random.Random) -> Pair:
    """Words ``a`` and ``b`` at random on both sides."""
    return tuple(" ".join(rng.choice("ab") for _ in range(words)) for _ in range(2))  # type: ignore[return-value]


def unspaced(words: int, rng: random.Random) -> Pair:
    """A script without spaces and without stops: two characters stand for a word, every twentieth is replaced."""
    old = [chr(0x4E00 + rng.randrange(2000)) for _ in range(words * 2)]
    return "".join(old), "".join(chr(0x4E00 + rng.randrange(2000)) if rng.random() < 0.05 else c for c in old)


def letters_only(words: int, rng: random.Random) -> Pair:
    """One word of so many times five letters, one of them replaced."""
    text = "x" * words * 5
    at = rng.randrange(len(text))
    return text, f"{text[:at]}y{text[at + 1 :]}"


def list_items(words: int, rng: random.Random) -> Pair:
    """Items of two words, a tenth of them elsewhere."""
    items = [f"{_word(rng)} {rng.randrange(50)}" for _ in range(words // 2)]
    other = list(items)
    for _ in range(len(items) // 10):
        other.insert(rng.randrange(len(other)), other.pop(rng.randrange(len(other))))
    return "\n".join(items), "\n".join(other)


def punctuation(words: int, rng: random.Random) -> Pair:
    """Nothing but marks that may end a sentence."""
    return tuple("".join(rng.choice('.!?…"” \n') for _ in range(words * 5)) for _ in range(2))  # type: ignore[return-value]


HOSTILE: Sequence[Callable[[int, random.Random], Pair]] = (
    shuffled,
    every_word_other,
    all_reworded,
    repeated_sentence,
    repeated_with_small_changes,
    two_in_turn,
    one_word,
    one_sentence,
    two_letters,
    unspaced,
    letters_only,
    list_items,
    punctuation,
)
