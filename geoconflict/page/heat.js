"use strict";
// How thick events lie, as a field of colour: counted in small cells of the screen and smoothed.
geoconflict.heat = (() => {
  const CELL = 4;
  // Cells to each side; three runs of such a mean are close to a bell.
  const REACH = 4;
  const RUNS = 3;
  const [FAINTEST, STRONGEST] = [0.06, 0.82];

  // The means over `2 * REACH + 1` cells along one axis, whose neighbours lie `step` apart.
  function mean(from, to, { lines, length, across, step }) {
    const wide = 2 * REACH + 1;
    for (let line = 0; line < lines; line += 1) {
      const start = line * across;
      let sum = 0;
      for (let at = -REACH; at < length; at += 1) {
        if (at + REACH < length) sum += from[start + (at + REACH) * step];
        if (at - REACH - 1 >= 0) sum -= from[start + (at - REACH - 1) * step];
        if (at >= 0) to[start + at * step] = sum / wide;
      }
    }
  }

  // How many events lie around each cell of a field: x and y in cells, row by row.
  function field(points, width, height) {
    const found = new Float32Array(width * height);
    for (const [x, y] of points) {
      const [i, j] = [Math.floor(x), Math.floor(y)];
      if (i >= 0 && j >= 0 && i < width && j < height) found[j * width + i] += 1;
    }
    const other = new Float32Array(found.length);
    for (let run = 0; run < RUNS; run += 1) {
      mean(found, other, { lines: height, length: width, across: width, step: 1 });
      mean(other, found, { lines: width, length: height, across: 1, step: width });
    }
    return found;
  }

  function channels(colour) {
    return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  }

  // The field as a picture, strongest where most events of the view lie; from faint to deep.
  function picture(found, width, height, { shade }) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const ctx = canvas.getContext("2d");
    const image = ctx.createImageData(width, height);
    const most = found.reduce((a, b) => Math.max(a, b), 0);
    const [red, green, blue] = channels(shade);
    for (let at = 0; at < found.length; at += 1) {
      const share = most ? found[at] / most : 0;
      const alpha = share < 0.01 ? 0 : FAINTEST + (STRONGEST - FAINTEST) * Math.sqrt(share);
      image.data.set([red, green, blue, 255 * alpha], 4 * at);
    }
    ctx.putImageData(image, 0, 0);
    return canvas;
  }

  // Paints the events that have a place of their own into the part of the map that a canvas shows.
  function paint(ctx, { min, max }, { store, sites, rows, zoom, origin }) {
    const [width, height] = [max.x - min.x, max.y - min.y].map((size) => Math.ceil(size / CELL));
    const scale = 2 ** zoom;
    const points = [];
    for (const row of rows) {
      const site = store.sites.of[row];
      if (site < 0 || store.isArea[row]) continue;
      points.push([(sites.x[site] * scale - origin.x - min.x) / CELL, (sites.y[site] * scale - origin.y - min.y) / CELL]);
    }
    const drawn = picture(field(points, width, height), width, height, geoconflict.theme.colours());
    ctx.save();
    ctx.imageSmoothingEnabled = true;
    ctx.drawImage(drawn, min.x, min.y, width * CELL, height * CELL);
    ctx.restore();
  }

  return { paint, field };
})();
