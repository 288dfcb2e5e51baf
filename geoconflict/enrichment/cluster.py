"""The same step on other machines: pieces as tasks of Dask, or the partitions of a frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geoconflict.enrichment.frames import enrich_frame
from geoconflict.enrichment.parts import Work, do_piece
from geoconflict.enrichment.pieces import Piece
from geoconflict.errors import EnrichError, MissingExtraError

if TYPE_CHECKING:
    import dask_geopandas
    from distributed import Client


def do_pieces(work: Work, pieces: Sequence[Piece], *, scheduler: str) -> Iterator[int]:
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
