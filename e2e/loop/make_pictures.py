"""The pictures that the shown loop begins with: letters of open fonts, where two letters are only known as one font
writes them. Everything else that was rendered of the two is laid apart, for hands that correct and hands that test.

    python e2e/loop/make_pictures.py --out DIR --hands 8

Writes base/ (to train the first version on) and withheld/ (the same layout, the two letters alone).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ktav_training.dataset import load_labels
from ktav_training.synthetic import render

ROOT = Path(__file__).parents[2]

WITHHELD = ("alef", "tsadi")

STRANGE = "solitreo"
"""Its alef and tsadi have nothing in common with those of modern Hebrew script, which the other two fonts write."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hands", type=int, default=8)
    parser.add_argument("--samples", type=int, default=3)
    options = parser.parse_args()
    labels = load_labels(ROOT / "training/labels.json")
    base, withheld = options.out / "base", options.out / "withheld"
    count = render(base, labels, ROOT / "node_modules/@fontsource", options.hands, options.samples)
    moved = 0
    for path in sorted(base.glob("*/*/*.png")):
        if path.stem.rsplit("-", 1)[0] in WITHHELD and not path.parent.name.startswith(STRANGE):
            target = withheld / path.relative_to(base)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
            moved += 1
    print(f"{count - moved} pictures to begin with, {moved} withheld")


if __name__ == "__main__":
    main()
