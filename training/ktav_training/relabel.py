"""Are the wrong answers wrong? A blind second reading of the pictures that a model misread, among as many that it read.

    python -m ktav_training.relabel sheets --errors errors.tsv --pictures DIR --rasters DIR --source hhd --out DIR
    python -m ktav_training.relabel judge --out DIR --answers READER-1.tsv READER-2.tsv READER-3.tsv

`sheets` draws numbered pictures in random order and keeps the key apart; a reader sees neither label nor answer and
writes NUMBER<tab>LABEL, or ? for a picture that cannot be told. `judge` counts in how many of the misread and of the
well-read pictures the readers' majority names the label, and from both what part of the pictures with a label that
readers confirm the model reads.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, UnidentifiedImageError

from .command import Arguments, Unusable, at_least, file, folder, read_json, run

COLUMNS, ROWS, CELL, NUMBER_HEIGHT = 8, 6, 150, 22
UNREADABLE = "?"


@dataclass(frozen=True)
class Item:
    """One picture of the study: what it is labelled, what the model read, and whether that was wrong."""

    path: str
    label: str
    read: str
    wrong: bool


def choose(errors: list[Item], right: list[Item], seed: int, controls: int) -> list[Item]:
    """All errors and `controls` pictures that were read, in an order that says nothing. Controls are drawn by the errors'
    labels, so that a reader cannot tell the two apart by their letters."""
    rng = np.random.default_rng(seed)
    share = Counter(item.label for item in errors)
    weights = np.array([share[item.label] for item in right], float)
    usable = int((weights > 0).sum())
    drawn = rng.choice(len(right), min(controls, usable), replace=False, p=weights / weights.sum())
    items = errors + [right[i] for i in drawn]
    return [items[i] for i in rng.permutation(len(items))]


def draw_sheets(items: list[Item], pictures: Path, out: Path) -> int:
    """sheet-1.png …, each picture enlarged into its numbered cell with its shape kept. The grey bar at its left is the
    median height of all pictures at the same scale: without it nobody can tell yod, vav and final nun apart. Returns how
    many sheets."""
    per_sheet = COLUMNS * ROWS
    median = float(np.median([Image.open(pictures / item.path).height for item in items]))
    for first in range(0, len(items), per_sheet):
        sheet = Image.new("L", (COLUMNS * CELL, ROWS * (CELL + NUMBER_HEIGHT)), 255)
        draw = ImageDraw.Draw(sheet)
        for place, item in enumerate(items[first : first + per_sheet]):
            left, top = place % COLUMNS * CELL, place // COLUMNS * (CELL + NUMBER_HEIGHT)
            picture = Image.open(pictures / item.path).convert("L")
            scale = (CELL - 14) / max(picture.size)
            picture = picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.LANCZOS)
            sheet.paste(picture, (left + (CELL - picture.width) // 2, top + NUMBER_HEIGHT))
            bar = min(CELL - 14, round(median * scale))
            draw.rectangle((left + 4, top + NUMBER_HEIGHT, left + 7, top + NUMBER_HEIGHT + bar), fill=170)
            draw.text((left + 4, top + 4), str(first + place + 1), fill=0)
            draw.rectangle((left, top, left + CELL - 1, top + CELL + NUMBER_HEIGHT - 1), outline=190)
        sheet.save(out / f"sheet-{first // per_sheet + 1}.png")
    return -(-len(items) // per_sheet)


def majority(votes: list[str]) -> str:
    """What more than half of the readers name, else UNREADABLE."""
    name, count = Counter(votes).most_common(1)[0]
    return name if count * 2 > len(votes) else UNREADABLE


@dataclass(frozen=True)
class Judgement:
    """Shares are of the misread pictures, but `controls_confirmed`, of the pictures that were read."""

    misread: int
    label_confirmed: float
    answer_confirmed: float
    another: float
    unreadable: float
    controls: int
    controls_confirmed: float

    def accuracy_where_confirmed(self, accuracy: float) -> float:
        """Of pictures whose label readers confirm, the part that the model reads; accuracy is that over all pictures."""
        read = accuracy * self.controls_confirmed
        return read / (read + (1 - accuracy) * self.label_confirmed)


def judge(items: list[Item], readings: list[str]) -> Judgement:
    wrong = [(item, reading) for item, reading in zip(items, readings, strict=True) if item.wrong]
    right = [(item, reading) for item, reading in zip(items, readings, strict=True) if not item.wrong]

    def share(hits: list[bool]) -> float:
        return sum(hits) / max(1, len(hits))

    return Judgement(
        misread=len(wrong),
        label_confirmed=share([reading == item.label for item, reading in wrong]),
        answer_confirmed=share([reading == item.read for item, reading in wrong]),
        another=share([reading not in (item.label, item.read, UNREADABLE) for item, reading in wrong]),
        unreadable=share([reading == UNREADABLE for _, reading in wrong]),
        controls=len(right),
        controls_confirmed=share([reading == item.label for item, reading in right]),
    )


def read_answers(path: Path, count: int, names: set[str]) -> list[str]:
    """Raises Unusable for a number or a label that does not exist, and for a picture without an answer."""
    answers: dict[int, str] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        number, _, label = line.partition("\t")
        label = label.strip()
        if label != UNREADABLE and label not in names:
            raise Unusable(f"{path}: {label!r} at {number} is no label")
        if not number.strip().isdecimal():
            raise Unusable(f"{path}: {number!r} is no number of a picture")
        answers[int(number)] = label
    missing = [number for number in range(1, count + 1) if number not in answers]
    if missing:
        raise Unusable(f"{path}: no answer for {missing[:10]}")
    return [answers[number] for number in range(1, count + 1)]


def errors_of(path: Path, source: str) -> list[Item]:
    """errors.tsv as the pipeline writes it. Raises Unusable where it is not, or names nothing of that source."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    if any(len(line) < 3 for line in lines):
        raise Unusable(f"{path} is not what the pipeline writes as errors.tsv")
    errors = [Item(picture, label, read, True) for picture, label, read, *_ in lines if picture.startswith(f"{source}/")]
    if not errors:
        raise Unusable(f"{path} names no misread picture of {source}", "Name a source of those pictures: --source.")
    return errors


