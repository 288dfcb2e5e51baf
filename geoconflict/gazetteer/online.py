"""Names asked of Nominatim, OpenStreetMap's search, when the user wants it; answers are kept."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import shapely

from geoconflict.errors import OnlineError, OutputError
from geoconflict.gazetteer.growing.identity import Known, identities
from geoconflict.gazetteer.growing.osm import SETTLEMENTS, Feature, places_of
from geoconflict.gazetteer.names import fold, skeleton
from geoconflict.gazetteer.placefile import Name, PlaceFile, write_places
from geoconflict.gazetteer.places import ONLINE, Place
from geoconflict.gazetteer.scoring import distance_km
from geoconflict.gazetteer.userdata import user_folder
from geoconflict.measuring.borders import Borders
from geoconflict.theatre import Theatre

HOST = "nominatim.openstreetmap.org"
# Nominatim's rules of use: one request a second, who asks is said, answers are kept.
DELAY_S = 1.0
_AGENT = "geoconflict (offline gazetteer; a look-up that a user asked for)"
_TIMEOUT_S, _MOST = 15.0, 20
_KEPT_DAYS = 180
# An answer this near a place that is known by the asked name is that place.
_SAME_KM = 5.0
_NO_NUMBER = re.compile(r"\D")
Ask = Callable[..., Any]


class Nominatim:
    """What Nominatim answers to names, kept on disk so that each is asked once.

    Parameters
    ----------
    theatre : Theatre
        Its window is searched first, the world only where nothing is found there.
    adapter_factory : callable, optional
        How geopy reaches the network; tests give one that does not.
    """

    def __init__(
        self, theatre: Theatre, *, adapter_factory: Callable[..., Any] | None = None
    ) -> None:
        self._window, self._borders = theatre.window, Borders.of(theatre)
        self._adapter_factory = adapter_factory
        self._folder = user_folder() / "online"
        self._found: dict[str, list[tuple[Place, list[Name]]]] = {}

    def file(self) -> PlaceFile:
        """Return a file with what the names that were asked brought."""
        return PlaceFile(self._folder / "nominatim.sqlite")

    def learn(self, name: str, known: Iterable[Place]) -> bool:
        """Ask for a name, and return whether that brought places that are not known by it.

        Parameters
        ----------
        name : str
            As it stands in the text.
        known : iterable of Place
            What the name can mean without asking.

        Raises
        ------
        OnlineError
            No answer came.
        OutputError
            The user's folder cannot be written.
        """
        key = fold(name)
        if not key or key in self._found:
            return False
        answers = self._kept()
        today = dt.datetime.now(tz=dt.UTC).date()
        old = answers.get(key)
        if old is None or (today - dt.date.fromisoformat(old["day"])).days > _KEPT_DAYS:
            answers[key] = {"day": today.isoformat(), "found": self._search(name)}
        features = list(filter(None, map(_feature, answers[key]["found"])))
        there = list(known)
        new = [one for one in places_of(features, self._borders) if _is_new(one[0], there)]
        self._found[key] = _coded(new, there)
        self._keep(answers)
        return bool(self._found[key])

    def _kept(self) -> dict[str, Any]:
        path = self._folder / "nominatim.json"
        try:
            kept = json.loads(path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _keep(self, answers: Mapping[str, Any]) -> None:
        newest = max(answer["day"] for answer in answers.values())
        info = {"title": "Asked of Nominatim", "source": ONLINE, "licence": "ODbL 1.0"}
        places = {
            place.id: (place, names) for some in self._found.values() for place, names in some
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / "nominatim.json.part"
            part.write_text(json.dumps(answers, ensure_ascii=False, sort_keys=True), "utf-8")
            part.replace(self._folder / "nominatim.json")
            target = self._folder / "nominatim.sqlite"
            write_places(target, places.values(), info=info | {"retrieved": newest})
        except OSError as error:
            message = f"cannot write in {self._folder} ({error.strerror})"
            raise OutputError(message) from error

    def _search(self, name: str) -> list[Mapping[str, Any]]:
        """Return what Nominatim answers: in the theatre's window, else anywhere."""
        box = self._window
        # What lies beyond 180 degrees of the window is no box that Nominatim takes.
        corners = [(box.south, box.west), (box.north, min(box.east, 180.0))]
        found = self._ask(name, viewbox=corners, bounded=True)
        return found or self._ask(name, viewbox=corners)

    def _ask(self, name: str, **where: object) -> list[Mapping[str, Any]]:
        from geopy.exc import GeopyError

        try:
            found = self._geocode(
                name,
                exactly_one=False,
                limit=_MOST,
                language="en",
                addressdetails=True,
                namedetails=True,
                extratags=True,
                **where,
            )
        except (GeopyError, OSError, ValueError) as error:
            message = (
                f"{HOST} gave no usable answer ({type(error).__name__}): is there a network? "
                "Without --online only what is on this computer is asked"
            )
            raise OnlineError(message) from error
        return [one.raw for one in found or ()]

    @cached_property
    def _geocode(self) -> Ask:
        from geopy.extra.rate_limiter import RateLimiter
        from geopy.geocoders import Nominatim as Service

        more = {"adapter_factory": self._adapter_factory} if self._adapter_factory else {}
        service = Service(user_agent=_AGENT, timeout=_TIMEOUT_S, **more)
        limited: Ask = RateLimiter(
            service.geocode, min_delay_seconds=DELAY_S, max_retries=0, swallow_exceptions=False
        )
        return limited


