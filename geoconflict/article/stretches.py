"""The text of a report cut into stretches, each with the claims that its words state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geoconflict.claims.verdicts import SEVERITY, Check


@dataclass(frozen=True)
class Stretch:
    """Words of the text; ``checks`` are the claims they state, by number from 1.

    ``verdict`` is the worst of theirs, empty where the words state nothing; ``ending`` are the
    numbers of the claims that end with them.
    """

    text: str
    checks: tuple[int, ...] = ()
    verdict: str = ""
    ending: tuple[int, ...] = ()


def stretches(text: str, checks: Sequence[Check]) -> list[list[Stretch]]:
    """Return a text as paragraphs of stretches; a line end makes a new paragraph.

    Parameters
    ----------
    text : str
        The report.
    checks : sequence of Check
        Of claims read from it, in the order of their numbers.
    """
    spans = [(one.claim.start or 0, one.claim.end or 0) for one in checks]
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(_line(text, at, at + len(line), spans, checks))
        at += len(line) + 1
    return paragraphs


def _line(
    text: str,
    start: int,
    end: int,
    spans: Sequence[tuple[int, int]],
    checks: Sequence[Check],
) -> list[Stretch]:
    here = {n: span for n, span in enumerate(spans, 1) if span[0] < end and span[1] > start}
    cuts = {start, end}
    for a, b in here.values():
        cuts |= {max(a, start), min(b, end)}
    edges = sorted(cuts)
    return [_stretch(text, a, b, here, checks) for a, b in pairwise(edges)]


def _stretch(
    text: str, a: int, b: int, here: dict[int, tuple[int, int]], checks: Sequence[Check]
) -> Stretch:
    numbers = tuple(n for n, (start, end) in here.items() if start <= a and b <= end)
    verdicts = [checks[n - 1].verdict for n in numbers]
    worst = max(verdicts, key=SEVERITY.index, default="")
    ending = tuple(n for n in numbers if here[n][1] == b)
    return Stretch(text[a:b], numbers, worst, ending)
