"""GeoParquet: the three tables of a casebook, typed, the events with their points."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from geoconflict.casebooks.bundles import DAYS, NUMBERS, TABLES, require_pyarrow
from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import map_toml, refuse_other_form, table_rows, told_as_writer
from geoconflict.casebooks.records import Row
from geoconflict.exporters.located import handed_out
from geoconflict.files.folders import whole_folder
from geoconflict.files.writing import flush, write_whole


@told_as_writer("a")
def write_geoparquet(
    casebook: Casebook, folder: str | Path, *, language: str | None = None
) -> Path:
    """Write ``events``, ``reports`` and ``claims`` as Parquet, and ``map.toml``; return the folder.

    ``events.parquet`` is GeoParquet 1.0 with points where a position is given or the gazetteer
    knows one (``position`` says which).
    ``read_casebook`` reads the folder back, and nothing is lost. Without pyarrow it raises
    ``MissingExtraError``.
    """
    require_pyarrow()
    import pyarrow as pa
    import pyarrow.parquet as pq

    from geoconflict.files.geoparquet import GEOMETRY, bounds, geo_metadata, wkb_column

    target = Path(folder)
    refuse_other_form(target, "events.csv")
    with whole_folder(target) as part:
        for name, model in TABLES.items():
            table = pa.Table.from_pylist(table_rows(casebook, name), _schema(model))
            if name == "events":
                found = handed_out(casebook, language)
                said = pa.array([one.position for one in found], pa.string())
                table = table.append_column("position", said)
                points = np.array([(one.lon, one.lat) for one in found], dtype=float)
                points = points.reshape(-1, 2)
                table = table.append_column(GEOMETRY, wkb_column(points))
                table = table.replace_schema_metadata({b"geo": geo_metadata(bounds(points))})
            pq.write_table(table, part / f"{name}.parquet")
            flush(part / f"{name}.parquet")
        write_whole(part / "map.toml", map_toml(casebook.info))
    return target


def _schema(model: type[Row]) -> object:
    import pyarrow as pa

    def kind(name: str) -> object:
        return pa.date32() if name in DAYS else pa.float64() if name in NUMBERS else pa.string()

    return pa.schema([(name, kind(name)) for name in model.model_fields])
