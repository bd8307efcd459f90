"""Ingest over real lines: written by the app's wire form, in batches as a target keeps them."""

import base64
import gzip
import hashlib
import json
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest

from ktav_training.dataset import load_labels
from ktav_training.feedback import load_feedback
from ktav_training.ingest import ROOT, ingest, split_of
from ktav_training.ingest_report import Report
from ktav_training.quarantine import Rules
from ktav_training.records import Reader

NAMES = [label["name"] for label in load_labels(ROOT / "training/labels.json")]
SCHEMA = ROOT / "docs/feedback-record.schema.json"


def written(count: int, labels: str, seed: int = 1) -> list[dict]:
    command = ["node", "--import", "tsx", "training/tests/feedback-records.ts", "--count", str(count), "--labels", labels]
    done = subprocess.run([*command, "--seed", str(seed)], cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def records() -> list[dict]:
    """Twelve letters of each of two labels, twenty seconds apart."""
    return written(12, "alef,bet")


class Inbox:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, lines: list[dict | str], zipped: bool = False, date: str = "2026-11-20", name: str | None = None) -> str:
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        data = gzip.compress(text.encode(), mtime=0) if zipped else text.encode()
        return self.put_bytes(data, date, name)

    def put_bytes(self, data: bytes, date: str = "2026-11-20", name: str | None = None) -> str:
        name = name or hashlib.sha256(data).hexdigest()
        path = self.folder / f"feedback/ktav/{date}/{name}.ndjson"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return name

    def ingest(self, out: Path, rules: Rules | None = None, released: frozenset[str] = frozenset()) -> Report:
        reader = Reader(SCHEMA, NAMES, 64, 1)
        report = ingest(str(self.folder), out, reader, NAMES, rules or Rules(), "*", 2, released)
        # Every line is somewhere, once.
        assert report.lines == len(report.set_aside) + report.superseded + report.withdrawn + report.total()
        return report


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    (tmp_path / "inbox").mkdir()
    return Inbox(tmp_path / "inbox")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def later(record: dict, **change: object) -> dict:
    return record | {"revision": record["revision"] + 1} | change


def withdrawal(record: dict) -> dict:
    return {"schema": 1, "id": record["id"], "revision": record["revision"], "time": record["time"], "withdrawn": True}


def why(report: Report, record: dict) -> str | None:
    return next((one.reason for one in report.set_aside if one.id == record["id"]), None)


def test_good_batches_become_rasters_that_the_trainer_reads(inbox, out, records) -> None:
    first, second = records[:12], records[12:]
    batches = [inbox.put(first), inbox.put(second, zipped=True)]
    report = inbox.ingest(out)
    assert report.total() == 24 and report.set_aside == [] and report.refused == []
    assert set(report.accepted) == {"alef", "bet"}
    rasters = load_feedback(out / "rasters", NAMES, 64)
    as_drawn = rasters.select(variant="ink")
    sent = {one["id"]: np.frombuffer(base64.b64decode(one["seen"]["raster"]["data"]), np.uint8) for one in records}
    for i in range(len(as_drawn)):
        # Strokes drawn again in Node are the very bytes that the page made of them.
        assert (as_drawn.pictures[i].ravel() == sent[as_drawn.path[i]]).all()
    trained = [one for batch, part in zip(batches, (first, second), strict=True) for one in part if split_of(batch) == "train"]
    assert len(rasters.select(variant="hand")) == 2 * len(trained)
    assert set(rasters.select(variant="hand").split) <= {"train"}
    assert set(rasters.source) == {"feedback"}


def test_bytes_that_are_not_what_their_name_says_are_refused_and_the_rest_is_read(inbox, out, records) -> None:
    good = inbox.put(records[:2])
    inbox.put(records[2:4], name="0" * 64)
    inbox.put_bytes(b"", name="not-a-hash")
    cut = gzip.compress(json.dumps(records[5]).encode())[:-30]
    inbox.put_bytes(cut)
    inbox.put_bytes(b"\x1f\x8b no gzip at all")
    report = inbox.ingest(out)
    assert sorted(one.reason for one in report.refused) == ["hash-mismatch", "misplaced", "unreadable"]
    assert good in [batch.name for batch in report.batches]
    assert report.total() == 2 and report.reasons() == {"not-json": 1}


