"use strict";
// The ways in which events can be filtered, and how many of each are left; no drawing.
geoconflict.facets = (() => {
  const { words } = geoconflict;
  const NONE = "-";

  // Codes of one value an event: each distinct one is an option.
  function single(cells) {
    return cells.map((cell) => [cell ?? NONE]);
  }

  function sources({ size, reportColumns, claimColumns }) {
    const found = Array.from({ length: size }, () => new Set());
    for (const { event, source } of [reportColumns, claimColumns]) {
      event.forEach((row, index) => row !== null && found[row].add(source[index]));
    }
    return found.map((set) => (set.size ? [...set] : [NONE]));
  }

  function verdicts({ size, claimColumns }) {
    const found = Array.from({ length: size }, () => new Set());
    const { event, verdict, checkable } = claimColumns;
    event.forEach((row, index) => row !== null && checkable[index] && found[row].add(verdict[index]));
    return found.map((set) => (set.size ? [...set] : [NONE]));
  }

  // One filter: its options with how many events have each, and the options of every event.
  class Facet {
    constructor(name, codes, label) {
      this.name = name;
      this.label = label;
      const places = new Map();
      this.from = new Int32Array(codes.length + 1);
      const items = [];
      codes.forEach((found, index) => {
        for (const code of found) {
          if (!places.has(code)) places.set(code, places.size);
          items.push(places.get(code));
        }
        this.from[index + 1] = items.length;
      });
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

  function make(store) {
    const { events } = store;
    const title = (id) => store.source(id)?.title ?? id;
    return [
      new Facet("kind", single(events.kind), words.kind),
      new Facet("side", single(events.actor), words.side),
      new Facet("target", single(events.target_type), words.target),
      new Facet("status", single(events.status), words.status),
      new Facet("verdict", verdicts(store), words.verdict),
      new Facet("source", sources(store), title),
    ];
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
