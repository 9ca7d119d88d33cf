"""Packing is exact, cheap to read, and notices damage."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from writethru.model import ArticleText
from writethru.storage import codec

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=[]), max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def chain(texts: list[bytes], learnt: codec.Dictionary | None = None) -> list[codec.Packed]:
    """As ``versions.add`` packs them."""
    links: list[codec.Packed] = []
    for number, plain in enumerate(texts, start=1):
        link = None
        if links and not codec.keyframe_is_due(links[-1]):
            link = codec.delta(plain, links[-1], texts[number - 2])
        links.append(link or codec.keyframe(plain, number, learnt))
    return links


def read(links: list[codec.Packed], number: int, learnt: codec.Dictionary | None = None) -> bytes:
    """The bytes of one version."""
    return codec.unpack(links[links[number - 1].keyframe - 1 : number], learnt)


ARTICLES = [f"{n} ships left pier {n * 7 % 13} after the storm of {n % 40} May. ".encode() * 20 for n in range(100)]


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=25))
def test_any_bytes_come_back(texts: list[bytes]) -> None:
    links = chain(texts)
    assert [read(links, number) for number in range(1, len(texts) + 1)] == texts


@given(st.text(min_size=1, max_size=200), st.lists(st.tuples(st.integers(0, 200), st.text(max_size=5)), max_size=25))
def test_edited_texts_come_back(text: str, revisions: list[tuple[int, str]]) -> None:
    texts = [text.encode()]
    for place, new in revisions:
        text = text[:place] + new + text[place + len(new) :]
        texts.append(text.encode())
    links = chain(texts)
    assert [read(links, number) for number in range(1, len(texts) + 1)] == texts


def test_a_keyframe_at_least_every_tenth() -> None:
    links = chain([b"same text " * 50 + str(n).encode() for n in range(35)])
    assert [link.keyframe for link in links[::10]] == [1, 11, 21, 31]
    assert all(link.number - link.keyframe < codec.KEYFRAME_EVERY for link in links)


def test_another_text_is_a_keyframe_at_once() -> None:
    links = chain([hashlib.shake_256(bytes([n])).digest(2000) for n in range(3)])
    assert [link.keyframe for link in links] == [1, 2, 3]


def test_an_edit_costs_about_what_it_changes() -> None:
    plain = ArticleText.from_plain("\n".join(f"Sentence {n * n} stands here." for n in range(200))).to_bytes()
    first, second = chain([plain, plain.replace(b"10000 stands", b"10001 stands")])
    assert len(second.data) < 40 < len(first.data)


@pytest.fixture(scope="module")
def learnt() -> codec.Dictionary:
    """From most of the articles."""
    learnt = codec.learn(ARTICLES[:80])
    assert learnt is not None
    return learnt


class TestDictionaries:
    def test_makes_first_versions_smaller(self, learnt: codec.Dictionary) -> None:
        alone, short = codec.keyframe(ARTICLES[90], 1), codec.keyframe(ARTICLES[90], 1, learnt)
        assert len(short.data) < len(alone.data) * 0.6
        assert codec.unpack([short], learnt) == ARTICLES[90]
        assert short.dictionary == learnt.key

    def test_the_wrong_one_is_noticed(self, learnt: codec.Dictionary) -> None:
        packed = codec.keyframe(ARTICLES[90], 1, learnt)
        for other in (None, codec.learn(ARTICLES[20:])):
            with pytest.raises(codec.DamageError):
                codec.unpack([packed], other)

    def test_too_little_to_learn_from(self) -> None:
        assert codec.learn([]) is None
        assert codec.learn([b"x"] * 3) is None


def test_a_long_text_is_still_compared_with_all_of_the_one_before() -> None:
    plain = hashlib.shake_256(b"long").digest(5_000_000)
    first, second = chain([plain, plain[:100] + b"an edit" + plain[107:]])
    assert len(second.data) < 2000
    assert read([first, second], 2)[100:107] == b"an edit"


class TestDamage:
    @given(st.data())
    def test_no_flipped_bit_goes_unnoticed(self, data: st.DataObject) -> None:
        links = chain(ARTICLES[:3])
        broken = data.draw(st.integers(0, 2))
        frame = bytearray(links[broken].data)
        frame[data.draw(st.integers(0, len(frame) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        links[broken] = codec.Packed(
            links[broken].number, links[broken].keyframe, links[broken].size, links[broken].digest, bytes(frame)
        )
        with suppress(codec.DamageError):
            assert codec.unpack(links) == ARTICLES[2]  # a bit that zstd does not use

    def test_a_frame_that_claims_a_terabyte_takes_no_memory(self) -> None:
        bomb = zstandard.ZstdCompressor(level=1).compress(b"\0" * 50_000_000)
        with pytest.raises(codec.DamageError, match="not of 5 bytes"):
            codec.unpack([codec.Packed(1, 1, 5, "", bomb)])

    @pytest.mark.parametrize("packed", [b"", b"junk", codec.keyframe(b"[1]", 1).data])
    def test_of_a_form(self, packed: bytes) -> None:
        with pytest.raises(codec.DamageError):
            codec.unpack_form(packed)


class TestForms:
    @given(st.dictionaries(st.text(max_size=8), JSON, max_size=6))
    def test_any_form_comes_back(self, form: dict[str, Any]) -> None:
        assert codec.unpack_form(codec.pack_form(form)) == form

    def test_the_prefix_is_never_edited(self) -> None:
        """Forms that are stored need exactly these bytes to be read."""
        assert codec.sha256(codec.FORM_PREFIX) == "ee5e6b848fe90bdd45552bdadc5db764842103f7095a831073cb76193f0139cc"


class TestRecentTexts:
    def test_forgets_the_longest_unused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(codec.RecentTexts, "MAX_TEXTS", 2)
        recent = codec.RecentTexts()
        recent.keep("a", b"A")
        recent.keep("b", b"B")
        assert recent.get("a") == b"A"
        recent.keep("c", b"C")
        assert [recent.get(digest) for digest in "abc"] == [b"A", None, b"C"]

    def test_is_bounded_in_bytes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(codec.RecentTexts, "MAX_BYTES", 10)
        recent = codec.RecentTexts()
        recent.keep("a", b"x" * 11)
        recent.keep("b", b"x" * 6)
        recent.keep("c", b"x" * 6)
        assert [recent.get(digest) is None for digest in "abc"] == [True, True, False]
