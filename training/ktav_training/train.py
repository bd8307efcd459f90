"""Training on a CPU: bfloat16, a moving average of the weights, checkpoints, and teachers where there are any."""

from __future__ import annotations

import copy
import dataclasses
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .augment import shake
from .checkpoint import load_average, of_this_network, save_checkpoint
from .command import Arguments, at_least, file, file_to_write, folder, run
from .dataset import FEEDBACK, NEGATIVE, Rasters, load_labels, load_rasters
from .network import LARGE, SMALL, Architecture, Reader

SIZE = 64


@dataclasses.dataclass(frozen=True)
class Recipe:
    """epoch: pictures per epoch; unknown_line: part of the rows whose writing line is not known where that matters
    (last_layer.py); negatives: part of each batch that is no letter; distill: weight of the teachers against the labels."""

    epochs: int
    epoch: int = 20_000
    batch: int = 128
    rate: float = 3e-3
    decay: float = 0.05
    smoothing: float = 0.05
    unknown_line: float = 0.5
    negatives: float = 0.08
    distill: float = 0.7
    average: float = 0.998
    seed: int = 1


def as_input(rasters: np.ndarray) -> Tensor:
    return torch.from_numpy(rasters).unsqueeze(1).float() / 255


class Sampler:
    """Draws letters by label and source, so that neither a frequent letter nor the larger set outweighs the rest."""

    def __init__(self, rasters: Rasters, recipe: Recipe) -> None:
        self.generator = np.random.default_rng(recipe.seed)
        self.negative = np.flatnonzero(rasters.labels == NEGATIVE)
        self.letters = np.flatnonzero(rasters.labels != NEGATIVE)
        weight = np.zeros(len(self.letters))
        labels, sources = rasters.labels[self.letters], rasters.source[self.letters]
        for label in np.unique(labels):
            for source in np.unique(sources):
                rows = (labels == label) & (sources == source)
                # The square root lies between equal shares of the sources and shares by their size.
                if rows.any():
                    weight[rows] = 1 / np.sqrt(rows.sum())
        self.cumulative = np.cumsum(weight / weight.sum())

    def batch(self, size: int, negatives: float) -> np.ndarray:
        others = int(round(size * negatives)) if len(self.negative) else 0
        at = np.searchsorted(self.cumulative, self.generator.random(size - others))
        rows = self.letters[np.minimum(at, len(self.letters) - 1)]
        return np.concatenate([rows, self.generator.choice(self.negative, others)]) if others else rows


def loss_of(logits: Tensor, labels: Tensor, teacher: Tensor | None, verified: Tensor, recipe: Recipe) -> Tensor:
    """Cross entropy with the labels and the teachers' opinion; what is no letter must leave the logits flat and low.
    verified: rows that people verified; of them teachers are not asked, who may have read them wrongly."""
    is_letter = labels != NEGATIVE
    letters = logits[is_letter]
    losses = functional.cross_entropy(letters, labels[is_letter], label_smoothing=recipe.smoothing, reduction="none")
    if teacher is not None:
        opinion = functional.kl_div(
            functional.log_softmax(letters, 1), teacher[is_letter], reduction="none", log_target=True
        ).sum(1)
        weight = recipe.distill * (~verified[is_letter]).float()
        losses = (1 - weight) * losses + weight * opinion
    loss = losses.mean()
    energy = torch.logsumexp(logits, 1)
    loss = loss + 0.02 * functional.relu(6 - energy[is_letter]).square().mean()
    if (~is_letter).any():
        flat = -functional.log_softmax(logits[~is_letter], 1).mean(1)
        loss = loss + 0.2 * flat.mean() + 0.02 * functional.relu(energy[~is_letter] - 4).square().mean()
    return loss


def accuracy(model: nn.Module, rasters: Rasters, known_line: bool) -> tuple[float, float]:
    """Top-1 and top-3 over letters, each 0 to 1."""
    logits = logits_of(model, rasters, known_line)
    order = np.argsort(-logits, 1)[:, :3]
    hits = order == rasters.labels[:, None]
    return float(hits[:, 0].mean()), float(hits.any(1).mean())


@torch.no_grad()
def logits_of(model: nn.Module, rasters: Rasters, known_line: bool) -> np.ndarray:
    model.eval()
    out = []
    for start in range(0, len(rasters), 512):
        cues = torch.from_numpy(rasters.cues[start : start + 512].copy())
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, _ = model(as_input(rasters.pictures[start : start + 512]), cues if known_line else cues * 0)
        out.append(logits.float().numpy())
    return np.concatenate(out)


