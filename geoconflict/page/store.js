"use strict";
// The casebook of the page: columns as they come, rows made when they are asked for.
geoconflict.store = (() => {
  function read(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  function row(columns, index) {
    const found = { index };
    for (const name of Object.keys(columns)) found[name] = columns[name][index];
    return found;
  }

  function byEvent(columns) {
    const rows = new Map();
    columns.event.forEach((event, index) => {
      if (!rows.has(event)) rows.set(event, []);
      rows.get(event).push(index);
    });
    return rows;
  }

  function load() {
    const { info, sources, events, reports, claims } = read("casebook-data");
    const reportRows = byEvent(reports);
    const claimRows = byEvent(claims);
    const rowsOf = (columns, index, event) =>
      (index.get(event) ?? []).map((found) => row(columns, found));
    return {
      info,
      size: events.id.length,
      lon: events.lon,
      lat: events.lat,
      source: (id) => (Object.hasOwn(sources, id) ? sources[id] : null),
      sourceIds: () => Object.keys(sources),
      event: (index) => row(events, index),
      isLocated: (index) => events.lon[index] !== null,
      reports: (index) => rowsOf(reports, reportRows, index),
      claims: (index) => rowsOf(claims, claimRows, index),
      otherClaims: () => rowsOf(claims, claimRows, null),
      isDenied: (index) =>
        (reportRows.get(index) ?? []).some((found) => reports.stance[found] === "denies"),
      allClaims: () => claims.event.map((_, index) => row(claims, index)),
    };
  }

  return { load, read };
})();
