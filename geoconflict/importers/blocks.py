"""Rows of a source made into what a casebook keeps of them, in one process or a block a process."""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, NamedTuple, Protocol

from geoconflict.casebooks.tables import values_of
from geoconflict.errors import DateError
from geoconflict.importers.drafts import Draft, RowFault, take
from geoconflict.importers.rawrows import RawRow

# Fewer rows are read sooner than another process has started.
WORTH_PROCESSES = 10_000
_BLOCK, _AHEAD = 1_000, 2
_LOST = (
    "a process that read rows was ended from outside, for want of memory perhaps; its rows and "
    "those after them were read by one"
)
Values = tuple[Any, ...]


class Made(NamedTuple):
    """What a row is in a casebook, its event, reports and claims as ``values_of`` has them.

    ``key`` is the source's own id, ``id`` that of the event; ``joins`` as in ``Draft``.
    """

    key: str
    id: str
    joins: bool
    event: Values
    reports: tuple[Values, ...]
    claims: tuple[Values, ...]
    doubts: tuple[str, ...]


# A row, and why it is no event where it is none.
Outcome = tuple[RawRow, Made | str]


class Shared(Protocol):
    """What the rows of a table leave behind for the whole of it."""

    def heard(self) -> Any:  # noqa: ANN401 - only who has heard it learns from it
        """Return what was left since it was last asked for."""

    def learn(self, heard: Any) -> None:  # noqa: ANN401
        """Take in what was left in another process."""


class Blocks:
    """Makes of rows what they are in a casebook, with the same result however many processes do.

    Parameters
    ----------
    read_row : callable
        Returns a row in the words of a casebook; raises RowFault or DateError where it cannot.
        For more than one process it can be pickled.
    source, prefix : str
        As ``take`` has them.
    shared : Shared, optional
        What ``read_row`` leaves behind. None: the rows are read one after the other.
    processes : int
        How many, started where a table is long.

    Attributes
    ----------
    notes : list of str
        What is to be said of how the rows were read.
    """

    def __init__(
        self,
        read_row: Callable[[RawRow], Draft],
        *,
        source: str,
        prefix: str = "",
        shared: Shared | None = None,
        processes: int = 1,
    ) -> None:
        self._work = partial(_made, read_row=read_row, source=source, prefix=prefix)
        self._shared, self._processes = shared, processes
        self.notes: list[str] = []

    def outcomes(self, rows: Iterable[RawRow]) -> Iterator[Outcome]:
        """Yield each row with what it is, or with the reason why it is no event."""
        left = iter(rows)
        is_one = self._shared is None or self._processes < 2
        first = [] if is_one else list(islice(left, WORTH_PROCESSES))
        alone = self._alone if len(first) < WORTH_PROCESSES else self._spread
        yield from alone(chain(first, left))

    def _alone(self, rows: Iterable[RawRow]) -> Iterator[Outcome]:
        return ((row, self._work(row)) for row in rows)

    def _spread(self, rows: Iterator[RawRow]) -> Iterator[Outcome]:
        job = pickle.dumps((self._work, self._shared))
        waiting: deque[tuple[list[RawRow], _Answer | None]] = deque()
        with ProcessPoolExecutor(self._processes, get_context("spawn")) as pool:
            while block := list(islice(rows, _BLOCK)):
                waiting.append((block, _asked(pool, job, block)))
                if len(waiting) > _AHEAD * self._processes:
                    yield from self._told(*waiting.popleft())
            while waiting:
                yield from self._told(*waiting.popleft())

    def _told(self, block: list[RawRow], answer: _Answer | None) -> Iterable[Outcome]:
        """Return the outcomes of a block; one that was lost is read here."""
        try:
            done, heard = answer.result() if answer else (None, None)
        except BrokenProcessPool:
            done = None
        if done is None:
            self.notes = [_LOST]
            return self._alone(block)
        if self._shared:
            self._shared.learn(heard)
        return zip(block, done, strict=True)


_Answer = Future[tuple[list[Made | str], Any]]


def _asked(pool: ProcessPoolExecutor, job: bytes, block: list[RawRow]) -> _Answer | None:
    """Return what will be the outcomes of a block; None where no process is left to read it."""
    # As plain values rows are packed several times as fast.
    plain = [(row.file, row.line, row.values, row.names, row.fault) for row in block]
    try:
        return pool.submit(_read, job, plain)
    except BrokenProcessPool:
        return None


def _read(job: bytes, block: list[Values]) -> tuple[list[Made | str], Any]:
    """Return what the rows of a block are, in another process, and what they left behind."""
    # As in the process that asks: no row makes rings.
    gc.disable()
    work, shared = _loaded(job)
    return [work(RawRow(*values)) for values in block], shared.heard()


@lru_cache(maxsize=1)
def _loaded(job: bytes) -> tuple[Callable[[RawRow], Made | str], Shared]:
    """Return the job of a process, which remembers from block to block what it has seen."""
    loaded: tuple[Callable[[RawRow], Made | str], Shared] = pickle.loads(job)  # noqa: S301 - our own
    return loaded


def _made(
    row: RawRow, *, read_row: Callable[[RawRow], Draft], source: str, prefix: str
) -> Made | str:
    if row.fault:
        return row.fault
    try:
        draft = read_row(row)
        taken = take(row, draft, source=source, prefix=prefix)
    except (RowFault, DateError) as error:
        return str(error)
    return Made(
        draft.key,
        taken.event.id,
        draft.joins,
        values_of(taken.event),
        tuple(map(values_of, taken.reports)),
        tuple(map(values_of, taken.claims)),
        tuple(taken.doubts),
    )
