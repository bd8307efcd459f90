"""Figures of a package's files on writers that training never saw: the files themselves, run by ONNX Runtime."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime

from .calibrate import expected_calibration_error, softmax
from .dataset import Rasters


def run_file(model: bytes, rasters: Rasters, known_line: bool, fused: bool = True) -> np.ndarray:
    """Logits N × classes. Not fused: operator by operator as the file says, which sums in another order."""
    options = onnxruntime.SessionOptions()
    if not fused:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    out = []
    for start in range(0, len(rasters), 256):
        picture = rasters.pictures[start : start + 256, None].astype(np.float32) / np.float32(255)
        line = rasters.cues[start : start + 256] * np.float32(known_line)
        out.append(session.run(["logits"], {"picture": picture, "line": line})[0])
    return np.concatenate(out)


@dataclass(frozen=True)
class Figures:
    size: int
    top1: float
    top3: float
    ece: float
    per_label: dict[str, float]
    confusion: np.ndarray


def figures_of(logits: np.ndarray, labels: np.ndarray, names: list[str], temperature: float) -> Figures:
    order = np.argsort(-logits, 1, kind="stable")[:, :3]
    hits = order == labels[:, None]
    confusion = np.zeros((len(names), len(names)), int)
    np.add.at(confusion, (labels, order[:, 0]), 1)
    per_label = {
        name: float(confusion[i, i] / confusion[i].sum()) for i, name in enumerate(names) if confusion[i].sum()
    }
    ece = expected_calibration_error(softmax(logits / temperature), labels)
    return Figures(len(labels), float(hits[:, 0].mean()), float(hits.any(1).mean()), ece, per_label, confusion)


def worst_pairs(confusion: np.ndarray, letters: list[str], count: int = 12) -> list[str]:
    """The commonest mistakes, "ו read as ן: 5.1 % of 117"."""
    wrong = confusion.astype(float)
    np.fill_diagonal(wrong, 0)
    order = np.dstack(np.unravel_index(np.argsort(-wrong, axis=None), wrong.shape))[0][:count]
    return [
        f"{letters[a]} read as {letters[b]}: {wrong[a, b] / confusion[a].sum():.1%} of {confusion[a].sum()}"
        for a, b in order
        if wrong[a, b] > 0
    ]
