"""Base data and accepted feedback → a candidate version, with its package, beside what is served and never in it.

    python -m ktav_training.retrain --rasters training/.work/rasters --feedback training/.feedback \\
      --version 1.1.0 --warm training/.work/student.pt --work training/.retrain

The package lands in --work/candidate; `python -m ktav_training.gate` decides what becomes of it.

With --warm the version that serves is where training begins, and, unless others are given, the teacher: what it says of
the base data is kept while the corrections are learnt (learning without forgetting; Li and Hoiem, 2016). With
--corrected-only too, nothing is learnt but the last layer's rows of the letters that were corrected: for a few dozen
corrections, where all other letters shall stay as they are. Without --warm the network starts from nothing, and wants as
many epochs as the pipeline's.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

import numpy as np
import torch

from .base_rasters import ROOT
from .checkpoint import keep_average, load_average
from .command import Arguments, at_least, file, folder, read_json, run, version
from .dataset import Rasters, load_labels, load_rasters
from .feedback import AS_IT_CAME, joined, load_feedback
from .last_layer import learn_letters
from .line_evidence import learn_line
from .network import LARGE, SMALL, Reader
from .pipeline import KEPT, build, checks_of
from .train import SIZE, Recipe, train


def sources_with(feedback: Rasters | None, pictures: Path | None, folder: Path) -> Path:
    """A folder whose sources.json says where feedback comes from, and all that `pictures` says of its own."""
    own = pictures / "sources.json" if pictures else None
    known = read_json(own) if own and own.exists() else {}
    if feedback is not None:
        records = int(np.isin(feedback.variant, AS_IT_CAME).sum())
        known["feedback"] = {
            "name": f"Corrections and confirmations of visitors: {records} records of {len(set(feedback.writer))} batches",
            "licence": "given with consent, to train this model",
            "citation": "Collected by Ktav's feedback mode; see docs/retraining.md.",
        }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.json").write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def train_candidate(rasters: Rasters, classes: int, options: argparse.Namespace) -> Reader:
    """Raises Unusable where a given checkpoint is of another network, or where there is no correction to learn."""
    small, large = (dataclasses.replace(one, classes=classes) for one in (SMALL, LARGE))
    teachers = [load_average(path, large) for path in options.teacher]
    start = load_average(options.warm, small) if options.warm else None
    if start is not None and not teachers:
        teachers = [start]
    rate = options.rate or (Recipe.rate / 3 if start is not None else Recipe.rate)
    recipe = Recipe(epochs=options.epochs, epoch=options.epoch, rate=rate, seed=options.seed)
    checks = checks_of(rasters.select(split="validation").letters())
    print(f"{recipe}, from {options.warm or 'nothing'}", flush=True)
    training = rasters.select(split="train")
    if start is not None and not start.from_line.weight.any():
        # A checkpoint from before the line was weighed by itself: what it leaves unsaid would stay so.
        learn_line(start, training, options.seed)
    if options.corrected_only and start is not None:
        model = learn_letters(start, training, recipe)
        keep_average(model, options.work / "student.pt")
        return model
    model = train(training, checks, small, recipe, teachers, options.work / "student.pt", start).eval()
    if start is None:
        learn_line(model, training, options.seed)
        keep_average(model, options.work / "student.pt")
    return model


def main() -> None:
    parser = Arguments(__doc__)
    parser.add_argument("--rasters", type=folder, required=True, help="base data, as the pipeline or make.ts wrote it")
    parser.add_argument("--feedback", type=folder, required=True, help="what ingest wrote")
    parser.add_argument("--pictures", type=folder, help="the base data's pictures, for their sources.json")
    parser.add_argument("--version", type=version, required=True)
    parser.add_argument("--id", default="hebrew-letters")
    parser.add_argument("--title-en", default="Handwritten Hebrew letters")
    parser.add_argument("--title-he", default="אותיות עבריות בכתב יד")
    parser.add_argument("--work", type=Path, default=ROOT / "training/.work/retrain")
    parser.add_argument("--warm", type=file, help="checkpoint of the version that serves, to start from")
    teachers = "checkpoints of teachers; that of --warm, if none is given"
    parser.add_argument("--teacher", type=file, nargs="*", default=[], help=teachers)
    corrected = "learn the last layer's rows of corrected letters alone; with --warm"
    parser.add_argument("--corrected-only", action="store_true", help=corrected)
    parser.add_argument("--epochs", type=at_least(1), default=20)
    parser.add_argument("--epoch", type=at_least(1), default=20_000, help="pictures per epoch")
    parser.add_argument("--rate", type=float, help="highest learning rate; with --warm a third of the usual")
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.add_argument("--threads", type=at_least(1), default=2)
    options = parser.parse_args()
    if options.corrected_only and (options.warm is None or options.teacher):
        parser.error("--corrected-only goes on from --warm, which is its teacher too")
    options.work = options.work.resolve()
    # In that folder it is alone, and a catalog in which nothing serves is refused; the gate enters it with share 0.
    options.models, options.serve = options.work / "candidate", True
    if (options.models / options.id).exists():
        parser.error(f"{options.models} holds a candidate already; delete it or take another --work")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)

    labels = load_labels(ROOT / "training/labels.json")
    names = [label["name"] for label in labels]
    preprocess = read_json(ROOT / "training/preprocess.json")
    rasters = load_rasters(options.rasters, names, SIZE)
    feedback = load_feedback(options.feedback / "rasters", names, SIZE)
    # Held-out feedback stays out of everything that is learnt, fitted or stated in the card: the gate alone reads it.
    learnt = feedback.select(split="train") if feedback is not None else None
    if learnt is not None and len(learnt):
        rasters = joined(rasters, learnt)
    else:
        learnt = None
    print(f"{len(rasters)} rasters, {0 if learnt is None else len(learnt)} of them of feedback", flush=True)
    rasters = rasters.lend_cues(options.seed)
    model = train_candidate(rasters, len(names), options)
    pictures = sources_with(learnt, options.pictures, options.work / "sources")
    build(model, rasters, labels, preprocess, pictures, options)


if __name__ == "__main__":
    run(main, KEPT)
