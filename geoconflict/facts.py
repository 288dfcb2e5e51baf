"""What was found, as data: a code with the values that belong to it, and no sentence.

Modules hand facts to each other; ``look.say`` alone makes sentences of them, in any language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Something that was found.

    Parameters
    ----------
    code : str
        What was found, such as ``within`` or ``place_ambiguous``; each has its words in every
        language.
    given : mapping
        What belongs to it, by name: numbers, amounts, places, days, other facts; None for what
        is not known or does not apply.
    """

    code: str
    given: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the fact as plain types; places and lines by their ids."""
        return {"code": self.code} | {name: _plain(value) for name, value in self.given.items()}

    def mapped(self, change: Callable[[Any], Any]) -> Fact:
        """Return the fact with each of its values changed; of a list each member."""
        given = {
            name: tuple(map(change, value)) if isinstance(value, tuple) else change(value)
            for name, value in self.given.items()
        }
        return Fact(self.code, given)

    def walk(self) -> Iterator[Fact]:
        """Yield the fact and all that are within it."""
        yield self
        for value in self.given.values():
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Fact):
                    yield from part.walk()


@dataclass(frozen=True)
class Amount:
    """A number with its unit.

    Parameters
    ----------
    value : float or None
        The number, or the low end of a range; None where only a vague word stands for it.
    unit : str
        As in ``claims.csv``; empty for a bare number.
    upper : float or None
        The high end of a range, infinite where it is open; None for one number.
    doubt : float or None
        How far the number can be off, in the unit.
    hedge : str
        The word that was said with it, as it stands.
    is_measured : bool
        Whether it was measured on the ground, and not stated or computed.
    """

    value: float | None
    unit: str = ""
    upper: float | None = None
    doubt: float | None = None
    hedge: str = ""
    is_measured: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the amount as plain types; an open end is null."""
        found = {"value": self.value, "unit": self.unit}
        if self.upper is not None:
            found["upper"] = None if math.isinf(self.upper) else self.upper
        return found | ({} if self.doubt is None else {"doubt": self.doubt})


@dataclass(frozen=True)
class Bearing:
    """A direction: a compass point, and degrees clockwise from north or None."""

    point: str
    degrees: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the direction as plain types."""
        return {"point": self.point, "degrees": self.degrees}


def fact(code: str, **values: Any) -> Fact:  # noqa: ANN401 - whatever belongs to the code
    """Return a fact.

    Examples
    --------
    >>> fact("coarse", reach=Amount(12.5, "km")).to_dict()
    {'code': 'coarse', 'reach': {'value': 12.5, 'unit': 'km'}}
    """
    return Fact(code, values)


def measured(value: float, unit: str, *, doubt: float | None = None) -> Amount:
    """Return an amount that was measured on the ground."""
    return Amount(value, unit, doubt=doubt, is_measured=True)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a fact
    if isinstance(value, Fact | Amount | Bearing):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "id"):
        return value.id
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, float) and math.isinf(value):
        return None
    return value if value is None or isinstance(value, bool | int | float) else str(value)
