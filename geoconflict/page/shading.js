"use strict";
// Oblasts over which interceptions are reported, the darker the more there are in what is shown.
geoconflict.shading = (() => {
  const [LIGHTEST, DARKEST] = [0.1, 0.4];

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

  function add(map, store, data, renderer) {
    const read = geoconflict.arcs.reader(data);
    const paths = new Map(Object.entries(data.units).map(([code, lines]) => [code, read(lines)]));
    let shown = new Map();
    const layer = geoconflict.arcs.layer(map, renderer, (ctx, scale) => {
      const most = Math.max(1, ...shown.values());
      ctx.strokeStyle = ctx.fillStyle = geoconflict.theme.colours().shade;
      ctx.lineWidth = 1 / scale;
      for (const [code, number] of shown) {
        if (!paths.has(code)) continue;
        ctx.globalAlpha = LIGHTEST + (DARKEST - LIGHTEST) * Math.sqrt(number / most);
        ctx.fill(paths.get(code), "evenodd");
        ctx.globalAlpha = 0.5;
        ctx.stroke(paths.get(code));
      }
    });
    return {
      layer,
      show(rows) {
        shown = sums(store, rows);
        layer.redraw();
      },
      sums: () => shown,
    };
  }

  return { add };
})();
