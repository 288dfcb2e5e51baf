"""``geoconflict check``: stated against measured, of a casebook or of a report's text."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from geoconflict.cli.options import (
    FrontFolder,
    Json,
    KeepGoing,
    Language,
    few_warnings,
    front_credit,
    print_json,
    read_fronts,
    say_written,
)
from geoconflict.errors import OptionError
from geoconflict.files.sheets import csv_text

if TYPE_CHECKING:
    import datetime as dt

    from geoconflict.claims.agreement import RowCheck
    from geoconflict.claims.moves import MoveCheck
    from geoconflict.claims.verdicts import Check
    from geoconflict.fronts.collection import Fronts
    from geoconflict.reading.unread import Unread

_COLOURS = {"supported": "green", "off": "yellow", "contradicted": "red"}
_REFUTED = frozenset(("off", "contradicted"))
_LANGUAGES = ("en", "uk", "ru")
# Columns of --csv: those of a claim, then those of its check.
_CLAIM_COLUMNS = (
    *("id", "subject", "reference", "kind", "value_min", "value_max", "unit"),
    *("secondary_value", "secondary_unit", "direction", "hedge", "date", "start", "end"),
    *("language", "sentence"),
)
# So many figures that were not checked are printed; --json and --csv have all of them.
_MOST_UNREAD = 12
# So many claims are told each with why it is left open, also where that is the same.
_FEW = 2
_CHECK_COLUMNS = ("verdict", "stated", "measured", "reason")


def check(
    source: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A text file, - for standard input, or a casebook."),
    ],
    *,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table instead of text.")] = False,
    language: Annotated[
        Language, typer.Option(help="Of what is printed or written; the text may be in another.")
    ] = Language.EN,
    text_language: Annotated[
        str | None, typer.Option(help="Of the report; else told sentence by sentence.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Day of the report, such as 2025-01-24.")] = None,
    front: FrontFolder = None,
    keep_going: KeepGoing = False,
    claims_csv: Annotated[
        Path | None,
        typer.Option("--claims-csv", help="Write the claims as rows of a casebook's claims.csv."),
    ] = None,
    source_id: Annotated[
        str | None,
        typer.Option("--source", metavar="ID", help="Source of these rows, as map.toml has it."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write the text with its claims marked, as a page."),
    ] = None,
) -> None:
    """Check every distance, direction, area, rate and share that a report states.

    Prints a block a claim: the words marked in the sentence, what was stated and measured,
    the verdict and why. Of a casebook, its recorded claims, a line each. The exit code is 0
    where all that could be checked holds, 2 where something is off or contradicted, 1 on an
    error. With snapshots of a front, claims on the line and on land held or gained are
    checked too, the front being that of the report's day; of a casebook also its reported
    advances and changes of control, each with what the snapshots draw. Rows of a casebook
    that do not agree with each other are told at the end; they leave the exit code as it is.
    Of a report, the figures that nothing was checked of are listed at the end, on the page of
    --html too, with verdict not_checked in --json and --csv; dates, ages and times are not.

    Example: geoconflict check report.txt --date 2025-01-24
    """
    if as_json and as_csv:
        message = "--json and --csv both say how to print: give one of them"
        raise OptionError(message)
    asked = _Asked(source, text_language, date, html, claims_csv, source_id)
    asked.require_sense()
    with few_warnings():
        fronts = read_fronts(front, keep_going=keep_going) if front else None
        if asked.is_casebook:
            checks, others = _check_casebook(Path(source), fronts)
            unread: Sequence[Unread] = ()
        else:
            checks, unread = _check_report(asked, fronts, language.value)
            others = ()
    if as_json:
        data = [one.to_dict(language) for one in checks]
        print_json([*data, *(one.to_dict() for one in unread)])
    elif as_csv:
        typer.echo(_table(checks, unread, language), nl=False)
    else:
        _print(checks, language, is_casebook=asked.is_casebook)
        _print_unread(unread, language)
        for other in others:
            typer.echo(_other_line(other, language))
        if fronts is not None:
            typer.echo(front_credit(fronts))
    if html is not None:
        say_written(html, language, to_stderr=True)
    if any(one.verdict in _REFUTED for one in checks):
        raise typer.Exit(2)


@dataclass(frozen=True)
class _Asked:
    """What is to be checked, and what is to be written of it beside what is printed."""

    source: str
    text_language: str | None
    date: str | None
    html: Path | None
    claims_csv: Path | None
    source_id: str | None

    @property
    def is_casebook(self) -> bool:
        """Whether it is a folder, not a report."""
        return self.source != "-" and Path(self.source).is_dir()

    def require_sense(self) -> None:
        """Refuse options that contradict each other, or would replace somebody's file."""
        for is_wrong, message in self._contradictions():
            if is_wrong:
                raise OptionError(message)

    def _contradictions(self) -> Iterator[tuple[bool, str]]:
        source, html, claims = Path(self.source), self.html, self.claims_csv
        is_report_itself = html is not None and html.resolve() == source.resolve()
        yield (
            is_report_itself and self.source != "-",
            f"--html {html} is the report itself: give the page another name",
        )
        yield (
            claims is not None and claims.exists(),
            f"--claims-csv {claims} is there already: give a new file, and copy its rows",
        )
        yield (
            self.source_id is not None and claims is None,
            "--source names the source of the rows that --claims-csv writes: give both",
        )
        if self.is_casebook:
            is_none = not (source / "map.toml").exists()
            yield is_none, f"{source} is a folder without map.toml, so it is no casebook"
            for name in ("text_language", "date", "html", "claims_csv"):
                option = name.replace("_", "-")
                told = f"--{option} is for a report's text; {source} is a casebook"
                yield getattr(self, name) is not None, told
        languages = (None, *_LANGUAGES)
        yield (
            self.text_language not in languages,
            f"{self.text_language!r} is no language here: expected one of {', '.join(_LANGUAGES)}",
        )


