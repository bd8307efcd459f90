"""Writes src/ui/letters/strokes.json: how a hand may write each letter, traced from the typeface Gveret Levin (OFL).

    python training/letter-strokes/make_strokes.py [--sheet sheet.png]

Needs Pillow and NumPy, and the font from `npm ci`. The coordinates are thousandths of the ruled drawing sheet
(src/app/sheet.ts): headline at 350, baseline at 650.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path as File

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from curves import Path, length, simplify, smooth
from trace import Graph, thin

ROOT = File(__file__).resolve().parents[2]
FONT = ROOT / "node_modules/@fontsource/gveret-levin/files/gveret-levin-hebrew-400-normal.woff"
OUT = ROOT / "src/ui/letters/strokes.json"

LETTERS = {
    "alef": "א", "bet": "ב", "gimel": "ג", "dalet": "ד", "he": "ה", "vav": "ו", "zayin": "ז", "het": "ח", "tet": "ט",
    "yod": "י", "kaf": "כ", "lamed": "ל", "mem": "מ", "nun": "נ", "samekh": "ס", "ayin": "ע", "pe": "פ", "tsadi": "צ",
    "qof": "ק", "resh": "ר", "shin": "ש", "tav": "ת", "final-kaf": "ך", "final-mem": "ם", "final-nun": "ן",
    "final-pe": "ף", "final-tsadi": "ץ",
}
# Letters that stand exactly between the lines: their height is what the headline is drawn at.
UPRIGHT = "בדהוחכמנסרת"
SIZE = 600
HEADLINE, BASELINE = 350, 650


def drawn(font: ImageFont.FreeTypeFont, char: str) -> np.ndarray:
    """The glyph in black on a square of 2 × SIZE, baseline at 1.25 × SIZE."""
    image = Image.new("L", (2 * SIZE, 2 * SIZE), 0)
    ImageDraw.Draw(image).text((SIZE, 1.25 * SIZE), char, fill=255, font=font, anchor="ms")
    return np.array(image) > 127


def pen_width(ink: np.ndarray, lines: np.ndarray) -> float:
    return ink.sum() / max(1, lines.sum())


def directed(path: Path) -> Path:
    """From where a Hebrew hand begins: from the top, and from the right."""
    (ax, ay), (bx, by) = path[0], path[-1]
    if math.hypot(ax - bx, ay - by) < 4:
        return ring(path)
    return path if (ax - bx) * 0.55 - (ay - by) >= 0 else path[::-1]


def ring(path: Path) -> Path:
    """A closed line begins at its top and runs to the left first."""
    body = path[:-1]
    top = min(range(len(body)), key=lambda i: body[i][1])
    turned = body[top:] + body[:top] + [body[top]]
    quarter = turned[len(turned) // 4]
    return turned if quarter[0] < turned[0][0] else turned[::-1]


def strokes_of(font: ImageFont.FreeTypeFont, char: str) -> list[Path]:
    ink = drawn(font, char)
    lines = thin(ink)
    pen = pen_width(ink, lines)
    graph = Graph(lines)
    graph.prune(pen * 0.9)
    graph.join_close(pen * 1.1)
    graph.detour(pen * 4)
    paths = [p for p in graph.paths(math.radians(62), pen * 1.6) if length(p) > pen * 0.8]
    paths = [directed(smooth(p, pen * 0.16)) for p in paths]
    # The first stroke begins furthest to the right; what begins at about the same place goes from the top.
    paths.sort(key=lambda p: (-p[0][0] + 0.35 * p[0][1]) - 0.15 * length(p))
    return paths


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheet", type=File, help="draws all letters with their stroke order, to look at")
    arguments = parser.parse_args()
    font = ImageFont.truetype(str(FONT), SIZE)
    tops = [SIZE * 1.25 - np.nonzero(drawn(font, char).any(1))[0][0] for char in UPRIGHT]
    scale = (BASELINE - HEADLINE) / float(np.median(tops))
    letters = {}
    for label, char in LETTERS.items():
        paths = strokes_of(font, char)
        xs = [x for p in paths for x, _ in p]
        middle = (min(xs) + max(xs)) / 2
        placed = [
            simplify([((x - middle) * scale + 500, (y - 1.25 * SIZE) * scale + BASELINE) for x, y in p], 1.6)
            for p in paths
        ]
        letters[label] = [[round(v) for point in p for v in point] for p in placed]
    about = "Traced from Gveret Levin (SIL OFL 1.1) by training/letter-strokes/make_strokes.py; thousandths of the sheet."
    rows = ",\n".join(f'    "{label}": {json.dumps(strokes, separators=(",", ":"))}' for label, strokes in letters.items())
    OUT.write_text(f'{{\n  "about": "{about}",\n  "letters": {{\n{rows}\n  }}\n}}\n')
    if arguments.sheet:
        draw_sheet(letters, arguments.sheet)


def draw_sheet(letters: dict[str, list[list[int]]], file: File) -> None:
    cell, columns = 230, 9
    sheet = Image.new("RGB", (columns * cell, -(-len(letters) // columns) * cell), "white")
    pencil = ImageDraw.Draw(sheet)
    colours = ["#1c2b63", "#c0392b", "#1e8449", "#af7ac5", "#d68910"]
    for n, (label, strokes) in enumerate(letters.items()):
        left, top = n % columns * cell, n // columns * cell
        for rule in (HEADLINE, BASELINE):
            pencil.line([left, top + rule * cell / 1000, left + cell, top + rule * cell / 1000], fill="#9bd")
        for k, stroke in enumerate(strokes):
            points = [(left + x * cell / 1000, top + y * cell / 1000) for x, y in zip(stroke[::2], stroke[1::2])]
            pencil.line(points, fill=colours[k % 5], width=4, joint="curve")
            x, y = points[0]
            pencil.ellipse([x - 5, y - 5, x + 5, y + 5], fill=colours[k % 5])
            pencil.text((x + 7, y - 12), str(k + 1), fill="black")
            # An arrow's worth of direction: a small ring where the stroke ends.
            x, y = points[-1]
            pencil.ellipse([x - 4, y - 4, x + 4, y + 4], outline="black")
        pencil.text((left + 4, top + 4), f"{label} {sum(len(s) // 2 for s in strokes)}p", fill="black")
    sheet.save(file)


if __name__ == "__main__":
    main()
