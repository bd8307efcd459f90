"""Rasters of feedback: made in Node by the app's own preprocessing, kept in the shape that the trainer reads."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np

from .dataset import Rasters, load_rasters

ROOT = Path(__file__).parents[2]

AS_IT_CAME = ("ink", "picture")
"""Variants that people made; `hand` is made up from `ink`, for training alone."""


def draw_again(records: Path, out: Path, hands: int, names: list[str], size: int) -> Rasters | None:
    """The records of a file through rasters/from-feedback.ts; None where there are none. Raises CalledProcessError with
    what it printed above."""
    if records.stat().st_size == 0:
        return None
    script = "training/rasters/from-feedback.ts"
    command = ["node", "--import", "tsx", script, "--records", str(records), "--out", str(out)]
    subprocess.run([*command, "--hands", str(hands)], cwd=ROOT, check=True)
    return load_feedback(out, names, size)


def load_feedback(folder: Path, names: list[str], size: int) -> Rasters | None:
    """None where nothing is in it. Raises Unusable where the folder is not one of rasters."""
    rows = folder / "rows.0.tsv"
    if rows.exists() and rows.stat().st_size == 0:
        return None
    return load_rasters(folder, names, size)


def save_feedback(folder: Path, rasters: Rasters | None, names: list[str]) -> None:
    """Replaces what is there; None writes an empty folder of the same shape."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[str] = []
    pictures, cues = np.zeros(0, np.uint8), np.zeros(0, np.float32)
    if rasters is not None:
        pictures, cues = rasters.pictures, rasters.cues.astype(np.float32)
        columns = (rasters.split, rasters.source, rasters.writer, rasters.variant, rasters.path)
        rows = ["\t".join([names[label], *rest]) for label, *rest in zip(rasters.labels, *columns, strict=True)]
    pictures.tofile(folder / "rasters.0.u8")
    cues.tofile(folder / "cues.0.f32")
    (folder / "rows.0.tsv").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def joined(one: Rasters, other: Rasters) -> Rasters:
    columns = one.__dataclass_fields__
    return Rasters(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in columns))