def _check_casebook(
    folder: Path, fronts: Fronts | None
) -> tuple[list[Check], Sequence[MoveCheck | RowCheck]]:
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.casebooks.positions import locate_events
    from geoconflict.claims.agreement import check_agreement
    from geoconflict.claims.checking import check_claims
    from geoconflict.claims.moves import check_moves

    casebook = read_casebook(folder)
    located = locate_events(casebook)
    moves = () if fronts is None else check_moves(located, fronts)
    return check_claims(casebook, fronts=fronts), [*moves, *check_agreement(located)]


def _check_report(
    asked: _Asked, fronts: Fronts | None, language: Literal["en", "uk", "ru"]
) -> tuple[list[Check], list[Unread]]:
    """Check what the text of a report states, and write its claims and its page as asked."""
    from geoconflict.casebooks.records import TEXT_SOURCE
    from geoconflict.claims.checking import check_claims
    from geoconflict.claims.verdicts import checked_claims
    from geoconflict.reading import find_unread, read_claims
    from geoconflict.reading.texts import read_text

    is_piped = asked.source == "-"
    name = "standard input" if is_piped else asked.source
    published = _day(asked.date)
    text = read_text(sys.stdin.buffer if is_piped else Path(asked.source), name=name)
    claims = read_claims(
        text,
        published=published,
        language=asked.text_language,
        source=asked.source_id or TEXT_SOURCE,
    )
    checks = check_claims(claims, fronts=fronts)
    if asked.claims_csv is not None:
        from geoconflict.casebooks.files import write_claims

        write_claims(asked.claims_csv, [one.claim for one in checks])
    if asked.html is not None:
        from geoconflict.article import headline, write_article

        title = headline(text) or ("Checked report" if is_piped else Path(asked.source).name)
        write_article(asked.html, text, checks, title=title, published=published, language=language)
    unread = find_unread(text, checked_claims(checks), language=asked.text_language)
    return checks, unread


def _day(date: str | None) -> dt.date | None:
    from geoconflict.measuring.dates import parse_date_range

    days = parse_date_range(date) if date else None
    if days is not None and days.days > 1:
        message = f"--date {date} is no day: give one such as 2025-01-24"
        raise OptionError(message)
    return days.end if days else None


def _table(checks: Sequence[Check], unread: Sequence[Unread], language: str) -> str:
    rows: list[list[object]] = []
    for one in checks:
        said = one.say(language)
        claim = [getattr(one.claim, name, None) for name in _CLAIM_COLUMNS]
        own = [one.verdict, said.stated, said.measured, said.reason]
        rows.append([*claim, *own, "; ".join(said.notes)])
    for other in unread:
        claim = [getattr(other, name, None) for name in _CLAIM_COLUMNS]
        rows.append([*claim, "not_checked", other.text, "", "", ""])
    return csv_text([*_CLAIM_COLUMNS, *_CHECK_COLUMNS, "notes"], rows)


