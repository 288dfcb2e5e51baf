"""The rows that a JSON file holds: a list of objects, however a source wraps it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from geoconflict.errors import ImportFileError
from geoconflict.files.esri import as_geojson
from geoconflict.files.reading import one_line
from geoconflict.importers.columnnames import is_known
from geoconflict.importers.layers import in_degrees
from geoconflict.importers.rawrows import RawRow, RawTable, cell_text

_DEEPEST = 4
_FOLDER_NAMES = ("name", "title", "factionTag", "iconPath")
# Chats that are nobody's reports; taken where a user exports one alone.
_PERSONAL = ("personal_chat", "bot_chat", "saved_messages")
_ANSWERS_SHOWN = 20
_LOOKED_AT = 5
_USERNAME = re.compile(r"[A-Za-z]\w{4,31}")


def read_json(file: str, text: str, remarks: Sequence[str]) -> RawTable:
    """Return the rows of a JSON text; GeoJSON and Telegram's exports are flattened.

    Raises
    ------
    ImportFileError
        It is broken, or holds no list of objects.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        content = _json_lines(text)
        if content is None:
            message = f"{file}: found broken JSON ({error}), expected a list of events"
            raise ImportFileError(message) from error
    content = as_geojson(content)
    chats = _chats(content)
    if chats:
        # Numbers of messages repeat in every chat.
        marks = [f"{n}-" for n in range(1, len(chats) + 1)] if len(chats) > 1 else [""]
        pairs = zip(chats, marks, strict=True)
        tables = [_telegram(file, chat, remarks, mark=mark) for chat, mark in pairs]
        said = dict.fromkeys(remark for table in tables for remark in table.remarks)
        return _table(file, [row for table in tables for row in table.rows], list(said))
    items = list(_items(content))
    if not items or not all(isinstance(item, dict) for item in items):
        words = _said(content)
        found = f"no list of events but the words {words!r}" if words else "no list of events"
        message = f"{file}: found {found}, expected one JSON object an event"
        raise ImportFileError(message)
    crs = _projection(content)
    flat = (_opened(_flat(item, crs, file)) for item in items)
    rows = [_row(file, n, item) for n, item in enumerate(flat, start=1)]
    left = [f"the list {key!r} with {size:,} objects is not read" for key, size in _left(content)]
    return _table(file, rows, (*remarks, "JSON: rows are counted, not lines", *left))


def _table(file: str, rows: Sequence[RawRow], remarks: Sequence[str]) -> RawTable:
    columns = tuple(dict.fromkeys(name for row in rows for name in row.names))
    return RawTable(file, columns, tuple(remarks), tuple(rows))


def _row(file: str, number: int, item: Mapping[str, Any], *, fault: str = "") -> RawRow:
    names = {name.lower(): name for name in item}
    values = {name.lower(): cell_text(_text(value)) for name, value in item.items()}
    return RawRow(file, number, {k: v for k, v in values.items() if v}, names, fault)


