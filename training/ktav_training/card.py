"""The model card: what was learnt from what, how well, and where it ends."""

from __future__ import annotations

from .calibrate import Rejection
from .evaluate import worst_pairs
from .network import Architecture
from .package import INT8, Measured


def model_card(
    identity: dict,
    labels: list[dict],
    measured: list[Measured],
    rejection: Rejection,
    temperature: float,
    provenance: dict,
    architecture: Architecture,
) -> str:
    letters = [label["letter"] for label in labels]
    lines = [
        f"# {identity['title']['en']}, version {identity['version']}",
        "",
        f"Reads one isolated handwritten letter: {' '.join(letters)}. A residual CNN, widths {architecture.widths}, "
        f"embedding {architecture.embedding}, {architecture.classes} classes; int8 for WebAssembly, the same weights "
        "expanded to float32 for WebGL and WebGPU.",
        "",
        "## Data",
        "",
        *[f"- {one['name']}. Licence: {one['licence']}. {one['citation']}" for one in provenance["data"]],
        "",
        "The pictures are not part of this repository. The goldens beside this card are rendered from open fonts.",
        "",
        f"Splits: {provenance['splits']}",
        "",
        "## Figures",
        "",
        "The files themselves, run by ONNX Runtime on what training never saw. ECE: 15 bins, at the stated temperature.",
        "",
        "| set | line known | file | pictures | top-1 | top-3 | ECE |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in measured:
        f = one.figures
        known = "yes" if one.line else "no"
        lines.append(f"| {one.set} | {known} | {one.file} | {f.size} | {f.top1:.4f} | {f.top3:.4f} | {f.ece:.4f} |")
    shipped = [one for one in measured if one.file == INT8 and "as scanned" in one.set]
    lines += ["", "### By letter", "", "| letter | " + " | ".join(_column(one) for one in shipped) + " |"]
    lines.append("| --- |" + " --- |" * len(shipped))
    for label in labels:
        cells = [f"{one.figures.per_label.get(label['name'], float('nan')):.3f}" for one in shipped]
        lines.append(f"| {label['letter']} {label['name']} | " + " | ".join(cells) + " |")
    lines += ["", "### What is confused", ""]
    for one in shipped:
        lines += [f"{_column(one)}: " + "; ".join(worst_pairs(one.figures.confusion, letters)) + ".", ""]
    lines += ["### Confusion matrix", "", f"{_column(shipped[0])}; rows are what was written.", ""]
    lines += ["| | " + " | ".join(letters) + " |", "| --- |" + " --- |" * len(letters)]
    for letter, row in zip(letters, shipped[0].figures.confusion, strict=True):
        lines.append(f"| **{letter}** | " + " | ".join(str(n) if n else "" for n in row) + " |")
    kinds = ", ".join(f"{kind} {rate:.1%}" for kind, rate in sorted(rejection.miss_by_kind.items()))
    lines += [
        "",
        "## Confidence",
        "",
        f"Temperature {temperature:.3f}, fitted on the validation writers. Nothing is claimed where the energy "
        f"(logsumexp of the logits) is below {rejection.min_energy}: on held-out pictures that turns away "
        f"{rejection.false_alarm:.2%} of the letters, and lets pass {rejection.miss:.1%} of what is no letter ({kinds}).",
        "",
        "## Limits",
        "",
        "- One letter at a time, in modern Hebrew script; no niqqud, no Rashi script, no words.",
        "- ו, ן and י, and in some hands ך and ר, ב and ך, ף and ץ, differ by size alone or hardly at all. The writing line "
        "tells the first ones apart; without it expect the lower figures.",
        "- Few writers, most of them adults filling in forms in Israel. Children and learners were not among them.",
        "- Light strokes on a dark ground, pencils and shadows are simulated in training, not sampled from photographs.",
        "",
    ]
    return "\n".join(lines)


def _column(one: Measured) -> str:
    source = one.set.split(",")[0]
    return f"{source}, {'line known' if one.line else 'no line'}"
