"""The files of a casebook as they stand, written whole, with every state that a desk has seen."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from geoconflict.casebooks.casebook import read_casebook
from geoconflict.errors import CasebookError, Fault
from geoconflict.files.folders import whole_folder
from geoconflict.files.writing import make_folder, whole_file

FILES = ("map.toml", "events.csv", "reports.csv", "claims.csv")
_FOLDER = ".history"
# Older states go: a year of work at a hundred changes a week would be kept.
_KEPT = 5000


@dataclass(frozen=True)
class State:
    """The bytes of each file of a casebook; a file that is not there is missing."""

    files: Mapping[str, bytes]

    @property
    def stamp(self) -> str:
        """A short name of these contents: equal contents have the same."""
        whole = hashlib.sha256()
        for name in FILES:
            content = self.files.get(name)
            whole.update(b"-" if content is None else b"+%d:" % len(content) + content)
        return whole.hexdigest()[:16]

    @property
    def is_casebook(self) -> bool:
        """Whether there is a casebook at all, whole or not."""
        return "map.toml" in self.files

    def with_file(self, name: str, content: str) -> State:
        """Return the state with one file replaced."""
        return State({**self.files, name: content.encode("utf-8")})


def read_state(folder: Path) -> State:
    """Return the files of a folder as they stand on disk."""
    found = {name: folder / name for name in FILES}
    return State({name: path.read_bytes() for name, path in found.items() if path.is_file()})


def write_state(folder: Path, state: State) -> None:
    """Write the files of a state that differ from those on disk: all of them or none.

    Raises
    ------
    OutputError
        A file cannot be written.
    """
    old = read_state(folder).files
    new = {name: content for name, content in state.files.items() if old.get(name) != content}
    with whole_folder(folder) as part:
        for name, content in new.items():
            (part / name).write_bytes(content)


def faults_of(state: State, *, slug: str = "casebook") -> list[Fault]:
    """Return every fault of a state, as ``validate`` would tell them of the folder."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / (slug or "casebook")
        write_state(folder, state)
        try:
            read_casebook(folder)
        except CasebookError as error:
            return list(error.faults)
    return []


class History:
    """The states of a folder one after another, kept beside it, and which of them is now.

    Parameters
    ----------
    folder : Path
        Of the casebook; the states lie in ``.history`` in it, a zip each.
    """

    def __init__(self, folder: Path) -> None:
        self._casebook = folder
        self._folder = folder / _FOLDER

    def note(self, state: State) -> None:
        """Add a state after the one that is now; those that were undone are forgotten."""
        numbers, at = self._numbers(), self._at()
        if at in numbers and self._read(at).stamp == state.stamp:
            return
        for number in (n for n in numbers if n > at):
            self._path(number).unlink(missing_ok=True)
        make_folder(self._casebook)
        make_folder(self._folder)
        with whole_file(self._path(at + 1)) as part:
            part.write_bytes(_packed(state))
        self._set(at + 1)
        for number in numbers[:-_KEPT]:
            self._path(number).unlink(missing_ok=True)

    def write(self, state: State) -> None:
        """Write a state to the folder, and note it."""
        write_state(self._casebook, state)
        self.note(state)

    def back(self) -> bool:
        """Write the state before the one that is now, and return whether there is one."""
        return self._step(-1)

    def forth(self) -> bool:
        """Write the state that was undone last, and return whether there is one."""
        return self._step(1)

    def can_step(self) -> tuple[bool, bool]:
        """Return whether there is a state before the one that is now, and one after it."""
        numbers, at = self._numbers(), self._at()
        return any(n < at for n in numbers), any(n > at for n in numbers)

    def _step(self, by: int) -> bool:
        target = self._at() + by
        if target not in self._numbers():
            return False
        write_state(self._casebook, self._read(target))
        self._set(target)
        return True

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self._folder.glob("[0-9]*.zip"))

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.zip"

    def _at(self) -> int:
        try:
            return int((self._folder / "now").read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return max(self._numbers(), default=0)

    def _set(self, number: int) -> None:
        with whole_file(self._folder / "now") as part:
            part.write_text(str(number), "ascii")

    def _read(self, number: int) -> State:
        with zipfile.ZipFile(self._path(number)) as held:
            return State({name: held.read(name) for name in held.namelist() if name in FILES})


def _packed(state: State) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in state.files.items():
            held.writestr(name, content)
    return buffer.getvalue()