def test_the_same_record_from_many_batches_counts_once_with_its_latest_verdict(inbox, out, records) -> None:
    one, other = records[0], records[1]
    inbox.put([one, other])
    inbox.put([one], zipped=True)
    inbox.put([later(one, label="tav", verdict="corrected")], date="2026-11-21")
    inbox.put([other], date="2026-11-25")
    report = inbox.ingest(out)
    assert report.total() == 2 and report.superseded == 3
    assert set(report.accepted) == {"tav", "bet"}


def test_a_withdrawn_record_is_nowhere_whatever_came_after_it_or_before(inbox, out, records) -> None:
    one, other, third = records[:3]
    inbox.put([one, other, third])
    inbox.put([withdrawal(later(one))], date="2026-11-21")
    # An older revision that is delivered late does not bring it back.
    inbox.put([later(other, label="tav")], date="2026-11-22")
    inbox.put([withdrawal(later(later(other)))], date="2026-11-21")
    report = inbox.ingest(out)
    assert report.total() == 1 and report.withdrawn == 5
    written_files = "".join(path.read_text(errors="replace") for path in out.rglob("*") if path.suffix in (".json", ".ndjson", ".md", ".tsv"))
    assert third["id"] in written_files
    assert one["id"] not in written_files and other["id"] not in written_files


def test_what_an_earlier_run_accepted_is_gone_once_it_is_withdrawn(inbox, out, records) -> None:
    inbox.put(records[:2])
    assert inbox.ingest(out).total() == 2
    inbox.put([withdrawal(record) for record in records[:2]], date="2026-11-21")
    assert inbox.ingest(out).total() == 0
    assert load_feedback(out / "rasters", NAMES, 64) is None


def test_the_order_in_which_lines_arrive_changes_nothing(tmp_path, records) -> None:
    lines = [*records[:8], later(records[0], label="tav"), withdrawal(records[1]), later(records[2], label="shin")]
    lines += [records[3] | {"label": "shin"}, records[4] | {"id": records[5]["id"][:-1] + "0", "label": "tav"}]
    found = []
    for seed in range(3):
        random.Random(seed).shuffle(lines)
        inbox = Inbox(tmp_path / f"inbox-{seed}")
        for k in range(0, len(lines), 5):
            inbox.put(lines[k : k + 5])
        report = inbox.ingest(tmp_path / f"out-{seed}")
        letters = {name: sum(splits.values()) for name, splits in report.accepted.items()}
        found.append((letters, sorted((one.id, one.reason) for one in report.set_aside)))
    assert found[0] == found[1] == found[2]
    assert ("contradictory" in {reason for _, reason in found[0][1]}) and len(found[0][1]) > 1


def test_lines_that_fit_no_schema_are_set_aside_and_their_neighbours_kept(inbox, out, records) -> None:
    good, other = records[:2]
    bad = ["{", "[]", json.dumps(good | {"schema": 7}), json.dumps(good | {"extra": 1}), json.dumps(good | {"id": "x"})]
    bad += [json.dumps(good | {"id": good["id"] + "\n"}), json.dumps(good | {"revision": -1})]
    bad += [json.dumps(good | {"label": None}), json.dumps(good | {"source": "upload"})]
    raster = good["seen"]["raster"]
    bad += [json.dumps(good | {"seen": good["seen"] | {"raster": raster | {"data": "A" * 8}}})]
    inbox.put([*bad, good, other])
    report = inbox.ingest(out)
    assert report.total() == 2
    assert report.reasons() == {"schema": 8, "not-json": 1, "newer-schema": 1}


