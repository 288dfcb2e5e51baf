"""What the text of a row tells that no column does: its kind, its weapon, its places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from geoconflict.casebooks.records import EventKind
from geoconflict.gazetteer.places import Place
from geoconflict.importers.columncells import is_day_of_year, is_link
from geoconflict.importers.columnnames import any_form_of, named_columns, plain_name
from geoconflict.importers.denials import told_against
from geoconflict.importers.meanings import target_of
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.tablecells import Cells
from geoconflict.importers.unitnames import known_places
from geoconflict.lexicon import any_word, lexicons
from geoconflict.lexicon.patterns import Caseless
from geoconflict.reading.passages import read_passages

# A list in a cell, as JSON has it, and the marks of tags.
_MARKS = re.compile(r"[\[\]{}\"]|(?<=[^\W\d_])_(?=[^\W\d_])")
# What makes a word for an attack one of fighting on the ground.
_GROUND = ("fight", "take", "advance", "repel", "lose", "down", "no_event", "aftermath", "fake")
# A label with what it says: "type: Shahed; target: depot".
_LABELLED = re.compile(
    r"(?:^|[;|\n])\s*(?P<label>[^\W\d_][^:;|\n]{1,24}?)\s*[:=]\s*(?P<value>[^;|\n]+)"
)
# Of longer texts the head is read.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Named:
    """The places that a text names: towns and sites, units, and names that can mean several."""

    places: tuple[Place, ...] = ()
    units: tuple[Place, ...] = ()
    others: tuple[str, ...] = ()


def words_in(row: RawRow, cells: Cells) -> str:
    """Return what a row says in words: the text of its event, and columns that nothing names.

    Days, links and who filmed or entered something are no words on the event.
    """
    named = set(cells.known.plan.column_names.values())
    rest = (
        cell
        for name, cell in row.values.items()
        if name not in named and not _is_not_meant(row.names.get(name, name))
        if any(map(str.isalpha, cell)) and not is_day_of_year(cell) and not is_link(cell)
    )
    return plain_words("\n".join(filter(None, (cells["effects"], *rest))))


@lru_cache(maxsize=4_096)
def _is_not_meant(name: str) -> bool:
    return any_form_of("not_meant").fullmatch(plain_name(name)) is not None


@lru_cache(maxsize=4_096)
def plain_words(text: str) -> str:
    """Return a text without the marks of lists and tags.

    Examples
    --------
    >>> plain_words('["strike", "killed:5"]'), plain_words("#Bila_Tserkva")
    ('strike, killed:5', '#Bila Tserkva')
    """
    return _MARKS.sub(lambda m: " " if m.group() == "_" else "", text).strip()


@lru_cache(maxsize=4_096)
def kind_told(text: str) -> EventKind:
    """Return strike where the words of a row tell of one and of nothing else, else other.

    Examples
    --------
    >>> kind_told("Missile strike on a depot"), kind_told("Drone attack repelled, 5 shot down")
    ('strike', 'other')
    >>> kind_told("Обстріл з мінометів"), kind_told("Штурм позицій, атака відбита")
    ('strike', 'other')
    """
    is_strike = _deeds("strike").search(text) and not _deeds(*_GROUND).search(text)
    if not is_strike or told_against(text, "strike"):
        return "other"
    # "An attack" alone can be one of troops.
    is_sure = _deeds("strike").search(_deeds("assault").sub(" ", text))
    is_by_arms = arms_told(text) or _deeds("damage", "blast").search(text)
    return "strike" if is_sure or is_by_arms or target_of(text) != "other" else "other"


@lru_cache(maxsize=4_096)
def arms_told(text: str) -> tuple[str, ...]:
    """Return the words for arms in a text, as they stand there, each once.

    Examples
    --------
    >>> arms_told("A Shahed hit a house"), arms_told("A house burns")
    (('Shahed',), ())
    """
    found = (text[match.start() : match.end()] for match in _arms().finditer(text))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4_096)
def tagged(text: str, *targets: str) -> str:
    """Return what a text says behind a label that is called as one of some columns, else nothing.

    Examples
    --------
    >>> tagged("type: Shahed; target: depot; town: Sumy", "place")
    'Sumy'
    """
    found = {match["label"]: match["value"] for match in _LABELLED.finditer(text)}
    own = {label: label for label in found if len(found) > 1}
    return next((found[n].strip() for one in targets for n in named_columns(one, own)), "")


@lru_cache(maxsize=8_192)
def places_named(text: str) -> Named:
    """Return the towns and sites and units that a text names.

    Examples
    --------
    >>> [place.name for place in places_named("Уночі дрони атакували Одесу і Суми").places]
    ['Odesa', 'Sumy']
    """
    found: dict[str, Place] = {}
    others: list[str] = []
    plain = plain_words(text[:_LONGEST])
    for passage in read_passages(plain, gazetteer=known_places()):
        for mention in passage.mentions:
            if mention.kind != "place":
                continue
            if mention.place is None or mention.certainty == "open":
                others.append(mention.text)
            else:
                found.setdefault(mention.place.id, mention.place)
    towns = [one for one in found.values() if one.kind in ("settlement", "facility")]
    units = [one for one in found.values() if one.kind == "admin1"]
    return Named(tuple(towns), tuple(units), tuple(dict.fromkeys(others)))


@lru_cache(maxsize=4_096)
def tells_night(text: str) -> bool:
    """Return whether a text says that something happened overnight.

    Examples
    --------
    >>> tells_night("Overnight drone attack"), tells_night("Уночі вдарили"), tells_night("A fire")
    (True, True, False)
    """
    return bool(text) and _overnight().search(text) is not None


@cache
def _overnight() -> Caseless:
    """Return the pattern of words for a night in any language."""
    return Caseless(rf"(?<!\w){any_word('days', 'overnight')}(?!\w)")


@cache
def _arms() -> Caseless:
    """Return the one pattern of all arms in any language."""
    arms = {arm for one in lexicons() for arm in one.table("arms")}
    return Caseless(rf"(?<!\w){any_word('arms', *sorted(arms))}(?!\w)")


@cache
def _deeds(*deeds: str) -> Caseless:
    """Return the pattern of the words for some deeds in any language."""
    return Caseless(rf"(?<!\w){any_word('deeds', *deeds)}(?!\w)")
