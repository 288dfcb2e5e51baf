"""The same event in two sources: proposed with a score and the reasons, never merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.positions import locate_events
from geoconflict.gazetteer.names import fold
from geoconflict.measuring.geodesy import inverse

# How much each likeness counts. The same day and place do not suffice where kind and words
# differ; words alone never do.
_WEIGHTS: Mapping[str, float] = {"days": 0.25, "distance": 0.3, "target": 0.25, "words": 0.2}
# Pairs below this share too little to be looked at.
LEAST_SCORE = 0.6
# A report of the night before midnight and one of the morning after differ by a day.
_MOST_DAYS = 1
# Positions without a stated precision are taken as those of towns.
_TOWN_M = 5_000.0
# Beyond this, two positions are different places however coarse they are.
_MOST_M = 100_000.0
# Where the words, or what was hit, are not known on both sides, day and place alone cannot
# tell one event from another of the same day: such a pair scores no more than these.
_MOST_WITHOUT_WORDS, _MOST_WITHOUT_TARGET = 0.8, 0.7
# Targets that most events share.
_VAGUE = frozenset(("settlement", "oblast", "other"))
_WORD = re.compile(r"[^\W\d_]{4,}")
_DAY_NS = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Link:
    """Two events that may be one.

    Parameters
    ----------
    first, second : str
        ``casebook/event id``.
    score : float
        From 0 to 1: likeness of days, distance, target and words, weighted.
    days_apart : int
        Days between the two spans; 0 where they overlap.
    distance_km : float
        Geodesic distance of the two positions.
    within_km : float
        Both precisions added, 100 km at most; the distance lies within it.
    reason : str
        What agrees, in words.
    """

    first: str
    second: str
    score: float
    days_apart: int
    distance_km: float
    within_km: float
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the link as plain types."""
        return {
            **vars(self),
            "score": round(self.score, 3),
            "distance_km": round(self.distance_km, 3),
            "within_km": round(self.within_km, 3),
        }


# What a file of links calls them.
COLUMNS = tuple(field.name for field in fields(Link))


@dataclass(frozen=True)
class _Events:
    """All events with a position, in one row each, ordered by their first day."""

    frame: pd.DataFrame
    words: list[frozenset[str]]


def link_events(casebooks: Sequence[Casebook], *, least_score: float = LEAST_SCORE) -> list[Link]:
    """Return pairs of events of different sources that may be one, the likeliest first.

    Events pair where their days overlap or are one day apart, and where they lie within both
    precisions of each other. Without a position on either side nothing is proposed.

    Parameters
    ----------
    casebooks : sequence of Casebook
        As read; one with several sources, or several.
    least_score : float
        Pairs below it are left out.

    Returns
    -------
    list of Link
        Each with its score and the reasons.

    Examples
    --------
    >>> import geoconflict as gc
    >>> book = gc.read_casebook("maps/plants-january-2025")
    >>> gc.link_events([book])
    []
    """
    events = _gather(casebooks)
    found = [_link(events, a, b) for a, b in _near(events)]
    kept = [link for link in found if link.score >= least_score]
    return sorted(kept, key=lambda link: (-link.score, link.first, link.second))


def _gather(casebooks: Sequence[Casebook]) -> _Events:
    frames = [_located(book) for book in casebooks]
    frame = pd.concat(frames, ignore_index=True).sort_values(["date_start", "name"])
    frame = frame.reset_index(drop=True)
    # Not the place: that both name it is in the distance.
    texts = frame[["facility", "effects", "weapon"]].fillna("").agg(" ".join, axis=1)
    return _Events(frame, [frozenset(_WORD.findall(fold(text))) for text in texts])


def _located(book: Casebook) -> pd.DataFrame:
    sources: dict[str, set[str]] = defaultdict(set)
    for event, source in zip(book.reports["event_id"], book.reports["source"], strict=True):
        sources[event].add(source)
    events = pd.DataFrame(locate_events(book).events)
    events = events.assign(
        name=[f"{book.slug}/{event}" for event in events["id"]],
        sources=_objects([frozenset(sources[event] or {book.slug}) for event in events["id"]]),
        radius_m=events["precision_m"].fillna(_TOWN_M),
    )
    return events[events["lon"].notna()]


