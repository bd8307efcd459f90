"""From a trained Reader to the numbers that travel: folded convolutions, int8 weights, ranges of activations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .network import Block, Reader, fold


LEVELS = 63
"""Largest integer of a weight. Seven bits of the eight: the packed bytes compress by an eighth, and processors whose
int8 instructions saturate in 16 bits (x86 before VNNI) give the same answers as all others."""


@dataclass(frozen=True)
class Weights:
    """values: float32, exactly scale × integers; scale: one for each output; integers: int8, of the same shape."""

    values: np.ndarray
    scale: np.ndarray
    integers: np.ndarray


def to_int8(weight: np.ndarray) -> Weights:
    """Symmetric, per output channel (axis 0). The scale with the least squared error is looked for, as clipping a
    rare large weight can make all others finer."""
    rows = weight.reshape(len(weight), -1).astype(np.float64)
    largest = np.abs(rows).max(1) + 1e-12
    best_scale, best_error = largest / LEVELS, np.full(len(rows), np.inf)
    for part in np.linspace(0.6, 1.0, 21):
        scale = (largest * part / LEVELS).astype(np.float32).astype(np.float64)
        rounded = np.clip(np.round(rows / scale[:, None]), -LEVELS, LEVELS)
        error = ((rounded * scale[:, None] - rows) ** 2).sum(1)
        better = error < best_error
        best_scale, best_error = np.where(better, scale, best_scale), np.where(better, error, best_error)
    scale = best_scale.astype(np.float32)
    integers = np.clip(np.round(rows / scale[:, None]), -LEVELS, LEVELS).astype(np.int8)
    # float32 × float32 rounds once, as Math.fround(scale * integer) does in the browser.
    values = scale[:, None] * integers.astype(np.float32)
    return Weights(values.reshape(weight.shape), scale, integers.reshape(weight.shape))


@dataclass(frozen=True)
class Range:
    """An activation as one byte: value = scale × (byte − zero)."""

    scale: float
    zero: int


def range_of(low: float, high: float) -> Range:
    low, high = min(low, 0.0), max(high, 0.0)
    scale = np.float32(max(high - low, 1e-6) / 255)
    return Range(float(scale), int(np.clip(round(-low / float(scale)), 0, 255)))


@dataclass(frozen=True)
class Conv:
    """bias stays float32; stride 1 or 2; pad keeps the place of the middle of the kernel."""

    name: str
    weights: Weights
    bias: np.ndarray
    stride: int
    pad: int


def _array(tensor: Tensor) -> np.ndarray:
    return tensor.detach().float().cpu().numpy().copy()


def _conv(name: str, conv: torch.nn.Conv2d, norm: torch.nn.BatchNorm2d) -> Conv:
    weight, bias = fold(conv, norm)
    return Conv(name, to_int8(_array(weight)), _array(bias), conv.stride[0], conv.padding[0])


@dataclass(frozen=True)
class FoldedBlock:
    conv1: Conv
    conv2: Conv
    shortcut: Conv | None


@dataclass(frozen=True)
class Folded:
    """The Reader as it is exported. from_picture, head and from_line: int8 weights; those that take in the line's four
    numbers stay float32."""

    stem: Conv
    blocks: list[FoldedBlock]
    from_picture: Weights
    from_picture_bias: np.ndarray
    line_hidden: np.ndarray
    from_line: Weights
    head: Weights
    head_bias: np.ndarray


def fold_reader(model: Reader) -> Folded:
    model.eval()
    blocks = []
    for i, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        shortcut = None if block.shortcut is None else _conv(f"block{i}.shortcut", *block.shortcut)
        blocks.append(
            FoldedBlock(
                _conv(f"block{i}.conv1", block.conv1, block.norm1),
                _conv(f"block{i}.conv2", block.conv2, block.norm2),
                shortcut,
            )
        )
    return Folded(
        _conv("stem", model.stem, model.stem_norm),
        blocks,
        to_int8(_array(model.from_picture.weight)),
        _array(model.from_picture.bias),
        _array(model.line_hidden.weight),
        to_int8(_array(model.from_line.weight)),
        to_int8(_array(model.head.weight)),
        _array(model.head.bias),
    )


def run_convs(folded: Folded, picture: Tensor) -> dict[str, Tensor]:
    """Every activation that will be one byte in the int8 file, by the name of the tensor."""
    seen: dict[str, Tensor] = {}

    def conv(x: Tensor, layer: Conv, relu: bool) -> Tensor:
        weight, bias = torch.from_numpy(layer.weights.values), torch.from_numpy(layer.bias)
        y = torch.nn.functional.conv2d(x, weight, bias, layer.stride, layer.pad)
        seen[layer.name] = y.relu() if relu else y
        return seen[layer.name]

    x = conv(picture, folded.stem, True)
    for i, block in enumerate(folded.blocks):
        y = conv(conv(x, block.conv1, True), block.conv2, False)
        shortcut = x if block.shortcut is None else conv(x, block.shortcut, False)
        seen[f"block{i}"] = x = (y + shortcut).relu()
    return seen


def ranges_of(folded: Folded, pictures: Tensor, tail: float = 1e-5) -> dict[str, Range]:
    """Ranges over sample pictures (N × 1 × S × S); the outermost `tail` of the values on either side may be clipped."""
    lows: dict[str, list[float]] = {}
    highs: dict[str, list[float]] = {}
    with torch.no_grad():
        for batch in pictures.split(64):
            for name, values in run_convs(folded, batch).items():
                flat = values.flatten()
                count = max(1, int(len(flat) * tail))
                lows.setdefault(name, []).append(-float((-flat).topk(count).values[-1]))
                highs.setdefault(name, []).append(float(flat.topk(count).values[-1]))
    return {name: range_of(float(np.median(lows[name])), float(np.median(highs[name]))) for name in lows}
