"""What is usual of letters in all hands, on hands that were drawn with spreads which are known."""

import re

import numpy as np
import pytest

from ktav_training.usual import Usual, as_module, learn_usual

LETTERS, EACH, HANDS = 4, 10, 60
WAVERS = np.array([[0.012, 0.006], [0.006, 0.012]])
DIFFERS = np.array([[0.03, 0.0], [0.0, 0.002]])


def hand(random: np.random.Generator, wavers: np.ndarray = WAVERS) -> tuple[np.ndarray, np.ndarray]:
    labels = np.repeat(np.arange(LETTERS), EACH)
    own = np.stack([labels, -labels], 1) + random.multivariate_normal([0, 0], DIFFERS, LETTERS)[labels]
    return own + random.multivariate_normal([0, 0], wavers, len(labels)), labels


@pytest.fixture(scope="module")
def usual() -> Usual:
    random = np.random.default_rng(0)
    return learn_usual([hand(random) for _ in range(HANDS)], wavering=1.0, anywhere=0.015, decimals=3)


def test_the_spreads_are_found_again(usual: Usual) -> None:
    back = np.linalg.inv(usual.axes)
    assert np.allclose(back @ back.T, WAVERS, atol=0.001)
    assert np.allclose(back @ np.diag(usual.between) @ back.T, DIFFERS, atol=0.006)
    assert np.allclose(usual.letters @ back.T, [[at, -at] for at in range(LETTERS)], atol=0.1)


def test_nothing_is_said_of_a_letter_without_samples(usual: Usual) -> None:
    said = usual.says(np.array([[1.2, -1.0]]), np.array([1]), np.array([[1.2, -1.0], [0.9, -1.1], [1.0, -1.0]]))
    assert said[:, 1].all()
    assert not said[:, [0, 2, 3]].any()


def test_what_is_said_makes_the_letters_of_a_new_hand_more_probable(usual: Usual) -> None:
    random = np.random.default_rng(1)
    gain = []
    for _ in range(20):
        places, labels = hand(random)
        first = np.arange(len(labels)) % EACH < 3
        said = usual.says(places[first], labels[first], places[~first])
        gain.append(said[np.arange(len(said)), labels[~first]].mean())
    assert np.mean(gain) > 0.1


def test_the_module_holds_it_to_the_last_number(usual: Usual) -> None:
    text = as_module("handLines", usual, ["alef", "bet", "final-kaf", "shin"])
    rows = [[float(one) for one in row.split(" ")] for row in re.findall(r"'([-0-9. ]+)'", text)]
    assert rows == [*usual.axes.tolist(), usual.between.tolist(), *usual.letters.tolist()]
    assert re.findall(r"^    (.+):", text, re.MULTILINE) == ["alef", "bet", "'final-kaf'", "shin"]
    assert "  anywhere: 0.015," in text
