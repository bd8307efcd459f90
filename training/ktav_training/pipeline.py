"""From a folder of labelled pictures to a verified model package, in one command.

    python -m ktav_training.pipeline --pictures DIR --version 1.0.0
    python -m ktav_training.pipeline --synthetic --epochs 3 --teachers 0 --models /tmp/models --version 0.0.1

Steps whose result is in --work already are not done again, so a broken run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

from .base_rasters import ROOT, make_rasters
from .calibrate import fit_rejection, fit_temperature, judge_rejection, softmax
from .card import model_card
from .checkpoint import keep_average, load_average
from .command import Arguments, at_least, file, folder, read_json, run, version
from .dataset import FEEDBACK, NEGATIVE, Rasters, load_labels, load_rasters
from .evaluate import figures_of, run_file
from .line_evidence import learn_line
from .network import LARGE, SMALL, Architecture, Reader
from .onnx_graph import float_model, int8_model
from .package import INT8, PACKED, Measured, Parts, add_to_catalog, choose_goldens, write_package
from .packing import pack
from .quantise import fold_reader, ranges_of
from .sources import sources_of
from .synthetic import render
from .train import SIZE, Recipe, as_input, train

KEPT = "pictures, rasters and finished epochs in --work, from which the same command goes on; and every version that exists"


def checks_of(validation: Rasters) -> dict[str, Rasters]:
    return {
        f"{source} {variant}": validation.select(source=source, variant=variant)
        for source in np.unique(validation.source)
        for variant in ("scan", "traced")
    }


def train_all(rasters: Rasters, classes: int, options: argparse.Namespace) -> Reader:
    training = rasters.select(split="train")
    checks = checks_of(rasters.select(split="validation").letters())
    small, large = (dataclasses.replace(one, classes=classes) for one in (SMALL, LARGE))
    if options.shapes is None:
        student = train_student(training, checks, small, large, options)
    else:
        student = load_average(options.shapes, small)
    learn_line(student, training, options.seed)
    keep_average(student, options.work / "student.pt")
    return student


def train_student(
    training: Rasters, checks: dict[str, Rasters], small: Architecture, large: Architecture, options: argparse.Namespace
) -> Reader:
    teachers = []
    for k in range(options.teachers):
        path = options.work / f"teacher-{k}.pt"
        recipe = Recipe(epochs=options.teacher_epochs, epoch=options.epoch, seed=options.seed + 1 + k)
        print(f"teacher {k}: {recipe}", flush=True)
        train(training, checks, large, recipe, [], path)
        teachers.append(load_average(path, large))
    recipe = Recipe(epochs=options.epochs, epoch=options.epoch, seed=options.seed)
    print(f"student: {recipe}", flush=True)
    return train(training, checks, small, recipe, teachers, options.work / "student.pt").eval()


def measure(int8: bytes, expanded: bytes, test: Rasters, names: list[str], temperature: float) -> list[Measured]:
    """Both files on every held-out set, with and without the line where one is known."""
    out = []
    for source in np.unique(test.source):
        for variant, how in (("scan", "as scanned"), ("traced", "redrawn with a pen")):
            part = test.select(source=source, variant=variant)
            writers = set(part.writer) - {"-"}
            of = f"{len(writers)} unseen writers" if writers else "held-out block"
            for line in (True, False) if part.cues[:, 0].any() else (False,):
                for name, model in ((INT8, int8), (PACKED, expanded)):
                    figures = figures_of(run_file(model, part, line), part.labels, names, temperature)
                    out.append(Measured(f"{source}, {of}, {how}", line, name, figures))
                    print(f"{out[-1].set}, line {line}, {name}: top-1 {figures.top1:.4f} top-3 {figures.top3:.4f} ece {figures.ece:.4f}")
    return out


def write_errors(path: Path, int8: bytes, test: Rasters, names: list[str], temperature: float) -> None:
    """Every held-out scan that is read wrongly, surest first, so that a person can look whether the label is right."""
    scans = test.select(variant="scan")
    chances = softmax(run_file(int8, scans, True) / temperature)
    read = chances.argmax(1)
    wrong = np.flatnonzero(read != scans.labels)
    wrong = wrong[np.argsort(-chances[wrong].max(1))]
    lines = [f"{scans.path[i]}\t{names[scans.labels[i]]}\t{names[read[i]]}\t{chances[i].max():.3f}" for i in wrong]
    path.write_text("picture\tlabel\tread as\tprobability\n" + "\n".join(lines) + "\n", encoding="utf-8")


def golden_candidates(options: argparse.Namespace, labels: list[dict], names: list[str]) -> Rasters:
    """Letters of open fonts, never scans: goldens are published."""
    folder = options.work / "golden-pictures"
    if not folder.exists():
        render(folder, labels, ROOT / "node_modules/@fontsource", writers=4, samples=1, seed=7)
    make_rasters(folder, options.work / "golden-rasters", drawn=2, photos=1)
    return load_rasters(options.work / "golden-rasters", names, SIZE).letters()


def main() -> None:
    parser = Arguments(__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--pictures", type=folder, help="SOURCE/WRITER/LABEL-K.png or SOURCE/LABEL/ANY.png")
    source.add_argument("--synthetic", action="store_true", help="letters of open fonts instead of pictures")
    parser.add_argument("--version", type=version, required=True)
    parser.add_argument("--id", default="hebrew-letters")
    parser.add_argument("--title-en", default="Handwritten Hebrew letters")
    parser.add_argument("--title-he", default="אותיות עבריות בכתב יד")
    parser.add_argument("--models", type=Path, default=ROOT / "public/models")
    parser.add_argument("--work", type=Path, default=ROOT / "training/.work", help="rasters and checkpoints (git ignores it)")
    parser.add_argument("--epochs", type=at_least(1), default=80)
    parser.add_argument("--teachers", type=at_least(0), default=2)
    parser.add_argument("--teacher-epochs", type=at_least(1), default=40)
    parser.add_argument("--epoch", type=at_least(1), default=20_000, help="pictures per epoch")
    parser.add_argument("--drawn", type=at_least(0), default=4)
    parser.add_argument("--photos", type=at_least(0), default=3)
    parser.add_argument("--writers", type=at_least(1), default=10, help="hands per font, with --synthetic")
    parser.add_argument("--shapes", type=file, help="checkpoint of a student: train none, learn the writing line alone")
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.add_argument("--threads", type=at_least(1), default=2)
    parser.add_argument("--serve", action="store_true", help="let the new version serve; else it is a candidate")
    options = parser.parse_args()
    options.work = options.work.resolve()
    options.models = options.models.resolve()
    # Said now and not after the training.
    if (options.models / options.id / options.version).exists():
        parser.error(f"{options.id} {options.version} is in {options.models} already, and no version is overwritten")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)

    labels = load_labels(ROOT / "training/labels.json")
    names = [label["name"] for label in labels]
    preprocess = read_json(ROOT / "training/preprocess.json")
    pictures = options.pictures.resolve() if options.pictures else options.work / "pictures"
    if options.synthetic and not pictures.exists():
        render(pictures, labels, ROOT / "node_modules/@fontsource", options.writers, samples=3, seed=options.seed)
    make_rasters(pictures, options.work / "rasters", options.drawn, options.photos)
    rasters = load_rasters(options.work / "rasters", names, SIZE).lend_cues(options.seed)
    model = train_all(rasters, len(names), options)
    build(model, rasters, labels, preprocess, pictures, options)


def build(
    model: Reader,
    rasters: Rasters,
    labels: list[dict],
    preprocess: dict,
    pictures: Path,
    options: argparse.Namespace,
) -> None:
    names = [label["name"] for label in labels]
    folded = fold_reader(model)
    rng = np.random.default_rng(options.seed)
    # Of the base data alone: ranges, and so rounding, stay as they are where no weight below the last layer has changed.
    sample = rasters.where((rasters.split == "train") & (rasters.source != FEEDBACK)).letters()
    sample = sample.where(rng.permutation(len(sample))[:1024])
    expanded = float_model(folded, SIZE)
    int8 = int8_model(folded, ranges_of(folded, as_input(sample.pictures)), SIZE)
    weights = [folded.stem.weights, folded.from_picture, folded.head, folded.from_line]
    weights += [c.weights for b in folded.blocks for c in (b.conv1, b.conv2, b.shortcut) if c is not None]
    packed = pack(expanded, weights)

    validation = rasters.select(split="validation", variant=("scan", "traced"))
    fit = validation.both_ways()
    logits = run_file(int8, fit, True)
    temperature = fit_temperature(logits, fit.labels, fit.source)
    others = rasters.where((rasters.labels == NEGATIVE) & (rasters.split == "validation"))
    rejection = fit_rejection(logits, run_file(int8, others, True), others.variant)
    test = rasters.select(split="test", variant=("scan", "traced"))
    unseen = rasters.where((rasters.labels == NEGATIVE) & (rasters.split == "test"))
    alarm, miss, by_kind = judge_rejection(
        rejection.min_energy, run_file(int8, test.both_ways(), True), run_file(int8, unseen, True), unseen.variant
    )
    rejection = dataclasses.replace(rejection, false_alarm=alarm, miss=miss, miss_by_kind=by_kind)
    write_errors(options.work / "errors.tsv", int8, test, names, temperature)
    measured = measure(int8, expanded, test, names, temperature)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    identity = {
        "id": options.id,
        "version": options.version,
        "title": {"en": options.title_en, "he": options.title_he},
        "minimumAppVersion": "0.1.0",
        "licence": "see MODEL_CARD.md",
    }
    held = {split: sorted(set(rasters.writer[rasters.split == split]) - {"-"}) for split in ("validation", "test")}
    splits = (
        f"By writer. Test: {', '.join(held['test'])}. Validation: {', '.join(held['validation'])}. Where no writer is "
        "known, the last fifth of each letter's pictures is test and the twentieth before it validation, as blocks."
    )
    provenance = {
        "data": sources_of(pictures, [str(name) for name in np.unique(rasters.source) if name != "made"]),
        "codeCommit": commit.stdout.strip() or "unknown",
        "trainingCommand": f"python -m ktav_training.{Path(sys.argv[0]).stem} " + " ".join(sys.argv[1:]),
        "splits": splits,
        "seed": options.seed,
    }
    candidates = golden_candidates(options, labels, names)
    parts = Parts(
        identity=identity,
        labels=labels,
        preprocess=preprocess,
        int8=int8,
        packed=packed,
        expanded=expanded,
        embedding=model.architecture.embedding,
        temperature=temperature,
        # Chosen, not fitted: below it the first guess is wrong more often than right.
        unsure=0.35,
        rejection=rejection,
        validation=validation,
        goldens=choose_goldens(int8, expanded, candidates, len(names)),
        measured=measured,
        provenance=provenance,
        card=model_card(identity, labels, measured, rejection, temperature, provenance, model.architecture),
    )
    folder = options.models / options.id / options.version
    write_package(folder, parts, ROOT)
    add_to_catalog(options.models, identity, options.serve)
    print(f"{folder}: int8 {len(int8)} bytes, packed {len(packed)} bytes, temperature {temperature:.3f}, {rejection}")
    subprocess.run(["npx", "tsx", "training/verify.ts", str(options.models)], cwd=ROOT, check=True)


if __name__ == "__main__":
    run(main, KEPT)
