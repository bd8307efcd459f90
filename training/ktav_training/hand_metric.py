"""A metric for the shape of ink that tells letters of one hand apart and lets what makes hands differ go by.

Between two shapes the app takes the cosine. Half of what that sees is chance: a stroke begun a little lower, a pen that
slipped. Which directions are chance and which tell a letter is the same in all hands, so it is learnt from those of the
training set, and a new hand has the use of it from its first sample on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .hands import Hand, each_letter, nearness

LEVELS = 24
"""Numbers are kept as whole ones from -24 to 24, each a printable character."""

MIDDLE = ord("B")


@dataclass(frozen=True)
class MetricRecipe:
    size: int = 64
    epochs: int = 30
    rate: float = 1e-3
    dropped: float = 0.2
    """So many of a shape's numbers are left out, others at each step, so that no letter hangs on a few of them."""
    trust: float = 0.6
    """How far the model is believed while the metric learns: these are the writers that it was trained on itself."""
    seed: int = 0


@dataclass(frozen=True)
class HandMetric:
    """rows: size × the shape's numbers; offsets: the mean shape's own, taken away."""

    rows: Tensor
    offsets: Tensor

    def ink(self, hand: Hand) -> Tensor:
        """How alike each two letters are, half by embedding, half by shape."""
        return _ink(hand, self.places(hand))

    def places(self, hand: Hand) -> Tensor:
        """Where its shapes lie, each of length 1."""
        return _of_length_one(hand.shape @ self.rows.T - self.offsets)


def learn_metric(hands: list[Hand], recipe: MetricRecipe) -> HandMetric:
    """From Fisher's discriminants, by gradients of what the whole mix says of the other letters of a hand of which one or
    three of each are verified (episodes: Vinyals et al., 2016)."""
    torch.manual_seed(recipe.seed)
    random = np.random.default_rng(recipe.seed)
    mean = torch.cat([hand.shape for hand in hands]).mean(0)
    rows = _discriminants(hands, recipe.size).requires_grad_()
    factors = torch.tensor([12.0, 4.5, -13.0], requires_grad=True)
    optimiser = torch.optim.Adam([{"params": [rows], "lr": recipe.rate}, {"params": [factors], "lr": 20 * recipe.rate}])
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, recipe.epochs * len(hands))
    for _ in range(recipe.epochs):
        for at in random.permutation(len(hands)):
            hand = hands[at]
            order = random.permutation(len(hand.labels))
            left = torch.rand(len(mean)) >= recipe.dropped
            ink = _ink(hand, _of_length_one((hand.shape - mean) * left @ rows.T))
            rule = torch.cat([torch.tensor([recipe.trust]), factors])
            loss = sum(_loss(hand, ink, each_letter(hand, most, order), rule) for most in (1, 3))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            slower.step()
    return rounded(rows.detach(), mean)


def _loss(hand: Hand, ink: Tensor, verified: np.ndarray, rule: Tensor) -> Tensor:
    asked = np.setdiff1d(np.arange(len(hand.labels)), verified)
    # Nearly every letter has a sample here, so what coverage changes of the terms would say the same again.
    scores = nearness(hand, ink, verified, asked) @ rule
    return torch.nn.functional.cross_entropy(scores, torch.from_numpy(hand.labels[asked]))


def _ink(hand: Hand, places: Tensor) -> Tensor:
    return (places @ places.T + hand.alike) / 2


def _of_length_one(places: Tensor) -> Tensor:
    return places / places.norm(dim=1, keepdim=True).clamp(min=1e-6)


def _discriminants(hands: list[Hand], size: int) -> Tensor:
    """Directions in which the letters of a hand lie far apart for how much each wavers (Fisher, 1936; Rao, 1948)."""
    within, between = [], []
    for hand in hands:
        shapes = hand.shape.double().numpy()
        letters = [shapes[hand.labels == label] for label in np.unique(hand.labels)]
        means = np.stack([letter.mean(0) for letter in letters])
        within += [letter - mean for letter, mean in zip(letters, means, strict=True)]
        between.append(means - means.mean(0))
    wavering = _spread(within)
    wavering += np.eye(len(wavering)) * np.trace(wavering) / len(wavering)
    back = np.linalg.inv(np.linalg.cholesky(wavering))
    _, axes = np.linalg.eigh(back @ _spread(between) @ back.T)
    rows = axes[:, ::-1][:, :size].T @ back
    return torch.from_numpy(rows * np.sqrt(size) / np.linalg.norm(rows)).float()


def _spread(parts: list[np.ndarray]) -> np.ndarray:
    every = np.concatenate(parts)
    return every.T @ every / len(every)


def rounded(rows: Tensor, mean: Tensor) -> HandMetric:
    """As the app will have it. One number in a thousand is the largest that is kept; a cosine does not ask for scale."""
    step = torch.quantile(rows.abs().flatten(), 0.999) / LEVELS
    whole = (rows / step).round().clamp(-LEVELS, LEVELS)
    return HandMetric(whole, (whole @ mean * 1000).round() / 1000)


def as_module(metric: HandMetric) -> str:
    """src/insight/hand-metric.ts."""
    lines = ["".join(chr(MIDDLE + int(number)) for number in row) for row in metric.rows]
    offsets = " ".join(f"{number:g}" for number in metric.offsets.double().round(decimals=3).tolist())
    return "\n".join(
        [
            "/** Made by training/ktav_training/fit_hand.py, for metricOf() of adaptation-metric.ts; not by hand. */",
            "export const offsets =",
            f"  '{offsets}';",
            "",
            "export const rows = [",
            *(f"  '{line}'," for line in lines),
            "];",
            "",
        ]
    )


def read_module(text: str) -> HandMetric:
    """What as_module() wrote."""
    offsets, *rows = re.findall(r"^  '(.*)'[,;]$", text, re.MULTILINE)
    whole = torch.tensor([[ord(one) - MIDDLE for one in row] for row in rows], dtype=torch.float32)
    return HandMetric(whole, torch.tensor([float(one) for one in offsets.split(" ")]))
