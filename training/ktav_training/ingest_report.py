"""What ingest did with every line, for programs (report.json) and for people (report.md)."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from .batches import Batch, Refused

MEANING = {
    "not-json": "line is no JSON",
    "newer-schema": "line was written by a newer app than this program",
    "schema": "line does not fit docs/feedback-record.schema.json",
    "contradictory": "one revision of it says two things",
    "unreadable": "the person could not read it either",
    "unknown-label": "label is not one that the model learns",
    "nothing-seen": "the model saw nothing on it",
    "other-raster": "raster of another size than the model's",
    "other-preprocess": "raster of another preprocessing, and no strokes to make it anew",
    "not-its-strokes": "raster does not come from the strokes beside it",
    "conflict": "identical inputs have different labels, none with two thirds of the batches",
    "outvoted": "two thirds of the batches call the identical input otherwise",
    "repeated": "an identical input with this label is there already",
    "near-identical": "nearly the same drawing as an older one",
    "flood": "very many of one letter in one batch within minutes",
}


@dataclass(frozen=True)
class SetAside:
    """A line or record that is not used. id and label: None where the line could not be read."""

    batch: str
    line: int
    id: str | None
    label: str | None
    reason: str
    detail: str


@dataclass(frozen=True)
class Report:
    """lines = lines set aside + superseded + withdrawn + records set aside + accepted. superseded: older revisions, and
    the same line in another batch. withdrawn: withdrawals, and every line that they take back."""

    origin: str
    batches: list[Batch]
    refused: list[Refused]
    lines: int
    superseded: int
    withdrawn: int
    set_aside: list[SetAside]
    accepted: dict[str, dict[str, int]]

    def total(self) -> int:
        return sum(sum(splits.values()) for splits in self.accepted.values())

    def reasons(self) -> dict[str, int]:
        return dict(Counter(one.reason for one in self.set_aside).most_common())


def write_report(folder: Path, report: Report) -> None:
    document = {
        "schemaVersion": 1,
        "from": report.origin,
        "batches": {
            "read": len(report.batches),
            "names": [batch.name for batch in report.batches],
            "refused": [asdict(one) for one in report.refused],
        },
        "lines": {
            "all": report.lines,
            "accepted": report.total(),
            "superseded": report.superseded,
            "withdrawn": report.withdrawn,
            "setAside": len(report.set_aside),
        },
        "accepted": report.accepted,
        "reasons": report.reasons(),
        "setAside": [asdict(one) for one in report.set_aside],
    }
    (folder / "report.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(in_words(report), encoding="utf-8")


def in_words(report: Report) -> str:
    out = [f"# Feedback from {report.origin}", ""]
    out += [f"{len(report.batches)} batches read, {len(report.refused)} refused; {report.lines} lines.", ""]
    out += ["| of the lines | |", "| --- | --- |", f"| accepted | {report.total()} |"]
    out += [f"| older revisions and repeats of a line | {report.superseded} |", f"| taken back | {report.withdrawn} |"]
    out += [f"| set aside | {len(report.set_aside)} |", ""]
    if report.set_aside:
        out += ["| set aside because | count |", "| --- | --- |"]
        out += [f"| {reason}: {MEANING[reason]} | {count} |" for reason, count in report.reasons().items()]
        out += ["", "Which ones: report.json. What they look like: quarantine.ndjson.", ""]
    if report.refused:
        out += ["| refused batch | because |", "| --- | --- |"]
        out += [f"| {one.path} | {one.reason}: {one.detail} |" for one in report.refused]
        out += [""]
    out += ["| accepted | to train on | held out |", "| --- | --- | --- |"]
    out += [f"| {name} | {splits['train']} | {splits['test']} |" for name, splits in report.accepted.items()]
    return "\n".join([*out, ""])