def _text(value: object) -> str:
    if value is None or value in ([], {}):
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # An escape can stand for half a letter, which no other file can hold.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _json_lines(text: str) -> list[Any] | None:
    """Return the objects of a text with one a line, None where it is none."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
        return None
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        return None


def _items(content: object) -> Iterator[Any]:
    """Yield the objects of the lists that stand highest in a file and hold the most."""
    if isinstance(content, list):
        nested = [lists for item in content for lists in _placemark_lists(item)]
        yield from [item for one in nested for item in one] if nested else content
        return
    found = list(_lists(content, depth=0))
    if not found:
        return
    # Folders of one name, as "placemarks" in each, are one table.
    for key, items in found:
        if key == _longest(found):
            yield from _items(items)


def _longest(lists: Sequence[tuple[str, list[Any]]]) -> str:
    """Return the name of the list whose objects have most of the known columns, else the most."""

    def told(one: tuple[str, list[Any]]) -> tuple[bool, int]:
        names = {name for item in one[1][:_LOOKED_AT] if isinstance(item, dict) for name in item}
        return sum(map(is_known, names)) > 2, len(one[1])

    return max(lists, key=told)[0]


def _left(content: object) -> Iterator[tuple[str, int]]:
    """Yield the names and sizes of the lists of objects that are not taken as rows."""
    found = list(_lists(content, depth=0))
    for key, items in found:
        if key != _longest(found):
            yield key, len(items)


def _placemark_lists(item: object, above: str = "") -> Iterator[list[Any]]:
    """Yield the lists of placemarks inside an item that is a folder of them.

    Each placemark gets the names of the folders above it, which tell the side and the symbol.
    """
    if not isinstance(item, dict):
        return
    own = (str(item[name]) for name in _FOLDER_NAMES if isinstance(item.get(name), str))
    where = " / ".join(filter(None, (above, *own)))
    for key, value in item.items():
        if "placemarks" in key.lower() and isinstance(value, list):
            yield [{"folder": where, **one} if isinstance(one, dict) else one for one in value]
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            yield from (lists for one in value for lists in _placemark_lists(one, where))


def _lists(content: object, *, depth: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of objects in an object, with the names that they have there."""
    if not isinstance(content, dict) or depth > _DEEPEST:
        return
    for key, value in content.items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            inner = [lists for one in value for lists in _placemark_lists(one)]
            yield from (("placemarks", lists) for lists in inner) if inner else ((key, value),)
        elif isinstance(value, dict):
            yield from _lists(value, depth=depth + 1)


def _said(content: object) -> str:
    """Return what a server says in place of rows."""
    held = content if isinstance(content, dict) else {}
    for value in (held.get(name) for name in ("messages", "message", "error", "detail")):
        texts = value if isinstance(value, list) else [value]
        if found := one_line("; ".join(str(text) for text in texts if text)):
            return found
    return ""


