"""Which readable records are still not to be trained on. Pure: decisions over values, each with its reason.

Identical inputs that are called differently are settled by vote, one vote for each batch and label, because a batch
comes from one device and a device must not outvote others by sending more. A label that has two thirds of the votes
wins and its rivals are set aside (`outvoted`); where none has, all are (`conflict`). Of identical inputs with one label
the oldest is kept (`repeated`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from .records import Unfit

MAJORITY = 2 / 3


@dataclass(frozen=True)
class Rules:
    """near: distance under which two rasters of one letter are the same drawing sent again. Of 20 129 scans of letters
    none has a neighbour of its letter nearer than 0.08; redrawn as bare strokes, one in a thousand has one nearer than
    0.06, nearly all of them straight ones (vav, final nun), of which little is lost. cue: how far the cues of two such
    may be apart. flood: records of one letter that a batch may hold within `window` seconds."""

    near: float = 0.06
    cue: float = 0.1
    flood: int = 40
    window: float = 600


@dataclass(frozen=True)
class Claim:
    """A record as it is judged. raster: size × size bytes; cue: four numbers; batch: that it was first sealed in;
    made: seconds, from its id."""

    id: str
    label: str
    batch: str
    made: float
    raster: np.ndarray
    cue: np.ndarray


def made_at(id: str) -> float:
    """Seconds since 1970 of a UUIDv7."""
    return int(id.replace("-", "")[:12], 16) / 1000


def judge(claims: list[Claim], rules: Rules) -> dict[str, Unfit]:
    """Why a record is set aside, by its id; those that are not in it are accepted. The order of claims changes
    nothing."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    out: dict[str, Unfit] = {}
    for rule in (settle_conflicts, find_near, find_floods):
        out |= rule([claim for claim in ordered if claim.id not in out], rules)
    return out


def settle_conflicts(claims: list[Claim], rules: Rules) -> dict[str, Unfit]:
    groups: dict[bytes, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.raster.tobytes() + claim.cue.astype(np.float32).tobytes()].append(claim)
    out: dict[str, Unfit] = {}
    for group in groups.values():
        if len(group) == 1:
            continue
        voters: dict[str, set[str]] = defaultdict(set)
        for claim in group:
            voters[claim.label].add(claim.batch)
        votes = sum(len(batches) for batches in voters.values())
        winner = next((label for label, batches in voters.items() if len(batches) >= MAJORITY * votes), None)
        told = ", ".join(f"{label} {len(voters[label])}" for label in sorted(voters))
        kept: str | None = None
        for claim in group:
            if winner is None:
                out[claim.id] = Unfit("conflict", f"votes: {told}")
            elif claim.label != winner:
                out[claim.id] = Unfit("outvoted", f"votes: {told}")
            elif kept is not None:
                out[claim.id] = Unfit("repeated", f"the same as {kept}")
            else:
                kept = claim.id
    return out


def coarse(raster: np.ndarray) -> np.ndarray:
    """A raster in a quarter of its side, 0 to 1, so that a pixel's shift counts little."""
    side = raster.shape[0] // 4
    return (raster.reshape(side, 4, side, 4).mean((1, 3)) / 255).astype(np.float32).ravel()


def find_near(claims: list[Claim], rules: Rules) -> dict[str, Unfit]:
    """Records whose raster is nearly that of an older one of the same letter, whichever batch that was in. Distance:
    root of the summed squares of differences, over the mean of both rasters' own."""
    by_label: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_label[claim.label].append(claim)
    out: dict[str, Unfit] = {}
    for group in by_label.values():
        pictures = np.stack([coarse(claim.raster) for claim in group])
        power = (pictures**2).sum(1)
        cues = np.stack([claim.cue for claim in group])
        # The older ones that are kept stand in the first rows, so that they can be compared as one slice.
        kept: list[int] = []
        for i, claim in enumerate(group):
            k = len(kept)
            distance = np.maximum(power[:k] + power[i] - 2 * pictures[:k] @ pictures[i], 0)
            distance = np.sqrt(distance / np.maximum((power[:k] + power[i]) / 2, 1e-9))
            distance[np.abs(cues[:k] - cues[i]).max(1, initial=0) > rules.cue] = np.inf
            nearest = int(distance.argmin()) if k else -1
            if k and distance[nearest] < rules.near:
                out[claim.id] = Unfit("near-identical", f"{distance[nearest]:.3f} from {group[kept[nearest]].id}")
                continue
            pictures[k], power[k], cues[k] = pictures[i], power[i], cues[i]
            kept.append(i)
    return out


def find_floods(claims: list[Claim], rules: Rules) -> dict[str, Unfit]:
    """Every record of a burst: more than rules.flood of one letter in one batch within rules.window seconds. No record
    says which device it came from; its batch is the nearest thing to that."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.batch, claim.label].append(claim)
    out: dict[str, Unfit] = {}
    for (_, label), group in groups.items():
        group.sort(key=lambda claim: claim.made)
        first = 0
        for last in range(len(group)):
            while group[last].made - group[first].made > rules.window:
                first += 1
            count = last - first + 1
            if count > rules.flood:
                for claim in group[first : last + 1]:
                    out[claim.id] = Unfit("flood", f"more than {rules.flood} of {label} within {rules.window:.0f} s")
    return out
