"""The encoder for tests, its graph in a folder of its own; skipped where the extra is not installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from writethru.nlp.weights import PACKAGE

MISSING = [name for name in ("numpy", "onnxruntime", PACKAGE) if find_spec(name) is None]


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder."""
    if MISSING:
        pytest.skip(f"NOT TESTED: the extra [nlp] is not installed ({', '.join(MISSING)} missing)")
    return tmp_path_factory.mktemp("graphs")


@pytest.fixture
def encoder_files(graphs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The encoder can be loaded, and keeps its graph there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(graphs))
    return graphs
