"use strict";
// Where to move the map so that an event and what was measured of it are in view beside its panel.
geoconflict.framing = (() => {
  const MARGIN = 40;
  const STEP = 0.5;

  // `ends` are lat and lon of what should be seen, the event first; `room` is what covers the map.
  function find(map, ends, { right, below }, { least, most }) {
    const size = map.getSize();
    const free = L.point(size.x - right, size.y - below);
    for (let zoom = most; ; zoom -= STEP) {
      const points = ends.map((end) => map.project(end, zoom));
      const around = L.bounds(points);
      const extent = around.getSize();
      const fits = extent.x <= free.x - 2 * MARGIN && extent.y <= free.y - 2 * MARGIN;
      if (fits || zoom - STEP < least) {
        const target = fits ? around.getCenter() : points[0];
        const middle = target.add(size.divideBy(2)).subtract(free.divideBy(2));
        return { centre: map.unproject(middle, zoom), zoom };
      }
    }
  }

  return { find };
})();
