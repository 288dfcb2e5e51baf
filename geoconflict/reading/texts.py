"""A report as it comes, from a file or standard input: decoded, or refused with what to do."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, BinaryIO

from geoconflict.errors import MissingExtraError, TextError
from geoconflict.files.reading import reading

# A long report has 100 kB; what is longer than this is an archive or no text.
LARGEST_BYTES = 5_000_000
# The first bytes of files that hold text, but not as text.
_FORMATS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word or other zipped document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich text file",
}
# What the ending of a name says to be no report, and what takes it in.
_TABLES = [".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods", ".parquet"]
_DATA = [".json", ".jsonl", ".geojson", ".ndjson"]
_ADDRESS = re.compile("https?:/", re.IGNORECASE)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
# How the markup of a page and its running text write a day in figures.
_DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y")
_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_text(source: Path | BinaryIO, *, name: str) -> str:
    r"""Return the text of a report.

    Parameters
    ----------
    source : Path or binary file
        A plain text file in UTF-8, with or without a byte order mark, or a page saved from a
        browser, of which the main text is returned.
    name : str
        What a message calls it.

    Raises
    ------
    TextError
        There is no such file; or it is empty, longer than 5 MB, not UTF-8, a table, or a
        document of another format.
    MissingExtraError
        It is a page, and the extra ``pages`` is not installed.
    OSError
        The file cannot be opened.

    Examples
    --------
    >>> import io
    >>> read_text(io.BytesIO(b"Kazan is far.\r\n"), name="report.txt")
    'Kazan is far.\n'
    """
    content = read_content(source, name=name)
    found = read_page(content, name=name)["text"] if is_page(content) else decoded(content, name)
    text = found.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        message = f"{name} is empty: give a report as plain text"
        raise TextError(message)
    return text


def is_page(content: bytes) -> bool:
    """Return whether bytes are a page saved from a browser, and no plain text."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith(_MARKUP)


def read_page(content: bytes, *, name: str) -> dict[str, Any]:
    """Return the main ``text`` of a page, and where it tells: title, sitename, date and url.

    A day that only the running text speaks of is none of the page.

    Raises
    ------
    TextError
        It is damaged, or no main text is found in it.
    MissingExtraError
        The extra ``pages`` is not installed.
    """
    try:
        import trafilatura
    except ImportError as error:
        message = f"{name} is a page, and to find its text needs: pip install 'geoconflict[pages]'"
        raise MissingExtraError(message) from error
    with reading(name, expected="a page saved from a browser", raises=TextError):
        page = trafilatura.bare_extraction(
            content,
            with_metadata=True,
            favor_recall=True,
            # Searched for further, a bare year is its first of January.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        found: dict[str, Any] = page.as_dict() if page is not None else {}  # type: ignore[union-attr]
    if not (found.get("text") or "").strip():
        message = f"{name} is a page in which no main text was found: save its text instead"
        raise TextError(message)
    if found.get("date") and _is_told_in_text_alone(found["date"], found["text"], content):
        found["date"] = None
    return found


def _is_told_in_text_alone(date: str, text: str, content: bytes) -> bool:
    """Say whether the day of a page is only one that its text speaks of."""
    day = dt.date.fromisoformat(date)
    forms = [day.strftime(form) for form in _DAY_FORMS]
    return any(form in text for form in forms) and not any(
        content.count(form.encode()) > text.count(form) for form in forms
    )


def read_content(source: Path | BinaryIO, *, name: str) -> bytes:
    """Return the bytes of a report, which may be a page, as ``read_text`` takes and refuses them.

    Raises
    ------
    TextError
        There is no such file; or it is longer than 5 MB, a table, or a document.
    OSError
        The file cannot be opened.
    """
    if isinstance(source, Path):
        _refuse_by_name(source, name)
        with source.open("rb") as file:
            return read_content(file, name=name)
    content = source.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1_000_000
        message = f"{name} is longer than {limit} MB: give one report, not a collection"
        raise TextError(message)
    for start, what in _FORMATS.items():
        if content.startswith(start):
            message = f"{name} is {what}: save it as plain text (UTF-8) and try again"
            raise TextError(message)
    return content


def _refuse_by_name(path: Path, name: str) -> None:
    if _ADDRESS.match(name):
        what = "is an address, and nothing is fetched: save the page from a browser, give its file"
    elif not path.exists():
        message = f"there is no {name}: give a text file, - for standard input, or a casebook"
        raise TextError(message)
    elif path.is_dir():
        what = "is a folder: a report is a file"
    elif path.suffix.lower() in _TABLES:
        what = f"is a table and no report: geoconflict import csv {name} takes it in"
    elif path.suffix.lower() in _DATA:
        what = "is a file of data and no report: give a text, or many to geoconflict reports"
    else:
        return
    message = f"{name} {what}"
    raise TextError(message)


def decoded(content: bytes, name: str) -> str:
    """Return bytes as text in UTF-8.

    Raises
    ------
    TextError
        They are none, said with the line and what they may be.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        guess = _MARKS.get(content[:2], "an older encoding such as Windows-1251")
        message = (
            f"{name}:{line}: found bytes that are no UTF-8, perhaps {guess}: "
            "save the text as UTF-8 and try again"
        )
        raise TextError(message) from error
    if "\x00" in text:
        message = f"{name} is no plain text: it has null bytes in it"
        raise TextError(message)
    return text
