"""``geoconflict mcp``: places, distances, checks and drafts as tools of an assistant."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from pydantic import Field

import geoconflict
from geoconflict.errors import GeoconflictError, MissingExtraError

_INSTRUCTIONS = (
    "Checks what was publicly reported of Russia's war against Ukraine, on this machine alone. "
    "Every answer carries its doubt: a status, verdict or certainty, and why. Pass the doubt on. "
    "An ambiguous place, an undetermined claim and a cell that is not certain are no facts; "
    "candidates and alternatives are no answers. Nothing is forecast."
)
Name = Annotated[str, Field(description="A place name, as it stands in the text")]
Text = Annotated[str, Field(description="The report itself, in English, Ukrainian or Russian")]
Day = Annotated[str | None, Field(description="Day of the report, such as 2025-01-24")]


def mcp() -> None:
    """Offer place, measure, check and draft to an assistant, by the Model Context Protocol.

    Speaks on standard input and output to the program that started it, opens no port and asks
    no network. Each tool answers what the command of its name prints with --json.

    Example: geoconflict mcp
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        message = "the tools of an assistant need: pip install 'geoconflict[mcp]'"
        raise MissingExtraError(message) from error
    server = MCPServer(
        "geoconflict",
        version=geoconflict.__version__,
        instructions=_INSTRUCTIONS,
        log_level="WARNING",
    )
    kind = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for one in (place, measure, check, draft):
        server.tool(annotations=kind)(_told(one))
    server.run("stdio")


def place(
    name: Name,
    context: Annotated[list[str] | None, Field(description="Names of places beside it")] = None,
    country: Annotated[str | None, Field(description="ISO code or name, such as UA")] = None,
    admin1: Annotated[str | None, Field(description="Oblast: code such as UA-14, or name")] = None,
) -> dict[str, Any]:
    """Say which place a name means, or that it is ambiguous or unknown, with all candidates."""
    from geoconflict.gazetteer.lookup import Gazetteer

    known = Gazetteer.default()
    return known.resolve(name, context=context or (), country=country, admin1=admin1).to_dict()


def measure(
    start: Annotated[str, Field(description='A place, "lat, lon", or such as border:UA')],
    end: Annotated[str, Field(description="Likewise")],
) -> dict[str, Any]:
    """Measure distance and direction on the ellipsoid, and how far off they may be."""
    from geoconflict.cli.measure import measured

    return measured(start, end)


def check(text: Text, date: Day = None) -> dict[str, Any]:
    """Check each distance, direction, area, rate and share that a report states."""
    from geoconflict.enrichment.reports import check_report

    return check_report(text, date)


def draft(text: Text, date: Day = None) -> dict[str, Any]:
    """Draft the events that a report tells; each cell has its words, rule, certainty, rivals."""
    from geoconflict.enrichment.reports import draft_report

    return draft_report(text, date)


def _told(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Return a tool whose errors reach the assistant as one line that says what to do."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def answer(*given: Any, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - as the tool's
        try:
            return tool(*given, **named)
        except GeoconflictError as error:
            raise ToolError(str(error)) from error

    return answer
