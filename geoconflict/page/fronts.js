"use strict";
// The front on the map: what is held on one day, and what changed since another.
geoconflict.fronts = (() => {
  const { dates } = geoconflict;
  const HATCH = 8;
  // Areas that some sources draw beside what is held.
  const OTHERS = ["contested", "claimed", "salient"];

  // The last snapshot of a day or before; null where there is none.
  function lastBefore(snapshots, day) {
    return snapshots.findLast((snapshot) => snapshot.day <= day) ?? null;
  }

  // The one that a day is answered from: none that is older than a week.
  function answering(snapshots, day) {
    const last = lastBefore(snapshots, day);
    return last && day <= last.until ? last : null;
  }

  // A tile of lines on a faint ground.
  function hatching(ctx, colour, isRising) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = HATCH;
    const on = tile.getContext("2d");
    on.globalAlpha = 0.25;
    on.fillStyle = colour;
    on.fillRect(0, 0, HATCH, HATCH);
    on.globalAlpha = 0.9;
    on.strokeStyle = colour;
    on.lineWidth = 2;
    on.beginPath();
    for (const shift of [-HATCH, 0, HATCH]) {
      on.moveTo(shift, isRising ? HATCH : 0);
      on.lineTo(shift + HATCH, isRising ? 0 : HATCH);
    }
    on.stroke();
    return ctx.createPattern(tile, "repeat");
  }

  // Paints what one area has and another lacks, on a canvas of its own that is laid over.
  function paintDifference(ctx, area, without, { colour, isRising, scale }) {
    const { canvas } = ctx;
    const sheet = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const on = sheet.getContext("2d");
    on.setTransform(ctx.getTransform());
    on.fillStyle = colour;
    on.fill(area, "evenodd");
    on.globalCompositeOperation = "destination-out";
    on.fill(without, "evenodd");
    // Edges that both share would leave a hair line.
    on.lineWidth = 1.5 / scale;
    on.stroke(without);
    on.globalCompositeOperation = "source-in";
    on.setTransform(1, 0, 0, 1, 0, 0);
    on.fillStyle = hatching(on, colour, isRising);
    on.fillRect(0, 0, sheet.width, sheet.height);
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.drawImage(sheet, 0, 0);
    ctx.restore();
  }

  class Fronts {
    constructor(data) {
      Object.assign(this, data);
      this.arcs = geoconflict.arcs.open(data);
      this.snapshots = data.snapshots.map((snapshot) => ({
        ...snapshot, day: dates.number(snapshot.date), until: dates.number(snapshot.until),
      }));
      this.paths = new Map();
      this.path = (snapshot, part) => {
        const key = `${part} ${snapshot.date}`;
        if (!this.paths.has(key)) this.paths.set(key, this.arcs.path(snapshot[part]));
        return this.paths.get(key);
      };
      this.isShown = true;
      this.pair = null;
      this.share = 0.5;
      this.showsChange = false;
      this.now = this.before = this.last = null;
      this.layer = null;
    }

    addTo(map) {
      this.layer = geoconflict.basemap.layer(map, (ctx, scale) => this.paint(ctx, scale));
      return this;
    }

    // Brings the front to the end of a range of days; what changed counts from its start, or
    // from the first snapshot within where none tells of the start.
    follow(from, to) {
      this.to = to;
      this.last = lastBefore(this.snapshots, to);
      this.now = answering(this.snapshots, to);
      this.start = answering(this.snapshots, from);
      const first = this.start ?? this.snapshots.find(({ day }) => day > from) ?? null;
      this.before = this.now && first?.day < this.now.day ? first : null;
      this.layer?.redraw();
    }

    set(changes) {
      Object.assign(this, changes);
      this.layer?.redraw();
    }

    // The line that is shown, as lines of lon and lat; none where there is none.
    lines() {
      return this.isShown && this.now ? this.arcs.lines(this.now.line) : [];
    }

    // Shows two snapshots side by side, where both days have one.
    compare(days) {
      const pair = days.map((day) => answering(this.snapshots, dates.number(day)));
      this.pair = pair.every(Boolean) ? pair : null;
    }

    // Each of two snapshots on its side of the line, which lies at a share of the map's width.
    paintPair(ctx, scale) {
      const { _map: map } = this.layer;
      const { x: width, y: height } = map.getSize();
      const corner = (x, y) => map.containerPointToLayerPoint([x, y]).add(map.getPixelOrigin()).divideBy(scale);
      const middle = width * this.share;
      const own = { now: this.now, pair: this.pair };
      [[0, middle], [middle, width]].forEach(([left, right], side) => {
        const [from, to] = [corner(left, 0), corner(right, height)];
        ctx.save();
        ctx.beginPath();
        ctx.rect(from.x, from.y, to.x - from.x, to.y - from.y);
        ctx.clip();
        Object.assign(this, { now: own.pair[side], pair: null });
        this.paint(ctx, scale);
        ctx.restore();
      });
      Object.assign(this, own);
    }

    paint(ctx, scale) {
      if (!this.isShown || (!this.now && !this.pair)) return;
      if (this.pair) {
        this.paintPair(ctx, scale);
        return;
      }
      const colours = geoconflict.theme.colours();
      const held = this.path(this.now, "held");
      ctx.globalAlpha = 0.2;
      ctx.fillStyle = colours.held;
      ctx.fill(held, "evenodd");
      this.paintOthers(ctx, scale, colours);
      ctx.globalAlpha = 1;
      if (this.showsChange && this.before) this.paintChange(ctx, scale, held, colours);
      ctx.strokeStyle = colours.front;
      ctx.lineJoin = "round";
      ctx.lineWidth = 1.8 / scale;
      ctx.stroke(this.path(this.now, "line"));
    }

    // Which other areas the source draws, on any day.
    others() {
      return OTHERS.filter((name) => this.snapshots.some((snapshot) => snapshot[name]));
    }

    paintOthers(ctx, scale, colours) {
      for (const name of OTHERS.filter((one) => this.now[one])) {
        const area = this.path(this.now, name);
        ctx.globalAlpha = 0.25;
        ctx.fillStyle = colours[name];
        ctx.fill(area, "evenodd");
        ctx.globalAlpha = 0.8;
        ctx.strokeStyle = colours[name];
        ctx.lineWidth = 1 / scale;
        ctx.setLineDash([4 / scale, 3 / scale]);
        ctx.stroke(area);
        ctx.setLineDash([]);
      }
    }

    paintChange(ctx, scale, held, colours) {
      const before = this.path(this.before, "held");
      paintDifference(ctx, held, before, { colour: colours.gained, isRising: true, scale });
      paintDifference(ctx, before, held, { colour: colours.lost, isRising: false, scale });
    }
  }

  return { Fronts };
})();
