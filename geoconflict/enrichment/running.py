"""The whole of a file enriched: on this machine piece by piece, or on a Dask cluster."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from geoconflict.enrichment.measuring import read_fronts, resolve_reference
from geoconflict.enrichment.parts import Summary, Work, assemble, do_piece, prepare
from geoconflict.enrichment.pieces import ROWS, Piece, digest, open_input, split
from geoconflict.enrichment.plan import FRONT, make_plan
from geoconflict.notebook import notebook_progress
from geoconflict.writing import writable_target

# Pieces done, pieces in all.
Progress = Callable[[int, int], None]


def enrich(
    events: str | Path,
    output: str | Path,
    *,
    references: Sequence[str] = (),
    admin1: bool = False,
    nearest_settlement: bool = False,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    r"""Measure every event of a file of any size and write GeoParquet.

    The first reference's columns are ``distance_km``, ``azimuth_deg``, ``nearest_lon`` and
    ``nearest_lat``; those of each further one have its name before them, as in
    ``front_distance_km``. Pieces that are done stand in ``OUTPUT.parts`` until all are: stopped
    in whatever way, the same call goes on where it was. The output is there whole or not.

    Parameters
    ----------
    events : path
        CSV in UTF-8 with columns lon and lat (or the like), Parquet, or GeoParquet of points in
        lon and lat.
    output : path
        GeoParquet file.
    references : sequence of str
        ``border:UA``, any reference that ``find_reference`` reads, or ``front:FOLDER`` with
        dated snapshots, for which the events need a column of dates.
    admin1, nearest_settlement : bool
        Tell the ISO 3166-2 code of the unit, and the nearest settlement of the gazetteer.
    scheduler : str, optional
        Address of a Dask scheduler whose workers see the same files; default: this process.
    progress : callable, optional
        Called with the pieces done and in all. Default: a bar in a notebook, else nothing.

    Returns
    -------
    Summary
        Rows, and those that have no position or no snapshot.

    Raises
    ------
    EnrichError
        The events cannot be read.
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
    target = writable_target(Path(output))
    source = open_input(events)
    plan = make_plan(
        references,
        columns=source.columns,
        has_geometry=bool(source.geometry),
        admin1=admin1,
        nearest_settlement=nearest_settlement,
    )
    for reference in plan.references:
        # What names nothing is said before hours of work.
        read_fronts(reference) if reference.startswith(FRONT) else resolve_reference(reference)
    pieces = split(source, rows=ROWS)
    work = Work(source, plan, str(target.with_name(f"{target.name}.parts")))
    prepare(work, identity={**digest(events), "rows_per_piece": ROWS})
    done = _on_cluster(work, pieces, scheduler) if scheduler else _here(work, pieces)
    show = progress or notebook_progress("pieces")
    for count in done:
        show(count, len(pieces))
    summary = assemble(work, pieces, target)
    shutil.rmtree(work.folder)
    return summary


def _here(work: Work, pieces: Sequence[Piece]) -> Iterable[int]:
    """Do the missing pieces one after the other; yield how many are done."""
    missing = work.missing(pieces)
    yield len(pieces) - len(missing)
    for count, piece in enumerate(missing, start=1):
        do_piece(work, piece)
        yield len(pieces) - len(missing) + count


def _on_cluster(work: Work, pieces: Sequence[Piece], scheduler: str) -> Iterable[int]:
    from geoconflict.enrichment.cluster import do_pieces

    missing = work.missing(pieces)
    yield len(pieces) - len(missing)
    for count, _ in enumerate(do_pieces(work, missing, scheduler=scheduler), start=1):
        yield len(pieces) - len(missing) + count
