"""Texts that try to become markup or script: none runs, and every one is shown in full."""

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import render
from geoconflict.casebooks.casebook import events_frame
from geoconflict.casebooks.positions import locate_events
from geoconflict.casebooks.records import Claim, Event, MapInfo, SourceInfo
from geoconflict.claims.verdicts import Check, Part
from geoconflict.facts import fact
from tests.page.conftest import squares

RUN = "window.ran=1"
PAYLOADS = (
    # Tags that run by themselves or end the element that they stand in.
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><img src=x onerror={RUN}>",
    f"</script\t\n><script>{RUN}</script>",
    f"<<script>{RUN}//<</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<img src=x onerror='{RUN}'>",
    f"<img src=x onerror={RUN}//",
    f"<image href=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f"<object data='data:text/html,<script>{RUN}</script>'></object>",
    f"<embed src='javascript:{RUN}'>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<body onload={RUN}>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<form action='javascript:{RUN}'><button>x</button></form>",
    f"<a href='javascript:{RUN}'>x</a>",
    "<base href='https://evil.example/'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>*{display:none!important}</style>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    # Comments, sections, and the ends of other elements.
    f"<!--<script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"--!><img src=x onerror={RUN}>",
    f"]]><script>{RUN}</script>",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<?xml version='1.0'?><script>{RUN}</script>",
    f"</title></style></textarea><script>{RUN}</script>",
    # Attributes.
    f'" onmouseover="{RUN}" x="',
    f"' autofocus onfocus='{RUN}' x='",
    f"x onerror={RUN} y",
    f'"><img src=x onerror={RUN}>',
    # Template marks of JavaScript, Jinja, Vue and others, backticks and backslashes.
    f"`;{RUN};`",
    "${" + RUN + "}",
    "`${" + RUN + "}`",
    "{{ " + RUN + " }}{% raw %}",
    "{{constructor.constructor('" + RUN + "')()}}",
    "{# comment #}{% endraw %}",
    "<%= " + RUN + " %>",
    "#{" + RUN + "}",
    "{date} {events} {name} %s %(x)s",
    f'\\";{RUN};//',
    f"\\';{RUN};//",
    "back\\slash \\n \\x3c \\",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    # Separators, links, marks of direction, control characters.
    f"\u2028{RUN}\u2029",
    f"\x85{RUN}\x0b\x0c",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"https://example.org/'onmouseover='{RUN}",
    "&lt;b&gt; &amp; &#60; &#x3c;",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    "right-to-left \u202e txet \u2066 mark \u200f",
    "zero\u200bwidth \ufeff mark",
    "null \x00 and \x1b control",
    "__proto__",
    "constructor",
    "toString",
    "a\r\nb\tc",
    "Київ – Ёлка 𝔘𝔫𝔦 👍🏽",
    "=cmd|' /C calc'!A0",
    "' OR 1=1; DROP TABLE events;--",
    "x" * 20_000,
)
BROKEN = "half \ud83d of a pair \udc00"


def event_of(text, index):
    row = Event(
        id=f"e{index}",
        kind="strike",
        date_start=dt.date(2025, 1, 1),
        date_end=dt.date(2025, 1, 2),
        lon=25.0 + index / 5,
        lat=49.0,
        precision_m=1000,
    )
    # Those that the tables hold to a list of words too, as a caller could make the frame.
    texts = (
        *("facility", "place", "weapon", "effects", "note", "admin1", "country"),
        *("kind", "date_basis", "actor", "target_type", "status"),
    )
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
    ).model_copy(update={"hedge": text, "id": text, "kind": text, "source": text})
    hostile = fact("note", text=text)
    part = Part(aspect=text, verdict="off", why=hostile, said=hostile, found=hostile)
    return Check(claim, hostile, (part, part), (hostile,))


