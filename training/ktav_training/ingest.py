"""Batches of feedback → rasters that the trainer reads, and a report of everything that was set aside.

    python -m ktav_training.ingest --from /srv/inbox --out training/.feedback
    python -m ktav_training.ingest --from s3://bucket --out training/.feedback

Writes rasters/ (rows, rasters, cues, as rasters/make.ts does), report.json, report.md, and quarantine.ndjson with the
records that were set aside, so that a person can look. Every line of every batch that could be read is counted in the
report exactly once. Nothing is carried over from an earlier run, so what was withdrawn since is gone.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from .batches import Batch, Refused, connect, find_batches, keep_lines
from .command import Arguments, at_least, file, folder, read_json, run
from .dataset import Rasters, load_labels
from .feedback import AS_IT_CAME, draw_again, save_feedback
from .ingest_report import Report, SetAside, in_words, write_report
from .merge import Fate, Head, merge
from .quarantine import Claim, Rules, judge, made_at
from .records import Reader, Unfit, raster_of

ROOT = Path(__file__).parents[2]

KEPT = "every batch where it lies; --out may still be of an earlier run, so ingest again before you retrain"

HELD_OUT = 5
"""One batch in so many is held out for the gate, by its name, so that it stays held out in every later run."""

SAME = 1.5
"""Root mean square, in grey levels, by which strokes drawn again may differ from the raster that was sent with them."""


def split_of(batch: str) -> str:
    """train or test, by the name of the batch that a record was first sealed in: a later correction of it does not move
    a record from the one to the other, and what one device sent together stays together."""
    return "test" if int(batch[:8], 16) % HELD_OUT == 0 else "train"


@dataclass(frozen=True)
class Gathered:
    """All that was found, before it is judged. unfit: lines that cannot be read. fates: of every id."""

    batches: list[Batch]
    refused: list[Refused]
    lines: int
    unfit: list[SetAside]
    fates: list[Fate]


def lines_of(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int, str | None]]:
    """batch, number and text of every line, in order, a few at a time."""
    cursor = connection.cursor().execute("SELECT batch, number, json FROM lines ORDER BY batch, number")
    while rows := cursor.fetchmany(500):
        yield from rows


def gather(connection: duckdb.DuckDBPyConnection, origin: str, app: str, reader: Reader) -> Gathered:
    batches, refused = find_batches(connection, origin, app)
    refused += keep_lines(connection, batches)
    heads: list[Head] = []
    unfit: list[SetAside] = []
    for batch, number, text in lines_of(connection):
        found = reader.head(batch, number, text)
        if isinstance(found, Head):
            heads.append(found)
        else:
            unfit.append(SetAside(batches[batch].name, number, None, None, found.reason, found.detail))
    return Gathered(batches, refused, len(heads) + len(unfit), unfit, merge(connection, heads))


def latest_records(connection: duckdb.DuckDBPyConnection, fates: list[Fate]) -> Iterator[tuple[Fate, dict]]:
    """The last word on every id that was not taken back."""
    wanted = {(fate.batch, fate.number): fate for fate in fates if fate.outcome != "withdrawn"}
    for batch, number, text in lines_of(connection):
        fate = wanted.get((batch, number))
        if fate is not None and text is not None:
            yield fate, json.loads(text)


def hand_over(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, reader: Reader, records: Path
) -> tuple[dict[str, Unfit], dict[str, np.ndarray]]:
    """Writes for Node what can be used. Gives what cannot, by id; and the rasters that were sent beside strokes, by id,
    where today's preprocessing made them."""
    verdicts: dict[str, Unfit] = {}
    sent: dict[str, np.ndarray] = {}
    with records.open("w", encoding="utf-8") as handed:
        for fate, record in latest_records(connection, gathered.fates):
            problem = Unfit("contradictory", "") if fate.outcome == "contradictory" else reader.usable(record)
            if problem is not None:
                verdicts[fate.id] = problem
                continue
            if record["drawn"] is not None and record["receipt"]["preprocess"] == reader.preprocess:
                sent[fate.id] = raster_of(record, reader.size)
            first = gathered.batches[fate.first].name
            row = {"id": fate.id, "label": record["label"], "split": split_of(first), "batch": first[:12]}
            seen = {"raster": record["seen"]["raster"]["data"], "cue": record["seen"]["cue"]}
            handed.write(json.dumps(row | {"drawn": record["drawn"], "seen": seen}) + "\n")
    return verdicts, sent


def compare_strokes(claims: list[Claim], sent: dict[str, np.ndarray]) -> dict[str, Unfit]:
    """Claims whose strokes, drawn again, are not the raster that came with them: one of the two is made up."""
    out = {}
    for claim in claims:
        if claim.id in sent:
            apart = float(np.sqrt(((claim.raster.astype(np.float32) - sent[claim.id]) ** 2).mean()))
            if apart > SAME:
                out[claim.id] = Unfit("not-its-strokes", f"{apart:.1f} grey levels apart")
    return out


