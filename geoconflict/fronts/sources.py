"""Who draws fronts: what each source counts, and whether its snapshots may be published again."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Licences that plainly allow to publish the data again, credit given; "non-commercial" and
# "no derivatives" do not, since a page with a changed copy of the data may break them.
_OPEN = re.compile(
    r"\b(cc0|cc[ -]?by([ -]?sa)?[ -]?\d?(\.\d)?|odbl|odc[- ]by|pddl|public domain)\b", re.IGNORECASE
)
_CLOSED = re.compile(
    r"\b(nc|nd|non[- ]?commercial|no[- ]?deriv\w*|restrict\w*)\b|rights reserved|not (be )?re",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Source:
    """A source of snapshots: id, title, its terms, and what land it counts.

    ``restricted`` is True where its terms forbid to publish its snapshots again, whatever a
    mirror says. ``scope`` is what a reader must know to compare its areas with another's;
    empty where it is not known.
    """

    id: str
    title: str
    licence: str
    restricted: bool
    scope: str
    marks: tuple[str, ...] = ()


SOURCES = (
    Source(
        "deepstate",
        "DeepState",
        "DeepState restricts the redistribution of its data",
        restricted=True,
        scope="land in Ukraine only, all that is held since 2014, and none in Kursk Oblast",
        marks=("deepstate",),
    ),
    Source(
        "isw",
        "Institute for the Study of War",
        "ISW restricts the redistribution of its data",
        restricted=True,
        scope="land in Ukraine and in Kursk Oblast, as of when it was assessed",
        marks=("isw", "studyofwar", "institute for the study of war"),
    ),
    Source(
        "uacontrolmap",
        "UAControlMap",
        "no licence stated",
        restricted=True,
        scope="land in Ukraine, all that is held since 2014, with a coarse coast",
        marks=("uacontrolmap",),
    ),
)


def find_source(*texts: str) -> Source | None:
    """Return the known source that one of some texts names, None if none does."""
    for text in texts:
        plain = text.casefold()
        for source in SOURCES:
            if any(re.search(rf"(?<![a-z]){mark}", plain) for mark in source.marks):
                return source
    return None


def is_republishable(source: str, licence: str) -> bool:
    """Return whether snapshots may be published again: only where that is plainly allowed.

    The source itself must not restrict it, and the licence must be one of CC0, CC BY,
    CC BY-SA, ODbL, ODC-BY, PDDL or public domain, without "non-commercial" or "no
    derivatives". All else, an unknown licence too, counts as not allowed.

    Examples
    --------
    >>> is_republishable("own-survey", "CC BY 4.0"), is_republishable("deepstate", "GPL-3")
    (True, False)
    """
    known = find_source(source)
    if known is not None and known.restricted:
        return False
    return bool(_OPEN.search(licence)) and not _CLOSED.search(licence)
