"use strict";
// The map as it is seen, as a PNG with its title, its date and its sources.
geoconflict.picture = (() => {
  const { dates, language: { t }, theme } = geoconflict;
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
    for (const canvas of canvases(map)) {
      const { x, y, width, height } = canvas.getBoundingClientRect();
      if (canvas.width) ctx.drawImage(canvas, x - frame.x, y - frame.y + top, width, height);
    }
    ctx.restore();
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

  function footnotes({ store, criteria, fronts }) {
    const front = fronts?.isShown && fronts.now
      ? `${t("front.source")}${fronts.source}, ${dates.day(fronts.now.date)}. ${t("front.simplified", { m: fronts.step_m })}` : "";
    const { blur_km: km, map_attribution: maps } = store.info;
    return [front, km ? t("blur.page", { km }) : "", [...store.info.attribution, ...maps].join("; ")].filter(Boolean);
  }

  function paint(page) {
    const { map, criteria } = page;
    const { x: width, y: height } = map.getSize();
    const scale = window.devicePixelRatio || 1;
    const sheet = document.createElement("canvas");
    const ctx = sheet.getContext("2d");
    const fonts = { title: `600 ${TITLE}px ${FONT}`, line: `${LINE}px ${FONT}` };
    ctx.font = fonts.title;
    const title = wrap(ctx, document.title, width - 2 * PAD);
    ctx.font = fonts.line;
    const notes = footnotes(page).flatMap((text) => wrap(ctx, text, width - 2 * PAD));
    const top = PAD + title.length * (TITLE + 6) + LINE + PAD;
    sheet.width = width * scale;
    sheet.height = (top + height + notes.length * (LINE + 5) + 2 * PAD) * scale;
    ctx.scale(scale, scale);
    const isDark = theme.name() === "dark";
    ctx.fillStyle = isDark ? "#1c1f22" : "#ffffff";
    ctx.fillRect(0, 0, sheet.width, sheet.height);
    drawMap(ctx, map, top);
    ctx.fillStyle = isDark ? "#eceeef" : "#1e2226";
    ctx.textBaseline = "top";
    ctx.font = fonts.title;
    title.forEach((text, line) => ctx.fillText(text, PAD, PAD + line * (TITLE + 6)));
    ctx.font = fonts.line;
    const [from, to] = [criteria.from, criteria.to].map((at) => dates.day(dates.iso(at)));
    ctx.fillText(`${t("time.as_of", { day: to })} ${t("time.since", { day: from })}`, PAD, top - PAD - LINE + 4);
    notes.forEach((text, line) => ctx.fillText(text, PAD, top + height + PAD + line * (LINE + 5)));
    return sheet;
  }

  function save(page) {
    paint(page).toBlob((blob) => geoconflict.downloads.save(`${page.store.info.slug}.png`, blob), "image/png");
  }

  return { save, paint };
})();