def _print(checks: Sequence[Check], language: str, *, is_casebook: bool) -> None:
    from geoconflict.claims.verdicts import to_give
    from geoconflict.facts import Amount, fact
    from geoconflict.look.say import say

    shown = [one for one in checks if is_casebook or one.is_checkable]
    lines = _lines(shown, language) if is_casebook else (_block(one, language) for one in shown)
    for line in lines:
        typer.echo(line)
    if not shown:
        typer.echo(say(fact("nothing_stated"), language))
        return
    lacking = to_give(shown)
    if lacking is not None:
        typer.echo(say(lacking, language))
    counts = Counter(one.verdict for one in shown).most_common()
    told = ", ".join(f"{number} {_word(verdict, language)}" for verdict, number in counts)
    typer.echo(say(fact("checked", claims=Amount(len(shown), "claims"), counts=told), language))


def _print_unread(unread: Sequence[Unread], language: str) -> None:
    """Print the figures that nothing was checked of, as many as are read at a glance."""
    from geoconflict.facts import fact
    from geoconflict.look.say import say

    if not unread:
        return
    typer.echo(say(fact("not_checked", count=len(unread)), language))
    for one in unread[:_MOST_UNREAD]:
        typer.echo(f"  {one.context}")
    if len(unread) > _MOST_UNREAD:
        typer.echo(f"  {say(fact('more_days', count=len(unread) - _MOST_UNREAD), language)}")


def _word(verdict: str, language: str) -> str:
    from geoconflict.look.say import say

    return say(verdict, language, "verdict")


def _block(one: Check, language: str) -> str:
    """Return a check of a read claim, with its words marked in its sentence."""
    from geoconflict.look.say import say

    said = one.say(language)
    word = typer.style(_word(one.verdict, language), fg=_COLOURS.get(one.verdict), bold=True)
    rows = [("stated", said.stated), ("measured", said.measured)]
    rows += [("verdict", f"{word}: {said.reason}"), *(("note", note) for note in said.notes)]
    lines = [f"  {say(name, language, 'label'):9} {value}" for name, value in rows if value]
    return "\n".join([_marked(one), *lines, ""])


def _marked(one: Check) -> str:
    """Return a sentence with the words that state the claim between double stars."""
    before, words, after = one.claim.marked
    marked = typer.style(f"**{words}**", bold=True) if words else ""
    return " ".join(f"{before}{marked}{after}".split())


def _lines(checks: Sequence[Check], language: str) -> Iterator[str]:
    """Yield a line a check; what many are left open for is said once, before them at the end."""
    open_ones: dict[str, list[Check]] = {}
    for one in checks:
        if one.verdict == "undetermined":
            open_ones.setdefault(one.say(language).reason, []).append(one)
    alike = {reason: found for reason, found in open_ones.items() if len(found) > _FEW}
    for one in checks:
        reason = one.say(language).reason
        if one.verdict != "undetermined" or reason not in alike:
            yield f"{_coloured(one.verdict, language)} {_stated(one, language, f' — {reason}')}"
    for reason, found in alike.items():
        yield f"{_coloured('undetermined', language)} {len(found)} × {reason}:"
        yield from (f"  {_stated(one, language)}" for one in found)


def _coloured(verdict: str, language: str) -> str:
    return typer.style(f"{_word(verdict, language):12}", fg=_COLOURS.get(verdict))


def _stated(one: Check, language: str, reason: str = "") -> str:
    """Return who states what, why it is found so, and the source."""
    said = one.say(language)
    notes = "".join(f"; {note}" for note in said.notes)
    who = one.claim.claimant or one.claim.source
    return f"{who}: {said.stated}{reason}{notes} [{one.claim.source}]"


def _other_line(one: MoveCheck | RowCheck, language: str) -> str:
    """Return the line of a check that is of no single claim: of an event, or of several rows."""
    from geoconflict.claims.moves import MoveCheck
    from geoconflict.facts import fact
    from geoconflict.look.say import say

    told, ids = one.why, getattr(one, "ids", ())
    if isinstance(one, MoveCheck):
        told = fact("move", kind=one.kind, place=one.place, side=one.actor, why=one.why)
        ids = (one.event_id,)
    return f"{_coloured(one.verdict, language)} {say(told, language)} [{', '.join(ids)}]"
