"use strict";
// What the colour and the size of symbols stand for: any column that tells events apart.
geoconflict.colouring = (() => {
  const { language: { t }, words, facets: { NONE } } = geoconflict;
  const SERIES = 7;
  // A column of which one value has so large a share tells nothing.
  const TELLING = 0.9;
  const NUMBERS = ["killed", "injured", "launched", "shot_down", "count"];
  const PREFERRED = ["status", "kind", "target", "side", "weapon", "source"];
  const REST = "other";

  class Colouring {
    constructor({ store, facets }, { by, size }) {
      this.store = store;
      this.facets = facets;
      this.listeners = [];
      this.by = this.names().includes(by) ? by : this.telling();
      this.size = this.sizes().includes(size) ? size : null;
      this.prepare();
    }

    facet(name = this.by) {
      return this.facets.find((one) => one.name === name);
    }

    // Columns with at least two values.
    names() {
      return this.facets.filter(({ codes, name }) => codes.length > 1 || name === "status").map(({ name }) => name);
    }

    sizes() {
      return NUMBERS.filter((name) => this.store.events[name]?.some((value) => value > 0));
    }

    // The first column that does not give nearly all events one colour.
    telling() {
      const { size } = this.store;
      const tells = (name) => {
        const facet = this.facet(name);
        return facet && facet.codes.length > 1 && Math.max(...facet.totals) < TELLING * size;
      };
      return PREFERRED.find(tells) ?? "status";
    }

    set(changes) {
      Object.assign(this, changes);
      this.prepare();
      for (const listener of this.listeners) listener(this);
    }

    listen(listener) {
      this.listeners.push(listener);
    }

    prepare() {
      const facet = this.facet();
      const order = facet.codes.map((_, at) => at).filter((at) => facet.codes[at] !== NONE)
        .sort((a, b) => facet.totals[b] - facet.totals[a] || (facet.codes[a] < facet.codes[b] ? -1 : 1));
      this.shown = order.slice(0, SERIES).map((at) => facet.codes[at]);
      this.ranks = new Map(order.slice(0, SERIES).map((at, rank) => [at, `series-${rank}`]));
      this.hasRest = order.length > SERIES || facet.codes.includes(NONE);
      const numbers = this.size ? this.store.events[this.size].map((value) => value ?? 0) : [];
      this.most = Math.max(1, numbers.reduce((a, b) => Math.max(a, b), 0));
    }

    get isStatus() {
      return this.by === "status";
    }

    // The name of the colour of an event.
    codeOf(row) {
      if (this.isStatus) return this.store.events.status[row];
      const facet = this.facet();
      return this.ranks.get(facet.items[facet.from[row]]) ?? REST;
    }

    // How many times as large as usual a symbol is.
    scaleOf(row) {
      if (!this.size) return 1;
      return 0.8 + 1.7 * Math.sqrt((this.store.events[this.size][row] ?? 0) / this.most);
    }

    // Names of colours with what they stand for, for the legend.
    entries() {
      if (this.isStatus) return words.STATUSES.map((code) => [code, words.status(code), t(`meaning.${code}`)]);
      const label = (code) => geoconflict.list.cut(this.facet().label(code));
      const own = this.shown.map((code, rank) => [`series-${rank}`, label(code), ""]);
      return this.hasRest ? [...own, [REST, t("colour.rest"), ""]] : own;
    }
  }

  return { Colouring };
})();
