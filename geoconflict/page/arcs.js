"use strict";
// Outlines and lines made of shared arcs on a grid; an arc is decoded once, and written as its index
// or, where it runs backwards, as ~index.
geoconflict.arcs = (() => {
  // Mercator at zoom 0, the units in which Leaflet counts pixels.
  function project([lon, lat]) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return [((lon + 180) * 256) / 360, 128 - (Math.log((1 + sine) / (1 - sine)) * 64) / Math.PI];
  }

  // Sums of steps, as degrees.
  function degrees(steps, scale, start) {
    let sum = 0;
    return Float64Array.from(steps, (step) => (sum += step) * scale + start);
  }

  function join(path, points) {
    points.forEach(([x, y], index) => path[index ? "lineTo" : "moveTo"](x, y));
  }

  const middle = ([x1, y1], [x2, y2]) => [(x1 + x2) / 2, (y1 + y2) / 2];

  // Through the middle of each piece, bent at its corners; a line keeps its ends, a ring has none.
  function bend(path, points) {
    const last = points.length - 1;
    const isRing = points[0][0] === points[last][0] && points[0][1] === points[last][1];
    path.moveTo(...(isRing ? middle(points[last - 1], points[0]) : points[0]));
    for (let at = isRing ? 0 : 1; at < last; at += 1) {
      path.quadraticCurveTo(...points[at], ...middle(points[at], points[at + 1]));
    }
    if (!isRing) path.lineTo(...points[last]);
  }

  // Lists of arcs as lines of lon and lat, or as one path in Mercator at zoom 0.
  function open({ lengths, x, y, scale, translate }) {
    const from = [0];
    for (const length of lengths) from.push(from.at(-1) + length);
    const [lon, lat] = [degrees(x, scale[0], translate[0]), degrees(y, scale[1], translate[1])];

    function walk(line, visit) {
      const last = line.length - 1;
      line.forEach((index, part) => {
        const arc = index < 0 ? ~index : index;
        const [start, end] = [from[arc], from[arc + 1]];
        for (let i = part ? 1 : 0; i < end - start; i += 1) {
          const at = index < 0 ? end - 1 - i : start + i;
          visit([lon[at], lat[at]], (!part && !i) || (part === last && i === end - start - 1));
        }
      });
    }

    return {
      lines: (lists) => lists.map((line) => {
        const points = [];
        walk(line, (point) => points.push(point));
        return points;
      }),
      // Without the points that lie nearer than `least` to the one drawn before, and without lines
      // and rings of which nothing is left then; with bends in place of corners where `isRound`.
      path(lists, least = 0, isRound = false) {
        const path = new Path2D();
        for (const line of lists) {
          const kept = [];
          const isNear = ([x, y], [px, py]) => Math.abs(x - px) + Math.abs(y - py) < least;
          walk(line, (point, isEnd) => {
            const at = project(point);
            if (isEnd || !isNear(at, kept.at(-1))) kept.push(at);
          });
          if (kept.length < 3 && isNear(kept.at(-1), kept[0])) continue;
          (isRound && kept.length > 3 ? bend : join)(path, kept);
        }
        return path;
      },
    };
  }

  // The lines of a geometry, each a list of arcs.
  function lists({ lengths, arcs }) {
    let [at, arc] = [0, 0];
    return Array.from(lengths, (length) => Array.from(arcs.slice(at, at += length), (step) => arc += step));
  }

  // The arcs that two geometries share: borders between them, without the coast.
  function shared(geometries) {
    const uses = new Map();
    for (const index of geometries.flatMap(lists).flat()) {
      const arc = index < 0 ? ~index : index;
      uses.set(arc, (uses.get(arc) ?? 0) + 1);
    }
    return [...uses].filter(([, count]) => count > 1).map(([arc]) => arc);
  }

  return { project, open, lists, shared };
})();
