"use strict";
// The ways in which events can be filtered, and how many of each are left; no drawing.
geoconflict.facets = (() => {
  const { words } = geoconflict;
  const NONE = "-";

  const NOTHING = [NONE];

  // Each tells the codes of an event: of one value, or of all its reports and figures.
  function single(cells) {
    const { values, codes } = geoconflict.unpack.coded(cells) ?? { values: cells, codes: null };
    return (index, tell) => tell(values[codes ? codes[index] : index] ?? NONE);
  }

  function several(pairs) {
    const found = new Map();
    for (const [row, code] of pairs) {
      if (!found.has(row)) found.set(row, new Set());
      found.get(row).add(code);
    }
    return (index, tell) => (found.get(index) ?? NOTHING).forEach((code) => tell(code));
  }

  function sources({ reportColumns, claimColumns }) {
    return several([reportColumns, claimColumns].flatMap(({ event, source }) =>
      event.map((row, index) => [row, source[index]])));
  }

  function verdicts({ claimColumns: { event, verdict, checkable } }) {
    return several(event.map((row, index) => [row, verdict[index]]).filter((_, index) => checkable[index]));
  }

  // One filter: its options with how many events have each, and the options of every event.
  class Facet {
    constructor(name, { size }, tellCodes, label) {
      this.name = name;
      this.label = label;
      const places = new Map();
      this.from = new Int32Array(size + 1);
      const items = [];
      const add = (code) => {
        let place = places.get(code);
        if (place === undefined) places.set(code, place = places.size);
        items.push(place);
      };
      for (let index = 0; index < size; index += 1) {
        tellCodes(index, add);
        this.from[index + 1] = items.length;
      }
      this.items = Int32Array.from(items);
      this.codes = [...places.keys()];
      this.totals = this.counter();
      for (const item of items) this.totals[item] += 1;
    }

    counter() {
      return new Int32Array(this.codes.length);
    }

    // Which options are chosen, as a list by place; null where none is, so that all pass.
    chosen(codes) {
      if (!codes.size) return null;
      return Uint8Array.from(this.codes, (code) => (codes.has(code) ? 1 : 0));
    }

    has(index, chosen) {
      for (let at = this.from[index]; at < this.from[index + 1]; at += 1) {
        if (chosen[this.items[at]]) return true;
      }
      return false;
    }

    count(index, counts) {
      for (let at = this.from[index]; at < this.from[index + 1]; at += 1) counts[this.items[at]] += 1;
    }
  }

  // The name of each oblast, from whatever lies in it.
  function oblasts({ events }) {
    const names = new Map();
    events.admin1.forEach((code, row) => {
      if (!code || names.has(code)) return;
      const own = events.position_kind[row] === "admin1" ? events.place_name?.[row] : null;
      const around = events.place_around?.[row]?.split(", ") ?? [];
      const found = own ?? (around.length > 1 ? around[0] : null);
      if (found) names.set(code, found);
    });
    return (code) => names.get(code) ?? code;
  }

  // How exactly an event is placed.
  function precisions({ events, lon, isArea }) {
    return (index, tell) => {
      const metres = events.precision_m[index];
      if (lon[index] === null) tell("unlocated");
      else if (isArea[index]) tell("area");
      else if (metres === null) tell("unknown");
      else tell(["point", "town", "wide"][(metres > 1000) + (metres > 15000)]);
    };
  }

  function make(store) {
    const { events } = store;
    const title = (id) => store.source(id)?.title ?? id;
    return [
      ["kind", single(events.kind), words.kind],
      ["side", single(events.actor), words.side],
      ["target", single(events.target_type), words.target],
      ["status", single(events.status), words.status],
      ["oblast", single(events.admin1), oblasts(store)],
      ["weapon", single(events.weapon), words.weapon],
      ["precision", precisions(store), (code) => geoconflict.language.t(`precision.${code}`)],
      ["verdict", verdicts(store), words.verdict],
      ["source", sources(store), title],
    ].map(([name, tellCodes, label]) => new Facet(name, store, tellCodes, label));
  }

  // The events that pass, and of each option how many would if its own filter were open.
  function select(store, facets, { chosen, from, to, found }) {
    const wanted = facets.map((facet) => facet.chosen(chosen[facet.name]));
    const counts = facets.map((facet) => facet.counter());
    const [rows, inTime] = [[], []];
    for (let index = 0; index < store.size; index += 1) {
      if (found && !found[index]) continue;
      const isOut = store.end[index] < from || store.start[index] > to;
      let [misses, missed] = [0, -1];
      for (let at = 0; at < facets.length && misses < 2; at += 1) {
        if (wanted[at] && !facets[at].has(index, wanted[at])) {
          misses += 1;
          missed = at;
        }
      }
      if (!misses) inTime.push(index);
      if (isOut || misses > 1) continue;
      if (misses) facets[missed].count(index, counts[missed]);
      else {
        rows.push(index);
        facets.forEach((facet, at) => facet.count(index, counts[at]));
      }
    }
    return { rows, counts, anyTime: inTime };
  }

  return { make, select, NONE };
})();
