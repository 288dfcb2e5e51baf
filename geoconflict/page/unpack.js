"use strict";
// The data of the page: compressed JSON in base64, unpacked by the browser itself.
geoconflict.unpack = (() => {
  function bytes(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  }

  async function read(id) {
    const element = document.getElementById(id);
    const packed = new Blob([bytes(element.textContent)]).stream();
    element.remove();
    return JSON.parse(await new Response(packed.pipeThrough(new DecompressionStream("deflate"))).text());
  }

  // A column as a plain list, whichever of its three shapes it came in.
  function column(cells, size) {
    if (Array.isArray(cells)) return cells;
    if (!("codes" in cells)) return new Array(size).fill(cells.value);
    const { values, codes } = cells;
    return codes.map((code) => values[code]);
  }

  function table({ size, columns }) {
    const names = Object.keys(columns);
    return { size, ...Object.fromEntries(names.map((name) => [name, column(columns[name], size)])) };
  }

  return { read, table };
})();