def _is_new(place: Place, known: Iterable[Place]) -> bool:
    """Return whether an answer is none of the places that are known by the name."""
    return not any(
        one.kind == place.kind
        and distance_km(one, place) <= max(_SAME_KM, (one.precision_m or 0.0) / 1000)
        for one in known
        if not one.is_approximate
    )


def _coded(
    found: Sequence[tuple[Place, list[Name]]], known: Iterable[Place]
) -> list[tuple[Place, list[Name]]]:
    """Return answers, those with its code that clearly are a village known by its area only."""
    areas = {place.id: place for place in known if place.is_approximate}
    keys = frozenset(skeleton(area.name) for area in areas.values())
    points = [Known(place, keys) for place, _ in found if place.kind == "settlement"]
    told = identities(points, [Known(area, keys) for area in areas.values()])
    coded = []
    for place, names in found:
        identity = told.get(place.id)
        area = areas[identity.settlement] if identity and identity.is_clear else place
        coded.append((replace(place, code=area.code, community=area.community), names))
    return coded


def _feature(raw: Mapping[str, Any]) -> Feature | None:
    """Return an answer as a feature of OpenStreetMap, None for what is no settlement or district.

    An answer with an area is a settlement where it says so, and its point the label's.
    """
    kind = raw.get("addresstype") or raw.get("type")
    is_settlement = kind in SETTLEMENTS
    is_district = kind in ("county", "district") and raw.get("class") == "boundary"
    names = raw.get("namedetails") or {}
    try:
        point = shapely.Point(float(raw["lon"]), float(raw["lat"]))
        south, north, west, east = map(float, raw["boundingbox"])
        number = int(_NO_NUMBER.sub("", str(raw["osm_id"])))
    except (KeyError, TypeError, ValueError):
        return None
    is_on_earth = abs(point.x) <= 180.0 and abs(point.y) <= 90.0
    if not (names.get("name") and is_on_earth and (is_settlement or is_district)):
        return None
    told = {**(raw.get("extratags") or {}), **names}
    # Used only where the recognised borders of the region say nothing.
    told["addr:country"] = str((raw.get("address") or {}).get("country_code", "")).upper()
    tags = {str(key): str(value) for key, value in told.items()}
    shape = point if is_settlement else shapely.box(west, south, east, north)
    return Feature(f"{raw.get('osm_type', 'node')}/{number}", tags, shape, is_settlement)
