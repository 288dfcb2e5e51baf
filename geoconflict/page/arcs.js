"use strict";
// Outlines and lines made of shared arcs on a grid, as paths in Mercator at zoom 0.
geoconflict.arcs = (() => {
  const { project } = geoconflict.basemap;

  // Lon and lat of the points of an arc.
  function degrees([x0, y0, ...steps], step) {
    let [x, y] = [x0, y0];
    const found = [[x * step, y * step]];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      found.push([x * step, y * step]);
    }
    return found;
  }

  // Lists of arcs as lines of lon and lat.
  function lines({ step, arcs }, lists) {
    return lists.map((line) => line.flatMap((index, part) => degrees(arcs[index], step).slice(part ? 1 : 0)));
  }

  // Gives the path of a list of lines, each a list of arcs; an arc is decoded when first used.
  function reader({ step, arcs }) {
    const decoded = new Map();
    const arc = (index) => {
      if (!decoded.has(index)) decoded.set(index, degrees(arcs[index], step).map(project));
      return decoded.get(index);
    };
    return (lines) => {
      const path = new Path2D();
      for (const line of lines) {
        line.forEach((index, part) => {
          const found = arc(index);
          for (let i = part ? 1 : 0; i < found.length; i += 1) {
            if (i || part) path.lineTo(...found[i]);
            else path.moveTo(...found[i]);
          }
        });
      }
      return path;
    };
  }

  // A layer that draws what it is given, in Mercator at zoom 0, below the events.
  const Layer = L.Path.extend({
    options: { interactive: false, weight: 0 },
    initialize(paint, options) {
      L.setOptions(this, options);
      this._paint = paint;
    },
    _project() {},
    _update() {
      this._pxBounds = this._renderer._bounds;
    },
    _containsPoint: () => false,
    _updatePath() {
      if (!this._renderer._drawing) return;
      const ctx = this._renderer._ctx;
      const origin = this._map.getPixelOrigin();
      const scale = this._map.getZoomScale(this._map.getZoom(), 0);
      ctx.save();
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
      ctx.translate(-origin.x, -origin.y);
      ctx.scale(scale, scale);
      this._paint(ctx, scale);
      ctx.restore();
    },
  });

  function layer(map, renderer, paint) {
    return new Layer(paint, { renderer, pane: renderer.options.pane }).addTo(map);
  }

  return { reader, lines, layer };
})();
