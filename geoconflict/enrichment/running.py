"""The whole of a file enriched: on this machine piece by piece, or on a Dask cluster."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.casebooks.bundles import is_bundle
from geoconflict.casebooks.casebook import read_casebook
from geoconflict.enrichment.frames import enrich_frame
from geoconflict.enrichment.measuring import read_fronts, resolve_reference
from geoconflict.enrichment.parts import (
    Summary,
    Work,
    assemble,
    do_piece,
    own_folder,
    prepare,
    set_aside,
)
from geoconflict.enrichment.pieces import ROWS, Piece, digest, open_input, split
from geoconflict.enrichment.plan import FRONT, make_plan
from geoconflict.errors import EnrichError, MissingExtraError, OutputError
from geoconflict.exporters.parquet import write_geoparquet
from geoconflict.files.writing import writable_target
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.importers.accounts import read_set_aside, write_set_aside
from geoconflict.measuring.dayforms import Order
from geoconflict.notebook import notebook_progress

if TYPE_CHECKING:
    import dask_geopandas
    from distributed import Client

# Pieces done, pieces in all.
Progress = Callable[[int, int], None]


def enrich(  # noqa: PLR0913 - each part of a question can be asked apart
    events: str | Path,
    output: str | Path,
    *,
    references: Sequence[str] = (),
    admin1: bool = False,
    nearest_settlement: bool = False,
    date_order: Order = "dmy",
    max_gap_days: int = 7,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    r"""Measure every event of a file of any size and write GeoParquet.

    A reference's columns are ``distance_km``, ``azimuth_deg``, ``nearest_lon`` and
    ``nearest_lat``; of several each has its name before them, as in ``front_distance_km``. Pieces
    that are done stand in ``OUTPUT.parts`` until all are: stopped in whatever way, the same call
    goes on where it was. The output is there whole or not.

    Parameters
    ----------
    events : path
        CSV in UTF-8 with columns lon and lat (or the like), Parquet, or GeoParquet of points in
        lon and lat; or a casebook, whose places are looked up.
    output : path
        GeoParquet file that ends in ``.parquet``. Rows of CSV with more or fewer cells than the
        header go to ``OUTPUT-set-aside.csv`` with line and reason.
    references : sequence of str
        ``border:UA``, any reference that ``find_reference`` reads, or ``front:FOLDER`` with
        dated snapshots, for which the events need a column of dates.
    admin1, nearest_settlement : bool
        Tell the ISO 3166-2 code of the unit, and the nearest settlement of the gazetteer.
    date_order : str
        What comes first in days with slashes: ``dmy`` or ``mdy``. It is never guessed.
    max_gap_days : int
        How many days older than the event a front snapshot may be.
    scheduler : str, optional
        Address of a Dask scheduler whose workers see the same files; default: this process.
    progress : callable, optional
        Called with the pieces done and in all. Default: a bar in a notebook, else nothing.

    Returns
    -------
    Summary
        Rows, and those that have no position, no day that can be read, or no snapshot.

    Raises
    ------
    EnrichError
        The events cannot be read, or the output would replace them.
    GeoconflictError
        A reference names nothing.
    OutputError
        The output cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geoconflict as gc
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_text("lon,lat\n39.69,54.63\n", "utf-8")
    >>> gc.enrich(folder / "a.csv", folder / "a.parquet", references=["border:UA"]).rows
    1
    """
    target, aside = _targets(Path(output), Path(events))
    with _events_file(Path(events)) as path:
        source = open_input(path)
        plan = make_plan(
            references,
            columns=source.columns,
            has_geometry=bool(source.geometry),
            admin1=admin1,
            nearest_settlement=nearest_settlement,
            date_order=date_order,
            max_gap_days=max_gap_days,
        )
        for reference in plan.references:
            # What names nothing is said before hours of work.
            find = read_fronts if reference.startswith(FRONT) else resolve_reference
            find(reference, Gazetteer.default())
        pieces = split(source, rows=ROWS)
        work = Work(source, plan, str(target.with_name(f"{target.name}.parts")))
        with own_folder(Path(work.folder)):
            prepare(work, identity={**digest(path), "rows_per_piece": ROWS})
            done = _on_cluster(work, pieces, scheduler) if scheduler else _here(work, pieces)
            show = progress or notebook_progress("pieces")
            for count in done:
                show(count, len(pieces))
            summary = assemble(work, pieces, target)
            aside.unlink(missing_ok=True)
            write_set_aside(set_aside(work, pieces), aside, read=())
        shutil.rmtree(work.folder)
    return summary


def _targets(output: Path, events: Path) -> tuple[Path, Path]:
    """Return the files of the output and of rows set aside, if both can be written."""
    target = writable_target(output)
    if output.suffix.lower() != ".parquet":
        message = f"{output}: expected the name of a GeoParquet file, which ends in .parquet"
        raise OutputError(message)
    if target.exists() and events.exists() and target.samefile(events):
        message = f"{output} is the input, which stays as it is: give another output"
        raise EnrichError(message)
    aside = target.with_name(f"{target.stem}-set-aside.csv")
    read_set_aside(aside)
    return target, aside


@contextmanager
def _events_file(path: Path) -> Iterator[Path]:
    """Give the file of events: the path itself, or what a casebook becomes with its positions."""
    if not path.is_dir() and not is_bundle(path):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        write_geoparquet(read_casebook(path), folder)
        yield Path(folder) / "events.parquet"


def _here(work: Work, pieces: Sequence[Piece]) -> Iterable[int]:
    """Do the missing pieces one after the other; yield how many are done."""
    missing = work.missing(pieces)
    yield len(pieces) - len(missing)
    for count, piece in enumerate(missing, start=1):
        do_piece(work, piece)
        yield len(pieces) - len(missing) + count


def _on_cluster(work: Work, pieces: Sequence[Piece], scheduler: str) -> Iterable[int]:

    missing = work.missing(pieces)
    yield len(pieces) - len(missing)
    for count, _ in enumerate(_do_pieces(work, missing, scheduler=scheduler), start=1):
        yield len(pieces) - len(missing) + count


def _do_pieces(work: Work, pieces: Sequence[Piece], *, scheduler: str) -> Iterator[int]:
    """Do pieces on the workers of a cluster; yield the rows of each that is done.

    The workers read the input and write the pieces, so both must be under the same path on
    all machines. A worker that dies has its pieces done by another.

    Raises
    ------
    EnrichError
        There is no scheduler at the address, or a piece cannot be done.
    MissingExtraError
        Dask is not installed.
    """
    with connected(scheduler) as client, killed():
        from distributed import as_completed

        futures = client.map(_Task(work), list(pieces), pure=False, retries=2)
        for _, rows in as_completed(futures, with_results=True):  # type: ignore[no-untyped-call]
            yield rows


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """Give a client of the Dask scheduler at an address.

    Raises
    ------
    EnrichError
        There is none.
    MissingExtraError
        Dask is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        message = "a cluster needs Dask: pip install 'geoconflict[dask]'"
        raise MissingExtraError(message) from error
    try:
        client = Client(scheduler, timeout="20s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        message = f"there is no Dask scheduler at {scheduler}: {error}"
        raise EnrichError(message) from error
    with client:
        yield client


@contextmanager
def killed() -> Iterator[None]:
    """Give a block in which a task whose workers all died is an error of ours."""
    from distributed import KilledWorker

    try:
        yield
    except KilledWorker as error:
        message = f"the workers that had a piece all died, for want of memory perhaps: {error}"
        raise EnrichError(message) from error


def enrich_partitions(
    frame: dask_geopandas.GeoDataFrame,
    **asked: Any,  # noqa: ANN401 - as enrich_frame takes them
) -> dask_geopandas.GeoDataFrame:
    """Return a dask_geopandas frame with what ``enrich_frame`` adds, computed where its parts are.

    Parameters
    ----------
    frame : dask_geopandas.GeoDataFrame
        Points in EPSG:4326.
    **asked
        ``references``, ``admin1``, ``nearest_settlement`` as in ``enrich_frame``.

    Returns
    -------
    dask_geopandas.GeoDataFrame
        Nothing is computed before it is asked for.

    Examples
    --------
    >>> import dask_geopandas, geopandas, geoconflict as gc
    >>> point = geopandas.points_from_xy([39.69], [54.63], crs="EPSG:4326")
    >>> frame = geopandas.GeoDataFrame(geometry=point)
    >>> events = dask_geopandas.from_geopandas(frame, npartitions=1)
    >>> measured = gc.enrich_partitions(events, references=["border:UA"])
    >>> "distance_km" in measured.columns
    True
    """
    meta = enrich_frame(frame._meta, **asked)  # noqa: SLF001 - dask's own way to know the columns
    return frame.map_partitions(enrich_frame, meta=meta, **asked)


class _Task:
    """What a worker does; an object, so that the work is sent once."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, piece: Piece) -> int:
        return do_piece(self._work, piece)
