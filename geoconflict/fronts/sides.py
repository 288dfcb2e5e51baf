"""Which side a drawn area belongs to, by what its layer, folder or status key is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

RUSSIA, UKRAINE, CONTESTED, UNKNOWN = "RU", "UA", "contested", "unknown"
CLAIMED_BY_RUSSIA, CLAIMED_BY_UKRAINE = "claimed-RU", "claimed-UA"
# Neither an area of control nor anything that belongs on a map of reports.
LEFT_OUT = "left out"
SIDES = (RUSSIA, UKRAINE, CONTESTED, UNKNOWN, CLAIMED_BY_RUSSIA, CLAIMED_BY_UKRAINE)

# The first that fits decides. Texts are compared without case, spaces and punctuation.
_RULES = (
    # DeepState: an allow-list of keys, since the same files hold editorial areas far away.
    (r"geojsonstatusoccupied|geojsonterritories(crimea|ordlo|tuzla)", RUSSIA),
    (r"geojsonstatus(dismissed|liberated)", UKRAINE),
    (r"geojsonstatusunknown", UNKNOWN),
    (r"geojson(status|territories)", LEFT_OUT),
    # Institute for the Study of War: a layer or folder each.
    (r"infiltration", CONTESTED),
    (r"claimed.*(counteroffensive|ukrainian(advance|control))", CLAIMED_BY_UKRAINE),
    (r"claimed(control|russian|limitofrussian)|russianclaim", CLAIMED_BY_RUSSIA),
    (r"ukrainian(incursion|advance|control|held)|kurskincursion|incursion.*kursk", UKRAINE),
    (r"assessed(russian)?advance", CONTESTED),
    (
        r"assessedcontrol|russiancontrol|ukrainecontrolmap|controlmapao|controlled(ukrainian)?territory",
        RUSSIA,
    ),
    # UAControlMap: the front's areas yes, works and units no.
    (r"fortification|dragons?teeth|brigade|battalion|regiment|units", LEFT_OUT),
    (r"axisua$", UKRAINE),
    (r"axis|prewarcrimea|^(occupied)?crimea$|frontline", RUSSIA),
    # A user's own files.
    (r"^(heldby)?(ru|russia|russian)(held)?$|^occupied", RUSSIA),
    (r"^(heldby)?(ua|ukraine|ukrainian)(held)?$|^liberated", UKRAINE),
    (r"^(contested|gr[ae]yzone|disputed)$", CONTESTED),
    (r"^unknown", UNKNOWN),
)
_COMPILED = tuple((re.compile(pattern), side) for pattern, side in _RULES)


def side_of(texts: Iterable[str]) -> str | None:
    """Return the side that the first telling text stands for, None where none tells.

    Parameters
    ----------
    texts : iterable of str
        What an area is called, the nearest name first: status key, layer, placemark, folder.

    Returns
    -------
    str or None
        One of ``SIDES``, or ``LEFT_OUT``.

    Examples
    --------
    >>> side_of(["Окуповано /// Occupied /// geoJSON.status.occupied"])
    'RU'
    >>> side_of(["AssessedRussianAdvancesInUkraine"]), side_of(["Chechnya"])
    ('contested', None)
    """
    for text in texts:
        plain = plain_text(text)
        for pattern, side in _COMPILED:
            if plain and pattern.search(plain):
                return side
    return None


def plain_text(text: str) -> str:
    """Return a text without case, spaces, digits and punctuation."""
    return "".join(char for char in text.casefold() if char.isalpha())
