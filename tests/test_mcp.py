"""The tools of an assistant, asked by the protocol's own client of the real command."""

import asyncio
import sys

import pytest
from mcp import Client, StdioServerParameters

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "geoconflict", "mcp"])
REPORT = (
    "On 24 January 2025 drones struck the oil refinery in Ryazan, 470 kilometers from the "
    "Ukrainian border, Ukraine's General Staff said. Buildings burned 900 kilometers from the "
    "border, in Bryansk."
)


CALLS = {
    "place": ("place", {"name": "Lyman", "context": ["Siversk", "Kramatorsk"]}),
    "unclear": ("place", {"name": "Ivanivka"}),
    "measure": ("measure", {"start": "Ryazan", "end": "border:UA"}),
    "unknown": ("measure", {"start": "Qwertyville", "end": "Kyiv"}),
    "check": ("check", {"text": REPORT}),
    "draft": ("draft", {"text": REPORT, "date": "2025-01-24"}),
    "no day": ("draft", {"text": REPORT, "date": "yesterday"}),
    "empty": ("draft", {"text": " "}),
}


@pytest.fixture(scope="module")
def asked():
    """Ask several things of one server, as an assistant would."""

    async def ask():
        async with Client(SERVER) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            answers = {name: await client.call_tool(*call) for name, call in CALLS.items()}
            return client.instructions, tools, answers

    return asyncio.run(ask())


def test_tools_are_told_as_reading_only_what_is_on_this_machine(asked):
    instructions, tools, _ = asked
    assert set(tools) == {"place", "measure", "check", "draft"}
    assert "Pass the doubt on" in instructions
    for tool in tools.values():
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert tool.description
        assert all(one.get("description") for one in tool.input_schema["properties"].values())


def test_answers_carry_the_doubt_that_the_commands_print(asked):
    _, _, answers = asked
    place = answers["place"].structured_content
    assert (place["status"], place["place"]["admin1"]) == ("resolved", "Donetsk Oblast")
    unclear = answers["unclear"].structured_content
    assert (unclear["status"], unclear["place"]) == ("ambiguous", None)
    assert len(unclear["candidates"]) > 1
    measure = answers["measure"].structured_content
    assert (round(measure["distance_km"], 1), measure["direction"]) == (462.5, "NE")
    assert 5 < measure["uncertainty_km"] < 10
    check = answers["check"].structured_content
    assert [one["verdict"] for one in check["checks"]] == ["supported", "contradicted"]
    event = answers["draft"].structured_content["events"][0]
    assert event["cells"]["facility"]["value"] == "ryazan-refinery"
    assert event["cells"]["facility"]["certainty"] in ("certain", "likely", "open")


@pytest.mark.parametrize(
    ("asked_for", "said"),
    [("unknown", "Qwertyville"), ("no day", "such as 2025-01-24"), ("empty", "a report has words")],
)
def test_an_error_is_one_line_that_says_what_to_do(asked, asked_for, said):
    answer = asked[2][asked_for]
    assert answer.is_error
    (line,) = (part.text for part in answer.content)
    assert said in line
    assert "\n" not in line
    assert "Traceback" not in line
