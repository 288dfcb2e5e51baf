"""Many reports checked or drafted: a line of JSON each, on all cores or on a Dask cluster."""

from __future__ import annotations

import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from geoconflict.claims.checking import check_claims
from geoconflict.claims.verdicts import checked_claims, to_give
from geoconflict.drafting import draft_events
from geoconflict.drafting.articles import make_article
from geoconflict.enrichment.running import connected, killed
from geoconflict.errors import EnrichError, GeoconflictError, OptionError
from geoconflict.files.writing import whole_file
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.look.say import say
from geoconflict.measuring.dates import Day
from geoconflict.reading import find_unread, read_claims

# So many reports are a task: seconds of work, and little lost with a worker.
CHUNK = 100
# Tasks handed out ahead of the one that is written, so that memory stays as it is.
_AHEAD = 64
# So often a task is done again whose worker died.
_RETRIES = 2
_FAULT = '{"error": '
Answer = Callable[[str, Day | None], dict[str, Any]]


@dataclass(frozen=True)
class Answered:
    """How many reports were read, and how many of them could not be, with the first such line."""

    reports: int
    faults: int
    example: str = ""


def check_report(
    text: str, date: Day | None = None, *, gazetteer: Gazetteer | None = None
) -> dict[str, Any]:
    """Return the checks of all claims that a report states, as plain types.

    Parameters
    ----------
    text : str
        The report.
    date : date or str, optional
        Its day.
    gazetteer : Gazetteer, optional
        Default: the user's own and the one that comes with the package.

    Returns
    -------
    dict
        ``verdicts`` with their numbers, ``checks``, ``note``: what to give to decide more, and
        ``not_checked``: the figures with a unit that nothing was checked of.

    Examples
    --------
    >>> answer = check_report("Kazan is 915 km from Ukraine's border.")
    >>> dict(answer["verdicts"]), answer["checks"][0]["measured"]
    ({'supported': 1}, '915.4 km ± 10.2 km')
    """
    read = read_claims(text, published=date, gazetteer=gazetteer)
    checks = check_claims(read, gazetteer=gazetteer)
    found = [one for one in checks if one.is_checkable]
    lacking = to_give(found)
    return {
        "verdicts": Counter(one.verdict for one in found),
        "checks": [one.to_dict() for one in found],
        "note": None if lacking is None else say(lacking),
        "not_checked": [
            one.to_dict()["claim"] for one in find_unread(text, checked_claims(checks))
        ],
    }


def draft_report(
    text: str, date: Day | None = None, *, gazetteer: Gazetteer | None = None
) -> dict[str, Any]:
    """Return the events that a report tells, each cell with its evidence, as plain types.

    Parameters
    ----------
    text : str
        The report.
    date : date or str, optional
        Its day.
    gazetteer : Gazetteer, optional
        Default: the user's own and the one that comes with the package.

    Returns
    -------
    dict
        As ``geoconflict draft --json`` prints one draft.

    Raises
    ------
    TextError
        There is nothing in it.

    Examples
    --------
    >>> (event,) = draft_report("Drones struck the Ryazan oil refinery.")["events"]
    >>> event["cells"]["kind"]["value"]
    'strike'
    """
    article = make_article(text)
    source = article.source(date=date)
    return draft_events(article.text, source=source, gazetteer=gazetteer).to_dict()


_ANSWERS: Mapping[str, Answer] = {"check": check_report, "draft": draft_report}


