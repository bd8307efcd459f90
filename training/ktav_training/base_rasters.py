"""A folder of labelled pictures → rasters, through the app's own preprocessing in Node."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from .command import Unusable

ROOT = Path(__file__).parents[2]


def make_rasters(pictures: Path, out: Path, drawn: int, photos: int) -> None:
    """Both cores, one shard each. Does nothing where it was done. Raises Unusable where a picture cannot be used; which,
    the tool has printed above."""
    if (out / "done").exists():
        return
    shards = 2
    command = ["node", "--import", "tsx", "training/rasters/make.ts", "--pictures", str(pictures), "--out", str(out)]
    command += ["--drawn", str(drawn), "--photos", str(photos)]
    running = [subprocess.Popen([*command, "--shard", f"{i}/{shards}"], cwd=ROOT) for i in range(shards)]
    if not _all_well(running):
        raise Unusable(f"of {pictures} no rasters were made", "What is wrong stands above; mend that and begin again.")
    (out / "done").touch()


def _all_well(running: list[subprocess.Popen[bytes]]) -> bool:
    """Waits. Where one fails the others are ended: each would go on for minutes, for nothing."""
    try:
        while any(one.poll() is None for one in running) and not any(one.returncode for one in running):
            time.sleep(0.1)
    finally:
        for one in running:
            one.terminate()
            one.wait()
    return all(one.returncode == 0 for one in running)
