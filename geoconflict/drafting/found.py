"""An event while it is put together from several sentences, and when two of them are one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from geoconflict.casebooks.records import Certainty
from geoconflict.drafting.cells import Cell, Value
from geoconflict.drafting.voices import Voice
from geoconflict.gazetteer.joint import same_spot
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.dates import DateRange

# Words for what was struck that can stand for a more telling one.
_WIDER = {
    "plant": "refinery gas_plant chemical_plant aircraft_plant electronics_plant defence_plant "
    "steel_plant shipyard industrial_zone power_plant nuclear_plant",
    "warehouse": "arsenal oil_depot industrial_zone",
    "barracks": "airfield training_ground headquarters air_defence arsenal",
    "energy": "power_plant substation hydro_plant nuclear_plant infrastructure gas_plant",
    "infrastructure": "energy power_plant substation hydro_plant industrial_zone plant oil_depot "
    "oil_terminal refinery gas_plant pumping_station port railway",
    "airfield": "aircraft",
    "railway": "railway_station",
    "culture": "theatre",
    "shop": "shopping_centre",
    "residential": "apartment_block",
    "oil_terminal": "oil_depot refinery",
    "power_plant": "hydro_plant nuclear_plant",
    "street": "residential shop vehicle",
    "defence_plant": "chemical_plant electronics_plant aircraft_plant",
}
# Things of a town that one attack damages side by side.
_OF_TOWNS = frozenset(
    (
        *("residential", "hospital", "education", "shop", "market", "church", "culture", "street"),
        *("apartment_block", "shopping_centre", "theatre", "railway_station", "railway"),
        *("vehicle", "government", "office", "restaurant", "bank", "infrastructure"),
    )
)
_TOWN_KM = 12.0
# "Near Pokrovsk" of a summary means villages so far from it at most.
_SUMMED_KM = 30.0


@dataclass(eq=False)
class Found:
    """An event as it is being put together.

    ``key`` is what it is known by where its place is not: a unit's code or a name as written;
    ``is_near`` tells that it was only near its place, ``is_later`` that it is told as a later
    one, ``is_repelled`` that it is an attack repelled in the air.
    """

    kind: str
    paragraph: int
    cells: dict[str, Cell] = field(default_factory=dict)
    voices: list[Voice] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    place: Place | None = None
    key: str = ""
    concept: str = ""
    days: DateRange | None = None
    is_background: bool = False
    is_summed: bool = False
    is_near: bool = False
    is_later: bool = False
    is_repelled: bool = False

    def put(
        self,
        column: str,
        value: Value,
        span: tuple[int, int],
        rule: str,
        certainty: Certainty = "likely",
    ) -> None:
        """Set a cell that is not there yet."""
        if column not in self.cells:
            self.cells[column] = Cell(value, *span, rule, certainty)

    def value(self, column: str) -> Value | None:
        """Return the value of a cell, None where there is none."""
        cell = self.cells.get(column)
        return cell.value if cell else None

    @property
    def is_dated(self) -> bool:
        """Whether its day is told, not only taken from the report's."""
        cell = self.cells.get("date_start")
        return cell is not None and cell.certainty != "open"

    @property
    def date_rank(self) -> int:
        """How its day is told: 0 not at all, 1 at the head of the report, 2 before, 3 with it."""
        cell = self.cells.get("date_start")
        if cell is None or cell.certainty == "open" or cell.rule == "day of the report":
            return int(cell is not None and cell.rule == "day of saying so")
        ends = ("told at the head", "told before")
        return next((rank for rank, end in enumerate(ends, 1) if cell.rule.endswith(end)), 3)

    @property
    def is_named(self) -> bool:
        """Whether it has a place or facility, not a unit only."""
        return self.place is not None or bool(self.key and "-" not in self.key[2:3])

    def hear(self, voice: Voice) -> None:
        """Take in who speaks of it, once."""
        for number, known in enumerate(self.voices):
            if known.text == voice.text:
                if known.stance == "claims" != voice.stance:
                    self.voices[number] = voice
                return
        self.voices.append(voice)

    def merge(self, other: Found) -> None:
        """Take in what another account of the same event says."""
        if other.date_rank > self.date_rank:
            for column in ("date_start", "date_end"):
                self.cells.pop(column, None)
            self.days = other.days
        self._count(other)
        if {self.kind, other.kind} == {"strike", "other"}:
            # What exploded was then said to have been struck.
            self.kind = "strike"
        if _is_finer(other, self):
            for column in ("place", "facility", "admin1", "country", "target_type"):
                if column in other.cells:
                    self.cells[column] = other.cells[column]
            self.place, self.key = other.place or self.place, other.key or self.key
            self.concept = other.concept or self.concept
        for column, cell in other.cells.items():
            self.cells.setdefault(column, cell)
        self.spans += other.spans
        for voice in other.voices:
            self.hear(voice)

    def _count(self, other: Found) -> None:
        for column in ("killed", "injured"):
            mine, new = self.value(column), other.value(column)
            if mine is not None and new is not None and new != mine:
                self.cells[column] = larger(self.cells[column], other.cells[column])


def larger(first: Cell, second: Cell) -> Cell:
    """Return the cell with the larger number, the other number beside it as an alternative.

    Reports count upwards as an attack becomes known; both numbers stay to be seen.
    """
    kept, other = (first, second) if int(first.value) >= int(second.value) else (second, first)
    beside = (other.value, *first.alternatives, *second.alternatives)
    values = tuple(dict.fromkeys(value for value in beside if value != kept.value))
    return replace(kept, alternatives=values)


