"""A text file by the line, plain or in a zip, as dumps of places come."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

from geoconflict.errors import GazetteerFileError
from geoconflict.files.archives import Choice, Limits, Watch, text_inside
from geoconflict.files.reading import reading

# The largest real file, the table of alternate names, has 0.8 GB in a zip of 0.2 GB with two
# members.
MOST = Limits(members=100, bytes=4_000_000_000)
LONGEST_LINE = 1_000_000

# What is being done, bytes of the file read, bytes in all.
Progress = Callable[[str, int, int], None]


def read_lines(
    path: Path, *, member: Choice, limits: Limits = MOST, watch: Watch = lambda _: None
) -> Iterator[tuple[int, str]]:
    """Yield each line of a text file with its number, from 1, without the line's end.

    Parameters
    ----------
    path : Path
        A text file in UTF-8, or a zip that holds one.
    member : callable
        Whether a file name inside a zip is that of the text file.
    limits : Limits
        What is refused.
    watch : callable
        Called now and then with the bytes of the file read so far.

    Raises
    ------
    GazetteerFileError
        The file is empty, damaged, no text, or a bomb.
    OSError
        It is not there or may not be read.
    """
    with (
        reading(path.name, expected="a table of text in UTF-8", raises=GazetteerFileError),
        text_inside(path, member=member, limits=limits, watch=watch) as buffer,
    ):
        yield from _decoded(path, buffer)


def watched(doing: str, path: Path, progress: Progress) -> Watch:
    """Return a watch that tells how far a file is read, and what for."""
    size, label = path.stat().st_size, f"{doing} {path.name}"
    return lambda done: progress(label, min(done, size), size)


def _decoded(path: Path, buffer: io.BufferedIOBase) -> Iterator[tuple[int, str]]:
    number = 0
    while line := buffer.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            message = f"{path.name}:{number}: found a line without end, expected a table of text"
            raise GazetteerFileError(message)
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            message = f"{path.name}:{number}: found bytes that are no UTF-8, expected a UTF-8 file"
            raise GazetteerFileError(message) from error
        yield number, text.rstrip("\r\n")
    if number == 0:
        message = f"{path.name} is empty: fetch it again"
        raise GazetteerFileError(message)
