"""What is wrong is said in words, with what was kept and what to do, and never by a stack trace."""

import runpy
import warnings
from pathlib import Path

import pytest
import torch

from ktav_training.checkpoint import load_average
from ktav_training.command import Unusable, run
from ktav_training.network import SMALL

PNG = b"\x89PNG\r\n\x1a\n"


def refused(capfd: pytest.CaptureFixture[str], command: list[str], *words: str) -> None:
    """As `python -m` runs it, but in this process: twenty times PyTorch would take a minute."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(), pytest.raises(SystemExit) as end:
        warnings.simplefilter("ignore", RuntimeWarning)
        patch.setattr("sys.argv", command)
        runpy.run_module(command[0], run_name="__main__")
    said = "".join(capfd.readouterr())
    assert end.value.code == 2, said
    assert "Traceback" not in said and "    at " not in said
    assert "\nKept: " in said and "\nTo do: " in said
    for word in words:
        assert word in said


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """Folders and files, each with what its name says is wrong with it."""
    out = {name: tmp_path / name for name in ("missing", "empty", "strange", "torn", "words.txt", "rasters", "work")}
    for name in ("empty", "strange", "rasters"):
        out[name].mkdir()
    (out["strange"] / "notes.txt").write_text("no picture, no raster")
    (out["torn"] / "forms/w1").mkdir(parents=True)
    (out["torn"] / "forms/w1/alef-0.png").write_bytes(PNG + b"torn")
    (out["torn"] / "forms/w1/alef-1.png").write_bytes(b"")
    out["words.txt"].write_text("words")
    (out["rasters"] / "rows.0.tsv").write_text("alef\ttrain\tforms\tw1\tscan\tx.png\n")
    (out["rasters"] / "rasters.0.u8").write_bytes(bytes(100))
    (out["rasters"] / "cues.0.f32").write_bytes(bytes(16))
    return out


PIPELINE = ("ktav_training.pipeline", "--version", "0.0.1", "--work", "{work}", "--models", "{work}/models", "--pictures")
RETRAIN = ("ktav_training.retrain", "--version", "0.0.1", "--feedback", "{strange}", "--work", "{work}", "--rasters")
TRAIN = ("ktav_training.train", "--checkpoint", "{missing}.pt", "--rasters")
GATE = ("ktav_training.gate", "--rasters", "{rasters}", "--report", "{work}", "--candidate")
INGEST = ("ktav_training.ingest", "--out", "{work}", "--from")
SHEETS = ("ktav_training.relabel", "sheets", "--pictures", "{strange}", "--rasters", "{rasters}", "--source", "forms")
FIT = ("ktav_training.fit_hand", "--known", "{strange}", "--drawings", "{strange}", "--pictures")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ((*PIPELINE, "{missing}"), "there is no folder {missing}"),
        ((*PIPELINE, "{empty}"), "the folder {empty} is empty"),
        ((*PIPELINE, "{words.txt}"), "{words.txt} is a file, not a folder"),
        ((*PIPELINE, "{strange}"), "There is no PNG in {strange}"),
        ((*PIPELINE, "{torn}"), "2 of 2 pictures cannot be read"),
        ((*PIPELINE, "{torn}", "--epochs", "0"), "'0' is no whole number from 1 on"),
        ((*PIPELINE, "{torn}", "--version", "one"), "'one' is no version"),
        ((*PIPELINE, "{torn}", "--shape", "{missing}"), "there is no file {missing}"),
        (("ktav_training.pipeline",), "are required"),
        ((*TRAIN, "{rasters}", "--checkpoint", "{strange}"), "{strange} is a folder"),
        ((*RETRAIN, "{strange}"), "{strange} holds no rasters"),
        ((*RETRAIN, "{rasters}", "--corrected-only"), "goes on from --warm"),
        ((*TRAIN, "{rasters}"), "{rasters}/rows.0.tsv: 1 rows, but 100 bytes and 4 cue numbers"),
        ((*TRAIN, "{rasters}", "--checkpoint", "{missing}/x.pt"), "there is no folder {missing}"),
        ((*GATE, "{strange}"), "{strange} holds 0 packages"),
        ((*GATE, "{missing}"), "there is no folder {missing}"),
        ((*INGEST, "{missing}"), "there is no folder {missing}"),
        ((*INGEST, "{strange}"), "{strange} holds no folder feedback"),
        ((*SHEETS, "--out", "{work}", "--errors", "{words.txt}"), "names no misread picture of forms"),
        (("ktav_training.relabel", "judge", "--out", "{strange}", "--answers", "{words.txt}"), "{strange}/key.json: No such file"),
        ((*FIT, "{strange}"), "{strange}/looks.json: No such file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(capfd, places, command, words) -> None:
    def filled(text: str) -> str:
        for name, path in places.items():
            text = text.replace("{" + name + "}", str(path))
        return text

    refused(capfd, [filled(one) for one in command], filled(words))


def test_a_checkpoint_of_something_else_is_named(tmp_path) -> None:
    torch.save({"average": {"weights": torch.zeros(3)}}, tmp_path / "other.pt")
    (tmp_path / "words.pt").write_text("words")
    for name in ("other.pt", "words.pt"):
        with pytest.raises(Unusable, match=f"{name} is no checkpoint of this network"):
            load_average(tmp_path / name, SMALL)


def test_a_fault_of_the_code_keeps_its_trace() -> None:
    with pytest.raises(ZeroDivisionError):
        run(lambda: print(1 // 0), "all")
