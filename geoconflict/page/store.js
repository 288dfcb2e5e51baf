"use strict";
// The casebook of the page: columns as they come, rows made when they are asked for.
geoconflict.store = (() => {
  const { areas, dates, unpack } = geoconflict;
  // Long texts, of which few are ever read.
  const LAZY = ["effects", "note", "position", "names", "summary"];

  function row(columns, index) {
    const found = { index };
    for (const name of Object.keys(columns)) {
      if (name !== "size") found[name] = columns[name].at(index);
    }
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

  // Each distinct text is parsed once; most days come more than once.
  function dayNumbers(texts) {
    const { values, codes } = unpack.coded(texts) ?? { values: texts, codes: texts.map((_, row) => row) };
    const days = values.map(dates.number);
    return Float64Array.from(codes, (code) => days[code]);
  }

  // What stands at exactly one point shares a site.
  function sites({ lon, lat }) {
    const places = new Map();
    const found = { lon: [], lat: [], of: new Int32Array(lon.length).fill(-1) };
    lon.forEach((x, index) => {
      if (x === null) return;
      // Five decimals of both in one whole number.
      const key = Math.round((x + 180) * 1e5) * 2 ** 25 + Math.round((lat[index] + 90) * 1e5);
      let site = places.get(key);
      if (site === undefined) {
        places.set(key, site = places.size);
        found.lon.push(x);
        found.lat.push(lat[index]);
      }
      found.of[index] = site;
    });
    return found;
  }

  // Which events are known only to be somewhere in an area.
  function wide({ size, lon, position_kind: kinds, precision_m: precisions }) {
    const found = new Uint8Array(size);
    for (let index = 0; index < size; index += 1) {
      found[index] = areas.isWide(lon[index], kinds[index], precisions[index]) ? 1 : 0;
    }
    return found;
  }

  // A table with our own texts in the language of the page.
  function inLanguage(data, name) {
    const own = unpack.table(data[name], LAZY);
    const told = data.told[geoconflict.language.code()]?.[name];
    return told ? { ...own, ...unpack.table(told, LAZY), size: own.size } : own;
  }

  function make(data) {
    const { info, sources } = data;
    const [events, reports, claims] = ["events", "reports", "claims"]
      .map((name) => inLanguage(data, name));
    const [reportRows, claimRows] = [reports, claims].map(byEvent);
    const rowsOf = (columns, index, event) =>
      (index.get(event) ?? []).map((found) => row(columns, found));
    let idRows = null;
    return {
      info, events, reportColumns: reports, claimColumns: claims,
      size: events.size,
      lon: events.lon,
      lat: events.lat,
      sites: sites(events),
      start: dayNumbers(events.date_start),
      end: dayNumbers(events.date_end),
      isArea: wide(events),
      source: (id) => (Object.hasOwn(sources, id) ? sources[id] : null),
      sourceIds: () => Object.keys(sources),
      event: (index) => row(events, index),
      find(id) {
        idRows ??= new Map(events.id.map((one, index) => [one, index]));
        return idRows.get(id) ?? null;
      },
      isLocated: (index) => events.lon[index] !== null,
      reports: (index) => rowsOf(reports, reportRows, index),
      claims: (index) => rowsOf(claims, claimRows, index),
      otherClaims: () => rowsOf(claims, claimRows, null),
      isDenied: (index) =>
        (reportRows.get(index) ?? []).some((found) => reports.stance[found] === "denies"),
      allClaims: () => claims.event.map((_, index) => row(claims, index)),
    };
  }

  return { make };
})();
