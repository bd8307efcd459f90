"""What adaptation learns of hands in general, on hands whose letters are known to differ in one direction only."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from ktav_training.fit_hand import fit_rule, trials, usual_shapes
from ktav_training.hand_metric import HandMetric, MetricRecipe, as_module, learn_metric, read_module
from ktav_training.hands import Hand, Seen, each_letter, read_hands, terms

LETTERS, EACH, WIDTH = 3, 8, 6
SMALL = MetricRecipe(size=2, epochs=4)


def hand(number: int, split: str = "train") -> Hand:
    """Letters lie apart by a little in the first two directions, and waver by much in all others."""
    random = np.random.default_rng(number)
    labels = np.repeat(np.arange(LETTERS), EACH)
    shape = random.normal(0, 1, (len(labels), WIDTH))
    shape[:, 0] = np.cos(2 * labels) + 0.05 * shape[:, 0]
    shape[:, 1] = np.sin(2 * labels) + 0.05 * shape[:, 1]
    unsure = torch.full((len(labels), LETTERS), float(np.log(1 / LETTERS)))
    same = torch.ones(len(labels), len(labels))
    return Hand(f"writer-{number}", split, labels, unsure, torch.from_numpy(shape).float(), 0 * same, same)


@pytest.fixture(scope="module")
def learnt():
    torch.set_num_threads(1)
    return learn_metric([hand(number) for number in range(6)], SMALL)


def see(new: Hand, metric: HandMetric) -> Seen:
    shapes = usual_shapes([hand(number) for number in range(6)], metric)
    return Seen(new, metric.ink(new), metric.places(new).double().numpy(), shapes, None)


def test_a_new_hand_has_its_letters_together_where_the_metric_looks(learnt) -> None:
    new = hand(99)
    ink = learnt.ink(new).numpy()
    same = new.labels[:, None] == new.labels[None]
    assert ink[same].mean() > ink[~same].mean() + 0.3
    plain = torch.nn.functional.normalize(new.shape, dim=1)
    by_cosine = (plain @ plain.T).numpy() / 2
    assert ink[same].mean() - ink[~same].mean() > 2 * (by_cosine[same].mean() - by_cosine[~same].mean())


def test_the_module_holds_the_metric_to_the_last_number(learnt) -> None:
    back = read_module(as_module(learnt))
    assert back.rows.tolist() == learnt.rows.tolist()
    assert back.offsets.tolist() == pytest.approx(learnt.offsets.tolist(), abs=1e-3)


def test_the_rule_makes_what_was_verified_count(learnt) -> None:
    seen = [see(hand(number), learnt) for number in range(20, 24)]
    rule = fit_rule(seen)
    given, labels = next(trials(seen[0], ("each letter", 3), range(9, 10)))
    right = ((given.double() @ rule).argmax(1).numpy() == labels).mean()
    assert right > 0.9


def test_without_a_sample_only_the_model_speaks(learnt) -> None:
    new = hand(7)
    said = terms(see(new, learnt), np.array([], int), np.arange(24))
    assert torch.equal(said[..., 0], new.model)
    assert not said[..., 1:].any()


def test_the_first_letters_of_each_label_are_taken_in_the_order_given() -> None:
    new = hand(7)
    assert each_letter(new, 2, np.arange(24)[::-1]).tolist() == [7, 6, 15, 14, 23, 22]


def test_looks_are_read_by_writer_and_sized_by_the_line_where_there_is_one(tmp_path: Path) -> None:
    columns = {"shape": 2, "pen": 1, "cue": 4, "model": 2, "embedding": 2}
    one = [0.6, 0.8, 1.5, 1, 1, 1, 0, -0.1, -2.4, 1, 0]
    low = [0.6, 0.8, 1.5, 1, 1, 1, 0.25, -0.1, -2.4, 0, 1]
    photographed = [0.6, 0.8, 1.8, 0, 0, 0, 0, -0.1, -2.4, 1, 0]
    np.array([one, photographed, low, one[:2] + [1.5, 0, 0, 0, 0] + one[7:]], "<f4").tofile(tmp_path / "looks.f32")
    rows = [["train", "b", 0], ["validation", "a", 1], ["train", "b", 1], ["validation", "a", 0]]
    (tmp_path / "looks.json").write_text(json.dumps({"columns": columns, "rows": rows}))
    a, b = read_hands(tmp_path)
    assert (a.name, a.split, a.labels.tolist()) == ("a", "validation", [1, 0])
    assert b.labels.tolist() == [0, 1]
    assert b.alike[0, 1] == 0
    assert b.places is not None and b.places.tolist() == [[1, 0], [1, 0.25]]
    assert a.places is None
    assert float(a.pen[0, 1]) == pytest.approx(np.exp(-0.5), abs=1e-4)
