"""Bytes to characters: marks, labels, wrong labels."""

from __future__ import annotations

import pytest

from writethru.extraction.decoding import MAX_CHARS, decode

TEXT = "Zwölf Fähren für Grömhaven – „morgen“"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_found_without_a_label(codec: str) -> None:
    assert decode(f"<html><p>{TEXT}".encode(codec)).text == f"<html><p>{TEXT}"


def test_http_charset_beats_meta() -> None:
    page = '<meta charset="iso-8859-1"><p>Привет, как дела'.encode("cp1251")
    assert decode(page, "text/html; charset=windows-1251").text.endswith("Привет, как дела")


def test_meta_charset_is_used() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><p>橋の通行止め'.encode("cp932")
    assert decode(page).text.endswith("橋の通行止め")


def test_latin_1_means_windows_1252() -> None:
    assert decode(b'<meta charset="iso-8859-1"><p>\x93so\x94').text.endswith("“so”")


def test_a_legacy_label_on_utf_8_bytes_is_wrong() -> None:
    read = decode(f'<meta charset="iso-8859-1"><p>{TEXT}'.encode())
    assert read.text.endswith(TEXT)
    assert "labelled cp1252" in read.notes[0]


def test_a_utf_8_label_on_legacy_bytes_is_wrong() -> None:
    read = decode('<html lang="ru"><meta charset="utf-8"><p>Привет, как дела'.encode("cp1251"))
    assert read.text.endswith("Привет, как дела")
    assert "read as cp1251" in read.notes[0]


def test_damaged_utf_8_stays_utf_8() -> None:
    read = decode(TEXT.encode() * 5 + b"\xff" + TEXT.encode())
    assert read.text.count("\ufffd") == 1
    assert read.notes == ("1 broken UTF-8 sequences were replaced",)


@pytest.mark.parametrize("label", ["no-such-charset", "hex", "rot13", "idna", "utf-7", ""])
def test_an_unusable_label_is_ignored(label: str) -> None:
    assert decode(f'<meta charset="{label}"><p>{TEXT}'.encode()).text.endswith(TEXT)


def test_nul_characters_go_with_a_note() -> None:
    assert decode("a\x00b") == decode("ab").__class__("ab", "", ("NUL characters were removed",))


def test_length_is_bounded_with_a_note() -> None:
    read = decode("a" * (MAX_CHARS + 1))
    assert len(read.text) == MAX_CHARS
    assert "only the first" in read.notes[0]


def test_text_that_was_encoded_twice_is_decoded_twice_and_said_so() -> None:
    right = "“The ferry’s fares”, said Jürgen Möwe – “they’ll rise”."
    read = decode(right.encode().decode("latin-1").encode())
    assert read.text == right
    assert any("twice" in note for note in read.notes)


def test_a_few_odd_letters_are_left_alone() -> None:
    text = "Ã is a letter, and so are Â and â."
    assert decode(text.encode()).text == text