def train(
    rasters: Rasters,
    checks: dict[str, Rasters],
    architecture: Architecture,
    recipe: Recipe,
    teachers: list[Reader],
    checkpoint: Path,
    start: Reader | None = None,
) -> Reader:
    """Trains until recipe.epochs and goes on from the checkpoint if there is one; returns the averaged model.
    start: whose weights to begin with, instead of random ones."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    model = Reader(architecture).to(memory_format=torch.channels_last)
    if start is not None:
        model.load_state_dict(start.state_dict())
    average = copy.deepcopy(model)
    learnt = [p for p in model.parameters() if p.requires_grad]
    decayed = [p for p in learnt if p.ndim > 1]
    plain = [p for p in learnt if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": recipe.decay}, {"params": plain, "weight_decay": 0.0}], lr=recipe.rate
    )
    steps = recipe.epoch // recipe.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.rate, total_steps=steps * recipe.epochs, pct_start=min(0.3, 3 / recipe.epochs), final_div_factor=1e3
    )
    sampler = Sampler(rasters, recipe)
    first = 0
    if checkpoint.exists():
        with of_this_network(checkpoint):
            state = torch.load(checkpoint, weights_only=True)
            model.load_state_dict(state["model"])
            average.load_state_dict(state["average"])
            optimiser.load_state_dict(state["optimiser"])
            schedule.load_state_dict(state["schedule"])
            first = state["epoch"]
    for teacher in teachers:
        teacher.eval()
    for epoch in range(first, recipe.epochs):
        began, losses = time.time(), []
        model.train()
        for step in range(steps):
            rows = sampler.batch(recipe.batch, recipe.negatives)
            pictures = shake(as_input(rasters.pictures[rows]), generator).to(memory_format=torch.channels_last)
            labels = torch.from_numpy(rasters.labels[rows])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                opinion = None
                if teachers:
                    with torch.no_grad():
                        opinion = sum(t.read_shape(pictures)[0].float().softmax(1) for t in teachers) / len(teachers)
                        opinion = (opinion + 1e-8).log()
                logits, _ = model.read_shape(pictures)
            verified = torch.from_numpy(rasters.source[rows] == FEEDBACK)
            loss = loss_of(logits.float(), labels, opinion, verified, recipe)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(learnt, 2.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
            # A short memory at first, so that the average is not held back by the untrained start.
            pace = min(recipe.average, (epoch * steps + step + 1) / (epoch * steps + step + 10))
            with torch.no_grad():
                for ours, theirs in zip(average.state_dict().values(), model.state_dict().values(), strict=True):
                    if ours.is_floating_point():
                        ours.lerp_(theirs, 1 - pace)
                    else:
                        ours.copy_(theirs)
        report = f"epoch {epoch + 1}/{recipe.epochs} {time.time() - began:.0f} s loss {np.mean(losses):.3f}"
        if (epoch + 1) % 5 == 0 or epoch + 1 == recipe.epochs:
            for name, check in checks.items():
                known, unknown = accuracy(average, check, True), accuracy(average, check, False)
                report += f" | {name} {known[0]:.4f}/{known[1]:.4f} no line {unknown[0]:.4f}/{unknown[1]:.4f}"
            saved = {"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict()}
            saved |= {"schedule": schedule.state_dict(), "epoch": epoch + 1}
            save_checkpoint(saved, checkpoint)
        print(report, flush=True)
    return average


def main() -> None:
    parser = Arguments(__doc__)
    parser.add_argument("--rasters", type=folder, required=True)
    parser.add_argument("--labels", type=file, default=Path(__file__).parents[1] / "labels.json")
    parser.add_argument("--checkpoint", type=file_to_write, required=True)
    parser.add_argument("--large", action="store_true", help="train a teacher")
    parser.add_argument("--teacher", type=file, nargs="*", default=[], help="checkpoints of teachers")
    parser.add_argument("--epochs", type=at_least(1), default=60)
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.add_argument("--threads", type=at_least(1), default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    names = [label["name"] for label in load_labels(arguments.labels)]
    rasters = load_rasters(arguments.rasters, names, SIZE).lend_cues(arguments.seed)
    training = rasters.select(split="train")
    validation = rasters.select(split="validation").letters()
    checks = {
        f"{source} {variant}": validation.select(source=source, variant=variant)
        for source in np.unique(validation.source)
        for variant in ("scan", "traced")
    }
    architecture = dataclasses.replace(LARGE if arguments.large else SMALL, classes=len(names))
    teachers = [load_average(path, dataclasses.replace(LARGE, classes=len(names))) for path in arguments.teacher]
    recipe = Recipe(epochs=arguments.epochs, seed=arguments.seed)
    print(f"{len(training)} rasters to train on; {recipe}; {architecture}", flush=True)
    train(training, checks, architecture, recipe, teachers, arguments.checkpoint)


if __name__ == "__main__":
    run(main, "finished epochs in --checkpoint, from which the same command goes on")
