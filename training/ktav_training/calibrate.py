"""How sure is sure: temperature, the threshold under which nothing is claimed, and how both were found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def energy_of(logits: np.ndarray) -> np.ndarray:
    """logsumexp: high for what the model knows, low for what it was taught to leave alone."""
    highest = logits.max(1)
    return highest + np.log(np.exp(logits - highest[:, None]).sum(1))


def fit_temperature(logits: np.ndarray, labels: np.ndarray, groups: np.ndarray) -> float:
    """The temperature with the least negative log likelihood, by golden section over its logarithm. groups: N names;
    each group weighs the same, or the largest source would say alone how sure the answers to all others are."""
    _, group, size = np.unique(groups, return_inverse=True, return_counts=True)
    weight = 1 / size[group]
    weight /= weight.sum()

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        return float((weight * (energy_of(scaled) - scaled[np.arange(len(labels)), labels])).sum())

    low, high = np.log(0.05), np.log(20.0)
    ratio = (np.sqrt(5) - 1) / 2
    for _ in range(60):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = 15) -> float:
    """Mean gap between confidence and accuracy over equal bins of confidence, weighted by their size
    (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017)."""
    top = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    index = np.minimum((top * bins).astype(int), bins - 1)
    gap = 0.0
    for i in range(bins):
        inside = index == i
        if inside.any():
            gap += inside.mean() * abs(top[inside].mean() - right[inside].mean())
    return float(gap)


@dataclass(frozen=True)
class Rejection:
    """false_alarm: part of the letters turned away; miss: part of what is no letter that passes, by its kind."""

    min_energy: float
    false_alarm: float
    miss: float
    miss_by_kind: dict[str, float]


def fit_rejection(letters: np.ndarray, others: np.ndarray, kinds: np.ndarray, false_alarm: float = 0.005) -> Rejection:
    """The energy below which at most `false_alarm` of the letters lie. letters and others: logits."""
    threshold = float(np.quantile(energy_of(letters), false_alarm))
    # Printed with few digits, so what is stated is what the rounded number does.
    threshold = round(threshold, 3)
    alarm, miss, by_kind = judge_rejection(threshold, letters, others, kinds)
    return Rejection(threshold, alarm, miss, by_kind)


def judge_rejection(
    threshold: float, letters: np.ndarray, others: np.ndarray, kinds: np.ndarray
) -> tuple[float, float, dict[str, float]]:
    passed = energy_of(others) >= threshold
    by_kind = {str(kind): float(passed[kinds == kind].mean()) for kind in np.unique(kinds)}
    return float((energy_of(letters) < threshold).mean()), float(passed.mean()) if len(passed) else 0.0, by_kind
