"use strict";
// The basemap of a day: sea, land, waters, oblast lines and borders, drawn from one TopoJSON.
geoconflict.basemap = (() => {
  // Land cut off by the edge of the data has no coast there.
  const EDGE_DEG = 0.02;
  // Over how many degrees the map fades out where its data ends.
  const FADE_DEG = 0.8;
  // The whole of a map's world at zoom 0.
  const WORLD_BOX = [-256, -256, 768, 768];
  const SMALL_RIVERS = 6;

  // Mercator at zoom 0, the units in which Leaflet counts pixels.
  function project([lon, lat]) {
    const sine = Math.sin((lat * Math.PI) / 180);
    const y = 128 - (Math.log((1 + sine) / (1 - sine)) * 64) / Math.PI;
    return [((lon + 180) * 256) / 360, y];
  }

  function path(lines) {
    const drawn = new Path2D();
    for (const line of lines) {
      line.forEach((point, index) => {
        const [x, y] = project(point);
        if (index) drawn.lineTo(x, y);
        else drawn.moveTo(x, y);
      });
    }
    return drawn;
  }

  function windowPath([west, south, east, north], inset = 0) {
    const [w, s, e, n] = [west + inset, south + inset, east - inset, north - inset];
    return path([[[w, s], [e, s], [e, n], [w, n]]]);
  }

  // For each edge of the data the line across which it fades, from outside to inside.
  function fades([west, south, east, north]) {
    const [w, s, e, n] = [west + FADE_DEG, south + FADE_DEG, east - FADE_DEG, north - FADE_DEG];
    const across = [
      [[west, south], [w, south]], [[east, south], [e, south]],
      [[west, south], [west, s]], [[west, north], [west, n]],
    ];
    const [[left, bottom], [right, top]] = [project([west, south]), project([east, north])];
    const box = [left, top, right - left, bottom - top];
    return across.map(([outer, inner]) => ({ line: [...project(outer), ...project(inner)], box }));
  }

  // Lines and waters fade into the plain sea and land of the world that lie around the window.
  function drawFades(ctx, { fades, world }, colours) {
    const drawIn = (colour) => {
      for (const { line, box } of fades) {
        const gradient = ctx.createLinearGradient(...line);
        gradient.addColorStop(0, colour);
        gradient.addColorStop(1, `${colour}00`);
        ctx.fillStyle = gradient;
        ctx.fillRect(...box);
      }
    };
    const sea = new Path2D(world);
    sea.rect(...WORLD_BOX);
    for (const [area, colour] of [[sea, colours.sea], [world, colours.land]]) {
      ctx.save();
      ctx.clip(area, "evenodd");
      drawIn(colour);
      ctx.restore();
    }
  }

  function worldPath({ world }) {
    if (!world) return null;
    const { decodeArcs, lines } = geoconflict.topojson;
    const decoded = decodeArcs(world);
    return path(world.objects.land.geometries.flatMap((geometry) => lines(decoded, geometry)));
  }

  // Waters that were emptied, by the day from which on they were.
  function emptied(geometries, decoded) {
    return geometries.filter(({ properties }) => properties?.until).map((geometry) => ({
      until: geoconflict.dates.number(geometry.properties.until),
      shape: path(geoconflict.topojson.lines(decoded, geometry)),
    }));
  }

  function build(topology, decoded) {
    const { lines, sharedLines } = geoconflict.topojson;
    const geometries = (name) => topology.objects[name]?.geometries ?? [];
    const all = (name, where = () => true) =>
      geometries(name).filter(where).flatMap((geometry) => lines(decoded, geometry));
    const isUkraine = ({ properties }) => properties?.iso2 === "UA";
    const borders = sharedLines(decoded, geometries("countries"));
    const edges = sharedEdges(decoded, geometries("countries"), isUkraine);
    return {
      world: worldPath(topology),
      sea: windowPath(topology.bbox),
      inside: windowPath(topology.bbox, EDGE_DEG),
      fades: fades(topology.bbox),
      land: path(all("countries")),
      ukraine: path(all("countries", isUkraine)),
      waters: path(all("waters", ({ properties }) => !properties?.until)),
      emptied: emptied(geometries("waters"), decoded),
      great: path(all("courses", ({ properties }) => properties.rank === "great")),
      small: path(all("courses", ({ properties }) => properties.rank === "small")),
      units: path(all("admin1")),
      borders: path(borders),
      edges: path(edges),
      edgeLines: edges,
    };
  }

  // The border of Ukraine with its neighbours, drawn stronger than the others.
  function sharedEdges(decoded, geometries, isUkraine) {
    const { sharedLines } = geoconflict.topojson;
    const others = geometries.filter((geometry) => !isUkraine(geometry));
    const elsewhere = new Set(sharedLines(decoded, others));
    return sharedLines(decoded, geometries).filter((line) => !elsewhere.has(line));
  }

  // A water that is gone keeps its shore as a dotted line around the river that is left.
  function drawEmptied(ctx, { shape, until }, { day, scale, fill, stroke, water }) {
    if (day < until) {
      fill(shape, water);
      return;
    }
    ctx.setLineDash([2 / scale, 3 / scale]);
    stroke(shape, water, 1);
    ctx.setLineDash([]);
  }

  function draw(ctx, shapes, { scale, zoom, day }) {
    const colours = geoconflict.theme.colours();
    const fill = (shape, colour) => {
      ctx.fillStyle = colour;
      ctx.fill(shape, "evenodd");
    };
    const stroke = (shape, colour, width) => {
      ctx.strokeStyle = colour;
      ctx.lineWidth = width / scale;
      ctx.stroke(shape);
    };
    ctx.lineJoin = "round";
    if (shapes.world) {
      ctx.fillStyle = colours.sea;
      ctx.fillRect(...WORLD_BOX);
      fill(shapes.world, colours.land);
    }
    fill(shapes.sea, colours.sea);
    ctx.save();
    ctx.clip(shapes.inside);
    stroke(shapes.land, colours.coast, 1);
    ctx.restore();
    fill(shapes.land, colours.land);
    fill(shapes.ukraine, colours.ukraine);
    // Thin from afar, as wide as in print close by; where a river is wider its area is drawn too.
    const width = Math.min(2.4, Math.max(0.7, 0.4 * (zoom - 3.5)));
    stroke(shapes.great, colours.course, width);
    if (zoom >= SMALL_RIVERS) stroke(shapes.small, colours.course, 0.7 * width);
    fill(shapes.waters, colours.water);
    for (const one of shapes.emptied) drawEmptied(ctx, one, { day, scale, fill, stroke, water: colours.water });
    stroke(shapes.units, colours.unit, 0.8);
    stroke(shapes.borders, colours.border, 1);
    stroke(shapes.edges, colours.outer, 1.5);
    if (shapes.world) drawFades(ctx, shapes, colours);
  }

  // A path of Leaflet's that draws the whole basemap, so that its canvas moves and zooms it.
  const Layer = L.Path.extend({
    options: { interactive: false, weight: 0 },
    initialize(shapes, options) {
      L.setOptions(this, options);
      this._shapes = shapes;
      this._day = Number.POSITIVE_INFINITY;
    },
    // Shows the waters as they were on a day.
    showDay(day) {
      const changes = this._shapes.emptied.some(({ until }) => day < until !== this._day < until);
      this._day = day;
      if (changes) this.redraw();
    },
    _project() {},
    _update() {
      this._pxBounds = this._renderer._bounds;
    },
    _updatePath() {
      if (!this._renderer._drawing) return;
      const ctx = this._renderer._ctx;
      const origin = this._map.getPixelOrigin();
      const scale = this._map.getZoomScale(this._map.getZoom(), 0);
      ctx.save();
      ctx.translate(-origin.x, -origin.y);
      ctx.scale(scale, scale);
      draw(ctx, this._shapes, { scale, zoom: this._map.getZoom(), day: this._day });
      ctx.restore();
    },
    _containsPoint: () => false,
  });

  function countryLabels(topology, decoded) {
    return (topology.objects.countries?.geometries ?? []).map((geometry) => {
      const [lon, lat] = middle(geoconflict.topojson.lines(decoded, geometry));
      const { name_en: en, name_uk: uk, name_ru: ru } = geometry.properties;
      return { en, uk, ru, lon, lat };
    });
  }

  // Centroid of the ring with most points, which is the main land.
  function middle(lines) {
    const ring = lines.reduce((best, line) => (line.length > best.length ? line : best), []);
    let [area, x, y] = [0, 0, 0];
    for (let i = 0; i < ring.length - 1; i += 1) {
      const [[x1, y1], [x2, y2]] = [ring[i], ring[i + 1]];
      const cross = x1 * y2 - x2 * y1;
      area += cross;
      x += (x1 + x2) * cross;
      y += (y1 + y2) * cross;
    }
    return [x / (3 * area), y / (3 * area)];
  }

  // Draws the basemap and returns its layer, the names of its countries for the labels, and the land
  // border that is drawn strongest, as lines of lon and lat.
  function add(map, topology, renderer) {
    const decoded = geoconflict.topojson.decodeArcs(topology);
    const shapes = build(topology, decoded);
    const layer = new Layer(shapes, { renderer, pane: renderer.options.pane }).addTo(map);
    return { layer, countries: countryLabels(topology, decoded), border: shapes.edgeLines };
  }

  return { add, project, path };
})();
