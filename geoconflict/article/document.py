"""The HTML of a checked report, and writing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markupsafe import Markup

from geoconflict.article.sketch import sketch, sketch_style
from geoconflict.casebooks.records import GROUND_KINDS, Language
from geoconflict.claims.verdicts import SEVERITY, UNDETERMINED, Check, Said, checked_claims
from geoconflict.facts import fact
from geoconflict.files.embedded import attributions
from geoconflict.files.writing import write_whole
from geoconflict.look.assets import Assets
from geoconflict.look.labels import labels_of
from geoconflict.look.say import say
from geoconflict.look.words import words
from geoconflict.measuring.dates import Day, parse_day
from geoconflict.reading.sentences import split_sentences
from geoconflict.reading.unread import find_unread

_ASSETS = Assets.beside(__file__)
# A longer first line is a sentence and no heading.
_LONGEST = 140
_LONGEST_SENTENCE = 90


@dataclass(frozen=True)
class _Card:
    """What the page says of one claim, with the words that state it.

    ``sketch`` is empty where nothing was measured; ``counted`` is how its number was taken.
    """

    number: int
    check: Check
    said: Said
    words: str
    sketch: Markup
    counted: Sequence[str]


@dataclass(frozen=True)
class _Row:
    """A paragraph with the cards of the claims that end in it; ``told`` counts the open ones."""

    stretches: Sequence[Stretch]
    decided: Sequence[_Card]
    open: Sequence[_Card]
    told: str


def title_of(text: str) -> str | None:
    r"""Return the heading that a report begins with; None where its first line is none.

    Examples
    --------
    >>> title_of("Refinery burns in Ryazan\n\nA fire broke out.")
    'Refinery burns in Ryazan'
    >>> title_of("A fire broke out in Ryazan. It was put out.") is None
    True
    """
    lines = [line.strip() for line in text.strip().split("\n")]
    first = lines[0].lstrip("#").strip()
    is_heading = len(lines) > 1 and 0 < len(first) <= _LONGEST and first[-1] not in ".:;,…"
    return first if is_heading else None


def headline(text: str) -> str | None:
    r"""Return what a report can be called: its heading, or else its first sentence, shortened.

    None where there is nothing in it.

    Examples
    --------
    >>> headline("A fire broke out in Ryazan. It was put out.")
    'A fire broke out in Ryazan'
    """
    if found := title_of(text):
        return found
    first = next(iter(split_sentences(text)), None)
    if first is None:
        return None
    words = " ".join(first.text.split())
    if len(words) <= _LONGEST_SENTENCE:
        return words.rstrip(".;:,") or None
    return words[:_LONGEST_SENTENCE].rpartition(" ")[0].rstrip(" .;:,–—-") + "…"


def article(
    text: str,
    checks: Sequence[Check],
    *,
    title: str,
    published: Day | None = None,
    language: Language = "en",
) -> str:
    """Return a report with its claims marked as an HTML page, of what ``write_article`` takes."""
    unread = find_unread(text, checked_claims(checks))
    # A bare count is only there for the rates made of it.
    checks = [check for check in checks if check.is_checkable]
    cards = [_card(number, check, text, language) for number, check in enumerate(checks, 1)]
    counts = Counter(check.verdict for check in checks)
    own = words(language)
    figures = own.counted(len(cards), own.tables["article"]["figures"])
    return _ASSETS.template("article.html").render(
        title=title,
        language=language,
        own=own.tables["article"],
        verdicts=own.tables["verdict"],
        figures=figures.format(count=own.number(len(cards))),
        published=own.day(parse_day(published)) if published else None,
        style=Markup(_ASSETS.style("article.css", more=sketch_style())),  # noqa: S704 - our own files
        rows=_without_heading(_rows(_stretches(text, checks), cards, language), title),
        cards=cards,
        findings=[card for card in cards if card.check.verdict in ("contradicted", "off")],
        counts=[(verdict, counts[verdict]) for verdict in reversed(SEVERITY) if counts[verdict]],
        unread=[one.context.split("**", 2) for one in unread],
        unread_told=say(fact("not_checked", count=len(unread)), language),
        credits=_credits(checks),
    )


def write_article(
    path: str | Path,
    text: str,
    checks: Sequence[Check],
    *,
    title: str,
    published: Day | None = None,
    language: Language = "en",
) -> Path:
    """Write a report with its claims marked as one HTML file, whole or not at all.

    Parameters
    ----------
    path : str or Path
        HTML file to write; an existing one is replaced.
    text : str
        The report, as it was given to ``read_claims``.
    checks : sequence of Check
        Of the claims that were read from it.
    title : str
        Heading of the page, such as the file's name.
    published : date or str, optional
        The day of the report.
    language : {"en", "uk", "ru"}
        Of the page's own words.

    Returns
    -------
    Path
        ``path``, now a page without a script; the same input gives the same bytes.

    Raises
    ------
    OutputError
        The file cannot be written there.

    Examples
    --------
    >>> import tempfile
    >>> import geoconflict as gc
    >>> text = "Ryazan lies some 460 km from Ukraine's border."
    >>> checks = gc.check_claims(gc.read_claims(text, source="own"))
    >>> page = Path(tempfile.mkdtemp()) / "report.html"
    >>> gc.write_article(page, text, checks, title="A report").name
    'report.html'
    """
    return write_whole(
        path, article(text, checks, title=title, published=published, language=language)
    )


def _credits(checks: Sequence[Check]) -> Sequence[str]:
    """Return whom the maps are owed to; a theatre of somebody's own names nobody."""
    theatres = (c.measurement.borders.theatre for c in checks if c.measurement is not None)
    if any(theatre.folder is not None for theatre in theatres):
        return ()
    return attributions("borders.gpkg", "settlements.sqlite", "facilities.csv")


