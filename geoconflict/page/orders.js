"use strict";
// The orders in which events can be listed.
geoconflict.orders = (() => {
  const { details, words } = geoconflict;

  function place({ events }, row) {
    const [name, event] = [events.place[row], { lon: events.lon[row], lat: events.lat[row] }];
    const known = ["settlement", "water"].includes(events.position_kind[row]) ? events.place_name?.[row] : null;
    return known ?? (name && geoconflict.placenames.local(name, event)) ?? events.place_title[row] ?? "";
  }

  // What a row is sorted by, in each order but that of the date.
  const KEYS = {
    title: (store, row) => details.heading(store.event(row)).slice(0, 80),
    kind: ({ events }, row) => words.kind(events.kind[row]),
    target: ({ events }, row) => (events.target_type[row] ? words.target(events.target_type[row]) : ""),
    side: ({ events }, row) => words.side(events.actor[row]),
    status: ({ events }, row) => words.status(events.status[row]),
    place,
    weapon: ({ events }, row) => events.weapon[row] ?? "",
    oblast: ({ events }, row) => events.admin1[row] ?? "",
    precision: ({ events }, row) => (events.lon[row] === null ? "~" : String(events.precision_m[row] ?? "~")),
    source: (store, row) => store.reports(row)[0]?.source ?? "",
    ...Object.fromEntries(["killed", "injured", "launched", "shot_down"].map((name) =>
      [name, ({ events }, row) => (events[name]?.[row] == null ? "" : String(events[name][row]))])),
  };
  // Those that the list offers; the table sorts by any of its columns.
  const LISTED = ["title", "kind", "target", "side", "status", "place"];

  function byDate({ start, end }) {
    return (a, b) => end[a] - end[b] || start[a] - start[b] || b - a;
  }

  // Rows in an order such as "title" or "-date"; a minus turns it around.
  function sort(store, rows, order) {
    const name = order.replace(/^-/, "");
    const turn = order.startsWith("-") ? -1 : 1;
    const dates = byDate(store);
    if (name === "date") return rows.toSorted((a, b) => turn * dates(a, b));
    const { compare } = new Intl.Collator(geoconflict.language.code(), { numeric: true });
    const keys = new Map(rows.map((row) => [row, KEYS[name](store, row)]));
    const distinct = [...new Set(keys.values())].sort(compare);
    const ranks = new Map(distinct.map((key, rank) => [key, rank]));
    for (const [row, key] of keys) keys.set(row, ranks.get(key));
    return rows.toSorted((a, b) => turn * (keys.get(a) - keys.get(b)) || dates(b, a));
  }

  return { sort, place, LISTED, NAMES: ["date", ...Object.keys(KEYS)] };
})();
