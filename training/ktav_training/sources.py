"""Where the pictures of a model come from, for its manifest and its card."""

from __future__ import annotations

from pathlib import Path

from .command import read_json

SOURCES = {
    "forms": {
        "name": "Hebrew letters on scanned forms, 60 writers",
        "licence": "none stated",
        "citation": "Published on GitHub by the authors of a student project on Hebrew handwriting recognition "
        "(moranzargari/Handwriting-detection-recognition).",
    },
    "hhd": {
        "name": "HHD_v0, isolated letters",
        "licence": "CC BY 3.0 by one mirror, CC BY-ND 3.0 by another",
        "citation": "I. Rabaev, B. Kurar Barakat, A. Churkin, J. El-Sana: The HHD Dataset. ICFHR 2020, pp. 228-233.",
    },
    "synthetic": {
        "name": "Letters rendered from open handwriting fonts",
        "licence": "SIL Open Font License 1.1",
        "citation": "Gveret Levin, Playpen Sans Hebrew, Solitreo, from the @fontsource packages.",
    },
}


def sources_of(pictures: Path, found: list[str]) -> list[dict]:
    """Where the pictures come from, for manifest and card: from sources.json in their folder ({"SOURCE": {"name",
    "licence", "citation"}}), else from what is known above, else the folder's name and that nothing is stated."""
    own = pictures / "sources.json"
    known = SOURCES | (read_json(own) if own.exists() else {})
    nothing = {"licence": "not stated", "citation": "not stated"}
    return [known.get(name, {"name": name} | nothing) for name in found]
