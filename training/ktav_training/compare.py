"""Two models on the same pictures: who is right more often, on the whole and letter by letter, and how sure that is.
Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .dataset import Rasters

FEWEST = 30
"""Held-out records of a letter, under which feedback does not judge that letter alone: one record would be more than
three points. They count in the whole. The base set judges every letter, however few its pictures."""

RESAMPLES = 2000


@dataclass(frozen=True)
class Change:
    """Accuracies, 0 to 1; low and high: 95 % paired bootstrap interval of candidate − serving, pictures of one writer (or
    batch, or one picture's views where no writer is known) drawn together. label: None for the whole."""

    label: str | None
    size: int
    serving: float
    candidate: float
    low: float
    high: float

    @property
    def points(self) -> float:
        return 100 * (self.candidate - self.serving)


@dataclass(frozen=True)
class Comparison:
    """clusters: how many writers, batches or single pictures were drawn from. judged: letters whose fall counts."""

    set: str
    clusters: int
    whole: Change
    letters: list[Change]
    judged: frozenset[str]


def clusters_of(rasters: Rasters) -> np.ndarray:
    """A number for each row; rows that are not independent of one another share it."""
    keys = np.where(rasters.writer == "-", rasters.path, np.char.add(np.char.add(rasters.source, "/"), rasters.writer))
    return np.unique(keys, return_inverse=True)[1]


def compare(
    name: str, rasters: Rasters, serving: np.ndarray, candidate: np.ndarray, names: list[str], seed: int
) -> Comparison:
    """serving, candidate: for each row whether it was read rightly."""
    cluster = clusters_of(rasters)
    count = int(cluster.max()) + 1
    rng = np.random.default_rng(seed)
    draws = rng.multinomial(count, np.full(count, 1 / count), RESAMPLES).astype(np.float64)
    difference = candidate.astype(np.float64) - serving

    def change(label: str | None, rows: np.ndarray) -> Change:
        gain = np.bincount(cluster[rows], difference[rows], count)
        size = np.bincount(cluster[rows], minlength=count).astype(np.float64)
        drawn = draws @ size
        # A draw may miss every writer who wrote this letter; it then says nothing about it.
        means = (draws @ gain)[drawn > 0] / drawn[drawn > 0]
        low, high = np.quantile(means, [0.025, 0.975])
        return Change(label, len(rows), float(serving[rows].mean()), float(candidate[rows].mean()), float(low), float(high))

    found = [(label, np.flatnonzero(rasters.labels == i)) for i, label in enumerate(names)]
    letters = [change(label, rows) for label, rows in found if len(rows)]
    fewest = FEWEST if name == "feedback" else 1
    judged = frozenset(one.label for one in letters if one.label is not None and one.size >= fewest)
    return Comparison(name, count, change(None, np.arange(len(rasters))), letters, judged)


def reasons_of(comparisons: list[Comparison], letter: float) -> list[str]:
    """Why a candidate is refused, in words; none where it passes. letter: points that a letter may fall by."""
    # Sums of the same numbers in another order may differ in their last digits.
    slack = 1e-9
    reasons = []
    for one in comparisons:
        if one.whole.points < -slack:
            reasons.append(f"{one.set}: the whole falls by {-one.whole.points:.2f} points ({interval(one.whole)})")
        for change in one.letters:
            if change.label in one.judged and change.points < -letter - slack:
                told = f"{change.label} falls by {-change.points:.2f} points of {change.size} ({interval(change)})"
                reasons.append(f"{one.set}: {told}")
    return reasons


def interval(change: Change) -> str:
    return f"95 % between {100 * change.low:+.2f} and {100 * change.high:+.2f}"
