"use strict";
// What the reader has decided so far: kept in the browser, and every step can be undone.
geoconflict.state = (() => {
  const DATA = JSON.parse(document.getElementById("draft").textContent);
  const KEY = `geoconflict-review-${DATA.key}`;
  const MOST_STEPS = 200;
  const LEVELS = ["open", "likely", "certain", "person"];
  const listeners = [];
  const past = [];
  let now = load() ?? { events: DATA.drafts.flatMap(fromDraft), report: 0 };
  let isKept = true;

  function fromDraft(draft, report) {
    return draft.events.map((event) => ({
      key: `${report}-${event.id}`, report, state: "open", spans: event.spans,
      background: event.is_background, claims: event.claims, places: event.places,
      known: draft.known[event.id] ?? null, sameAs: "",
      cells: Object.fromEntries(DATA.columns.filter((column) => column in event.cells)
        .map((column) => [column, event.cells[column]])),
      said: event.reports.map((one) => ({
        claimant: one.claimant.value, stance: one.stance.value, side: one.side,
        start: one.claimant.start, end: one.claimant.end,
      })),
    }));
  }

  function load() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify(now));
      isKept = true;
    } catch {
      isKept = false;
    }
  }

  // Every change goes through here: a copy is changed, the one before stays to be undone to.
  function change(step) {
    past.push(now);
    if (past.length > MOST_STEPS) past.shift();
    now = structuredClone(now);
    step(now);
    tell();
  }

  function undo() {
    if (!past.length) return;
    now = past.pop();
    tell();
  }

  function tell() {
    keep();
    for (const listener of listeners) listener();
  }

  function find(key, all = now) {
    return all.events.find((event) => event.key === key);
  }

  function edit(key, step) {
    change((all) => step(find(key, all), all));
  }

  // A cell that a person filled rests on the words that it had, or on none.
  function set(key, column, value) {
    edit(key, (event) => {
      const old = event.cells[column];
      if (value === "") delete event.cells[column];
      else event.cells[column] = { ...(old ?? { start: -1, end: -1 }), value, certainty: "person", rule: "" };
      if (event.state === "dropped") event.state = "open";
    });
  }

  function choose(key, place) {
    edit(key, (event) => {
      const { start, end } = event.cells.place ?? { start: -1, end: -1 };
      const given = {
        place: place.name, admin1: place.admin1, country: place.country,
        lon: place.lon, lat: place.lat, precision_m: place.precision_m,
      };
      for (const [column, value] of Object.entries(given)) {
        if (value === "" || value === null) delete event.cells[column];
        else event.cells[column] = { value, start, end, certainty: "person", rule: "" };
      }
    });
  }

  function free(all) {
    let number = all.events.length + 1;
    while (find(`new-${number}`, all)) number += 1;
    return `new-${number}`;
  }

  function add(report, cells, spans) {
    change((all) => all.events.push({
      key: free(all), report, state: "open", spans, background: false, claims: [], places: [],
      known: null, sameAs: "", cells, said: [],
    }));
    return now.events.at(-1).key;
  }

  function split(key) {
    change((all) => {
      const at = all.events.findIndex((event) => event.key === key);
      const twin = structuredClone(all.events[at]);
      all.events.splice(at + 1, 0, { ...twin, key: free(all), state: "open", known: null, sameAs: "" });
    });
  }

  // The first keeps its own cells, and gets those that it has not, and all who speak.
  function merge(key, other) {
    change((all) => {
      const [one, two] = [find(key, all), find(other, all)];
      one.cells = { ...two.cells, ...one.cells };
      one.spans = [...one.spans, ...two.spans];
      one.claims = [...new Set([...one.claims, ...two.claims])];
      const names = new Set(one.said.map((said) => `${said.claimant}|${said.stance}`));
      one.said.push(...two.said.filter((said) => !names.has(`${said.claimant}|${said.stance}`)));
      all.events = all.events.filter((event) => event !== two);
    });
  }

  function isWhole(event) {
    const has = (column) => column in event.cells;
    return has("kind") && has("date_start") && has("date_end")
      && ["facility", "place", "admin1", "country"].some(has);
  }

  function doubt(event) {
    return Math.min(...Object.values(event.cells).map((cell) => LEVELS.indexOf(cell.certainty)), 3);
  }

  function basis(cell) {
    return cell?.certainty === "open" ? "about" : "exact";
  }

  function values(event) {
    const found = Object.fromEntries(Object.entries(event.cells).map(([column, cell]) => [column, cell.value]));
    return { ...found, date_basis: basis(event.cells.date_start) };
  }

  // What geoconflict accept takes: the accepted events of each report.
  function review() {
    const reports = DATA.drafts.map((draft, report) => {
      const events = now.events.filter((event) => event.report === report && event.state === "accepted");
      const claims = new Set(events.flatMap((event) => event.claims));
      return {
        source: draft.source,
        events: events.map((event) => ({
          values: values(event),
          said: event.said.map(({ claimant, stance, side }) => ({ claimant, stance, side })),
          claims: event.claims, is_background: event.background, same_as: event.sameAs,
        })),
        claims: draft.claims.filter((claim) => claims.has(claim.id)),
      };
    });
    return { geoconflict: "review", reports: reports.filter((report) => report.events.length) };
  }

  return {
    DATA, LEVELS, change, undo, edit, set, choose, add, split, merge, find, isWhole, doubt, review, tell,
    now: () => now,
    canUndo: () => past.length > 0,
    isKept: () => isKept,
    listen: (listener) => listeners.push(listener),
  };
})();
