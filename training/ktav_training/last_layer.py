"""A few corrections of a few letters: only what the last layer says of those letters is learnt anew.

Training the whole network on a few dozen corrections moves it everywhere by a little. Letters that nobody corrected and
that are near to one another, as a vav and a final nun are once no line tells their size, then change places by some
points, one way or the other. Here the logits of every letter without a correction stay as they were, to the bit, on every
picture; the rows of the others are a convex problem over the embeddings, so there is no noise of training either.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import relu

from .augment import judge_line, shake
from .command import Unusable
from .dataset import FEEDBACK, NEGATIVE, Rasters
from .network import Reader
from .train import Recipe, Sampler, as_input, logits_of, loss_of

TOWARDS_WHAT_SERVES = 1e-4
"""Weight of the squared distance from the rows that serve."""

MARGIN = 1.0
"""Logits by which a corrected letter stays behind on pictures of other letters that were read rightly before: those of
hands that nobody has seen lie a little nearer, and int8 rounds."""

ONE_IN = 10_000
"""Of so many such pictures one may lie nearer: a single yod, badly traced, once held all alefs down by five logits."""

ENERGY, ENERGY_WEIGHT = 8.0, 0.3
"""What the model does not know it was taught to leave alone, and the page calls that no letter. What people
verified is one: its energy (see calibrate.py) shall be that of letters, which lies from about 6 on."""


def learn_letters(start: Reader, rasters: Rasters, recipe: Recipe) -> Reader:
    """A copy of start with other rows for the letters that feedback speaks of. rasters: the training split, feedback
    among it. recipe: epochs × epoch pictures are drawn; start itself is the teacher. Raises Unusable without feedback."""
    spoken = (rasters.source == FEEDBACK) & (rasters.labels != NEGATIVE)
    letters = torch.from_numpy(np.unique(rasters.labels[spoken]))
    if len(letters) == 0:
        raise Unusable("no correction of any letter to learn from", "Ingest more batches: of these none trains.")
    model = copy.deepcopy(start).eval()
    embeddings, line, labels, verified = _drawn(model, rasters, recipe)
    weight, bias = model.head.weight.detach().clone(), model.head.bias.detach().clone()
    teacher = ((embeddings @ weight.T + bias + line).softmax(1) + 1e-8).log()
    rows, levels = weight[letters].requires_grad_(), bias[letters].requires_grad_()
    optimiser = torch.optim.LBFGS([rows, levels], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        logits = embeddings @ weight.index_copy(0, letters, rows).T + bias.index_copy(0, letters, levels) + line
        pull = TOWARDS_WHAT_SERVES * (rows - weight[letters]).square().sum()
        unknown = relu(ENERGY - torch.logsumexp(logits[verified], 1)).square().mean()
        value = loss_of(logits, labels, teacher, verified, recipe) + pull + ENERGY_WEIGHT * unknown
        value.backward()
        return value

    before = loss().item()
    optimiser.step(loss)
    print(f"{len(letters)} letters over {len(labels)} pictures, loss {before:.3f} to {loss().item():.3f}", flush=True)
    with torch.no_grad():
        model.head.weight.copy_(weight.index_copy(0, letters, rows.detach()))
        model.head.bias.copy_(bias.index_copy(0, letters, levels.detach()))
        model.head.bias[letters] -= _taken(start, model, rasters, letters.numpy())
    return model


@torch.no_grad()
def _drawn(model: Reader, rasters: Rasters, recipe: Recipe) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Embeddings of pictures as training draws and shakes them, what their lines say, their labels, and whether people
    verified them."""
    generator = torch.Generator().manual_seed(recipe.seed)
    sampler = Sampler(rasters, recipe)
    drawn = [sampler.batch(recipe.batch, recipe.negatives) for _ in range(recipe.epochs * recipe.epoch // recipe.batch)]
    embeddings, lines = [], []
    for rows in drawn:
        pictures = shake(as_input(rasters.pictures[rows]), generator).to(memory_format=torch.channels_last)
        cues = judge_line(torch.from_numpy(rasters.cues[rows]), recipe.unknown_line, generator)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            embeddings.append(model.read_shape(pictures)[1].float())
        lines.append(model.weigh_line(cues))
    rows = np.concatenate(drawn)
    verified = torch.from_numpy(rasters.source[rows] == FEEDBACK)
    return torch.cat(embeddings), torch.cat(lines), torch.from_numpy(rasters.labels[rows]), verified


def _taken(start: Reader, model: Reader, rasters: Rasters, letters: np.ndarray) -> Tensor:
    """By how much each of the letters is too high to leave to all others what start read rightly, but for one in ONE_IN,
    and to stay behind by MARGIN; 0 or more."""
    others = rasters.select(variant=("scan", "traced")).letters()
    others = others.where(~np.isin(others.labels, letters)).both_ways()
    if len(others) == 0:
        return torch.zeros(len(letters))
    read_rightly = logits_of(start, others, True).argmax(1) == others.labels
    logits = logits_of(model, others, True)
    right = logits[np.arange(len(others)), others.labels]
    ahead = np.sort((logits[:, letters] - right[:, None])[read_rightly], 0)
    if len(ahead) == 0:
        return torch.zeros(len(letters))
    nearest = ahead[-1 - len(ahead) // ONE_IN]
    return torch.from_numpy(np.maximum(nearest + MARGIN, 0).astype(np.float32))
