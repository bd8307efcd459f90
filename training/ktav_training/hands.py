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
from .usual import Usual

SHARPNESS = 12.0
PEN_WIDTH = 0.3


@dataclass(frozen=True)
class Hand:
    """One writer's letters. model: logarithms of probabilities (letters × classes); alike and pen: likeness of each two
    letters by embedding, and by the pen's thickness; shape: as shapeOf() gives it; places: height and depth on the line,
    None where no line is known."""

    name: str
    split: str
    labels: np.ndarray
    model: Tensor
    shape: Tensor
    alike: Tensor
    pen: Tensor
    places: np.ndarray | None = None

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
        places = part["cue"][:, [1, 3]].double().numpy() if known else None
        pen = torch.exp(-((part["pen"] - part["pen"].T) ** 2) / (2 * PEN_WIDTH**2))
        alike = part["embedding"] @ part["embedding"].T
        hands.append(Hand(name, str(splits[own[0]]), labels[own], part["model"], part["shape"], alike, pen, places))
    return hands


def each_letter(hand: Hand, most: int, order: np.ndarray) -> np.ndarray:
    """The first so many letters of each label, in this order."""
    return np.concatenate([order[hand.labels[order] == label][:most] for label in range(hand.classes)])


@dataclass(frozen=True)
class Seen:
    """A hand with what is known of all hands. ink: how alike each two of its letters are; at: where their shapes lie by
    the metric; shapes and lines: what is usual of such places, and of places on the line for a hand that has one."""

    hand: Hand
    ink: Tensor
    at: np.ndarray
    shapes: Usual
    lines: Usual | None


def terms(seen: Seen, verified: np.ndarray, asked: np.ndarray) -> Tensor:
    """asked × classes × 9, as termsOf() has them."""
    hand = seen.hand
    model, weight, covered, ink, size = _weighed(hand, seen.ink, verified, asked)
    labels = hand.labels[verified]
    if hand.places is not None and seen.lines is not None:
        size = torch.from_numpy(seen.lines.says(hand.places[verified], labels, hand.places[asked])).to(ink.dtype)
    shape = torch.from_numpy(seen.shapes.says(seen.at[verified], labels, seen.at[asked])).to(ink.dtype)
    said = (model, weight * model, ink, covered * ink, size, covered * size, weight, covered * weight, shape)
    return torch.stack(said, dim=-1)


def nearness(hand: Hand, ink: Tensor, verified: np.ndarray, asked: np.ndarray) -> Tensor:
    """asked × classes × 4: the model, how near the samples are in ink and by their pen, and how much they weigh."""
    model, weight, _, near, pen = _weighed(hand, ink, verified, asked)
    return torch.stack((model, near, pen, weight), dim=-1)


def _weighed(
    hand: Hand, ink: Tensor, verified: np.ndarray, asked: np.ndarray
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """What the model says, weight and coverage of the samples, and how near they are in ink and by pen as they weigh."""
    known = torch.nn.functional.one_hot(torch.from_numpy(hand.labels[verified]), hand.classes).to(ink.dtype)
    count = known.sum(0)
    weight = (2 * count / (2 * count + 1)).expand(len(asked), -1)
    covered = (count > 0).to(ink.dtype).mean() ** 2

    def near(likeness: Tensor) -> Tensor:
        sums = torch.exp(SHARPNESS * (likeness[asked][:, verified] - 1)) @ known
        return torch.where(count > 0, 1 + torch.log(sums / count.clamp(min=1) + 1e-30) / SHARPNESS, 0.0)

    return hand.model[asked], weight, covered, weight * near(ink), weight * near(hand.pen)
