"""What the writing line says: nothing where it is not known, and what heights say of letters where it is."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from ktav_training.checkpoint import keep_average, load_average
from ktav_training.dataset import Rasters
from ktav_training.line_evidence import BANDWIDTH, learn_line, ratios
from ktav_training.network import SMALL, Reader

SMALL_3 = dataclasses.replace(SMALL, widths=(8, 16, 16, 16), blocks=(1, 1, 1, 1), embedding=32, classes=3)


def bars(heights: tuple[float, ...], placed: bool, each: int = 120) -> Rasters:
    """One picture for all: only the line tells these letters apart. Each stands on the baseline."""
    labels = np.repeat(np.arange(len(heights)), each)
    spread = np.random.default_rng(3).normal(0, 0.05, len(labels))
    cues = np.zeros((len(labels), 4), np.float32)
    cues[:, 0] = 1
    cues[:, 1] = np.array(heights)[labels] + spread
    cues[:, 2] = placed
    columns = [np.array([word] * len(labels)) for word in ("train", "forms", "w1", "scan", "p")]
    return Rasters(np.zeros((len(labels), 64, 64), np.uint8), cues, labels, *columns)


@pytest.fixture()
def untaught() -> Reader:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    model = Reader(SMALL_3).eval()
    with torch.no_grad():
        model.head.weight.zero_()
        model.head.bias.zero_()
    return model


def test_letters_of_one_shape_are_told_apart_by_their_height(untaught: Reader) -> None:
    known = bars((0.5, 1.0, 1.6), True)
    learn_line(untaught, known, seed=1)
    sure = untaught.weigh_line(torch.from_numpy(known.cues)).softmax(1)
    assert (sure.argmax(1).numpy() == known.labels).mean() > 0.95
    # Where the line is not known to be the writer's own, less surely.
    sized = bars((0.5, 1.0, 1.6), False)
    learn_line(untaught, sized, seed=1)
    less = untaught.weigh_line(torch.from_numpy(sized.cues)).softmax(1)
    assert (less.argmax(1).numpy() == sized.labels).mean() > 0.8
    assert less.max(1).values.mean() < sure.max(1).values.mean() - 0.1


def test_a_line_that_is_not_known_changes_no_bit_of_any_logit(untaught: Reader) -> None:
    pictures = torch.rand(4, 1, 64, 64)
    before, embedding = untaught(pictures, torch.zeros(4, 4))
    learn_line(untaught, bars((0.5, 1.0, 1.6), True), seed=1)
    after, unchanged = untaught(pictures, torch.zeros(4, 4))
    assert torch.equal(before, after) and torch.equal(embedding, unchanged)
    # And the embedding is of the shape alone, wherever it stands.
    assert torch.equal(untaught(pictures, torch.tensor([[1.0, 1.6, 1.0, 0.0]] * 4))[1], embedding)


def test_where_no_line_is_known_the_line_stays_silent(untaught: Reader) -> None:
    silent = bars((0.5, 1.0, 1.6), True)
    learn_line(untaught, dataclasses.replace(silent, cues=silent.cues * 0), seed=1)
    assert not untaught.weigh_line(torch.from_numpy(silent.cues)).any()


def test_the_ratio_of_two_bells_is_that_of_their_densities() -> None:
    generator = torch.Generator().manual_seed(1)
    seen = torch.cat([torch.randn(40_000, 1, generator=generator) * 0.2 + middle for middle in (1.0, 1.4)])
    first = (torch.arange(80_000) < 40_000).float()
    asked = torch.tensor([[0.9], [1.2], [1.5]])
    found = ratios(seen, [first, 1 - first, torch.zeros(80_000)], asked)
    variance = 0.2**2 + BANDWIDTH**2
    bells = [torch.exp(-((asked[:, 0] - middle) ** 2) / (2 * variance)) for middle in (1.0, 1.4)]
    expected = torch.log(torch.stack(bells, 1) / ((bells[0] + bells[1]) / 2)[:, None])
    assert torch.allclose(found[:, :2], expected, atol=0.05)
    assert (found[:, 2] == 0).all()


def test_what_the_line_says_travels_with_the_checkpoint(untaught: Reader, tmp_path: Path) -> None:
    torch.save({"average": untaught.state_dict(), "epoch": 7}, tmp_path / "student.pt")
    learn_line(untaught, bars((0.5, 1.0, 1.6), True), seed=1)
    keep_average(untaught, tmp_path / "student.pt")
    again = load_average(tmp_path / "student.pt", SMALL_3)
    cues = torch.tensor([[1.0, 1.6, 1.0, 0.0]])
    assert torch.equal(again.weigh_line(cues), untaught.weigh_line(cues)) and untaught.weigh_line(cues).any()
    assert torch.load(tmp_path / "student.pt", weights_only=True)["epoch"] == 7


def test_an_older_checkpoint_gives_the_shapes_that_it_read_without_a_line(untaught: Reader, tmp_path: Path) -> None:
    """Up to 0.3.0 the embedding was relu(picture + line), and an unknown line said something too: its biases."""
    state = {name: value.clone() for name, value in untaught.state_dict().items()}
    state |= {"line_hidden.weight": torch.randn(32, 4), "line_hidden.bias": torch.randn(32), "from_line.weight": torch.randn(32, 32)}
    torch.save({"average": state}, tmp_path / "old.pt")
    pictures = torch.rand(3, 1, 64, 64)
    pooled = []
    untaught.from_picture.register_forward_hook(lambda module, given, out: pooled.append(given[0]))
    untaught.read_shape(pictures)
    joined = pooled[0] @ state["from_picture.weight"].T + state["from_picture.bias"]
    expected = torch.relu(joined + torch.relu(state["line_hidden.bias"]) @ state["from_line.weight"].T)
    model = load_average(tmp_path / "old.pt", SMALL_3)
    assert torch.allclose(model.read_shape(pictures)[1], expected, atol=1e-5)
    assert not model.weigh_line(torch.ones(1, 4)).any()
