"use strict";
// The data of the page: compressed JSON in base64, unpacked by the browser itself.
geoconflict.unpack = (() => {
  const [NEW, NUMBER, KNOWN] = [0, 1, 2];

  function bytes(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  }

  // Arrays of whole numbers stand behind the JSON: of all the lowest byte, then of all the next.
  function revived(value, take) {
    if (value === null || typeof value !== "object" || (Array.isArray(value) && typeof value[0] !== "object")) return value;
    if ("#" in value) return take(...value["#"]);
    for (const key of Object.keys(value)) value[key] = revived(value[key], take);
    return value;
  }

  function decoded(content) {
    let at = 4 + new DataView(content.buffer).getUint32(0, true);
    const value = JSON.parse(new TextDecoder().decode(content.subarray(4, at)));
    return revived(value, (size, width, isSigned) => {
      const found = new Int32Array(size);
      for (let plane = 0; plane < width; plane += 1, at += size) {
        for (let i = 0; i < size; i += 1) found[i] |= content[at + i] << (8 * plane);
      }
      if (isSigned) for (let i = 0; i < size; i += 1) found[i] = (found[i] >>> 1) ^ -(found[i] & 1);
      return found;
    });
  }

  async function read(id) {
    const element = document.getElementById(id);
    const packed = new Blob([bytes(element.textContent)]).stream();
    element.remove();
    const opened = new Response(packed.pipeThrough(new DecompressionStream("deflate")));
    return decoded(new Uint8Array(await opened.arrayBuffer()));
  }

  function isWord(part) {
    const code = part.charCodeAt(0);
    return code > 127 || (code > 47 && code < 58) || ((code | 32) > 96 && (code | 32) < 123);
  }

  // Texts from their words, put together when one is asked for; two words or numbers in a row have
  // a space between them.
  class Texts {
    constructor({ words, lengths, codes, numbers }) {
      Object.assign(this, { words, codes, numbers, lengths, spaced: words.map(isWord) });
      this.from = new Int32Array(3 * lengths.length);
      let [at, word, number] = [0, 0, 0];
      lengths.forEach((length, row) => {
        this.from.set([at, word, number], 3 * row);
        for (const end = at + Math.max(0, length - 1); at < end; at += 1) {
          if (codes[at] === NEW) word += 1;
          else if (codes[at] === NUMBER) number += 1;
        }
      });
    }

    at(row) {
      if (!this.lengths[row]) return null;
      let [at, nextWord, nextNumber] = this.from.subarray(3 * row, 3 * row + 3);
      let [text, follows] = ["", false];
      for (const end = at + this.lengths[row] - 1; at < end; at += 1) {
        const code = this.codes[at];
        const word = code === NEW ? nextWord++ : code - KNOWN;
        const isOne = code === NUMBER || this.spaced[word];
        if (follows && isOne) text += " ";
        text += code === NUMBER ? this.numbers[nextNumber++] : this.words[word];
        follows = isOne;
      }
      return text;
    }

    all() {
      return Array.from(this.lengths, (_, row) => this.at(row));
    }
  }

  function decimals({ numbers, digits, none }) {
    const scale = 10 ** digits;
    return Array.from(numbers, (number) => (number === none ? null : number / scale));
  }

  // The distinct values of a column and the place of each row's among them, where it came so.
  const coded = new WeakMap();

  function spread({ values, codes }) {
    const known = column(values);
    const found = Array.from(codes, (code) => known[code]);
    coded.set(found, { values: known, codes });
    return found;
  }

  // A column as a plain list, whichever of its shapes it came in; or as one that has `at` alone.
  function column(cells, size, isLazy = false) {
    if (Array.isArray(cells)) return cells;
    if ("values" in cells) return spread(cells);
    if ("words" in cells) return isLazy ? new Texts(cells) : new Texts(cells).all();
    if ("numbers" in cells) return decimals(cells);
    return new Array(size).fill(cells.value);
  }

  function table({ size, columns }, lazy = []) {
    const found = { size };
    const same = new Map();
    for (const [name, cells] of Object.entries(columns)) {
      if (cells.same) found[name] = found[cells.same];
      else if (!("value" in cells)) found[name] = column(cells, size, lazy.includes(name));
      else {
        if (!same.has(cells.value)) same.set(cells.value, column(cells, size));
        found[name] = same.get(cells.value);
      }
    }
    return found;
  }

  return { read, table, coded: (cells) => coded.get(cells) };
})();
