"use strict";
// Full-text search: one folded text of all events, in which a word is looked up at once.
geoconflict.search = (() => {
  const { fold, language } = geoconflict;
  const COLUMNS = [
    "id", "facility_name", "facility", "place", "place_title", "weapon", "effects", "note", "position", "names",
  ];
  // Codes that are found by the page's own words for them, in any of its languages.
  const CODED = [["kind", "kind"], ["target_type", "target"], ["status", "status"], ["actor", "side"]];
  const AT_ONCE = 4000;

  // What of one event can be found, its reports and figures too, on one line.
  function text(store, index) {
    const { events } = store;
    const said = store.reports(index).flatMap(({ claimant, summary, source }) =>
      [claimant, summary, store.source(source)?.title]);
    const figures = store.claims(index).flatMap((claim) => [claim.text, claim.claimant]);
    return [...COLUMNS.map((name) => events[name].at(index)), ...said, ...figures]
      .filter(Boolean).join(" ").replaceAll("\n", " ");
  }

  // The words for a code in all languages, folded.
  function spoken(prefix, code) {
    return fold(language.all(`${prefix}.${code}`).join(" "));
  }

  class Search {
    constructor(store) {
      this.store = store;
      this.texts = [];
      this.starts = [];
      this.length = 0;
      this.done = 0;
    }

    // Folds the next events; true while more are left.
    advance() {
      const end = Math.min(this.store.size, this.done + AT_ONCE);
      const lines = [];
      for (let index = this.done; index < end; index += 1) lines.push(text(this.store, index));
      // Folding keeps line ends, so that one call does for many events.
      const folded = fold(lines.join("\n"));
      let at = this.length;
      for (const line of folded.split("\n")) {
        this.starts.push(at);
        at += line.length + 1;
      }
      this.texts.push(folded);
      this.length += folded.length + 1;
      this.done = end;
      return end < this.store.size;
    }

    // Makes the index in pauses, so that the page answers meanwhile.
    prepare() {
      if (this.store.size && this.done < this.store.size && this.advance()) {
        setTimeout(() => this.prepare(), 0);
      }
    }

    // For each event whether every word of a query is in it; null where nothing is asked.
    find(query) {
      const words = fold(query).split(/\s+/).filter(Boolean);
      if (!words.length) return null;
      while (this.done < this.store.size) this.advance();
      this.whole ??= this.texts.join("\n");
      return words.map((word) => this.rowsWith(word))
        .reduce((all, one) => all.map((found, index) => found & one[index]));
    }

    rowsWith(word) {
      const found = new Uint8Array(this.store.size);
      let row = 0;
      for (let at = this.whole.indexOf(word); at >= 0; at = this.whole.indexOf(word, at)) {
        row = this.rowAt(at, row);
        found[row] = 1;
        // The rest of an event that was found need not be looked at.
        at = row + 1 < this.starts.length ? this.starts[row + 1] : this.whole.length;
      }
      this.addCoded(found, word);
      return found;
    }

    addCoded(found, word) {
      for (const [column, prefix] of CODED) {
        const cells = this.store.events[column];
        const fitting = new Set([...new Set(cells)].filter((code) => code && spoken(prefix, code).includes(word)));
        if (fitting.size) cells.forEach((code, row) => fitting.has(code) && (found[row] = 1));
      }
    }

    rowAt(position, from) {
      let [low, high] = [from, this.starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (this.starts[middle] <= position) low = middle;
        else high = middle - 1;
      }
      return low;
    }
  }

  return { Search };
})();
