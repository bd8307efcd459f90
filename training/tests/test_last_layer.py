"""What a few corrections of a few letters change, and what they leave as it was."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from ktav_training.calibrate import energy_of
from ktav_training.dataset import FEEDBACK, Rasters
from ktav_training.feedback import joined
from ktav_training.last_layer import ENERGY, learn_letters
from ktav_training.network import SMALL, Reader
from ktav_training.train import Recipe, accuracy, logits_of, train

SMALL_3 = dataclasses.replace(SMALL, widths=(8, 16, 16, 16), blocks=(1, 1, 1, 1), embedding=32, classes=3)
TWICE = Recipe(epochs=2, epoch=1280)


def rasters(pictures: list[np.ndarray], labels: list[int], source: str, variant: str) -> Rasters:
    columns = [np.array([word] * len(labels)) for word in ("train", source, "w1", variant, "p")]
    return Rasters(np.stack(pictures), np.zeros((len(labels), 4), np.float32), np.array(labels), *columns)


def bar(place: int, standing: bool = False) -> np.ndarray:
    picture = np.zeros((64, 64), np.uint8)
    picture[8 + 20 * place : 16 + 20 * place, 8:56] = 255
    return picture.T.copy() if standing else picture


BASE = rasters([bar(i % 3) for i in range(96)], [i % 3 for i in range(96)], "forms", "scan")
"""Bars that lie; how high says which letter it is."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    torch.set_num_threads(1)
    folder: Path = tmp_path_factory.mktemp("served")
    reader = train(BASE, {}, SMALL_3, Recipe(epochs=4, epoch=1280, batch=32, negatives=0), [], folder / "served.pt").eval()
    assert accuracy(reader, BASE, True)[0] == 1
    return reader


def test_a_corrected_letter_is_learnt_and_no_other_moves(served: Reader) -> None:
    standing = rasters([bar(2, standing=True)] * 24, [2] * 24, FEEDBACK, "ink")
    model = learn_letters(served, joined(BASE, standing), TWICE)
    assert accuracy(model, standing, True)[0] == 1
    assert accuracy(model, BASE, True)[0] == 1
    # Not only the likeliest of letters, but a letter at all, as those are that the model knew.
    assert energy_of(logits_of(model, standing, True)).min() > ENERGY - 0.2
    both = joined(BASE, standing)
    assert (logits_of(model, both, True)[:, :2] == logits_of(served, both, True)[:, :2]).all()
    # And the version that serves is still what it was.
    assert accuracy(served, BASE, True)[0] == 1 and model is not served


def test_a_correction_takes_no_picture_of_another_letter_that_was_read_rightly(served: Reader) -> None:
    # People call the very picture of the first letter the third: in so far the base data has the last word.
    alike = rasters([bar(0)] * 96, [2] * 96, FEEDBACK, "ink")
    model = learn_letters(served, joined(BASE, alike), TWICE)
    assert accuracy(model, BASE.where(BASE.labels != 2), True)[0] == 1


def test_without_a_correction_there_is_nothing_to_learn(served: Reader) -> None:
    with pytest.raises(ValueError, match="no correction"):
        learn_letters(served, BASE, TWICE)
