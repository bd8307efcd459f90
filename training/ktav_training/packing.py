"""The packed form of the float32 file: weights as int8, expanded on arrival (format: docs/model-package.md)."""

from __future__ import annotations

import json
import struct

import numpy as np

from .quantise import Weights

MAGIC = b"KTAVPACK"
VERSION = 1


def pack(model: bytes, weights: list[Weights]) -> bytes:
    """model: serialised ONNX that holds every weights.values as contiguous float32. Raises ValueError where a weight
    is not found exactly once."""
    places = []
    for one in weights:
        raw = one.values.astype("<f4").tobytes()
        at = model.find(raw)
        if at < 0 or model.find(raw, at + 1) >= 0:
            raise ValueError("a weight is not in the model exactly once")
        places.append((at, len(raw), one))
    segments: list[dict] = []
    payload: list[bytes] = []

    def copy(part: bytes) -> None:
        if part:
            segments.append({"kind": "copy", "bytes": len(part)})
            payload.append(part)

    end = 0
    for at, length, one in sorted(places, key=lambda place: place[0]):
        copy(model[end:at])
        rows = len(one.scale)
        segments.append({"kind": "int8", "rows": rows, "columns": one.integers.size // rows})
        payload += [one.scale.astype("<f4").tobytes(), one.integers.tobytes()]
        end = at + length
    copy(model[end:])
    header = json.dumps({"segments": segments}, separators=(",", ":")).encode()
    packed = MAGIC + struct.pack("<II", VERSION, len(header)) + header + b"".join(payload)
    if unpack(packed) != model:
        raise ValueError("the packed file does not give back the model")
    return packed


def unpack(packed: bytes) -> bytes:
    """What the browser does; here only to prove the round trip."""
    version, length = struct.unpack_from("<II", packed, len(MAGIC))
    if packed[: len(MAGIC)] != MAGIC or version != VERSION:
        raise ValueError("not a packed model of version 1")
    start = len(MAGIC) + 8
    at = start + length
    out = []
    for segment in json.loads(packed[start:at])["segments"]:
        if segment["kind"] == "copy":
            out.append(packed[at : at + segment["bytes"]])
            at += segment["bytes"]
            continue
        rows, columns = segment["rows"], segment["columns"]
        scale = np.frombuffer(packed, "<f4", rows, at)
        integers = np.frombuffer(packed, np.int8, rows * columns, at + 4 * rows).reshape(rows, columns)
        out.append((scale[:, None] * integers.astype(np.float32)).astype("<f4").tobytes())
        at += rows * (4 + columns)
    return b"".join(out)
