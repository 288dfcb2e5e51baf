"use strict";
// What is shown, saved by the reader: as a table, as GeoJSON, and files in general.
geoconflict.downloads = (() => {
  const { dates } = geoconflict;
  const COLUMNS = [
    "id", "kind", "date_start", "date_end", "date_basis", "facility", "facility_name", "place", "admin1",
    "country", "lon", "lat", "precision_m", "actor", "target_type", "weapon", "effects", "killed", "injured",
    "launched", "shot_down", "status", "note",
    "position",
  ];
  const FORMULA = /^[=+\-@\t\r]/;

  function save(name, blob) {
    const url = URL.createObjectURL(blob);
    const link = geoconflict.elements.make("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  // A spreadsheet would run a text that starts as a formula does; the apostrophe stops that.
  function cell(value) {
    if (value === null || value === undefined) return "";
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function sourcesOf(store, row) {
    return [...new Set(store.reports(row).map(({ source }) => source))].join(" | ");
  }

  function verdictsOf(store, row) {
    return store.claims(row).filter(({ checkable }) => checkable)
      .map(({ id, verdict }) => `${id}: ${verdict}`).join(" | ");
  }

  function record(store, row) {
    const fields = Object.fromEntries(COLUMNS.map((name) => [name, store.events[name][row]]));
    return { ...fields, sources: sourcesOf(store, row), verdicts: verdictsOf(store, row) };
  }

  // With a mark at its start by which spreadsheets know UTF-8.
  function csv(store, rows) {
    const names = [...COLUMNS, "sources", "verdicts"];
    const lines = rows.map((row) => {
      const fields = record(store, row);
      return names.map((name) => cell(fields[name])).join(",");
    });
    return `\ufeff${[names.join(","), ...lines].join("\r\n")}\r\n`;
  }

  function attributions({ info }) {
    return [...info.attribution, ...info.data_attribution];
  }

  function geojson(store, rows, { from, to }) {
    const { lon, lat, info } = store;
    const features = rows.map((row) => ({
      type: "Feature",
      id: store.events.id[row],
      geometry: lon[row] === null ? null : { type: "Point", coordinates: [lon[row], lat[row]] },
      properties: record(store, row),
    }));
    return JSON.stringify({
      type: "FeatureCollection", title: document.title, from: dates.iso(from), to: dates.iso(to),
      attribution: attributions(store), ...(info.blur_km ? { blur_km: info.blur_km } : {}), features,
    });
  }

  function saveCsv(store, { rows }) {
    save(`${store.info.slug}.csv`, new Blob([csv(store, rows)], { type: "text/csv" }));
  }

  function saveGeojson(store, criteria) {
    const text = geojson(store, criteria.rows, criteria);
    save(`${store.info.slug}.geojson`, new Blob([text], { type: "application/geo+json" }));
  }

  return { save, saveCsv, saveGeojson, attributions };
})();
