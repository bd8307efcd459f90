"""Writers as adaptation on the device sees them: what their verified letters say of the others.

The arithmetic is that of src/insight/adaptation.ts, here with gradients.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .command import read_json

SHARPNESS = 12.0
LINE_WIDTH = 0.25
PEN_WIDTH = 0.3


@dataclass(frozen=True)
class Hand:
    """One writer's letters. model: logarithms of probabilities (letters × classes); alike and size: likeness of each two
    letters by embedding, and by their place on the line or the pen's thickness; shape: as shapeOf() gives it."""

    name: str
    split: str
    labels: np.ndarray
    model: Tensor
    shape: Tensor
    alike: Tensor
    size: Tensor

    @property
    def classes(self) -> int:
        return self.model.shape[1]

    def wrong(self) -> float:
        """The part that the model alone reads wrongly."""
        return float((self.model.argmax(1).numpy() != self.labels).mean())


def read_hands(folder: Path) -> list[Hand]:
    """All writers of a folder that training/adaptation/looks.ts wrote, by name."""
    said = read_json(folder / "looks.json")
    numbers = np.fromfile(folder / "looks.f32", "<f4").reshape(len(said["rows"]), -1)
    ends = np.cumsum(list(said["columns"].values()))
    columns = dict(zip(said["columns"], np.split(torch.from_numpy(numbers), ends[:-1], axis=1), strict=True))
    writers = np.array([row[1] for row in said["rows"]])
    labels = np.array([row[2] for row in said["rows"]])
    splits = np.array([row[0] for row in said["rows"]])
    hands = []
    for name in sorted(set(writers)):
        own = np.flatnonzero(writers == name)
        part = {column: values[own] for column, values in columns.items()}
        known = bool((part["cue"][:, 0] == 1).all() and (part["cue"][:, 2] == 1).all())
        size = _near(part["cue"][:, [1, 3]], LINE_WIDTH) if known else _near(part["pen"], PEN_WIDTH)
        alike = part["embedding"] @ part["embedding"].T
        hands.append(Hand(name, str(splits[own[0]]), labels[own], part["model"], part["shape"], alike, size))
    return hands


def _near(places: Tensor, width: float) -> Tensor:
    return torch.exp(-((places[:, None] - places[None]) ** 2).sum(2) / (2 * width**2))


def each_letter(hand: Hand, most: int, order: np.ndarray) -> np.ndarray:
    """The first so many letters of each label, in this order."""
    return np.concatenate([order[hand.labels[order] == label][:most] for label in range(hand.classes)])


def terms(hand: Hand, ink: Tensor, verified: np.ndarray, asked: np.ndarray) -> Tensor:
    """asked × classes × 8, as termsOf() has them. ink: likeness of each two letters of the hand."""
    known = torch.nn.functional.one_hot(torch.from_numpy(hand.labels[verified]), hand.classes).to(ink.dtype)
    count = known.sum(0)
    weight = (2 * count / (2 * count + 1)).expand(len(asked), -1)
    covered = (count > 0).to(ink.dtype).mean() ** 2

    def near(likeness: Tensor) -> Tensor:
        sums = torch.exp(SHARPNESS * (likeness[asked][:, verified] - 1)) @ known
        return torch.where(count > 0, 1 + torch.log(sums / count.clamp(min=1) + 1e-30) / SHARPNESS, 0.0)

    said = (hand.model[asked], weight * near(ink), weight * near(hand.size), weight)
    return torch.stack([one for term in said for one in (term, covered * term)], dim=-1)
