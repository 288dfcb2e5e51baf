"""``geoconflict place``: which place a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geoconflict.cli.options import Json, print_json

if TYPE_CHECKING:
    from geoconflict.gazetteer.places import Place
    from geoconflict.gazetteer.resolution import Resolution


def place(
    name: Annotated[str, typer.Argument(help="A place name, as it stands in the text.")],
    *,
    country: Annotated[str | None, typer.Option(help="ISO code or name, such as UA.")] = None,
    admin1: Annotated[str | None, typer.Option(help="Oblast: code UA-14 or name.")] = None,
    context: Annotated[str, typer.Option(help='Names beside it: "Siversk; Kramatorsk".')] = "",
    kind: Annotated[
        str | None, typer.Option(help="settlement, facility, admin1, water ...")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Day of the report, for old names.")] = None,
    fuzzy: Annotated[
        bool, typer.Option("--fuzzy", help="Try names spelled alike; extra fuzzy.")
    ] = False,
    online: Annotated[
        bool, typer.Option("--online", help="Also ask Nominatim, OpenStreetMap's search.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say which place a name means, or that it cannot be told.

    Example: geoconflict place Lyman --context "Siversk; Kramatorsk"
    """
    from geoconflict.gazetteer.lookup import Gazetteer
    from geoconflict.measuring.dates import parse_date_range

    names = [part.strip() for part in context.split(";") if part.strip()]
    answer = Gazetteer.default(online=online).resolve(
        name,
        context=names,
        country=country,
        admin1=admin1,
        kind=kind,
        date=parse_date_range(date).start if date else None,
        fuzzy=fuzzy,
    )
    if as_json:
        print_json(answer.to_dict())
    elif answer.place is not None:
        typer.echo(_place_text(answer))
    answer.require()


def _place_text(answer: Resolution) -> str:
    from geoconflict.gazetteer.places import told_apart

    found = answer.place
    assert found is not None
    where = "no point in the data"
    if found.lat is not None and found.lon is not None:
        where = f"{found.lat:.4f} N, {found.lon:.4f} E, right within {_km(found.precision_m)}"
    people = f", population {found.population:,}" if found.population else ""
    names = ", ".join(dict.fromkeys(n for group in found.names.values() for n in group[:3]))
    lines = [
        f"{_title(found)}: {found.kind}, {where}{people}",
        f"  names   {names}",
        f"  why     {answer.reason}",
        f"  source  {found.source}, {found.licence} ({found.id})",
    ]
    shown = [candidate.place for candidate in answer.candidates[:5]]
    others = "; ".join(told_apart([_title(one) for one in shown], shown)[1:])
    return "\n".join(lines + ([f"  others  {others}"] if others else []))


def _title(place: Place) -> str:
    """Return the title of a place, and whether it was asked online."""
    return f"{place.title} [online]" if place.is_online else place.title


def _km(metres: float | None) -> str:
    return "an unknown radius" if metres is None else f"{metres / 1000:.1f} km"
