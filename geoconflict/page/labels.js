"use strict";
// Names on the map: countries, seas and cities by zoom, the more important first, none over another.
geoconflict.labels = (() => {
  const CAPITALS = new Set([
    "Kyiv", "Moscow", "Minsk", "Warsaw", "Chisinau", "Chişinău", "Bucharest", "Budapest",
    "Vilnius", "Riga", "Tallinn", "Tbilisi", "Yerevan", "Baku", "Bratislava", "Sofia",
    "Helsinki", "Belgrade",
  ]);
  // Fewest inhabitants of a city that is named, by zoom.
  const SMALLEST = { 4: 3e6, 5: 9e5, 6: 3.5e5, 7: 1.2e5, 8: 4e4, 9: 1e4, 10: 3e3, 11: 1e3 };
  // Where something happened a town is named much earlier.
  const SMALLEST_WITH_EVENTS = { 4: 2e5, 5: 5e4, 6: 1e4 };
  // From afar the names of countries and seas, close by those of rivers and bays.
  const WATERS_ZOOM = 7;
  const SAME_PLACE_DEG = 0.5;
  const WATERS = new Set(["sea", "water"]);
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const GAP = 6;
  const FARTHER = 9;
  const FAR = [0, 1, 2, 3, 4];
  const DOT = 2;
  const LARGE = 1e5;
  // From a symbol that stands on the place, in whose middle the dot would be.
  const SYMBOL_GAP = 3;
  // Nearer than this to the symbol of another place a name would be read as that one's.
  const ANOTHER = 14;

  function smallest(zoom, hasEvents) {
    const step = Math.max(4, Math.floor(zoom));
    return (hasEvents ? SMALLEST_WITH_EVENTS : SMALLEST)[step] ?? 0;
  }

  function style({ kind, weight, pop, hasEvents }, zoom) {
    const size = { country: 12 + Math.max(0, zoom - 5), sea: 12.5, water: 11, place: 12, city: pop >= LARGE && zoom >= 7 ? 13 : 11.5 }[kind];
    const face = { sea: "italic ", water: "italic ", place: "600 ", country: "600 " }[kind] ?? "";
    return { font: `${face}${weight || hasEvents ? "600 " : ""}${size}px ${FONT}`, size };
  }

  // Beside the dot of a city, on the first side that is free; a country or sea around its point.
  function boxes({ kind }, { x, y }, width, height, gap) {
    const [left, top] = [x - width / 2, y - height / 2];
    const corners = kind === "country" || kind === "sea" || kind === "water"
      ? [[left, top]]
      : [[x + gap, top], [x - gap - width, top], [left, y - gap - height], [left, y + gap]];
    return corners.map(([bx, by]) => ({ x: bx, y: by, width, height }));
  }

  // The name of a place with events may stand farther off, outside the ring of its symbols; beside one
  // symbol it would soon seem to be another's.
  function gaps({ kind, hasEvents }, gap, under) {
    return (!under || under.isRing) && (kind === "place" || hasEvents) ? FAR.map((steps) => gap + steps * FARTHER) : [gap];
  }

  // The place of the dot itself; names keep off the dots of large cities, but for their own.
  function dotBox(owner, { x, y }) {
    return { x: x - DOT, y: y - DOT, width: 2 * DOT, height: 2 * DOT, owner };
  }

  function overlaps(a, b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  }

  // Buckets of the screen, so that each label is compared with its neighbours only.
  class Taken {
    constructor() {
      this.cells = new Map();
    }

    * keys({ x, y, width, height }) {
      for (let i = Math.floor(x / 64); i <= Math.floor((x + width) / 64); i += 1) {
        for (let j = Math.floor(y / 64); j <= Math.floor((y + height) / 64); j += 1) yield `${i},${j}`;
      }
    }

    // What is in the way of a box; nothing is in the way of its own dot.
    at(box, owner) {
      for (const key of this.keys(box)) {
        const found = this.cells.get(key)?.find(
          (other) => other.owner !== owner && overlaps(box, other),
        );
        if (found) return found;
      }
      return null;
    }

    // Whether a symbol that is not the name's own stands beside a box.
    isBesideAnother({ x, y, width, height }, own) {
      const around = { x: x - ANOTHER, y, width: width + 2 * ANOTHER, height };
      for (const key of this.keys(around)) {
        if (this.cells.get(key)?.some((other) => other.isSymbol && other !== own && overlaps(around, other))) return true;
      }
      return false;
    }

    add(box) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
  }

  // The buttons, boxes and the panel that stand on the map, in the pixels of Leaflet's layers.
  function controls(map) {
    const container = map.getContainer();
    const frame = container.getBoundingClientRect();
    const corner = map.containerPointToLayerPoint([-frame.x, -frame.y]);
    const panels = container.parentElement.querySelectorAll(".event-popup");
    return [...container.querySelectorAll(".leaflet-control"), ...panels].map((control) => {
      const { x, y, width, height } = control.getBoundingClientRect();
      return { x: x + corner.x, y: y + corner.y, width, height };
    });
  }

  const Layer = L.Path.extend({
    options: { interactive: false, weight: 0 },
    initialize(labels, { obstacles, isDry }, options) {
      L.setOptions(this, options);
      Object.assign(this, { _labels: labels, _obstacles: obstacles, _isDry: isDry });
    },
    _project() {},
    _update() {
      this._pxBounds = this._renderer._bounds;
    },
    _containsPoint: () => false,
    _updatePath() {
      if (!this._renderer._drawing) return;
      const taken = new Taken();
      for (const box of this._obstacles()) taken.add({ ...box, isSymbol: true });
      for (const box of controls(this._map)) taken.add(box);
      const zoom = this._map.getZoom();
      const shown = this._labels.filter((label) => isShown(label, zoom) && !(label.kind === "water" && this._isDry(label)));
      for (const label of shown) {
        if (label.pop >= LARGE) taken.add(dotBox(label, this._map.latLngToLayerPoint(label)));
      }
      const ctx = this._renderer._ctx;
      ctx.save();
      // Leaflet leaves the dashes and opacity of the layer before.
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
      for (const label of shown) this._place(label, zoom, taken);
      ctx.restore();
    },
    _place(label, zoom, taken) {
      const ctx = this._renderer._ctx;
      const point = this._map.latLngToLayerPoint(label);
      if (!this._renderer._bounds.contains(point)) return;
      const under = taken.at(dotBox(label, point), label);
      if (under && !under.isSymbol) return;
      const colours = geoconflict.theme.colours();
      const { font, size } = style(label, zoom);
      ctx.font = font;
      ctx.letterSpacing = label.kind === "country" ? "2px" : "0px";
      const text = label.kind === "country" ? label.text.toUpperCase() : label.text;
      const gap = under ? under.width / 2 + SYMBOL_GAP : GAP;
      const width = ctx.measureText(text).width;
      const isMistaken = (box) => under && taken.isBesideAnother(box, under);
      const free = gaps(label, gap, under)
        .flatMap((far) => boxes(label, point, width, size + 3, far))
        .find((box) => !taken.at(box, label) && !isMistaken(box) && this._isWhole(box));
      if (!free) return;
      taken.add(free);
      if (label.kind === "city" && !under) dot(ctx, point, label.weight, colours.city);
      write(ctx, text, free, colours[WATERS.has(label.kind) ? "name" : label.kind], colours.halo);
    },
    // No name is cut by the edge of the map; beyond it they wait to be moved in.
    _isWhole({ x, y, width, height }) {
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      const view = L.bounds(corner, corner.add(this._map.getSize()));
      const box = L.bounds([x, y], [x + width, y + height]);
      return view.contains(box) || !view.intersects(box);
    },
  });

  function isShown({ kind, pop, weight, hasEvents }, zoom) {
    if (kind === "country" || kind === "sea") return zoom < 8;
    if (kind === "water") return zoom >= WATERS_ZOOM;
    if (kind === "place") return zoom >= 8;
    if (weight) return zoom >= 4;
    return pop >= smallest(zoom, hasEvents);
  }

  function dot(ctx, { x, y }, isCapital, ink) {
    ctx.fillStyle = ink;
    ctx.beginPath();
    ctx.arc(x, y, isCapital ? 2.6 : 1.8, 0, 2 * Math.PI);
    ctx.fill();
  }

  function write(ctx, text, box, ink, halo) {
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    ctx.strokeStyle = halo;
    ctx.fillStyle = ink;
    const y = box.y + box.height / 2;
    ctx.strokeText(text, box.x, y);
    ctx.fillText(text, box.x, y);
  }

  function isSame(a, b) {
    return Math.abs(a.lon - b.lon) < SAME_PLACE_DEG && Math.abs(a.lat - b.lat) < SAME_PLACE_DEG;
  }

  // A Russian reader is better served by a Ukrainian name than by one in Latin letters.
  function nameOf(row) {
    const code = geoconflict.language.code();
    return row[code] ?? (code === "ru" ? row.uk : null) ?? row.en;
  }

  function cities(columns, eventPlaces) {
    const places = geoconflict.elements.grouped(eventPlaces, ({ text }) => text);
    const rows = columns.en.map((en, index) => {
      const [lon, lat] = [columns.lon[index], columns.lat[index]];
      const hasEvents = (places.get(en) ?? []).some((place) => isSame(place, { lon, lat }));
      const text = nameOf({ en, uk: columns.uk[index], ru: columns.ru[index] });
      return { kind: "city", en, text, lon, lat, pop: columns.pop[index], weight: CAPITALS.has(en) ? 1 : 0, hasEvents };
    });
    return rows.sort((a, b) => b.weight - a.weight || b.hasEvents - a.hasEvents || b.pop - a.pop);
  }

  // Places of events that are too small to be named as cities.
  function smallPlaces(eventPlaces, named) {
    const known = geoconflict.elements.grouped(named, ({ en }) => en);
    const isNew = (place) => !(known.get(place.text) ?? []).some((city) => isSame(city, place));
    const found = eventPlaces.filter((place) => place.isExact && isNew(place));
    return [...new Map(found.map((place) => [place.text, { ...place, kind: "place" }])).values()];
  }

  // The names in the language that is chosen; asked for again when it changes.
  function gather({ countries, waters, cityColumns, eventPlaces }) {
    const named = cities(cityColumns, eventPlaces);
    const waterNames = geoconflict.elements.grouped(
      waters.map((one) => ({ ...one, text: nameOf(one) })), ({ kind }) => kind);
    return [
      ...(waterNames.get("sea") ?? []),
      ...named.filter(({ weight }) => weight),
      ...countries.map((country) => ({ ...country, text: nameOf(country), kind: "country" })),
      ...smallPlaces(eventPlaces, named),
      ...named.filter(({ weight }) => !weight),
      ...(waterNames.get("water") ?? []),
    ];
  }

  // `obstacles` are what no name may cover, `isDry` whether a water is gone on the day that is shown.
  function add(map, { obstacles, isDry, ...names }) {
    return new Layer(gather(names), { obstacles, isDry }).addTo(map);
  }

  return { add };
})();
