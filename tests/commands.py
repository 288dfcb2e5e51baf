"""The command line, run in the process of the tests: a start of Python costs a second each time."""

import contextlib
import io
import sys
import warnings
from dataclasses import dataclass
from unittest.mock import patch

from geoconflict.cli import main
from geoconflict.errors import GazetteerFileWarning, SnapshotWarning


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments, cwd=None, given=b""):
    """Run ``geoconflict`` with arguments in a folder, with bytes on its standard input."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with (
        contextlib.chdir(cwd or "."),
        patch.object(sys, "argv", ["geoconflict", *map(str, arguments)]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8")),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(),
    ):
        # What the project warns of is printed, as outside of tests; any other warning fails.
        for ours in (GazetteerFileWarning, SnapshotWarning):
            warnings.simplefilter("default", ours)
        code = _exit_code()
    return Result(code, *(_text(stream) for stream in (out, err)))


def _exit_code():
    try:
        main()
    except SystemExit as stop:
        return stop.code


def _text(stream):
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")
