"""The gate's arithmetic and what it does to a catalog; models are made for the purpose, packages are the fixture's."""

import argparse
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from ktav_training.compare import compare, reasons_of
from ktav_training.dataset import NEGATIVE, Rasters
from ktav_training.feedback import joined, save_feedback
from ktav_training.gate import Unasked, gate
from ktav_training.publish import VersionExists, publish

NAMES = ["vav", "nun", "final-nun"]
SIDE = 16
"""Of the fixture's rasters."""
FIXTURE = Path(__file__).parents[1] / "verify/fixture/models"


def rasters(count: int, writers: int = 20, split: str = "test", variant: str = "scan", source: str = "forms") -> Rasters:
    """count pictures of each of three labels; the first row of each holds its label's number, so that a model made of
    one matrix can read it."""
    labels = np.tile(np.arange(3), count)
    n = len(labels)
    pictures = np.zeros((n, SIDE, SIDE), np.uint8)
    pictures[np.arange(n), 0, labels] = 255
    pictures[np.arange(n), 1, np.arange(n) // 3 % SIDE] = 255
    column = np.array([split] * n), np.array([source] * n), np.array([f"w{i // 3 % writers}" for i in range(n)])
    paths = np.array([f"{source}/{i}" for i in range(n)])
    return Rasters(pictures, np.zeros((n, 4), np.float32), labels, *column, np.array([variant] * n), paths)


def judged(serving: np.ndarray, candidate: np.ndarray, data: Rasters, name: str = "base") -> list[str]:
    return reasons_of([compare(name, data, serving, candidate, NAMES, 1)], 1.0)


def right_but(data: Rasters, label: int, wrong: int) -> np.ndarray:
    right = np.ones(len(data), bool)
    right[np.flatnonzero(data.labels == label)[:wrong]] = False
    return right


def test_an_equal_candidate_passes() -> None:
    data = rasters(200)
    same = right_but(data, 0, 7)
    assert judged(same, same.copy(), data) == []


def test_a_letter_may_fall_by_a_point_and_no_further_if_the_whole_does_not() -> None:
    data = rasters(200)
    serving = right_but(data, 1, 10)
    for wrong, expected in ((2, 0), (3, 1)):
        reasons = judged(serving, right_but(data, 0, wrong), data)
        assert len(reasons) == expected
    assert "vav falls by 1.50 points of 200" in reasons[0]


def test_the_whole_may_not_fall_at_all_though_no_letter_falls_by_a_point() -> None:
    data = rasters(200)
    reasons = judged(np.ones(len(data), bool), right_but(data, 2, 1), data)
    assert len(reasons) == 1 and reasons[0].startswith("base: the whole falls by 0.17 points (95 % between")


def test_in_held_out_feedback_a_rare_letter_counts_in_the_whole_but_is_not_judged_alone() -> None:
    data = rasters(29)
    serving, candidate = right_but(data, 1, 2), right_but(data, 0, 1)
    assert len(judged(serving, candidate, data)) == 1
    assert judged(serving, candidate, data, "feedback") == []
    assert "the whole falls" in judged(candidate, serving, data, "feedback")[0]


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    # Candidate − serving is −2, 0 or +2 points by writer; all pictures of a writer move together.
    rng = np.random.default_rng(0)
    data = rasters(200, writers=40)
    hits, rounds = 0, 60
    for k in range(rounds):
        chance = np.repeat(rng.normal(0.05, 0.05, 40), 3)
        better = rng.random(len(data)) < np.clip(chance[np.arange(len(data)) % 120], 0, 1)
        found = compare("base", data, np.zeros(len(data), bool), better, NAMES, k).whole
        assert found.low < found.points / 100 < found.high
        hits += found.low <= 0.0544 <= found.high
    assert hits / rounds > 0.8


def test_pictures_of_one_writer_are_drawn_together() -> None:
    better = np.arange(600) // 3 % 10 == 0
    few = compare("base", rasters(200, writers=10), np.zeros(600, bool), better, NAMES, 1).whole
    many = compare("base", rasters(200, writers=200), np.zeros(600, bool), better, NAMES, 1).whole
    assert few.high - few.low > 3 * (many.high - many.low)


def matrix_model(weights: np.ndarray) -> bytes:
    """picture (SIDE × SIDE) → logits by one matrix; takes a line and does not look at it."""
    pictures = helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["N", 1, SIDE, SIDE])
    line = helper.make_tensor_value_info("line", TensorProto.FLOAT, ["N", 4])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", 3])
    nodes = [
        helper.make_node("Flatten", ["picture"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["read"]),
        helper.make_node("MatMul", ["line", "nothing"], ["zero"]),
        helper.make_node("Add", ["read", "zero"], ["logits"]),
    ]
    initial = [
        numpy_helper.from_array(weights.astype(np.float32), "weights"),
        numpy_helper.from_array(np.zeros((4, 3), np.float32), "nothing"),
    ]
    graph = helper.make_graph(nodes, "matrix", [pictures, line], [logits], initial)
    return onnx.helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8).SerializeToString()


