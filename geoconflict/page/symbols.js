"use strict";
// Symbols of events: a shape for what was hit, a fill for the status; the same on map and legend.
geoconflict.symbols = (() => {
  const { makeSvg } = geoconflict.elements;
  const { shapes: SHAPES, groups: GROUPS } = geoconflict.look;
  const TARGETS = Object.fromEntries(Object.entries(GROUPS)
    .flatMap(([shape, targets]) => targets.map((target) => [target, shape])));
  const FRONT = new Set(["advance", "control_change", "clash"]);
  const RADIUS = 9;
  const NUMBERED = 15;
  // How far the dashed ring of a symbol stands off that is somewhere in an area.
  const HALO = 5;
  const FONT = "system-ui, -apple-system, 'Segoe UI', Arial, sans-serif";
  const paths = {};

  // Of a strike the shape says what was hit, of anything else what happened.
  function shapeOf(kind, target) {
    if (kind === "strike") return Object.hasOwn(TARGETS, target) ? TARGETS[target] : "strike";
    return Object.hasOwn(SHAPES, kind) ? kind : "other";
  }

  function known(table, status) {
    return Object.hasOwn(table, status) ? table[status] : table.other;
  }

  function fill(status) {
    return known(colours().fill, status);
  }

  function textOn(status) {
    return known(colours().inkOn, status);
  }

  function colours() {
    return geoconflict.theme.colours();
  }

  function disc(ctx, radius, colour) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  }

  function circle(ctx, radius, colour, width) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, 2 * Math.PI);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  function drawHalo(ctx, radius) {
    disc(ctx, radius + HALO, colours().ring);
    ctx.setLineDash([3, 3]);
    circle(ctx, radius + HALO, colours().circle, 1.3);
    ctx.setLineDash([]);
  }

  function drawShape(ctx, { shape, status, radius, number, isOpen, side }) {
    const scale = radius / 10;
    paths[shape] ??= new Path2D(SHAPES[shape]);
    const path = paths[shape];
    ctx.save();
    ctx.scale(scale, scale);
    ctx.lineJoin = "round";
    ctx.strokeStyle = isOpen ? colours().open : colours().casing;
    ctx.lineWidth = (isOpen ? 7 : 4.5) / scale;
    ctx.stroke(path);
    ctx.fillStyle = fill(status);
    ctx.fill(path);
    ctx.strokeStyle = colours().outline;
    ctx.lineWidth = 1.4 / scale;
    ctx.stroke(path);
    ctx.restore();
    if (number !== null) write(ctx, number, textOn(status), number > 999 ? 10 : 12);
    if (side) drawSide(ctx, side, radius);
  }

  // Whose advance or fighting it is, in letters at the foot of the symbol.
  // What the letters of a side need below a symbol.
  const TAG = 10;

  function drawSide(ctx, side, radius) {
    ctx.save();
    ctx.translate(0, radius + 5);
    ctx.font = `700 9px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    ctx.strokeStyle = colours().halo;
    ctx.strokeText(side, 0, 0);
    ctx.fillStyle = colours().place;
    ctx.fillText(side, 0, 0);
    ctx.restore();
  }

  function write(ctx, text, ink, size) {
    ctx.font = `600 ${size}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = ink;
    ctx.fillText(String(text), 0, 0.5);
  }

  function short(count) {
    return count < 10000 ? String(count) : `${Math.round(count / 1000)}k`;
  }

  // A ring with the share of each status, and the number of events inside.
  function drawGroup(ctx, { shares, total, radius, isOpen }) {
    if (isOpen) disc(ctx, radius + 3, colours().open);
    disc(ctx, radius + (isOpen ? 0 : 1.5), colours().casing);
    let from = -Math.PI / 2;
    for (const [status, count] of shares) {
      const to = from + (count / total) * 2 * Math.PI;
      arc(ctx, radius - 2.5, from, to, fill(status));
      from = to;
    }
    for (const edge of [radius, radius - 5]) circle(ctx, edge, colours().place, 1);
    write(ctx, short(total), colours().place, total > 999 ? 11 : 12);
  }

  function arc(ctx, radius, from, to, colour) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, from, to);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 5;
    ctx.stroke();
  }

  // From a symbol that stands in a ring back to the place of its event.
  function drawLeader(ctx, dx, dy) {
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.lineTo(-dx, -dy);
    ctx.strokeStyle = colours().leader;
    ctx.lineWidth = 1;
    ctx.stroke();
    ctx.translate(-dx, -dy);
    disc(ctx, 2.2, colours().place);
    ctx.translate(dx, dy);
  }

  // How many events lie in a part of the map, in place of their symbols.
  function drawHexagon(ctx, { radius, alpha, total, isOpen }) {
    ctx.beginPath();
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = Math.PI / 6 + (corner * Math.PI) / 3;
      ctx.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
    }
    ctx.closePath();
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colours().shade;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.strokeStyle = isOpen ? colours().open : colours().casing;
    ctx.lineWidth = isOpen ? 3 : 1;
    ctx.stroke();
    writeTotal(ctx, total, 11);
  }

  function writeTotal(ctx, total, size) {
    ctx.font = `600 ${size}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.strokeStyle = colours().halo;
    ctx.strokeText(short(total), 0, 0.5);
    ctx.fillStyle = colours().place;
    ctx.fillText(short(total), 0, 0.5);
  }

  function draw(ctx, symbol) {
    if (symbol.isHexagon) {
      drawHexagon(ctx, symbol);
      return;
    }
    if (symbol.isUnit) {
      writeTotal(ctx, symbol.total, 15);
      return;
    }
    if (symbol.leader) drawLeader(ctx, ...symbol.leader);
    if (symbol.isArea) drawHalo(ctx, symbol.radius);
    if (symbol.shares) drawGroup(ctx, symbol);
    else drawShape(ctx, symbol);
  }

  function icon(shape, status = null, size = 16) {
    return makeSvg(
      "svg",
      { viewBox: "-12 -12 24 24", width: size, height: size, class: "symbol", "aria-hidden": "true" },
      makeSvg("path", {
        d: SHAPES[shape], class: status ? `fill-${Object.hasOwn(colours().fill, status) ? status : "other"}` : "fill-plain",
        "stroke-width": 1.6, "stroke-linejoin": "round",
      }),
    );
  }

  function iconOf({ index, kind, target_type: target }, size = 18) {
    return icon(shapeOf(kind, target), geoconflict.page.colouring.codeOf(index), size);
  }

  return {
    draw, icon, iconOf, fill, shapeOf, SHAPES, TARGETS, FRONT, RADIUS, NUMBERED, HALO, TAG,
  };
})();