def scans_of_test(rasters: Path, source: str) -> list[tuple[str, str]]:
    """(path, label) of every held-out scan of a source, from the rows of training/rasters/make.ts."""
    out = []
    for shard in sorted(rasters.glob("rows.*.tsv")):
        for line in shard.read_text(encoding="utf-8").splitlines():
            label, split, of, _, variant, path = line.split("\t")
            if (split, of, variant) == ("test", source, "scan"):
                out.append((path, label))
    return out


def main() -> None:
    parser = Arguments(__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    sheets = steps.add_parser("sheets")
    sheets.add_argument("--errors", type=file, required=True)
    sheets.add_argument("--pictures", type=folder, required=True)
    sheets.add_argument("--rasters", type=folder, required=True)
    sheets.add_argument("--source", required=True)
    sheets.add_argument("--out", type=Path, required=True)
    sheets.add_argument("--seed", type=at_least(0), default=1)
    verdict = steps.add_parser("judge")
    verdict.add_argument("--out", type=folder, required=True)
    verdict.add_argument("--answers", type=file, nargs="+", required=True)
    options = parser.parse_args()
    key = options.out / "key.json"
    if options.step == "sheets":
        options.out.mkdir(parents=True, exist_ok=True)
        errors = errors_of(options.errors, options.source)
        misread = {item.path for item in errors}
        scans = scans_of_test(options.rasters, options.source)
        right = [Item(path, label, label, False) for path, label in scans if path not in misread]
        items = choose(errors, right, options.seed, len(errors))
        count = draw_sheets(items, options.pictures, options.out)
        key.write_text(json.dumps({"scans": len(scans), "items": [vars(item) for item in items]}, indent=1))
        print(f"{len(errors)} misread and {len(items) - len(errors)} read pictures on {count} sheets")
        return
    stored = read_json(key)
    items = [Item(**item) for item in stored["items"]]
    labels = read_json(Path(__file__).parents[1] / "labels.json")
    names = {label["name"] for label in labels}
    readers = [read_answers(path, len(items), names) for path in options.answers]
    readings = [majority(list(votes)) for votes in zip(*readers, strict=True)]
    found = judge(items, readings)
    accuracy = 1 - found.misread / stored["scans"]
    print(found)
    print(f"accuracy {accuracy:.4f}; where readers confirm the label {found.accuracy_where_confirmed(accuracy):.4f}")
    for item, reading in zip(items, readings, strict=True):
        if item.wrong:
            print("\t".join((item.path, item.label, item.read, reading)))


if __name__ == "__main__":
    run(main, "pictures, rasters and answers as they were", (UnidentifiedImageError,))
