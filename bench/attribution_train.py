"""Trains the tagger of attributions (needs torch, which is no dependency: only who trains it needs that).

python -m bench attribution_train --texts TRAIN.jsonl --out FOLDER [--epochs N] [--seed N] [--minutes M]

Texts are JSON Lines with ``text`` and ``attributions`` (``source``, ``cue``, ``content``: lists of character spans). The
encoder's lower layers stay as they are, and as they run in use (8 bits), so that a text's vectors are worked out once; a head
on them marks cues, and then for each cue its source and content. State is kept in FOLDER: a run that was broken off
(``--minutes``) goes on where it ended and gives the same weights. When all passes are done, the share that the head tells is
calibrated on the rows that are ``held`` out (Platt 1999), and FOLDER/attribution.npz is what ships.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bench.attribution_calibration import read_rows, written
from bench.attribution_layers import Layers
from writethru.nlp.encoder import Encoding
from writethru.nlp.graph import FIXED, LAYERS, WIDTH
from writethru.nlp.packed import packed
from writethru.nlp.passages import Passage, passages_of
from writethru.nlp.tagging import DISTANCES, SIGNALS, WIDTH_HEAD, Parts, signals
from writethru.nlp.weights import read_vocabulary
from writethru.nlp.wordpiece import WordPiece
from writethru.reuse.quoting import plain_marks

BATCH_PIECES = 1_000


@dataclass(frozen=True)
class Example:
    """A passage with its cues: the pieces of each, and the tag of every piece for it (O, B/I source, B/I content)."""

    passage: Passage
    cues: tuple[tuple[tuple[int, int], tuple[int, ...]], ...]
    weight: float = 1.0
    vectors: Any = None


def pieces_in(passage: Passage, span: Sequence[int]) -> tuple[int, int] | None:
    """The pieces that a span of characters touches, None for none."""
    inside = [at for at, (a, b) in enumerate(passage.spans) if a < span[1] and span[0] < b]
    return (inside[0], inside[-1] + 1) if inside else None


def examples(row: Mapping[str, Any], cutter: WordPiece) -> list[Example]:
    """The marked passages of a text."""
    found = []
    for passage in passages_of(plain_marks(row["text"]), cutter):
        cues: dict[tuple[int, int], list[int]] = {}
        for one in row["attributions"]:
            if not one["cue"]:
                continue
            cue = pieces_in(passage, (one["cue"][0][0], one["cue"][-1][1]))
            if cue is None:
                continue
            tags = cues.setdefault(cue, [0] * len(passage.numbers))
            for spans, begin in ((one["content"], 3), (one["source"], 1)):
                for span in spans:
                    place = pieces_in(passage, span)
                    if place is not None:
                        tags[place[0] : place[1]] = [begin] + [begin + 1] * (place[1] - place[0] - 1)
        found.append(Example(passage, tuple((cue, tuple(tags)) for cue, tags in cues.items()), row.get("weight", 1.0)))
    return found


def with_vectors(some: Sequence[Example], path: Path, fixed: int = FIXED) -> list[Example]:
    """The passages with what the lower layers, ``fixed`` of them, give for them, worked out once and kept in 16 bits."""
    sizes = [len(one.passage.numbers) + 2 for one in some]
    ends = np.cumsum(sizes)
    if not path.exists():
        lower = Encoding.of_layers(fixed)
        kept = np.lib.format.open_memmap(path.with_suffix(".part"), "w+", np.float16, (int(ends[-1]), WIDTH))
        for one, end, size in zip(some, ends, sizes, strict=True):
            kept[end - size : end] = lower.vectors(one.passage.numbers)
        kept.flush()
        path.with_suffix(".part").rename(path)
    kept = np.load(path, mmap_mode="r")
    return [replace(one, vectors=kept[end - size : end]) for one, end, size in zip(some, ends, sizes, strict=True)]


class Head(nn.Module):
    """Marks cues, then a source and content for each; ``writethru.nlp.tagging`` runs the same without torch."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Conv1d(WIDTH, WIDTH_HEAD, 3, padding=1)
        self.cue = nn.Linear(WIDTH_HEAD, 3)
        self.piece = nn.Linear(WIDTH, WIDTH_HEAD)
        self.about = nn.Linear(WIDTH, WIDTH_HEAD)
        self.distance = nn.Embedding(DISTANCES, WIDTH_HEAD)
        self.signal = nn.Linear(SIGNALS, WIDTH_HEAD)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(WIDTH_HEAD, WIDTH_HEAD, 3, padding=step, dilation=step) for step in (1, 2, 4, 8)
        )
        self.tags = nn.Linear(WIDTH_HEAD, 5)

    def cues(self, vectors: torch.Tensor) -> torch.Tensor:
        """Outside, beginning and inside of a cue, for all pieces."""
        return self.cue(functional.gelu(self.near(vectors.transpose(1, 2)).transpose(1, 2)))

    def forward(self, vectors: torch.Tensor, cue: torch.Tensor, parts: Parts, mask: torch.Tensor) -> torch.Tensor:
        """Tags of all pieces for each cue.

        Args:
            vectors: of the passage of each cue.
            cue: the mean vector of each cue.
        """
        x = self.piece(vectors) + self.about(cue)[:, None]
        x = functional.gelu(x + self.distance(parts.distances) + self.signal(parts.signals)) * mask[..., None]
        for one in self.convolutions:
            told = functional.gelu(one(x.transpose(1, 2)).transpose(1, 2))
            x = (x + functional.dropout(told, 0.1, self.training)) * mask[..., None]
        return self.tags(x)


