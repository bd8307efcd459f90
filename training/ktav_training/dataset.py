"""The rasters that `training/rasters/make.ts` wrote, as arrays.

Nothing is preprocessed here: every byte went through the TypeScript that the app runs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .command import Unusable, read_json

NEGATIVE = -1
"""Label of what is no letter."""

FEEDBACK = "feedback"
"""Source of what people confirmed or corrected; training/rasters/from-feedback.ts writes it."""


AGAIN = "Delete that folder and make it again by the command that wrote it."


@dataclass(frozen=True)
class Rasters:
    """pictures: N × size × size bytes, 0 = paper; cues: N × 4; labels: N, NEGATIVE for what is no letter."""

    pictures: np.ndarray
    cues: np.ndarray
    labels: np.ndarray
    split: np.ndarray
    source: np.ndarray
    writer: np.ndarray
    variant: np.ndarray
    path: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def where(self, mask: np.ndarray) -> "Rasters":
        return Rasters(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))

    def select(self, **columns: str | tuple[str, ...]) -> "Rasters":
        """Rows whose columns have one of the given values, e.g. select(split="test", variant="scan")."""
        mask = np.ones(len(self), bool)
        for name, wanted in columns.items():
            mask &= np.isin(getattr(self, name), [wanted] if isinstance(wanted, str) else list(wanted))
        return self.where(mask)

    def both_ways(self) -> "Rasters":
        """The same rows with their line and then without, as the app meets them."""
        blind = replace(self, cues=self.cues * 0)
        columns = (np.concatenate([getattr(self, name), getattr(blind, name)]) for name in self.__dataclass_fields__)
        return Rasters(*columns)

    def lend_cues(self, seed: int) -> "Rasters":
        """What is no letter borrows the lines of random letters: on the ruled sheet a scribble has one too, and a model
        that never saw that would take any known line for the mark of a letter."""
        cues = self.cues.copy()
        others = self.labels == NEGATIVE
        letters = np.flatnonzero(~others)
        if others.any() and len(letters):
            cues[others] = self.cues[np.random.default_rng(seed).choice(letters, int(others.sum()))]
        return replace(self, cues=cues)

    def letters(self) -> "Rasters":
        return self.where(self.labels != NEGATIVE)


def load_labels(path: Path) -> list[dict]:
    return read_json(path)


def load_rasters(folder: Path, names: list[str], size: int) -> Rasters:
    """Reads all shards of a folder. Raises Unusable where there is none, or where the parts of one do not fit
    together."""
    index = {name: i for i, name in enumerate(names)} | {"-": NEGATIVE}
    pictures, cues, rows = [], [], []
    shards = sorted(folder.glob("rows.*.tsv"))
    if not shards:
        raise Unusable(f"{folder} holds no rasters (rows.*.tsv)", "Name the folder rasters in the --work of the pipeline.")
    for shard in shards:
        number = shard.name.split(".")[1]
        lines = [line.split("\t") for line in shard.read_text(encoding="utf-8").splitlines() if line]
        strange = next((line for line in lines if len(line) != 6 or line[0] not in index), None)
        if strange is not None:
            raise Unusable(f"{shard}: a row of another kind or label: {strange[:6]}", AGAIN)
        picture = np.fromfile(folder / f"rasters.{number}.u8", np.uint8)
        cue = np.fromfile(folder / f"cues.{number}.f32", np.float32)
        if picture.size != len(lines) * size * size or cue.size != len(lines) * 4:
            raise Unusable(f"{shard}: {len(lines)} rows, but {picture.size} bytes and {cue.size} cue numbers", AGAIN)
        rows += lines
        pictures.append(picture.reshape(-1, size, size))
        cues.append(cue.reshape(-1, 4))
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    labels = np.array([index[name] for name in columns[0]], np.int64)
    return Rasters(np.concatenate(pictures), np.concatenate(cues), labels, *columns[1:])
