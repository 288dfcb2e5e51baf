"""A casebook's folder as a desk works on it: changes are whole, checked, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock

from filelock import FileLock

from geoconflict.casebooks.casebook import Casebook, read_casebook
from geoconflict.casebooks.files import write_casebook
from geoconflict.desk.rows import Spot, with_cell, with_row, without_row
from geoconflict.desk.states import History, State, faults_of, read_state
from geoconflict.drafting import accept, new_casebook
from geoconflict.drafting.accepting import Accepted
from geoconflict.drafting.joining import Taken
from geoconflict.errors import CasebookError, Fault
from geoconflict.files.folders import finish_folder
from geoconflict.files.writing import make_folder


class Desk:
    """A casebook's folder, changed one step at a time.

    Each change reads the folder anew, so that what another tab or program wrote is kept; is
    checked as a whole casebook before it is written; and can be undone. A change that would
    bring a fault is refused.

    Parameters
    ----------
    folder : Path
        Of the casebook; it need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._history = History(folder)
        self._inside = RLock()
        self._checked: tuple[str, list[Fault]] = ("", [])

    def state(self) -> State:
        """Return the files as they stand on disk."""
        return read_state(self.folder)

    def faults(self, state: State) -> list[Fault]:
        """Return the faults of a state; asked again of the same state, nothing is read."""
        with self._inside:
            if self._checked[0] != state.stamp:
                self._checked = (state.stamp, faults_of(state, slug=self.folder.name))
            return self._checked[1]

    def casebook(self) -> Casebook:
        """Return the casebook.

        Raises
        ------
        CasebookError
            It has faults.
        """
        return read_casebook(self.folder)

    def start(self, title: str, *, language: str) -> None:
        """Make an empty casebook, unless there is one."""
        with self._alone() as state:
            if not state.is_casebook:
                book = new_casebook(title, slug=self.folder.name, language=language)  # type: ignore[arg-type]
                self._keep(state, _state_of(book))

    def change_cell(self, table: str, spot: Spot, column: str, value: str) -> None:
        """Change one cell; refused where it brings a fault, or where the cell is another now."""
        self._change(lambda state: with_cell(state, table, spot, column, value))

    def add_row(self, table: str, cells: dict[str, str]) -> None:
        """Add a row at the end of a table."""
        self._change(lambda state: with_row(state, table, cells))

    def delete_row(self, table: str, spot: Spot) -> None:
        """Take a row out of a table."""
        self._change(lambda state: without_row(state, table, spot))

    def take(self, accepted: list[Accepted]) -> list[Taken]:
        """Add what was accepted of drafts: all of it, or nothing."""
        with self._alone() as state:
            casebook, taken = accept(accepted, self.casebook())
            self._keep(state, _state_of(casebook))
            return taken

    def undo(self) -> bool:
        """Bring the state before back, and return whether there was one."""
        with self._alone():
            return self._history.back()

    def redo(self) -> bool:
        """Bring back what was undone last, and return whether there was anything."""
        with self._alone():
            return self._history.forth()

    def can_step(self) -> tuple[bool, bool]:
        """Return whether anything can be undone, and whether anything can be done again."""
        return self._history.can_step()

    def _change(self, change: Callable[[State], State]) -> None:
        with self._alone() as state:
            self._keep(state, change(state))

    def _keep(self, old: State, new: State) -> None:
        """Write a state that has no fault which the old one did not have."""
        known = {_blame(fault) for fault in self.faults(old)} if old.is_casebook else set()
        fresh = [fault for fault in self.faults(new) if _blame(fault) not in known]
        if fresh:
            raise CasebookError(fresh)
        self._history.write(new)

    @contextmanager
    def _alone(self) -> Iterator[State]:
        """Give the state on disk, with no other desk at work; what others wrote is history too."""
        make_folder(self.folder)
        with self._inside, FileLock(self.folder / ".lock"):
            finish_folder(self.folder)
            state = self.state()
            if state.files:
                self._history.note(state)
            yield state


def _blame(fault: Fault) -> tuple[str, str, str, str]:
    """Return what makes a fault the same one, wherever its line has moved to."""
    return fault.file, fault.column, fault.found, fault.expected


def _state_of(casebook: Casebook) -> State:
    with TemporaryDirectory() as scratch:
        return read_state(write_casebook(casebook, Path(scratch) / casebook.slug))