def _rows(
    paragraphs: Sequence[Sequence[Stretch]], cards: Sequence[_Card], language: Language
) -> list[_Row]:
    """Return the paragraphs with their cards; a claim without words stands with the last."""
    ending = [{number for part in parts for number in part.ending} for parts in paragraphs]
    placed = {number for numbers in ending for number in numbers}
    rows = []
    for at, (parts, numbers) in enumerate(zip(paragraphs, ending, strict=True)):
        is_last = at == len(paragraphs) - 1
        own = [
            card
            for card in cards
            if card.number in numbers or (is_last and card.number not in placed)
        ]
        undecided = [card for card in own if card.check.verdict == UNDETERMINED]
        decided = [card for card in own if card.check.verdict != UNDETERMINED]
        rows.append(_Row(parts, decided, undecided, _counted(len(undecided), language)))
    return rows


def _without_heading(rows: Sequence[_Row], title: str) -> Sequence[_Row]:
    """Return paragraphs without a first one that the page has as its title already."""
    if len(rows) < 2 or any(part.checks for part in rows[0].stretches):
        return rows
    first = "".join(part.text for part in rows[0].stretches)
    return rows[1:] if first.strip().lstrip("#").strip() == title else rows


def _counted(undecided: int, language: Language) -> str:
    own, labels = words(language), labels_of(language)
    noun = own.counted(undecided, labels["count.figures"])
    return f"{own.number(undecided)} {noun} {labels['figures.undetermined']}"


def _card(number: int, check: Check, text: str, language: Language) -> _Card:
    measured = check.measurement
    is_told = check.verdict != UNDETERMINED and check.claim.kind in GROUND_KINDS
    is_drawn = measured is not None and is_told and measured.distance_km > 0
    claim, said, drawn = check.claim, check.say(language), ""
    if measured is not None and is_drawn:
        drawn = sketch(measured, title=said.stated, language=language)
    stated = text[claim.start : claim.end] if claim.start is not None else ""
    counted = [say(p.widening, language) for p in check.parts if p.widening is not None]
    # The map escapes what it is given.
    return _Card(number, check, said, stated, Markup(drawn), counted)  # noqa: S704


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


def _stretches(text: str, checks: Sequence[Check]) -> list[list[Stretch]]:
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
