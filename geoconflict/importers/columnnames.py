"""The names of columns in three languages: which column of a casebook each can be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from unicodedata import category, normalize

from geoconflict.importers.latinnames import spells
from geoconflict.importers.rawrows import BEHIND
from geoconflict.lexicon import all_forms, apart_at_capitals

# The order in which columns are looked for: what is told by one name stands before the rest.
TARGETS = (
    *("date_start", "date_end", "time", "zone", "night", "lon", "lat", "position", "easting"),
    *("northing", "utm_zone", "id", "place", "admin1"),
    *("country", "url", "claimant", "denied_by", "stance", "status", "kind", "target_type"),
    *("weapon", "effects", "facility", "actor", "killed", "injured", "launched", "shot_down"),
    *("hits", "precision_m"),
)


# Columns of links, as "source 1" and "source 2".
LINKS = ("url", "url_2", "url_3")


# No name of a column is longer.
_LONGEST = 120


# Shapefiles cut the names of columns to so many letters.
CUT = 10


_PICTURES = ("So", "Mn", "Cs", "Cf")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return the name of a column in small letters with single spaces between its words.

    Examples
    --------
    >>> plain_name("SensorDate"), plain_name("Дата_удару (UTC)")
    ('sensor date', 'дата удару utc')
    """
    # Pictures before a name say what it says.
    words = "".join(" " if category(char) in _PICTURES else char for char in normalize("NFC", name))
    plain = re.sub(r"[\s_.:;,?!()\[\]/|-]+", " ", apart_at_capitals(words))
    return " ".join(plain.split()).casefold()


def counts_part(name: str) -> bool:
    """Return whether a column counts but some people by its name: civilians, children."""
    return bool(set(all_forms("columns", "part")) & set(plain_name(name).split()))


def is_known(name: str) -> bool:
    """Return whether a name is that of a column of any kind."""
    targets = (*TARGETS, "date_published", "casualties", "side")
    is_word = len(name) <= _LONGEST and any(map(str.isalpha, name))
    return is_word and any(_rank(one, name.strip()) is not None for one in targets)


def is_of_report(name: str) -> bool:
    """Return whether a column of days is by its name that of reports, not of what they tell."""
    return _rank("date_published", name) is not None and _rank("date_start", name) is None


def named_columns(target: str, own: Mapping[str, str]) -> list[str]:
    """Return the columns whose name is a form of a target, the most telling first."""
    ranks = {name: rank for name, text in own.items() if (rank := _rank(target, text)) is not None}
    return sorted(ranks, key=lambda name: (not name.endswith(BEHIND), ranks[name]))


@lru_cache(maxsize=4096)
def _rank(target: str, name: str) -> int | None:
    plain = plain_name(name)
    others = ["not_meant", *(["date_published"] if target == "date_start" else [])]
    if any(any_form_of(other).fullmatch(plain) for other in others):
        return None
    plains = (plain, name.casefold())
    rank = None
    if any(any_form_of(target).fullmatch(text) for text in plains):
        matches = (any(p.fullmatch(text) for text in plains) for p in _forms(target))
        rank = next(rank for rank, is_match in enumerate(matches) if is_match)
    if (
        rank is None
        and len(name) == CUT
        and any(form.startswith(plain) for form in all_forms("columns", target))
    ):
        return len(_forms(target))
    if rank is None and spells(plain, target):
        return len(_forms(target)) * 2
    if rank is None and "/" in name:
        # A name in two languages: "Place / Місце".
        ranks = [_rank(target, part.strip()) for part in name.split("/")]
        return None if None in ranks else ranks[0]
    if rank is None and "." in name.strip("."):
        # What an object of JSON holds: where.lat is a latitude, where.name a place.
        outer, _, inner = name.rpartition(".")
        own = _rank(target, outer if plain_name(inner) in all_forms("columns", "of_it") else inner)
        return None if own is None else len(_forms(target)) + own
    return rank


@cache
def _forms(target: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of a target in all languages, whole names before parts of names."""
    ranked = sorted(all_forms("columns", target), key=lambda form: "*" in form)
    return tuple(re.compile(re.escape(form).replace(r"\*", ".*")) for form in ranked)


@lru_cache(maxsize=4_096)
def is_cited(name: str) -> bool:
    """Return whether a column names the reports that rows are taken from.

    Examples
    --------
    >>> is_cited("Report"), is_cited("Reported by")
    (True, False)
    """
    return any_form_of("cited").fullmatch(plain_name(name)) is not None


@cache
def any_form_of(target: str) -> re.Pattern[str]:
    """Return the pattern of all names of a target in any language."""
    return re.compile("|".join(form.pattern for form in _forms(target)) or "(?!)")