def test_records_that_cannot_train_say_why(inbox, out, records) -> None:
    unreadable = records[0] | {"verdict": "unreadable", "label": None}
    strange = records[1] | {"label": "aleph"}
    blank = records[2] | {"seen": None}
    small = base64.b64encode(bytes(32 * 32)).decode()
    other = records[3] | {"seen": {"raster": {"width": 32, "height": 32, "data": small}, "cue": [0, 0, 0, 0]}}
    forged = records[4] | {"seen": records[5]["seen"]}
    old = records[6] | {"source": "upload", "drawn": None, "receipt": records[6]["receipt"] | {"preprocess": 9}}
    picture = records[7] | {"source": "camera", "drawn": None}
    given = [unreadable, strange, blank, other, forged, old, picture]
    inbox.put(given)
    report = inbox.ingest(out)
    reasons = [why(report, one) for one in given]
    assert reasons == [
        "unreadable", "unknown-label", "nothing-seen", "other-raster", "not-its-strokes", "other-preprocess", None,
    ]  # fmt: skip
    assert list(load_feedback(out / "rasters", NAMES, 64).variant) == ["picture"]
    kept = [json.loads(line) for line in (out / "quarantine.ndjson").read_text().splitlines()]
    assert [one["reason"] for one in kept] == [reason for reason in reasons if reason]


def copy_of(record: dict, number: int, **change: object) -> dict:
    """The same drawing as another record."""
    return record | {"id": f"{record['id'][:-4]}{number:04x}"} | change


def test_two_thirds_of_the_batches_settle_what_an_input_is_called(inbox, out, records) -> None:
    one, other = records[0], records[1]
    right = [copy_of(one, k) for k in range(2)]
    wrong = [copy_of(one, 10 + k, label="tav") for k in range(5)]
    inbox.put(right[:1])
    inbox.put(right[1:])
    # Five times in one batch is one vote.
    inbox.put(wrong)
    inbox.put([copy_of(other, 0)])
    inbox.put([copy_of(other, 1, label="kaf")])
    report = inbox.ingest(out)
    assert report.reasons() == {"outvoted": 5, "conflict": 2, "repeated": 1}
    assert report.total() == 1 and set(report.accepted) == {"alef"}


def shifted(record: dict, number: int, by: float) -> dict:
    """The same strokes, each point a hair aside, with the raster that becomes of them in the page."""
    ink = [[point | {"x": point["x"] + by * ((i % 3) - 1)} for i, point in enumerate(stroke)] for stroke in record["drawn"]["ink"]]
    receipt = record["receipt"] | {"preprocess": 2}
    return copy_of(record, number, drawn=record["drawn"] | {"ink": ink}, receipt=receipt)


def test_a_drawing_sent_again_with_a_tremble_is_found_and_other_drawings_are_not(inbox, out, records) -> None:
    inbox.put([*records, *[shifted(records[0], k, 0.3 + 0.1 * k) for k in range(3)]])
    report = inbox.ingest(out)
    assert report.reasons() == {"near-identical": 3}
    assert report.total() == len(records)


def test_a_flood_of_one_letter_is_set_aside_and_the_rest_of_its_batch_is_not(inbox, out, records) -> None:
    inbox.put(records)
    alefs = [record for record in records if record["label"] == "alef"]
    report = inbox.ingest(out, Rules(flood=8, window=200))
    # Alefs come every 40 s, and so do bets: six in 200 s, no flood.
    assert report.set_aside == []
    report = inbox.ingest(out, Rules(flood=4, window=200))
    assert report.reasons() == {"flood": 24}
    released = frozenset(record["id"] for record in alefs)
    report = inbox.ingest(out, Rules(flood=4, window=200), released)
    assert {name: sum(splits.values()) for name, splits in report.accepted.items()} == {"alef": 12}


def test_a_slow_hand_that_writes_one_letter_all_day_is_no_flood(inbox, out, records) -> None:
    inbox.put([record for record in records if record["label"] == "alef"])
    assert inbox.ingest(out, Rules(flood=4, window=100)).set_aside == []


def test_an_empty_inbox_gives_an_empty_report(inbox, out) -> None:
    report = inbox.ingest(out)
    assert (report.lines, report.total(), report.batches) == (0, 0, [])
    assert (out / "report.md").read_text().startswith("# Feedback from")
