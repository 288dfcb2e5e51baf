"""Stated quantities: rounding, hedges and directions as intervals, with the reason for each.

Every constant that turns a word into a width stands in this module.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geoconflict.errors import QuantityError
from geoconflict.lexicon import LEVELLED, all_forms, lexicon
from geoconflict.measuring.units import convert

Floats = npt.NDArray[np.float64]

# A round number stands for all that rounds to it, but 1000 does not stand for 500 to 1500:
# half a unit of the last non-zero digit, at most this share of the number.
ROUNDING_SHARE = 0.05
# Beyond a quarter off, no rounding, hedge or choice of end point explains the number.
CONTRADICTION_SHARE = 0.25


class Interval(NamedTuple):
    """A closed interval; ``low`` and ``high`` in one unit."""

    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """Return whether the two intervals share a value."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Hedge:
    """What a hedge word adds to a number, as shares of it, and why.

    ``words`` are those of all languages. ``above`` is infinite where only a lower bound is
    stated, ``below`` 1 where only an upper.
    """

    words: frozenset[str]
    below: float
    above: float
    reason: str

    @property
    def is_bound(self) -> bool:
        """Whether it leaves one side open: "at least", "up to"."""
        return math.isinf(self.above) or self.below >= 1.0


# By what the lexicons call it: how much less and more than the number is meant, as shares, and why.
_WIDTHS = {
    "about": (
        0.075,
        0.075,
        "an approximation allows half as much again as the rounding of a round number",
    ),
    "just": (0.05, 0.05, "said to stress how near it is, of a number as rough as any"),
    "nearly": (
        0.10,
        0.0,
        "the true value is below the number, by less than a tenth or another number would be said",
    ),
    "over": (0.0, math.inf, "only a lower bound is stated; a value far above it is noted"),
    "under": (1.0, 0.0, "only an upper bound is stated"),
    "flown": (
        0.75,
        0.0,
        "a way flown goes around defences, and is never shorter than the straight line",
    ),
    "road": (
        0.5,
        0.0,
        "a way by road is up to twice the straight line, and never shorter",
    ),
}
# What words that stand for a number are said of.
_VAGUE = {
    "couple": (1.5, 3.0),
    "few": (2.0, 10.0),
    "dozens": (20.0, 100.0),
    # "Около сотни", "сотни": one form of two words.
    "hundred_or_more": (90.0, 1000.0),
    "hundreds": (200.0, 1000.0),
    "thousands": (2000.0, 10_000.0),
}


def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(map(plain, all_forms(section, key)))


def plain(word: str) -> str:
    """Return a word as it is compared: small letters, single spaces, ``ё`` as ``е``."""
    return " ".join(word.casefold().translate(LEVELLED).split())


@cache
def hedges() -> tuple[Hedge, ...]:
    """Return every hedge, with its words in all languages."""
    return tuple(Hedge(_words("hedges", key), *width) for key, width in _WIDTHS.items())


@cache
def vague_words() -> Mapping[str, tuple[float, float]]:
    """Return the words that stand for a number, with the range that each is said of."""
    return {word: span for key, span in _VAGUE.items() for word in sorted(_words("vague", key))}


_NO_HEDGE = Hedge(frozenset([""]), 0.0, 0.0, "a number as it stands is right within its rounding")

_POINTS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW"
DIRECTIONS = {name: index * 22.5 for index, name in enumerate(_POINTS.split())}
# "North" is said of the whole northern quarter; a finer word promises more.
DIRECTION_TOLERANCE_DEG = {1: 45.0, 2: 33.75, 3: 22.5}
# Beyond a right angle the direction is wrong in any reading.
DIRECTION_CONTRADICTION_DEG = 90.0

# "Near" a place: beyond its built-up radius, as far as local reporting stretches the word.
NEAR_KM = 25.0

# A number in one of these units may be a converted round number in the other.
_COUNTERPARTS = {"km": "mi", "m": "mi", "mi": "km", "km2": "mi2", "mi2": "km2"}


def find_hedge(text: str) -> Hedge:
    """Return the hedge that a word stands for; an empty word is none.

    Raises
    ------
    QuantityError
        The word is not in the table: to take it for no hedge would make the number exact.
    """
    word = plain(text)
    for hedge in (_NO_HEDGE, *hedges()):
        if word in hedge.words:
            return hedge
    if word in vague_words():
        low, high = vague_words()[word]
        return Hedge(frozenset([word]), 0.0, 0.0, f"said of {low:g} to {high:g}")
    known = ", ".join(lexicon("en").forms("hedges", *_WIDTHS))
    message = f"{text!r} is not a known hedge: expected one of {known}"
    raise QuantityError(message)


