"""The pictures that the shown loop begins with: letters of open fonts in modern script, but for two, which are only known
as one font of another tradition writes them. The two in modern script are laid apart, for hands that correct and hands
that test.

    python e2e/loop/make_pictures.py --out DIR

Writes base/ (to train the first version on, and to gate the second by) and withheld/ (the same layout, the two letters
alone). There are enough hands that a fifth of them, which the splitting holds out for the gate, gives each letter over
fifty pictures; the gate looks at each in four ways, so that one point of a letter is more than one answer.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ktav_training.dataset import load_labels
from ktav_training.synthetic import FONTS, render

ROOT = Path(__file__).parents[2]

WITHHELD = ("alef", "tsadi")

STRANGE = "solitreo"
"""Its alef and tsadi have nothing in common with those of modern Hebrew script, which the other two fonts write. Its
other letters are left out: some of them are other letters of modern script, and no training settles which they are."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hands", type=int, default=24, help="for each font")
    parser.add_argument("--withheld-hands", type=int, default=8)
    options = parser.parse_args()
    labels = load_labels(ROOT / "training/labels.json")
    two = [label for label in labels if label["name"] in WITHHELD]
    others = [label for label in labels if label["name"] not in WITHHELD]
    modern = tuple(font for font in FONTS if font != STRANGE)
    fonts = ROOT / "node_modules/@fontsource"
    base = options.out / "base"
    count = render(base, others, fonts, options.hands, samples=6, fonts=modern)
    # Twice as many of these: a hand of two letters alone says where its line is by twelve of them or more.
    count += render(base, two, fonts, options.hands, samples=12, fonts=(STRANGE,))
    withheld = render(options.out / "withheld", two, fonts, options.withheld_hands, samples=4, fonts=modern)
    print(f"{count} pictures to begin with, {withheld} withheld")


if __name__ == "__main__":
    main()
