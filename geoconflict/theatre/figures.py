"""Official figures that claims are checked against, each with its citation."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geoconflict.files.embedded import embedded_path


@dataclass(frozen=True)
class Figure:
    """One cited figure: id, title, value in ``unit``, date (empty: in force), citation."""

    id: str
    title: str
    value: float
    unit: str
    date: str
    citation: str


@cache
def official_figures() -> Mapping[str, Figure]:
    """Return the official figures by id, such as ``area-ua``, 603,628 km2."""
    with embedded_path("figures.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Figure(
                id=row["id"],
                title=row["title"],
                value=float(row["value"]),
                unit=row["unit"],
                date=row["date"],
                citation=row["citation"],
            )
            for row in csv.DictReader(file)
        }
