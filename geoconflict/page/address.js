"use strict";
// The state of the page in its address, so that a link shows what its sender saw.
geoconflict.address = (() => {
  const { dates } = geoconflict;
  const FACETS = ["kind", "side", "target", "status", "verdict", "source", "oblast", "weapon", "precision"];
  const SIZES = ["killed", "injured", "launched", "shot_down", "count"];
  const ORDERS = [
    "date", "title", "kind", "target", "side", "status", "place", "weapon", "oblast", "precision", "source", "killed",
    "injured", "launched", "shot_down",
  ].flatMap((name) => [name, `-${name}`]);
  const PAUSE_MS = 350;

  function read() {
    return new URLSearchParams(location.hash.slice(1));
  }

  function day(text) {
    const days = /^\d{4}-\d\d-\d\d$/.test(text ?? "") ? dates.number(text) : NaN;
    return Number.isNaN(days) ? null : days;
  }

  // What an address says of the criteria; what it does not say is as on opening.
  function criteria(given, whole) {
    const [from, to] = [day(given.get("from")), day(given.get("to"))];
    const isRange = (from ?? whole[0]) <= (to ?? whole[1]);
    return {
      chosen: Object.fromEntries(FACETS.map((name) => [name, new Set(given.getAll(name))])),
      query: given.get("q") ?? "",
      from: isRange ? from ?? whole[0] : whole[0],
      to: isRange ? to ?? whole[1] : whole[1],
    };
  }

  function view(given) {
    const [zoom, lat, lon] = (given.get("map") ?? "").split("/").map(Number);
    const isView = given.get("map") && [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) < 86;
    return isView ? { zoom, centre: [lat, lon] } : null;
  }

  function display(given) {
    const pick = (name, known) => (known.includes(given.get(name)) ? given.get(name) : null);
    return {
      order: pick("sort", ORDERS), mode: pick("list", ["table"]),
      theme: pick("theme", ["light", "dark"]), language: pick("lang", ["en", "uk", "ru"]),
      front: pick("front", ["off", "change"]), event: given.get("event"),
      colour: pick("colour", FACETS), size: pick("size", SIZES),
    };
  }

  function write({ map, criteria: { chosen, query, from, to, days }, display: shown }) {
    const given = new URLSearchParams();
    const { lat, lng } = map.getCenter();
    given.set("map", [map.getZoom(), lat.toFixed(4), lng.toFixed(4)].join("/"));
    if (from > days[0]) given.set("from", dates.iso(from));
    if (to < days[1]) given.set("to", dates.iso(to));
    for (const name of FACETS) for (const code of chosen[name]) given.append(name, code);
    if (query.trim()) given.set("q", query);
    for (const [name, value] of Object.entries(shown)) if (value) given.set(name, value);
    return `#${given.toString().replaceAll("%2F", "/")}`;
  }

  // A page that stands in another's text has no address of its own.
  function set(hash, how = "replaceState") {
    try {
      history[how](null, "", hash);
    } catch {
      return false;
    }
    return true;
  }

  // A step of its own, so that the way back leads out of what was opened.
  const push = (hash) => set(hash, "pushState");

  // Calls `save` at once, yet seldom enough for browsers that count the changes of an address.
  function paced(save) {
    let isWaiting = false;
    let last = -Infinity;
    const now = () => {
      isWaiting = false;
      last = performance.now();
      save();
    };
    return () => {
      if (isWaiting) return;
      isWaiting = true;
      const rest = last + PAUSE_MS - performance.now();
      // What changes together is saved together.
      if (rest > 0) setTimeout(now, rest);
      else queueMicrotask(now);
    };
  }

  return { read, criteria, view, display, write, set, push, paced };
})();
