"use strict";
// A canvas of its own below the layers that keeps what it shows where the map is moved, so that only
// what comes into view is drawn; every click goes through it.
geoconflict.sheet = (() => {
  const RATIO = L.Browser.retina ? 2 : 1;

  // What a frame shows after a move that it did not show before: a strip at a side, and one below or
  // above the rest.
  function uncovered({ min, max }, { x, y }) {
    const strips = [];
    if (x) strips.push(L.bounds([x > 0 ? max.x - x : min.x, min.y], [x > 0 ? max.x : min.x - x, max.y]));
    if (y) strips.push(L.bounds([min.x, y > 0 ? max.y - y : min.y], [max.x, y > 0 ? max.y : min.y - y]));
    return strips;
  }

  const Sheet = L.Canvas.extend({
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { _bounds: bounds, _container: canvas, _ctx: ctx, _zoom: zoom } = this;
      const [size, at] = [bounds.getSize(), bounds.min.add(this._map.getPixelOrigin())];
      L.DomUtil.setPosition(canvas, bounds.min);
      const kept = this._kept?.zoom === zoom && this._kept.size.equals(size) ? at.subtract(this._kept.at) : null;
      if (kept && Math.abs(kept.x) < size.x && Math.abs(kept.y) < size.y) {
        ctx.setTransform(1, 0, 0, 1, 0, 0);
        ctx.globalCompositeOperation = "copy";
        ctx.drawImage(canvas, -kept.x * RATIO, -kept.y * RATIO);
        ctx.globalCompositeOperation = "source-over";
        this._fresh = uncovered(bounds, kept);
      } else {
        [canvas.width, canvas.height] = [size.x * RATIO, size.y * RATIO];
        [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
        this._fresh = [null];
      }
      ctx.setTransform(RATIO, 0, 0, RATIO, -bounds.min.x * RATIO, -bounds.min.y * RATIO);
      this._kept = { zoom, size, at };
      this.fire("update");
    },
    _updatePaths() {
      for (const layer of Object.values(this._layers)) layer._update();
      for (const strip of this._fresh) {
        this._redrawBounds = strip;
        this._redraw();
      }
    },
  });

  function add(map, name, zIndex) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = "none";
    return new Sheet({ pane: name, padding: 0.1 });
  }

  return { add };
})();
