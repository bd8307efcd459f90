"""A trained Reader → the folder that the app serves: files, manifest, goldens, model card."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from .calibrate import Rejection, energy_of, softmax
from .command import Unusable, read_json
from .dataset import Rasters
from .evaluate import Figures, run_file

INT8, PACKED = "int8", "fp32"
"""Names of the two files in manifest and goldens."""

TOLERANCE = {
    # The same WebAssembly gives the same bits everywhere; the margin is for other builds of the runtime.
    INT8: {"wasm": 1e-3, "native": 0.02},
    PACKED: {"webgl": 1e-5, "webgpu": 1e-3, "native": 1e-4},
}


@dataclass(frozen=True)
class Measured:
    """One line of the manifest's metrics."""

    set: str
    line: bool
    file: str
    figures: Figures


@dataclass(frozen=True)
class Parts:
    """What goes into a package. expanded: the float32 ONNX file that `packed` becomes on arrival."""

    identity: dict
    labels: list[dict]
    preprocess: dict
    int8: bytes
    packed: bytes
    expanded: bytes
    embedding: int
    temperature: float
    unsure: float
    rejection: Rejection
    validation: Rasters
    goldens: Rasters
    measured: list[Measured]
    provenance: dict
    card: str


def digest(data: bytes) -> dict:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def write_json(path: Path, value: object) -> bytes:
    data = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
    path.write_bytes(data)
    return data


STEADY = 1e-4
"""Largest difference of a golden's logits between two orders of summing, far below what the self-test allows."""


def choose_goldens(int8: bytes, expanded: bytes, candidates: Rasters, classes: int) -> Rasters:
    """For each class the input that both files read with the widest margin; for every second class one without its
    line where that can be read, so that both ways of asking are tested while the file stays small. An input on which a
    byte of int8 stands at the edge of rounding is none: it would tell one right runtime from another. Raises ValueError
    naming the classes that no candidate shows."""
    asked = candidates.both_ways()
    rows = np.arange(len(asked))
    unsteady = np.abs(run_file(int8, asked, True) - run_file(int8, asked, True, fused=False)).max(1) > STEADY
    margins = []
    for model in (int8, expanded):
        logits = run_file(model, asked, True)
        own = logits[rows, asked.labels].copy()
        logits[rows, asked.labels] = -np.inf
        margins.append(own - logits.max(1))
    margin = np.minimum(*margins)
    blind = asked.cues[:, 0] == 0
    chosen: list[int] = []
    for label in range(classes):
        readable = rows[(asked.labels == label) & (margin > 0.5) & ~unsteady]
        preferred = readable[blind[readable] == (label % 2 == 1)]
        best = preferred if len(preferred) else readable
        chosen += best[np.argsort(-margin[best])][:1].tolist()
    missing = sorted(set(range(classes)) - set(asked.labels[chosen].tolist()))
    if missing:
        raise ValueError(f"no candidate is read as class {missing}")
    return asked.where(np.isin(rows, chosen))


def histogram(values: np.ndarray, low: float, high: float, bins: int) -> dict:
    edges = np.linspace(low, high, bins + 1)
    counts, _ = np.histogram(np.clip(values, low, np.nextafter(high, low)), edges)
    return {"edges": [round(float(edge), 6) for edge in edges], "counts": counts.tolist()}


def baseline_of(int8: bytes, validation: Rasters, names: list[str], temperature: float) -> dict:
    """What answers look like where nothing is wrong: the yardstick for drift on a device."""
    logits = run_file(int8, validation, True)
    probabilities = softmax(logits / temperature)
    seen = np.bincount(probabilities.argmax(1), minlength=len(names)) / len(logits)
    known = validation.cues[:, 0] > 0
    return {
        "labelFrequencies": {name: float(part) for name, part in zip(names, seen, strict=True)},
        "topProbability": histogram(probabilities.max(1), 0, 1, 20),
        "energy": histogram(energy_of(logits), 0, 16, 32),
        "inkHeight": histogram(validation.cues[known, 1], 0, 3, 30),
    }


