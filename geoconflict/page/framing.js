"use strict";
// Where to move the map so that an event, what was measured of it and its popup are all in view.
geoconflict.framing = (() => {
  const MARGIN = 40;
  const STEP = 0.5;

  function clamp(value, low, high) {
    return low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high);
  }

  // Where on one side of the screen the event goes: as near to the middle of all as is allowed.
  function along(offsets, size, low, high) {
    const [first, last] = [Math.min(...offsets), Math.max(...offsets)];
    const place = clamp((size - first - last) / 2, low, high);
    return { place, fits: place + first >= MARGIN && place + last <= size - MARGIN };
  }

  // `ends` are lat and lon of what should be seen, the event first; `room` is what its popup takes.
  function find(map, ends, room, { least, most }) {
    const size = map.getSize();
    const top = Math.min(room.above + MARGIN, size.y - 2 * MARGIN);
    for (let zoom = most; ; zoom -= STEP) {
      const [event, ...others] = ends.map((end) => map.project(end, zoom));
      const apart = [event, ...others].map((point) => point.subtract(event));
      const x = along(apart.map((d) => d.x), size.x, room.beside, size.x - room.beside);
      const y = along(apart.map((d) => d.y), size.y, top, size.y - MARGIN);
      if ((x.fits && y.fits) || zoom - STEP < least) {
        const middle = event.subtract([x.place, y.place]).add(size.divideBy(2));
        return { centre: map.unproject(middle, zoom), zoom };
      }
    }
  }

  return { find };
})();