def stated_interval(
    value_min: float | None, value_max: float | None = None, *, hedge: str, unit: str = ""
) -> Interval:
    """Return all values that a stated number or range stands for, in its own unit.

    Parameters
    ----------
    value_min : float or None
        The number as written, or the lower end of a range; None where only a vague word such
        as "hundreds of" stands for it.
    value_max : float, optional
        The upper end of a range; None where one number is stated.
    hedge : str
        The hedge word as written, empty where there is none.
    unit : str
        The unit, where the number may be the conversion of a round number in another unit:
        310.7 miles are 500 kilometres, and no more exact than these.

    Returns
    -------
    Interval
        The number with its rounding, widened by the hedge.

    Examples
    --------
    >>> stated_interval(500, hedge="roughly")
    Interval(low=437.5, high=562.5)
    >>> stated_interval(1000, hedge="")
    Interval(low=950.0, high=1050.0)
    """
    if value_min is None:
        return vague_interval(hedge)
    top = value_min if value_max is None else value_max
    words = find_hedge(hedge)
    low = value_min - rounding(value_min, unit) - words.below * abs(value_min)
    # Above nothing is anything: an infinite share of 0 is no number.
    above = words.above if math.isinf(words.above) else words.above * abs(top)
    high = top + rounding(top, unit) + above
    return Interval(_digits(max(low, 0.0) if value_min >= 0 else low), _digits(high))


def _digits(value: float) -> float:
    """Cut what binary arithmetic adds: twelve digits, however small or large the number is."""
    return float(f"{value:.12g}")


def vague_interval(word: str) -> Interval:
    """Return the range that a word such as "hundreds of" is said of.

    Raises
    ------
    QuantityError
        The word stands for no number.
    """
    known = vague_words().get(plain(word))
    if known is None:
        message = f"{word!r} stands for no number: expected one of {', '.join(vague_words())}"
        raise QuantityError(message)
    return Interval(*known)


def rounding(value: float, unit: str = "") -> float:
    """Return half a unit of the last non-zero digit of a number, at most 5 per cent of it.

    With a length or area unit, the number may also be a round one in the other system,
    converted; then the rounding of that one counts, if it is wider.
    """
    own = _own_rounding(value)
    other = _COUNTERPARTS.get(unit)
    if other is None or value == 0:
        return own
    factor = convert(1.0, unit, other)
    source = _roundest((value - own) * factor, (value + own) * factor)
    return max(own, _own_rounding(source) / factor)


def _own_rounding(value: float) -> float:
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    if value == 0 or not isinstance(exponent, int):
        return 0.0
    return min(10.0**exponent / 2, abs(value) * ROUNDING_SHARE)


def _roundest(low: float, high: float) -> float:
    """Return the number between two that has the fewest digits."""
    exponent = math.floor(math.log10(max(abs(low), abs(high))))
    while True:
        found = math.ceil(low / 10.0**exponent) * 10.0**exponent
        if found <= high:
            return round(found, 12)
        exponent -= 1


def is_beyond_reading(value_min: float, value_max: float, measured: Interval) -> bool:
    """Return whether a measured value is off by more than a quarter of the number stated.

    Parameters
    ----------
    value_min, value_max : float
        The ends of the stated range, equal where one number is stated.
    measured : Interval
        All that the measured value can be, in the same unit.
    """
    low, high = 1 - CONTRADICTION_SHARE, 1 + CONTRADICTION_SHARE
    return measured.high < value_min * low or measured.low > value_max * high


def direction_deg(name: str) -> float:
    """Return the azimuth of a compass point in degrees.

    Raises
    ------
    QuantityError
        The name is not one of the 16 points N, NNE, NE ... NNW.
    """
    if name.upper() not in DIRECTIONS:
        message = f"{name!r} is not a direction: expected one of {', '.join(DIRECTIONS)}"
        raise QuantityError(message)
    return DIRECTIONS[name.upper()]


def direction_name(azimuth_deg: float) -> str:
    """Return the nearest of the 8 main compass points to an azimuth in degrees."""
    return list(DIRECTIONS)[round(azimuth_deg / 45.0) % 8 * 2]


def direction_away_deg(azimuth_deg: Floats, name: str) -> Floats:
    """Return the angle between azimuths and a compass point, 0 to 180 degrees."""
    return np.abs((azimuth_deg - direction_deg(name) + 180.0) % 360.0 - 180.0)


def direction_tolerance_deg(name: str) -> float:
    """Return how far to either side of its point a direction word reaches, in degrees."""
    return DIRECTION_TOLERANCE_DEG[len(name)]
