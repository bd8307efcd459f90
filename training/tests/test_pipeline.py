"""The whole way on letters of open fonts: rendered, thinned, trained, quantised, packed, verified."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ktav")
    command = [sys.executable, "-m", "ktav_training.pipeline", "--synthetic", "--version", "0.0.1", "--serve"]
    command += ["--models", str(folder / "models"), "--work", str(folder / "work"), "--writers", "8"]
    command += ["--teachers", "0", "--epochs", "12", "--epoch", "6000", "--drawn", "2", "--photos", "1"]
    done = subprocess.run(command, cwd=ROOT / "training", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "student" in done.stdout
    return folder / "models"


@pytest.fixture(scope="module")
def package(models: Path) -> Path:
    return models / "hebrew-letters/0.0.1"


def test_manifest_goldens_and_catalog_fit_the_published_schemas(models: Path, package: Path) -> None:
    for schema, document in (
        ("manifest", package / "manifest.json"),
        ("goldens", package / "goldens.json"),
        ("catalog", models / "catalog.json"),
    ):
        published = json.loads((ROOT / f"public/models/{schema}.schema.json").read_text())
        jsonschema.validate(json.loads(document.read_text()), published)


def test_fonts_it_has_learnt_are_read_in_hands_it_has_not_seen(package: Path) -> None:
    metrics = json.loads((package / "manifest.json").read_text())["metrics"]
    scanned = [one for one in metrics if "as scanned" in one["set"] and one["file"] == "int8" and one["lineCue"]]
    assert len(scanned) == 1
    assert scanned[0]["top1"] > 0.8


def test_int8_loses_next_to_nothing_against_float(package: Path) -> None:
    metrics = json.loads((package / "manifest.json").read_text())["metrics"]
    by_file: dict[str, list[float]] = {}
    for one in metrics:
        by_file.setdefault(one["file"], []).append(one["top1"])
    for int8, fp32 in zip(by_file["int8"], by_file["fp32"], strict=True):
        assert int8 > fp32 - 0.02


def test_a_version_is_never_overwritten(models: Path) -> None:
    from ktav_training.package import add_to_catalog

    with pytest.raises(ValueError, match="already"):
        add_to_catalog(models, {"id": "hebrew-letters", "version": "0.0.1"}, True)
