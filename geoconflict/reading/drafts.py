"""Claims while a text is read: what each states, and which other one it is computed from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Union

from geoconflict.casebooks.records import Claim
from geoconflict.measuring.dates import DateRange
from geoconflict.reading.amounts import Amount
from geoconflict.reading.passages import Passage
from geoconflict.reading.sentences import Sentence

# Several drafts stand for their sum.
_End = Union[str, "Draft", tuple["Draft", ...], None]


@dataclass(frozen=True, eq=False)
class Draft:
    """A claim that has no id yet; subject and reference can be other drafts.

    ``length_days`` is how long its period is, also where the year is not known; ``told_days`` are
    the days of its period as the sentence names them, which then are of no real year. ``start``
    and ``end`` are characters of the sentence; ``fields`` are further columns of a claim.
    """

    sentence: Sentence
    kind: str
    start: int
    end: int
    subject: _End = None
    reference: _End = None
    days: DateRange | None = None
    length_days: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    is_operand: bool = False
    told_days: DateRange | None = None

    @property
    def operands(self) -> Iterator[Draft]:
        """The drafts that it is computed from."""
        for end in (self.subject, self.reference):
            yield from (
                one for one in (end if isinstance(end, tuple) else (end,)) if isinstance(one, Draft)
            )


def amount_fields(amount: Amount) -> dict[str, Any]:
    """Return the columns of a claim that an amount fills."""
    return {
        "value_min": amount.value_min,
        "value_max": amount.value_max,
        "unit": amount.unit,
        "secondary_value": amount.secondary_value,
        "secondary_unit": amount.secondary_unit,
        "hedge": amount.hedge or None,
    }


def amount_draft(passage: Passage, kind: str, amount: Amount) -> Draft:
    """Return a draft of a claim of a kind that states an amount."""
    return Draft(passage.sentence, kind, amount.start, amount.end, fields=amount_fields(amount))


def finish(drafts: Sequence[Draft], *, published: dt.date | None, source: str) -> list[Claim]:
    """Return drafts as claims, numbered in the order of the text.

    Operands that no other draft is computed from are left out.

    Parameters
    ----------
    drafts : sequence of Draft
        In any order.
    published : datetime.date, optional
        The day of the report: the date of a claim that names none.
    source : str
        Id of the source of all of them.
    """
    used = {id(one) for draft in drafts for one in draft.operands}
    told = {id(draft): draft for draft in drafts}.values()
    kept = [draft for draft in told if not draft.is_operand or id(draft) in used]
    kept.sort(key=lambda draft: (draft.sentence.start + draft.start, draft.end))
    ids = {id(draft): f"claim-{number}" for number, draft in enumerate(kept, 1)}
    return [_claim(draft, ids, published, source) for draft in kept]


def _claim(draft: Draft, ids: Mapping[int, str], published: dt.date | None, source: str) -> Claim:
    sentence = draft.sentence
    words = sentence.text[draft.start : draft.end].rstrip()
    date = str(draft.days or published or "") or None
    return Claim(
        id=ids[id(draft)],
        kind=draft.kind,  # type: ignore[arg-type]  # a literal, checked by the record
        subject=_end(draft.subject, ids),
        reference=_end(draft.reference, ids),
        date=date,
        source=source,
        # A number of a sentence before has no words in this one.
        text=words or None,
        start=sentence.start + draft.start,
        end=sentence.start + draft.start + len(words),
        sentence=sentence.text,
        sentence_start=sentence.start,
        language=sentence.language,
        period_days=draft.length_days,
        **draft.fields,
    )


def _end(end: _End, ids: Mapping[int, str]) -> str | None:
    if end is None or isinstance(end, str):
        return end
    parts = end if isinstance(end, tuple) else (end,)
    known = [ids[id(one)] for one in parts if id(one) in ids]
    return f"claim:{'+'.join(known)}" if len(known) == len(parts) else None
