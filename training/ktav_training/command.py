"""How every command of training is called, and how it ends where what it was given cannot be used: in words that say what
happened, what was kept and what to do, with status 2, and without a stack trace. A fault of the code keeps its trace."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

WORDS = r"[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*"
SEMVER = re.compile(rf"((0|[1-9]\d{{0,8}})\.){{2}}(0|[1-9]\d{{0,8}})(-{WORDS})?(\+{WORDS})?")
"""As src/model/schema.ts has it, without which no device reads the manifest."""


class Unusable(ValueError):
    """What was given cannot be used. happened: without a full stop. todo: a sentence, where there is more to say than to
    mend what is named."""

    def __init__(self, happened: str, todo: str = "Mend what is named above and give the same command again.") -> None:
        super().__init__(happened)
        self.todo = todo


class Arguments(argparse.ArgumentParser):
    """Reads the arguments of a command, whose help is its module's first comment."""

    def __init__(self, about: str | None = None, **rest: Any) -> None:
        super().__init__(description=about, formatter_class=argparse.RawDescriptionHelpFormatter, **rest)

    def error(self, message: str) -> NoReturn:
        """Before anything was done. Ends with 2, as argparse does."""
        self.print_usage(sys.stderr)
        tell(f"{self.prog}: {message}", "everything, nothing was begun", "Give the command again; --help tells what there is.")
        sys.exit(2)


def run(main: Callable[[], None], kept: str, strangers: tuple[type[Exception], ...] = ()) -> None:
    """main, to its end. kept: what a break leaves untouched, wherever it comes. strangers: errors of a library that mean,
    in this command, that what was given cannot be used."""
    try:
        main()
        return
    except Unusable as problem:
        tell(str(problem), kept, problem.todo)
    except subprocess.CalledProcessError as problem:
        command = " ".join(map(str, problem.cmd))
        tell(f"{command} ended with {problem.returncode}", kept, "What it said stands above; mend that and begin again.")
    except KeyboardInterrupt:
        tell("stopped by hand", kept, "Give the same command again.")
        sys.exit(130)
    except strangers as problem:
        tell(str(problem).splitlines()[0], kept, "Mend what is named above and give the same command again.")
    except OSError as problem:
        if problem.filename is None:
            raise
        tell(f"{problem.filename}: {problem.strerror}", kept, "Mend what is named above and give the same command again.")
    sys.exit(2)


def tell(happened: str, kept: str, todo: str) -> None:
    sys.stdout.flush()
    print(f"{happened}.\nKept: {kept}.\nTo do: {todo}", file=sys.stderr)


def folder(text: str) -> Path:
    """A folder with something in it."""
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is a file, not a folder" if path.exists() else f"there is no folder {path}")
    if next(path.iterdir(), None) is None:
        raise argparse.ArgumentTypeError(f"the folder {path} is empty")
    return path


def file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{path} is a folder, not a file" if path.exists() else f"there is no file {path}")
    return path


def file_to_write(text: str) -> Path:
    """Its folder is there: asked now, and not after the hours whose result it is to hold."""
    path = Path(text)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is a folder" if path.is_dir() else f"there is no folder {path.parent}")
    return path


def version(text: str) -> str:
    if SEMVER.fullmatch(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no version: three numbers with points, as in 1.2.0")
    return text


def at_least(least: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text) or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
        return int(text)

    return whole


def read_json(path: Path) -> Any:
    """Raises Unusable where the file is no JSON, OSError where it is not there."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Unusable(f"{path} is no JSON: {error}") from error
