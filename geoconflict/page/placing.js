"use strict";
// Where each event stands on the screen at one zoom, alone, in a ring or counted; no drawing.
geoconflict.placing = (() => {
  const { RADIUS, NUMBERED, FRONT, TAG, shapeOf } = geoconflict.symbols;
  const { Cells, near, ring, freeOffset, covering } = geoconflict.groups;
  const REACH = 32;
  const GROUP_RADIUS = 15;
  const LARGEST_GROUP = 26;
  const RING_ZOOM = 6;
  const RING_MOST = 10;
  // More than the two largest radii together.
  const CELL = 72;

  // Events by site, areas apart, in the order of the rows; x and y in pixels of the zoom.
  function points(store, sites, rows, scale) {
    const [exact, wide] = [new Map(), new Map()];
    for (const row of rows) {
      const site = store.sites.of[row];
      if (site < 0) continue;
      const found = store.isArea[row] ? wide : exact;
      const point = found.get(site);
      if (point) point.rows.push(row);
      else found.set(site, { x: sites.x[site] * scale, y: sites.y[site] * scale, rows: [row] });
    }
    return [exact, wide].map((found) => [...found.values()]);
  }

  function numberOf({ events }, row) {
    return events.kind[row] === "interception" ? events.count[row] : null;
  }

  // Whose advance or fighting it is, where that is known.
  function sideOf({ events }, row) {
    return FRONT.has(events.kind[row]) && events.actor[row] !== "unknown" ? events.actor[row] : null;
  }

  function single(store, row, { x, y }, [dx, dy], leader = null) {
    const { events } = store;
    const [kind, number] = [events.kind[row], numberOf(store, row)];
    const { colouring } = geoconflict.page;
    return {
      x: x + dx, y: y + dy, radius: (number === null ? RADIUS : NUMBERED) * colouring.scaleOf(row), rows: [row],
      leader, number, shape: shapeOf(kind, events.target_type[row]), status: colouring.codeOf(row),
      side: sideOf(store, row), isArea: store.isArea[row] === 1,
    };
  }

  function shares(rows) {
    const counts = new Map();
    for (const row of rows) {
      const status = geoconflict.page.colouring.codeOf(row);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return counts;
  }

  function group(store, rows, { x, y }, [dx, dy], isOnePlace) {
    const wide = GROUP_RADIUS + 2.6 * Math.max(0, Math.log10(rows.length) - 1);
    return {
      x: x + dx, y: y + dy, radius: Math.min(LARGEST_GROUP, wide), rows, isOnePlace,
      shares: shares(rows), total: rows.length, isArea: rows.every((row) => store.isArea[row]),
    };
  }

  // Interceptions over one unit are one shield with the sum of their numbers.
  function shield(store, rows, at, offset) {
    const numbers = rows.map((row) => numberOf(store, row));
    if (!numbers.every((number) => number !== null)) return null;
    const statuses = new Set(rows.map(geoconflict.page.colouring.codeOf, geoconflict.page.colouring));
    return {
      ...single(store, rows[0], at, offset), rows, isOnePlace: true,
      number: numbers.reduce((sum, number) => sum + number, 0),
      status: statuses.size === 1 ? [...statuses][0] : null,
    };
  }

  function allRows({ members }) {
    return members.length === 1 ? members[0].rows : members.flatMap(({ rows }) => rows);
  }

  function fitsRing(found, zoom, others) {
    const count = found.members[0].rows.length;
    if (zoom < RING_ZOOM || count > RING_MOST || found.members.length > 1) return false;
    const [, top] = ring(count, RADIUS)[0];
    const reach = RADIUS * 2 - top + GROUP_RADIUS;
    return !others.find(found, Math.min(reach, CELL), (other) => other !== found);
  }

  // One number in the middle of each unit for all events that are known to lie in it.
  function totals(store, rows, { zoom, shading }) {
    const scale = 2 ** zoom;
    const byUnit = geoconflict.elements.grouped(rows.filter((row) => shading.middleOf(row)), shading.unitOf);
    return [...byUnit.values()].map((found) => {
      const [x, y] = shading.middleOf(found[0]);
      return { ...group(store, found, { x: x * scale, y: y * scale }, [0, 0], false), isUnit: true };
    });
  }

  // Events as symbols, or what is shown in their place: `as` is hexagons, heat or units, and null
  // where each stands for itself. `shading` says whether a spot, in Mercator at zoom 0, lies in the
  // area that an event is known for.
  function place(store, sites, rows, { zoom, as, shading }) {
    const { within } = shading;
    if (as === "units") {
      const rest = rows.filter((row) => !shading.middleOf(row));
      return [...totals(store, rows, { zoom, shading }), ...place(store, sites, rest, { zoom, as: null, shading })];
    }
    if (as) {
      const cells = as === "hexagons" ? geoconflict.hexagons.place(sites, store, rows, zoom) : [];
      return [...cells, ...areasAlone(store, sites, rows, { zoom, within })];
    }
    const placed = [];
    const [exact, wide] = points(store, sites, rows, 2 ** zoom);
    const groups = near(exact, REACH);
    const others = new Cells(CELL);
    for (const found of groups) others.add(found);
    for (const found of groups) {
      const members = allRows(found);
      if (members.length === 1) placed.push(single(store, members[0], found, [0, 0]));
      else if (fitsRing(found, zoom, others)) {
        const tagged = members.some((row) => sideOf(store, row));
        ring(members.length, tagged ? RADIUS + TAG / 2 : RADIUS).forEach((offset, index) =>
          placed.push(single(store, members[index], found, offset, offset)));
      } else placed.push(group(store, members, found, [0, 0], found.members.length === 1));
    }
    return placeAreas(store, near(wide, 1), { placed, within, scale: 2 ** zoom });
  }

  // What lies in an area stands for all of it also where the others are counted.
  function areasAlone(store, sites, rows, { zoom, within }) {
    const [, wide] = points(store, sites, rows, 2 ** zoom);
    return placeAreas(store, near(wide, 1), { placed: [], within, scale: 2 ** zoom });
  }

  // What is known for a whole oblast gives way to what has a place of its own, yet never leaves the
  // oblast or circle that it is known for; a line leads back to its middle. Where there is no room in
  // it, both are counted together.
  function placeAreas(store, groups, { placed, within, scale }) {
    const taken = new Cells(CELL);
    for (const symbol of placed) taken.add(symbol);
    const areas = groups.map((found) => {
      const members = allRows(found);
      const radius = members.length > 1 ? GROUP_RADIUS : single(store, members[0], found, [0, 0]).radius;
      const isAllowed = ({ x, y }) => within(members[0], { x: x / scale, y: y / scale }, radius / scale);
      const offset = freeOffset(found, radius, { cells: taken, isAllowed });
      if (!offset) return merged(store, { ...found, radius, rows: members }, taken);
      const leader = offset[0] || offset[1] ? offset : null;
      const symbol = members.length === 1
        ? single(store, members[0], found, offset)
        : shield(store, members, found, offset) ?? group(store, members, found, offset, true);
      return added({ ...symbol, leader }, taken);
    });
    return [...placed, ...areas].filter(({ isGone }) => !isGone);
  }

  function added(symbol, cells) {
    cells.add(symbol);
    return symbol;
  }

  // A symbol together with all that it would cover, in the middle of them.
  function merged(store, found, cells) {
    const other = covering(found, found.radius, cells);
    if (!other) return added(found, cells);
    other.isGone = true;
    const [dx, dy] = other.leader ?? [0, 0];
    const [own, theirs] = [found.rows.length, other.rows.length];
    const middle = (one, two) => (one * own + two * theirs) / (own + theirs);
    const at = { x: middle(found.x, other.x - dx), y: middle(found.y, other.y - dy) };
    return merged(store, group(store, [...other.rows, ...found.rows], at, [0, 0], false), cells);
  }

  return { place };
})();
