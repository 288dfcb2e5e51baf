"""What a saved draft or review must hold, and in plain words what of it is not as it should be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geoconflict.casebooks.records import Claim
from geoconflict.drafting.cells import Cell, Spotted, Unread, Value
from geoconflict.drafting.rows import Said
from geoconflict.errors import TextError

_SHOWN, _LONGEST = 3, 40
# What a kind of fault of the checker means, by how its name begins.
_SHOULD = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "finite": "a number",
    "bool": "true or false",
    "list": "a list",
    "tuple": "a list",
    "too": "a list of another length",
    "date": "a day such as 2025-01-31",
    "literal": "one of the words that such a field takes",
}
_Told = Annotated[str, Field(min_length=1)]
_OF_UNION = {"str", "int", "float", "date", "bool"}


class _Source(BaseModel):
    id: str
    title: str
    publisher: str
    date: dt.date | Literal[""] | None = None
    url: str | None = None


class _Values(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Value | None]

    kind: _Told
    date_start: _Told
    date_end: _Told


class _Reviewed(BaseModel):
    values: _Values
    said: list[Said]
    claims: list[str]
    is_background: bool
    same_as: str


class _Report(BaseModel):
    source: _Source
    events: list[_Reviewed]
    claims: list[Claim]


class _Review(BaseModel):
    reports: list[_Report]


class _Voice(BaseModel):
    claimant: Cell
    stance: Cell
    side: str


class _Event(BaseModel):
    id: str
    cells: dict[str, Cell]
    reports: list[_Voice]
    spans: list[tuple[int, int]]
    is_background: bool
    places: list[Spotted]
    claims: list[str]


class _Draft(BaseModel):
    text: str
    language: str
    note: str
    source: _Source
    events: list[_Event]
    claims: list[Claim]
    unread: list[Unread]


class _Drafts(BaseModel):
    drafts: list[_Draft]


def check_saved(path: object, data: Mapping[str, Any], *, is_review: bool) -> None:
    """Check that a file holds what a review or a draft must hold.

    Parameters
    ----------
    path : Path or str
        The file, for the message.
    data : mapping
        What it holds.
    is_review : bool
        Whether it is a review that a person saved, rather than a draft.

    Raises
    ------
    TextError
        Something is missing or of another kind: one line says what, where, and what to do.
    """
    try:
        (_Review if is_review else _Drafts).model_validate(data)
    except ValidationError as error:
        faults = list(dict.fromkeys(_faults(error)))
        more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        remedy = (
            "open the page that it was saved from and save the review again"
            if is_review
            else "make it again with geoconflict draft"
        )
        message = f"{path} cannot be taken: {'; '.join(faults[:_SHOWN])}{more}; {remedy}"
        raise TextError(message) from error


def _faults(error: ValidationError) -> Iterator[str]:
    """Yield each fault as where it is and what is wrong: "report 1, event 2: said is missing"."""
    for one in error.errors(include_url=False):
        loc = list(one["loc"])
        is_of_union = len(loc) > 1 and str(loc[-1]).split("[")[0] in {*_OF_UNION, "literal"}
        loc = loc[:-1] if is_of_union else loc
        *around, name = _named(loc)
        where = ", ".join(around) + ": " if around else ""
        if one["type"] == "missing":
            yield f"{where}{name} is missing"
            continue
        should = _SHOULD.get(one["type"].split("_")[0], "a group of named values")
        if is_of_union:
            should = "a text or a number" if loc[-1] != "date" else _SHOULD["date"]
        found = repr(one["input"])
        found = found if len(found) <= _LONGEST else f"{found[:_LONGEST]}…"
        yield f"{where}{name} is {found} and should be {should}"


def _named(loc: list[int | str]) -> list[str]:
    """Return the steps to a fault in words, things of lists by their number."""
    steps: list[str] = []
    for step in loc:
        if isinstance(step, int) and steps:
            steps[-1] = f"{steps[-1].removesuffix('s')} {step + 1}"
        else:
            steps.append(str(step))
    return steps or ["the whole"]
