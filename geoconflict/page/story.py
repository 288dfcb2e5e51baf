"""A casebook's story as a page shows it: texts, photos, and where the map goes at each step."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from geoconflict.casebooks.coordinates import without_coordinates
from geoconflict.casebooks.story import Step
from geoconflict.errors import MissingExtraError, PageOptionError
from geoconflict.page.policy import well_formed

_PIXELS, _QUALITY = 1280, 78
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>]{1,2000})\)")
_BOLD, _ITALIC = re.compile(r"\*\*(.+?)\*\*", re.DOTALL), re.compile(r"\*(.+?)\*", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class ToldStep:
    """One step in words; ``photo`` is its address within the file, empty where there is none.

    ``video`` and ``archive`` are addresses elsewhere, which are followed by a click alone.
    """

    title: str
    text: Markup
    photo: str
    video: str
    archive: str
    alt: str
    credit: str


@dataclass(frozen=True)
class Story:
    """What is told, and for the script of the page what the map shows at each step."""

    steps: list[ToldStep]
    views: list[dict[str, Any]]


def tell(steps: Sequence[Step], folder: Path, *, is_blurred: bool = False) -> Story:
    """Return a story as its page shows it.

    Parameters
    ----------
    steps : sequence of Step
        As ``read_story`` returns them.
    folder : Path
        Of the casebook, where its photos lie.
    is_blurred : bool
        Whether exact coordinates are taken out of texts, and steps go to no point of their own.

    Raises
    ------
    MissingExtraError
        There are photos, and Pillow is not installed.
    PageOptionError
        A photo cannot be read.
    """
    return Story(
        steps=[_told(step, folder, is_blurred=is_blurred) for step in steps],
        views=[_view(step, is_blurred=is_blurred) for step in steps],
    )


def _told(step: Step, folder: Path, *, is_blurred: bool) -> ToldStep:
    texts = [step.title, step.text, step.alt or "", step.credit or ""]
    if is_blurred:
        texts = [without_coordinates(text) for text in texts]
    title, text, alt, credit = map(well_formed, texts)
    photo = "" if step.photo is None else photo_data(folder / step.photo)
    return ToldStep(
        title=title,
        text=markdown(text),
        photo=photo,
        video=step.video or "",
        archive=step.archive or "",
        alt=alt,
        credit=credit,
    )


def _view(step: Step, *, is_blurred: bool) -> dict[str, Any]:
    at = None if step.lon is None or is_blurred else [step.lat, step.lon]
    days = [None if day is None else day.isoformat() for day in (step.date_from, step.date_to)]
    return {"event": step.event, "at": at, "zoom": step.zoom, "days": days, "front": step.front}


def markdown(text: str) -> Markup:
    r"""Return a text in a few marks of Markdown as HTML; anything else in it is text.

    Examples
    --------
    >>> str(markdown("**Bold** & <b>\n\n- one\n- [two](https://example.org)"))[:40]
    '<p><strong>Bold</strong> &amp; &lt;b&gt;'
    """
    blocks = [block for block in _BLANK.split(text.strip()) if block.strip()]
    return Markup("").join(map(_block, blocks))


def _block(block: str) -> Markup:
    lines = [line.strip() for line in block.splitlines()]
    if all(line.startswith("- ") for line in lines):
        items = Markup("").join(Markup("<li>{}</li>").format(_inline(line[2:])) for line in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(_inline(" ".join(lines)))


def _inline(text: str) -> Markup:
    safe = str(escape(text))
    safe = _LINK.sub(r'<a href="\2" target="_blank" rel="noopener noreferrer">\1</a>', safe)
    parts = re.split(r"(<a .*?>)", safe)
    # Marks within an address are part of it.
    plain = [part if at % 2 else _marked(part) for at, part in enumerate(parts)]
    return Markup("".join(plain))  # noqa: S704 - escaped before any mark was made of it


def _marked(safe: str) -> str:
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", safe))


def photo_data(path: Path) -> str:
    """Return a photo as an address within a file: shrunk, and without what cameras write into it.

    Raises
    ------
    MissingExtraError
        Pillow is not installed.
    PageOptionError
        The file is no picture that can be read.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        message = "photos need Pillow: pip install pillow"
        raise MissingExtraError(message) from error
    try:
        with Image.open(path) as photo:
            turned = ImageOps.exif_transpose(photo).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        message = f"{path} cannot be read as a photo: {error}"
        raise PageOptionError(message) from error
    turned.thumbnail((_PIXELS, _PIXELS))
    bare = Image.new("RGB", turned.size)
    bare.paste(turned)
    written = io.BytesIO()
    bare.save(written, format="JPEG", quality=_QUALITY, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode('ascii')}"
