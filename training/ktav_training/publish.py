"""A package that passed the gate → the folder that is served, as a candidate that nobody is routed to."""

from __future__ import annotations

import shutil
from pathlib import Path

from .command import Unusable, read_json
from .package import add_to_catalog


class VersionExists(Unusable):
    """This version is there already; nothing is ever overwritten."""


def publish(package: Path, models: Path, id: str, version: str) -> None:
    """Copies beside its place and renames, so that a break leaves no half package under a version's name; the catalog
    comes last. Raises VersionExists."""
    target = models / id / version
    catalog = models / "catalog.json"
    entries = read_json(catalog)["models"] if catalog.exists() else []
    listed = any(one["version"] == version for model in entries if model["id"] == id for one in model["versions"])
    if target.exists() or listed:
        raise VersionExists(f"{id} {version} is in {models} already")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent / f".{version}.part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(package, part)
    part.rename(target)
    add_to_catalog(models, {"id": id, "version": version}, serving=False)
