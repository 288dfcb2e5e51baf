"use strict";
// The basemap of a day: sea, land, waters, oblast lines and borders; and layers that are one drawing.
geoconflict.basemap = (() => {
  const { project } = geoconflict.arcs;
  // Land cut off by the edge of the data has no coast there.
  const EDGE_DEG = 0.02;
  // Over how many degrees the map fades out where its data ends.
  const FADE_DEG = 0.8;
  // The whole of a map's world at zoom 0.
  const WORLD_BOX = [-256, -256, 768, 768];
  const SMALL_RIVERS = 6;
  const RAILWAYS = 7;
  // Sleepers of railways, in pixels: how far apart and how long.
  const SLEEPERS = [[1.2, 7], 3.6];
  // Up to which zooms the map is drawn without points nearer than so many pixels to each other.
  const LEVELS = [4.5, 5.5, 6.5, 8, 9.5, Infinity];
  const SEEN_PX = 0.7;
  // From this one of them on the corners of waters, which nature has not, would be seen.
  const ROUND_LEVEL = 3;

  function path(lines) {
    const drawn = new Path2D();
    for (const line of lines) line.forEach((point, index) => drawn[index ? "lineTo" : "moveTo"](...project(point)));
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
    return across.map(([outer, inner]) => {
      const [[x1, y1], [x2, y2]] = [project(outer), project(inner)];
      const [xs, ys] = x1 === x2 ? [[left, right], [y1, y2]] : [[x1, x2], [top, bottom]];
      return { line: [x1, y1, x2, y2], strip: L.bounds([[xs[0], ys[0]], [xs[1], ys[1]]]) };
    });
  }

  // Lines and waters fade into the plain sea and land of the world that lie around the window.
  function drawFades(ctx, { fades, world }, { colours, view }) {
    const seen = fades.filter(({ strip }) => strip.intersects(view));
    if (!seen.length) return;
    const drawIn = (colour) => {
      for (const { line, strip: { min, max } } of seen) {
        const gradient = ctx.createLinearGradient(...line);
        gradient.addColorStop(0, colour);
        gradient.addColorStop(1, `${colour}00`);
        ctx.fillStyle = gradient;
        ctx.fillRect(min.x, min.y, max.x - min.x, max.y - min.y);
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

  function build({ bbox, objects, world, ...data }) {
    const { lists, open, shared } = geoconflict.arcs;
    const ground = open(data);
    const rings = (name, where = () => true) => (objects[name] ?? []).filter(where).flatMap(lists);
    const isUkraine = ({ properties }) => properties?.iso2 === "UA";
    const countries = objects.countries ?? [];
    const borders = shared(countries);
    // The border of Ukraine with its neighbours is drawn stronger than the others.
    const elsewhere = new Set(shared(countries.filter((one) => !isUkraine(one))));
    const edges = borders.filter((arc) => !elsewhere.has(arc)).map((arc) => [arc]);
    const levels = [];
    const shapes = (least, isClose) => ({
      world: world ? open(world).path(world.objects.land.flatMap(lists)) : null,
      sea: windowPath(bbox),
      inside: windowPath(bbox, EDGE_DEG),
      fades: fades(bbox),
      land: ground.path(rings("countries"), least),
      ukraine: ground.path(rings("countries", isUkraine), least),
      waters: ground.path(rings("waters", ({ properties }) => !properties?.until), least, isClose),
      // Waters that were emptied, by the day from which on they were.
      emptied: (objects.waters ?? []).filter(({ properties }) => properties?.until).map((water) => ({
        until: geoconflict.dates.number(water.properties.until), shape: ground.path(lists(water), least, isClose),
      })),
      great: ground.path(rings("courses", ({ properties }) => properties.rank === "great"), least, isClose),
      small: ground.path(rings("courses", ({ properties }) => properties.rank === "small"), least, isClose),
      railways: isClose ? ground.path(rings("railways"), least) : null,
      units: ground.path(rings("admin1"), least),
      borders: ground.path(borders.map((arc) => [arc]), least),
      edges: ground.path(edges, least),
    });
    // Drawn with no more points than can be told apart at a zoom, made when first drawn.
    const at = (zoom) => {
      const level = LEVELS.findIndex((most) => zoom < most);
      const [least, isClose] = [level < LEVELS.length - 1 ? SEEN_PX / 2 ** LEVELS[level] : 0, level >= ROUND_LEVEL];
      return levels[level] ??= shapes(least, isClose);
    };
    return { at, border: ground.lines(edges), names: countries.map((one) => nameOf(one, ground.lines(lists(one)))) };
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

  // Lines with sleepers, as on printed maps.
  function drawRailways(ctx, shape, { scale, stroke, colour }) {
    const [dashes, width] = SLEEPERS;
    stroke(shape, colour, 0.9);
    ctx.setLineDash(dashes.map((length) => length / scale));
    ctx.lineCap = "butt";
    stroke(shape, colour, width);
    ctx.setLineDash([]);
  }

  function draw(ctx, shapes, { scale, zoom, day, view }) {
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
    if (zoom >= RAILWAYS && shapes.railways) drawRailways(ctx, shapes.railways, { scale, stroke, colour: colours.railway });
    stroke(shapes.units, colours.unit, 0.8);
    stroke(shapes.borders, colours.border, 1);
    stroke(shapes.edges, colours.outer, 1.5);
    if (shapes.world) drawFades(ctx, shapes, { colours, view });
  }

  // A path of Leaflet's that draws what it is given, in Mercator at zoom 0, so that its canvas moves
  // and zooms it.
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

  // On the canvas of all layers where no other renderer is given.
  function layer(map, paint, renderer) {
    return new Layer(paint, renderer && { renderer, pane: renderer.options.pane }).addTo(map);
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

  function nameOf({ properties: { name_en: en, name_uk: uk, name_ru: ru } }, lines) {
    const [lon, lat] = middle(lines);
    return { en, uk, ru, lon, lat };
  }

  // Draws the basemap and returns its layer, the names of its countries for the labels, and the land
  // border that is drawn strongest, as lines of lon and lat.
  function add(map, data, renderer) {
    const { at, border, names } = build(data);
    const untils = (data.objects.waters ?? []).map(({ properties }) => properties?.until).filter(Boolean).map(geoconflict.dates.number);
    let day = Number.POSITIVE_INFINITY;
    const own = layer(map, (ctx, scale) => {
      const [zoom, origin] = [map.getZoom(), map.getPixelOrigin()];
      const [from, to] = ["min", "max"].map((end) => renderer._bounds[end].add(origin).divideBy(scale));
      draw(ctx, at(zoom), { scale, zoom, day, view: L.bounds(from, to) });
    }, renderer);
    // Shows the waters as they were on a day.
    own.showDay = (shown) => {
      const changes = untils.some((until) => shown < until !== day < until);
      day = shown;
      if (changes) own.redraw();
    };
    // Whether a point lies in waters that were gone by the day that is shown, and so bear no name.
    const probe = document.createElement("canvas").getContext("2d");
    own.isDry = ({ lon, lat }) => at(map.getZoom()).emptied.some(({ until, shape }) =>
      day >= until && probe.isPointInPath(shape, ...project([lon, lat]), "evenodd"));
    return { layer: own, countries: names, border };
  }

  return { add, layer };
})();
