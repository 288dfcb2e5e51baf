"""What a notebook shows of an object; how it looks stands in ``views``."""

from __future__ import annotations

from importlib import import_module


class Shown:
    """A class whose objects show themselves in a notebook as a small card.

    The cards draw on everything below them, so they are loaded when one is first shown.
    """

    def _repr_html_(self) -> str:
        card: str = import_module("geoconflict.views").html(self)
        return card
