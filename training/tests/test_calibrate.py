import numpy as np

from ktav_training.calibrate import (
    energy_of,
    expected_calibration_error,
    fit_rejection,
    fit_temperature,
    softmax,
)


def drawn_from(temperature: float, count: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Logits whose labels really follow softmax(logits / temperature)."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (count, 5))
    probabilities = softmax(logits / temperature)
    labels = (probabilities.cumsum(1) < rng.random((count, 1))).sum(1)
    return logits, labels


def test_the_temperature_that_made_the_labels_is_found_again() -> None:
    for temperature in (0.5, 1.0, 2.5):
        logits, labels = drawn_from(temperature)
        assert abs(fit_temperature(logits, labels, np.full(len(labels), "one")) - temperature) < 0.05 * temperature


def test_a_small_source_says_as_much_about_the_temperature_as_a_large_one() -> None:
    large, small = drawn_from(0.5, 20_000), drawn_from(2.5, 2_000)
    logits, labels = (np.concatenate(both) for both in zip(large, small, strict=True))
    groups = np.repeat(["large", "small"], [20_000, 2_000])
    ten_times = np.concatenate([large[0], *[small[0]] * 10]), np.concatenate([large[1], *[small[1]] * 10])
    as_large = fit_temperature(*ten_times, np.full(40_000, "one"))
    assert abs(fit_temperature(logits, labels, groups) - as_large) < 1e-6 * as_large


def test_calibration_error_is_small_at_the_right_temperature_and_large_at_a_wrong_one() -> None:
    logits, labels = drawn_from(2.0)
    assert expected_calibration_error(softmax(logits / 2.0), labels) < 0.01
    assert expected_calibration_error(softmax(logits / 0.5), labels) > 0.1


def test_energy_is_logsumexp_and_survives_large_logits() -> None:
    assert np.allclose(energy_of(np.array([[0.0, 0.0]])), np.log(2))
    assert np.allclose(energy_of(np.array([[1000.0, 1000.0]])), 1000 + np.log(2))


def test_the_rejection_threshold_keeps_its_promise_on_false_alarms() -> None:
    rng = np.random.default_rng(1)
    letters = rng.normal(3, 1, (10_000, 4))
    others = rng.normal(-3, 1, (1_000, 4))
    found = fit_rejection(letters, others, np.array(["noise"] * 1_000), false_alarm=0.01)
    assert abs(found.false_alarm - 0.01) < 0.002
    assert found.miss < 0.01
    assert found.miss_by_kind == {"noise": found.miss}
