"""Small changes made anew for every batch, on top of the variants that were drawn from each picture before."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional


def shake(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Turns, slants, scales, bends and moves a little, and now and then covers a patch. pictures: N × 1 × S × S, 0 to 1."""
    n, _, size, _ = pictures.shape

    def normal(scale: float) -> Tensor:
        return torch.randn(n, generator=generator) * scale

    angle, slant = normal(math.radians(5)), normal(0.1)
    wide, high = torch.exp(normal(0.06)), torch.exp(normal(0.06))
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = torch.cos(angle) * wide
    theta[:, 0, 1] = (-torch.sin(angle) + slant) * high
    theta[:, 1, 0] = torch.sin(angle) * wide
    theta[:, 1, 1] = torch.cos(angle) * high
    theta[:, 0, 2] = normal(1.2 * 2 / size)
    theta[:, 1, 2] = normal(1.2 * 2 / size)
    grid = functional.affine_grid(theta, list(pictures.shape), align_corners=False)
    # A slow bend on top, from a coarse field of shifts: no two hands keep the same proportions.
    bend = torch.randn(n, 2, 5, 5, generator=generator) * 0.035
    grid = grid + functional.interpolate(bend, (size, size), mode="bicubic", align_corners=True).permute(0, 2, 3, 1)
    moved = functional.grid_sample(pictures, grid, align_corners=False)
    for i in torch.nonzero(torch.rand(n, generator=generator) < 0.12).flatten().tolist():
        side = int(torch.randint(size // 10, size // 4, (1,), generator=generator))
        top, left = torch.randint(0, size - side, (2,), generator=generator).tolist()
        moved[i, :, top : top + side, left : left + side] = 0
    return moved


def judge_line(cues: Tensor, unknown: float, generator: torch.Generator) -> Tensor:
    """The line as somebody else would have drawn it; for the given part of the rows nothing is known of it, and for a
    quarter of the rest only its height. cues: N × 4, [size known, height, place known, below the baseline]."""
    n = len(cues)

    def unit() -> Tensor:
        return torch.rand(n, generator=generator)

    size_known, height, place_known, below = cues.unbind(1)
    scale = torch.exp(torch.randn(n, generator=generator) * 0.08)
    # One in ten ignores the ruled line and writes as large as the sheet allows.
    careless = (unit() < 0.1) & (place_known > 0)
    scale = torch.where(careless, torch.exp(unit() * 1.4 - 0.5), scale)
    move = torch.randn(n, generator=generator) * torch.where(careless, 0.5, 0.07)
    # The letter's middle stays where it is on the line while its size changes, then all of it moves.
    middle = below - (height - 1) / 2 + move
    height = height * scale
    below = (height - 1) / 2 + middle
    size_known = size_known * (unit() >= unknown)
    place_known = place_known * size_known * (unit() >= 0.25)
    judged = [size_known, height.clamp(-3, 3) * size_known, place_known, below.clamp(-3, 3) * place_known]
    return torch.stack(judged, 1)
