"""The gate: compares a candidate with the version that serves, and lets it into the catalog only if it is no worse.

    python -m ktav_training.gate --candidate training/.work/candidate --rasters training/.work/rasters \\
      --feedback training/.feedback --report training/.work/gate

Passes only if on the writers that no version trained on, and on held-out feedback, the whole does not fall and no letter
falls by more than a point; and if it knows what is no letter about as well (abstention.py). Then the package is copied
into --models and entered as a candidate with share 0; a person gives it a share. Exit status 0: passed; 3: refused, and
the report says why; 2: the question could not be asked.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .abstention import Thresholds, abstention_reasons, letters_kept, min_energy, no_letters, no_letters_of
from .base_rasters import ROOT
from .command import Arguments, Unusable, at_least, folder, read_json, run
from .compare import Comparison, compare, reasons_of
from .dataset import Rasters, load_rasters
from .evaluate import run_file
from .feedback import AS_IT_CAME, load_feedback
from .gate_report import write_verdict
from .publish import VersionExists, publish

KEPT = "what serves; a candidate that passed already stands in the catalog, with share 0"


class Unasked(Unusable):
    """The comparison cannot be made, as opposed to: it was made and went badly."""


@dataclass(frozen=True)
class Version:
    """A package as the gate sees it: the int8 file, which is what reads on nearly all devices, and the energy under which
    what it reads is no letter."""

    id: str
    version: str
    manifest: dict
    file: bytes
    min_energy: float

    @property
    def name(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def labels(self) -> list[str]:
        return [label["name"] for label in self.manifest["labels"]]


def read_version(folder: Path) -> Version:
    """Raises Unasked where there is no package, or none with a file for WebAssembly."""
    try:
        manifest = read_json(folder / "manifest.json")
    except FileNotFoundError as error:
        raise Unasked(f"{folder} holds no package") from error
    file = next((one for one in manifest["files"] if "wasm" in one["backends"] and one["role"] == "onnx"), None)
    if file is None:
        raise Unasked(f"{folder}: no file for WebAssembly")
    energy = min_energy(manifest, file["name"])
    return Version(manifest["id"], manifest["version"], manifest, (folder / file["path"]).read_bytes(), energy)


def serving_version(models: Path, id: str) -> Version:
    """The version with the largest share. Raises Unasked where none serves."""
    catalog = read_json(models / "catalog.json")
    model = next((one for one in catalog["models"] if one["id"] == id), {"versions": []})
    serving = [one for one in model["versions"] if one["status"] == "serving"]
    if not serving:
        raise Unasked(f"no version of {id} serves in {models}")
    most = max(serving, key=lambda one: one["share"])
    return read_version((models / most["manifest"]).parent)


def only_package(folder: Path) -> Path:
    """<folder>/<id>/<version>, as retrain leaves it, or the folder itself. Raises Unasked where there is not just one."""
    if (folder / "manifest.json").exists():
        return folder
    found = sorted(folder.glob("*/*/manifest.json"))
    if len(found) != 1:
        raise Unasked(f"{folder} holds {len(found)} packages, expected one")
    return found[0].parent


def comparable(candidate: Version, serving: Version) -> None:
    """Raises Unasked where the two do not answer the same question."""
    if candidate.labels != serving.labels:
        raise Unasked(f"{candidate.name} and {serving.name} have different labels")
    if candidate.manifest["preprocess"] != serving.manifest["preprocess"]:
        raise Unasked(f"{candidate.name} and {serving.name} read different rasters: their preprocess specs differ")


def sets_to_compare(rasters: Rasters, feedback: Rasters | None) -> dict[str, Rasters]:
    """base: scans and redrawn letters of unseen writers, each with its line and without. feedback: held-out records as
    they came; only where there are some."""
    base = rasters.select(split="test", variant=("scan", "traced")).letters().both_ways()
    if len(base) == 0:
        raise Unasked("the base rasters hold no test split")
    sets = {"base": base}
    held = None if feedback is None else feedback.select(split="test", variant=AS_IT_CAME)
    if held is not None and len(held):
        sets["feedback"] = held
    return sets


def main() -> None:
    parser = Arguments(__doc__)
    parser.add_argument("--candidate", type=folder, required=True, help="a package, or a folder with one package in it")
    parser.add_argument("--models", type=folder, default=ROOT / "public/models", help="where the serving version is")
    parser.add_argument("--rasters", type=folder, required=True, help="base rasters, of which the test split is read")
    parser.add_argument("--feedback", type=folder, help="what ingest wrote")
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--letter", type=float, default=1.0, help="points that a letter may fall by")
    parser.add_argument("--seed", type=at_least(0), default=1)
    options = parser.parse_args()
    passed = gate(options)
    if passed:
        subprocess.run(["npx", "tsx", "training/verify.ts", str(options.models.resolve())], cwd=ROOT, check=True)
    sys.exit(0 if passed else 3)


def gate(options: argparse.Namespace) -> bool:
    """True where the candidate passed and is in the catalog. Writes the report either way. Raises Unasked where there is
    nothing to compare, and VersionExists, before anything is measured, where its version is taken."""
    package = only_package(options.candidate)
    candidate = read_version(package)
    target = options.models / candidate.id / candidate.version
    if target.exists():
        raise VersionExists(f"{candidate.name} is in {options.models} already")
    serving = serving_version(options.models, candidate.id)
    comparable(candidate, serving)
    names, size = candidate.labels, candidate.manifest["preprocess"]["size"]
    feedback = load_feedback(options.feedback / "rasters", names, size) if options.feedback else None
    rasters = load_rasters(options.rasters, names, size)
    comparisons: list[Comparison] = []
    abstention: list[Comparison] = []
    at = Thresholds(serving.min_energy, candidate.min_energy)
    for name, one in sets_to_compare(rasters, feedback).items():
        logits = [run_file(version.file, one, True) for version in (serving, candidate)]
        right = [each.argmax(1) == one.labels for each in logits]
        comparisons.append(compare(name, one, right[0], right[1], names, options.seed))
        if name == "base":
            abstention.append(letters_kept(one, logits[0], logits[1], names, at, options.seed))
    others = no_letters_of(rasters, options.seed)
    if len(others):
        logits = [run_file(version.file, others, True) for version in (serving, candidate)]
        abstention.append(no_letters(others, logits[0], logits[1], at, options.seed))
    reasons = reasons_of(comparisons, options.letter) + abstention_reasons(abstention)
    write_verdict(options.report, candidate.name, serving.name, names, comparisons, abstention, reasons)
    print((options.report / "gate.md").read_text(encoding="utf-8"))
    if reasons:
        return False
    publish(package, options.models, candidate.id, candidate.version)
    return True


if __name__ == "__main__":
    run(main, KEPT)
