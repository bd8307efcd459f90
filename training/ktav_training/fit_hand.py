"""Finds the numbers of adaptation on writers that its test never sees: the metric of shapes, and the two mixes.

    python -m ktav_training.fit_hand --pictures LOOKS --drawings LOOKS --out ../src/insight/hand-metric.ts

LOOKS are folders of training/adaptation/looks.ts, with and without --cueless. The metric is learnt on all training
writers, as pictures. The mixes are fitted on the validation writers, twice, and on those training writers that the model
reads badly (4.5 % wrong or more): on the others it has seen too much to show what a new hand does to it. A training
writer's own letters are compared by a metric that was learnt without that writer.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from .command import Arguments, Unusable, file_to_write, folder, run
from .hand_metric import HandMetric, MetricRecipe, as_module, learn_metric
from .hands import Hand, each_letter, read_hands, terms

STRANGE_ENOUGH = 0.045
FOLDS = 5
FITTED = (("each letter", 1), ("each letter", 3), ("all", 3), ("all", 10), ("all", 40), ("all", 100))
TOLD = (*FITTED, ("all", 1), ("all", 20))
RIDGE = 1e-5

Budget = tuple[str, int]
Seen = tuple[Hand, Tensor]
"""A hand, and how alike its letters are in ink."""


def trials(seen: Seen, budget: Budget, rounds: range) -> Iterator[tuple[Tensor, np.ndarray]]:
    """The terms of what is asked, and the labels, in rounds that differ in what is verified."""
    hand, ink = seen
    of, most = budget
    for number in rounds:
        order = np.random.default_rng(zlib.crc32(f"{hand.name}/{number}".encode())).permutation(len(hand.labels))
        verified = each_letter(hand, most, order) if of == "each letter" else order[:most]
        asked = np.setdiff1d(np.arange(len(hand.labels)), verified)
        yield terms(hand, ink, verified, asked), hand.labels[asked]


def fit_rule(seen: list[Seen]) -> Tensor:
    """The eight factors that make the right letters most probable (a conditional logit: McFadden, 1974)."""
    drawn = [one for at, each in enumerate(seen) for budget in FITTED for one in trials(each, budget, range(at % 2, at % 2 + 1))]
    every = torch.cat([one for one, _ in drawn]).double()
    labels = torch.from_numpy(np.concatenate([labels for _, labels in drawn]))
    rule = torch.zeros(every.shape[-1], dtype=torch.float64)
    rule[0] = 1
    rule.requires_grad_()
    optimiser = torch.optim.LBFGS([rule], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.cross_entropy(every @ rule, labels) + RIDGE * rule.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    return (rule.detach() * 100).round() / 100


def tell(name: str, seen: list[Seen], rule: Tensor) -> None:
    """How many are read wrongly without and with; other rounds than those that the rule was fitted on."""
    print(f"{name}: rule = [{', '.join(f'{number:.2f}' for number in rule.tolist())}]")
    for budget in TOLD:
        before = after = asked = 0
        for each in seen:
            for given, labels in trials(each, budget, range(2, 4)):
                before += int((given[..., 0].argmax(1).numpy() != labels).sum())
                after += int(((given.double() @ rule).argmax(1).numpy() != labels).sum())
                asked += len(labels)
        print(f"  {budget[1]} of {budget[0]}: {before / asked:.2%} -> {after / asked:.2%}, {after / before - 1:+.1%}")


def main() -> None:
    parser = Arguments(__doc__)
    parser.add_argument("--pictures", type=folder, required=True)
    parser.add_argument("--drawings", type=folder, required=True)
    parser.add_argument("--out", type=file_to_write, required=True)
    wish = parser.parse_args()
    # One thread: the same numbers on every run.
    torch.set_num_threads(1)
    pictures, drawings = read_hands(wish.pictures), read_hands(wish.drawings)
    training = [hand for hand in pictures if hand.split == "train"]
    if len(training) < FOLDS:
        raise Unusable(f"{wish.pictures} holds {len(training)} training writers, {FOLDS} at least are needed")
    fold = {hand.name: at % FOLDS for at, hand in enumerate(training)}
    shipped = learn_metric(training, MetricRecipe())
    wish.out.write_text(as_module(shipped))
    apart: list[HandMetric] = [
        learn_metric([hand for hand in training if fold[hand.name] != at], MetricRecipe()) for at in range(FOLDS)
    ]

    def see(hand: Hand) -> Seen:
        metric = apart[fold[hand.name]] if hand.name in fold else shipped
        return hand, metric.ink(hand)

    for name, hands in (("pictures", pictures), ("drawings", drawings)):
        new = [see(hand) for hand in hands if hand.split == "validation"]
        strange = [see(hand) for hand in hands if hand.split == "train" and hand.wrong() >= STRANGE_ENOUGH]
        rule = fit_rule([*new, *new, *strange])
        tell(f"{name}, {len(new)} validation and {len(strange)} training writers", [*new, *new, *strange], rule)


if __name__ == "__main__":
    run(main, "the looks as they were, and --out, where the metric was not learnt yet")