@pytest.fixture
def hostile(january):
    def make(texts):
        sources = {
            f"s{index}": SourceInfo(title=text, publisher=text, date=dt.date(2025, 1, 1))
            for index, text in enumerate(texts)
        }
        info = MapInfo(
            title=texts[0],
            period=january.info.period,
            summary=texts[0],
            attribution=tuple(texts),
            sources=sources,
        )
        reports = pd.DataFrame(
            {
                "event_id": [f"e{index}" for index in range(len(texts))],
                "source": list(sources),
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
        located.events["position_kind"] = texts
        return located

    return make


def shown(opened, index, text):
    """Open an event and return in which of its parts the text stands in full."""
    opened.item(f"e{index}").evaluate("e => e.click()")
    parts = {
        "title": ".title",
        "kind and status": ".kicker",
        "facts": ".facts",
        "who": ".reports .who",
        "stance": ".stance",
        "summary": ".reports",
        "source": ".source",
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


def hostile_page(hostile, texts):
    front = squares(source=texts[1], licence=texts[1])
    checks = [check_of(text, index) for index, text in enumerate(texts)]
    return str(render(hostile(texts), checks=checks, fronts=front, allow_restricted=True))


def test_the_suite_is_large():
    assert len(set(PAYLOADS)) >= 60


def test_no_text_runs_and_none_is_lost(open_page, hostile):
    texts = list(PAYLOADS)
    # Without the policy, so that it is the escaping that holds.
    opened = open_page(hostile_page(hostile, texts), bypass_csp=True)
    assert opened.page.locator("h1").text_content() == texts[0]
    assert opened.page.title() == texts[0]
    assert texts[1] in opened.page.locator(".front-text").text_content()
    for index, text in enumerate(texts):
        found, wanted = shown(opened, index, text)
        assert found == wanted, text[:80]
    credits_ = opened.page.locator(".credits").evaluate("e => e.textContent")
    assert all(text in credits_ for text in texts)
    foreign = "a[href]:not([href^=http])"
    own = ".leaflet-popup-close-button, .leaflet-control-zoom a, .permalink a"
    assert opened.page.locator(foreign).count() == opened.page.locator(own).count()
    assert opened.page.evaluate("window.ran") is None
    assert opened.problems == []


def test_the_rest_of_the_page_works_on_hostile_texts(open_page, hostile):
    texts = list(PAYLOADS)
    opened = open_page(hostile_page(hostile, texts), bypass_csp=True)
    page = opened.page
    page.evaluate("document.querySelectorAll('.panel details').forEach((e) => { e.open = true; })")
    options = page.locator(".facet label").evaluate_all("es => es.map(e => e.textContent)")
    assert sum(texts[0] in option for option in options) >= 5
    page.evaluate("() => geoconflict.page.criteria.toggle('kind', '__proto__')")
    assert "1 of" in page.locator(".result").inner_text()
    page.wait_for_timeout(400)
    again = open_page(
        hostile_page(hostile, texts), state=page.evaluate("location.hash"), bypass_csp=True
    )
    assert "1 of" in again.page.locator(".result").inner_text()
    page.locator(".chip-clear").click()
    page.get_by_role("button", name="Table", exact=True).click()
    for order in ("title", "kind", "place", "-date"):
        page.get_by_label("Order").select_option(order)
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").click()
    features = json.loads(download.value.path().read_text("utf-8"))["features"]
    assert sorted(one["properties"]["effects"] for one in features) == sorted(texts)
    page.get_by_role("button", name="Code to embed it").click()
    for opened_page in (opened, again):
        assert opened_page.page.evaluate("window.ran") is None
        assert opened_page.problems == []


def test_with_its_policy_nothing_is_even_tried(open_page, hostile):
    opened = open_page(hostile_page(hostile, list(PAYLOADS)))
    shown(opened, 0, PAYLOADS[0])
    assert opened.page.evaluate("window.ran") is None
    assert opened.problems == []
    assert len(opened.requests) == 1


def test_half_a_character_is_shown_as_one_that_is_unknown(open_page, hostile):
    book = hostile(["title"])
    for column in ("effects", "note", "place_title", "facility_name"):
        book.events[column] = pd.Series([BROKEN], dtype=object)
    opened = open_page(str(render(book, checks=[], title=BROKEN)), bypass_csp=True)
    assert opened.page.title() == "half \ufffd of a pair \ufffd"
    found, _ = shown(opened, 0, BROKEN)
    assert {"title", "facts", "note"} <= found
    assert opened.problems == []