def write_package(folder: Path, parts: Parts, root: Path) -> None:
    """Writes the package; `root` is the repository, whose Node computes what WebAssembly answers to the goldens."""
    folder.mkdir(parents=True, exist_ok=False)
    names = [label["name"] for label in parts.labels]
    (folder / "model.int8.onnx").write_bytes(parts.int8)
    (folder / "model.packed").write_bytes(parts.packed)
    (folder / "MODEL_CARD.md").write_text(parts.card, encoding="utf-8")
    goldens = {
        "schemaVersion": 1,
        "model": parts.identity["id"],
        "version": parts.identity["version"],
        "tolerance": TOLERANCE,
        "goldens": [
            {
                "label": names[label],
                "line": [float(value) for value in cue],
                "picture": base64.b64encode(picture.tobytes()).decode(),
                "expected": {},
            }
            for picture, cue, label in zip(
                parts.goldens.pictures, parts.goldens.cues, parts.goldens.labels, strict=True
            )
        ],
    }
    write_json(folder / "goldens.json", goldens)
    expanded = folder / "expanded.onnx"
    expanded.write_bytes(parts.expanded)
    try:
        files = [f"{INT8}={folder / 'model.int8.onnx'}", f"{PACKED}={expanded}"]
        command = ["npx", "tsx", "training/rasters/expect.ts", str(folder / "goldens.json"), *files]
        subprocess.run(command, cwd=root, check=True)
    finally:
        expanded.unlink()
    size = parts.preprocess["size"]
    manifest = {
        "schemaVersion": 1,
        **parts.identity,
        "task": "image-classification",
        "createdAt": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "files": [
            {
                "name": INT8,
                "path": "model.int8.onnx",
                **digest(parts.int8),
                "role": "onnx",
                "precision": "int8-qdq",
                "backends": ["wasm"],
            },
            {
                "name": PACKED,
                "path": "model.packed",
                **digest(parts.packed),
                "role": "packed",
                "precision": "fp32",
                "backends": ["webgl", "webgpu"],
                "expanded": digest(parts.expanded),
            },
        ],
        "labels": parts.labels,
        "preprocess": parts.preprocess,
        "inputs": {
            "picture": {"name": "picture", "shape": ["N", 1, size, size]},
            "line": {"name": "line", "shape": ["N", 4]},
        },
        "outputs": {
            "logits": {"name": "logits", "shape": ["N", len(names)]},
            "embedding": {"name": "embedding", "shape": ["N", parts.embedding]},
        },
        "calibration": {
            "temperature": round(parts.temperature, 4),
            "unsure": {"minProbability": parts.unsure},
            "reject": {
                "score": "energy",
                "minEnergy": parts.rejection.min_energy,
                "falseAlarmRate": round(parts.rejection.false_alarm, 5),
                "missRate": round(parts.rejection.miss, 5),
            },
        },
        "goldens": {"path": "goldens.json", **digest((folder / "goldens.json").read_bytes())},
        "baseline": baseline_of(parts.int8, parts.validation, names, parts.temperature),
        "metrics": [
            {
                "set": one.set,
                "size": one.figures.size,
                "lineCue": one.line,
                "file": one.file,
                "top1": round(one.figures.top1, 5),
                "top3": round(one.figures.top3, 5),
                "ece": round(one.figures.ece, 5),
                "perLabel": {name: round(value, 4) for name, value in one.figures.per_label.items()},
            }
            for one in parts.measured
        ],
        "provenance": parts.provenance,
    }
    write_json(folder / "manifest.json", manifest)


def add_to_catalog(models: Path, identity: dict, serving: bool) -> None:
    """Enters the package in catalog.json; when it is to serve, what served before is retired. Nothing is overwritten:
    raises Unusable for a version that is there already."""
    path = models / "catalog.json"
    catalog = {"schemaVersion": 1, "serves": identity["id"], "models": []}
    if path.exists():
        catalog = read_json(path)
    model = next((one for one in catalog["models"] if one["id"] == identity["id"]), None)
    if model is None:
        model = {"id": identity["id"], "versions": []}
        catalog["models"].append(model)
    if any(one["version"] == identity["version"] for one in model["versions"]):
        raise Unusable(f"{identity['id']} {identity['version']} is in the catalog already", "Take another --version.")
    if serving:
        for one in model["versions"]:
            if one["status"] == "serving":
                one.update(status="retired", share=0)
    relative = f"{identity['id']}/{identity['version']}/manifest.json"
    manifest = digest((models / relative).read_bytes())
    model["versions"].append(
        {
            "version": identity["version"],
            "manifest": relative,
            "manifestSha256": manifest["sha256"],
            "manifestBytes": manifest["bytes"],
            "status": "serving" if serving else "candidate",
            "share": 1 if serving else 0,
        }
    )
    write_json(path, catalog)
