"""The widths, shares and limits that the front layer rests on, in one table, each with its reason.

The numbers were chosen on daily snapshots of July 2024 to February 2025 and of December 2022
to March 2023 by two sources, drawn on base maps of their own, against the border and coast that
come with the package.
"""

from __future__ import annotations

from typing import NamedTuple


class Tolerance(NamedTuple):
    """One choice: the value, its unit and why it is this value."""

    value: float
    unit: str
    reason: str


TOLERANCES = {
    "edge_width": Tolerance(
        1500.0,
        "m",
        "sources draw the border and coast on maps of their own; between the held area and our "
        "border stay strips of land where nobody but Russia is, at two spits up to between 1.0 and "
        "1.5 km wide, nowhere wider; a front this near to the border is still found, since the "
        "land on its other side is wider than this",
    ),
    "edge_reach": Tolerance(
        100.0,
        "m",
        "how far beyond land that is wide enough the line is followed into a corner, so that its "
        "end meets the border; further would take in the border itself",
    ),
    "gap_width": Tolerance(
        200.0,
        "m",
        "layers of one source drawn beside each other leave seams of up to some 100 m; no front "
        "runs through a seam, while real pockets are wider",
    ),
    "pocket_width": Tolerance(
        5000.0,
        "m",
        "land that is not held, lies at border or coast and is cut off from the rest is a strip "
        "that a coarse outline leaves out, such as a coast of Crimea drawn with a ruler, unless it "
        "is as wide as this, as besieged Mariupol was; a pocket inland is always kept",
    ),
    "sliver_width": Tolerance(
        100.0,
        "m",
        "a source that redraws its line moves vertices by tens of metres; of 2,850 km2 gained in "
        "seven months half a km2 lies in parts narrower than this",
    ),
    "line_accuracy": Tolerance(
        1000.0,
        "m",
        "sources place the line by images that show a street or a tree line, some days late, "
        "and rarely say how well; a kilometre is the size of the village or field that is named",
    ),
    "area_doubt": Tolerance(
        0.05,
        "share",
        "a gain is drawn on one day or the next, and its edge is right within a field: a twentieth",
    ),
    "other_source": Tolerance(
        2.0,
        "factor",
        "two counters may count different land: for December 2024 and January 2025 one that "
        "includes Kursk Oblast has 593 and 498 km2, one that does not 430 and 320; within a factor "
        "of two one count does not refute the other",
    ),
    "max_gap": Tolerance(
        7.0,
        "days",
        "daily series miss a day or two; a week later a front that moves has changed visibly",
    ),
}

EDGE_WIDTH_M = TOLERANCES["edge_width"].value
EDGE_REACH_M = TOLERANCES["edge_reach"].value
GAP_WIDTH_M = TOLERANCES["gap_width"].value
POCKET_WIDTH_M = TOLERANCES["pocket_width"].value
SLIVER_WIDTH_M = TOLERANCES["sliver_width"].value
FRONT_ACCURACY_M = TOLERANCES["line_accuracy"].value
AREA_DOUBT_SHARE = TOLERANCES["area_doubt"].value
OTHER_SOURCE_FACTOR = TOLERANCES["other_source"].value
MAX_GAP_DAYS = int(TOLERANCES["max_gap"].value)
