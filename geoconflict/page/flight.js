"use strict";
// A flight of the map that is drawn anew on the way: between two drawings a canvas is only stretched, and
// what is drawn on it alone would stand where the map has got to since.
geoconflict.flight = (() => {
  const { _redraw: redraw } = L.Canvas.prototype;

  L.Canvas.include({
    _redraw() {
      if (!this._map?.isFlying || this._isWhole) {
        redraw.call(this);
        return;
      }
      this._redrawRequest = this._redrawBounds = null;
      this._isStale = true;
    },
  });

  function canvases(map) {
    const found = [];
    map.eachLayer((layer) => layer instanceof L.Canvas && found.push(layer));
    return found;
  }

  // Whether a canvas as it was drawn still fills the view.
  function fills(map, { _center: centre, _zoom: zoom, options: { padding } }) {
    const half = map.getSize().divideBy(2);
    const off = map.project(map.getCenter(), zoom).subtract(map.project(centre, zoom));
    const wide = half.multiplyBy(1 + 2 * padding);
    const seen = half.multiplyBy(2 ** (zoom - map.getZoom()));
    return Math.abs(off.x) + seen.x <= wide.x && Math.abs(off.y) + seen.y <= wide.y;
  }

  const STRETCH = 0.5;

  function draw({ target: map }) {
    const all = canvases(map);
    const isGood = (one) => !one._isStale && Math.abs(one._zoom - map.getZoom()) < STRETCH && fills(map, one);
    if (all.every(isGood)) return;
    for (const one of all) {
      one._isWhole = true;
      one._onZoomEnd();
      one._update();
      one._isWhole = one._isStale = false;
    }
  }

  // A flight ends with the first; one that a finger stops with the second alone.
  const ENDS = "zoomend moveend";

  function land(event) {
    const { target: map } = event;
    map.isFlying = false;
    map.off("move", draw).off(ENDS, land);
    if (canvases(map).some((one) => one._isStale)) draw(event);
  }

  function to(map, centre, zoom, duration) {
    map.stop().off("move", draw).off(ENDS, land);
    map.isFlying = true;
    map.on("move", draw).on(ENDS, land).flyTo(centre, zoom, { duration });
  }

  return { to };
})();