class Tagger(nn.Module):
    """The head, and the encoder's upper layers where they are trained with it.

    Args:
        first: the lowest layer that is trained; ``None`` for none, and the head stands on the ``FIXED`` lower ones.
    """

    def __init__(self, first: int | None = None) -> None:
        super().__init__()
        self.head = Head()
        self.layers = None if first is None else Layers(first, LAYERS)

    def vectors(self, below: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """What the head reads, of what the layers below gave."""
        told = below if self.layers is None else self.layers(below, mask)
        return functional.dropout(told, 0.1, self.training)

    def exported(self) -> dict[str, np.ndarray]:
        """What ships."""
        head = {name: tensor.numpy() for name, tensor in self.head.state_dict().items()}
        return packed(head, {} if self.layers is None else self.layers.changed())


def batches(some: Sequence[Example], seed: int) -> Iterator[list[Example]]:
    """All passages once, those of like length together."""
    draw = random.Random(seed)
    order = sorted(some, key=lambda one: len(one.passage.numbers) + draw.random() * 12)
    found: list[list[Example]] = [[]]
    for one in order:
        longest = len(one.passage.numbers) + 2
        if found[-1] and longest * (len(found[-1]) + 1) > BATCH_PIECES:
            found.append([])
        found[-1].append(one)
    draw.shuffle(found)
    yield from found


def padded(rows: Sequence[Sequence[Any]], length: int, fill: Any) -> torch.Tensor:
    """Rows of one length, one place after their first piece."""
    return torch.tensor([[fill, *row, *[fill] * (length - 1 - len(row))] for row in rows])


def loss_of(tagger: Tagger, batch: Sequence[Example]) -> torch.Tensor:
    """The loss of one batch."""
    length = max(len(one.passage.numbers) for one in batch) + 2
    vectors = torch.zeros(len(batch), length, WIDTH)
    mask = torch.zeros(len(batch), length)
    for at, one in enumerate(batch):
        size = len(one.passage.numbers) + 2
        vectors[at, :size] = torch.from_numpy(one.vectors.astype(np.float32))
        mask[at, :size] = 1
    vectors = tagger.vectors(vectors, mask)
    weights = torch.tensor([one.weight for one in batch])
    marks = []
    for one in batch:
        row = [0] * len(one.passage.numbers)
        for (a, b), _ in one.cues:
            row[a:b] = [1] + [2] * (b - a - 1)
        marks.append(row)
    told = functional.cross_entropy(
        tagger.head.cues(vectors).transpose(1, 2), padded(marks, length, -100), reduction="none"
    )
    lost = (told * weights[:, None]).sum() / mask.sum() * 8
    places = [(at, cue, tags) for at, one in enumerate(batch) for cue, tags in one.cues]
    if not places:
        return lost
    index = torch.tensor([at for at, _, _ in places])
    mean = torch.stack([vectors[at, a + 1 : b + 1].mean(0) for at, (a, b), _ in places])
    each = [signals(batch[at].passage, cue) for at, cue, _ in places]
    parts = Parts(padded([one.distances for one in each], length, 0),
                  torch.from_numpy(np.stack([np.pad(one.signals, ((1, length - 1 - len(one.signals)), (0, 0))) for one in each])))  # fmt: skip
    inside = padded([[1.0] * len(tags) for _, _, tags in places], length, 0.0)
    tags = tagger.head(vectors[index], mean, parts, inside)
    told = functional.cross_entropy(
        tags.transpose(1, 2), padded([list(tags) for _, _, tags in places], length, -100), reduction="none"
    )
    return lost + (told.sum(1) / inside.sum(1) * weights[index]).mean()


@dataclass
class Run:
    """A run that can go on: passages, model, place."""

    tagger: Tagger
    optimizer: torch.optim.Optimizer
    folder: Path
    step: int = 0
    stop: int = 0

    def go(self, some: Sequence[Example], epochs: int, minutes: float) -> bool:
        """Train; True when all epochs are done, or as many batches as were asked for."""
        per_epoch = sum(1 for _ in batches(some, 0))
        total, begun, lost = per_epoch * epochs, time.monotonic(), 0.0
        place = 0  # counted, as a pass may have a batch more or less than another
        for epoch in range(epochs):
            for batch in batches(some, epoch):
                place += 1
                if place <= self.step:
                    continue
                if self.stop and self.step >= self.stop:
                    self.save()
                    return True
                if time.monotonic() - begun > 60 * minutes:
                    self.save()
                    return False
                lost = 0.98 * lost + 0.02 * self._one(batch, self.step / total)
                if self.step % 100 == 0:
                    print(
                        epoch, self.step, "of", total, round(lost, 4), round(time.monotonic() - begun), "s", flush=True
                    )
        self.save()
        return True

    def _one(self, batch: Sequence[Example], done: float) -> float:
        share = min(1.0, (self.step + 1) / 60) * max(0.02, 1 - done)
        for group in self.optimizer.param_groups:
            group["lr"] = group["full"] * share
        self.tagger.train()
        loss = loss_of(self.tagger, batch)
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        return float(loss.detach())

    def save(self) -> None:
        """What a run goes on from: the draws of dropout too, so that one broken off ends as one that was not."""
        state = {"tagger": self.tagger.state_dict(), "optimizer": self.optimizer.state_dict(), "step": self.step}
        torch.save({**state, "draws": torch.get_rng_state()}, self.folder / "state.pt")

    def load(self) -> None:
        """Go on from what is kept."""
        if (self.folder / "state.pt").exists():
            state = torch.load(self.folder / "state.pt")
            self.tagger.load_state_dict(state["tagger"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step = state["step"]
            torch.set_rng_state(state["draws"])


def optimizer_of(tagger: Tagger, rate: float, layers_rate: float) -> torch.optim.Optimizer:
    """One with a rate for the head, and a lower one for what was trained before."""
    groups = [{"params": list(tagger.head.parameters()), "full": rate}]
    if tagger.layers is not None:
        groups.append({"params": list(tagger.layers.parameters()), "full": layers_rate})
    return torch.optim.AdamW(groups, weight_decay=0.01)


@dataclass(frozen=True)
class Plan:
    """How a tagger is trained.

    Attributes:
        out: folder of what is kept.
        first: the lowest of the encoder's layers that is trained, ``None`` for none.
        epochs: passes.
        minutes: after which it is broken off; the same plan goes on.
        rate: of the head.
        layers_rate: of the encoder's layers.
        seed: of every draw.
        threads: other than before gives other last digits.
        stop: batches after which it ends, the rates falling as for all of them; 0 to do all.
        begin: folder of a run of the same ``first`` whose weights it begins with; ``None`` for the published ones.
    """

    out: Path
    first: int | None
    epochs: int = 6
    minutes: float = 240
    rate: float = 2e-3
    layers_rate: float = 1e-4
    seed: int = 7
    threads: int = 1
    stop: int = 0
    begin: Path | None = None


def trained(rows: Sequence[Mapping[str, Any]], plan: Plan) -> bool:
    """Train on the rows that are not ``held``, calibrate on those that are; False where it was broken off."""
    plan.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    cutter = WordPiece(read_vocabulary())
    kept = [one for row in rows if not row.get("held") for one in examples(row, cutter)]
    some = [one for one in kept if len(one.passage.numbers) > 3]
    pieces, cues = sum(len(one.passage.numbers) for one in some), sum(len(one.cues) for one in some)
    print(len(some), "passages", pieces, "pieces", cues, "cues", flush=True)
    some = with_vectors(some, plan.out / "below.npy", FIXED if plan.first is None else plan.first)
    tagger = Tagger(plan.first)
    if plan.begin is not None:
        tagger.load_state_dict(torch.load(plan.begin / "state.pt")["tagger"])
    run = Run(tagger, optimizer_of(tagger, plan.rate, plan.layers_rate), plan.out, stop=plan.stop)
    run.load()
    done = run.go(some, plan.epochs, plan.minutes)
    print("done" if done else "to go on", run.step, "CPU", round(time.process_time()), "s")
    if done:
        written(tagger.exported(), [row for row in rows if row.get("held")], plan.out / "attribution.npz")
    return done


def plan_of(parser: argparse.ArgumentParser, **usual: float) -> tuple[Plan, dict[str, Any]]:
    """The plan that a command's options tell, and the options that are none of it.

    Args:
        usual: defaults in the place of the plan's own.
    """
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--first", type=int, help="the lowest layer of the encoder (0 to 5) that is trained; not told: none"
    )
    parser.add_argument("--begin", type=Path, help="folder of a run with whose weights it begins")
    for one, kind in (("epochs", int), ("minutes", float), ("rate", float), ("layers_rate", float), ("seed", int), ("threads", int), ("stop", int)):  # fmt: skip
        parser.add_argument(f"--{one.replace('_', '-')}", type=kind, default=usual.get(one, getattr(Plan, one)))
    options = vars(parser.parse_args())
    return Plan(**{one.name: options.pop(one.name) for one in fields(Plan)}), options


def main() -> None:
    """Train, calibrate, and keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, action="append", required=True)
    plan, options = plan_of(parser)
    trained([row for path in options["texts"] for row in read_rows(path)], plan)


if __name__ == "__main__":
    main()
