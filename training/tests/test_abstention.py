"""Whether the gate sees that a candidate knows less well what is no letter; logits are made for the purpose."""

import numpy as np

from ktav_training.abstention import (
    Thresholds,
    abstention_reasons,
    letters_kept,
    min_energy,
    no_letters,
    no_letters_of,
)
from ktav_training.compare import Comparison
from ktav_training.dataset import NEGATIVE, Rasters

KINDS = ["scribble", "texture", "word"]
SAME = Thresholds(1, 1)


def rasters(count: int, labels: tuple[int, ...], variants: tuple[str, ...], split: str = "test") -> Rasters:
    """count pictures of each. Letters have a line and a path, what is no letter neither; nobody wrote any."""
    label, variant = np.tile(labels, count), np.tile(variants, count)
    n = len(label)
    cues = np.where(label[:, None] == NEGATIVE, 0, np.full((n, 4), 0.5)).astype(np.float32)
    path = np.where(label == NEGATIVE, "-", np.arange(n).astype(str))
    columns = np.full(n, split), np.full(n, "made"), np.full(n, "-")
    return Rasters(np.zeros((n, 2, 2), np.uint8), cues, label, *columns, variant, path)


def others(count: int = 400, split: str = "test") -> Rasters:
    return rasters(count, (NEGATIVE,) * 3, tuple(KINDS), split)


def energies(values: np.ndarray) -> np.ndarray:
    """Logits with these energies."""
    return np.stack([values, np.full(len(values), -50.0)], 1)


def let_pass(data: Rasters, kind: str, count: int) -> np.ndarray:
    """All are turned away at an energy of 1, but for so many of a kind."""
    values = np.zeros(len(data))
    values[np.flatnonzero(data.variant == kind)[:count]] = 2
    return energies(values)


def of_others(serving: np.ndarray, candidate: np.ndarray, at: Thresholds = SAME) -> Comparison:
    return no_letters(others(), serving, candidate, at, 1)


def test_a_candidate_may_let_a_point_more_pass_and_no_further() -> None:
    data = others()
    serving = let_pass(data, "word", 24)
    for more, expected in ((12, []), (13, ["abstention: of what is no letter, 1.08 points more pass"])):
        reasons = abstention_reasons([of_others(serving, let_pass(data, "word", 24 + more))])
        assert [reason.split(" (95 %")[0] for reason in reasons] == expected


def test_kinds_are_shown_by_name_and_what_moves_between_them_refuses_nothing() -> None:
    data = others()
    found = of_others(let_pass(data, "word", 40), let_pass(data, "scribble", 40))
    assert {one.label: round(one.points) for one in found.letters} == {"scribble": -10, "texture": 0, "word": 10}
    assert found.whole.points == 0 and abstention_reasons([found]) == []


def test_each_version_goes_by_its_own_threshold() -> None:
    weak = energies(np.full(1200, 1.5))
    assert abstention_reasons([of_others(weak, weak, Thresholds(2, 2))]) == []
    assert "100.00 points more pass" in abstention_reasons([of_others(weak, weak, Thresholds(2, 1))])[0]
    assert abstention_reasons([of_others(weak, weak, Thresholds(1, 2))]) == []


def test_turning_everything_away_is_no_way_to_pass() -> None:
    letters = rasters(400, (0, 1), ("scan", "scan"))
    kept = energies(np.full(800, 3.0))
    for away, refused in ((4, False), (5, True)):
        fewer = energies(np.where(np.arange(800) < away, 0.0, 3.0))
        reasons = abstention_reasons([letters_kept(letters, kept, fewer, ["vav", "nun"], SAME, 1)])
        assert bool(reasons) == refused
    assert reasons[0].startswith("abstention: 0.62 points more letters are turned away (95 % between")


def test_what_is_no_letter_is_asked_with_the_lines_of_letters_and_without_and_of_the_test_split_alone() -> None:
    letters = rasters(10, (0,), ("scan",))
    parts = [letters, others(5), others(7, "train")]
    columns = (np.concatenate([getattr(one, name) for one in parts]) for name in letters.__dataclass_fields__)
    found = no_letters_of(Rasters(*columns), 1)
    assert len(found) == 2 * 15 and set(found.labels) == {NEGATIVE} and set(found.split) == {"test"}
    assert (found.cues[:15] == 0.5).all() and (found.cues[15:] == 0).all()


def test_what_was_made_counts_one_by_one_and_its_two_views_as_one() -> None:
    data = no_letters_of(others(100), 1)
    serving, candidate = energies(np.zeros(600)), energies(np.where(np.arange(600) % 300 < 30, 2.0, 0.0))
    found = no_letters(data, serving, candidate, SAME, 1)
    assert found.clusters == 300
    # A tenth of 300 has a standard error of 1.73 points, of 600 one of 1.22.
    assert 6.1 < 100 * (found.whole.high - found.whole.low) < 7.6


def test_a_file_with_numbers_of_its_own_is_judged_by_those() -> None:
    calibration = {"reject": {"minEnergy": 4.7}, "byFile": {"int8": {"reject": {"minEnergy": 5.1}}}}
    assert min_energy({"calibration": calibration}, "int8") == 5.1
    assert min_energy({"calibration": calibration}, "fp32") == 4.7
