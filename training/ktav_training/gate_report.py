"""What the gate measured and decided: gate.json for programs, gate.md for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from .compare import Change, Comparison, interval

OF = {
    "base": "letters of writers that no version trained on, as scanned and redrawn, with their line and without",
    "feedback": "records of held-out batches, as they came",
    "letters-kept": "the letters of base that are taken for letters, whichever is named",
    "no-letters": "scribbles, words and textures that are called no letter, with a line and without",
}


def write_verdict(
    folder: Path,
    candidate: str,
    serving: str,
    names: list[str],
    comparisons: list[Comparison],
    abstention: list[Comparison],
    reasons: list[str],
) -> None:
    """names: all letters of the two; the report says which of them no set judges. abstention: of which the whole
    counts alone."""
    folder.mkdir(parents=True, exist_ok=True)
    unjudged = [name for name in names if not any(name in one.judged for one in comparisons)]
    document = {
        "schemaVersion": 1,
        "candidate": candidate,
        "serving": serving,
        "passed": not reasons,
        "reasons": reasons,
        "unjudged": unjudged,
        "sets": [asdict(one) | {"judged": sorted(one.judged)} for one in comparisons],
        "abstention": [asdict(one) | {"judged": sorted(one.judged)} for one in abstention],
    }
    (folder / "gate.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    words = _words(candidate, serving, comparisons, abstention, reasons, unjudged)
    (folder / "gate.md").write_text(words, encoding="utf-8")


def _words(
    candidate: str,
    serving: str,
    comparisons: list[Comparison],
    abstention: list[Comparison],
    reasons: list[str],
    unjudged: list[str],
) -> str:
    out = [f"# {candidate} against {serving}: {'refused' if reasons else 'passed'}", ""]
    out += [f"- {reason}" for reason in reasons] + ([""] if reasons else [])
    for one in comparisons:
        out += _table(one, "too few to judge alone")
    for one in abstention:
        out += _table(one, "shown, not judged")
    if not any(one.set == "no-letters" for one in abstention):
        out += ["The rasters hold nothing that is no letter: nothing is said about it.", ""]
    if not any(one.set == "feedback" for one in comparisons):
        out += ["No held-out feedback: nothing is said about it.", ""]
    if unjudged:
        out += [f"Judged by no set, for want of test pictures: {', '.join(unjudged)}.", ""]
    return "\n".join(out)


def _table(one: Comparison, unjudged: str) -> list[str]:
    out = [f"## {one.set}", "", f"{OF[one.set]}: {one.whole.size} pictures, {one.clusters} drawn from.", ""]
    out += ["| | pictures | serving | candidate | points | |", "| --- | --- | --- | --- | --- | --- |"]
    out += [_row("all", one.whole, "")]
    return out + [_row(str(c.label), c, "" if c.label in one.judged else unjudged) for c in one.letters] + [""]


def _row(name: str, change: Change, note: str) -> str:
    figures = f"{change.serving:.4f} | {change.candidate:.4f} | {change.points:+.2f}, {interval(change)}"
    return f"| {name} | {change.size} | {figures} | {note} |"
