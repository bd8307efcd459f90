"""What size and place on the writing line say of each letter: learnt as densities, not by descent with the shapes.

On writers that it has seen the network reads nearly every letter by its shape alone, so descent finds hardly any use for
the line there, and leaves it nearly unused where it is needed: on hands that are new. Heights and places themselves are
much the same in all hands. So they are counted: how often does a letter stand on the line like this, and how often does
any letter? The logarithm of that ratio adds to the logits of the shape, as Bayes' rule has it for two witnesses that
do not know of each other; a small network holds the ratios, as ONNX has no densities.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from .augment import judge_line
from .dataset import FEEDBACK, Rasters
from .network import CUE_LENGTH, LINE_UNITS, Reader

BANDWIDTH = 0.06
"""Of the kernels, in heights of the line."""

FLOOR = 1e-3
"""Density below which nothing is told apart: there a ratio would be one of two accidents."""

JUDGEMENTS = 4
"""How often each letter's line is judged anew."""

FOREIGN = 0.3
"""Spread of the line's height, as a logarithm, where the place is not known: then it is not the writer's own line but
what letters beside it measure, of other hands maybe. Chosen by the likelihood of the validation pictures of HHD."""

QUERIES = 6000


def learn_line(model: Reader, training: Rasters, seed: int) -> None:
    """Sets the weights of model's line from the scans of training whose line is known; without any they stay 0."""
    scans = training.select(variant="scan").letters()
    scans = scans.where((scans.cues[:, 0] > 0) & (scans.source != FEEDBACK))
    if len(scans) == 0:
        return
    generator = torch.Generator().manual_seed(seed)
    cues = torch.from_numpy(np.concatenate([scans.cues] * JUDGEMENTS))
    judged = judge_line(cues, 0.0, generator)
    labels = torch.from_numpy(np.concatenate([scans.labels] * JUDGEMENTS))
    sources = np.concatenate([scans.source] * JUDGEMENTS)
    asked = _queries(judged, generator)
    evidence = torch.zeros(len(asked), model.architecture.classes)
    for placed in (True, False):
        here = (asked[:, 2] > 0) == placed
        numbers = [1, 3] if placed else [1]
        known = (judged[:, 2] > 0) if placed else torch.ones(len(judged), dtype=torch.bool)
        seen = judged[:, numbers]
        if not placed:
            seen = seen * torch.exp(torch.randn(len(seen), 1, generator=generator) * FOREIGN)
        if known.any():
            of = [torch.from_numpy(_share(sources, labels == k)) * known for k in range(model.architecture.classes)]
            evidence[here] = ratios(seen, of, asked[here][:, numbers])
    hidden, out = _fit(asked, evidence, generator)
    with torch.no_grad():
        model.line_hidden.weight.copy_(hidden)
        model.from_line.weight.copy_(out)
        error = (model.weigh_line(asked) - evidence).square().mean().sqrt()
    print(f"line of {len(scans)} scans: evidence off by {error:.3f} logits", flush=True)


def _share(sources: np.ndarray, of_label: Tensor) -> np.ndarray:
    """Weights of one letter's rows by which each source weighs as the square root of its size, as in training."""
    rows = of_label.numpy()
    weight = np.zeros(len(rows), np.float32)
    for source in np.unique(sources[rows]):
        one = rows & (sources == source)
        weight[one] = 1 / np.sqrt(one.sum())
    return weight


def _queries(judged: Tensor, generator: torch.Generator) -> Tensor:
    """Where the densities are asked: two thirds where letters are, the rest anywhere, each with its place and without."""
    near = judged[torch.randint(len(judged), (QUERIES,), generator=generator)]
    near = near[(near[:, 2] > 0) | (torch.rand(QUERIES, generator=generator) < 0.5)]
    far = torch.rand(QUERIES // 3, CUE_LENGTH, generator=generator) * torch.tensor([0.0, 3.0, 0.0, 6.0])
    far = far + torch.tensor([1.0, 0.0, 1.0, -3.0])
    both = torch.cat([near, far])
    return torch.cat([both, both * torch.tensor([1.0, 1.0, 0.0, 0.0])])


def ratios(seen: Tensor, weights: list[Tensor], asked: Tensor) -> Tensor:
    """log p(asked | letter) − log p(asked), Q × letters, natural logarithms. seen: N × D; weights: of the rows, one
    tensor for each letter, 0 where a row is none of it; a letter without rows is neither more nor less likely: 0."""
    scale = (BANDWIDTH * np.sqrt(2 * np.pi)) ** seen.shape[1]
    densities = []
    for weight in weights:
        rows = weight > 0
        if not rows.any():
            continue
        squared = torch.cdist(asked / BANDWIDTH, seen[rows] / BANDWIDTH).square()
        densities.append((torch.exp(-squared / 2) * (weight[rows] / weight[rows].sum())).sum(1) / scale)
    every = torch.log(torch.stack(densities).mean(0) + FLOOR)
    found = iter(densities)
    return torch.stack(
        [torch.log(next(found) + FLOOR) - every if (weight > 0).any() else torch.zeros(len(asked)) for weight in weights], 1
    )


def _fit(asked: Tensor, evidence: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Weights of the two layers that say the evidence: LINE_UNITS × 4 and letters × LINE_UNITS."""
    # Folds spread over the heights and places there are: each unit bends along one line through the plane.
    turn = torch.randn(LINE_UNITS, 2, generator=generator)
    placed = (torch.arange(LINE_UNITS) % 3 > 0).float()
    at = asked[torch.randint(len(asked), (LINE_UNITS,), generator=generator)]
    height, below = turn[:, 0], turn[:, 1] * placed
    flat = -(height * at[:, 1] + below * at[:, 3])
    hidden = nn.Parameter(torch.stack([flat * (1 - placed), height, flat * placed, below], 1))
    out = nn.Parameter(torch.zeros(evidence.shape[1], LINE_UNITS))
    optimiser = torch.optim.LBFGS([hidden, out], max_iter=800, history_size=20, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = (torch.relu(asked @ hidden.T) @ out.T - evidence).square().mean() + 1e-6 * out.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    return hidden.detach(), out.detach()
