"""Finds the numbers of adaptation on writers that its test never sees: metric of shapes, usual places, the two mixes.

    python -m ktav_training.fit_hand --pictures LOOKS --drawings LOOKS --known ../src/insight

LOOKS are folders of training/adaptation/looks.ts, with and without --cueless. KNOWN holds hand-metric.ts, hand-shapes.ts
and hand-lines.ts. The metric is learnt on all training writers, as pictures, unless its file is there: it belongs to the
shape of ink, and is good for any model. The mixes are fitted on the validation writers, twice, and on those training
writers that the model reads badly (4.5 % wrong or more): on the others it has seen too much to show what a new hand does
to it. A training writer's own letters are compared by a metric that was learnt without that writer, and so is what is
usual.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from .command import Arguments, Unusable, folder, read_json, run
from .hand_metric import HandMetric, MetricRecipe, as_module, learn_metric, read_module
from .hands import Hand, Seen, each_letter, read_hands, terms
from .usual import Usual, learn_usual
from .usual import as_module as as_usual

STRANGE_ENOUGH = 0.045
FOLDS = 5
FITTED = (("each letter", 1), ("each letter", 3), ("all", 3), ("all", 10), ("all", 40), ("all", 100))
TOLD = (*FITTED, ("all", 1), ("all", 20))
RIDGE = 1e-5

CARELESS = 1.4
"""A line is kept less well by who draws letter by letter than on a form whose line was measured: as much as line_evidence
takes its judgements to be off (scale 8 %, place 7 %), a letter wavers more than on the scans."""

ANYWHERE = 0.015
"""So much of a letter may stand anywhere: a slip speaks against a letter, but never for more than a few logits."""

Budget = tuple[str, int]


def trials(seen: Seen, budget: Budget, rounds: range) -> Iterator[tuple[Tensor, np.ndarray]]:
    """The terms of what is asked, and the labels, in rounds that differ in what is verified."""
    hand = seen.hand
    of, most = budget
    for number in rounds:
        order = np.random.default_rng(zlib.crc32(f"{hand.name}/{number}".encode())).permutation(len(hand.labels))
        verified = each_letter(hand, most, order) if of == "each letter" else order[:most]
        asked = np.setdiff1d(np.arange(len(hand.labels)), verified)
        yield terms(seen, verified, asked), hand.labels[asked]


def fit_rule(seen: list[Seen]) -> Tensor:
    """The nine factors that make the right letters most probable (a conditional logit: McFadden, 1974)."""
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
    return (rule.detach() * 1000).round() / 1000


def tell(name: str, seen: list[Seen], rule: Tensor) -> None:
    """How many are read wrongly without and with; other rounds than those that the rule was fitted on."""
    print(f"{name}: rule = [{', '.join(f'{number:g}' for number in rule.tolist())}]")
    for budget in TOLD:
        before = after = asked = 0
        for each in seen:
            for given, labels in trials(each, budget, range(2, 4)):
                before += int((given[..., 0].argmax(1).numpy() != labels).sum())
                after += int(((given.double() @ rule).argmax(1).numpy() != labels).sum())
                asked += len(labels)
        print(f"  {budget[1]} of {budget[0]}: {before / asked:.2%} -> {after / asked:.2%}, {after / before - 1:+.1%}")


def usual_lines(drawings: list[Hand], without: str) -> Usual:
    """Of the training writers whose line is known."""
    known = [hand for hand in drawings if hand.split == "train" and hand.name != without]
    places = [(hand.places, hand.labels) for hand in known if hand.places is not None]
    return learn_usual(places, CARELESS, anywhere=ANYWHERE, decimals=3)


def usual_shapes(hands: list[Hand], metric: HandMetric) -> Usual:
    """Of where their shapes lie by the metric."""
    return learn_usual([(metric.places(hand).double().numpy(), hand.labels) for hand in hands], 1, anywhere=0, decimals=1)


def main() -> None:
    parser = Arguments(__doc__)
    parser.add_argument("--pictures", type=folder, required=True)
    parser.add_argument("--drawings", type=folder, required=True)
    parser.add_argument("--known", type=folder, required=True)
    wish = parser.parse_args()
    # One thread: the same numbers on every run.
    torch.set_num_threads(1)
    pictures, drawings = read_hands(wish.pictures), read_hands(wish.drawings)
    training = [hand for hand in pictures if hand.split == "train"]
    if len(training) < FOLDS:
        raise Unusable(f"{wish.pictures} holds {len(training)} training writers, {FOLDS} at least are needed")
    fold = {hand.name: at % FOLDS for at, hand in enumerate(training)}
    kept = wish.known / "hand-metric.ts"
    if not kept.exists():
        kept.write_text(as_module(learn_metric(training, MetricRecipe())))
    shipped: HandMetric = read_module(kept.read_text())
    apart: list[HandMetric] = [
        learn_metric([hand for hand in training if fold[hand.name] != at], MetricRecipe()) for at in range(FOLDS)
    ]

    shapes = usual_shapes(training, shipped)
    shapes_apart = [usual_shapes([hand for hand in training if fold[hand.name] != at], apart[at]) for at in range(FOLDS)]
    names = read_json(wish.drawings / "looks.json")["labels"]
    (wish.known / "hand-shapes.ts").write_text(as_usual("handShapes", shapes, names))
    (wish.known / "hand-lines.ts").write_text(as_usual("handLines", usual_lines(drawings, without=""), names))

    def see(hand: Hand) -> Seen:
        at = fold.get(hand.name)
        metric, usual = (shipped, shapes) if at is None else (apart[at], shapes_apart[at])
        lines = None if hand.places is None else usual_lines(drawings, without=hand.name)
        return Seen(hand, metric.ink(hand), metric.places(hand).double().numpy(), usual, lines)

    for name, hands in (("pictures", pictures), ("drawings", drawings)):
        new = [see(hand) for hand in hands if hand.split == "validation"]
        strange = [see(hand) for hand in hands if hand.split == "train" and hand.wrong() >= STRANGE_ENOUGH]
        rule = fit_rule([*new, *new, *strange])
        tell(f"{name}, {len(new)} validation and {len(strange)} training writers", [*new, *new, *strange], rule)


if __name__ == "__main__":
    run(main, "the looks as they were, and what is in --known that was not learnt anew yet")
