"""What is kept of a network between and after its epochs."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor

from .command import Unusable
from .network import Architecture, Reader


def save_checkpoint(state: dict, checkpoint: Path) -> None:
    """Beside its place and then in one step: a break leaves the older one."""
    torch.save(state, checkpoint.with_suffix(".part"))
    checkpoint.with_suffix(".part").rename(checkpoint)


def keep_average(model: Reader, checkpoint: Path) -> None:
    """Writes the whole model as the checkpoint's average, so that whoever starts from it gets what was learnt after
    training too, its line."""
    state = torch.load(checkpoint, weights_only=True) if checkpoint.exists() else {}
    save_checkpoint(state | {"average": model.state_dict()}, checkpoint)


def load_average(checkpoint: Path, architecture: Architecture) -> Reader:
    """Raises Unusable where the file is no checkpoint, or one of another network."""
    model = Reader(architecture)
    with of_this_network(checkpoint):
        state = torch.load(checkpoint, weights_only=True)["average"]
        model.load_state_dict(shapes_alone(state, model.state_dict()) if "line_hidden.bias" in state else state)
    return model.eval()


@contextmanager
def of_this_network(checkpoint: Path) -> Iterator[None]:
    """Whatever loading it raises where it is something else becomes Unusable."""
    try:
        yield
    except (RuntimeError, KeyError, TypeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        first = next(iter(str(error).splitlines()), type(error).__name__)
        raise Unusable(
            f"{checkpoint} is no checkpoint of this network ({first})",
            "Name a checkpoint that was made with the same labels and architecture, or delete it to begin anew.",
        ) from error


def shapes_alone(joined: dict[str, Tensor], empty: dict[str, Tensor]) -> dict[str, Tensor]:
    """Checkpoints up to version 0.3.0 joined the line to the embedding (decision 23): what they say where no line is
    known, to the bit, with a line that says nothing yet."""
    unknown = joined["from_line.weight"] @ torch.relu(joined["line_hidden.bias"])
    shapes = {name: value for name, value in joined.items() if not name.startswith(("line_hidden.", "from_line."))}
    shapes["from_picture.bias"] = shapes["from_picture.bias"] + unknown
    return shapes | {name: value for name, value in empty.items() if name.startswith(("line_hidden.", "from_line."))}
