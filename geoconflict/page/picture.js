"use strict";
// The map as it is seen, as a PNG with its title, its date and its sources.
geoconflict.picture = (() => {
  const { dates, frontline, symbols, language: { t }, theme } = geoconflict;
  const [PAD, TITLE, LINE] = [16, 20, 12];
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

  // Everything on the map that is a canvas, from the lowest up.
  function canvases(map) {
    const level = (canvas) => Number(getComputedStyle(canvas.closest(".leaflet-pane")).zIndex) || 0;
    return [...map.getContainer().querySelectorAll(".leaflet-map-pane canvas")]
      .sort((a, b) => level(a) - level(b));
  }

  function drawMap(ctx, map, top) {
    const frame = map.getContainer().getBoundingClientRect();
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, top, frame.width, frame.height);
    ctx.clip();
    // A canvas may end within the frame, where it waits to be drawn anew.
    ctx.fillStyle = theme.colours().land;
    ctx.fillRect(0, top, frame.width, frame.height);
    for (const canvas of canvases(map)) {
      const { x, y, width, height } = canvas.getBoundingClientRect();
      if (canvas.width) ctx.drawImage(canvas, x - frame.x, y - frame.y + top, width, height);
    }
    drawLabels(ctx, map, top, frame);
    drawScale(ctx, map, top, frame);
    ctx.restore();
  }

  // What Leaflet writes beside the map's canvases: the length of a measured line.
  function drawLabels(ctx, map, top, frame) {
    ctx.font = `600 ${LINE}px ${FONT}`;
    ctx.textBaseline = "middle";
    for (const label of map.getContainer().querySelectorAll(".leaflet-tooltip")) {
      const { x, y, width, height } = label.getBoundingClientRect();
      const [left, above] = [x - frame.x, y - frame.y + top];
      ctx.fillStyle = theme.colours().tip;
      ctx.fillRect(left, above, width, height);
      ctx.fillStyle = theme.colours()["tip-ink"];
      ctx.fillText(label.innerText.replace(/\s+/g, " "), left + 8, above + height / 2, width - 16);
    }
  }

  function drawScale(ctx, map, top, frame) {
    const bar = map.getContainer().querySelector(".leaflet-control-scale-line");
    if (!bar) return;
    const { width } = bar.getBoundingClientRect();
    const [x, y] = [frame.width - PAD - width, top + frame.height - PAD];
    ctx.strokeStyle = ctx.fillStyle = theme.colours().outer;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.moveTo(x, y - 6);
    ctx.lineTo(x, y);
    ctx.lineTo(x + width, y);
    ctx.lineTo(x + width, y - 6);
    ctx.stroke();
    ctx.font = `${LINE}px ${FONT}`;
    ctx.textBaseline = "bottom";
    ctx.fillText(bar.textContent, x + 4, y - 3);
  }

  // The meaning of the colours that are in use, as pairs of colour and words.
  function key({ store, criteria, fronts }) {
    const { colouring } = geoconflict.page;
    const used = new Set(criteria.rows.filter(store.isLocated).map((row) => colouring.codeOf(row)));
    const colours = theme.colours();
    const isFront = fronts?.isShown && fronts.now;
    const changes = isFront && fronts.showsChange && fronts.before ? ["gained", "lost"] : [];
    const areas = isFront ? ["front", "held", ...fronts.others(), ...changes] : [];
    return [
      ...colouring.entries().filter(([code]) => used.has(code)).map(([code, name]) => [symbols.fill(code), name]),
      ...areas.map((name) => [colours[name], t(`front.${name === "front" ? "line" : name}`)]),
    ];
  }

  // Draws the key in as many lines as it takes; gives their height, with `isDry` nothing else.
  function drawKey(ctx, entries, { top, width, ink, isDry = false }) {
    let [x, y] = [PAD, top];
    for (const [colour, text] of entries) {
      const length = LINE + 5 + ctx.measureText(text).width + PAD;
      if (x > PAD && x + length > width) [x, y] = [PAD, y + LINE + 7];
      if (!isDry) {
        ctx.fillStyle = colour;
        ctx.fillRect(x, y, LINE, LINE);
        ctx.fillStyle = ctx.strokeStyle = ink;
        ctx.lineWidth = 1;
        ctx.strokeRect(x + 0.5, y + 0.5, LINE - 1, LINE - 1);
        ctx.fillText(text, x + LINE + 5, y);
      }
      x += length;
    }
    return entries.length ? y - top + LINE + 9 : 0;
  }

  // Text in as many lines as a width takes.
  function wrap(ctx, text, width) {
    const lines = [""];
    for (const word of text.slice(0, 2000).split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (ctx.measureText(longer).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.slice(0, 6);
  }

  function footnotes({ store, fronts }) {
    const front = fronts?.isShown ? [
      `${t("front.source")}${frontline.credit(fronts)}, ${frontline.snapshot(fronts)}.`,
      frontline.scope(fronts), fronts.now ? t("front.simplified", { m: fronts.step_m }) : "",
      fronts.restricted ? t("front.restricted") : "",
    ].filter(Boolean).join(" ") : "";
    const { blur_km: km, map_attribution: maps } = store.info;
    return [front, km ? t("blur.page", { km }) : "", [...store.info.attribution, ...maps].join("; ")].filter(Boolean);
  }

  // Without its title and sources where these stand around it.
  function paint(page, { isWhole = true } = {}) {
    const { map, criteria } = page;
    const { x: width, y: height } = map.getSize();
    const scale = window.devicePixelRatio || 1;
    const sheet = document.createElement("canvas");
    const ctx = sheet.getContext("2d");
    const fonts = { title: `600 ${TITLE}px ${FONT}`, line: `${LINE}px ${FONT}` };
    ctx.font = fonts.title;
    const title = isWhole ? wrap(ctx, document.title, width - 2 * PAD) : [];
    ctx.font = fonts.line;
    const notes = (isWhole ? footnotes(page) : []).flatMap((text) => wrap(ctx, text, width - 2 * PAD));
    const entries = key(page);
    const keyHeight = drawKey(ctx, entries, { top: 0, width, isDry: true });
    const top = isWhole ? PAD + title.length * (TITLE + 6) + LINE + PAD : 0;
    sheet.width = width * scale;
    sheet.height = (top + height + keyHeight + notes.length * (LINE + 5) + 2 * PAD) * scale;
    ctx.scale(scale, scale);
    const { paper, ink } = theme.colours();
    ctx.fillStyle = paper;
    ctx.fillRect(0, 0, sheet.width, sheet.height);
    drawMap(ctx, map, top);
    ctx.fillStyle = ink;
    ctx.textBaseline = "top";
    ctx.font = fonts.title;
    title.forEach((text, line) => ctx.fillText(text, PAD, PAD + line * (TITLE + 6)));
    ctx.font = fonts.line;
    if (isWhole) writeDays(ctx, criteria, top);
    drawKey(ctx, entries, { top: top + height + PAD, width, ink });
    const below = top + height + PAD + keyHeight;
    notes.forEach((text, line) => ctx.fillText(text, PAD, below + line * (LINE + 5)));
    return sheet;
  }

  function writeDays(ctx, criteria, top) {
    const [from, to] = [criteria.from, criteria.to].map((at) => dates.day(dates.iso(at)));
    ctx.fillText(`${t("time.as_of", { day: to })} ${t("time.since", { day: from })}`, PAD, top - PAD - LINE + 4);
  }

  function save(page) {
    paint(page).toBlob((blob) => geoconflict.downloads.save(`${page.store.info.slug}.png`, blob), "image/png");
  }

  return { save, paint };
})();