def is_wider(wide: str, fine: str) -> bool:
    """Return whether a word for what was struck can stand for a more telling one.

    Examples
    --------
    >>> is_wider("plant", "refinery"), is_wider("refinery", "plant")
    (True, False)
    """
    return fine in _WIDER.get(wide, "").split()


def is_part(wide: Found, fine: Found) -> bool:
    """Return whether a strike told of a region or a town at large is one told more closely."""
    if wide.kind != "strike" or fine.kind != "strike" or wide.is_background != fine.is_background:
        return False
    if not _same_days(wide, fine):
        return False
    is_close = bool(fine.concept or not wide.concept) or wide.paragraph == fine.paragraph
    if wide.place is None and fine.is_named and wide.key == fine.value("admin1"):
        return compatible(wide.concept, fine.concept) and is_close
    return not wide.concept and bool(fine.concept) and same_place(wide, fine)


def compatible(a: str, b: str) -> bool:
    """Return whether two words for what was struck can stand for one thing.

    Examples
    --------
    >>> compatible("plant", "refinery"), compatible("hospital", "residential")
    (True, True)
    >>> compatible("refinery", "airfield")
    False
    """
    return not a or not b or a == b or is_wider(a, b) or is_wider(b, a) or {a, b} <= _OF_TOWNS


def is_same(a: Found, b: Found) -> bool:
    """Return whether two accounts within one report tell the same event."""
    if a.is_background != b.is_background and (a.is_dated or b.is_dated) and a.days != b.days:
        return False
    if not _same_kind(a, b) or not _same_days(a, b):
        return False
    if a.kind == "interception":
        return _same_salvo(a, b)
    if a.kind in ("advance", "control_change", "clash") and _is_at_odds(a, b, "actor"):
        return False
    if b.is_later and a.kind == b.kind == "strike" and _is_at_odds(a, b, "weapon"):
        # "Towards evening a drone struck": not the shelling of the morning.
        return False
    return same_place(a, b) and compatible(a.concept, b.concept)


def _is_at_odds(a: Found, b: Found, column: str) -> bool:
    return None not in (a.value(column), b.value(column)) and a.value(column) != b.value(column)


def same_place(a: Found, b: Found) -> bool:
    """Return whether two accounts name one place, or a town and a facility in it."""
    if a.place is not None and b.place is not None:
        facilities = {p.id for p in (a.place, b.place) if p.kind == "facility"}
        if len(facilities) == 2:
            return False
        if not facilities:
            return _is_one(a.place, b.place)
        towns = {p.town or p.name for p in (a.place, b.place)}
        same_unit = a.place.admin1_code == b.place.admin1_code
        return same_unit and (len(towns) == 1 or same_spot(a.place, b.place, within_km=_TOWN_KM))
    if a.place is None and b.place is None:
        return a.key == b.key
    return False


def is_summed_up(told: Found, summed: Found) -> bool:
    """Return whether what a summary tells in few words is an event that was told in full."""
    if not _same_kind(told, summed) and {told.kind, summed.kind} != {"advance", "control_change"}:
        return False
    if not _same_days(told, summed):
        return False
    if told.place is not None and summed.place is not None:
        return same_spot(told.place, summed.place, within_km=_SUMMED_KM)
    return not summed.is_named and told.value("admin1") == summed.value("admin1")


def _is_one(a: Place, b: Place) -> bool:
    """Return whether two records are of one place; villages of one community are several."""
    if a.id == b.id or "admin2" in (a.kind, b.kind):
        # A town is but a part of its district.
        return a.id == b.id
    are_villages = a.kind == b.kind == "settlement" and a.name != b.name
    return not are_villages and same_spot(a, b, within_km=3.0)


def is_at(event: Found, place: Place | None) -> bool:
    """Return whether an event was at a place or at a facility in it."""
    if event.place is None or place is None:
        return False
    if _is_one(event.place, place):
        return True
    return place.name in (event.place.town, event.value("place"))


def _same_kind(a: Found, b: Found) -> bool:
    return a.kind == b.kind or {a.kind, b.kind} == {"strike", "other"}


def _same_days(a: Found, b: Found) -> bool:
    if not a.is_dated or not b.is_dated or a.days is None or b.days is None:
        return True
    if a.paragraph == b.paragraph and min(a.date_rank, b.date_rank) == 1:
        return True
    return a.days.start <= b.days.end and b.days.start <= a.days.end


def _same_salvo(a: Found, b: Found) -> bool:
    """Return whether two counts are one: of one class, over one place, not at odds."""
    if a.key != b.key or a.value("weapon") != b.value("weapon"):
        return False
    if not a.key and a.value("country") != b.value("country"):
        return False
    pairs = [(a.value(column), b.value(column)) for column in ("shot_down", "launched")]
    return all(one is None or two is None or one == two for one, two in pairs)


def _is_finer(new: Found, old: Found) -> bool:
    """Return whether a new account names the place or thing more closely than an old one."""
    if new.place is not None and new.place.kind == "facility":
        return old.place is None or old.place.kind != "facility"
    if new.place is not None and old.place is None:
        return True
    return (
        bool(new.concept)
        and new.concept in _WIDER.get(old.concept, "").split()
        and new.place is old.place
    )