def _objects(values: list[frozenset[str]]) -> npt.NDArray[np.object_]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _near(events: _Events) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows that are near in time and place and of different sources."""
    frame = events.frame
    points = frame[["lon", "lat"]].to_numpy(dtype=float)
    radius = frame["radius_m"].to_numpy(dtype=float)
    start = frame["date_start"].to_numpy().astype("datetime64[D]")
    end = frame["date_end"].to_numpy().astype("datetime64[D]")
    longest = (end - start).max(initial=np.timedelta64(0, "D")) + _MOST_DAYS * _DAY_NS
    for b in range(len(frame)):
        first = int(np.searchsorted(start, start[b] - longest))
        a = np.arange(first, b)
        a = a[end[a] + _MOST_DAYS * _DAY_NS >= start[b]]
        # A degree of latitude is 111 km: what is farther apart needs no geodesic.
        a = a[np.abs(points[a, 1] - points[b, 1]) * 110_500.0 <= radius[a] + radius[b]]
        if not len(a):
            continue
        distance = inverse(points[a], points[b]).distance_m
        within = np.minimum(radius[a] + radius[b], _MOST_M)
        for row in a[distance <= within].tolist():
            if not frame["sources"][row] & frame["sources"][b]:
                yield row, b


def _link(events: _Events, a: int, b: int) -> Link:
    one, two = events.frame.iloc[a], events.frame.iloc[b]
    apart = max(0, (two["date_start"] - one["date_end"]).days)
    distance_m = float(inverse((one["lon"], one["lat"]), (two["lon"], two["lat"])).distance_m[0])
    within_m = min(float(one["radius_m"] + two["radius_m"]), _MOST_M)
    shared, words = _words(events.words[a], events.words[b])
    target, target_said = _target(one, two)
    likeness = {
        "days": _days_alike(one, two, apart),
        "distance": 1.0 / (1.0 + distance_m / _TOWN_M) * _sharpness(within_m),
        "target": target,
        "words": words,
    }
    reasons = [
        "the same days" if apart == 0 else f"{apart} day apart",
        f"{distance_m / 1000:.1f} km apart, within {within_m / 1000:.1f} km",
        target_said,
        _words_said(shared, words),
    ]
    names = sorted((str(one["name"]), str(two["name"])))
    return Link(
        first=names[0],
        second=names[1],
        score=min(_score(likeness), _most(one, two, words)),
        days_apart=apart,
        distance_km=distance_m / 1000,
        within_km=within_m / 1000,
        reason="; ".join(reasons),
    )


def _score(likeness: Mapping[str, float | None]) -> float:
    """Return the weighted mean of the likenesses that are known."""
    known = {what: alike for what, alike in likeness.items() if alike is not None}
    weighted = sum(_WEIGHTS[what] * alike for what, alike in known.items())
    return weighted / sum(_WEIGHTS[what] for what in known)


def _most(one: pd.Series[Any], two: pd.Series[Any], words: float | None) -> float:
    """Return how much a pair can score at most by what is not known of it."""
    without_target = not _both_say(one, two) and "other" in (one["kind"], two["kind"])
    if without_target:
        return _MOST_WITHOUT_TARGET
    return 1.0 if words is not None else _MOST_WITHOUT_WORDS


def _both_say(one: pd.Series[Any], two: pd.Series[Any]) -> bool:
    """Return whether both say what was hit, and more than that it was a town."""
    return any(
        isinstance(one[c], str) and isinstance(two[c], str) and not {one[c], two[c]} & _VAGUE
        for c in ("facility", "target_type")
    )


def _words(one: frozenset[str], two: frozenset[str]) -> tuple[frozenset[str], float | None]:
    """Return the words in common, and how alike they are; None where languages cannot be compared.

    Three words in common, each of four letters or more, count as much as more of them.
    """
    if _script(one) == _script(two) != "":
        return one & two, min(1.0, len(one & two) / 3.0)
    return frozenset(), None


def _script(words: frozenset[str]) -> str:
    """Return the script of most words, empty without words."""
    latin = sum(word.isascii() for word in words)
    return "" if not words else "Latn" if 2 * latin > len(words) else "other"


def _words_said(shared: frozenset[str], words: float | None) -> str:
    if words is None:
        return "no words to compare"
    return f"both say {', '.join(sorted(shared)[:5])}" if shared else "no words in common"


def _days_alike(one: pd.Series[Any], two: pd.Series[Any], apart: int) -> float:
    """Return 1 for the same single day, less for spans and for the day after."""
    if apart:
        return 0.5
    longer = max((row["date_end"] - row["date_start"]).days + 1 for row in (one, two))
    return float(1.0 / np.sqrt(longer))


def _sharpness(within_m: float) -> float:
    """Return how much a small distance says: everything for points, little for whole oblasts."""
    return float(min(1.0, np.sqrt(20_000.0 / max(within_m, 1.0))))


def _target(one: pd.Series[Any], two: pd.Series[Any]) -> tuple[float, str]:
    """Return how alike what was hit is, and in words."""
    kinds = {one["kind"], two["kind"]}
    if len(kinds) == 2 and "other" not in kinds:
        return 0.0, f"{one['kind']} and {two['kind']}"
    for column, said in (("facility", "the same facility"), ("target_type", "the same target")):
        a, b = one[column], two[column]
        if isinstance(a, str) and isinstance(b, str) and not {a, b} & _VAGUE:
            return (1.0, f"{said} ({a})") if a == b else (0.0, f"{a} and {b}")
    return (0.7, f"both {one['kind']}") if len(kinds) == 1 else (0.4, "one does not say the kind")
