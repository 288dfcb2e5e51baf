"""Rows made into checked records: what a column has said once need not be checked again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, TypeVar

from pydantic_core import PydanticCustomError

from geoconflict.casebooks.celltypes import is_id, is_number, is_object, is_url
from geoconflict.casebooks.records import Row

R = TypeVar("R", bound=Row)
# Values of a column that are remembered; a table of more different ones gains nothing.
_MOST = 16_384


class Checked(Generic[R]):
    """Makes the records of one model, as ``model_validate`` does, several times as fast.

    Parameters
    ----------
    model : type of Row
        What each row is.
    trusted : collection of str
        Columns of texts that whoever gives them has made so that they need no check.

    Examples
    --------
    >>> from geoconflict.casebooks.records import Report
    >>> reports = Checked(Report)
    >>> said = {"event_id": "a", "source": "b", "claimant": "c", "stance": "denies"}
    >>> reports.record(said) == reports.record(said) == Report.model_validate(said)
    True
    """

    def __init__(self, model: type[R], *, trusted: Collection[str] = ()) -> None:
        self.model = model
        fields = model.model_fields
        self._blank = {name: field.default for name, field in fields.items()}
        self._needed = {name for name, field in fields.items() if field.is_required()}
        self._seen: dict[str, dict[object, Any]] = {name: {} for name in fields}
        self._texts = {
            name
            for name, field in fields.items()
            if name in trusted or (field.annotation in (str, str | None) and not field.metadata)
        }

    def record(self, values: Mapping[str, object]) -> R:
        """Return the record of the values of a row; empty cells are not among them.

        Raises
        ------
        ValidationError
            A value is none of its column, or the row does not fit together.
        """
        if not self._needed <= values.keys() <= self._blank.keys():
            return self._learned(values)
        made, texts, seen = self._blank.copy(), self._texts, self._seen
        for name, value in values.items():
            if name in texts and type(value) is str:
                made[name] = value
                continue
            known = _TESTS[name](value) if name in _TESTS else None
            if known is None:
                known = seen[name].get((type(value), value))
            if known is None:
                return self._learned(values)
            made[name] = known
        record = made_of(self.model, made, set(values))
        try:
            record.fits_together()
        except PydanticCustomError:
            return self._learned(values)
        return record

    def _learned(self, values: Mapping[str, object]) -> R:
        record = self.model.model_validate(values)
        for name, value in values.items():
            seen = self._seen[name]
            if name not in self._texts and len(seen) < _MOST:
                seen[type(value), value] = getattr(record, name)
        return record


def made_of(model: type[R], values: dict[str, Any], given: set[str]) -> R:
    """Return a record of checked values, one for every field in their order; none is copied.

    It is what ``model_construct`` does once it has looked for defaults.
    """
    record = model.__new__(model)
    object.__setattr__(record, "__dict__", values)
    object.__setattr__(record, "__pydantic_fields_set__", given)
    object.__setattr__(record, "__pydantic_extra__", None)
    object.__setattr__(record, "__pydantic_private__", None)
    return record


def _degrees(most: float) -> Callable[[object], float | None]:
    def read(value: object) -> float | None:
        number = float(value) if isinstance(value, str) and is_number(value) else value
        return number if isinstance(number, float) and -most <= number <= most else None

    return read


def _text(test: Callable[[str], bool]) -> Callable[[object], str | None]:
    return lambda value: value if type(value) is str and test(value) else None


# Of columns in which hardly two rows say the same: the value, None where it is to be looked at.
_TESTS: Mapping[str, Callable[[object], Any]] = {
    "id": _text(is_id),
    "event_id": _text(is_id),
    "url": _text(is_url),
    "extra": _text(is_object),
    "lon": _degrees(180.0),
    "lat": _degrees(90.0),
}
