"""Whether a stated quantity holds: measured on the ground, or computed from other claims."""

from geoconflict.claims.agreement import RowCheck, check_agreement
from geoconflict.claims.checking import check_claims
from geoconflict.claims.moves import MoveCheck, check_moves
from geoconflict.claims.verdicts import Check, Checks, Part

__all__ = [
    "Check",
    "Checks",
    "MoveCheck",
    "Part",
    "RowCheck",
    "check_agreement",
    "check_claims",
    "check_moves",
]
