"use strict";
// Checks of the page's modules that draw nothing; what they return stands in `failures`.
(() => {
  const failures = [];
  const text = (value) => JSON.stringify(value, (_, one) => (
    one instanceof Set || ArrayBuffer.isView(one) ? [...one] : one));

  function same(what, found, wanted) {
    if (text(found) !== text(wanted)) failures.push(`${what}: found ${text(found)}, expected ${text(wanted)}`);
  }

  const { dates, bins, fold, unpack, arcs, address, language, areas } = geoconflict;

  // Days: figures from a calendar.
  same("first day", dates.number("1970-01-01"), 0);
  same("a leap day", dates.number("2024-02-29") - dates.number("2024-02-28"), 1);
  same("before 1900", dates.iso(dates.number("1853-10-16")), "1853-10-16");
  same("last of February", [2023, 2024, 1900, 2000].map((year) => dates.lastDay({ year, month: 2 })), [28, 29, 28, 29]);
  same("a month whole", dates.span("2025-01-01", "2025-01-31"), "January 2025");
  same("a year whole", dates.span("2024-01-01", "2024-12-31"), "2024");
  same("within a month", dates.span("2025-01-10", "2025-01-24"), "10 to 24 January 2025");
  for (let day = -200000; day < 40000; day += 997) same(`day ${day}`, dates.number(dates.iso(day)), day);
  const event = (kind, start, end, basis = "exact") => (
    dates.ofEvent({ kind, date_start: start, date_end: end, date_basis: basis }));
  same("a day", event("strike", "2025-01-24", "2025-01-24"), "24 January 2025");
  same("a night is one of strikes alone", event("strike", "2025-02-03", "2025-02-04")
    === event("clash", "2025-02-03", "2025-02-04"), false);

  // Weapons: usual words in any language of ours, all others as they are told.
  for (const [told, wanted] of [
    ["drones", "Дрони"], ["БПЛА", "БпЛА"], ["ударный дрон", "Ударний дрон"],
    ["drones, cruise missiles, FPV drone", "Дрони, крилаті ракети, FPV-дрон"],
    ["drones, Shahed-136", "Drones, Shahed-136"], ["SeaDragon missile", "SeaDragon missile"], ["", ""],
    ["two drones", "Two drones"], ["anti_tank drone", "Anti tank drone"],
  ]) {
    language.use("uk");
    same(`weapon ${told}`, geoconflict.words.weapon(told), wanted);
    language.use("en");
  }

  // Bins: they cover the days, in order, and are never too many for a picture.
  for (const length of [0, 1, 30, 119, 120, 400, 4000, 40000, 300000]) {
    const days = [100, 100 + length];
    const found = bins.make(days, days);
    const isOrdered = found.starts.every((start, at) => !at || start > found.starts[at - 1]);
    same(`bins of ${length} days`, [isOrdered, found.size < 125, found.starts.length - found.size], [true, true, 1]);
    same(`the ends of ${length} days`, [found.starts[0] <= days[0], found.starts.at(-1) > days[1]], [true, true]);
    const brute = days.map((day) => found.starts.findLastIndex((start) => start <= day));
    same(`found in bins of ${length} days`, days.map((day) => bins.find(found, day)), brute);
    same(`counted in bins of ${length} days`, bins.count(found, days, [0, 1]).reduce((sum, one) => sum + one), 2);
  }

  // Heat: smoothing moves no event out of the field, and what lies together is hottest.
  const spread = geoconflict.heat.field([[40.5, 30.5], [40.5, 30.5], [60.2, 30.9], [-5, 3]], 100, 80);
  same("every event counts once", Math.round(spread.reduce((a, b) => a + b, 0) * 100) / 100, 3);
  same("hottest where two lie", spread.indexOf(spread.reduce((a, b) => Math.max(a, b))), 30 * 100 + 40);
  same("cold far off", spread[70 * 100 + 5], 0);

  // One name in three spellings is found by each.
  same("Kharkiv", [fold("Харків"), fold("Харьков") === fold("Kharkov")], [fold("Kharkiv"), true]);
  same("Yo", fold("Орёл"), fold("Орел"));
  same("marks and case", fold("ÉCLAIR"), fold("eclair"));
  same("nothing", fold(""), "");

  // Columns in their shapes.
  same("unpacked", unpack.table({
    size: 3,
    columns: {
      a: [1, 2, 3], b: { value: "x" }, c: { values: ["p", "q"], codes: [1, 0, 1] }, d: { same: "c" },
      e: { numbers: [15, -20, 99], digits: 1, none: 99 },
      f: { words: ["At", ",", "mm", ""], lengths: [7, 0, 2], codes: [0, 1, 0, 0, 0, 1, 2], numbers: [7, 40] },
    },
  }), {
    size: 3, a: [1, 2, 3], b: ["x", "x", "x"], c: ["q", "p", "q"], d: ["q", "p", "q"],
    e: [1.5, -2, null], f: ["At 7,mm40", null, "At"],
  });

  // A table of words: the language's own, English where it lacks one, the key where all do.
  same("an unknown key", language.t("no.such.key"), "no.such.key");
  same("inherited names are no words", language.find("constructor"), null);

  // Wide is what is known only to lie in an area.
  same("no position is in no area", areas.isWide(null, null, null), false);

  // An address says what was chosen, and what it cannot mean is as on opening.
  const whole = [dates.number("2025-01-01"), dates.number("2025-01-31")];
  const asked = (query) => address.criteria(new URLSearchParams(query), whole);
  same("nothing asked", [asked("").from, asked("").to, asked("").query], [...whole, ""]);
  same("a range", asked("from=2025-01-05&to=2025-01-07").from, whole[0] + 4);
  same("a range turned round", asked("from=2025-01-07&to=2025-01-05").from, whole[0]);
  same("no day", asked("from=2025-13-45").from, whole[0]);
  same("chosen", asked("kind=strike&kind=clash").chosen.kind, ["strike", "clash"]);
  const view = (map) => address.view(new URLSearchParams({ map }));
  same("a view", view("7/48.5/37.25"), { zoom: 7, centre: [48.5, 37.25] });
  same("no views", ["7/99/37", "a/b/c", "7", "", "1/2"].map(view), [null, null, null, null, null]);
  same("a theme that is none", address.display(new URLSearchParams("theme=<b>")).theme, null);
  const shown = {
    map: { getCenter: () => ({ lat: 48.5, lng: 37.25 }), getZoom: () => 7 },
    criteria: {
      chosen: asked("kind=strike&source=a%26b%3Dc").chosen,
      query: "Київ #1", from: whole[0] + 1, to: whole[1], days: whole,
    },
    display: { theme: "dark", order: null },
  };
  const written = address.write(shown);
  const back = asked(written.slice(1));
  same("there and back", [back.chosen.kind, back.chosen.source, back.query, back.from, back.to],
    [["strike"], ["a&b=c"], "Київ #1", whole[0] + 1, whole[1]]);
  same("the view there and back", view(new URLSearchParams(written.slice(1)).get("map")), { zoom: 7, centre: [48.5, 37.25] });

  // Facets: counted again by hand, one event at a time.
  const kinds = ["strike", "clash", "strike", null];
  const columns = {
    id: ["a", "b", "c", "d"], kind: kinds, actor: ["UA", "RU", "RU", "RU"],
    target_type: [null, null, null, null], status: ["claimed", "claimed", "confirmed", "claimed"],
    date_start: ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"],
    date_end: ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-05"],
    lon: [37, 37, null, 38], lat: [48, 48, null, 49], position_kind: [null, null, null, null],
    precision_m: [10, 10, null, 10], facility_name: ["Харків", "b", "c", "d"], facility: [null, null, null, null],
    place: ["Lyman", "Lyman", "x", "y"], place_title: [null, null, null, null], weapon: [null, null, null, null],
    effects: ["fire", "", "", ""], note: [null, null, null, null], position: [null, null, null, null],
    names: [null, null, null, null], admin1: ["UA-14", null, "UA-63", null], country: ["UA", "UA", "UA", null],
  };
  const table = (own) => ({ size: own.event.length, columns: own });
  const store = geoconflict.store.make({
    info: { period: ["2025-01-01", "2025-01-05"], slug: "a" }, sources: { s: { title: "Source" } }, told: {},
    events: { size: 4, columns },
    reports: table({ event: [0, 0, 2], source: ["s", "s", "s"], claimant: ["m", "n", "m"], summary: ["", "", ""] }),
    claims: table({ event: [1], source: ["s"], verdict: ["off"], checkable: [true], text: ["500 km"], claimant: [""] }),
  });
  same("events at one point share a site", store.sites.of, [0, 0, -1, 1]);
  same("an event by its id", [store.find("c"), store.find("toString")], [2, null]);
  same("reports of an event", store.reports(0).map(({ claimant }) => claimant), ["m", "n"]);
  same("a source by an inherited name", store.source("constructor"), null);
  const criteria = new geoconflict.criteria.Criteria(store);
  criteria.apply();
  same("all events", criteria.rows, [0, 1, 2, 3]);
  criteria.toggle("kind", "strike");
  same("strikes", criteria.rows, [0, 2]);
  const kind = criteria.facets.findIndex(({ name }) => name === "kind");
  const ofKind = Object.fromEntries(criteria.facets[kind].codes.map((code, at) => [code, criteria.counts[kind][at]]));
  same("a filter counts as if it were open", ofKind, { strike: 2, clash: 1, "-": 1 });
  criteria.change({ from: dates.number("2025-01-03"), to: dates.number("2025-01-04") });
  same("strikes in two days", criteria.rows, [2]);
  criteria.clear();
  criteria.change({ query: "kharkiv" });
  same("found in another script", criteria.rows, [0]);
  criteria.change({ query: "no such thing" });
  same("nothing found", criteria.rows, []);

  // Two squares side by side on a grid: steps summed by hand, the border that they share.
  const ground = arcs.open({
    scale: [2, 10], translate: [100, 0], lengths: [2, 4, 4],
    x: [1, 0, 0, -1, 0, 1, 0, 1, 0, -1], y: [0, 1, 0, 0, -1, 0, 0, 0, 1, 0],
  });
  const squares = [{ lengths: [2], arcs: [0, 1] }, { lengths: [2], arcs: [2, -3] }];
  same("steps summed", ground.lines([[0]]), [[[102, 0], [102, 10]]]);
  same("a ring closed", ground.lines(arcs.lists(squares[0])),
    [[[102, 0], [102, 10], [100, 10], [100, 0], [102, 0]]]);
  same("an arc backwards", ground.lines(arcs.lists(squares[1]))[0].slice(-2), [[102, 10], [102, 0]]);
  same("what both share", arcs.shared(squares), [0]);
  return failures;
})();