def reads(blind_to: int | None = None) -> bytes:
    weights = np.zeros((SIDE * SIDE, 3))
    for label in range(3):
        weights[label, label] = 0 if label == blind_to else 1
    # What it is blind to it takes for the next letter.
    if blind_to is not None:
        weights[blind_to, (blind_to + 1) % 3] = 1
    return matrix_model(weights)


@pytest.fixture
def asked(tmp_path: Path) -> argparse.Namespace:
    """A folder of models where a version serves that takes vav for nun; base rasters of 20 writers."""
    models = tmp_path / "models"
    shutil.copytree(FIXTURE, models)
    folder = models / "fixture/1.0.0"
    (folder / "int8.onnx").write_bytes(reads(blind_to=0))
    save_feedback(tmp_path / "rasters", rasters(30), NAMES)
    return argparse.Namespace(
        models=models, rasters=tmp_path / "rasters", feedback=None, report=tmp_path / "report", letter=1.0, seed=1,
        candidate=tmp_path / "candidate",
    )  # fmt: skip


def candidate(asked: argparse.Namespace, file: bytes, version: str = "1.1.0", **change: object) -> None:
    folder = asked.candidate / "fixture" / version
    shutil.copytree(FIXTURE / "fixture/1.0.0", folder)
    (folder / "int8.onnx").write_bytes(file)
    manifest = json.loads((folder / "manifest.json").read_text()) | {"version": version} | change
    (folder / "manifest.json").write_text(json.dumps(manifest))


def versions(asked: argparse.Namespace) -> list[tuple[str, str, float]]:
    catalog = json.loads((asked.models / "catalog.json").read_text())
    return [(one["version"], one["status"], one["share"]) for one in catalog["models"][0]["versions"]]


def test_a_better_candidate_is_entered_with_no_share_and_what_serves_goes_on_serving(asked) -> None:
    candidate(asked, reads())
    assert gate(asked)
    assert versions(asked) == [("1.0.0", "serving", 1), ("1.1.0", "candidate", 0)]
    assert (asked.models / "fixture/1.1.0/int8.onnx").read_bytes() == reads()
    report = json.loads((asked.report / "gate.json").read_text())
    assert report["passed"] and report["sets"][0]["whole"]["serving"] == pytest.approx(2 / 3)
    assert report["unjudged"] == []
    words = (asked.report / "gate.md").read_text()
    assert "nothing that is no letter" in words and "No held-out feedback" in words and "for want of test pictures" not in words


def test_a_letter_that_no_test_picture_shows_is_named_in_the_report(asked) -> None:
    data = rasters(30)
    save_feedback(asked.rasters, data.where(data.labels != 1), NAMES)
    candidate(asked, reads())
    assert gate(asked)
    assert json.loads((asked.report / "gate.json").read_text())["unjudged"] == ["nun"]
    assert "Judged by no set, for want of test pictures: nun." in (asked.report / "gate.md").read_text()


def test_a_worse_candidate_is_refused_with_the_letter_and_nothing_is_written(asked) -> None:
    (asked.models / "fixture/1.0.0/int8.onnx").write_bytes(reads())
    candidate(asked, reads(blind_to=1))
    before = (asked.models / "catalog.json").read_bytes()
    assert not gate(asked)
    report = json.loads((asked.report / "gate.json").read_text())
    assert any("nun falls by 100.00 points" in reason for reason in report["reasons"])
    assert "refused" in (asked.report / "gate.md").read_text()
    assert (asked.models / "catalog.json").read_bytes() == before
    assert not (asked.models / "fixture/1.1.0").exists()


