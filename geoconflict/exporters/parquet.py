"""GeoParquet: the three tables of a casebook, typed, the events with their points."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from geoconflict.bundles import require_pyarrow
from geoconflict.casebook import Casebook
from geoconflict.casebookfiles import map_toml, table_rows
from geoconflict.outputs import make_folder, whole_file, write_text
from geoconflict.records import Claim, Event, Report, Row

_DAYS = frozenset(("date_start", "date_end", "published"))
_NUMBERS = frozenset(("lon", "lat", "precision_m", "value_min", "value_max", "secondary_value"))


def write_geoparquet(casebook: Casebook, folder: str | Path) -> Path:
    """Write ``events``, ``reports`` and ``claims`` as Parquet, and ``map.toml``; return the folder.

    ``events.parquet`` is GeoParquet 1.0 with the points that are given in the casebook.
    ``read_casebook`` reads the folder back, and nothing is lost.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    """
    require_pyarrow()
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = make_folder(folder)
    tables = {
        "reports": pa.Table.from_pylist(table_rows(casebook, "reports"), _schema(Report)),
        "claims": pa.Table.from_pylist(table_rows(casebook, "claims"), _schema(Claim)),
    }
    for name, table in tables.items():
        with whole_file(target / f"{name}.parquet") as part:
            pq.write_table(table, part)
    events = pa.Table.from_pylist(table_rows(casebook, "events"), _schema(Event))
    types = {pa.string(): None}
    frame = events.to_pandas(types_mapper=types.get, date_as_object=True)
    points = gpd.GeoDataFrame(frame, geometry=casebook.events.geometry.to_numpy(), crs="EPSG:4326")
    with whole_file(target / "events.parquet") as part:
        points.to_parquet(part, index=False, geometry_encoding="WKB", schema_version="1.0.0")
    write_text(target / "map.toml", map_toml(casebook.info))
    return target


def _schema(model: type[Row]) -> object:
    import pyarrow as pa

    def kind(name: str) -> object:
        return pa.date32() if name in _DAYS else pa.float64() if name in _NUMBERS else pa.string()

    return pa.schema([(name, kind(name)) for name in model.model_fields])
