"""The rows of a casebook as records: one event, one report on it, one stated quantity."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geoconflict.casebooks.celltypes import (
    Actor,
    Count,
    Country,
    Day,
    Direction,
    Extra,
    Hedge,
    Id,
    LanguageCode,
    Lat,
    Lon,
    Metres,
    Number,
    Period,
    Unit,
    UnitCode,
    Url,
    expected,
)
from geoconflict.measuring.dates import DateRange, parse_date_range
from geoconflict.measuring.quantities import plain, vague_words
from geoconflict.measuring.units import dimension
from geoconflict.notebook import Shown

EventKind = Literal["strike", "interception", "advance", "control_change", "clash", "other"]
DateBasis = Literal["exact", "assumed", "before", "about"]
Status = Literal["claimed", "confirmed", "geolocated", "disputed"]
Stance = Literal["claims", "confirms", "geolocates", "denies"]
Language = Literal["en", "uk", "ru"]
ClaimKind = Literal[
    "distance", "direction", "near", "inside", "area", "rate", "share", "count", "conversion"
]
# How a reader found the place or line at one end of a claim: by its name, by words that imply it
# ("the border"), by a word that points back ("the town"), as the namesake of the other end, as
# the only facility of a kind in a unit, as the town of a facility that is not known itself, or
# carried over from the distance or item before it.
Found = Literal[
    "named", "implied", "pointer", "namesake", "only_facility", "town_of_facility", "carried"
]
# How sure that is: nothing else bears the name, told from others by what stands around, not told.
Certainty = Literal["certain", "likely", "open"]
# The source of claims that were read from a text which is no source of a casebook yet.
TEXT_SOURCE = "text"
# Kinds of claims that are measured on the ground, from a place to a place or line.
GROUND_KINDS = frozenset(("distance", "direction", "near", "inside"))
# What is hit, in groups that fit a line.
_Target1 = Literal[
    "refinery", "gas_plant", "oil_depot", "oil_terminal", "pipeline", "pumping_station"
]
_Target2 = Literal[
    "arsenal", "chemical_plant", "aircraft_plant", "electronics_plant", "defence_plant"
]
_Target3 = Literal["steel_plant", "industrial_zone", "plant", "mine", "shipyard", "power_plant"]
_Target4 = Literal["nuclear_plant", "hydro_plant", "substation", "energy", "infrastructure", "port"]
_Target5 = Literal["ship", "airfield", "aircraft", "air_defence", "radar", "barracks"]
_Target6 = Literal["training_ground", "headquarters", "railway", "railway_station", "bridge"]
_Target7 = Literal["vehicle", "warehouse", "government", "office", "prison", "bank", "broadcasting"]
_Target8 = Literal["printing", "education", "hospital", "culture", "theatre", "church", "shop"]
_Target9 = Literal["shopping_centre", "market", "restaurant", "petrol_station", "residential"]
_Target10 = Literal["apartment_block", "street", "oblast", "settlement"]
TargetType = Literal[
    _Target1,
    _Target2,
    _Target3,
    _Target4,
    _Target5,
    _Target6,
    _Target7,
    _Target8,
    _Target9,
    _Target10,
    "other",
]
# What each kind of claim cannot do without; a claim on two recorded ones has no own value.
_NEEDS: dict[str, tuple[str, ...]] = {
    "distance": ("value_min", "unit"),
    "direction": ("direction",),
    "area": ("value_min", "unit"),
    "rate": ("value_min", "unit"),
    "share": ("value_min", "unit"),
    "count": ("value_min", "unit"),
    "conversion": ("value_min", "unit", "secondary_value", "secondary_unit"),
    "near": ("reference",),
    "inside": ("reference",),
}


# A period of so many months is recorded as of so many days each.
_MONTH_DAYS = 30
# What the unit of a kind of claim must measure.
_DIMENSIONS = {"distance": "length", "area": "area"}


class Row(BaseModel):
    """A row of a table; unknown columns are refused, empty cells are None."""

    # Built when first used: a text alone needs no events.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        self.fits_together()
        return self

    def fits_together(self) -> None:
        """Raise PydanticCustomError where cells do not agree with one another."""


class Event(Row):
    """One reported event.

    ``date_start`` and ``date_end`` are days, both included; a night spans two. ``date_basis``
    says what they rest on: ``exact`` (the day, night, month or year that is reported),
    ``assumed`` (reported as recent on ``date_end``, the start is assumed), ``before``
    (reported as past by ``date_end``, the start is assumed) or ``about`` (both are assumed).
    ``facility`` is an id of the facility table or a name, ``place`` a place name, ``admin1`` an ISO
    3166-2 code, ``country`` an ISO 3166-1 code. ``lon``, ``lat`` in degrees and
    ``precision_m`` in metres are None where the gazetteer is to say it or nobody knows.
    ``actor`` is the side that acts. ``killed`` and ``injured`` count people; ``launched`` and
    ``shot_down`` what ``weapon`` says, of an interception; all as reported, None where not told.

    ``status`` goes by who is independent of whom; all bodies of one belligerent are one side.
    ``claimed``: one side or one outlet says so; ``confirmed``: the other side or an independent
    third party says so too; ``geolocated``: somebody placed it from images; ``disputed``:
    somebody denies it or a material part of it, and nobody placed it.

    ``extra`` is a JSON object of what a source says of the event and no other column takes, by
    the source's own column names.
    """

    id: Id
    kind: EventKind
    date_start: Day
    date_end: Day
    date_basis: DateBasis = "exact"
    facility: str | None = None
    place: str | None = None
    admin1: UnitCode | None = None
    country: Country | None = None
    lon: Lon | None = None
    lat: Lat | None = None
    precision_m: Metres | None = None
    actor: Actor = "unknown"
    target_type: TargetType | None = None
    weapon: str | None = None
    effects: str | None = None
    killed: Count | None = None
    injured: Count | None = None
    launched: Count | None = None
    shot_down: Count | None = None
    status: Status = "claimed"
    note: str | None = None
    extra: Extra | None = None

    def fits_together(self) -> None:
        """Refuse an end before the start, and half a position."""
        if self.date_end < self.date_start:
            raise expected("date_end on or after date_start")
        if (self.lon is None) != (self.lat is None):
            raise expected("lon and lat together, or neither")


class Report(Row):
    """One report on one event: who says what, where it was read, in a summary in own words."""

    event_id: Id
    source: Id
    claimant: str
    stance: Stance
    published: Day | None = None
    url: Url | None = None
    summary: str | None = None


class Claim(Row, Shown):
    """One stated quantity, and where it was read.

    ``subject`` and ``reference`` name what is measured (``place:``, ``facility:``,
    ``border:``, ``admin1:``, ``front:``, ``claim:``, ``figure:``); None where the text does
    not say. ``value_min`` is the number as written, ``value_max`` the end of a stated range.
    ``secondary_value`` is the conversion in brackets. ``direction`` is one of 16 compass
    points, from the reference to the subject. ``date`` is a day, month, year or interval.
    ``text`` are the words that state it, ``note`` whatever is to be said of it.

    All else is what a reader knows of a claim that it read from a text, None for one that was
    recorded by hand. ``sentence`` is the sentence as it stands; ``subject_text`` and
    ``reference_text`` are the words taken for both ends, ``subject_found`` and
    ``reference_found`` say how, ``subject_certainty`` and ``reference_certainty`` how sure that
    is: ``open`` is a name that can mean several places, or none that is known. The reach is how
    far from the recorded point the place can be, in km. ``period_days`` is how long the period
    is that it speaks of, also where its year is not told. ``start`` and ``end`` are characters
    of the text, ``sentence_start`` the first one of the sentence, counted from 0. ``language``
    is that of the sentence; ``why`` says by which rules the ends were chosen.
    """

    id: Id
    event_id: Id | None = None
    claimant: str | None = None
    subject: str | None = None
    reference: str | None = None
    kind: ClaimKind
    value_min: Number | None = None
    value_max: Number | None = None
    unit: Unit | None = None
    secondary_value: Number | None = None
    secondary_unit: Unit | None = None
    direction: Direction | None = None
    hedge: Hedge | None = None
    date: Period | None = None
    source: Id
    text: str | None = None
    note: str | None = None
    sentence: str | None = None
    subject_text: str | None = None
    reference_text: str | None = None
    subject_found: Found | None = None
    reference_found: Found | None = None
    subject_certainty: Certainty | None = None
    reference_certainty: Certainty | None = None
    subject_reach_km: Number | None = None
    reference_reach_km: Number | None = None
    period_days: Count | None = None
    language: LanguageCode | None = None
    start: Count | None = None
    end: Count | None = None
    sentence_start: Count | None = None
    why: str | None = None

    @property
    def days(self) -> DateRange | None:
        """The days that the claim is about; None where no date is recorded."""
        return parse_date_range(self.date) if self.date else None

    @property
    def length_days(self) -> int | None:
        """How many days the claim is about; None where no date or period is recorded."""
        return self.period_days or (self.days.days if self.days else None)

    @property
    def length_months(self) -> int | None:
        """How many whole months the claim is about; None where it is about none such."""
        if self.days and self.days.days == self.length_days:
            return self.days.months
        months, rest = divmod(self.period_days or 0, _MONTH_DAYS)
        return months if months and not rest else None

    @property
    def marked(self) -> tuple[str, str, str]:
        """The sentence cut into what stands before its own words, these words, and the rest."""
        sentence, words = self.sentence or "", self.text or ""
        at = (self.start or 0) - (self.sentence_start or 0)
        if not words or sentence[at : at + len(words)] != words:
            return sentence, "", ""
        return sentence[:at], words, sentence[at + len(words) :]

    def to_dict(self) -> dict[str, Any]:
        """Return the claim as plain types, as ``--json`` prints it."""
        return self.model_dump(mode="json")

    @property
    def is_vague(self) -> bool:
        """Whether a word such as "hundreds of" stands for the number."""
        return self.value_min is None and plain(self.hedge or "") in vague_words()

    def fits_together(self) -> None:
        """Refuse a claim that lacks what its kind needs."""
        missing = [name for name in _NEEDS[self.kind] if getattr(self, name) is None]
        if self.is_vague and "value_min" in missing:
            missing.remove("value_min")
        if missing:
            raise expected(f"{', '.join(missing)} in a claim of kind {self.kind}")
        wanted = _DIMENSIONS.get(self.kind)
        if self.unit and wanted and not dimension(self.unit).startswith(wanted):
            raise expected(f"a unit of {wanted} in a claim of kind {self.kind}")
        if dimension(self.secondary_unit or self.unit or "") != dimension(self.unit or ""):
            raise expected("a secondary_unit that measures the same as unit")
        if (self.secondary_value is None) != (self.secondary_unit is None):
            raise expected("secondary_value and secondary_unit together, or neither")
        if self.value_max is not None and self.value_max < (self.value_min or 0.0):
            raise expected("value_max not below value_min")


# Numbers that many events have none of; a table without any of them has no column for it.
COUNT_COLUMNS = frozenset(("killed", "injured", "launched", "shot_down"))
# The columns that only a reader fills; a table without any of them has none.
READ_COLUMNS = frozenset(list(Claim.model_fields)[list(Claim.model_fields).index("sentence") :])


class SourceInfo(Row):
    """One source of a casebook: title, publisher, date of the report, link where certain.

    ``date`` is that of the report, or the newest day in a data set; ``licence`` the terms under
    which the source may be passed on, None where the source is retold in own words;
    ``restricted`` says that they do not let everybody pass its rows on.
    """

    title: str
    publisher: str
    date: dt.date
    url: Url | None = None
    licence: str | None = None
    restricted: bool = False

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        return {k: v for k, v in value.items() if v != ""} if isinstance(value, dict) else value


class MapInfo(Row):
    """What ``map.toml`` says of a casebook: title, period, language, sources, attribution."""

    title: Annotated[str, Field(min_length=1)]
    period: tuple[dt.date, dt.date]
    language: Language = "en"
    summary: str = ""
    attribution: tuple[str, ...] = ()
    sources: dict[str, SourceInfo]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.period[1] < self.period[0]:
            raise expected("a period that ends on or after the day it starts")
        return self