def claims_of(rasters: Rasters | None, names: list[str]) -> list[Claim]:
    if rasters is None:
        return []
    rows = np.flatnonzero(np.isin(rasters.variant, AS_IT_CAME))
    label, batch, id = rasters.labels, rasters.writer, rasters.path
    return [
        Claim(str(id[i]), names[label[i]], str(batch[i]), made_at(id[i]), rasters.pictures[i], rasters.cues[i]) for i in rows
    ]


def count(rasters: Rasters | None, names: list[str]) -> dict[str, dict[str, int]]:
    """Accepted records by label and split."""
    out: dict[str, dict[str, int]] = {}
    for claim_label, split in zip(rasters.labels, rasters.split, strict=True) if rasters is not None else ():
        counts = out.setdefault(names[claim_label], {"train": 0, "test": 0})
        counts[str(split)] += 1
    return dict(sorted(out.items(), key=lambda one: names.index(one[0])))


def ingest(
    origin: str, out: Path, reader: Reader, names: list[str], rules: Rules, app: str, hands: int, released: frozenset[str]
) -> Report:  # fmt: skip
    """Reads everything below origin and replaces what an earlier run wrote to `out`. names: labels in the order of the
    logits. released: ids that a person let through, which the rules do not judge."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as scratch, connect(origin, f"{scratch}/lines.duckdb") as connection:
        gathered = gather(connection, origin, app, reader)
        records = Path(scratch) / "records.ndjson"
        verdicts, sent = hand_over(connection, gathered, reader, records)
        rasters = draw_again(records, Path(scratch) / "rasters", hands, names, reader.size)
        claims = claims_of(rasters, names)
        drawn = {claim.id for claim in claims}
        verdicts |= compare_strokes(claims, sent)
        judged = judge([claim for claim in claims if claim.id not in verdicts], rules)
        verdicts |= {id: why for id, why in judged.items() if id not in released}
        set_aside = list(gathered.unfit)
        with (out / "quarantine.ndjson").open("w", encoding="utf-8") as quarantine:
            for fate, record in latest_records(connection, gathered.fates):
                if fate.id not in drawn:
                    verdicts.setdefault(fate.id, Unfit("nothing-seen", "no ink in its strokes"))
                why = verdicts.get(fate.id)
                if why is None:
                    continue
                batch = gathered.batches[fate.batch].name
                set_aside.append(SetAside(batch, fate.number, fate.id, record["label"], why.reason, why.detail))
                quarantine.write(json.dumps({"reason": why.reason, "detail": why.detail, "record": record}) + "\n")
    accepted = None if rasters is None else rasters.where(~np.isin(rasters.path, list(verdicts)))
    save_feedback(out / "rasters", accepted, names)
    made = None if accepted is None else accepted.select(variant=AS_IT_CAME)
    report = Report(
        origin=origin,
        batches=gathered.batches,
        refused=gathered.refused,
        lines=gathered.lines,
        superseded=sum(fate.lines - 1 for fate in gathered.fates if fate.outcome != "withdrawn"),
        withdrawn=sum(fate.lines for fate in gathered.fates if fate.outcome == "withdrawn"),
        set_aside=set_aside,
        accepted=count(made, names),
    )
    write_report(out, report)
    return report


def place(text: str) -> str:
    """What holds feedback/. Of a wrong folder everything would be taken for withdrawn."""
    if text.startswith("s3://"):
        return text
    if not (folder(text) / "feedback").is_dir():
        raise argparse.ArgumentTypeError(f"{text} holds no folder feedback: nothing has come there, or it is another one")
    return text


def main() -> None:
    parser = Arguments(__doc__)
    parser.add_argument("--from", dest="origin", type=place, required=True, help="folder or s3://bucket that holds feedback/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--app", default="*", help="app id of the batches; all where nothing is said")
    parser.add_argument("--hands", type=at_least(0), default=6, help="made-up hands of each drawing that trains")
    parser.add_argument("--flood", type=at_least(1), default=Rules.flood, help="of one letter in one batch within ten minutes")
    parser.add_argument("--near", type=float, default=Rules.near, help="distance of drawings that are the same again")
    parser.add_argument("--release", type=file, help="file of record ids, one a line, that a person let through")
    options = parser.parse_args()
    names = [label["name"] for label in load_labels(ROOT / "training/labels.json")]
    spec = read_json(ROOT / "training/preprocess.json")
    reader = Reader(ROOT / "docs/feedback-record.schema.json", names, spec["size"], spec["version"])
    released = frozenset(options.release.read_text().split()) if options.release else frozenset()
    rules = Rules(near=options.near, flood=options.flood)
    report = ingest(options.origin, options.out, reader, names, rules, options.app, options.hands, released)
    print(in_words(report))


if __name__ == "__main__":
    run(main, KEPT, (duckdb.Error,))
