"use strict";
// Symbols of events: a shape for the kind, a fill for the status, the same on map and legend.
geoconflict.symbols = (() => {
  const { makeSvg } = geoconflict.elements;
  // Paths in a box from -10 to 10.
  const SHAPES = {
    strike: "M0-10 2.3-5.5 7.1-7.1 5.5-2.3 10 0 5.5 2.3 7.1 7.1 2.3 5.5 0 10-2.3 5.5-7.1 7.1"
      + "-5.5 2.3-10 0-5.5-2.3-7.1-7.1-2.3-5.5Z",
    interception: "M0-10C3-8 6-7 9-7V0C9 5.5 5 8.5 0 10.5-5 8.5-9 5.5-9 0V-7C-6-7-3-8 0-10Z",
    advance: "M0-9.5 9 8.5 0 4.5-9 8.5Z",
    control_change: "M-7.5-7.5H7.5V7.5H-7.5Z",
    clash: "M-8.8-5.6-5.6-8.8 0-3.2 5.6-8.8 8.8-5.6 3.2 0 8.8 5.6 5.6 8.8 0 3.2-5.6 8.8"
      + "-8.8 5.6-3.2 0Z",
    other: "M-7.5 0A7.5 7.5 0 1 1 7.5 0 7.5 7.5 0 1 1-7.5 0Z",
  };
  // Apart in lightness, so that they stay apart to colour-blind eyes and in grey print.
  const FILLS = {
    claimed: "#f2b632", confirmed: "#2a78b8", geolocated: "#641a4c", disputed: "#ffffff",
  };
  const INK = "#22262a";
  const OPEN = "#c2410c";
  const RADIUS = 9;
  const NUMBERED = 15;
  // How far the dashed ring of a symbol stands off that is somewhere in an area.
  const HALO = 5;
  const paths = {};

  function shape(kind) {
    return Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : SHAPES.other;
  }

  function fill(status) {
    return Object.hasOwn(FILLS, status) ? FILLS[status] : "#d0d4d8";
  }

  function textOn(status) {
    return status === "confirmed" || status === "geolocated" ? "#ffffff" : INK;
  }

  function drawHalo(ctx, radius) {
    disc(ctx, radius + HALO, "rgba(255, 255, 255, 0.6)");
    ctx.beginPath();
    ctx.arc(0, 0, radius + HALO, 0, 2 * Math.PI);
    ctx.strokeStyle = INK;
    ctx.lineWidth = 1.3;
    ctx.setLineDash([3, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function drawShape(ctx, { kind, status, radius, number, isOpen }) {
    const scale = radius / 10;
    paths[kind] ??= new Path2D(shape(kind));
    ctx.save();
    ctx.scale(scale, scale);
    ctx.lineJoin = "round";
    ctx.strokeStyle = isOpen ? OPEN : "#ffffff";
    ctx.lineWidth = (isOpen ? 7 : 4.5) / scale;
    ctx.stroke(paths[kind]);
    ctx.fillStyle = fill(status);
    ctx.fill(paths[kind]);
    ctx.strokeStyle = INK;
    ctx.lineWidth = 1.4 / scale;
    ctx.stroke(paths[kind]);
    ctx.restore();
    if (number !== null) write(ctx, number, textOn(status), 12);
  }

  function write(ctx, text, ink, size) {
    ctx.font = `600 ${size}px system-ui, -apple-system, 'Segoe UI', Arial, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = ink;
    ctx.fillText(String(text), 0, 0.5);
  }

  // A ring with the share of each status, and the number of events inside.
  function drawGroup(ctx, { statuses, radius, isOpen }) {
    const total = statuses.length;
    if (isOpen) disc(ctx, radius + 3, OPEN);
    disc(ctx, radius + (isOpen ? 0 : 1.5), "#ffffff");
    let from = -Math.PI / 2;
    for (const status of Object.keys(FILLS)) {
      const share = statuses.filter((found) => found === status).length / total;
      if (share) arc(ctx, radius - 2.5, from, (from += share * 2 * Math.PI), fill(status));
    }
    ctx.strokeStyle = INK;
    ctx.lineWidth = 1;
    for (const edge of [radius, radius - 5]) {
      ctx.beginPath();
      ctx.arc(0, 0, edge, 0, 2 * Math.PI);
      ctx.stroke();
    }
    write(ctx, total, INK, total > 999 ? 10 : 12);
  }

  function disc(ctx, radius, colour) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  }

  function arc(ctx, radius, from, to, colour) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, from, to);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 5;
    ctx.stroke();
  }

  function icon(kind, status = null, size = 16) {
    return makeSvg(
      "svg",
      { viewBox: "-12 -12 24 24", width: size, height: size, class: "symbol", "aria-hidden": "true" },
      makeSvg("path", {
        d: shape(kind), fill: status ? fill(status) : "#e3e6e8", stroke: INK,
        "stroke-width": 1.6, "stroke-linejoin": "round",
      }),
    );
  }

  L.Canvas.include({
    _updateSymbol(layer) {
      if (!this._drawing || layer._empty()) return;
      const ctx = this._ctx;
      ctx.save();
      // Leaflet leaves the dashes and opacity of the layer before.
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
      ctx.translate(layer._point.x, layer._point.y);
      if (layer.options.leader) drawLeader(ctx, layer.options.offset);
      if (layer.options.symbol.isArea) drawHalo(ctx, layer._radius);
      if (layer.options.group) drawGroup(ctx, layer.options.symbol);
      else drawShape(ctx, layer.options.symbol);
      ctx.restore();
    },
  });

  // From a symbol that stands in a ring back to the place of its event.
  function drawLeader(ctx, [dx, dy]) {
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.lineTo(-dx, -dy);
    ctx.strokeStyle = "rgba(34, 38, 42, 0.55)";
    ctx.lineWidth = 1;
    ctx.stroke();
    ctx.translate(-dx, -dy);
    disc(ctx, 2.2, INK);
    ctx.translate(dx, dy);
  }

  // A marker on the canvas, some pixels off its place where others stand there too.
  const Symbol = L.CircleMarker.extend({
    options: { weight: 8, offset: [0, 0], symbol: null, group: false, leader: false },
    _project() {
      this._point = this._map.latLngToLayerPoint(this._latlng).add(this.options.offset);
      this._updateBounds();
    },
    _updateBounds() {
      const halo = this.options.symbol.isArea ? HALO : 0;
      const reach = this._radius + halo + this._clickTolerance();
      const [dx, dy] = this.options.offset;
      const bounds = L.bounds(this._point.subtract([reach, reach]), this._point.add([reach, reach]));
      this._pxBounds = bounds.extend(this._point.subtract([dx, dy]));
    },
    _updatePath() {
      this._renderer._updateSymbol(this);
    },
  });

  return { icon, fill, shape, FILLS, SHAPES, RADIUS, NUMBERED, HALO, INK, Symbol };
})();
