"""The encoder's upper layers in torch, so that they can be trained; what comes out goes back into ``writethru.nlp.graph``."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from torch import nn
from torch.func import functional_call
from torch.nn import functional

from writethru.nlp.graph import HEADS, WIDTH
from writethru.nlp.weights import read_weights

INNER = 4 * WIDTH
DROPPED = 0.1


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), its parts named as the published weights are, with ``_`` for each dot."""

    def __init__(self) -> None:
        super().__init__()
        self.attention_self_query = nn.Linear(WIDTH, WIDTH)
        self.attention_self_key = nn.Linear(WIDTH, WIDTH)
        self.attention_self_value = nn.Linear(WIDTH, WIDTH)
        self.attention_output_dense = nn.Linear(WIDTH, WIDTH)
        self.attention_output_LayerNorm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.intermediate_dense = nn.Linear(WIDTH, INNER)
        self.output_dense = nn.Linear(INNER, WIDTH)
        self.output_LayerNorm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The next vectors.

        Args:
            x: passages by pieces by ``WIDTH``.
            mask: 0 for the pieces that are there, else a large negative; passages by 1 by 1 by pieces.
        """
        each, pieces, _ = x.shape
        parts = (self.attention_self_query(x), self.attention_self_key(x), self.attention_self_value(x))
        asked, key, value = (one.view(each, pieces, HEADS, WIDTH // HEADS).transpose(1, 2) for one in parts)
        score = torch.matmul(asked * (WIDTH // HEADS) ** -0.5, key.transpose(2, 3)) + mask
        mixed = torch.matmul(functional.softmax(score, -1), value)
        told = self.attention_output_dense(mixed.transpose(1, 2).reshape(each, pieces, WIDTH))
        x = self.attention_output_LayerNorm(x + self._thinned(told))
        told = self.output_dense(functional.gelu(self.intermediate_dense(x)))
        return self.output_LayerNorm(x + self._thinned(told))

    def _thinned(self, x: torch.Tensor) -> torch.Tensor:
        """Dropout, of the same places for all pieces of a passage: draws for each piece cost more than the products."""
        if not self.training:
            return x
        kept = (torch.rand(x.shape[0], 1, WIDTH) >= DROPPED).to(x.dtype)
        return x * (kept / (1 - DROPPED))


class Layers(nn.Module):
    """The layers from ``first`` on, as published, to go on from.

    Args:
        first: the lowest that is trained; those below stay as they are.
        last: the one behind the highest.
    """

    def __init__(self, first: int, last: int) -> None:
        super().__init__()
        self.numbers = range(first, last)
        self.layers = nn.ModuleList(Layer() for _ in self.numbers)
        published = read_weights()
        for name, tensor in self._named():
            with torch.no_grad():
                tensor.copy_(torch.from_numpy(np.array(published[name])))

    def forward(self, vectors: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The vectors behind the last layer of those before the first.

        Args:
            mask: 1 for the pieces that are there; passages by pieces.
        """
        hidden = ((1 - mask) * -1e4)[:, None, None, :].bfloat16()
        state = vectors.bfloat16()
        for layer in self.layers:
            part = {name: tensor.bfloat16() for name, tensor in layer.named_parameters()}
            state = functional_call(layer, part, (state, hidden))
        return state.float()

    def changed(self) -> dict[str, np.ndarray]:
        """The weights by the names that they have where they were published."""
        return {name: tensor.detach().numpy() for name, tensor in self._named()}

    def _named(self) -> Iterable[tuple[str, torch.Tensor]]:
        for number, layer in zip(self.numbers, self.layers, strict=True):
            for name, tensor in layer.named_parameters():
                yield f"encoder.layer.{number}.{_dotted(name)}", tensor


def _dotted(name: str) -> str:
    """The published name of a part: ``attention_output_LayerNorm.bias`` is ``attention.output.LayerNorm.bias``."""
    return name.replace("_", ".")
