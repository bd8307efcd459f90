import numpy as np
import torch

from ktav_training.augment import judge_line, shake
from ktav_training.dataset import NEGATIVE, Rasters
from ktav_training.train import Recipe, Sampler, loss_of


def test_shaking_keeps_ink_in_the_picture_and_never_mirrors_it() -> None:
    picture = torch.zeros(200, 1, 64, 64)
    # An L: mirrored or turned over, its corner would change sides.
    picture[:, :, 12:52, 16:20] = 1
    picture[:, :, 48:52, 16:44] = 1
    shaken = shake(picture, torch.Generator().manual_seed(0))
    assert shaken.min() >= 0 and shaken.max() <= 1
    columns, rows = shaken.sum((1, 2)), shaken.sum((1, 3))
    assert (columns[:, :32].sum(1) > columns[:, 32:].sum(1)).float().mean() > 0.95
    assert (rows[:, 32:].sum(1) > rows[:, :32].sum(1)).float().mean() > 0.95


def test_a_judged_line_is_known_as_often_as_asked_and_keeps_the_letter_in_place() -> None:
    cues = torch.tensor([[1.0, 1.2, 1.0, 0.1]]).repeat(4000, 1)
    judged = judge_line(cues, 0.5, torch.Generator().manual_seed(0))
    size, height, place, below = judged.unbind(1)
    assert abs(size.mean() - 0.5) < 0.05
    assert abs(place[size == 1].mean() - 0.75) < 0.05
    assert (height[size == 0] == 0).all() and (below[place == 0] == 0).all()
    assert ((place == 1) <= (size == 1)).all()
    assert abs(height[size == 1].median() - 1.2) < 0.05
    assert abs(below[place == 1].median() - 0.1) < 0.05


def test_a_place_that_is_not_known_is_never_made_up() -> None:
    cues = torch.tensor([[1.0, 0.8, 0.0, 0.0]]).repeat(200, 1)
    judged = judge_line(cues, 0.0, torch.Generator().manual_seed(0))
    assert (judged[:, 0] == 1).all() and (judged[:, 2:] == 0).all()


def test_an_unknown_line_is_never_made_up() -> None:
    assert (judge_line(torch.zeros(50, 4), 0.0, torch.Generator().manual_seed(0)) == 0).all()


def rasters(labels: list[int], sources: list[str]) -> Rasters:
    n = len(labels)
    column = np.array(["-"] * n)
    return Rasters(
        np.zeros((n, 4, 4), np.uint8), np.zeros((n, 4), np.float32), np.array(labels), column, np.array(sources), column, column, column
    )


def test_a_rare_letter_is_drawn_more_often_than_its_share() -> None:
    data = rasters([0] * 900 + [1] * 100 + [NEGATIVE] * 50, ["a"] * 1050)
    sampler = Sampler(data, Recipe(epochs=1))
    rows = np.concatenate([sampler.batch(100, 0.1) for _ in range(50)])
    labels = data.labels[rows]
    assert 0.2 < (labels == 1).sum() / (labels >= 0).sum() < 0.3
    assert (labels == NEGATIVE).mean() == 0.1


def test_the_loss_wants_what_is_no_letter_flat_and_low() -> None:
    recipe = Recipe(epochs=1)
    letter = torch.tensor([[9.0, 0.0, 0.0]])
    labels = torch.tensor([0, NEGATIVE])
    nobody = torch.tensor([False, False])
    sure = loss_of(torch.cat([letter, torch.tensor([[9.0, 0.0, 0.0]])]), labels, None, nobody, recipe)
    flat = loss_of(torch.cat([letter, torch.tensor([[0.0, 0.0, 0.0]])]), labels, None, nobody, recipe)
    assert flat < sure


def test_teachers_are_heard_of_every_letter_but_those_that_people_verified() -> None:
    recipe = Recipe(epochs=1)
    logits, labels = torch.tensor([[4.0, 0.0, 0.0], [4.0, 0.0, 0.0]]), torch.tensor([0, 0])
    # What the teacher takes for the second letter is the first, as people say.
    teacher = torch.tensor([[0.01, 0.98, 0.01]] * 2).log()

    def loss(teacher: torch.Tensor | None, *verified: bool) -> torch.Tensor:
        return loss_of(logits, labels, teacher, torch.tensor(verified), recipe)

    alone = loss(None, False, False)
    assert torch.isclose(loss(teacher, True, True), alone)
    assert loss(teacher, True, False) > alone
    assert loss(teacher, False, False) > loss(teacher, True, False)
