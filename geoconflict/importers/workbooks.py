"""Workbooks (.xlsx, .ods) as lines of cells, each as its sheet shows it; days as ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from geoconflict.errors import ImportFileError
from geoconflict.files.archives import Limits, members
from geoconflict.files.sheets import number_text
from geoconflict.importers.columncells import is_day
from geoconflict.importers.grids import LOOKED_AT, Line, grid_table, header_at, known_names
from geoconflict.importers.rawrows import BEHIND, RawTable
from geoconflict.importers.weblinks import find_urls

_LIMITS = Limits(members=2_000, bytes=300_000_000)
# Numbers of built-in formats that show days or times.
_DAY_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001
_MOST_REPEATED = 100_000
_LINKING = re.compile(r"\s*HYPERLINK\(\s*\"(https?://[^\"]+)\"", re.IGNORECASE)


def is_workbook(names: Mapping[str, object] | list[str]) -> bool:
    """Return whether a zip with files of these names is a workbook."""
    return "xl/workbook.xml" in names or "content.xml" in names


def read_workbook(path: Path) -> list[RawTable]:
    """Return the first sheet of a workbook with a table of known columns, and those alike to it.

    A sheet a month has the same columns in each. All other sheets are told of.

    Raises
    ------
    ImportFileError
        No sheet holds a table.
    """
    wanted = re.compile(
        r"(content|xl/(workbook|sharedStrings|styles|_rels/.*|worksheets/(_rels/)?[^/]*))\.(xml|xml\.rels)"
    )
    parts = members(path, wanted=lambda name: bool(wanted.fullmatch(name)), limits=_LIMITS)
    read = _ods_sheets if "content.xml" in parts else _xlsx_sheets
    sheets = [(name, lines) for name, lines in read(parts) if len(lines) > 1]
    if not sheets:
        message = f"{path.name}: found no sheet with a table, expected a header and rows below it"
        raise ImportFileError(message)
    # A cover or a list of sources often stands before the table.
    chosen = next((sheet for sheet in sheets if known_names(sheet[1]) >= 2), sheets[0])
    first = _table(path.name, chosen[1])
    alike, others = [], []
    for name, lines in sheets:
        table = _table(f"{path.name}/{name}", lines) if name != chosen[0] else None
        if table and table.columns == first.columns:
            alike.append(table)
        elif table:
            others.append(f"the sheet {name!r} with {len(lines):,} lines is not read")
    said = [f"the sheet {chosen[0]!r} is read"] if len(sheets) > 1 else []
    if alike:
        # A line alone would not tell the sheet.
        first = _table(f"{path.name}/{chosen[0]}", chosen[1])
        said = [f"{len(alike) + 1} sheets with the same columns are read"]
    return [replace(first, remarks=(*said, *others, *first.remarks)), *alike]


def _table(file: str, lines: list[Line]) -> RawTable:
    hidden = [line for line, cells in lines if isinstance(cells, _Cells) and cells.is_hidden]
    remarks = _astray(lines)
    if hidden:
        remarks.append(f"{len(hidden):,} hidden rows are read too, the first is line {hidden[0]}")
    return grid_table(file, _linked(_squared(lines)), remarks)


class _Cells(list[str]):
    """The cells of a row, the links behind them by column, and whether the row is hidden."""

    def __init__(self, cells: Iterable[str] = (), *, is_hidden: bool = False) -> None:
        super().__init__(cells)
        self.links: dict[int, str] = {}
        self.is_hidden = is_hidden


def _links(cells: list[str]) -> dict[int, str]:
    """Return the links behind the cells of a row that the cells themselves do not show."""
    links = cells.links if isinstance(cells, _Cells) else {}
    return {n: link for n, link in links.items() if link not in find_urls(cells[n])}


def _squared(lines: list[Line]) -> list[Line]:
    """Return lines with as many cells as the longest, since sheets leave out empty ones."""
    width = max(len(cells) for _, cells in lines)
    for _, cells in lines:
        cells.extend([""] * (width - len(cells)))
    return lines


def _linked(lines: list[Line]) -> list[Line]:
    """Return lines with a further column for each that has links behind its cells."""
    behind = sorted({n for _, cells in lines for n in _links(cells)})
    at = header_at([cells for _, cells in lines[:LOOKED_AT]])
    return [
        (line, [*cells, *(_link(cells, n, is_header=number == at) for n in behind)])
        for number, (line, cells) in enumerate(lines)
    ]


def _link(cells: list[str], column: int, *, is_header: bool) -> str:
    if is_header:
        return f"{cells[column]}{BEHIND}"
    return _links(cells).get(column) or " ".join(find_urls(cells[column]))


def _astray(lines: list[Line]) -> list[str]:
    """Return what to say of cells that show one link and lead to another."""
    odd = [line for line, cells in lines if any(find_urls(cells[n]) for n in _links(cells))]
    return [f"cells that show one link and lead to another: line {odd[0]}"] if odd else []


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without a name space, empty where there is none."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _xlsx_sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, list[Line]]]:
    book = fromstring(parts["xl/workbook.xml"])
    rels = fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"))
    targets = {_attribute(r, "Id"): _attribute(r, "Target") for r in rels}
    is_1904 = any(
        _tag(e) == "workbookPr" and _attribute(e, "date1904") in ("1", "true") for e in book.iter()
    )
    texts = _shared(parts.get("xl/sharedStrings.xml"))
    dated = _dated_styles(parts.get("xl/styles.xml"))
    for sheet in (e for e in book.iter() if _tag(e) == "sheet"):
        # The r:id of a sheet; its own number is called sheetId.
        target = targets.get(_attribute(sheet, "id"), "")
        name = str(PurePosixPath("xl") / target) if not target.startswith("/") else target[1:]
        if name in parts:
            root = fromstring(parts[name])
            lines = list(_xlsx_lines(root, texts, dated, is_1904=is_1904))
            _fill_merged(lines, root)
            _put_links(lines, root, parts.get(_relations(name), b"<r/>"))
            yield sheet.get("name", name), lines


def _fill_merged(lines: list[Line], root: Element) -> None:
    """Put the day of cells that are merged into each of their rows; of numbers it would be more."""
    rows = dict(lines)
    for merged in (e for e in root.iter() if _tag(e) == "mergeCell"):
        found = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", _attribute(merged, "ref"))
        if found is None or found[1] != found[3]:
            continue
        column, first, last = _column(found[1], 0), int(found[2]), int(found[4])
        cells = rows.get(first, [])
        if column < len(cells) and re.search(r"\d", cells[column]) and is_day(cells[column]):
            for line in range(first + 1, min(last, first + _MOST_REPEATED) + 1):
                below = rows.get(line)
                if below is not None:
                    below.extend([""] * (column + 1 - len(below)))
                    below[column] = cells[column]


def _relations(name: str) -> str:
    return str(PurePosixPath(name).parent / "_rels" / f"{PurePosixPath(name).name}.rels")


def _put_links(lines: list[Line], root: Element, relations: bytes) -> None:
    """Put the links that a sheet lists, by cell, behind the cells of its lines."""
    listed = [e for e in root.iter() if _tag(e) == "hyperlink"]
    targets = {_attribute(r, "Id"): _attribute(r, "Target") for r in fromstring(relations)}
    rows = dict(lines) if listed else {}
    for link in listed:
        found = re.match(r"([A-Z]+)(\d+)", _attribute(link, "ref"))
        cells = rows.get(int(found[2])) if found else None
        target = targets.get(_attribute(link, "id"), "")
        if found and isinstance(cells, _Cells) and target.startswith(("http://", "https://")):
            column = _column(found[1], 0)
            cells += [""] * (column + 1 - len(cells))
            cells.links[column] = target


def _shared(content: bytes | None) -> list[str]:
    root = fromstring(content) if content else ()
    return [_runs(item) for item in root]


def _runs(item: Element) -> str:
    """Return a text of one or more runs, without the readings of Japanese."""
    texts = []
    for part in item:
        if _tag(part) == "t":
            texts.append(part.text or "")
        elif _tag(part) == "r":
            texts += [t.text or "" for t in part if _tag(t) == "t"]
    return "".join(texts)


def _dated_styles(content: bytes | None) -> set[int]:
    """Return the numbers of the cell styles that show a day or a time."""
    if not content:
        return set()
    root = fromstring(content)
    formats = {
        int(e.get("numFmtId", "0")): e.get("formatCode", "")
        for e in root.iter()
        if _tag(e) == "numFmt"
    }
    days = _DAY_FORMATS | {number for number, code in formats.items() if _shows_day(code)}
    days -= {number for number, code in formats.items() if not _shows_day(code)}
    styles = next((e for e in root if _tag(e) == "cellXfs"), ())
    return {n for n, xf in enumerate(styles) if int(xf.get("numFmtId", "0")) in days}


def _shows_day(code: str) -> bool:
    plain = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.", "", code)
    return re.search(r"[dmyhs]", plain, re.IGNORECASE) is not None and "General" not in plain


def _xlsx_lines(
    root: Element, texts: list[str], dated: set[int], *, is_1904: bool
) -> Iterator[Line]:
    last = 0
    for row in (e for e in root.iter() if _tag(e) == "row"):
        last = int(row.get("r", last + 1))
        cells = _Cells(is_hidden=row.get("hidden") in ("1", "true"))
        for cell in row:
            at = _column(cell.get("r", ""), len(cells))
            cells += [""] * (at - len(cells))
            formula = next((e.text or "" for e in cell if _tag(e) == "f"), "")
            link = _LINKING.match(formula)
            if link:
                cells.links[len(cells)] = link[1]
            cells.append(_xlsx_cell(cell, texts, dated, is_1904=is_1904))
        if any(cells) or cells.links:
            yield last, cells


def _column(reference: str, otherwise: int) -> int:
    """Return the number of the column that a reference as AB12 names, from 0."""
    number = 0
    for letter in re.match(r"[A-Z]*", reference)[0]:  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return min(number - 1, 16_384) if number else otherwise


def _xlsx_cell(cell: Element, texts: list[str], dated: set[int], *, is_1904: bool) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return next((_runs(e) for e in cell if _tag(e) == "is"), "")
    value = next((e.text or "" for e in cell if _tag(e) == "v"), "")
    if kind == "s":
        return texts[int(value)] if value.isdecimal() and int(value) < len(texts) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        # An error as #N/A is no value.
        return "" if kind == "e" else value
    number = float(value)
    if int(cell.get("s", "0")) in dated:
        return _moment(number, is_1904=is_1904)
    return number_text(number)


def _moment(serial: float, *, is_1904: bool) -> str:
    """Return the day or time that a serial number shows."""
    if not 0 <= serial < 2_958_466:
        return repr(serial)
    seconds = round(serial * 86_400)
    when = _EPOCHS[is_1904] + dt.timedelta(seconds=seconds)
    if seconds < 86_400:
        return when.time().isoformat()
    return when.date().isoformat() if seconds % 86_400 == 0 else when.isoformat(sep=" ")


def _ods_sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, list[Line]]]:
    root = fromstring(parts["content.xml"])
    for table in (e for e in root.iter() if _tag(e) == "table"):
        yield _attribute(table, "name"), list(_ods_lines(table))


def _ods_lines(table: Element) -> Iterator[Line]:
    line = 0
    for row in (e for e in table.iter() if _tag(e) == "table-row"):
        hidden = _attribute(row, "visibility") in ("collapse", "filter")
        cells = _Cells(is_hidden=hidden)
        for cell in row:
            if _tag(cell) in ("table-cell", "covered-table-cell"):
                repeated = int(_attribute(cell, "number-columns-repeated") or 1)
                text = _ods_cell(cell)
                link = next((_attribute(e, "href") for e in cell.iter() if _tag(e) == "a"), "")
                if link.startswith(("http://", "https://")):
                    cells.links[len(cells)] = link
                cells += [text] * (min(repeated, _MOST_REPEATED) if text else min(repeated, 1_024))
        while cells and not cells[-1] and len(cells) - 1 not in cells.links:
            cells.pop()
        again = int(_attribute(row, "number-rows-repeated") or 1)
        for _ in range(min(again, _MOST_REPEATED) if cells else 0):
            line += 1
            again_cells = _Cells(cells, is_hidden=cells.is_hidden)
            again_cells.links = dict(cells.links)
            yield line, again_cells
        line += 0 if cells else again


def _ods_cell(cell: Element) -> str:
    kind = _attribute(cell, "value-type")
    if kind == "date":
        day, _, time = _attribute(cell, "date-value").partition("T")
        return day if time in ("", "00:00:00") else f"{day} {time}"
    if kind == "time":
        found = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", _attribute(cell, "time-value"))
        return f"{int(found[1]):02}:{int(found[2]):02}:{int(found[3]):02}" if found else ""
    if kind in ("float", "percentage", "currency"):
        return number_text(float(_attribute(cell, "value")))
    paragraphs = [_ods_text(part) for part in cell if _tag(part) == "p"]
    return "\n".join(paragraphs)


def _ods_text(part: Element) -> str:
    """Return the text of a paragraph, links and spaces included, notes left out."""
    text = part.text or ""
    for child in part:
        if _tag(child) == "s":
            text += " " * int(_attribute(child, "c") or 1)
        elif _tag(child) != "annotation":
            text += _ods_text(child)
        text += child.tail or ""
    return text