def _projection(content: object) -> str | None:
    """Return the projection that GeoJSON of before 2016 names, None where it is in degrees."""
    named = content.get("crs") if isinstance(content, dict) else None
    properties = named.get("properties") if isinstance(named, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _flat(item: Mapping[str, Any], crs: str | None, file: str) -> dict[str, Any]:
    """Return an item of GeoJSON as one row, with its point; all others as they are."""
    if "geometry" not in item or not isinstance(item.get("properties"), dict | None):
        return dict(item)
    properties = dict(item.get("properties") or {})
    rest = {k: v for k, v in item.items() if k not in ("geometry", "properties", "type")}
    own = {f"feature {k}" if k in properties else k: v for k, v in rest.items()}
    point = _point(item["geometry"], properties)
    if crs and len(point) == 2 and all(isinstance(v, int | float) for v in point.values()):
        placed = in_degrees(np.array([shapely.Point(*point.values())]), crs, file)[0]
        point = dict(zip(point, (round(placed.x, 7), round(placed.y, 7)), strict=True))
    return {**own, **properties, **point}


def _opened(item: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """Return an item with what its objects hold, by both names: ``where.lat``.

    A geometry stays as it is.
    """
    row: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict) and "coordinates" not in value and depth < _DEEPEST:
            inner = _opened(value, depth + 1)
            row |= {f"{name}.{key}": held for key, held in inner.items()}
        else:
            row[name] = value
    return row


def _point(geometry: object, taken: Mapping[str, Any]) -> dict[str, Any]:
    """Return the first point of a geometry; of what is more than a point all of it too."""
    if not isinstance(geometry, dict):
        return {}
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    parts = {name: geometry[name] for name in ("geometries",) if name in geometry}
    whole = {"geometry": {"type": kind, "coordinates": coordinates, **parts}}
    if kind == "MultiPoint" and isinstance(coordinates, list) and len(coordinates) == 1:
        kind, coordinates, whole = "Point", coordinates[0], {}
    if kind != "Point" or not isinstance(coordinates, list) or len(coordinates) < 2:
        return whole
    names = {name.lower() for name in taken}
    # A property of that name says something else.
    lon, lat = (f"geometry {n}" if n in names else n for n in ("longitude", "latitude"))
    return {lon: coordinates[0], lat: coordinates[1]}


def _chats(content: object) -> list[Mapping[str, Any]]:
    """Return the chats of an export of Telegram: one, or all of an account; else none."""
    if not isinstance(content, dict):
        return []
    held = content.get("chats")
    chats = held.get("list", []) if isinstance(held, dict) else [content]
    return [chat for chat in chats if isinstance(chat, dict) and _has_messages(chat)]


def _has_messages(chat: Mapping[str, Any]) -> bool:
    messages = chat.get("messages")
    return isinstance(messages, list) and any(
        isinstance(one, dict) and "date" in one and "type" in one for one in messages
    )


def _telegram(
    file: str, content: Mapping[str, Any], remarks: Sequence[str], *, mark: str
) -> RawTable:
    """Return the messages of a channel as rows: plain text, moment and link."""
    name = str(content.get("name") or "")
    is_channel = "channel" in str(content.get("type")) and "private" not in str(content.get("type"))
    number = str(content.get("id") or "").removeprefix("-100")
    is_open = is_channel and _USERNAME.fullmatch(name)
    # What is no channel and no large group has no links.
    has_links = re.search("channel|supergroup", str(content.get("type"))) and number.isdecimal()
    by_number = f"https://t.me/c/{number}" if has_links else ""
    link = f"https://t.me/{name}" if is_open else by_number
    rows = [
        _message(file, number, message, link=link, mark=mark)
        for number, message in enumerate(content["messages"], start=1)
        if isinstance(message, dict)
    ]
    if mark and content.get("type") in _PERSONAL:
        why = f"of the chat {name!r}, which is no channel or group: export it alone to take it"
        rows = [replace(row, fault=row.fault or why) for row in rows]
    said = f"the export does not say the address of {name!r}: messages have no link"
    if link:
        what = "name" if is_open else "number, and open for its members alone"
        said = f"links are made of the channel's {what}: {link}; its address is not in the export"
    answers = [
        f"{one['id']} to {one['reply_to_message_id']}"
        for one in content["messages"]
        if isinstance(one, dict) and "id" in one and one.get("reply_to_message_id")
    ]
    more = f"messages that answer others can tell more of one event: {_shown(answers)}"
    counted = (*remarks, "JSON: messages are counted, not lines", said)
    if not any(row.get("date_unixtime") for row in rows):
        zone = "the export does not say the zone of its times, which is that of whoever made it"
        counted = (*counted, f"{zone}: a day near midnight can be another one")
    return _table(file, rows, (*counted, more) if answers else counted)


def _shown(texts: Sequence[str]) -> str:
    rest = len(texts) - _ANSWERS_SHOWN
    return ", ".join(texts[:_ANSWERS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _message(file: str, number: int, message: Mapping[str, Any], *, link: str, mark: str) -> RawRow:
    row = {k: v for k, v in message.items() if k not in ("text", "text_entities")}
    row["text"] = _plain(message.get("text"))
    unix = str(message.get("date_unixtime") or "")
    if unix.isdecimal():
        # The export's own date is in the zone of whoever made it.
        row["date"] = dt.datetime.fromtimestamp(int(unix), dt.UTC).isoformat()
        row["exported date"] = message.get("date")
    if link and "id" in message:
        row["url"] = f"{link}/{message['id']}"
    if "id" in message:
        row["id"] = f"{mark}{message['id']}"
    is_service = message.get("type") != "message"
    fault = f"a message of the service: {message.get('action', '')}" if is_service else ""
    if not fault and not row["text"].strip() and "location_information" not in row:
        fault = "a message without text"
    return _row(file, number, row, fault=fault)


def _plain(text: object) -> str:
    """Return the text of a message, which can be a list of pieces with their forms."""
    if isinstance(text, list):
        pieces = (one for one in text if isinstance(one, str | dict))
        return "".join(one if isinstance(one, str) else _piece(one) for one in pieces)
    return text if isinstance(text, str) else ""


def _piece(part: Mapping[str, Any]) -> str:
    """Return a piece of a message; of words that lead to a link the link too."""
    text, link = str(part.get("text", "")), str(part.get("href") or "")
    if part.get("type") == "mention" and _USERNAME.fullmatch(text[1:]):
        link = f"https://t.me/{text[1:]}"
    return f"{text} ({link})" if link and link not in text else text
