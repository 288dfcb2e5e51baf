"use strict";
// Symbols of events: a shape for what was hit, a fill for the status; the same on map and legend.
geoconflict.symbols = (() => {
  const { makeSvg } = geoconflict.elements;
  // Paths in a box from -10 to 10.
  const SHAPES = {
    strike: "M0-10 2.3-5.5 7.1-7.1 5.5-2.3 10 0 5.5 2.3 7.1 7.1 2.3 5.5 0 10-2.3 5.5-7.1 7.1"
      + "-5.5 2.3-10 0-5.5-2.3-7.1-7.1-2.3-5.5Z",
    oil: "M0-10.5C2.6-6 7.6-1.6 7.6 3A7.6 7.2 0 0 1-7.6 3C-7.6-1.6-2.6-6 0-10.5Z",
    power: "M2.6-10.5-7 1.8H-.8L-2.8 10.5 7.4-3H1Z",
    industry: "M-9.5 9V-1.5L-3.6-5.5V-1.5L2.2-5.5V-1.5H4.4L5.2-9.5H8.2L9.5 9Z",
    aviation: "M0-10.5C1.3-10.5 1.8-8.6 1.8-6V-3.2L10.2 2.6V5.6L1.8 3.2V6.4L4.6 8.6V10.6L0 9.4"
      + "-4.6 10.6V8.6L-1.8 6.4V3.2L-10.2 5.6V2.6L-1.8-3.2V-6C-1.8-8.6-1.3-10.5 0-10.5Z",
    defence: "M0-10 9.5 0 0 10-9.5 0Z",
    public: "M0-10 9.5-4.6V-1.6H7.4V5.6H9.5V9.4H-9.5V5.6H-7.4V-1.6H-9.5V-4.6Z",
    homes: "M0-9.8 10-.6H7.4V9.2H-7.4V-.6H-10Z",
    interception: "M0-10C3-8 6-7 9-7V0C9 5.5 5 8.5 0 10.5-5 8.5-9 5.5-9 0V-7C-6-7-3-8 0-10Z",
    advance: "M0-9.5 9 8.5 0 4.5-9 8.5Z",
    control_change: "M-7.5-7.5H7.5V7.5H-7.5Z",
    clash: "M-8.8-5.6-5.6-8.8 0-3.2 5.6-8.8 8.8-5.6 3.2 0 8.8 5.6 5.6 8.8 0 3.2-5.6 8.8"
      + "-8.8 5.6-3.2 0Z",
    other: "M-7.5 0A7.5 7.5 0 1 1 7.5 0 7.5 7.5 0 1 1-7.5 0Z",
  };
  const GROUPS = {
    oil: "refinery gas_plant oil_depot oil_terminal pipeline pumping_station petrol_station",
    power: "power_plant nuclear_plant hydro_plant substation energy",
    industry: "chemical_plant aircraft_plant electronics_plant defence_plant steel_plant"
      + " industrial_zone plant mine shipyard warehouse port ship bridge railway infrastructure"
      + " vehicle printing",
    aviation: "airfield aircraft",
    defence: "air_defence radar arsenal barracks training_ground headquarters",
    public: "government office prison bank broadcasting education hospital culture church shop market"
      + " restaurant",
    homes: "residential street",
  };
  const TARGETS = Object.fromEntries(Object.entries(GROUPS)
    .flatMap(([shape, targets]) => targets.split(" ").map((target) => [target, shape])));
  // Apart in lightness, so that they stay apart to colour-blind eyes and in grey print.
  const FILLS = {
    claimed: "#f2b632", confirmed: "#2a78b8", geolocated: "#641a4c", disputed: "#ffffff",
  };
  const PLAIN = "#d0d4d8";
  const INK = "#22262a";
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

  function fill(status) {
    return Object.hasOwn(FILLS, status) ? FILLS[status] : PLAIN;
  }

  function textOn(status) {
    return status === "confirmed" || status === "geolocated" ? "#ffffff" : INK;
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
    ctx.strokeStyle = isOpen ? colours().open : "#ffffff";
    ctx.lineWidth = (isOpen ? 7 : 4.5) / scale;
    ctx.stroke(path);
    ctx.fillStyle = fill(status);
    ctx.fill(path);
    ctx.strokeStyle = INK;
    ctx.lineWidth = 1.4 / scale;
    ctx.stroke(path);
    ctx.restore();
    if (number !== null) write(ctx, number, textOn(status), number > 999 ? 10 : 12);
    if (side) drawSide(ctx, side, radius);
  }

  // Whose advance or fighting it is, in letters at the foot of the symbol.
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
    disc(ctx, radius + (isOpen ? 0 : 1.5), "#ffffff");
    let from = -Math.PI / 2;
    for (const [status, count] of shares) {
      const to = from + (count / total) * 2 * Math.PI;
      arc(ctx, radius - 2.5, from, to, fill(status));
      from = to;
    }
    for (const edge of [radius, radius - 5]) circle(ctx, edge, INK, 1);
    write(ctx, short(total), INK, total > 999 ? 11 : 12);
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
    disc(ctx, 2.2, INK);
    ctx.translate(dx, dy);
  }

  function draw(ctx, symbol) {
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
        d: SHAPES[shape], fill: status ? fill(status) : "#e3e6e8", stroke: INK,
        "stroke-width": 1.6, "stroke-linejoin": "round",
      }),
    );
  }

  function iconOf({ kind, target_type: target, status }, size = 18) {
    return icon(shapeOf(kind, target), status, size);
  }

  return {
    draw, icon, iconOf, fill, shapeOf, FILLS, SHAPES, TARGETS, FRONT, RADIUS, NUMBERED, HALO, INK, PLAIN,
  };
})();
