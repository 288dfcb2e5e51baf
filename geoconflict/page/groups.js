"use strict";
// Events that would stand on each other on the screen, brought together; pure geometry in pixels.
geoconflict.groups = (() => {
  // Groups points no farther than `reach` from the first of their group, in the order given.
  function near(points, reach) {
    const cells = new Map();
    const groups = [];
    const key = (i, j) => `${i},${j}`;
    for (const point of points) {
      const i = Math.floor(point.x / reach);
      const j = Math.floor(point.y / reach);
      const group = nearest(cells, key, i, j, point, reach);
      if (group) {
        group.members.push(point);
        continue;
      }
      const found = { x: point.x, y: point.y, members: [point] };
      groups.push(found);
      if (!cells.has(key(i, j))) cells.set(key(i, j), []);
      cells.get(key(i, j)).push(found);
    }
    return groups;
  }

  function nearest(cells, key, i, j, point, reach) {
    for (let di = -1; di <= 1; di += 1) {
      for (let dj = -1; dj <= 1; dj += 1) {
        const group = cells.get(key(i + di, j + dj))?.find(
          (other) => Math.hypot(other.x - point.x, other.y - point.y) <= reach,
        );
        if (group) return group;
      }
    }
    return null;
  }

  function isOnePlace({ members }) {
    return members.every(({ x, y }) => x === members[0].x && y === members[0].y);
  }

  // Offsets of n symbols in a ring, the first to the north, wide enough not to touch.
  function ring(count, radius) {
    const wide = Math.max(radius * 1.35, (count * radius * 2.3) / (2 * Math.PI));
    return Array.from({ length: count }, (_, index) => {
      const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
      return [Math.cos(angle) * wide, Math.sin(angle) * wide];
    });
  }

  // The least shift that frees a symbol from those already placed.
  function freeOffset({ x, y }, radius, taken) {
    const steps = [[0, 0], [1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
    for (const far of [1, 2]) {
      for (const [dx, dy] of steps) {
        const shift = [dx * far * radius * 1.9, dy * far * radius * 1.9];
        const at = { x: x + shift[0], y: y + shift[1] };
        const isFree = taken.every((t) => Math.hypot(t.x - at.x, t.y - at.y) >= t.radius + radius);
        if (isFree) return shift;
      }
    }
    return [0, 0];
  }

  return { near, isOnePlace, ring, freeOffset };
})();
