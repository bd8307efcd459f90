"""What retraining adds to training: a warm start, and feedback that is learnt or held out. The whole way, with a browser
and a gate, is e2e/loop."""

import argparse
import dataclasses
import json

import numpy as np
import pytest
import torch

from ktav_training.checkpoint import load_average
from ktav_training.dataset import FEEDBACK, Rasters
from ktav_training.feedback import joined, load_feedback, save_feedback
from ktav_training.network import SMALL, Reader
from ktav_training.retrain import sources_with, train_candidate
from ktav_training.train import Recipe, Sampler, accuracy, train

NAMES = ["alef", "bet", "gimel"]
TINY = dataclasses.replace(SMALL, widths=(8, 8, 8, 8), blocks=(1, 1, 1, 1), embedding=16, classes=3)


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Networks this small gain nothing from more, and wait for one another where cores are taken."""
    torch.set_num_threads(1)


def rasters(count: int, source: str = "forms", split: str = "train", variant: str = "scan") -> Rasters:
    """Bars at a height that names their letter."""
    labels = np.arange(count) % 3
    pictures = np.zeros((count, 64, 64), np.uint8)
    for i, label in enumerate(labels):
        pictures[i, 8 + 20 * label : 16 + 20 * label, 8:56] = 255
    column = [np.array([word] * count) for word in (split, source, "w1", variant)]
    paths = np.array([f"{source}/{i}" for i in range(count)])
    return Rasters(pictures, np.zeros((count, 4), np.float32), labels, *column, paths)


def weights(model: Reader) -> torch.Tensor:
    return torch.cat([p.detach().flatten() for p in model.parameters()])


def test_a_warm_start_goes_on_from_the_given_weights_and_a_cold_one_does_not(tmp_path) -> None:
    data = rasters(96)
    first = train(data, {}, TINY, Recipe(epochs=1, epoch=64, batch=32, negatives=0), [], tmp_path / "first.pt")
    served = load_average(tmp_path / "first.pt", TINY)
    assert torch.equal(weights(served), weights(first))
    step = Recipe(epochs=1, epoch=32, batch=32, negatives=0, rate=1e-6, seed=5)
    warm = train(data, {}, TINY, step, [], tmp_path / "warm.pt", served)
    cold = train(data, {}, TINY, step, [], tmp_path / "cold.pt")
    assert (weights(warm) - weights(served)).abs().max() < 1e-3
    assert (weights(cold) - weights(served)).abs().max() > 1e-2


def test_a_checkpoint_of_another_network_is_no_start(tmp_path) -> None:
    other = dataclasses.replace(TINY, embedding=8)
    with pytest.raises(RuntimeError):
        train(rasters(96), {}, TINY, Recipe(epochs=1, epoch=32, batch=32), [], tmp_path / "x.pt", Reader(other))


def test_what_serves_is_kept_while_corrections_are_learnt(tmp_path) -> None:
    base = rasters(96)
    first = Recipe(epochs=4, epoch=640, batch=32, negatives=0)
    train(base, {}, dataclasses.replace(SMALL, classes=3), first, [], tmp_path / "served.pt")
    # The base data now says something else, and only what serves can tell what its letters were; bars that stand are new.
    unlearnt = dataclasses.replace(base, labels=(base.labels + 1) % 3)
    bars = rasters(1).pictures.transpose(0, 2, 1).repeat(48, 0)
    standing = dataclasses.replace(rasters(48, FEEDBACK, variant="ink"), pictures=bars, labels=np.full(48, 2))
    # Enough steps that the labels' 0.3 against the teacher's 0.7 come to rest; a third of them leave one letter between.
    pace = dict(rate=None, epochs=2, epoch=3840, seed=1, corrected_only=False)
    options = argparse.Namespace(warm=tmp_path / "served.pt", teacher=[], work=tmp_path, **pace)
    model = train_candidate(joined(unlearnt, standing), 3, options)
    assert accuracy(model, base, True)[0] > 0.95
    assert accuracy(model, standing, True)[0] > 0.95


def test_a_candidate_of_corrected_letters_alone_can_be_the_next_start(tmp_path) -> None:
    small = dataclasses.replace(SMALL, classes=3)
    torch.save({"average": Reader(small).state_dict()}, tmp_path / "served.pt")
    pace = dict(rate=None, epochs=1, epoch=256, seed=1, corrected_only=True)
    options = argparse.Namespace(warm=tmp_path / "served.pt", teacher=[], work=tmp_path, **pace)
    model = train_candidate(joined(rasters(96), rasters(12, FEEDBACK, variant="ink")), 3, options)
    assert torch.equal(weights(load_average(tmp_path / "student.pt", small)), weights(model))


def test_a_start_whose_line_says_nothing_yet_learns_it_first(tmp_path) -> None:
    """As checkpoints up to 0.3.0 are read: their candidates would leave the line out for good."""
    small = dataclasses.replace(SMALL, classes=3)
    torch.save({"average": Reader(small).state_dict()}, tmp_path / "served.pt")
    base = rasters(96, variant="scan")
    cues = np.zeros((96, 4), np.float32)
    cues[:, 0] = cues[:, 2] = 1
    cues[:, 1] = 0.5 + 0.5 * base.labels
    pace = dict(rate=None, epochs=1, epoch=256, seed=1, corrected_only=True)
    options = argparse.Namespace(warm=tmp_path / "served.pt", teacher=[], work=tmp_path, **pace)
    given = joined(dataclasses.replace(base, cues=cues), rasters(12, FEEDBACK, variant="ink"))
    model = train_candidate(given, 3, options)
    assert (model.weigh_line(torch.from_numpy(cues)).argmax(1).numpy() == base.labels).mean() > 0.9


def test_feedback_comes_back_from_its_folder_as_it_went_in(tmp_path) -> None:
    given = rasters(7, "feedback", variant="ink")
    save_feedback(tmp_path, given, NAMES)
    found = load_feedback(tmp_path, NAMES, 64)
    for name in given.__dataclass_fields__:
        assert (getattr(found, name) == getattr(given, name)).all()
    save_feedback(tmp_path, None, NAMES)
    assert load_feedback(tmp_path, NAMES, 64) is None


def test_a_few_corrections_are_drawn_often_enough_to_be_learnt_and_never_outweigh_the_base() -> None:
    both = joined(rasters(900), rasters(9, "feedback", variant="ink"))
    sampler = Sampler(both, Recipe(epochs=1))
    rows = np.concatenate([sampler.batch(100, 0) for _ in range(100)])
    part = (both.source[rows] == "feedback").mean()
    assert 3 * 9 / 909 < part < 0.25


def test_the_manifest_will_say_how_much_feedback_was_learnt_and_what_the_base_says_of_itself(tmp_path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base/sources.json").write_text('{"forms": {"name": "Forms", "licence": "CC0", "citation": "-"}}')
    given = joined(rasters(6, "feedback", variant="ink"), rasters(12, "feedback", variant="hand"))
    folder = sources_with(given, tmp_path / "base", tmp_path / "sources")
    said = json.loads((folder / "sources.json").read_text())
    assert said["forms"]["licence"] == "CC0"
    assert "6 records of 1 batches" in said["feedback"]["name"]
    assert "feedback" not in json.loads((sources_with(None, None, tmp_path / "none") / "sources.json").read_text())
