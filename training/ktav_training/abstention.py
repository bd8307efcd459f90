"""Whether a candidate knows what is no letter as well as the version that serves, each by its own threshold. Pure
arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .calibrate import energy_of
from .compare import Comparison, compare, interval
from .dataset import NEGATIVE, Rasters

LET_PASS = 1.0
"""Points by which it may let more pass of what is no letter. Two trainings of one recipe differed by 0.9."""

TURNED_AWAY = 0.5
"""Points by which it may turn more letters away. Thresholds are fitted so that half a point of the letters is turned
away; two trainings differed by 0.1."""

ALLOWED = {"no-letters": LET_PASS, "letters-kept": TURNED_AWAY}


@dataclass(frozen=True)
class Thresholds:
    """Energies under which the version that serves, and the candidate, say "not a letter"."""

    serving: float
    candidate: float


def min_energy(manifest: dict, file: str) -> float:
    """Of that file of the version: one precision may have numbers of its own."""
    calibration = manifest["calibration"]
    return float(calibration.get("byFile", {}).get(file, calibration)["reject"]["minEnergy"])


def no_letters_of(rasters: Rasters, seed: int) -> Rasters:
    """What is no letter in the test split, as the app meets it: on the ruled sheet with a line, in pictures without.
    Each was made by itself, by nobody and from no file, and gets a name here, so that its two views count as one."""
    others = rasters.lend_cues(seed)
    others = others.where((others.labels == NEGATIVE) & (others.split == "test"))
    return replace(others, path=np.arange(len(others)).astype(str)).both_ways()


def no_letters(others: Rasters, serving: np.ndarray, candidate: np.ndarray, at: Thresholds, seed: int) -> Comparison:
    """Of what is no letter, how much each version turns away, on the whole and by its kind. serving, candidate: logits."""
    kinds = sorted(set(others.variant.tolist()))
    by_kind = replace(others, labels=np.searchsorted(kinds, others.variant))
    right = energy_of(serving) < at.serving, energy_of(candidate) < at.candidate
    return replace(compare("no-letters", by_kind, *right, kinds, seed), judged=frozenset())


def letters_kept(
    letters: Rasters, serving: np.ndarray, candidate: np.ndarray, names: list[str], at: Thresholds, seed: int
) -> Comparison:
    """Of the letters, how many each version takes for one, whichever it names. serving, candidate: logits."""
    kept = energy_of(serving) >= at.serving, energy_of(candidate) >= at.candidate
    return replace(compare("letters-kept", letters, *kept, names, seed), judged=frozenset())


def abstention_reasons(comparisons: list[Comparison]) -> list[str]:
    """Why a candidate is refused, in words. Kinds and single letters are shown and do not count: what a training moves
    from one to the other is no loss."""
    words = {
        "no-letters": "of what is no letter, {} points more pass",
        "letters-kept": "{} points more letters are turned away",
    }
    return [
        f"abstention: {words[one.set].format(f'{-one.whole.points:.2f}')} ({interval(one.whole)})"
        for one in comparisons
        if one.whole.points < -ALLOWED[one.set] - 1e-9
    ]
