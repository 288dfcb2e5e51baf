"use strict";
// Oblasts for which something is known no closer: darker the more drones were intercepted over them,
// with a dashed outline where events are told of somewhere in them; and circles that hold what is known as roughly.
geoconflict.shading = (() => {
  const [LIGHTEST, DARKEST] = [0.1, 0.4];
  // Faint, as an area that is held lies below it.
  const COARSE = 0.04;
  const DASHED = 0.8;
  const EARTH_M = 40_075_017;
  const KINDS = new Set(["water", "country"]);

  // The number intercepted by unit; a report that states none counts as one.
  function sums({ events }, rows) {
    const found = new Map();
    for (const row of rows) {
      const code = events.admin1[row];
      if (events.kind[row] !== "interception" || events.position_kind[row] !== "admin1" || !code) continue;
      found.set(code, (found.get(code) ?? 0) + (events.count[row] ?? 1));
    }
    return found;
  }

  function totals(of, rows) {
    const found = new Map();
    for (const row of rows) if (of[row]) found.set(of[row], (found.get(of[row]) ?? 0) + 1);
    return found;
  }

  // Units with events that are known for the whole of them alone.
  function coarse({ events, lon }, rows) {
    const found = new Set();
    for (const row of rows) {
      if (lon[row] === null || events.position_kind[row] !== "admin1") continue;
      if (events.kind[row] !== "interception" && events.admin1[row]) found.add(events.admin1[row]);
    }
    return found;
  }

  // The circle that an event lies in, in Mercator at zoom 0; null where its area is no circle.
  function circleOf(store, row) {
    const { events, lat, lon, isArea } = store;
    const kind = events.position_kind[row];
    if (!isArea[row] || KINDS.has(kind) || (kind === "admin1" && events.admin1[row])) return null;
    const [x, y] = geoconflict.arcs.project([lon[row], lat[row]]);
    const radius = ((events.precision_m[row] ?? 0) / (EARTH_M * Math.cos((lat[row] * Math.PI) / 180))) * 256;
    return { x, y, radius };
  }

  function circles(store, rows) {
    const found = new Map();
    for (const row of rows) {
      const circle = circleOf(store, row);
      if (circle) found.set(`${circle.x} ${circle.y} ${circle.radius}`, circle);
    }
    return [...found.values()];
  }

  function add(map, store, data) {
    const { path: read } = geoconflict.arcs.open(data);
    const paths = new Map(Object.entries(data.units).map(([code, lines]) => [code, read(lines)]));
    const { of } = data.table ? geoconflict.unpack.table(data.table) : {};
    const probe = document.createElement("canvas").getContext("2d");
    const middles = new Map(Object.entries(data.middles ?? {}).map(([code, at]) => [code, geoconflict.arcs.project(at)]));
    let [shown, rough, round] = [new Map(), new Set(), []];
    let [rows, isTotal] = [[], false];

    function fill(ctx, path, alpha, outline = 0.5) {
      ctx.globalAlpha = alpha;
      ctx.fill(path, "evenodd");
      ctx.globalAlpha = outline;
      ctx.stroke(path);
    }

    function paintRough(ctx, scale) {
      ctx.strokeStyle = ctx.fillStyle = geoconflict.theme.colours().circle;
      ctx.lineWidth = 1.2 / scale;
      ctx.setLineDash([4 / scale, 4 / scale]);
      for (const code of rough) if (paths.has(code)) fill(ctx, paths.get(code), COARSE, DASHED);
      for (const { x, y, radius } of round) {
        const path = new Path2D();
        path.arc(x, y, radius, 0, 2 * Math.PI);
        fill(ctx, path, COARSE, DASHED);
      }
      ctx.setLineDash([]);
    }

    const layer = geoconflict.basemap.layer(map, (ctx, scale) => {
      const most = Math.max(1, ...shown.values());
      // One alone is darker than nothing.
      const [least, range] = [LIGHTEST, shown.size > 1 ? DARKEST - LIGHTEST : 0];
      ctx.strokeStyle = ctx.fillStyle = geoconflict.theme.colours().shade;
      ctx.lineWidth = 1 / scale;
      for (const [code, number] of shown) {
        if (paths.has(code)) fill(ctx, paths.get(code), least + range * Math.sqrt(number / most));
      }
      paintRough(ctx, scale);
    });
    return {
      layer,
      show(chosen) {
        rows = chosen;
        shown = isTotal ? totals(of, rows) : sums(store, rows);
        rough = isTotal ? new Set() : coarse(store, rows);
        round = circles(store, rows);
        layer.redraw();
      },
      // Whether units are darker for all their events, in place of drones alone.
      total(isOn) {
        isTotal = isOn;
        this.show(rows);
      },
      hasTotals: Boolean(of),
      unitOf: (row) => of?.[row] ?? null,
      // The middle of an event's unit, in Mercator at zoom 0; null where its unit cannot be told.
      middleOf: (row) => middles.get(of?.[row]) ?? null,
      sums: () => shown,
      // Whether a spot, with so much around it, lies in the unit or circle of an event.
      within(row, { x, y }, margin) {
        const circle = circleOf(store, row);
        if (circle) return Math.hypot(x - circle.x, y - circle.y) + margin <= circle.radius;
        const path = store.events.position_kind[row] === "admin1" && paths.get(store.events.admin1[row]);
        if (!path) return false;
        const around = [[0, 0], [margin, 0], [-margin, 0], [0, margin], [0, -margin]];
        return around.every(([dx, dy]) => probe.isPointInPath(path, x + dx, y + dy, "evenodd"));
      },
    };
  }

  return { add, coarse };
})();
