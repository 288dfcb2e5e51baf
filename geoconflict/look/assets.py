"""The files that stand beside a module and that its pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.look.theme import VARIABLE, style_look

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True)
class Assets:
    """The templates, style sheets and scripts of one folder.

    Parameters
    ----------
    folder : Path
        Where they lie.
    is_trimmed : bool
        Whether templates leave no blank line and no space where a block of theirs stands.
    """

    folder: Path
    is_trimmed: bool = True

    @classmethod
    def beside(cls, module: str, *, is_trimmed: bool = True) -> Assets:
        """Return those in the folder of a module, given its ``__file__``."""
        return cls(Path(module).resolve().parent, is_trimmed)

    def text(self, name: str) -> str:
        """Return the text of a file, with line ends as a browser counts them."""
        return _text(self.folder / name)

    def style(self, name: str, *, more: str = "", own: frozenset[str] = frozenset()) -> str:
        """Return a style sheet with the colours that it and ``more`` name, but its ``own``."""
        sheet = self.text(name) + more
        return style_look(sorted(set(VARIABLE.findall(sheet)) - own)) + sheet

    def template(self, name: str) -> Template:
        """Return a template; what it is given is escaped."""
        return _template(self, name)


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n", "\n")


@cache
def _template(assets: Assets, name: str) -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(assets.folder)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = assets.is_trimmed
    return environment.get_template(name)
