"""What a notebook shows of an object, and how far long work is; the looks stand in ``cards``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib import import_module
from typing import ClassVar


class Shown:
    """A class whose objects show themselves in a notebook as a small card.

    Cards draw on everything that is above the objects, so they are not imported here: the
    package itself names what makes them.
    """

    _card: ClassVar[Callable[[object, str], str]] = staticmethod(lambda shown, _: repr(shown))

    def card(self, language: str = "en") -> Card:
        """Return what a notebook shows of it, in the words of a language.

        Parameters
        ----------
        language : {"en", "uk", "ru"}
            That language; a notebook shows English where none is asked for.
        """
        return Card(Shown._card(self, language))

    def _repr_html_(self) -> str:
        return self.card().html


@dataclass(frozen=True)
class Card:
    """A small card that a notebook shows; ``html`` is its text."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def show_with(card: Callable[[object, str], str]) -> None:
    """Let all objects show themselves by what this function makes of them, as HTML."""
    Shown._card = staticmethod(card)  # noqa: SLF001 - the class keeps it, this module sets it


def notebook_progress(what: str) -> Callable[[int, int], None]:
    """Return a function that shows in a notebook how much is done; elsewhere it does nothing.

    Parameters
    ----------
    what : str
        What is counted, such as ``snapshots``.

    Returns
    -------
    callable
        Called with how many are done, and how many there are.

    Examples
    --------
    >>> notebook_progress("pieces")(1, 4)
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or not hasattr(shell, "kernel"):
        return lambda *_: None
    show = import_module("IPython.display")
    handle = show.display(show.HTML(""), display_id=True)
    return lambda done, total: handle.update(show.HTML(_bar(what, done, total)))


def _bar(what: str, done: int, total: int) -> str:
    return f'<progress value="{done}" max="{total}"></progress> {done} of {total} {escape(what)}'