def test_held_out_feedback_alone_can_refuse(asked) -> None:
    candidate(asked, reads(blind_to=0))
    assert asked.feedback is None
    asked.feedback = asked.candidate.parent / "feedback"
    given = rasters(40, variant="ink", source="feedback")
    swapped = given.pictures.copy()
    swapped[given.labels == 1, 0, 1], swapped[given.labels == 1, 0, SIDE - 1] = 0, 255
    given = Rasters(swapped, *(getattr(given, name) for name in list(given.__dataclass_fields__)[1:]))
    save_feedback(asked.feedback / "rasters", given, NAMES)
    worse = np.zeros((SIDE * SIDE, 3))
    worse[0, 1] = worse[1, 1] = worse[2, 2] = worse[SIDE - 1, 2] = 1
    (asked.candidate / "fixture/1.1.0/int8.onnx").write_bytes(matrix_model(worse))
    better = worse.copy()
    better[SIDE - 1] = [0, 1, 0]
    (asked.models / "fixture/1.0.0/int8.onnx").write_bytes(matrix_model(better))
    assert not gate(asked)
    report = json.loads((asked.report / "gate.json").read_text())
    assert report["reasons"] and all(reason.startswith("feedback:") for reason in report["reasons"])


@pytest.mark.parametrize(
    ("energy", "refusal"),
    [(1.3, None), (1.0, "of what is no letter, 100.00 points more pass"), (1.6, "100.00 points more letters are turned")],
)
def test_a_candidate_that_knows_less_well_what_is_no_letter_is_refused(asked, energy: float, refusal: str | None) -> None:
    # Letters have an energy of log(e + 2) = 1.55, and what is no letter of log 3 = 1.10.
    manifest = asked.models / "fixture/1.0.0/manifest.json"
    served = json.loads(manifest.read_text())
    served["calibration"]["reject"]["minEnergy"] = 1.3
    manifest.write_text(json.dumps(served))
    none = rasters(10, variant="scribble")
    none = replace(none, pictures=np.roll(none.pictures, 8, 2), labels=np.full(30, NEGATIVE))
    save_feedback(asked.rasters, joined(rasters(30), none), [*NAMES, "-"])
    reject = served["calibration"]["reject"] | {"minEnergy": energy}
    candidate(asked, reads(), calibration=served["calibration"] | {"reject": reject})
    assert gate(asked) == (refusal is None)
    report = json.loads((asked.report / "gate.json").read_text())
    assert [one["set"] for one in report["abstention"]] == ["letters-kept", "no-letters"]
    assert [refusal in reason for reason in report["reasons"]] == ([] if refusal is None else [True])
    assert "| scribble | 60 |" in (asked.report / "gate.md").read_text()


def test_a_version_that_is_there_is_never_overwritten(asked) -> None:
    candidate(asked, reads(), version="1.0.0")
    kept = (asked.models / "fixture/1.0.0/int8.onnx").read_bytes()
    with pytest.raises(VersionExists):
        gate(asked)
    # It is not even compared.
    assert not asked.report.exists()
    with pytest.raises(VersionExists):
        publish(asked.candidate / "fixture/1.0.0", asked.models, "fixture", "1.0.0")
    assert (asked.models / "fixture/1.0.0/int8.onnx").read_bytes() == kept


def test_models_that_answer_another_question_are_not_compared(asked) -> None:
    candidate(asked, reads(), labels=[{"name": name} for name in ("a", "b", "c")])
    with pytest.raises(Unasked, match="different labels"):
        gate(asked)


def test_nothing_to_compare_with_is_said_and_is_no_pass(asked) -> None:
    candidate(asked, reads())
    catalog = asked.models / "catalog.json"
    catalog.write_text(catalog.read_text().replace('"serving"', '"retired"'))
    with pytest.raises(Unasked, match="no version of fixture serves"):
        gate(asked)
