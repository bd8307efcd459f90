"""What is usual of letters in all hands, so that a few samples of one hand say how it differs.

A letter of a hand lies about a mean of its own, and that mean about the one of all hands. Both spreads are much the same
for all letters, so they are learnt once, on axes along which both are independent and the first is 1. The arithmetic of
what samples then say is that of src/insight/adaptation-usual.ts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Usual:
    """axes: dimensions × what is measured; between: a variance for each axis; letters: where each lies along the axes;
    anywhere: the part of a letter's density (1 at the top, were its mean known) that may lie anywhere."""

    axes: np.ndarray
    between: np.ndarray
    letters: np.ndarray
    anywhere: float

    def says(self, places: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """asked × letters: log p(asked | the samples at places) − log p(asked | any hand); 0 for a letter without."""
        samples, at = places @ self.axes.T, asked @ self.axes.T
        said = np.zeros((len(asked), len(self.letters)))
        for letter in np.unique(labels):
            own = samples[labels == letter]
            left = self.between / (1 + len(own) * self.between)
            mean = left * (self.letters[letter] / self.between + own.sum(0))
            said[:, letter] = self._log_density(at, mean, left)
            said[:, letter] -= self._log_density(at, self.letters[letter], self.between)
        return said

    def _log_density(self, at: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
        spread = 1 + variance
        log = -((at - mean) ** 2 / spread + np.log(spread)).sum(1) / 2
        return np.log(np.exp(log) + self.anywhere) if self.anywhere > 0 else log


def learn_usual(hands: Sequence[tuple[np.ndarray, np.ndarray]], wavering: float, anywhere: float, decimals: int) -> Usual:
    """hands: of each the places (letters × measured) and the labels, which count from 0 and of which none may be missing
    in all hands. wavering: how much more a letter wavers than in these hands, as a variance. decimals: of the axes
    and of where letters lie."""
    places, labels = (np.concatenate(parts) for parts in zip(*hands, strict=True))
    usual = np.stack([places[labels == letter].mean(0) for letter in range(labels.max() + 1)])
    within, between = [], []
    for own, of in hands:
        for letter in np.unique(of):
            written = own[of == letter]
            if len(written) < 2:
                continue
            chance = np.atleast_2d(np.cov(written.T))
            away = written.mean(0) - usual[letter]
            within.append(chance)
            # Of how far a mean of few lies away, a part is chance.
            between.append(np.outer(away, away) - chance / len(written))
    back = np.linalg.inv(np.linalg.cholesky(wavering * np.mean(within, 0)))
    variances, turn = np.linalg.eigh(back @ np.mean(between, 0) @ back.T)
    axes = (turn.T @ back).round(decimals)
    return Usual(axes, variances.clip(0.01).round(3), (usual @ axes.T).round(decimals), anywhere)


def as_module(name: str, usual: Usual, letters: Sequence[str]) -> str:
    """src/insight/hand-lines.ts and hand-shapes.ts."""

    def row(numbers: np.ndarray) -> str:
        return f"'{' '.join(f'{number:g}' for number in numbers + 0.0)}'"

    lines = [
        "/** Made by training/ktav_training/fit_hand.py, for witnessOf() of adaptation-usual.ts; not by hand. */",
        "import type { Usual } from './adaptation-usual.ts';",
        "",
        f"export const {name}: Usual = {{",
        "  axes: [",
        *(f"    {row(axis)}," for axis in usual.axes),
        "  ],",
        f"  between: {row(usual.between)},",
        f"  anywhere: {usual.anywhere:g},",
        "  letters: {",
        *(f"    {_key(letter)}: {row(place)}," for letter, place in zip(letters, usual.letters, strict=True)),
        "  },",
        "};",
        "",
    ]
    return "\n".join(lines)


def _key(letter: str) -> str:
    return letter if letter.isalpha() else f"'{letter}'"
