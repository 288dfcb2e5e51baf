"""What was drafted of one report: written, read again, and taken into a casebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geoconflict.casebooks.records import Certainty, Claim
from geoconflict.drafting.cells import Cell, DraftEvent, DraftReport, Row, Source, Spotted, Unread
from geoconflict.drafting.rows import draft_rows
from geoconflict.notebook import Shown

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook


@dataclass(frozen=True)
class Draft(Shown):
    """What was drafted from one report.

    Parameters
    ----------
    text : str
        The report, as far as it was read.
    language : str
        ``en``, ``uk`` or ``ru``.
    source : Source
        The report as a source of a casebook.
    events : tuple of DraftEvent
        In the order in which they are first told.
    claims : tuple of Claim
        All stated quantities that were read, those of no event among them.
    unread : tuple of Unread
        What was seen and not understood.
    note : str
        What is to be said of the whole: cut short, no event found.
    """

    text: str
    language: str
    source: Source
    events: tuple[DraftEvent, ...]
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the draft as plain types, as ``--json`` prints it."""
        source = asdict(self.source)
        source["date"] = self.source.date.isoformat() if self.source.date else None
        return {
            "geoconflict": "draft",
            "language": self.language,
            "source": source,
            "note": self.note,
            "events": [_event_dict(event) for event in self.events],
            "claims": [claim.model_dump(mode="json", exclude_none=True) for claim in self.claims],
            "unread": [asdict(one) for one in self.unread],
            "text": self.text,
        }

    def rows(self, *, sure: Certainty | None = None) -> list[Row]:
        """Return the events as rows of a casebook.

        Parameters
        ----------
        sure : str, optional
            ``certain``, ``likely`` or ``open``: cells that are less sure stay empty, and an
            event that then has no kind, day or place at all is none. Default: everything.
        """
        return draft_rows(self.source, self.events, sure=sure)

    def accept(self, casebook: Casebook, *, sure: Certainty = "likely") -> Casebook:
        """Return a casebook with the events that are sure enough, seen by nobody.

        Events that it has get further reports; nothing that stands in it is changed, and
        taking a report twice adds nothing.

        Parameters
        ----------
        casebook : Casebook
            Such as ``new_casebook`` makes.
        sure : str
            As ``rows`` takes it.

        Raises
        ------
        CasebookError
            The day of the report is not known, or a row cannot be one of a casebook.

        Examples
        --------
        >>> import geoconflict as gc
        >>> draft = gc.draft_events("Drones hit Ryazan overnight.", published="2025-01-24")
        >>> book = draft.accept(gc.new_casebook("Strikes in January"))
        >>> book.events["place"].tolist()
        ['Ryazan']
        """
        from geoconflict.drafting.joining import take_rows

        rows = self.rows(sure=sure)
        return take_rows(casebook, self.source, rows, self.claims).casebook


def read_draft(data: Mapping[str, Any]) -> Draft:
    """Return the draft that plain types stand for; the reverse of ``to_dict``."""
    source = dict(data["source"])
    date = source.pop("date")
    day = dt.date.fromisoformat(date) if date else None
    return Draft(
        data["text"],
        data["language"],
        Source(date=day, **source),
        tuple(map(_event, data["events"])),
        tuple(map(Claim.model_validate, data["claims"])),
        tuple(Unread(**one) for one in data["unread"]),
        data["note"],
    )


def moved(draft: Draft, text: str, places: Sequence[int]) -> Draft:
    """Return a draft of a text without its markup as one of the text as it stands.

    Parameters
    ----------
    draft : Draft
        Whose characters are those of the plain text.
    text : str
        With markup, as far as it was read.
    places : sequence of int
        For each character of the plain text the one of ``text`` that it stands for.
    """

    def span(start: int, end: int) -> tuple[int, int]:
        return places[start], places[max(start, end - 1)] + 1

    def move(value: Any) -> Any:  # noqa: ANN401 # plain types of JSON
        if isinstance(value, dict):
            found = {key: move(one) for key, one in value.items()}
            if "start" in found and "end" in found:
                found["start"], found["end"] = span(value["start"], value["end"])
            if "sentence_start" in found:
                found["sentence_start"] = places[value["sentence_start"]]
            if "spans" in found:
                found["spans"] = [span(*pair) for pair in value["spans"]]
            return found
        return [move(one) for one in value] if isinstance(value, list | tuple) else value

    return read_draft({**move(draft.to_dict()), "text": text})


def _event_dict(event: DraftEvent) -> dict[str, Any]:
    found = asdict(event)
    found["cells"] = {name: asdict(cell) for name, cell in event.cells.items()}
    return found


def _event(data: Mapping[str, Any]) -> DraftEvent:
    return DraftEvent(
        id=data["id"],
        cells={name: _cell(cell) for name, cell in data["cells"].items()},
        reports=tuple(
            DraftReport(_cell(one["claimant"]), _cell(one["stance"]), one["side"])
            for one in data["reports"]
        ),
        spans=tuple((start, end) for start, end in data["spans"]),
        is_background=data["is_background"],
        places=tuple(Spotted(**one) for one in data["places"]),
        claims=tuple(data["claims"]),
    )


def _cell(data: Mapping[str, Any]) -> Cell:
    return Cell(**{**data, "alternatives": tuple(data.get("alternatives", ()))})
