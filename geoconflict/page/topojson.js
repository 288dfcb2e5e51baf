"use strict";
// TopoJSON made paths: arcs are decoded once, and drawn wherever an object uses them.
geoconflict.topojson = (() => {
  function decodeArcs({ arcs, transform }) {
    const [kx, ky] = transform.scale;
    const [x0, y0] = transform.translate;
    return arcs.map((arc) => {
      let x = 0;
      let y = 0;
      return arc.map(([dx, dy]) => [(x += dx) * kx + x0, (y += dy) * ky + y0]);
    });
  }

  function arcIndexes(geometry) {
    return geometry.arcs ? geometry.arcs.flat(Infinity) : [];
  }

  // An arc is written as its index, or as ~index where it runs backwards.
  function line(decoded, indexes) {
    const points = [];
    for (const index of indexes) {
      const arc = index < 0 ? decoded[~index].toReversed() : decoded[index];
      for (let i = points.length ? 1 : 0; i < arc.length; i += 1) points.push(arc[i]);
    }
    return points;
  }

  function lines(decoded, geometry) {
    const { type, arcs } = geometry;
    const parts = { LineString: [arcs], MultiLineString: arcs, Polygon: arcs };
    const found = type === "MultiPolygon" ? arcs.flat() : (parts[type] ?? []);
    return found.map((indexes) => line(decoded, indexes));
  }

  // The arcs that two geometries share: borders between them, without the coast.
  function sharedLines(decoded, geometries) {
    const uses = new Map();
    for (const geometry of geometries) {
      for (const index of arcIndexes(geometry)) {
        const arc = index < 0 ? ~index : index;
        uses.set(arc, (uses.get(arc) ?? 0) + 1);
      }
    }
    return [...uses].filter(([, count]) => count > 1).map(([arc]) => decoded[arc]);
  }

  return { decodeArcs, lines, sharedLines };
})();
