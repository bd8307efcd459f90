"""One line of a batch: held against the published schema (docs/feedback-record.schema.json), and against what a schema
cannot say. What does not fit is quarantined with its reason, never mended."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import numpy as np

from .merge import Head

LATER_SCHEMA = 2
"""Lines of this version and up are of an app that is newer than this program."""


@dataclass(frozen=True)
class Unfit:
    """A line or record that is not used. reason: a slug that the report counts by; detail: in words."""

    reason: str
    detail: str


class Reader:
    """Reads lines, and the records that are to be used. labels: names that the model may learn; size: of its raster;
    preprocess: version of the spec that trains today."""

    def __init__(self, schema: Path, labels: list[str], size: int, preprocess: int) -> None:
        document = json.loads(schema.read_text(encoding="utf-8"))
        self.validator = jsonschema.validators.validator_for(document)(document)
        self.labels = frozenset(labels)
        self.size = size
        self.preprocess = preprocess

    def head(self, batch: int, number: int, text: str | None) -> Head | Unfit:
        """What merging needs to know of a line. Reasons: not-json, newer-schema, schema."""
        if text is None:
            return Unfit("not-json", "")
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            return Unfit("not-json", "")
        if isinstance(line, dict) and isinstance(line.get("schema"), int) and line["schema"] >= LATER_SCHEMA:
            return Unfit("newer-schema", f"version {line['schema']}")
        problem = jsonschema.exceptions.best_match(self.validator.iter_errors(line))
        if problem is not None:
            # Where and which rule; what was read is not repeated, it may be anything of any length.
            return Unfit("schema", f"{problem.json_path[:120]}: {problem.validator}")
        if line["id"].endswith("\n"):  # `$` of a pattern stands before a last line break too, in Python.
            return Unfit("schema", "$.id: pattern")
        if "withdrawn" not in line:
            told = contradiction_of(line)
            if told is not None:
                return Unfit("schema", told)
        canonical = json.dumps(line, sort_keys=True, separators=(",", ":")).encode()
        withdrawn = line.get("withdrawn", False)
        return Head(batch, number, line["id"], line["revision"], withdrawn, hashlib.sha256(canonical).hexdigest())

    def usable(self, record: dict) -> Unfit | None:
        """Why a record that is whole cannot train this model. Reasons: unreadable, unknown-label, nothing-seen,
        other-raster, other-preprocess."""
        if record["verdict"] == "unreadable":
            return Unfit("unreadable", "by the person's own word")
        if record["label"] not in self.labels:
            return Unfit("unknown-label", str(record["label"])[:64])
        seen = record["seen"]
        if seen is None:
            return Unfit("nothing-seen", str(record["prediction"]["reason"]))
        width, height = seen["raster"]["width"], seen["raster"]["height"]
        if (width, height) != (self.size, self.size) or len(seen["cue"]) != 4:
            return Unfit("other-raster", f"{width} × {height}, {len(seen['cue'])} numbers of the line")
        # Strokes are put through today's preprocessing; a raster alone stays what it was.
        if record["drawn"] is None and record["receipt"]["preprocess"] != self.preprocess:
            return Unfit("other-preprocess", f"version {record['receipt']['preprocess']}")
        return None


def contradiction_of(record: dict) -> str | None:
    """What a record says against itself, as src/feedback/wire.ts has it; None where all is well."""
    if (record["drawn"] is not None) != (record["source"] == "draw"):
        return "drawn: is there where it was drawn, and only there"
    if (record["label"] is None) != (record["verdict"] == "unreadable"):
        return "label: is null if it is unreadable, and only then"
    if record["seen"] is not None:
        raster = record["seen"]["raster"]
        try:
            data = base64.b64decode(raster["data"], validate=True)
        except binascii.Error:
            return "seen.raster.data: is no base64"
        if len(data) != raster["width"] * raster["height"]:
            return f"seen.raster.data: has {len(data)} bytes"
        if not all(math.isfinite(number) for number in record["seen"]["cue"]):
            return "seen.cue: is not finite"
    return None


def raster_of(record: dict, size: int) -> np.ndarray:
    """The raster that the model saw, size × size bytes; of records that are usable."""
    data = base64.b64decode(record["seen"]["raster"]["data"])
    return np.frombuffer(data, np.uint8).reshape(size, size)
