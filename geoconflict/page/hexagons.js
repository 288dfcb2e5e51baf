"use strict";
// Events counted in hexagons of one size on the screen, the darker the more; instead of symbols.
geoconflict.hexagons = (() => {
  const WIDE = 44;
  const [LIGHTEST, DARKEST] = [0.18, 0.85];

  // The middle of the hexagon that a point lies in, as column and row of a grid with pointed tops.
  function cellOf(x, y, size) {
    const [q, r] = [(x * Math.sqrt(3) - y) / 3 / size, (2 * y) / 3 / size];
    let [a, b] = [Math.round(q), Math.round(r)];
    const c = Math.round(-q - r);
    const [da, db, dc] = [Math.abs(a - q), Math.abs(b - r), Math.abs(c + q + r)];
    if (da > db && da > dc) a = -b - c;
    else if (db > dc) b = -a - c;
    return [a, b];
  }

  function count(sites, store, rows, { scale, size }) {
    const found = new Map();
    for (const row of rows) {
      const site = store.sites.of[row];
      if (site < 0 || store.isArea[row]) continue;
      const [a, b] = cellOf(sites.x[site] * scale, sites.y[site] * scale, size);
      const key = `${a} ${b}`;
      const cell = found.get(key);
      if (cell) cell.rows.push(row);
      else {
        found.set(key, {
          x: size * Math.sqrt(3) * (a + b / 2), y: size * 1.5 * b, radius: size, rows: [row], isHexagon: true,
        });
      }
    }
    return [...found.values()];
  }

  function place(sites, store, rows, zoom) {
    const cells = count(sites, store, rows, { scale: 2 ** zoom, size: WIDE / 2 });
    const most = Math.max(1, ...cells.map((cell) => cell.rows.length));
    return cells.map((cell) => ({
      ...cell, alpha: LIGHTEST + (DARKEST - LIGHTEST) * Math.sqrt(cell.rows.length / most), total: cell.rows.length,
    }));
  }

  return { place, cellOf };
})();
