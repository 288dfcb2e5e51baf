"""Texts that try to become markup or script: none runs, and every one is shown in full."""

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import render
from geoconflict.casebook import events_frame
from geoconflict.claims.verdicts import Check, Part
from geoconflict.positions import locate_events
from geoconflict.records import Claim, Event, MapInfo, SourceInfo

RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'>",
    f"<svg/onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<!--<script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"</title></style></textarea><script>{RUN}</script>",
    f'" onmouseover="{RUN}" x="',
    f"' autofocus onfocus='{RUN}' x='",
    f"`;{RUN};`",
    "${" + RUN + "}",
    "{{ " + RUN + " }}{% raw %}",
    f'\\";{RUN};//',
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"\u2028{RUN}\u2029",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "&lt;b&gt; &amp; &#60;",
    "right-to-left \u202e txet \u2066 mark",
    "null \x00 and \x1b control",
    "__proto__",
    "constructor",
    "a\r\nb\tc",
    "Київ – Ёлка 𝔘𝔫𝔦 👍🏽",
    "x" * 20_000,
)
BROKEN = "half \ud83d of a pair \udc00"


def event_of(text, index):
    row = Event(
        id=f"e{index}",
        kind="strike",
        date_start=dt.date(2025, 1, 1),
        date_end=dt.date(2025, 1, 2),
        lon=25.0 + index,
        lat=49.0,
        precision_m=1000,
    )
    texts = ("facility", "place", "weapon", "effects", "note")
    return row.model_copy(update=dict.fromkeys(texts, text))


def check_of(text, index):
    claim = Claim(
        id=f"c{index}",
        event_id=f"e{index}",
        claimant=text,
        kind="count",
        value_min=1,
        unit=text,
        source="s",
        text=text,
    ).model_copy(update={"hedge": text})
    part = Part(aspect=text, verdict="off", reason=text, stated=text, measured=text)
    return Check(claim, "off", text, text, text, (part, part), (text,))


@pytest.fixture
def hostile(january):
    def make(texts):
        info = MapInfo(
            title=texts[0],
            period=january.info.period,
            summary=texts[0],
            attribution=tuple(texts),
            sources={"s": SourceInfo(title=texts[0], publisher=texts[0], date=dt.date(2025, 1, 1))},
        )
        reports = pd.DataFrame(
            {
                "event_id": [f"e{index}" for index in range(len(texts))],
                "source": "s",
                "claimant": texts,
                "stance": texts,
                "published": pd.Timestamp(2025, 1, 1),
                "url": texts,
                "summary": texts,
            }
        )
        events = events_frame([event_of(text, index) for index, text in enumerate(texts)])
        book = replace(
            january, info=info, events=events, reports=reports, claims=january.claims.iloc[:0]
        )
        located = locate_events(book)
        for column in ("position", "place_title", "facility_name"):
            located.events[column] = texts
        return located

    return make


def shown(opened, index, text):
    """Open an event and return in which of its parts the text stands in full."""
    opened.item(f"e{index}").evaluate("e => e.click()")
    parts = {
        "title": ".title",
        "facts": ".facts",
        "who": ".reports .who",
        "stance": ".stance",
        "summary": ".reports",
        "claim": ".claim-text",
        "stated": ".claim dl",
        "parts": ".parts",
        "notes": ".claim .note",
        "said by": ".said-by",
        "how": ".how",
        "note": "section:last-of-type",
    }
    script = """([parts, text]) => {
      const popup = document.querySelector(".event-popup");
      const folded = (s) => s.toLowerCase();
      return Object.keys(parts).filter((name) =>
        folded(popup.querySelector(parts[name])?.textContent ?? "").includes(folded(text)));
    }"""
    arguments = json.dumps([parts, text])
    return set(opened.page.evaluate(f"() => ({script})({arguments})")), set(parts)


def test_no_text_runs_and_none_is_lost(open_page, hostile):
    texts = list(PAYLOADS)
    page = render(hostile(texts), checks=[check_of(text, i) for i, text in enumerate(texts)])
    # Without the policy, so that it is the escaping that holds.
    opened = open_page(str(page), bypass_csp=True)
    opened.page.wait_for_selector("body[data-ready]")
    assert opened.page.locator("h1").text_content() == texts[0]
    assert opened.page.title() == texts[0]
    for index, text in enumerate(texts):
        found, wanted = shown(opened, index, text)
        assert found == wanted, text[:80]
    credits_ = opened.page.locator(".credits").evaluate("e => e.textContent")
    assert all(text in credits_ for text in texts)
    assert opened.page.evaluate("window.ran") is None
    assert (
        opened.page.locator("a[href]:not([href^=http])").count()
        == opened.page.locator(
            ".leaflet-popup-close-button, .leaflet-control-zoom a, .permalink a"
        ).count()
    )
    assert opened.problems == []


def test_half_a_character_is_shown_as_one_that_is_unknown(open_page, hostile):
    book = hostile(["title"])
    for column in ("effects", "note", "place_title", "facility_name"):
        book.events[column] = [BROKEN]
    opened = open_page(str(render(book, checks=[], title=BROKEN)), bypass_csp=True)
    opened.page.wait_for_selector("body[data-ready]")
    assert opened.page.title() == "half \ufffd of a pair \ufffd"
    found, _ = shown(opened, 0, BROKEN)
    assert {"title", "facts", "note"} <= found
    assert opened.problems == []
