"use strict";
// The events on the map: one layer that draws every symbol in view and knows which one is meant.
geoconflict.events = (() => {
  const { draw, HALO, TAG } = geoconflict.symbols;
  const { make } = geoconflict.elements;
  const { language: { t, counted } } = geoconflict;
  const CLOSEST_ZOOM = 10;
  const MARGIN = 60;
  const FINGER = 6;

  // Mercator at zoom 0 of each site, once.
  function projected({ sites }) {
    const found = { x: new Float64Array(sites.lon.length), y: new Float64Array(sites.lon.length) };
    sites.lon.forEach((lon, site) => {
      [found.x[site], found.y[site]] = geoconflict.arcs.project([lon, sites.lat[site]]);
    });
    return found;
  }

  const Layer = L.Path.extend({
    options: { interactive: true, weight: 0 },
    initialize(events, options) {
      L.setOptions(this, options);
      this._events = events;
    },
    _project() {},
    _update() {
      this._pxBounds = this._renderer._bounds;
    },
    _updatePath() {
      if (this._renderer._drawing) this._events.draw(this._renderer);
    },
    _containsPoint(point) {
      return Boolean(this._events.at(point));
    },
  });

  class Events {
    constructor(map, store, { open, shading }) {
      this.map = map;
      this.store = store;
      this.open = open;
      this.shading = shading;
      this.sites = projected(store);
      this.rows = [];
      this.placed = [];
      this.seen = [];
      this.openIndex = null;
      this.as = null;
      this.layer = new Layer(this).addTo(map);
      this.tip = L.tooltip({ direction: "top", className: "tip" });
      this.layer.on("click", ({ layerPoint }) => this.choose(this.at(layerPoint)));
      this.layer.on("mousemove", ({ layerPoint }) => this.hint(this.at(layerPoint)));
      this.layer.on("mouseout", () => this.hint(null));
    }

    // Shows these events and no others.
    show(rows) {
      this.rows = rows;
      this.zoom = null;
      this.hint(null);
      this.refresh();
    }

    // Symbols, or what stands in their place: hexagons, heat or units.
    showAs(as) {
      this.as = as;
      this.shading.total(as === "units");
      this.show(this.rows);
    }

    refresh() {
      this.layer.redraw();
    }

    settle() {
      const zoom = this.map.getZoom();
      if (this.zoom === zoom) return;
      this.zoom = zoom;
      this.placed = geoconflict.placing.place(this.store, this.sites, this.rows, {
        zoom, shading: this.shading, as: this.as,
      });
    }

    draw(renderer) {
      this.settle();
      const { min, max } = renderer._bounds;
      const origin = this.map.getPixelOrigin();
      const ctx = renderer._ctx;
      this.seen = this.placed.filter(({ x, y }) =>
        x - origin.x > min.x - MARGIN && x - origin.x < max.x + MARGIN
        && y - origin.y > min.y - MARGIN && y - origin.y < max.y + MARGIN);
      if (this.as === "heat") {
        ctx.globalAlpha = 1;
        geoconflict.heat.paint(ctx, renderer._bounds, { ...this, origin });
      }
      for (const symbol of this.seen) {
        ctx.save();
        // Leaflet leaves the dashes and opacity of the layer before.
        ctx.setLineDash([]);
        ctx.globalAlpha = 1;
        ctx.translate(symbol.x - origin.x, symbol.y - origin.y);
        draw(ctx, { ...symbol, isOpen: this.openIndex !== null && symbol.rows.includes(this.openIndex) });
        ctx.restore();
      }
    }

    // The topmost symbol at a point of Leaflet's layers.
    at({ x, y }) {
      const origin = this.map.getPixelOrigin();
      const reach = L.Browser.touch ? FINGER : 2;
      return this.seen.findLast((symbol) =>
        Math.hypot(symbol.x - origin.x - x, symbol.y - origin.y - y)
          <= symbol.radius + (symbol.isArea ? HALO : 0) + reach) ?? null;
    }

    // How far a symbol stands off the point of its events, in pixels.
    offset({ x, y, rows }) {
      const site = this.store.sites.of[rows[0]];
      const scale = 2 ** this.map.getZoom();
      return [x - this.sites.x[site] * scale, y - this.sites.y[site] * scale];
    }

    choose(symbol) {
      if (!symbol || geoconflict.page.ruler.isOn) return;
      this.hint(null);
      const { rows, isOnePlace } = symbol;
      if (rows.length === 1) this.open(rows[0]);
      else this.openGroup(rows, isOnePlace);
    }

    openGroup(rows, isOnePlace) {
      const { lat, lon } = this.store;
      const bounds = L.latLngBounds();
      for (const row of rows) bounds.extend([lat[row], lon[row]]);
      const zoom = Math.min(CLOSEST_ZOOM, this.map.getBoundsZoom(bounds.pad(0.2)));
      if (isOnePlace || zoom <= this.map.getZoom()) this.open(rows[0], { members: rows });
      else this.map.setView(bounds.getCenter(), zoom);
    }

    hint(symbol) {
      if (symbol === this.hinted) return;
      this.hinted = symbol;
      if (!symbol) {
        this.tip.remove();
        return;
      }
      const { rows, radius, isOnePlace } = symbol;
      const [dx, dy] = this.offset(symbol);
      const [lat, lon] = [this.store.lat[rows[0]], this.store.lon[rows[0]]];
      const text = rows.length === 1
        ? geoconflict.details.heading(this.store.event(rows[0]))
        : `${counted(rows.length, "count.reports")} ${t(isOnePlace ? "map.here" : "map.zoom_in")}`;
      this.tip.options.offset = [dx, dy - radius];
      this.tip.setLatLng([lat, lon]).setContent(make("span", {}, cut(text))).addTo(this.map);
    }

    // What the symbol of one place stands for, else all events at exactly the place of one.
    companions(index) {
      this.settle();
      const symbol = this.placed.find(({ rows, isOnePlace }) => isOnePlace && rows.includes(index));
      if (symbol) return symbol.rows;
      const { of } = this.store.sites;
      const found = this.rows.filter((row) => of[row] === of[index]);
      return found.includes(index) ? found : [index];
    }

    setOpen(index) {
      if (this.openIndex === index) return;
      this.openIndex = index;
      this.refresh();
    }

    // Where symbols stand, for labels to keep clear of; in the pixels of Leaflet's layers.
    obstacles() {
      this.settle();
      const origin = this.map.getPixelOrigin();
      return this.seen.map(({ x, y, radius, isArea, side, leader }) => {
        const wide = isArea ? radius + HALO : radius;
        const height = 2 * wide + (side ? TAG : 0);
        return { x: x - origin.x - wide, y: y - origin.y - wide, width: 2 * wide, height, isRing: Boolean(leader) };
      });
    }

    // Names of places that are worth a label; exact where the event's point is that of the place.
    places() {
      const { events, isArea, lat, lon } = this.store;
      const found = new Map();
      events.place.forEach((text, row) => {
        if (!text || lon[row] === null || isArea[row] || text.length > 60) return;
        const isExact = events.position_kind[row] === "settlement";
        if (isExact || !found.has(text)) found.set(text, { text, lon: lon[row], lat: lat[row], isExact });
      });
      return [...found.values()];
    }
  }

  function cut(text) {
    return text.length > 120 ? `${text.slice(0, 120)}…` : text;
  }

  return { Events };
})();
