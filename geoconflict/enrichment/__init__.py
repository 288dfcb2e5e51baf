"""Millions of events measured: a file of any size in pieces, on one machine or on many.

``plan`` says what is asked, ``measuring`` does it for one piece. ``pieces`` splits files and finds
where and when in them, ``parts`` keeps what is done and joins it, ``running`` goes through all of
it, here or with Dask, ``frames`` does it in memory.
``reports`` checks or drafts a file of reports, ``corroboration`` lays fires and alerts beside
strikes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoconflict.enrichment.corroboration import Corroboration, corroborate
    from geoconflict.enrichment.frames import enrich_frame
    from geoconflict.enrichment.parts import Summary
    from geoconflict.enrichment.running import enrich, enrich_partitions

_HOME = {
    "Corroboration": "corroboration",
    "corroborate": "corroboration",
    "Summary": "parts",
    "enrich": "running",
    "enrich_frame": "frames",
    "enrich_partitions": "running",
}

__all__ = ["Corroboration", "Summary", "corroborate", "enrich", "enrich_frame", "enrich_partitions"]


def __getattr__(name: str) -> object:
    """Load a public name on first use; files need pyarrow, frames in memory do not."""
    if name not in _HOME:
        message = f"module 'geoconflict.enrichment' has no attribute {name!r}"
        raise AttributeError(message)
    if name in ("Summary", "enrich"):
        from geoconflict.casebooks.bundles import require_pyarrow

        require_pyarrow()
    return getattr(import_module(f"geoconflict.enrichment.{_HOME[name]}"), name)
