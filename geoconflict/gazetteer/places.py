"""The record of one place of any kind: settlement, facility, admin-1 unit, country, water."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from geoconflict.notebook import Shown

# What tells a place that was asked online from those that are on this computer.
ONLINE = "OpenStreetMap contributors, asked online of Nominatim"
# The smallest community is wider than this.
_FINEST_AREA_M = 4000.0
KINDS = ("settlement", "facility", "admin1", "admin2", "region", "country", "water")


@dataclass(frozen=True)
class Place(Shown):
    """One place of the gazetteer.

    Parameters
    ----------
    id : str
        Stable identifier: ``geonames:704422``, ``iso:UA-14``, ``facility:ryazan-refinery``,
        ``village:...``, ``water:...``, ``region:...``, ``katottg:UA14...`` or ``point:lat,lon``
        for coordinates as given.
    name : str
        English name in present use.
    kind : str
        ``settlement``, ``facility``, ``admin1``, ``admin2``, ``region`` (Donbas), ``country``,
        ``water`` or ``point``.
    country : str
        ISO 3166-1 alpha-2 code by the internationally recognised borders; empty at sea.
    admin1 : str
        Title of the first-level unit, such as ``Donetsk Oblast``; empty where none applies.
    admin1_code : str
        Its ISO 3166-2 code, such as ``UA-14``; empty where none applies.
    lon, lat : float or None
        Degrees, WGS84. None where only the unit is known (countries outside the region).
    precision_m : float or None
        Radius in metres within which the point is right; for an area, its reach.
    population : int or None
        Inhabitants by the source; None where not known.
    town : str
        Of a facility: the town that it belongs to, by the record; else empty.
    code : str
        Code of Ukraine's codifier (KATOTTG); empty where none is known.
    community : str
        Of a settlement of Ukraine: title of its community, where that is known; else empty.
    source, licence : str
        Where the record comes from, and under which licence.
    names : mapping of str to tuple of str
        Names by language (``en``, ``uk``, ``ru``) or, where the source does not say the
        language, by script (``Latn``, ``Cyrl``).
    """

    id: str
    name: str
    kind: str
    country: str = ""
    admin1: str = ""
    admin1_code: str = ""
    lon: float | None = None
    lat: float | None = None
    precision_m: float | None = None
    population: int | None = None
    town: str = ""
    code: str = ""
    community: str = ""
    source: str = ""
    licence: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def is_approximate(self) -> bool:
        """Whether it is a village of the codifier of which only an area is known, no point."""
        is_village = self.kind == "settlement" and self.code and not self.population
        return bool(is_village) and (self.precision_m or math.inf) > _FINEST_AREA_M

    @property
    def title(self) -> str:
        """The name and what tells it from its namesakes, as in ``Lyman (Donetsk Oblast, UA)``."""
        community = "" if self.population else self.community
        parts = (community, self.admin1, self.country)
        around = [part for part in parts if part and part != self.name]
        return f"{self.name} ({', '.join(around)})" if around else self.name

    @property
    def is_online(self) -> bool:
        """Whether it is an answer from the network and not of the data on this computer."""
        return self.source == ONLINE

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain types, as ``--json`` prints it."""
        return asdict(self)


def told_apart(titles: Sequence[str], places: Sequence[Place]) -> list[str]:
    """Return titles of places, those that are alike with latitude and longitude in degrees.

    Hamlets of one community that stand alike there too are told by their codes.

    Examples
    --------
    >>> two = [Place(f"x:{n}", "Terny", "settlement", lon=37.0 + n, lat=49.0) for n in (0, 1)]
    >>> told_apart(["Terny", "Terny"], two)
    ['Terny [49.00, 37.00]', 'Terny [49.00, 38.00]']
    """
    spots = [f"[{p.lat:.2f}, {p.lon:.2f}]" if p.lat is not None else "" for p in places]
    told = _with(titles, spots)
    return _with(told, [place.code and f"[{place.code}]" for place in places])


def _with(titles: Sequence[str], more: Sequence[str]) -> list[str]:
    counts = Counter(titles)
    return [
        f"{title} {one}" if counts[title] > 1 and one else title
        for title, one in zip(titles, more, strict=True)
    ]