def answer_reports(
    reports: str | Path,
    output: str | Path,
    *,
    what: Literal["check", "draft"],
    scheduler: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Answered:
    """Check or draft every report of a file, and write an answer a line, in the same order.

    Parameters
    ----------
    reports : path
        JSON Lines in UTF-8: each an object with ``text``, and if known ``id`` and ``date``.
    output : path
        JSON Lines: ``id`` (else the number of the line) and what ``check_report`` or
        ``draft_report`` gives; or ``error`` where a report cannot be read. Whole or absent, and
        the same bytes wherever it was made.
    what : {"check", "draft"}
        What is done.
    scheduler : str, optional
        Address of a Dask scheduler. Default: the cores of this machine.
    progress : callable, optional
        Called with the number of reports done.

    Returns
    -------
    Answered
        How many reports were read, and how many could not be.

    Raises
    ------
    EnrichError
        There is no scheduler at the address, or no worker lived through a task.
    OutputError
        The output cannot be written.
    OSError
        The reports are not there or may not be read.

    Notes
    -----
    A script that calls it does so below ``if __name__ == "__main__":``, as the processes that
    work beside it read the script again.

    Examples
    --------
    >>> import tempfile, geoconflict as gc
    >>> folder = Path(tempfile.mkdtemp())
    >>> reports = folder / "reports.jsonl"
    >>> _ = reports.write_text('{"text": "Kazan is 915 km from the border."}')
    >>> gc.answer_reports(reports, folder / "checks.jsonl", what="check").reports
    1
    """
    told = progress or (lambda _: None)
    count = faults = 0
    example = ""
    with (
        Path(reports).open("rb") as asked,
        whole_file(output) as part,
        part.open("w", encoding="utf-8") as written,
    ):
        for lines in _done(asked, _ANSWERS[what], scheduler):
            written.writelines(lines)
            wrong = [line for line in lines if line.startswith(_FAULT)]
            count, faults = count + len(lines), faults + len(wrong)
            example = example or (json.loads(wrong[0])["error"] if wrong else "")
            told(count)
    return Answered(count, faults, example)


def _done(asked: Iterable[bytes], answer: Answer, scheduler: str | None) -> Iterator[list[str]]:
    """Yield the answers of each chunk of lines, in order, with few chunks in memory at a time.

    Raises
    ------
    EnrichError
        There is no scheduler at the address, or no worker lived through a chunk.
    """
    task = partial(_answered, answer=answer)
    numbered = enumerate(asked, start=1)
    waiting: deque[list[tuple[int, bytes]]] = deque()
    lost = 0
    while lost <= _RETRIES:
        try:
            with _executor(scheduler) as executor:
                futures = deque(executor.submit(task, chunk) for chunk in waiting)
                while chunk := list(islice(numbered, CHUNK)):
                    waiting.append(chunk)
                    futures.append(executor.submit(task, chunk))
                    if len(waiting) >= _AHEAD:
                        yield _first(waiting, futures)
                        lost = 0
                while waiting:
                    yield _first(waiting, futures)
                    lost = 0
        except BrokenProcessPool:
            # One process that is killed takes the pool with it, but nothing that is written.
            lost += 1
        else:
            return
    message = f"the processes died {lost} times over the same reports, for want of memory perhaps"
    raise EnrichError(message)


def _first(waiting: deque[list[tuple[int, bytes]]], futures: deque[Future[list[str]]]) -> list[str]:
    """Return the answers of the first chunk, which is then no longer waited for."""
    lines = futures.popleft().result()
    waiting.popleft()
    return lines


@contextmanager
def _executor(scheduler: str | None) -> Iterator[Executor]:
    if scheduler is None:
        # A copy of a process that has threads, as one that asked a cluster has, can stand still.
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            yield pool
        return
    with connected(scheduler) as client, killed():
        yield client.get_executor(pure=False, retries=_RETRIES)  # type: ignore[no-untyped-call]


def _answered(chunk: list[tuple[int, bytes]], *, answer: Answer) -> list[str]:
    return [_line(number, line, answer) for number, line in chunk]


def _line(number: int, line: bytes, answer: Answer) -> str:
    """Return the answer to a line; what is wrong with one report stops no other."""
    name: Any = number
    try:
        report = _report(line)
        name = report.get("id", number)
        told = answer(report["text"], report.get("date") or None)
    except GeoconflictError as error:
        told = {"error": f"line {number}: {error}"}
    return json.dumps(told | {"id": name}, ensure_ascii=False) + "\n"


def _report(line: bytes) -> dict[str, Any]:
    """Return the report of a line.

    Raises
    ------
    OptionError
        The line is none.
    """
    wanted = 'expected a line such as {"text": "…"}'
    try:
        report = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        found = "bytes that are no UTF-8" if isinstance(error, UnicodeError) else "no JSON"
        message = f"found {found}, {wanted}"
        raise OptionError(message) from error
    if not isinstance(report, dict) or not isinstance(report.get("text"), str):
        message = f"found no text, {wanted}"
        raise OptionError(message)
    return report
