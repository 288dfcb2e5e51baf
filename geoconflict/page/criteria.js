"use strict";
// What the reader has chosen: filters, search, range of time, order; and what follows from it.
geoconflict.criteria = (() => {
  const { facets: { make, select } } = geoconflict;

  class Criteria {
    constructor(store) {
      this.store = store;
      this.facets = make(store);
      this.search = new geoconflict.search.Search(store);
      this.listeners = [];
      this.days = this.wholeTime();
      this.reset();
    }

    // The period of the casebook, in which the front may move where nothing was reported, and what
    // lies outside of it.
    wholeTime() {
      const { start, end, info } = this.store;
      const [first, last] = info.period.map(geoconflict.dates.number);
      return [start.reduce((a, b) => Math.min(a, b), first), end.reduce((a, b) => Math.max(a, b), last)];
    }

    reset() {
      this.chosen = Object.fromEntries(this.facets.map(({ name }) => [name, new Set()]));
      this.query = "";
      [this.from, this.to] = this.days;
    }

    get isWholeTime() {
      return this.from <= this.days[0] && this.to >= this.days[1];
    }

    get isFiltered() {
      return Boolean(this.query.trim()) || this.facets.some(({ name }) => this.chosen[name].size);
    }

    // Changes what is chosen and tells whoever listens, once.
    change(changes) {
      Object.assign(this, changes);
      this.apply();
      for (const listener of this.listeners) listener(this);
    }

    toggle(name, code) {
      const codes = new Set(this.chosen[name]);
      if (!codes.delete(code)) codes.add(code);
      this.change({ chosen: { ...this.chosen, [name]: codes } });
    }

    clear() {
      this.reset();
      this.change({});
    }

    apply() {
      if (this.asked !== this.query) {
        this.asked = this.query;
        this.found = this.search.find(this.query);
      }
      Object.assign(this, select(this.store, this.facets, this));
    }

    listen(listener) {
      this.listeners.push(listener);
    }
  }

  return { Criteria };
})();
