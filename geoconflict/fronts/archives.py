"""Zip and KMZ archives taken apart with limits on size and count, as snapshots come packed."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from geoconflict.fronts.features import fault

# A year of daily snapshots in one zip has 400 files and 100 MB; a KMZ with pictures 200.
MOST_MEMBERS = 2_000
MOST_BYTES = 500_000_000
MOST_RATIO = 200
_RATIO_FROM = 1_000_000
_CHUNK = 1 << 20
# The record that ends a zip: 22 bytes, the number of files in it, and a comment of up to 65,535.
_END, _END_BYTES, _TAIL_BYTES = b"PK\x05\x06", 22, 65_557
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def members(path: Path, *, endings: tuple[str, ...]) -> dict[str, bytes]:
    """Return the wanted files of an archive by name, in the order of names.

    Parameters
    ----------
    path : Path
        A zip or KMZ file.
    endings : tuple of str
        Endings in small letters of the files that are wanted; others are not unpacked.

    Raises
    ------
    SnapshotFileError
        It is damaged or locked, lists too many files, or unpacks to far more than a real
        one; the size is counted while unpacking, since what a zip says of itself may be false.
    """
    try:
        _check_count(path)
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
            wanted = [item for item in listed if _is_wanted(item, endings)]
            return dict(_unpacked(archive, sorted(wanted, key=lambda i: i.filename), path))
    except _DAMAGE as error:
        raise fault(
            path.name, f"a damaged or locked archive ({error})", "a whole zip file"
        ) from error


def unzipped(path: Path) -> bytes:
    """Return the content of a gzip file, refused where it grows beyond measure."""
    try:
        with gzip.open(path) as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise fault(path.name, f"a damaged file ({error})", "a whole gzip file") from error
    if len(content) > MOST_BYTES or _is_bomb(len(content), path.stat().st_size):
        raise _too_much(path)
    return content


def _check_count(path: Path) -> None:
    """Refuse an archive with very many files before they are listed in memory."""
    with path.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(max(0, size - _TAIL_BYTES))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise fault(path.name, "an archive that is cut off or none", "a whole zip file")
    count = struct.unpack_from("<H", tail, at + 10)[0]
    if count > MOST_MEMBERS:
        raise fault(path.name, f"{count:,} files", f"at most {MOST_MEMBERS:,}")


def _is_wanted(item: zipfile.ZipInfo, endings: tuple[str, ...]) -> bool:
    name = PurePosixPath(item.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return not item.is_dir() and not hidden and name.name.casefold().endswith(endings)


def _unpacked(
    archive: zipfile.ZipFile, items: list[zipfile.ZipInfo], path: Path
) -> Iterator[tuple[str, bytes]]:
    given = 0
    for item in items:
        chunks = []
        with archive.open(item) as stream:
            while chunk := stream.read(_CHUNK):
                given += len(chunk)
                if given > MOST_BYTES or _is_bomb(given, path.stat().st_size):
                    raise _too_much(path)
                chunks.append(chunk)
        yield item.filename, b"".join(chunks)


def _is_bomb(given: int, packed: int) -> bool:
    return given > max(_RATIO_FROM, MOST_RATIO * packed)


def _too_much(path: Path) -> Exception:
    return fault(path.name, "a file that unpacks to far more than a real one", "some megabytes")
