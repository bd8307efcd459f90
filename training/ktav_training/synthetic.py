"""Labelled pictures without any data: letters of open handwriting fonts, each "writer" a font in a hand of its own.

Fonts (SIL Open Font License 1.1), from the npm packages that the project pins: Gveret Levin, Playpen Sans Hebrew, Solitreo.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .command import Unusable

FONTS = {
    "gveret-levin": "gveret-levin/files/gveret-levin-hebrew-400-normal.woff2",
    "playpen": "playpen-sans-hebrew/files/playpen-sans-hebrew-hebrew-400-normal.woff2",
    "solitreo": "solitreo/files/solitreo-hebrew-400-normal.woff2",
}

CELL = (110, 100)


def render(
    folder: Path,
    labels: list[dict],
    fontsource: Path,
    writers: int,
    samples: int,
    seed: int = 1,
    fonts: tuple[str, ...] = tuple(FONTS),
) -> int:
    """Writes folder/synthetic/FONT-K/LABEL-S.png; `writers` hands for each font. Returns how many pictures. Hand K of a
    font is the same whatever labels it writes. Raises Unusable where a font is not installed (npm ci brings it)."""
    count = 0
    for font_name in fonts:
        path = fontsource / FONTS[font_name]
        if not path.exists():
            raise Unusable(f"there is no font {path}", "npm ci brings it.")
        for k in range(writers):
            hand = random.Random(f"{seed}/{font_name}/{k}")
            style = {
                "size": hand.uniform(34, 46),
                "slant": hand.gauss(0, 0.12),
                "stretch": math.exp(hand.gauss(0, 0.1)),
                "weight": hand.choice([0, 0, 1, 2]),
                "ink": hand.randint(0, 90),
            }
            target = folder / "synthetic" / f"{font_name}-{k:02d}"
            target.mkdir(parents=True, exist_ok=True)
            font = ImageFont.truetype(str(path), round(style["size"] * 2))
            for label in labels:
                for sample in range(samples):
                    _letter(label["letter"], font, style, hand).save(target / f"{label['name']}-{sample}.png")
                    count += 1
    return count


def _letter(letter: str, font: ImageFont.FreeTypeFont, style: dict, hand: random.Random) -> Image.Image:
    """One cell, drawn at twice the size and reduced, the letter on a common baseline."""
    width, height = CELL[0] * 2, CELL[1] * 2
    sheet = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(sheet)
    advance = draw.textlength(letter, font=font)
    x = (width - advance) / 2 + hand.gauss(0, 4)
    y = height * 0.64 + hand.gauss(0, 3)
    draw.text((x, y), letter, font=font, fill=style["ink"], anchor="ls", stroke_width=style["weight"])
    slant = style["slant"] + hand.gauss(0, 0.04)
    tilt = hand.gauss(0, 0.05)
    stretch = style["stretch"] * math.exp(hand.gauss(0, 0.04))
    cx, cy = width / 2, height * 0.55
    a, b, d, e = stretch, slant, tilt, 1 / stretch
    moved = sheet.transform(
        (width, height),
        Image.Transform.AFFINE,
        (a, b, cx - a * cx - b * cy, d, e, cy - d * cx - e * cy),
        Image.Resampling.BICUBIC,
        fillcolor=255,
    )
    return moved.filter(ImageFilter.GaussianBlur(hand.uniform(0, 1.2))).resize(CELL, Image.Resampling.BOX)
