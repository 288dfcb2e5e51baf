"use strict";
// Events that would stand on each other on the screen, brought together; pure geometry in pixels.
geoconflict.groups = (() => {
  // Wider than the world in cells at any zoom, so that two numbers make one key.
  const ROW = 2 ** 24;
  // Groups whose middles came as near as this share of the reach would cover each other.
  const TOUCH = 0.9;
  const ROUNDS = 4;
  const STEPS = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.7, -0.7], [-0.7, -0.7], [0.7, 0.7], [-0.7, 0.7]];

  // Things by the cell of the plane that they lie in, to find what is near a point.
  class Cells {
    constructor(size) {
      this.size = size;
      this.cells = new Map();
    }

    add(thing) {
      const key = Math.floor(thing.x / this.size) * ROW + Math.floor(thing.y / this.size);
      const cell = this.cells.get(key);
      if (cell) cell.push(thing);
      else this.cells.set(key, [thing]);
    }

    // The first thing no farther than `reach`, at most a cell's size, that passes a test.
    find({ x, y }, reach, test = () => true) {
      const [i, j] = [Math.floor(x / this.size), Math.floor(y / this.size)];
      for (let di = -1; di <= 1; di += 1) {
        for (let dj = -1; dj <= 1; dj += 1) {
          for (const other of this.cells.get((i + di) * ROW + j + dj) ?? []) {
            const [dx, dy] = [other.x - x, other.y - y];
            if (dx * dx + dy * dy <= reach * reach && test(other)) return other;
          }
        }
      }
      return null;
    }
  }

  // Groups points no farther than `reach` from each other's middle; a group stands in the middle of
  // its members, each of which counts as its rows do.
  function near(points, reach) {
    let groups = gather(points, reach);
    for (let round = 0; round < ROUNDS; round += 1) {
      groups.forEach(centre);
      const merged = gather(groups, reach * TOUCH);
      if (merged.length === groups.length) break;
      groups = merged.map(({ x, y, members }) => ({ x, y, members: members.flatMap((group) => group.members) }));
    }
    groups.forEach(centre);
    return groups;
  }

  function centre(group) {
    let [x, y, weight] = [0, 0, 0];
    for (const member of group.members) {
      const own = member.rows.length;
      x += member.x * own;
      y += member.y * own;
      weight += own;
    }
    group.x = x / weight;
    group.y = y / weight;
  }

  // Those no farther than `reach` from the first of their group, in the order given.
  function gather(points, reach) {
    const cells = new Cells(reach);
    const groups = [];
    for (const point of points) {
      const group = cells.find(point, reach);
      if (group) {
        group.members.push(point);
      } else {
        const found = { x: point.x, y: point.y, members: [point] };
        groups.push(found);
        cells.add(found);
      }
    }
    return groups;
  }

  // Offsets of n symbols in a ring, the first to the north, wide enough not to touch.
  function ring(count, radius) {
    const wide = Math.max(radius * 1.35, (count * radius * 2.3) / (2 * Math.PI));
    return Array.from({ length: count }, (_, index) => {
      const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
      return [Math.cos(angle) * wide, Math.sin(angle) * wide];
    });
  }

  // The least shift that frees a symbol from those already placed, where `isAllowed` to stand there;
  // null where there is no room, as a wrong place is worse than a crowded one.
  function freeOffset({ x, y }, radius, { cells, isAllowed }) {
    for (const far of [0, 1, 1.5, 2, 3]) {
      for (const [dx, dy] of far ? STEPS : [[0, 0]]) {
        const shift = [dx * far * radius * 1.9, dy * far * radius * 1.9];
        const at = { x: x + shift[0], y: y + shift[1] };
        if (!covering(at, radius, cells) && (!far || isAllowed(at))) return shift;
      }
    }
    return null;
  }

  // A symbol that one of this radius would touch; null where there is none.
  function covering(at, radius, cells) {
    return cells.find(at, cells.size, (other) =>
      !other.isGone && Math.hypot(other.x - at.x, other.y - at.y) < other.radius + radius);
  }

  return { Cells, near, ring, freeOffset, covering };
})();
